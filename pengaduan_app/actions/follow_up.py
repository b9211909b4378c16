"""The talk between reporter and agency: further information, a question with its reply,
the rating of an answer, the request to reopen, and the complaint's withdrawal.

The reporter has no account: a person who has opened the complaint with its number and code
acts as `user=None`, and the procedure says which moves are theirs. Every form brings a key,
so that the same form sent twice with the same words makes one entry; the second time nothing
happens. With other words it is another entry, or it is refused like one.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ..messaging import Directory, notifications
from ..models import Attachment, Complaint, ComplaintPage, ThreadEntry
from ..permissions import Staff
from ..privacy import CleanFile
from ..procedure import Action, Entry, sop
from ..text import kept
from . import drafts
from .attaching import attach, brings_others, none_left_behind
from .core import Move, NotNow, require_text, transition
from .form_marks import entry_mark

LONGEST_TEXT = 2000
# Of one complaint. Rating, reopening and withdrawing are bounded by themselves.
MOST_ENTRIES = 50
MOST_FILES = 20
SCORES = range(1, 6)


def ask(complaint_id: int, user: Staff, question: str, *, seen: int | None = None) -> Complaint:
    """The holder of the open step at the agency asks the reporter, one question at a time.

    The reporter is told that there is a question; its text waits on the tracking page.
    """
    require_text(question, _("Write your question first."))
    with transition(complaint_id, Action.ASK, user, seen=seen) as move:
        if move.complaint.thread.open_question():
            raise NotNow(_("The reporter has not answered the earlier question yet."))
        _require_room(move.complaint)
        entry = _add(move.complaint, Entry.QUESTION, uuid.uuid4(), question, author=user)
        notifications.after_question(entry)
    return move.complaint


def inform(complaint_id: int, key: uuid.UUID, text: str, files: Sequence[CleanFile] = ()) -> None:
    """The reporter adds information while the complaint is open."""
    require_text(text, _("Write what you want to add."))
    key = _mark(complaint_id, Action.INFORM, key, text)
    with (
        none_left_behind() as stored,
        _by_reporter(complaint_id, Action.INFORM, key, files) as move,
    ):
        if move:
            _require_room(move.complaint, files)
            entry = _add(move.complaint, Entry.INFORMATION, key, text)
            attach(move.complaint, files, stored, entry)
            notifications.after_entry(entry, move.complaint.open_step)


def reply(complaint_id: int, key: uuid.UUID, text: str, files: Sequence[CleanFile] = ()) -> None:
    """The reporter answers the question that is open. Raises NotNow when none is."""
    require_text(text, _("Write your answer to the question."))
    key = _mark(complaint_id, Action.REPLY, key, text)
    with none_left_behind() as stored, _by_reporter(complaint_id, Action.REPLY, key, files) as move:
        if move:
            question = move.complaint.thread.open_question()
            if question is None:
                raise NotNow(_("There is no question to answer now. You can add information."))
            _require_room(move.complaint, files)
            entry = _add(move.complaint, Entry.REPLY, key, text, question=question)
            attach(move.complaint, files, stored, entry)
            notifications.after_entry(entry, move.complaint.open_step)


def retract(complaint_id: int, key: uuid.UUID, text: str = "") -> None:
    """The reporter withdraws the complaint: it ends unanswered and its draft stays hidden."""
    key = _mark(complaint_id, Action.RETRACT, key, text)
    with _by_reporter(complaint_id, Action.RETRACT, key) as move:
        if move:
            if move.complaint.duplicates.exists():
                raise NotNow(
                    _(
                        "Others have joined their complaints with yours and wait for the same "
                        "answer, so it can't be withdrawn any more."
                    )
                )
            if move.rule.source in sop.WORKFLOW_STATES:
                drafts.stop_workflow(move.complaint, None)
            entry = _add(move.complaint, Entry.RETRACTION, key, text)
            notifications.after_entry(entry, sop.OPEN_STEP[move.rule.source])


def rate(complaint_id: int, key: uuid.UUID, score: int, text: str = "") -> None:
    """The reporter rates the answer from 1 to 5. Until midnight (WIB) they may correct it;
    the answer to a reopened complaint is rated again."""
    if score not in SCORES:
        raise NotNow(_("Choose a rating from 1 to 5."))
    key = _mark(complaint_id, Action.RATE, key, text, score)
    with _by_reporter(complaint_id, Action.RATE, key) as move:
        if move:
            earlier = rating_of(move.complaint)
            if earlier is None:
                entry = _add(move.complaint, Entry.RATING, key, text, score=score)
                notifications.after_entry(entry, None)
            elif earlier.is_of_today:
                earlier.score, earlier.text, earlier.key = score, kept(text).strip(), key
                earlier.save(update_fields=["score", "text", "key"])
            else:
                raise NotNow(_("A rating can be corrected on the day it was given only."))


def reopen(complaint_id: int, key: uuid.UUID, text: str) -> None:
    """The reporter isn't satisfied and asks, once, to have it handled again: a new A5.

    What was published stays on the website, as it is, until B2 publishes the new answer.
    """
    require_text(text, _("Say what is missing in the answer."))
    key = _mark(complaint_id, Action.REOPEN, key, text)
    with _by_reporter(complaint_id, Action.REOPEN, key) as move:
        if move:
            complaint = move.complaint
            move.set(reopened_at=move.at, official=_official_still_there(complaint))
            drafts.start_workflow(drafts.ensure_draft(complaint), None)
            entry = _add(complaint, Entry.REOPENING, key, text)
            notifications.after_reopening(entry)


def rating_of(complaint: Complaint) -> ThreadEntry | None:
    """The rating of the complaint's present answer, or None."""
    page = ComplaintPage.objects.filter(complaint=complaint).only("answered_at").first()
    return complaint.thread.rating_of(page.answered_at) if page else None


