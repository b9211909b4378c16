"""A month of an invented city on a frozen clock: complaints, and staff with habits.

The simulator keeps a log of its own of who did what and when. It knows the SOP's limits
as the written procedure gives them and asks the product for nothing, so that the ledger,
the reminders and the reports can be held against it.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

import time_machine

from pengaduan_app import actions

from .factories import CategoryFactory, VillageFactory, submit
from .process import Office, write_answer

START = datetime(2026, 2, 1, tzinfo=UTC)
END = START + timedelta(days=30)

# docs/sop.md once more, in minutes: an independent recount mustn't ask sop.py.
MINUTES = {
    "A1": 30,
    "A2": 1440,
    "A3": 60,
    "A4": 120,
    "A5": 1440,
    "A6": 720,
    "A7": 1440,
    "A8": 60,
    "B1": 120,
    "B2": 15,
    "C2": 60,
}


@dataclass(frozen=True)
class Task:
    """One thing that somebody does: the step that is open, the one that judges, the end."""

    name: str
    step: str
    outcome: str
    judged: str = ""

    @property
    def limit(self) -> timedelta:
        return timedelta(minutes=MINUTES[self.judged or self.step])


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

ROUTES = (
    (35, (VERIFY, FORWARD, STUDY, DECIDE, ENTER, EDIT, PUBLISH)),
    (18, (VERIFY, ANSWER, EDIT, PUBLISH)),
    (14, (VERIFY, DECLINE)),
    (12, (REFER,)),
    (7, (VERIFY, MISROUTED, TRANSFER, VERIFY, ANSWER, EDIT, PUBLISH)),
    (5, (VERIFY, FORWARD, STUDY, COORDINATE, COORDINATED, ENTER, EDIT, PUBLISH)),
    (5, (VERIFY, FORWARD, STUDY, DECIDE, ENTER, RETURN, ENTER, EDIT, PUBLISH)),
    (4, (VERIFY, ANSWER, EDIT, HAND_OVER)),
)


@dataclass
class Row:
    """What the simulator saw of one step."""

    ticket: str
    step: str
    agency: str
    started: datetime
    finished: datetime | None = None
    outcome: str = ""
    judged: str = ""

    @property
    def late(self) -> bool:
        return self.finished - self.started > timedelta(minutes=MINUTES[self.judged])


@dataclass
class Case:
    """One complaint on its way, and where it is to go."""

    plan: Iterator[Task]
    office: Office
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
        self.cases: list[Case] = []
        self.ticks: list[datetime] = []
        self._queue: list[tuple] = []
        self._order = count()
        for _number in range(complaints):
            at = START + (END - START) * self.rng.random()
            self._at(at, self._receive)

    def run(self, every_tick: Callable[[], object], pace: timedelta) -> None:
        """Everything that falls due before END, in the order of time."""
        tick = START
        with time_machine.travel(START, tick=False) as clock:
            while tick < END:
                while self._queue and self._queue[0][0] <= tick:
                    at, _order, function, arguments = heapq.heappop(self._queue)
                    clock.move_to(at)
                    function(at, *arguments)
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
        case = Case(iter(route), rng.choice(self.offices))
        case.complaint = submit(
            case.office.agency,
            category=rng.choice([None, *self.categories]),
            village=rng.choice([None, *self.villages]),
        ).complaint
        self.cases.append(case)
        self._begin(case, at)

    def _begin(self, case: Case, at: datetime) -> None:
        task = next(case.plan, None)
        if task is None:
            return
        agency = case.office.agency.short_name
        case.open_row = Row(case.complaint.ticket, task.step, agency, at)
        case.rows.append(case.open_row)
        self._at(at + self._time_taken(task), self._finish, case, task)

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
        actions.approve(pk, self.offices[0].editor)

    def _return_to_entry(self, pk, case):
        actions.send_back(pk, self.offices[0].editor, "Mohon dilengkapi.")

    def _publish(self, pk, case):
        actions.approve(pk, self.offices[0].coordinator)

    def _publish_privately(self, pk, case):
        actions.publish_privately(pk, self.offices[0].coordinator)
