"""What the page editor's own buttons ask and say, besides moving the complaint."""

from __future__ import annotations

import pytest
from django.urls import reverse

from pengaduan_app.procedure.sop import State
from tests.support.factories import REPORTER, AgencyFactory
from tests.support.process import editor_form, page_of, write_answer

STOCK = (State.DECISION, State.PUBLICATION)


def press(client, complaint, action: str):
    """Press a button of the editor; returns the page that follows, as its text."""
    pressed = {"action-workflow-action": "1", "workflow-action-name": action}
    address = reverse("wagtailadmin_pages:edit", args=[page_of(complaint).pk])
    return client.post(address, editor_form(complaint, **pressed), follow=True).content.decode()


@pytest.mark.parametrize(
    ("state", "person", "said"),
    [
        (State.STUDY, "official", "Menunggu jawaban pimpinan"),
        (State.DECISION, "head", "Jawaban sedang dientri"),
        (State.ENTRY, "operator", "Sedang disunting Humas"),
        (State.EDITING, "editor", "Menunggu penerbitan"),
    ],
)
def test_after_a_button_the_new_state_is_said_and_not_that_a_page_was_updated(
    office, client, state, person, said
):
    complaint, user = office.complaint(to=state), getattr(office, person)
    write_answer(complaint, user)
    client.force_login(user)
    text = press(client, complaint, "approve")
    assert f"{complaint.ticket} sekarang berstatus “{said}”" in text
    assert "diperbarui" not in text
    assert "Lihat di situs" not in text


def test_after_publishing_the_answer_is_one_press_away(office, client):
    complaint = office.complaint(to=State.PUBLICATION)
    client.force_login(office.coordinator)
    text = press(client, complaint, "approve")
    assert f"{complaint.ticket} sekarang berstatus “Dijawab dan diterbitkan”" in text
    assert "Lihat di situs" in text
    assert page_of(complaint).full_url in text


def dialog(client, complaint, data=None):
    """The coordination dialog, opened or sent as Wagtail's script does."""
    page = page_of(complaint)
    arguments = [page.pk, "coordinate", page.current_workflow_task_state.pk]
    address = reverse("wagtailadmin_pages:collect_workflow_action_data", args=arguments)
    header = {"headers": {"x-requested-with": "XMLHttpRequest"}}
    return client.post(address, data, **header) if data else client.get(address, **header)


def test_the_head_is_not_offered_the_own_agency_for_coordination(office, client):
    other = AgencyFactory(name="Dinas Penerangan Rekaan")
    complaint = office.complaint(to=State.DECISION)
    client.force_login(office.head)
    html = dialog(client, complaint).json()["html"]
    assert other.name in html
    assert f'value="{office.agency.pk}"' not in html


@pytest.mark.parametrize("note", ["Siapa pemilik tiangnya?", f"Tanya {REPORTER.name}"])
def test_a_refusal_in_the_dialog_keeps_the_request_that_was_typed(office, client, note):
    """The own agency by a made-up address, and the reporter's name in the note."""
    own, other = office.agency, AgencyFactory()
    complaint = office.complaint(to=State.DECISION)
    client.force_login(office.head)
    chosen = own if note.startswith("Siapa") else other
    answer = dialog(client, complaint, {"agencies": [chosen.pk], "note": note}).json()
    assert answer["step"] == "action"
    assert note in answer["html"]


def test_a_dialogs_form_is_not_made_before_it_is_known_for_which_complaint(office):
    """Without it the form would let the reporter's name through."""
    complaint = office.complaint(to=State.DECISION)
    make = page_of(complaint).current_workflow_task.get_form_for_action("send_back")
    with pytest.raises(RuntimeError):
        make({"note": f"Tanya {REPORTER.name}"})
