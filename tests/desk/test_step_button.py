"""The main button of the page editor is the step's own; saving stands in its menu."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from pengaduan_app import actions
from pengaduan_app.procedure.sop import State
from tests.support.factories import AgencyFactory, submit
from tests.support.process import Office, page_of

STOCK = (State.STUDY, State.DECISION, State.ENTRY, State.EDITING, State.PUBLICATION)


def footer(client, user, complaint):
    client.force_login(user)
    address = reverse("wagtailadmin_pages:edit", args=[page_of(complaint).pk])
    return BeautifulSoup(client.get(address).content, "html.parser")


def buttons(client, user, complaint) -> list[str]:
    """The step's action of each button, the main one first; saving is “save”."""
    found = footer(client, user, complaint).select(
        "footer button.action-save, footer button[data-workflow-action-name]"
    )
    return [button.get("data-workflow-action-name", "save") for button in found]


@pytest.mark.parametrize(
    ("state", "person", "expected"),
    [
        (State.STUDY, "official", ["approve", "save", "send_back"]),
        (State.DECISION, "head", ["approve", "save", "coordinate", "send_back"]),
        (State.ENTRY, "operator", ["approve", "save", "send_back"]),
        (State.EDITING, "editor", ["approve", "save", "send_back"]),
        (State.PUBLICATION, "coordinator", ["approve", "save", "publish_privately", "send_back"]),
    ],
)
def test_the_holder_of_the_step_ends_it_with_the_main_button(
    office, client, state, person, expected
):
    assert buttons(client, getattr(office, person), office.complaint(to=state)) == expected


def test_a_confidential_answer_is_given_with_the_main_button(office, client):
    complaint = submit(office.agency, confidential=True).complaint
    office.advance(complaint, State.PUBLICATION)
    assert buttons(client, office.coordinator, complaint)[:2] == ["publish_privately", "save"]


def test_a_called_agencys_official_saves_as_before(office, client):
    other = Office(AgencyFactory())
    complaint = office.complaint(to=State.DECISION)
    actions.coordinate(complaint.pk, office.head, [other.agency])
    assert buttons(client, other.official, complaint) == ["save"]


def test_enter_in_a_field_saves_and_does_not_end_the_step(office, client):
    """A browser presses the form's first button then."""
    complaint = office.complaint(to=State.STUDY)
    soup = footer(client, office.official, complaint)
    (form,) = soup.select("form[data-edit-form]")
    first = next(b for b in form.select("button") if b.get("type", "submit") == "submit")
    assert not first.has_attr("data-workflow-action-name")
    assert not first.has_attr("name")


def test_who_may_only_read_has_no_hidden_button(office, client):
    complaint = office.complaint(to=State.STUDY)
    assert not footer(client, office.head, complaint).select("button.w-sr-only[aria-hidden]")
