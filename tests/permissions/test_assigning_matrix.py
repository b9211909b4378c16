"""Who may take, give and give back a step: every person, every state, by hand-made requests."""

from __future__ import annotations

import pytest

from pengaduan_app.models import Complaint
from pengaduan_app.procedure.sop import STUDIED_STATES, Role
from tests.permissions.test_matrix import WHO, Scene, sees, trace
from tests.support.cheaper import bare_admin
from tests.support.crowd import standing_city, undone
from tests.support.factories import staff
from tests.support.whose_turn import ASSIGNING, HOLDERS


class Desks(Scene):
    """The same complaints and people, and for each role a colleague who may get a step."""

    def __init__(self):
        super().__init__()
        self.colleagues = {role.value: staff(role, self.office.agency) for role in Role}

    def prepare(self, complaint, action: str, role: str) -> None:
        """A step that can be taken is nobody's; one that is given back is somebody's."""
        person = self.colleagues[role] if role and action == "release" else None
        field = "official" if complaint.state in STUDIED_STATES else "assignee"
        Complaint.objects.filter(pk=complaint.pk).update(
            **{"official": None, "assignee": None, field: person}
        )


@pytest.fixture(scope="module")
def desks(django_db_setup, django_db_blocker):
    with bare_admin(), standing_city(django_db_blocker):
        yield Desks()


def holders(complaint) -> tuple:
    complaint.refresh_from_db()
    return complaint.official_id, complaint.assignee_id, complaint.assigned_at


def expected(who: str, action: str, state: str) -> int:
    """The status code of the POST that the rule asks for."""
    if not sees(who, state):
        return 404
    if state not in HOLDERS:
        return 409
    role, superior = HOLDERS[state]
    allowed = {role} if action == "take" else {role, superior}
    return 302 if who in allowed else 403


def attempt(desks: Desks, someone, action: str, state: str) -> str:
    complaint, wanted = desks.complaints[state], expected(someone.who, action, state)
    role = HOLDERS.get(state, ("", ""))[0]
    with undone():
        desks.prepare(complaint, action, role)
        before = trace(complaint), holders(complaint)
        data = {"person": desks.colleagues[role].pk} if role and action == "give" else {}
        address = f"/admin/complaints/{complaint.pk}/{action}/"
        sent = someone.browser.post(address, data).status_code
        moved, after = trace(complaint), holders(complaint)
    complaint.refresh_from_db()
    if sent != wanted:
        return f"{state}: POST {sent}, the rule says {wanted}"
    if moved != before[0]:
        return f"{state}: the complaint moved: {before[0]} → {moved}"
    if (after != before[1]) != (wanted == 302):
        return f"{state}: POST {sent}, {before[1]} → {after}"
    return ""


@pytest.mark.parametrize("who", WHO)
def test_a_step_is_taken_and_given_by_those_whom_the_rule_names(db, desks, who):
    someone = desks.people[who]
    tried = [(state, action) for state in desks.complaints for action in ASSIGNING]
    wrong = [f"{action} {attempt(desks, someone, action, state)}" for state, action in tried]
    assert [line for line in wrong if ": " in line] == []


@pytest.mark.parametrize("state", HOLDERS)
def test_nobody_outside_the_role_is_given_a_step(db, desks, state):
    role, complaint = HOLDERS[state][0], desks.complaints[state]
    strangers = [desks.people[who].user for who in WHO if who != role]
    browser = desks.people[role].browser
    for stranger in strangers:
        with undone():
            desks.prepare(complaint, "give", role)
            before = holders(complaint)
            address = f"/admin/complaints/{complaint.pk}/give/"
            assert browser.post(address, {"person": stranger.pk}).status_code == 400
            assert holders(complaint) == before, stranger
