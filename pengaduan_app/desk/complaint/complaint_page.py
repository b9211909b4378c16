"""Where the user may go from a complaint's admin page, and with which limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ... import permissions
from ...deadlines import TimeLeft, limit_if_chosen, reminder_schedule, time_left
from ...models import Complaint, ComplaintPage, Reminder, Reporter
from ...permissions import Staff
from ...presentation import moment_today
from ...procedure import Action, sop
from .complaint_ends import sheet_label, undo_note
from .complaint_facts import Row, admin_url
from .desk_actions import DESK_ROWS, FURTHER, DeskAction

FILLED, PLAIN, EXIT = "", "button-secondary", "button-secondary pgd-exit"


@dataclass(frozen=True)
class Link(Row):
    """A button of the complaint's page: how it looks, and what limit pressing it is held to."""

    style: str = PLAIN
    limit: TimeLeft | None = None
    # Pressing it does it at once, with no form before.
    posts: bool = False
    # What to know before pressing it.
    note: str = ""
    # Seldom needed, so it stands under “More” on every screen.
    is_rare: bool = False


@dataclass(frozen=True)
class Buttons:
    """How the complaint's page arranges its links: one to see first, the others, the rare ones."""

    main: Link | None
    others: list[Link]
    rare: list[Link]

    @classmethod
    def of(cls, links: list[Link]) -> Buttons:
        """The first link that isn't rare is the main one, or the first of all if every one is."""
        often = [link for link in links if not link.is_rare]
        rare = [link for link in links if link.is_rare]
        main = next(iter([*often, *rare]), None)
        return cls(main, often[1:], [link for link in rare if link is not main])

    @property
    def has_more(self) -> bool:
        """True if something stands under “More”."""
        return bool(self.others or self.rare)


@dataclass(frozen=True)
class Reminded:
    """The coordinator's newest reminder of the open step, as the complaint's page shows it."""

    newest: Reminder | None
    # Until when the user has to wait; None for users who may not remind at all.
    paused_until: datetime | None

    @classmethod
    def of(cls, complaint: Complaint, user: Staff) -> Reminded:
        """The reminder and the pause of the complaint's open step; both None without one."""
        record = complaint.open_record
        newest = reminder_schedule.latest_manual([record.pk]).get(record.pk) if record else None
        may = permissions.allowed_actions(user, complaint, [Action.REMIND])
        until = reminder_schedule.paused_until(newest, timezone.now()) if may else None
        return cls(newest, until)


def links(complaint: Complaint, user: Staff, reminded: Reminded) -> list[Link]:
    """Exactly the actions that the user may take now, and what they may open.

    First what the user's own step is for, filled; last the ways out of the procedure, which
    undo what colleagues have done.
    """
    allowed = _allowed(complaint, user, reminded)
    work = [row for row in allowed if not row.is_exit]
    to_do = [_action_link(complaint, row) for row in work]
    pages = _page_links(complaint)
    on_page = _is_on_page(complaint, user)
    to_do = [*pages, *to_do] if on_page else [*to_do, *pages]
    sheet, carried = admin_url("print", complaint), complaint.is_referred
    to_do.append(Link(sheet_label(complaint), url=sheet, is_rare=not carried))
    if permissions.may_reveal(user, complaint) and not Reporter.is_unknown(complaint.pk):
        vault = admin_url("reveal", complaint)
        to_do.append(Link(_("Open the reporter's identity"), url=vault, is_rare=True))
    if on_page or any(row.action != Action.ASK for row in work):
        to_do[0] = replace(to_do[0], style=FILLED)
    return [*to_do, *(_action_link(complaint, row) for row in allowed if row.is_exit)]


def _allowed(complaint: Complaint, user: Staff, reminded: Reminded) -> list[DeskAction]:
    """What the user may do at the desk, without what would only be refused: a reminder during
    its pause, and a called agency's word that it has given."""
    allowed = set(permissions.allowed_actions(user, complaint, sop.DESK_ACTIONS))
    # They stand beside whose the step is (assigned.py).
    allowed -= set(sop.ASSIGNING_ACTIONS)
    if reminded.paused_until:
        allowed.discard(Action.REMIND)
    if Action.CONTRIBUTE in allowed:
        own = permissions.agency_ids_of(user)
        if not complaint.silent_agencies.filter(pk__in=own).exists():
            allowed.discard(Action.CONTRIBUTE)
    rows = [row for row in DESK_ROWS if row.action in allowed]
    return [each for row in rows for each in (row, *_further(complaint, row))]


def _further(complaint: Complaint, row: DeskAction) -> list[DeskAction]:
    """The button that does this row's action and more, where nothing hinders it."""
    found = FURTHER.get(row.action)
    return [found] if found and not found.hindrance(complaint) else []


def _is_on_page(complaint: Complaint, user: Staff) -> bool:
    """True if the user's turn is on the answer's page: it is their step, or they were called."""
    own = permissions.allowed_actions(user, complaint, sop.WORKFLOW_ACTIONS)
    return bool(own) or permissions.may_contribute(user, complaint)


def _action_link(complaint: Complaint, row: DeskAction) -> Link:
    return Link(
        row.label,
        url=admin_url("action", complaint, row.word),
        style=EXIT if row.is_exit else PLAIN,
        limit=limit_of_choice(complaint, row.action),
        posts=row.at_once,
        note=undo_note(complaint) if row.at_once else "",
    )


def _page_links(complaint: Complaint) -> list[Link]:
    """The answer's page in the editor and on the website, where it has come that far."""
    page = ComplaintPage.objects.filter(complaint=complaint).only("pk").first()
    if page is None:
        return []
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    public = website_link(complaint)
    return [Link(_("Open the answer page"), url=editor), *([public] if public else [])]


def limit_of_choice(complaint: Complaint, action: Action) -> TimeLeft | None:
    """The limit that will judge the open step if this action is chosen (SOP A3, A4); None if
    the step keeps its own."""
    rule = complaint.move_for(action)
    if rule is None or rule.judged_as is None:
        return None
    record = complaint.open_record
    if record is None:
        return None
    limit, due = limit_if_chosen(record, rule.judged_as)
    now = timezone.now()
    text = _("limit %(minutes)d minutes: until %(time)s")
    if now > due:
        text = _("limit %(minutes)d minutes: over since %(time)s")
    words = text % {"minutes": limit.minutes, "time": moment_today(due, now)}
    return replace(time_left(due, limit.minutes, now), words=words)


def website_link(complaint: Complaint) -> Link | None:
    """Where the public reads the complaint's answer; None while it isn't published."""
    page = ComplaintPage.objects.published().filter(complaint=complaint).first()
    return Link(_("View on the website"), url=page.full_url) if page else None
