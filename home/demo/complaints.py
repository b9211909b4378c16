"""The demo's complaints: each is carried out by the procedure's own actions, at past moments."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeAlias

from pengaduan_app import actions
from pengaduan_app.desk import DESK_ROWS
from pengaduan_app.models import Agency, Category, ChecklistItem, Complaint, ComplaintPage, Village
from pengaduan_app.permissions import Staff
from pengaduan_app.procedure import Action, Privacy, Role, State, Transition, sop, transitions

from .people import Cast
from .photos import photo
from .times import clock_at, closed_moments, open_moments

SEED = "mojokerto"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://mojokerto.example/demo/")

Step: TypeAlias = tuple[State, Action]
Case: TypeAlias = Mapping[str, Any]  # one entry of data/complaints.json

# Which action is taken in which state, in order: the routes through the procedure.
_VERIFY = (State.RECEIVED, Action.VERIFY)
_FORWARD = (State.VERIFIED, Action.FORWARD)
_STUDY = (State.STUDY, Action.APPROVE)
_DECIDE = (State.DECISION, Action.APPROVE)
_ENTER = (State.ENTRY, Action.APPROVE)
_HUMAS = ((State.EDITING, Action.APPROVE), (State.PUBLICATION, Action.APPROVE))
_COORDINATE = ((State.DECISION, Action.COORDINATE), (State.COORDINATION, Action.APPROVE))
_MISROUTED = (State.VERIFIED, Action.MISROUTED)
_NORMAL = (_VERIFY, _FORWARD, _STUDY, _DECIDE, _ENTER, *_HUMAS)
ROUTES: dict[str, tuple[Step, ...]] = {
    "normal": _NORMAL,
    "direct": (_VERIFY, (State.VERIFIED, Action.ANSWER), *_HUMAS),
    "coordination": (_VERIFY, _FORWARD, _STUDY, *_COORDINATE, _ENTER, *_HUMAS),
    "transferred": (_VERIFY, _MISROUTED, (State.ROUTING, Action.TRANSFER), *_NORMAL),
    "sent_back_head": (_VERIFY, _FORWARD, _STUDY, (State.DECISION, Action.SEND_BACK), *_NORMAL[2:]),
    "sent_back_editor": (*_NORMAL[:5], (State.EDITING, Action.SEND_BACK), *_NORMAL[4:]),
    "corrected": (
        *_NORMAL,
        (State.PUBLISHED, Action.CORRECT),
        (State.CORRECTION, Action.APPROVE),
        (State.CORRECTION_CHECK, Action.APPROVE),
    ),
    "reopened": (*_NORMAL, (State.PUBLISHED, Action.REOPEN), *_NORMAL[2:]),
}
BY_REPORTER = {Action.RETRACT: actions.retract, Action.REOPEN: actions.reopen}
# The longest time that a reporter takes to read and rate an answer.
READING = timedelta(days=3)
CARRY_OUT: dict[Action, Callable[..., Any]] = {
    **{row.action: row.perform for row in DESK_ROWS},
    **actions.WORKFLOW_CALLS,
}
# These targets leave the usual route after A1.
SIDE_EXITS = {
    State.ROUTING: Action.MISROUTED,
    State.DECLINED: Action.DECLINE,
    State.REFERRED: Action.REFER,
    State.DUPLICATE: Action.DUPLICATE,
    State.RETRACTED: Action.RETRACT,
}
PHOTOS = {
    "bekas-galian-pipa": "hole",
    "genangan-kedundung": "flood",
    "jalan-berlubang-surodinawan": "hole",
    "jembatan-kecil-kauman": "railing",
    "pju-mati-blooto": "lamp",
    "pohon-rawan-meri": "tree",
    "sampah-tps-kranggan": "rubbish",
    "tutup-got-gedongan": "hole",
}


@dataclass(frozen=True)
class City:
    """The reference data of the complaints, loaded once."""

    cast: Cast
    agencies: dict[str, Agency]
    categories: dict[str, Category]
    villages: dict[str, Village]


def load_city(cast: Cast) -> City:
    """The reference data that setup_site has created, by the names used in the demo file."""
    return City(
        cast,
        {agency.slug: agency for agency in Agency.objects.select_related("group")},
        {category.slug: category for category in Category.objects.all()},
        {village.name: village for village in Village.objects.all()},
    )


def key_of(name: str) -> uuid.UUID:
    """The form's key of a demo complaint: constant, so that it is never created twice."""
    return uuid.uuid5(NAMESPACE, name)


