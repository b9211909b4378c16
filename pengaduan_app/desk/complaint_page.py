"""Where the user may go from a complaint's admin page, and with which limits."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import permissions
from ..deadlines import TimeLeft, limit_if_chosen, reminder_schedule, urgency_of
from ..models import Complaint, ComplaintPage, Reminder
from ..presentation import moment_today
from ..procedure import Action, State, labels, sop, transitions
from .complaint_facts import Row, admin_url

# Out of the procedure, or back to its beginning.
EXITS = frozenset({Action.MISROUTED, Action.DECLINE, Action.REFER, Action.DUPLICATE})
FILLED, PLAIN, EXIT = "", "button-secondary", "button-secondary pgd-exit"


@dataclass(frozen=True)
class Link(Row):
    """A button of the complaint's page: how it looks, and what limit pressing it is held to."""

    style: str = PLAIN
    limits: list[TimeLeft] = field(default_factory=list)


@dataclass(frozen=True)
class Reminded:
    """The coordinator's newest reminder of the open step, as its page shows it.

    Lists of none or one, so that the template needs no condition.
    """

    given: list[Reminder]
    # Until when the user, who may remind, has to wait.
    paused_until: list[datetime]

    @classmethod
    def of(cls, complaint: Complaint, user) -> Reminded:
        record = complaint.open_record
        newest = record and reminder_schedule.latest_manual([record.pk]).get(record.pk)
        until = reminder_schedule.paused_until(newest, timezone.now())
        may = permissions.allowed_actions(user, complaint, [Action.REMIND])
        return cls([newest] if newest else [], [until] if until and may else [])


def links(complaint: Complaint, user, reminded: Reminded) -> list[Link]:
    """Exactly the actions that the user may take now, and what they may open.

    First what the user's own step is for, filled; last the ways out of the procedure, which
    undo what colleagues have done.
    """
    paused = {Action.REMIND} if reminded.paused_until else set()
    allowed = [
        action
        for action in permissions.allowed_actions(user, complaint, sop.DESK_ACTIONS)
        if action not in paused
    ]
    to_do = [_action_link(complaint, action) for action in allowed if action not in EXITS]
    pages = _page_links(complaint)
    to_do = [*pages, *to_do] if _is_on_page(complaint, user) else [*to_do, *pages]
    to_do.append(Link(_("Print the disposition sheet"), url=admin_url("print", complaint)))
    if permissions.may_reveal(user, complaint):
        to_do.append(Link(_("Open the reporter's identity"), url=admin_url("reveal", complaint)))
    if _is_on_page(complaint, user) or set(allowed) - EXITS - {Action.ASK}:
        to_do[0] = replace(to_do[0], style=FILLED)
    return [*to_do, *(_action_link(complaint, action) for action in allowed if action in EXITS)]


def _is_on_page(complaint: Complaint, user) -> bool:
    """True for whose turn is on the answer's page: it is their step, or they were called."""
    own = permissions.allowed_actions(user, complaint, sop.WORKFLOW_ACTIONS)
    return bool(own) or permissions.may_contribute(user, complaint)


def _action_link(complaint: Complaint, action: Action) -> Link:
    return Link(
        labels.ACTIONS[action],
        url=admin_url("action", complaint, action.value),
        style=EXIT if action in EXITS else PLAIN,
        limits=limits_of_choice(complaint, action),
    )


def _page_links(complaint: Complaint) -> list[Link]:
    page = ComplaintPage.objects.filter(complaint=complaint).only("pk").first()
    editing = page and reverse("wagtailadmin_pages:edit", args=[page.pk])
    own = [Link(_("Open the answer page"), url=editing)] if editing else []
    return [*own, *(Link(label, url=url) for label, url in on_website(complaint))]


def limits_of_choice(complaint: Complaint, action: Action) -> list[TimeLeft]:
    """The limit that will judge the open step if this action is chosen (SOP A3, A4): one or
    none."""
    rule = transitions.find_transition(
        action, State(complaint.state), complaint.privacy, complaint.was_reopened
    )
    if not rule or not rule.judged_as:
        return []
    limit, due = limit_if_chosen(complaint.open_record, rule.judged_as)
    now = timezone.now()
    text = _("limit %(minutes)d minutes: until %(time)s")
    if now > due:
        text = _("limit %(minutes)d minutes: over since %(time)s")
    words = text % {"minutes": limit.minutes, "time": moment_today(due, now)}
    return [TimeLeft(due, urgency_of(due, limit.minutes, now), words)]


def result(action: Action, complaint: Complaint) -> str:
    """What the user reads after an action went through."""
    if action == Action.REMIND:
        return _("%(agency)s is reminded of %(ticket)s.") % {
            "agency": complaint.agency,
            "ticket": complaint.ticket,
        }
    if action == Action.TRANSFER:
        return _("%(ticket)s was sent to %(agency)s.") % {
            "ticket": complaint.ticket,
            "agency": complaint.agency,
        }
    if action == Action.ASK:
        return _("The reporter of %(ticket)s is told of your question.") % {
            "ticket": complaint.ticket
        }
    return state_now(complaint)


def state_now(complaint: Complaint) -> str:
    """Where an action has brought the complaint, in a sentence."""
    return _("%(ticket)s is now in the state “%(state)s”.") % {
        "ticket": complaint.ticket,
        "state": labels.STATES[complaint.state],
    }


def on_website(complaint: Complaint) -> list[tuple[str, str]]:
    """Where the public reads its answer, as (label, address): one or none."""
    page = ComplaintPage.objects.published().filter(complaint=complaint).first()
    return [(_("View on the website"), page.full_url)] if page else []


def next_links(action: Action, complaint: Complaint) -> list[Row]:
    """What the SOP has the user do beside the action: A2 also prints the sheet."""
    if action != Action.FORWARD:
        return []
    return [Row(_("Print the disposition sheet"), url=admin_url("print", complaint))]
