"""The SOP's steps A5 to B2 inside Wagtail's workflow.

tasks   one Task class for each step
forms   the forms of its buttons
guards  refuse changes that would bypass the procedure
"""

from .forms import ActionForm, note_field, other_agencies
from .tasks import TASKS

__all__ = [
    "TASKS",
    "ActionForm",
    "guards",
    "note_field",
    "other_agencies",
]