def mark_of(name: str) -> str:
    """What is stored of that key."""
    return actions.form_mark(key_of(name))


class Story:
    """One complaint of the demo, from its submission to its present state."""

    complaint: Complaint

    def __init__(self, case: Case, city: City) -> None:
        self.case, self.city = case, city
        self.target = State(case["target"])
        self.way = _way(case, self.target)
        self.done = _steps_done(self.way, self.target)
        self.rng = Random(f"{SEED}:{case['key']}")

    def tell(self, now: datetime) -> Complaint:
        """Carry out every step at its own moment, up to `now`."""
        moments = self._moments(now)
        with clock_at(moments[0]):
            self._submit()
        for index in range(self.done):
            began, ended = moments[index], moments[index + 1]
            with clock_at(began + (ended - began) * 0.8):
                self._write(index)
            with clock_at(ended):
                self._act(index)
            if State(self.complaint.state) in sop.ANSWERED_STATES:
                until = [*moments, now][index + 2]
                with clock_at(ended + min(READING, until - ended) * 0.3):
                    self._rate()
        if self.target in sop.WORKFLOW_STATES:
            # The person with the open step has begun to write.
            with clock_at(moments[-1] + (now - moments[-1]) * 0.5):
                self._write(self.done)
        return self.complaint

    def _moments(self, now: datetime) -> list[datetime]:
        limits = [_limit(*step) for step in self.way[: self.done]]
        age = timedelta(days=self.case["days_ago"])
        late = self.case["pace"] == "late"
        if self.target in sop.OPEN_STATES:
            limit = sop.STEPS[sop.OPEN_STEP[self.target]].limit
            return open_moments(now, age, limits, limit, late, self.rng)
        return closed_moments(now, age, limits, late, self.rng)

    def _submit(self) -> None:
        case, city = self.case, self.city
        sent_to = case.get("first_agency") or case["agency"]
        scene = PHOTOS.get(case["key"])
        receipt = actions.submit(
            key_of(case["key"]),
            actions.Identity(**case["reporter"]),
            kind=case["kind"],
            subject=case["subject"],
            body=case["body"],
            agency=city.agencies[sent_to] if sent_to else None,
            category=city.categories[case["category"]],
            village=city.villages[case["village"]] if case["village"] else None,
            place=case["place"],
            confidential=case["confidential"],
            channel=case["channel"],
            files=[photo(scene, self.rng)] if scene else [],
        )
        self.complaint = receipt.complaint

    def _actor(self, role: Role) -> Staff:
        return self.city.cast.person(role, self.complaint.agency)

    def _act(self, index: int) -> None:
        state, action = self.way[index]
        role = _rule(action, state, Privacy(self.complaint.privacy)).role
        if role is None:
            key = key_of(f"{self.case['key']}:{action}")
            BY_REPORTER[action](self.complaint.pk, key, self.case["note"])
            self.complaint.refresh_from_db()
            return
        self.complaint = CARRY_OUT[action](
            self.complaint.pk, self._actor(role), **self._arguments(action)
        )

    def _rate(self) -> None:
        """The reporter's rating of the answer, if the demo file has one."""
        if rating := self.case.get("rating"):
            key = key_of(f"{self.case['key']}:{Action.RATE}")
            actions.rate(self.complaint.pk, key, **rating)

    def _arguments(self, action: Action) -> dict[str, Any]:
        """What a person would fill in before pressing the button."""
        case, agencies = self.case, self.city.agencies
        given: dict[Action, Callable[[], dict[str, Any]]] = {
            Action.FORWARD: lambda: {"official": self._actor(Role.OFFICIAL)},
            Action.ANSWER: lambda: {"answer": case["answer"]},
            Action.MISROUTED: lambda: {"reason": case["note"], "agency": self._better_agency()},
            Action.TRANSFER: lambda: {"agency": agencies[case["agency"]]},
            Action.DECLINE: lambda: {"ground": case["ground"], "message": case["note"]},
            Action.REFER: lambda: {"message": case["note"]},
            Action.DUPLICATE: lambda: {
                "original": Complaint.objects.get(form_key=mark_of(case["original"]))
            },
            Action.COORDINATE: lambda: {
                "agencies": [agencies[slug] for slug in case["other_agencies"]]
            },
            Action.SEND_BACK: lambda: {"note": case["note"]},
            Action.CORRECT: lambda: {"correction": case["note"]},
            Action.APPROVE: lambda: {"confirmed": self._points()},
            Action.PUBLISH_PRIVATELY: lambda: {"confirmed": self._points()},
        }
        return given[action]() if action in given else {}

    def _points(self) -> list[str]:
        """The points of the check-list before publishing, all of them confirmed."""
        complaint = self.complaint
        return ChecklistItem.objects.to_confirm(complaint.open_step, complaint.is_confidential)

    def _better_agency(self) -> Agency | None:
        """The agency that the operator suggests when reporting it misrouted."""
        agency = self.city.agencies[self.case["agency"]]
        return agency if agency != self.complaint.agency else None

    def _write(self, index: int) -> None:
        """The revision written during this step, if any."""
        state, action = self.way[index]
        if state == State.STUDY or (state == State.ENTRY and _is_redone(self.way, state)):
            writer = Role.OFFICIAL if state == State.STUDY else Role.OPERATOR
            self._revise(writer, answer=self._answer_at(index))
        elif state == State.EDITING and action == Action.APPROVE and self.case["public_question"]:
            self._revise(Role.EDITOR, question=self.case["public_question"])

    def _answer_at(self, index: int) -> str:
        """The answer, or its earlier version if it is going to be sent back."""
        again = (State.PUBLISHED, Action.REOPEN) in self.way[:index]
        whole = self.case["second_answer" if again else "answer"]
        state = self.way[index][0]
        return whole.partition("<ul>")[0] if _is_redone(self.way[index + 1 :], state) else whole

    def _revise(self, role: Role, **fields: str) -> None:
        page = ComplaintPage.objects.get(complaint=self.complaint).get_latest_revision_as_object()
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision(user=self._actor(role))


