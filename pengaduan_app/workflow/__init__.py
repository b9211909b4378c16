"""The SOP's steps A5 to B2 inside Wagtail's workflow.

tasks    one Task class for each step
forms    the forms of its buttons
guards   refuse changes that would bypass the procedure
keeping  keeps the workflow's tasks, their order and its pages
"""

from .forms import ActionForm, NoteField, keep_names_out, note_field, other_agencies
from .tasks import TASKS, SopTask

__all__ = [
    "TASKS",
    "ActionForm",
    "NoteField",
    "SopTask",
    "guards",
    "keep_names_out",
    "keeping",
    "note_field",
    "other_agencies",
]
