"""The editor's word that what looks like the reporter's name is a word or a place (SOP B1)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from ..models import NOT_THE_PERSON, Complaint, ComplaintPage, key_of, marked_words
from ..permissions import Staff
from .core import NotNow, check_workflow_step

NOTHING_MARKED = _("Nothing on this page looks like the reporter's name now.")


def not_the_person(complaint_id: int, user: Staff) -> list[str]:
    """The marked words of the complaint's page don't mean its reporter; returns these words.

    For whoever has the step on the text's way to the public. The log says who judged and
    when, and holds the words as keys alone. Raises NotNow where nothing is marked, NotYours
    for other people.
    """
    with transaction.atomic():
        complaint = Complaint.locked.get(pk=complaint_id)
        check_workflow_step(complaint, user)
        page = ComplaintPage.objects.get(complaint=complaint).get_latest_revision_as_object()
        words = marked_words(page)
        if not words:
            raise NotNow(NOTHING_MARKED)
        keys = [key_of(complaint, word) for word in words]
        log(instance=complaint, action=NOT_THE_PERSON, user=user, data={"words": keys})
    return words
