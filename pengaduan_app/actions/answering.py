"""The workflow's steps A5 to B2: what a Wagtail task does when its button is pressed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import TaskState
from wagtail.search import index

from .. import permissions
from ..models import (
    HIDDEN_LINK,
    NO_CORRECTION,
    Agency,
    Complaint,
    ComplaintPage,
    blanks_message,
    hidden_links,
    page_findings,
    picture_words,
)
from ..permissions import Staff
from ..privacy import redaction
from ..procedure import Action, Step, sop
from ..text import is_blank
from . import correcting, drafts, page_history
from .classifying import follow_page
from .confirming import require_confirmed
from .core import Move, NotNow, require_no_personal_data, require_text, transition


def approve(
    complaint_id: int,
    user: Staff,
    note: str = "",
    *,
    step: Step | None = None,
    confirmed: Collection[str] = (),
) -> Complaint:
    """The step is done: A5 to the head, A6/A7 to the operator, A8 to the editor, B1 to
    the coordinator, B2 onto the website. `confirmed` are the points of the check-list."""
    moved = _workflow_move(complaint_id, Action.APPROVE, user, note, step)
    with moved as (move, task_state, page):
        require_confirmed(move, confirmed)
        _check_text(move, page)
        follow_page(move, page.get_latest_revision_as_object())
        before = page.answer
        if move.rule.target in sop.PUBLIC_STATES:
            _stamp_answer(move, page, user, public=True)
        with permissions.publishing():
            task_state.approve(user=user, comment=note)
        if move.rule.corrects and move.rule.target in sop.PUBLIC_STATES:
            correcting.tell_reporters(move.complaint, before, _as_given(page))
    return move.complaint


def coordinate(
    complaint_id: int,
    user: Staff,
    agencies: Iterable[Agency],
    note: str = "",
    *,
    step: Step | None = None,
) -> Complaint:
    """SOP A7: the head calls other agencies, whose officials may comment and edit."""
    called = [agency for agency in agencies if agency]
    moved = _workflow_move(complaint_id, Action.COORDINATE, user, note, step)
    with moved as (move, task_state, _page):
        others = [agency for agency in called if agency.pk != move.complaint.agency_id]
        if not others:
            raise NotNow(_("Choose at least one other agency to coordinate with."))
        # The note goes to the called agencies by mail.
        require_no_personal_data(move.complaint, note)
        move.complaint.coordination.set(others)
        task_state.approve(user=user, comment=note)
    return move.complaint


def send_back(complaint_id: int, user: Staff, note: str, *, step: Step | None = None) -> Complaint:
    """Back to the role that must redo it, which gets a new ledger row and a new limit."""
    require_text(note, _("Say what has to be changed."))
    moved = _workflow_move(complaint_id, Action.SEND_BACK, user, note, step)
    with moved as (move, task_state, _page):
        if move.rule.target in sop.WORKFLOW_STATES:
            drafts.follow_back(task_state, sop.OPEN_STEP[move.rule.target], user, note)
        else:
            drafts.stop_workflow(move.complaint, user)
    return move.complaint


def publish_privately(
    complaint_id: int,
    user: Staff,
    note: str = "",
    *,
    step: Step | None = None,
    confirmed: Collection[str] = (),
) -> Complaint:
    """SOP B2, to the reporter alone: by the tracking page and a message, never public."""
    moved = _workflow_move(complaint_id, Action.PUBLISH_PRIVATELY, user, note, step)
    with moved as (move, task_state, page):
        if move.complaint.duplicates.exists():
            raise NotNow(
                _(
                    "Other reporters follow this answer, so it has to be published. Send it back "
                    "if its text is not fit for that."
                )
            )
        require_confirmed(move, confirmed)
        _check_text(move, page)
        before = page.answer
        _take_down(page, user)
        _stamp_answer(move, page, user, public=False)
        drafts.finish_unpublished(task_state, user)
        if move.rule.corrects:
            correcting.tell_reporters(move.complaint, before, _as_given(page))
    return move.complaint


def withdraw(complaint_id: int, user: Staff) -> Complaint:
    """Take a published answer off the website at once; its reporter still finds it.

    A complaint that is being handled again goes on where it stands.
    """
    with transition(complaint_id, Action.WITHDRAW, user) as move:
        page = ComplaintPage.objects.filter(complaint=move.complaint, live=True).first()
        if page is None:
            raise NotNow(_("The website shows no answer to this complaint now."))
        _take_down(page, user)
    return move.complaint


def _take_down(page: ComplaintPage, user: Staff) -> None:
    """Off the website and out of the search index; `transition` has checked the procedure."""
    if page.live:
        UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
        index.remove_object(page)


WORKFLOW_CALLS: dict[Action, Callable[..., Complaint]] = {
    Action.APPROVE: approve,
    Action.COORDINATE: coordinate,
    Action.SEND_BACK: send_back,
    Action.PUBLISH_PRIVATELY: publish_privately,
}


@contextmanager
def _workflow_move(
    complaint_id: int, action: Action, user: Staff, note: str, step: Step | None
) -> Iterator[tuple[Move, TaskState, ComplaintPage]]:
    """A transition of a complaint whose page is in the workflow, with both locked."""
    with transition(complaint_id, action, user, step=step) as move:
        move.note = note
        page = ComplaintPage.objects.get(complaint=move.complaint)
        yield move, drafts.current_task_state(page), page


def _check_text(move: Move, page: ComplaintPage) -> None:
    """There is an answer, filled in, and nothing personal on its way to the public (B1)."""
    latest = page.get_latest_revision_as_object()
    if is_blank(redaction.plain(latest.answer)):
        raise NotNow(_("There is no answer yet. Write it on the page first."))
    if is_blank(latest.title) or is_blank(latest.question):
        raise NotNow(_("Title or question is empty. Write them on the page first."))
    if hidden_links(latest.answer):
        raise NotNow(HIDDEN_LINK)
    if message := blanks_message(latest.answer):
        raise NotNow(message)
    if move.rule.corrects and is_blank(latest.correction):
        raise NotNow(NO_CORRECTION)
    if move.rule.source in sop.CHECKED_STATES:
        require_no_personal_data(move.complaint, picture_words(latest))
        findings = page_findings(latest, move.complaint.reporter.name)
        if findings:
            raise NotNow(" ".join(text for texts in findings.values() for text in texts))
        page_history.clean(page, move.complaint.reporter.name)


def _as_given(page: ComplaintPage) -> ComplaintPage:
    """The page as it was just given, public or not."""
    given: ComplaintPage = ComplaintPage.objects.get(pk=page.pk)
    return given


def _stamp_answer(move: Move, page: ComplaintPage, user: Staff, *, public: bool) -> None:
    """Put date and public address into the revision that is about to be published.

    A correction leaves the answer's date: it was given then, and rated since.
    """
    latest = page.get_latest_revision_as_object()
    if move.rule.corrects:
        latest.corrected_at = move.at
    else:
        latest.answered_at, latest.corrected_at, latest.correction = move.at, None, ""
    if public and not page.first_published_at:
        # What was published once keeps its address: people have linked to it.
        latest.slug = drafts.public_slug(latest.title, latest.complaint_id)
    drafts.save_revision(latest, user)
