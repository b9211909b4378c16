"""The citizen's side: complain, receipt, follow up.

forms/          what is filled in
views/          `/lapor/` and `/lacak/`
session         the complaint that this visitor has opened
receipts        number and code, to be read again for a quarter of an hour
sealing         what the session keeps so that only this browser can read it
advice          similar answers and the right agency, from hooks that a search implements
before_sending  the step between writing and sending
upload_store    stores a form's files during that step, or while it comes back with errors
upload_handler  receives files; one that no disk takes costs the form nothing
follow_up       what a reporter may still do
tracked_page    what the tracking page shows
"""

from .advice import AgencySuggestion, SimilarAnswer, likely_agencies, similar_to
from .forms.attaching import AttachingForm
from .forms.fields import AnswerableEmailField, AttachmentsField, PhoneField, SubjectField
from .tracked_page import upcoming_steps

__all__ = [
    "AgencySuggestion",
    "AnswerableEmailField",
    "AttachingForm",
    "AttachmentsField",
    "PhoneField",
    "SimilarAnswer",
    "SubjectField",
    "likely_agencies",
    "similar_to",
    "upcoming_steps",
    "upload_store",
]
