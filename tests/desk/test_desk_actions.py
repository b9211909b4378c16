"""The desk's actions: one row each, and what the reply templates put into an answer."""

from __future__ import annotations

import inspect

import pytest

from pengaduan_app.actions import NotNow
from pengaduan_app.desk import DESK_ROWS
from pengaduan_app.models import CannedAnswer
from pengaduan_app.procedure.sop import DESK_ACTIONS, State
from tests.support.factories import AgencyFactory

every_action = pytest.mark.parametrize("row", DESK_ROWS, ids=lambda row: row.action.value)


def test_the_desk_has_each_of_its_actions_once_and_in_the_order_of_the_buttons():
    assert tuple(row.action for row in DESK_ROWS) == DESK_ACTIONS


@every_action
def test_an_action_is_carried_out_by_the_function_of_its_name(row):
    assert row.perform.__name__ == row.action.value


@every_action
def test_a_form_asks_what_its_action_takes(row):
    taken = inspect.signature(row.perform).parameters
    assert set(row.form.base_fields) <= set(taken)


@every_action
def test_every_action_of_the_desk_asks_what_its_form_was_opened_for(office, row):
    """All of them take `seen`; the reminder, which is no transition, too."""
    complaint, action = office.complaint(to=State.STUDY), row.action.value
    data = {"ask": {"question": "Yang mana?"}, "misrouted": {"reason": "Bukan kami."}}.get(action)
    people = {"ask": office.official, "misrouted": office.operator, "remind": office.coordinator}
    assert "seen" in inspect.signature(row.perform).parameters
    if action in people:
        with pytest.raises(NotNow, match="Sejak formulir ini dibuka"):
            row.perform(complaint.pk, people[action], seen=1, **(data or {}))


@pytest.mark.parametrize("word", ["approve", "withdraw", "reply", "lain", "VERIFY"])
def test_what_is_no_action_of_the_desk_has_no_form_there(office, client, word):
    client.force_login(office.operator)
    assert client.get(f"/admin/complaints/{office.complaint().pk}/{word}/").status_code == 404


# Reply templates.


def answer_form(office, client, template: object, action: str = "answer"):
    client.force_login(office.operator)
    complaint = office.complaint(to=State.VERIFIED)
    response = client.get(f"/admin/complaints/{complaint.pk}/{action}/?template={template}")
    assert response.status_code == 200
    return response.context


def test_an_answer_may_start_from_the_citys_reply_template_or_the_agencys_own(office, client):
    shared = CannedAnswer.objects.create(title="Jam layanan", body="<p>Pukul 07.30.</p>")
    own = CannedAnswer.objects.create(title="Lampu", body="<p>Besok.</p>", agency=office.agency)
    for template in (shared, own):
        context = answer_form(office, client, template.pk)
        assert context["form"].initial["answer"] == template.body
        assert set(context["canned_answers"]) == {shared, own}


def test_another_agencys_reply_template_is_neither_offered_nor_taken(office, client):
    foreign = CannedAnswer.objects.create(title="x", body="<p>x</p>", agency=AgencyFactory())
    context = answer_form(office, client, foreign.pk)
    assert context["form"].initial["answer"] == ""
    assert not context["canned_answers"]


@pytest.mark.parametrize("template", ["", "x", "-1", "1.0", "\u0661", "9" * 30, "0"])
def test_a_made_up_reply_template_leaves_the_answer_empty(office, client, template):
    CannedAnswer.objects.create(title="Jam layanan", body="<p>Pukul 07.30.</p>")
    assert not answer_form(office, client, template)["form"].initial.get("answer")


def test_only_an_answer_starts_from_a_reply_template(office, client):
    shared = CannedAnswer.objects.create(title="Jam layanan", body="<p>Pukul 07.30.</p>")
    context = answer_form(office, client, shared.pk, "misrouted")
    assert context["form"].initial == {}
    assert not context["canned_answers"]
