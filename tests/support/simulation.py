"""A month of an invented city on a frozen clock: complaints, and staff with habits.

The simulator keeps a log of its own of who did what and when. It knows the SOP's limits
as the written procedure gives them and asks the product for nothing, so that the ledger,
the reminders and the reports can be held against it.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import chain, count, repeat
from random import Random

import time_machine

from pengaduan_app import actions
from pengaduan_app.deadlines.national_hours import RAMADAN_HOURS
from pengaduan_app.models import (
    Complaint,
    DayOff,
    HoursPeriod,
    PeriodHours,
    ReminderSettings,
    StepLimit,
)
from pengaduan_app.procedure.sop import AGENCY_ROLES, Channel, Kind, Role
from tests.support.factories import CategoryFactory, VillageFactory, submit
from tests.support.process import Office, give_category, write_answer
from tests.support.written_rules import AGENCYS_STEPS, STEPS, City

START = datetime(2026, 2, 1, tzinfo=UTC)
END = START + timedelta(days=30)

# What the city does in this month besides its work: in docs/operations.md these are
# "Cluster off for a day", a limit on service hours, days off and "only during office hours".
OUTAGE = START + timedelta(days=12), START + timedelta(days=13)
SERVICE_HOURS_FROM = START + timedelta(days=8)
QUIET_FROM = START + timedelta(days=19, hours=12)
NEW_YEAR = date(2026, 2, 16), date(2026, 2, 17)
DECLARED, DECLARED_AT = date(2026, 2, 24), START + timedelta(days=17, hours=3)
FASTING = date(2026, 2, 19), date(2026, 3, 20)


@dataclass(frozen=True)
class Task:
    """One thing that somebody does: the step that is open, the one that judges, the end."""

    name: str
    step: str
    outcome: str
    judged: str = ""

    @property
    def limit(self) -> timedelta:
        return timedelta(minutes=STEPS[self.judged or self.step][0])


VERIFY = Task("verify", "A1", "done")
FORWARD = Task("forward", "A2", "forwarded")
ANSWER = Task("answer", "A2", "answered", "A4")
MISROUTED = Task("misrouted", "A2", "misrouted", "A3")
TRANSFER = Task("transfer", "C2", "transferred")
DECLINE = Task("decline", "A2", "declined")
REFER = Task("refer", "A1", "referred")
STUDY = Task("study", "A5", "done")
DECIDE = Task("decide", "A6", "done")
COORDINATE = Task("coordinate", "A6", "coordinated")
COORDINATED = Task("decide", "A7", "done")
ENTER = Task("enter", "A8", "done")
EDIT = Task("edit", "B1", "done")
RETURN = Task("return_to_entry", "B1", "sent_back")
PUBLISH = Task("publish", "B2", "published")
HAND_OVER = Task("publish_privately", "B2", "answered_privately")

# About half of what comes in is void, as cities report; that also costs least to run.
ROUTES = (
    (17, (VERIFY, FORWARD, STUDY, DECIDE, ENTER, EDIT, PUBLISH)),
    (15, (VERIFY, ANSWER, EDIT, PUBLISH)),
    (28, (VERIFY, DECLINE)),
    (22, (REFER,)),
    (6, (VERIFY, MISROUTED, TRANSFER, VERIFY, ANSWER, EDIT, PUBLISH)),
    (4, (VERIFY, FORWARD, STUDY, COORDINATE, COORDINATED, ENTER, EDIT, PUBLISH)),
    (4, (VERIFY, FORWARD, STUDY, DECIDE, ENTER, RETURN, ENTER, EDIT, PUBLISH)),
    (4, (VERIFY, ANSWER, EDIT, HAND_OVER)),
    # The citizen named no agency.
    (3, (TRANSFER, VERIFY, FORWARD, STUDY, DECIDE, ENTER, EDIT, PUBLISH)),
)


@dataclass
class Row:
    """What the simulator saw of one step, and when the coordinator's button was pressed."""

    ticket: str
    step: str
    agency: str | None
    started: datetime
    finished: datetime | None = None
    outcome: str = ""
    judged: str = ""
    presses: list[datetime] = field(default_factory=list)

    @property
    def key(self) -> tuple:
        return self.ticket, self.step, self.started


@dataclass
class Case:
    """One complaint on its way, and where it is to go."""

    plan: Iterator[Task]
    office: Office | None
    received: datetime
    asked: dict
    complaint: object = None
    open_row: Row | None = None
    rows: list[Row] = field(default_factory=list)


