"""A1 and A2 in one go: both rows of the ledger, each with its own time and limit, or neither."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from wagtail.models import ModelLogEntry

from pengaduan_app import actions
from pengaduan_app.models import OutboxMessage
from pengaduan_app.procedure.sop import Role, State
from tests.support.factories import staff
from tests.support.process import Office, is_in_step, ledger_of, open_record

ADDRESS = "/admin/complaints/{}/verify_and_forward/"


def test_both_steps_stand_in_the_ledger_each_judged_by_its_own_limit(office):
    complaint = office.complaint()
    received = open_record(complaint)
    # Past A1's half hour, well within A2's day.
    with time_machine.travel(received.due_at + timedelta(minutes=5), tick=False):
        actions.verify_and_forward(complaint.pk, office.operator, office.official, "Mohon dicek.")
    assert ledger_of(complaint) == [("A1", "done"), ("A2", "forwarded"), ("A5", "")]
    first, second = complaint.steps.all()[:2]
    assert (first.late, second.late) == (True, False)
    assert (first.finished_by, second.finished_by) == (office.operator, office.operator)
    assert first.finished_at == second.started_at <= second.finished_at
    assert (first.note, second.note) == ("", "Mohon dicek.")
    assert is_in_step(complaint)
    logged = ModelLogEntry.objects.filter(action__regex="verify|forward").order_by("pk")
    assert [entry.action for entry in logged] == ["pengaduan_app.verify", "pengaduan_app.forward"]


def test_nobody_is_told_of_the_step_between(office):
    complaint = office.complaint()
    OutboxMessage.objects.all().delete()
    actions.verify_and_forward(complaint.pk, office.operator, office.official)
    told = OutboxMessage.objects.values_list("step__step", "recipient")
    assert list(told) == [("A5", office.official.pk)]


def test_an_official_of_another_agency_undoes_the_verification_too(office):
    complaint, stranger = office.complaint(), Office().official
    with pytest.raises(actions.NotNow):
        actions.verify_and_forward(complaint.pk, office.operator, stranger)
    complaint.refresh_from_db()
    assert (complaint.state, ledger_of(complaint)) == (State.RECEIVED, [("A1", "")])
    assert is_in_step(complaint)


def test_the_complaints_page_offers_it_with_the_only_official_chosen(office, client):
    complaint, official = office.complaint(), office.official
    client.force_login(office.operator)
    address = ADDRESS.format(complaint.pk)
    assert address in client.get(f"/admin/complaints/{complaint.pk}/").content.decode()
    form = client.get(address).context["form"]
    assert form["official"].value() == official.pk
    assert [key for key, _name in form.fields["official"].choices] == [official.pk]
    sent = client.post(address, {"official": official.pk}, follow=True)
    assert f"/admin/complaints/{complaint.pk}/print/" in sent.content.decode()
    complaint.refresh_from_db()
    assert complaint.state == State.STUDY


def test_with_two_officials_none_is_chosen_in_advance(office, client):
    complaint = office.complaint()
    office.official, staff(Role.OFFICIAL, office.agency)  # noqa: B018
    client.force_login(office.operator)
    form = client.get(ADDRESS.format(complaint.pk)).context["form"]
    assert form["official"].value() is None
    assert client.post(ADDRESS.format(complaint.pk), {}).status_code == 400


@pytest.mark.parametrize("word", ["verify_and_forward", "forward"])
def test_where_the_agency_has_no_official_nothing_can_be_forwarded(office, client, word):
    complaint = office.complaint(to=State.RECEIVED if "verify" in word else State.VERIFIED)
    client.force_login(office.operator)
    page = client.get(f"/admin/complaints/{complaint.pk}/").content.decode()
    address = f"/admin/complaints/{complaint.pk}/{word}/"
    assert (address in page) == (word == "forward")
    for answer in (client.get(address), client.post(address, {})):
        assert answer.status_code == 409
        assert "belum memiliki pejabat" in answer.content.decode()


def test_it_does_nothing_for_a_form_that_is_older_than_the_step(office, client):
    complaint, official = office.complaint(), office.official
    client.force_login(office.operator)
    sent = client.post(ADDRESS.format(complaint.pk), {"official": official.pk, "seen": "999999"})
    assert sent.status_code == 409
    complaint.refresh_from_db()
    assert complaint.state == State.RECEIVED
