"""One action for several complaints: each by itself, with one report of what became of them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pengaduan_app import actions
from pengaduan_app.desk import BULK_ACTIONS
from pengaduan_app.desk.several import bulk_view
from pengaduan_app.models import Complaint, OutboxMessage
from pengaduan_app.procedure.sop import Role, State
from tests.support.bulk import bulk_address, keys_of, report, send
from tests.support.factories import AgencyFactory, staff, submit
from tests.support.process import is_in_step, ledger_of

LIST = "/admin/complaints/"


def states(complaints) -> list[str]:
    found = dict(Complaint.objects.filter(pk__in=keys_of(complaints)).values_list("pk", "state"))
    return [found[complaint.pk] for complaint in complaints]


# What the list offers.


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("operator", ["verify_and_forward", "verify", "forward", "duplicate"]),
        ("admin", ["transfer"]),
        ("coordinator", ["remind"]),
        ("editor", []),
        ("official", []),
        ("head", []),
    ],
)
def test_the_list_offers_what_the_role_may_do_and_else_no_tick_box(office, client, role, words):
    office.complaint()
    client.force_login(office.person(Role(role)))
    text = client.get(LIST).content.decode()
    assert [w for w in words if f"/complaint/{w}/" in text] == words
    assert text.count("data-bulk-action-button") == len(words)
    assert ("data-bulk-action-checkbox" in text) == bool(words)
    # Its script fails where there is nothing to tick.
    assert ("bulk-actions.js" in text) == bool(words)


def test_a_new_page_of_the_list_costs_no_query_more_for_its_tick_boxes(office, client):
    client.force_login(office.operator)
    counts = []
    for _round in range(3):
        office.complaint()
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[1] == counts[2]


# What is asked, and what becomes of it.


def test_ten_complaints_are_verified_and_forwarded_with_one_form(office, client):
    office.official  # noqa: B018  there is one
    complaints = [office.complaint() for _number in range(10)]
    client.force_login(office.operator)
    page = client.get(bulk_address("verify_and_forward", keys_of(complaints)))
    # The only official is chosen already, and nobody else can be.
    assert page.context["form"]["official"].value() == office.official.pk
    assert "---------" not in page.content.decode()
    sent = send(
        client, office.operator, "verify_and_forward", complaints, official=office.official.pk
    )
    assert all(done for done, _text in report(sent).values())
    assert states(complaints) == ["study"] * 10
    for complaint in complaints:
        assert ledger_of(complaint) == [("A1", "done"), ("A2", "forwarded"), ("A5", "")]
        assert is_in_step(complaint)
    text = sent.content.decode()
    assert [c.ticket for c in complaints if c.ticket not in text] == []
    assert text.count("/print/") == 10


def test_one_refusal_undoes_nothing_of_the_others_and_says_why(office, client):
    fine, moved, late = (office.complaint() for _number in range(3))
    client.force_login(office.operator)
    address = bulk_address("verify", keys_of([fine, moved, late]))
    seen = [f"{c.pk}-{c.open_row_pk}" for c in client.get(address).context["able"]]
    actions.verify(moved.pk, office.operator)
    told = report(client.post(address, {"seen": seen}))
    assert states([fine, moved, late]) == ["verified"] * 3
    assert [told[each.pk][0] for each in (fine, moved, late)] == [True, False, True]
    assert "tidak dapat dilakukan" in told[moved.pk][1]


def test_what_came_back_to_the_same_state_meanwhile_is_not_taken_for_what_was_seen(office, client):
    complaint, official = office.complaint(to=State.VERIFIED), office.official
    client.force_login(office.operator)
    address = bulk_address("forward", [complaint.pk])
    seen = [f"{c.pk}-{c.open_row_pk}" for c in client.get(address).context["able"]]
    actions.forward(complaint.pk, office.operator, official)
    actions.send_back(complaint.pk, official, "Ulangi.")
    told = report(client.post(address, {"seen": seen, "official": official.pk}))
    assert told[complaint.pk][0] is False
    assert "Sejak formulir ini dibuka" in told[complaint.pk][1]


def test_sent_twice_it_is_done_once(office, client):
    complaint = office.complaint()
    office.official  # noqa: B018
    data = {"official": office.official.pk}
    send(client, office.operator, "verify_and_forward", [complaint], **data)
    again = client.post(bulk_address("verify_and_forward", [complaint.pk]), data)
    assert report(again)[complaint.pk][0] is False
    assert ledger_of(complaint) == [("A1", "done"), ("A2", "forwarded"), ("A5", "")]


def test_opening_the_page_changes_nothing(office, client):
    complaint = office.complaint()
    client.force_login(office.operator)
    for action in ("verify", "verify_and_forward", "forward", "duplicate"):
        client.get(bulk_address(action, [complaint.pk]))
    assert states([complaint]) == ["received"]


def test_an_official_of_one_agency_gets_no_complaint_of_another(office, other_office, client):
    """The operator of two agencies ticks complaints of both."""
    operator = staff(Role.OPERATOR, office.agency)
    operator.groups.add(other_office.agency.group)
    operator = type(operator).objects.get(pk=operator.pk)
    other_office.official  # noqa: B018
    mine, theirs = office.complaint(to=State.VERIFIED), other_office.complaint(to=State.VERIFIED)
    data = {"official": office.official.pk}
    told = report(send(client, operator, "forward", [mine, theirs], **data))
    assert states([mine, theirs]) == ["study", "verified"]
    assert "pejabat" in told[theirs.pk][1].lower()


def test_an_agency_without_an_official_can_verify_and_not_forward(office, client):
    complaint = office.complaint()
    client.force_login(office.operator)
    page = client.get(bulk_address("verify_and_forward", [complaint.pk]))
    assert page.context["able"] == []
    assert "belum memiliki pejabat" in page.content.decode()
    told = report(client.post(bulk_address("verify_and_forward", [complaint.pk]), {}))
    assert told[complaint.pk][0] is False
    assert states([complaint]) == ["received"]


@pytest.mark.parametrize("given", ["chosen", "by its number"])
def test_several_complaints_are_joined_with_one(office, client, given):
    first, second, third = (office.complaint() for _number in range(3))
    if given == "chosen":
        chosen, data = [third, first, second], {"earlier": first.pk}
    else:
        chosen, data = [second, third], {"other": first.ticket.lower().replace("-", " ")}
    told = report(send(client, office.operator, "duplicate", chosen, **data))
    assert states([first, second, third]) == ["received", "duplicate", "duplicate"]
    joined = set(first.duplicates.values_list("pk", flat=True))
    assert joined == {second.pk, third.pk}
    if given == "chosen":
        done, text = told[first.pk]
        assert not done and text.startswith("Ini pengaduan terdahulu")


@pytest.mark.parametrize("data", [{}, {"earlier": "999999"}, {"other": "ADM-XXXX"}])
def test_without_an_earlier_complaint_nothing_is_joined(office, client, data):
    complaints = [office.complaint(), office.complaint()]
    assert send(client, office.operator, "duplicate", complaints, **data).status_code == 400
    assert states(complaints) == ["received", "received"]


def test_another_agencys_complaint_is_no_earlier_one(office, other_office, client):
    complaints, foreign = [office.complaint()], other_office.complaint()
    sent = send(client, office.operator, "duplicate", complaints, other=foreign.ticket)
    assert sent.status_code == 400
    assert states(complaints) == ["received"]


def test_each_complaint_is_sent_to_an_agency_of_its_own(office, client):
    first, second, third = (submit(None).complaint for _number in range(3))
    one, other = AgencyFactory(), AgencyFactory()
    data = {f"agency_{first.pk}": one.pk, f"agency_{second.pk}": other.pk, "reason": "Silakan."}
    told = report(send(client, office.admin, "transfer", [first, second, third], **data))
    agencies = dict(Complaint.objects.values_list("pk", "agency"))
    assert [agencies[each.pk] for each in (first, second, third)] == [one.pk, other.pk, None]
    assert [told[each.pk][0] for each in (first, second, third)] == [True, True, False]


def test_the_coordinator_reminds_of_several_and_a_paused_one_is_named(office, client):
    first, second = office.complaint(), office.complaint()
    actions.remind(first.pk, office.coordinator)
    text = "Mohon segera."
    told = report(send(client, office.coordinator, "remind", [first, second], message=text))
    assert (told[first.pk][0], told[second.pk][0]) == (False, True)
    assert "lima menit" in told[first.pk][1]


def test_a_note_that_names_any_of_the_reporters_is_refused_for_all(office, client):
    first, second = (
        office.complaint(),
        submit(
            office.agency, identity=actions.Identity(name="Bagaskara Rekawan", phone="08129999002")
        ).complaint,
    )
    sent = send(client, office.operator, "verify", [first, second], note="Kenalan Bagaskara.")
    assert sent.status_code == 400
    assert states([first, second]) == ["received", "received"]


def test_the_operators_hear_of_no_step_that_is_over_already(office, client):
    complaint = office.complaint()
    OutboxMessage.objects.all().delete()
    data = {"official": office.official.pk}
    send(client, office.operator, "verify_and_forward", [complaint], **data)
    told = OutboxMessage.objects.values_list("kind", "recipient", "step__step")
    assert list(told) == [("step", office.official.pk, "A5")]


# Requests by hand.


@pytest.mark.parametrize(
    "ids",
    [
        [],
        ["all"],
        ["x", "-1", "0x1", "１", "1 OR 1=1", "", "\x00"],
        ["9" * 18, "9" * 40],
        [0, 99_999_999],
    ],
    ids=["none", "all", "words", "too long", "not there"],
)
@pytest.mark.parametrize("action", [each.action_type for each in BULK_ACTIONS])
def test_ids_that_are_none_are_no_server_error(office, client, action, ids):
    complaint = office.complaint()
    role = {"transfer": office.admin, "remind": office.coordinator}.get(action, office.operator)
    client.force_login(role)
    assert client.get(bulk_address(action, ids)).status_code == 200
    assert client.post(bulk_address(action, ids), {"seen": ["x", "1-", "-"]}).status_code == 400
    assert states([complaint]) == ["received"]


def test_more_than_a_hundred_at_a_time_are_refused_with_a_sentence(office, client, monkeypatch):
    monkeypatch.setattr(bulk_view, "MOST", 2)
    complaints = [office.complaint() for _number in range(3)]
    client.force_login(office.operator)
    address = bulk_address("verify", keys_of(complaints))
    for answer in (client.get(address), client.post(address)):
        assert "paling banyak 2 pengaduan" in answer.content.decode().lower()
    assert answer.status_code == 400
    assert states(complaints) == ["received"] * 3


def test_a_foreign_id_says_no_more_than_one_that_is_not_there(office, other_office, client):
    mine, foreign = office.complaint(), other_office.complaint(subject="Zqrahasia di balai")
    client.force_login(office.operator)
    pages = [
        client.get(bulk_address("verify", [mine.pk, other])).content.decode()
        for other in (foreign.pk, 99_999_999)
    ]
    own = [page.replace(str(foreign.pk), "").replace("99999999", "") for page in pages]
    assert len(own[0]) == pytest.approx(len(own[1]), abs=200)
    assert not any(foreign.ticket in page or "Zqrahasia" in page for page in pages)
    sent = client.post(bulk_address("verify", [mine.pk, foreign.pk]))
    assert list(report(sent)) == [mine.pk]
    assert states([mine, foreign]) == ["verified", "received"]
    assert foreign.ticket not in sent.content.decode()


def test_who_was_here_when_the_page_opened_and_has_left_can_do_nothing(office, client):
    complaint = office.complaint()
    operator = staff(Role.OPERATOR, office.agency)
    client.force_login(operator)
    operator.groups.clear()
    assert client.post(bulk_address("verify", [complaint.pk])).status_code in (302, 403)
    assert states([complaint]) == ["received"]