class Month:
    """Runs the city from START to END; `every_tick` is called at each round of the clock."""

    def __init__(self, complaints: int, seed: str = "mojokerto", offices: int = 4):
        self.rng = Random(seed)
        self.offices = [Office() for _number in range(offices)]
        self.categories = [CategoryFactory() for _number in range(3)]
        self.villages = [VillageFactory() for _number in range(3)]
        self.city = City(
            service_hours={"A5": (SERVICE_HOURS_FROM, 450)},
            days_off=[*((START, day) for day in NEW_YEAR), (DECLARED_AT, DECLARED)],
            quiet_from=QUIET_FROM,
            awake={self.offices[-1].agency.short_name},
        )
        self.cases: list[Case] = []
        self.ticks: list[datetime] = []
        self._queue: list[tuple] = []
        self._order = count()
        self._set_up()
        for _number in range(complaints):
            at = START + (END - START) * self.rng.random()
            self._at(at, self._receive)

    def _set_up(self) -> None:
        """Everybody is there from the first day, and the city's decisions are made in time."""
        for office, roles in zip(self.offices, chain([Role], repeat(AGENCY_ROLES)), strict=False):
            for role in roles:
                office.person(role)
        awake = self.offices[-1].agency
        awake.around_the_clock = True
        awake.save()
        period = HoursPeriod(name="Ramadan", first_day=FASTING[0], last_day=FASTING[1])
        period.hours = [PeriodHours(**row) for row in RAMADAN_HOURS]
        period.save()
        for day in NEW_YEAR:
            DayOff.objects.create(date=day, name="Imlek")
        since, minutes = self.city.service_hours["A5"]
        StepLimit.objects.create(
            step="A5", minutes=minutes, clock="service_hours", valid_from=since
        )
        self._at(DECLARED_AT, self._declare)
        self._at(QUIET_FROM, self._be_quiet)

    def _declare(self, at: datetime) -> None:
        DayOff.objects.create(date=DECLARED, name="Libur mendadak")
        actions.recompute_due_times()

    def _be_quiet(self, at: datetime) -> None:
        ReminderSettings.objects.create(quiet_outside_hours=True)

    def run(self, every_tick: Callable[[], object], pace: timedelta) -> None:
        """Everything that falls due before END, in the order of time."""
        tick = START
        with time_machine.travel(START, tick=False) as clock:
            while tick < END:
                while self._queue and self._queue[0][0] <= tick:
                    at, _order, function, arguments = heapq.heappop(self._queue)
                    clock.move_to(at)
                    function(at, *arguments)
                if not OUTAGE[0] <= tick < OUTAGE[1]:
                    clock.move_to(tick)
                    every_tick()
                    self.ticks.append(tick)
                tick += pace

    @property
    def rows(self) -> list[Row]:
        return [row for case in self.cases for row in case.rows]

    def _at(self, at: datetime, function, *arguments) -> None:
        heapq.heappush(self._queue, (at, next(self._order), function, arguments))

    def _receive(self, at: datetime) -> None:
        rng = self.rng
        weights = [weight for weight, _route in ROUTES]
        route = rng.choices([route for _weight, route in ROUTES], weights)[0]
        asked = {
            "kind": rng.choice(list(Kind)),
            "channel": rng.choice([Channel.WEB, Channel.SMS]),
            "category": rng.choice([None, *self.categories]),
            "village": rng.choice([None, *self.villages]),
        }
        office = None if route[0] is TRANSFER else rng.choice(self.offices)
        case = Case(iter(route), office, at, asked)
        case.complaint = submit(office and office.agency, **asked).complaint
        self.cases.append(case)
        self._begin(case, at)

    def _begin(self, case: Case, at: datetime) -> None:
        task = next(case.plan, None)
        if task is None:
            case.open_row = None
            return
        agency = case.office and case.office.agency.short_name
        case.open_row = row = Row(case.complaint.ticket, task.step, agency, at)
        case.rows.append(row)
        self._at(at + self._time_taken(task), self._finish, case, task)
        if task.step in AGENCYS_STEPS and self.rng.random() < 0.2:
            waits = task.limit * self.rng.uniform(0.8, 1.8)
            for wait in (waits, waits + timedelta(days=1)):
                self._at(at + wait, self._press, case, row)

    def _press(self, at: datetime, case: Case, row: Row) -> None:
        """The coordinator's own button, where the step is still open by then."""
        if case.open_row is row:
            actions.remind(case.complaint.pk, self.offices[0].coordinator, "Mohon segera.")
            row.presses.append(at)

    def _time_taken(self, task: Task) -> timedelta:
        """Most people are in time, some late, and a few forget it altogether."""
        habit = self.rng.random()
        if habit < 0.80:
            return task.limit * self.rng.uniform(0.05, 0.98)
        if habit < 0.97:
            return task.limit * self.rng.uniform(1.02, 5)
        return timedelta(days=60)

    def _finish(self, at: datetime, case: Case, task: Task) -> None:
        getattr(self, f"_{task.name}")(case.complaint.pk, case)
        row = case.open_row
        row.finished, row.outcome, row.judged = at, task.outcome, task.judged or task.step
        self._begin(case, at)

    # What people do, each by whom the SOP names.

    def _verify(self, pk, case):
        actions.verify(pk, case.office.operator)

    def _forward(self, pk, case):
        actions.forward(pk, case.office.operator, case.office.official)

    def _answer(self, pk, case):
        actions.answer(pk, case.office.operator, "<p>Sudah kami tangani.</p>")

    def _misrouted(self, pk, case):
        actions.misrouted(pk, case.office.operator, "Bukan kewenangan kami.")

    def _transfer(self, pk, case):
        others = [office for office in self.offices if office is not case.office]
        case.office = self.rng.choice(others)
        actions.transfer(pk, self.offices[0].admin, case.office.agency)

    def _decline(self, pk, case):
        actions.decline(pk, case.office.operator, "unethical", "Mohon maaf.")

    def _refer(self, pk, case):
        actions.refer(pk, case.office.operator)

    def _study(self, pk, case):
        write_answer(case.complaint, case.office.official)
        actions.approve(pk, case.office.official)

    def _decide(self, pk, case):
        actions.approve(pk, case.office.head)

    def _coordinate(self, pk, case):
        others = [office.agency for office in self.offices if office is not case.office]
        actions.coordinate(pk, case.office.head, others[:1])

    def _enter(self, pk, case):
        actions.approve(pk, case.office.operator)

    def _edit(self, pk, case):
        complaint = Complaint.objects.get(pk=pk)
        case.asked["category"] = give_category(complaint, self.offices[0].editor)
        actions.approve(pk, self.offices[0].editor)

    def _return_to_entry(self, pk, case):
        actions.send_back(pk, self.offices[0].editor, "Mohon dilengkapi.")

    def _publish(self, pk, case):
        actions.approve(pk, self.offices[0].coordinator)

    def _publish_privately(self, pk, case):
        actions.publish_privately(pk, self.offices[0].coordinator)
