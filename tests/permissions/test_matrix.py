"""Who may do what: every person, every action, every state, through the real addresses."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from pengaduan_app import actions
from pengaduan_app.models import Complaint
from pengaduan_app.models.office.reference_data import ANSWER_FEATURES
from pengaduan_app.procedure.sop import AGENCY_ROLES, REPORTER_ACTIONS, Action, Role, State
from tests.support.cheaper import bare_admin, watched
from tests.support.crowd import (
    FOREIGN,
    Person,
    colleagues,
    foreigners,
    person,
    standing_city,
    superuser,
    undone,
)
from tests.support.factories import AgencyFactory, staff, submit
from tests.support.process import Office, page_of, write_answer
from tests.support.whose_turn import ASSIGNING, DESK, DESK_TARGETS, WORKFLOW, WORKFLOW_ACTIONS

PLAIN = [state for state in State if state != State.COORDINATION]
CALLED = " called to coordinate"
WHO = [
    *(role.value for role in Role),
    *(f"{FOREIGN}{role}" for role in ("operator", "official", "head")),
    *(f"{role}{CALLED}" for role in ("operator", "official", "head")),
    "superuser without a role",
]


class Scene:
    """One complaint in each state, everybody who could act, and what they would send."""

    def __init__(self):
        self.office, self.other = Office(), Office()
        self.called = AgencyFactory()
        self.earlier = self.office.complaint(to=State.STUDY)
        self.complaints = {state.value: self.office.complaint(to=state) for state in PLAIN}
        write_answer(self.complaints["study"], self.office.official)
        self.complaints["coordination"] = self._coordinated()
        self.complaints["no agency yet"] = submit(None).complaint
        self.complaints["confidential publication"] = self.office.complaint(
            to=State.PUBLICATION, confidential=True
        )
        self.complaints["reopened study"] = self.office.reopened()
        self.complaints["reopened verified"] = self.office.reopened()
        actions.send_back(self.complaints["reopened verified"].pk, self.office.official, "Ulangi.")
        people = [*colleagues(self.office), *foreigners(self.other)]
        people += [person(f"{r}{CALLED}", staff(r, self.called)) for r in sorted(AGENCY_ROLES)]
        people.append(person(WHO[-1], superuser()))
        self.people = {someone.who: someone for someone in people}
        # What everything tried here is taken back to.
        self.before = {state: trace(complaint) for state, complaint in self.complaints.items()}

    def _coordinated(self) -> Complaint:
        complaint = self.office.complaint(to=State.DECISION)
        actions.coordinate(complaint.pk, self.office.head, [self.called])
        complaint.refresh_from_db()
        return complaint

    def valid_data(self, action: str) -> dict:
        """What a browser sends when every field is filled in rightly."""
        return {
            "forward": {"official": self.office.official.pk},
            "answer": {"answer": rich_text("<p>Sudah.</p>", features=ANSWER_FEATURES)},
            "misrouted": {"reason": "Bukan kewenangan kami."},
            "transfer": {"agency": self.called.pk},
            "decline": {"ground": "sara", "asked": "yes"},
            "refer": {"asked": "yes"},
            "duplicate": {"original": self.earlier.ticket},
            "ask": {"question": "Lampu yang mana tepatnya?"},
            "correct": {"correction": "Tanggal dibetulkan."},
            "contribute": {"note": "Tiang itu milik kami."},
            "classify": {"kind": "suggestion"},
            "send_back": {"note": "Mohon dilengkapi."},
            "coordinate": {"agencies": [self.called.pk]},
        }.get(action, {})


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with bare_admin(), standing_city(django_db_blocker):
        yield Scene()


def sees(who: str, state: str) -> bool:
    """Own agency and the whole city's roles; who was called, while coordination lasts."""
    if who.startswith(FOREIGN):
        return False
    if who.endswith(CALLED):
        return state == "coordination"
    return state != "no agency yet" or who in ("editor", "coordinator", "admin", WHO[-1])


def trace(complaint) -> tuple:
    """All that an action could change."""
    complaint.refresh_from_db()
    page = getattr(Complaint.objects.get(pk=complaint.pk), "page", None)
    return (
        complaint.state,
        complaint.agency_id,
        complaint.closed_at,
        list(complaint.steps.values_list("step", "outcome", "finished_at")),
        list(complaint.thread.values_list("kind", "text")),
        page and (page.live, page.path, page.revisions.count(), page.latest_revision_id),
        page and list(page.workflow_states.values_list("status", "current_task_state")),
    )


def expected_at_desk(who: str, action: str, state: str) -> int:
    """The status code that the procedure asks for: 200 is a yes."""
    if not sees(who, state):
        return 404
    role = DESK.get(state, {}).get(action)
    if role is None:
        return 409
    return 200 if who in (role if isinstance(role, tuple) else (role,)) else 403


