"""The citizen's side: complain, receipt, follow up.

forms/          what is filled in
views/          `/lapor/` and `/lacak/`
session         this visitor's receipt, and the complaint they have opened
advice          similar answers and the right agency, from hooks that a search implements
before_sending  the step between writing and sending
upload_store    stores a form's files during that step, or while it comes back with errors
upload_handler  receives files; one that no disk takes costs the form nothing
follow_up       what a reporter may still do
tracked_page    what the tracking page shows
"""

from .advice import AgencySuggestion, SimilarAnswer, similar_to

__all__ = [
    "AgencySuggestion",
    "SimilarAnswer",
    "similar_to",
    "upload_store",
]
