"""The SOP's steps A5 to B2 inside Wagtail's workflow.

tasks   one Task class for each step
forms   what the buttons ask
guards  refuse what would pass the procedure by
"""

from .forms import ActionForm, note_field
from .tasks import TASKS

__all__ = [
    "TASKS",
    "ActionForm",
    "guards",
    "note_field",
]