def try_at_desk(scene: Scene, someone: Person, action: str, state: str) -> str:
    """Open the form and send it; returns what went otherwise than the procedure says."""
    complaint, wanted = scene.complaints[state], expected_at_desk(someone.who, action, state)
    # Where the action isn't there at all, nobody is asked who they are: one look is enough.
    looks = wanted in (200, 403) or someone.who == "operator"
    address = f"/admin/complaints/{complaint.pk}/{action}/"
    before = scene.before[state]
    with undone():
        with watched() as looking:
            opened = someone.browser.get(address).status_code if looks else wanted
        untouched = not looking.any or trace(complaint) == before
        with watched() as sending:
            sent = someone.browser.post(address, scene.valid_data(action)).status_code
        after = trace(complaint) if looking.any or sending.any else before
    expected_sent = 302 if wanted == 200 else wanted
    changed = (wanted == 200 and DESK_TARGETS[action]) or before[0]
    if wanted != 200 and after != before:
        return f"{state}: refused, yet something changed: {before} → {after}"
    if (opened, untouched, sent, after[0]) != (wanted, True, expected_sent, changed):
        return f"{state}: GET {opened}, POST {sent} → {after[0]}; the procedure says {wanted}"
    return ""


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("action", DESK_TARGETS)
def test_the_desk_obeys_the_procedure_in_every_state(db, scene, who, action):
    someone = scene.people[who]
    states = [state for state in scene.complaints if not state.startswith("confidential")]
    wrong = [try_at_desk(scene, someone, action, state) for state in states]
    assert [line for line in wrong if line] == []


def press(someone: Person, complaint, action: str, data: dict) -> int:
    """Press a workflow button by its real address; returns the status code."""
    page = page_of(complaint)
    arguments = (page.pk, action, page.current_workflow_task_state.pk)
    address = reverse("wagtailadmin_pages:workflow_action", args=arguments)
    return someone.browser.post(address, data).status_code


def try_in_workflow(scene: Scene, someone: Person, action: str, state: str) -> str:
    complaint, (role, targets) = scene.complaints[state], WORKFLOW[state]
    allowed = someone.who == role and action in targets
    before = scene.before[state]
    with undone():
        with watched() as writes:
            status = press(someone, complaint, action, scene.valid_data(action))
        after = trace(complaint) if writes.any else before
    if allowed:
        right = status == 302 and after[0] == targets[action]
    else:
        right = status in (302, 403, 404) and after == before
    return "" if right else f"{state}: POST {status}, {before[0]} → {after[0]}, allowed: {allowed}"


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("action", WORKFLOW_ACTIONS)
def test_the_workflow_obeys_the_procedure_in_every_state(db, scene, who, action):
    someone = scene.people[who]
    wrong = [try_in_workflow(scene, someone, action, state) for state in WORKFLOW]
    assert [line for line in wrong if line] == []


@pytest.mark.parametrize("who", WHO)
def test_a_button_of_a_step_that_is_over_does_nothing(db, scene, who):
    """The address of the study's approval, kept from before, in the head's step."""
    complaint, someone = scene.complaints["decision"], scene.people[who]
    page = page_of(complaint)
    old = page.current_workflow_state.task_states.exclude(
        pk=page.current_workflow_task_state.pk
    ).first()
    before = trace(complaint)
    address = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "approve", old.pk))
    foreign = who.startswith("other agency's") or "called" in who
    assert someone.browser.post(address).status_code == (404 if foreign else 302)
    assert trace(complaint) == before


@pytest.mark.parametrize("action", [*DESK_TARGETS, "reveal", "print"])
def test_who_is_not_logged_in_is_sent_to_the_log_in(db, scene, action):
    stranger = person("nobody")
    for state, complaint in scene.complaints.items():
        before = trace(complaint)
        address = f"/admin/complaints/{complaint.pk}/{action}/"
        for answer in (stranger.browser.get(address), stranger.browser.post(address)):
            assert answer.status_code == 302, state
            assert answer.url.startswith("/admin/login/"), state
        assert trace(complaint) == before


@pytest.mark.parametrize("action", [*WORKFLOW_ACTIONS, "withdraw", "publish", "nonsense"])
def test_the_desk_has_no_other_actions_than_its_own(db, scene, action):
    for who, state in (("operator", "entry"), ("coordinator", "publication")):
        complaint, browser = scene.complaints[state], scene.people[who].browser
        before = trace(complaint)
        address = f"/admin/complaints/{complaint.pk}/{action}/"
        codes = [browser.get(address).status_code, browser.post(address).status_code]
        assert (codes, trace(complaint)) == ([404, 404], before), (who, state)


def test_a_member_of_staff_who_has_left_can_do_nothing(db, scene):
    leaver = scene.people["operator"]
    complaint = scene.complaints["received"]
    with undone():
        leaver.user.is_active = False
        leaver.user.save(update_fields=["is_active"])
        answer = leaver.browser.post(f"/admin/complaints/{complaint.pk}/verify/")
    leaver.user.is_active = True
    assert answer.status_code == 302
    assert answer.url.startswith("/admin/login/")


def test_the_tables_of_this_test_name_every_state_and_action():
    of_the_reporter = {action.value for action in REPORTER_ACTIONS}
    tried = {*DESK_TARGETS, *ASSIGNING, *WORKFLOW_ACTIONS, "withdraw"} | of_the_reporter
    assert tried == {action.value for action in Action}
    named = {target for _role, targets in WORKFLOW.values() for target in targets.values()}
    named |= {*DESK_TARGETS.values(), *DESK} - {"no agency yet", ""}
    named = {name for name in named if not name.startswith("reopened")}
    # What the reporter does: tests/citizen/test_follow_up_actions.py.
    assert named == {state.value for state in State} - {"retracted"}
