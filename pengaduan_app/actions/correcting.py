"""An answer that was given is corrected, or put back: B1 and B2 again, while the old one stays."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..messaging import notifications
from ..models import Complaint, ComplaintPage
from ..permissions import Staff
from ..procedure import Action
from ..text import one_line
from . import drafts, page_history
from .core import require_no_personal_data, require_text, transition


def correct(
    complaint_id: int, user: Staff, correction: str, *, seen: int | None = None
) -> Complaint:
    """Editor or coordinator begin to correct question, answer or category (SOP B1, B2).

    `correction` is the sentence that readers will find beside the answer; the editor may still
    change it. What is published stays as it is until the coordinator publishes the correction.
    """
    require_text(correction, _("Say in one sentence for the readers what is corrected."))
    with transition(complaint_id, Action.CORRECT, user, seen=seen) as move:
        require_no_personal_data(move.complaint, correction)
        page = drafts.ensure_draft(move.complaint)
        page.correction = one_line(correction)
        drafts.start_workflow(page, user)
    return move.complaint


def keep(complaint_id: int, user: Staff, note: str = "", *, seen: int | None = None) -> Complaint:
    """The answer is fit as it is: the correction ends, and its draft goes."""
    with transition(complaint_id, Action.KEEP, user, seen=seen) as move:
        move.note = note
        drafts.stop_workflow(move.complaint, user)
        drafts.forget_draft(move.complaint, user)
        page = ComplaintPage.objects.get(complaint=move.complaint)
        page_history.clean(page, move.complaint.reporter.name)
    return move.complaint


def tell_reporters(complaint: Complaint, before: str, page: ComplaintPage) -> None:
    """Tell whoever follows the answer, if its text is another one than `before`."""
    if page.answer != before:
        notifications.after_correction(complaint, page.latest_revision_id)