def was_said(complaint_id: int, action: Action, key: uuid.UUID, text: str) -> bool:
    """Whether this form was sent before with this text."""
    mark = _mark(complaint_id, action, key, text)
    return ThreadEntry.objects.filter(complaint=complaint_id, key=mark).exists()


def _mark(
    complaint_id: int, action: Action, key: uuid.UUID, text: str, score: int | None = None
) -> uuid.UUID:
    """What is stored of a form's key: bound to the complaint and to what was written."""
    return entry_mark(key, complaint_id, (action.value, kept(text), score))


@contextmanager
def _by_reporter(
    complaint_id: int, action: Action, mark: uuid.UUID, files: Sequence[CleanFile] = ()
) -> Iterator[Move | None]:
    """One of the reporter's moves; None if this form was sent before and its move is made.

    The row is locked before the mark is looked up, so only one half of a double click writes.
    Raises NotNow for files that did not come with it the first time: they would be lost.
    """
    with transaction.atomic():
        complaint = Complaint.locked.get(pk=complaint_id)
        if entry := complaint.thread.filter(key=mark).first():
            if brings_others(files, entry.attachments.all()):
                raise NotNow(
                    _(
                        "Your text has arrived already, without these files. Write a few words "
                        "about them, and send them with that."
                    )
                )
            yield None
            return
        if action == Action.REOPEN and complaint.was_reopened:
            raise NotNow(
                _("This complaint has been reopened before, and that is possible only once.")
            )
        with transition(complaint_id, action, None) as move:
            yield move


def _add(
    complaint: Complaint,
    kind: Entry,
    key: uuid.UUID,
    text: str,
    *,
    author: Staff | None = None,
    question: ThreadEntry | None = None,
    score: int | None = None,
) -> ThreadEntry:
    return ThreadEntry.objects.create(
        complaint=complaint,
        kind=kind.value,
        key=key,
        text=kept(text).strip()[:LONGEST_TEXT],
        created_at=_moment_of_talk(complaint),
        author=author,
        question=question,
        score=score,
    )


def _moment_of_talk(complaint: Complaint) -> datetime:
    """Now; or, if a clock was set back, the moment of what was written or answered last. A
    reply stands below its question, and a rating is later than the answer that it rates."""
    said = complaint.thread.aggregate(at=Max("created_at"))["at"]
    answered = ComplaintPage.objects.filter(complaint=complaint).values_list("answered_at")
    moments: list[datetime | None] = [timezone.now(), said, *(answered.first() or ())]
    return max(moment for moment in moments if moment)


def _require_room(complaint: Complaint, files: Sequence[CleanFile] = ()) -> None:
    if complaint.thread.count() >= MOST_ENTRIES:
        raise NotNow(_("Nothing more can be added to this complaint: it has 50 messages already."))
    later = Attachment.objects.filter(complaint=complaint).exclude(entry=None).count()
    if files and later + len(files) > MOST_FILES:
        raise NotNow(_("No more files can be added to this complaint. Send your text alone."))


def _official_still_there(complaint: Complaint) -> Staff | None:
    """The official who studied it before, or None if they have left that desk."""
    there = Directory().in_charge(complaint.agency_id, complaint.official_id)
    return complaint.official if there else None
