"""Who may do what to several complaints at a time: everybody, every bulk action, every state, by
requests made by hand that name every complaint there is."""

from __future__ import annotations

import pytest

from pengaduan_app.desk import BULK_ACTIONS
from tests.permissions.test_matrix import WHO, Scene, sees, trace
from tests.support.bulk import bulk_address
from tests.support.cheaper import bare_admin, watched
from tests.support.crowd import person, standing_city, undone
from tests.support.whose_turn import DESK

# The role that each is for, and the action of the table that it does.
BULK = {
    "verify_and_forward": ("operator", "verify"),
    "verify": ("operator", "verify"),
    "forward": ("operator", "forward"),
    "duplicate": ("operator", "duplicate"),
    "transfer": ("admin", "transfer"),
    "remind": ("coordinator", "remind"),
}


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with bare_admin(), standing_city(django_db_blocker):
        yield Scene()


def state_of(name: str) -> str:
    """How the table calls it: a confidential complaint is nobody's turn here."""
    return "publication" if name.startswith("confidential") else name


def data_of(scene: Scene, action: str) -> dict:
    """What a browser sends when every field is filled in rightly."""
    agencies = {f"agency_{each.pk}": scene.called.pk for each in scene.complaints.values()}
    return {
        "official": scene.office.official.pk,
        "other": scene.earlier.ticket if action == "duplicate" else "",
        **agencies,
    }


def changed_in(scene: Scene) -> set[str]:
    """The names of the complaints that aren't what they were."""
    return {n for n, c in scene.complaints.items() if trace(c) != scene.before[n]}


def expected(who: str, action: str) -> set[str]:
    """The names of the scene's complaints with which the procedure lets this person do it."""
    role, word = BULK[action]
    if who != role:
        return set()
    return {state for state, turns in DESK.items() if turns.get(word) == role}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("action", BULK)
def test_bulk_actions_obey_the_procedure_in_every_state(db, scene, who, action):
    someone = scene.people[who]
    names = {complaint.pk: name for name, complaint in scene.complaints.items()}
    address = bulk_address(action, [*names, 99_999_999])
    with undone():
        with watched() as looking:
            opened = someone.browser.get(address)
        untouched = not (looking.any and changed_in(scene))
        with watched() as sending:
            sent = someone.browser.post(address, data_of(scene, action))
        told = {line.complaint.pk: line.done for line in (sent.context or {}).get("lines", [])}
        changed = changed_in(scene) if sending.any else set()
        shown = sent.content.decode()
    done = {names[key] for key, was_done in told.items() if was_done}
    assert untouched
    assert done == expected(who, action)
    # A reminder moves nothing.
    assert changed == (set() if action == "remind" else done)
    holds = BULK[action][0] in who
    assert opened.status_code == (200 if holds else 302)
    if holds and told:
        assert {names[key] for key in told} == {n for n in names.values() if sees(who, n)}
    unseen = [c.ticket for n, c in scene.complaints.items() if not sees(who, n)]
    assert [ticket for ticket in unseen if ticket in shown] == []


@pytest.mark.parametrize("who", WHO)
def test_verifying_and_forwarding_in_one_go_obeys_it_too(db, scene, who):
    someone, wrong = scene.people[who], []
    for name, complaint in scene.complaints.items():
        turn = DESK.get(state_of(name), {}).get("verify")
        wanted = 404 if not sees(who, name) else 409 if not turn else 200 if who == turn else 403
        address = f"/admin/complaints/{complaint.pk}/verify_and_forward/"
        with undone():
            with watched() as writes:
                sent = someone.browser.post(address, {"official": scene.office.official.pk})
            after = trace(complaint)[0] if writes.any else scene.before[name][0]
        reached = "study" if wanted == 200 else scene.before[name][0]
        if (sent.status_code, after) != (302 if wanted == 200 else wanted, reached):
            wrong.append(f"{name}: POST {sent.status_code} → {after}; {wanted}")
    assert wrong == []


@pytest.mark.parametrize("action", BULK)
def test_who_is_not_logged_in_is_sent_to_the_log_in(db, scene, action):
    stranger = person("nobody")
    address = bulk_address(action, [each.pk for each in scene.complaints.values()])
    for answer in (stranger.browser.get(address), stranger.browser.post(address)):
        assert answer.status_code == 302
        assert answer.url.startswith("/admin/login/")


def test_the_table_of_this_test_names_every_bulk_action():
    assert list(BULK) == [each.action_type for each in BULK_ACTIONS]
