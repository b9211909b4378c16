"""From complaint to complaint: where one stands in its queue, and what opens after an action.

A queue is named by a query string of the complaint list, such as `mine=yes&step=A1`. The
complaint's page is opened with it (`?queue=…`) and keeps it in the session, so that forms and the
page editor needn't carry it; without one it is what waits for this person in the same step.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from ...models import Complaint, StepRecord, StepRecordQuerySet
from ...permissions import StaffRequest
from ...procedure import Step
from . import complaint_search, list_query, queue
from .filters import MINE, ComplaintFilterSet

PARAMETER = "queue"
SESSION_KEY = "pengaduan_queues"
# So many complaints, in several tabs, are remembered with the queue they were opened from.
MOST_REMEMBERED = 20


@dataclass(frozen=True)
class Place:
    """Where a complaint stands in its queue, from 1; None if it is no longer in it."""

    position: int | None
    total: int
    previous_url: str
    next_url: str
    list_url: str


class Walk:
    """One queue, as the user goes through it."""

    def __init__(self, request: StaffRequest, scope: str) -> None:
        self.request, self.user = request, request.user
        self.query = list_query.narrowing(request, scope)
        self.scope = self.query.urlencode()

    @cached_property
    def steps(self) -> StepRecordQuerySet:
        """The open steps of the queue, in its order."""
        return self._narrowed(self.query.get("mine") == MINE)

    def next_for_user(self, but: Complaint) -> int | None:
        """The key of the complaint in this queue that the user should do next, and never the one
        that they have just done; None if none waits for them here."""
        rows = self._narrowed(mine=True).exclude(complaint=but)
        return rows.values_list("complaint", flat=True).first()

    def place_of(self, complaint: Complaint) -> Place:
        """Where the complaint stands. One query, of the keys alone."""
        keys = list(dict.fromkeys(self.steps.values_list("complaint", flat=True)))
        if complaint.pk not in keys:
            return self._place(None, len(keys), None, keys[0] if keys else None)
        at = keys.index(complaint.pk)
        following = keys[at + 1] if at + 1 < len(keys) else None
        return self._place(at + 1, len(keys), keys[at - 1] if at else None, following)

    def url_of(self, key: int | None) -> str:
        return list_query.complaint_url(key, self.scope) if key else ""

    def _place(
        self, position: int | None, total: int, previous: int | None, following: int | None
    ) -> Place:
        list_url = list_query.list_url(self.query)
        return Place(position, total, self.url_of(previous), self.url_of(following), list_url)

    def _narrowed(self, mine: bool) -> StepRecordQuerySet:
        rows = queue.steps_of(self.user) if mine else StepRecord.objects.open()
        step = self.query.get("step")
        if step:
            rows = rows.filter(step=step)
        elif not mine:
            # C1 runs beside another step of the same complaint.
            rows = rows.exclude(step=Step.C1)
        found = Complaint.objects.visible_to(self.user).with_open_step()
        filters = ComplaintFilterSet(self.query, queryset=found, request=self.request)
        narrowed = complaint_search.search(filters.qs, self.query.get(list_query.SEARCH, ""))
        return queue.in_order(rows.filter(complaint__in=narrowed.values("pk")))


def place_of(request: StaffRequest, complaint: Complaint) -> Place | None:
    """Where the complaint stands in the queue that it was opened from; None without one."""
    asked = request.GET.get(PARAMETER)
    if asked is not None:
        _remember(request, complaint, list_query.narrowing(request, asked).urlencode())
    scope = _scope_of(request, complaint, queue.turn_of(request.user, complaint))
    return Walk(request, scope).place_of(complaint) if scope is not None else None


class GoingOn:
    """What opens after the user has ended a step: the next complaint of the queue, or the home."""

    def __init__(self, request: StaffRequest, ended: StepRecord) -> None:
        self.request, self.done = request, ended.complaint
        self.walk = Walk(request, _scope_of(request, ended.complaint, ended) or "")
        self.next_key = self.walk.next_for_user(but=self.done)

    @classmethod
    def after(cls, request: StaffRequest, turn: StepRecord | None) -> GoingOn | None:
        """None if it wasn't the user's turn, or still is: then the complaint stays open."""
        if turn is None or StepRecord.objects.open().filter(pk=turn.pk).exists():
            return None
        return cls(request, turn)

    @classmethod
    def after_workflow(cls, request: StaffRequest, complaint: Complaint) -> GoingOn | None:
        """The same once Wagtail's editor has carried the action out: the user's newest row."""
        ended = complaint.steps.closed().filter(finished_by=request.user).first()
        return cls(request, ended) if ended else None

    def respond(self) -> HttpResponse:
        """To the next complaint; or home, where it is said that none is left in this queue."""
        if self.next_key:
            return redirect(self.walk.url_of(self.next_key))
        left = queue.steps_of(self.request.user).count()
        messages.info(self.request, _nothing_left(left))
        return redirect("wagtailadmin_home")


def _nothing_left(elsewhere: int) -> str:
    if not elsewhere:
        return _("Your queue is empty: nothing waits for you now.")
    return ngettext(
        "That was the last one of this queue. %(count)d other step waits for you.",
        "That was the last one of this queue. %(count)d other steps wait for you.",
        elsewhere,
    ) % {"count": elsewhere}


def _remember(request: StaffRequest, complaint: Complaint, scope: str) -> None:
    """Keep the queue in the session, the newest last; not written again when it is there."""
    kept: dict[str, str] = request.session.get(SESSION_KEY, {})
    if kept.get(str(complaint.pk)) == scope:
        return
    kept = {key: value for key, value in kept.items() if key != str(complaint.pk)}
    newest = [*kept.items(), (str(complaint.pk), scope)][-MOST_REMEMBERED:]
    request.session[SESSION_KEY] = dict(newest)


def _scope_of(request: StaffRequest, complaint: Complaint, turn: StepRecord | None) -> str | None:
    """The queue that the complaint was opened from, or else the user's own of the same step."""
    kept: dict[str, str] = request.session.get(SESSION_KEY, {})
    if str(complaint.pk) in kept:
        return kept[str(complaint.pk)]
    if turn is None:
        return None
    query = QueryDict(mutable=True)
    query["mine"], query["step"] = MINE, turn.step
    return query.urlencode()
