"""The check-list before publishing: data of the site, and asked at every door (SOP B1, B2)."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from home.setup import _ensure_reference_data
from pengaduan_app import actions
from pengaduan_app.models import ChecklistItem, Complaint
from pengaduan_app.procedure import Step
from pengaduan_app.procedure.sop import State
from tests.support.factories import submit
from tests.support.process import editor_form, page_of, points_of

STOCK = (State.ENTRY, State.EDITING, State.PUBLICATION, State.CORRECTION)
SEEN, ONLY_B2 = "Tidak ada data pribadi.", "Judulnya mudah ditemukan."


@pytest.fixture
def points(city):
    ChecklistItem.objects.create(text=ONLY_B2, step="B2", complaints="open", position=2)
    ChecklistItem.objects.create(text=SEEN, position=1)
    ChecklistItem.objects.create(text="Tidak dipakai lagi.", active=False)
    ChecklistItem.objects.create(text="Hanya pelapornya.", step="B2", complaints="confidential")


def state_of(complaint) -> str:
    return Complaint.objects.get(pk=complaint.pk).state


@pytest.mark.parametrize(
    ("step", "confidential", "asked"),
    [
        (Step.A5, False, []),
        (Step.A8, False, []),
        (Step.B1, False, [SEEN]),
        (Step.B1, True, [SEEN]),
        (Step.B2, False, [SEEN, ONLY_B2]),
        (Step.B2, True, [SEEN, "Hanya pelapornya."]),
        (None, False, []),
    ],
)
def test_which_points_are_asked(points, step, confidential, asked):
    assert ChecklistItem.objects.to_confirm(step, confidential) == asked


def in_editor(client, complaint, extra):
    pressed = {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": json.dumps(extra),
    }
    address = reverse("wagtailadmin_pages:edit", args=[page_of(complaint).pk])
    changes = {"correction": "Tanggalnya dibetulkan."} if complaint.is_being_corrected else {}
    return client.post(address, editor_form(complaint, **pressed, **changes))


def from_elsewhere(client, complaint, extra):
    """The address that Wagtail's dashboard and reports send to."""
    return client.post(address_of("workflow_action", complaint), extra)


def address_of(view, complaint, action="approve"):
    page = page_of(complaint)
    state = page.current_workflow_task_state
    return reverse(f"wagtailadmin_pages:{view}", args=[page.pk, action, state.pk])


def by_action(client, complaint, extra):
    user = client.person
    try:
        actions.approve(complaint.pk, user, confirmed=extra.get("confirmed", ()))
    except actions.NotNow as refused:
        assert SEEN in str(refused) or ONLY_B2 in str(refused)


@pytest.mark.parametrize("door", [in_editor, from_elsewhere, by_action])
@pytest.mark.parametrize(
    ("state", "person", "wanted", "after"),
    [
        (State.EDITING, "editor", [SEEN], State.PUBLICATION),
        (State.PUBLICATION, "coordinator", [SEEN, ONLY_B2], State.PUBLISHED),
        (State.CORRECTION, "editor", [SEEN], State.CORRECTION_CHECK),
    ],
)
def test_no_door_ends_the_step_before_each_point_is_ticked(
    points, office, client, door, state, person, wanted, after
):
    complaint, user = office.complaint(to=state), getattr(office, person)
    client.force_login(user)
    client.person = user
    for ticked in ([], wanted[1:], [*wanted[1:], "Tidak dipakai lagi."], [SEEN.upper()]):
        door(client, complaint, {"confirmed": ticked, "comment": ""})
        assert state_of(complaint) == state
    door(client, complaint, {"confirmed": wanted, "comment": ""})
    assert state_of(complaint) == after


def test_a_private_answer_is_asked_for_its_own_points(points, office):
    complaint = submit(office.agency, confidential=True).complaint
    office.advance(complaint, State.PUBLICATION)
    with pytest.raises(actions.NotNow, match="Hanya pelapornya"):
        actions.publish_privately(complaint.pk, office.coordinator, confirmed=[SEEN])
    asked = points_of(complaint)
    actions.publish_privately(complaint.pk, office.coordinator, confirmed=asked)
    assert state_of(complaint) == State.ANSWERED_PRIVATELY


def test_sending_back_and_the_agencys_steps_ask_nothing(points, office):
    complaint = office.complaint(to=State.ENTRY)
    actions.approve(complaint.pk, office.operator)
    actions.send_back(complaint.pk, office.editor, "Mohon dilengkapi.")
    assert state_of(complaint) == State.ENTRY


def test_the_log_keeps_the_points_as_they_were_read(points, office):
    complaint = office.complaint(to=State.EDITING)
    actions.approve(complaint.pk, office.editor, confirmed=[SEEN])
    ChecklistItem.objects.filter(text=SEEN).update(text="Lain sekali.")
    entry = ModelLogEntry.objects.filter(
        object_id=str(complaint.pk), action="pengaduan_app.approve"
    ).latest("pk")
    assert entry.data[actions.CONFIRMED] == [SEEN]
    assert SEEN in registry.get_formatter(entry).format_message(entry)


def test_a_point_that_was_reworded_since_is_not_confirmed(points, office, client):
    complaint = office.complaint(to=State.EDITING)
    client.force_login(office.editor)
    ChecklistItem.objects.filter(text=SEEN).update(text="Tidak ada data pribadi siapa pun.")
    answer = client.post(
        address_of("collect_workflow_action_data", complaint),
        {"confirmed": [SEEN], "comment": ""},
        headers={"x-requested-with": "XMLHttpRequest"},
    ).json()
    assert answer["step"] == "action"
    assert "Daftar periksa berubah" in answer["html"]
    assert "siapa pun" in answer["html"]


@pytest.mark.parametrize(
    ("state", "person", "asks"),
    [(State.ENTRY, "operator", False), (State.EDITING, "editor", True)],
)
def test_the_button_asks_where_there_are_points(points, office, state, person, asks):
    complaint = office.complaint(to=state)
    task = page_of(complaint).current_workflow_task
    found = {
        name: modal
        for name, _, modal in task.get_actions(page_of(complaint), getattr(office, person))
    }
    assert found["approve"] is asks
    assert found["send_back"] is True


def test_a_site_without_points_has_no_check_list(office):
    complaint = office.complaint(to=State.EDITING)
    task = page_of(complaint).current_workflow_task
    assert ("approve", False) in [
        (name, modal) for name, _, modal in task.get_actions(page_of(complaint), office.editor)
    ]
    actions.approve(complaint.pk, office.editor)
    assert state_of(complaint) == State.PUBLICATION


def test_the_administrator_keeps_the_list_and_nobody_else(points, office, client):
    address = reverse("wagtailsnippets_pengaduan_app_checklistitem:add")
    row = {
        "text": "Tautannya terbuka.",
        "position": 3,
        "step": "",
        "complaints": "",
        "active": "on",
    }
    for person in (office.editor, office.coordinator, office.operator):
        client.force_login(person)
        client.post(address, row)
        assert not ChecklistItem.objects.filter(text="Tautannya terbuka.").exists()
    client.force_login(office.admin)
    client.post(address, row)
    assert "Tautannya terbuka." in ChecklistItem.objects.to_confirm(Step.B1, False)


def test_the_city_starts_with_points_which_the_set_up_never_writes_again(city):
    _ensure_reference_data()
    first = ChecklistItem.objects.to_confirm(Step.B2, True)
    assert len(first) > 2
    ChecklistItem.objects.filter(text=first[0]).update(text="Disunting admin.")
    _ensure_reference_data()
    assert first[0] not in ChecklistItem.objects.values_list("text", flat=True)
