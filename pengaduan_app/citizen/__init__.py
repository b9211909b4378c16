"""The citizen's side: complain, receipt, follow up.

forms/          what is filled in
views/          `/lapor/` and `/lacak/`
session         the receipt and the opened complaint of this visitor
advice          similar answers and the right agency, from hooks that a search answers
before_sending  the step between writing and sending
upload_store    keeps a form's files meanwhile
follow_up       what a reporter may still do
tracked_page    what the tracking page shows
"""

from .advice import AgencySuggestion, SimilarAnswer

__all__ = [
    "AgencySuggestion",
    "SimilarAnswer",
    "upload_store",
]