def _way(case: Case, target: State) -> Sequence[Step]:
    """The complaint's whole route, including the steps still to come."""
    if not case["agency"]:
        # Without an agency it waits for the complaint administrator from the start.
        return ()
    if target in SIDE_EXITS:
        return (_VERIFY, (State.VERIFIED, SIDE_EXITS[target]))
    way = ROUTES[case["route"]]
    if target == State.ANSWERED_PRIVATELY:
        return (*way[:-1], (State.PUBLICATION, Action.PUBLISH_PRIVATELY))
    return way


def _steps_done(way: Sequence[Step], target: State) -> int:
    """How many steps are done: all, or those before it last reached its target."""
    stops = [index for index, (state, _action) in enumerate(way) if state == target]
    return stops[-1] if stops and target in sop.OPEN_STATES else len(way)


def _limit(state: State, action: Action) -> timedelta:
    """The time limit of this step; A3 and A4 have their own."""
    if state in sop.CLOSED_STATES:
        return READING
    rule = _rule(action, state)
    return sop.STEPS[rule.judged_as or sop.OPEN_STEP[state]].limit


def _rule(action: Action, state: State, privacy: Privacy = Privacy.OPEN) -> Transition:
    """The procedure's rule for a step. Raises LookupError if the route isn't the procedure's."""
    rule = transitions.find_transition(action, state, privacy)
    if rule is None:
        raise LookupError(f"The procedure has no {action} in {state}.")
    return rule


def _is_redone(way: Sequence[Step], state: State) -> bool:
    """True if a step of this route sends the complaint back to that state."""
    return any(
        action == Action.SEND_BACK and _rule(action, source).target == state
        for source, action in way
    )
