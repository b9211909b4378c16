"""The staff's first screen and the complaint list: what is mine, soonest due first, fast."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pengaduan_app.desk.home import home_panels
from pengaduan_app.models import Complaint, StepRecord
from pengaduan_app.procedure.sop import OPEN_STEP, Channel, State, Step
from tests.support.crowd import superuser
from tests.support.factories import CategoryFactory, VillageFactory

MOST_QUERIES = 30


def many_complaints(agency, count: int, state=State.RECEIVED) -> list[Complaint]:
    """Complaints with their open step, straight into the tables."""
    now = timezone.now()
    made = Complaint.objects.bulk_create(
        Complaint(
            ticket=f"M{uuid4().hex[:12]}",
            code_hash="x",
            submission_key=uuid4(),
            kind="complaint",
            subject=f"Banyak {number}",
            body="Isi.",
            agency=agency,
            state=state.value,
            created_at=now,
        )
        for number in range(count)
    )
    StepRecord.objects.bulk_create(
        StepRecord(
            complaint=complaint,
            step=OPEN_STEP[state].value,
            agency=agency,
            started_at=now,
            due_at=now + timedelta(minutes=number),
            limit_minutes=30,
        )
        for number, complaint in enumerate(made)
    )
    return made


def queries_of(client, address: str) -> int:
    """How many queries the address takes once the caches are warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def tickets_in(response) -> list[str]:
    """The tickets that a listing links to, in their order, each once."""
    text = response.content.decode()
    keys = re.findall(r'href="/admin/complaints/(\d+)/(?:\?queue=[^"]*)?"', text)
    tickets = dict(Complaint.objects.values_list("pk", "ticket"))
    return [tickets[int(key)] for key in dict.fromkeys(keys)]


def due_in(complaint, minutes: int) -> None:
    """Move the due time of the complaint's open step, past the ledger's own guard."""
    due = timezone.now() + timedelta(minutes=minutes)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pengaduan_app_steprecord SET due_at = %s WHERE complaint_id = %s",
            [StepRecord._meta.get_field("due_at").get_db_prep_value(due, connection), complaint.pk],
        )


# The home screen.


def test_home_shows_my_steps_soonest_due_first(office, client):
    late, soon, later = (office.complaint() for _number in range(3))
    for complaint, minutes in ((later, 50), (late, -10), (soon, 5)):
        due_in(complaint, minutes)
    client.force_login(office.operator)
    assert tickets_in(client.get("/admin/")) == [late.ticket, soon.ticket, later.ticket]


def test_home_shows_no_step_of_another_agency(office, other_office, client):
    mine, theirs = office.complaint(), other_office.complaint(subject="Rahasia orang lain")
    client.force_login(office.operator)
    response = client.get("/admin/")
    assert tickets_in(response) == [mine.ticket]
    assert theirs.ticket not in response.content.decode()
    assert "Rahasia orang lain" not in response.content.decode()


@pytest.mark.parametrize(
    ("state", "person"),
    [
        (State.RECEIVED, "operator"),
        (State.VERIFIED, "operator"),
        (State.ROUTING, "admin"),
        (State.STUDY, "official"),
        (State.DECISION, "head"),
        (State.COORDINATION, "head"),
        (State.ENTRY, "operator"),
        (State.EDITING, "editor"),
        (State.PUBLICATION, "coordinator"),
    ],
)
def test_home_shows_a_step_to_the_person_whose_turn_it_is_and_no_other(office, state, person):
    complaint = office.complaint(to=state)
    people = ("operator", "official", "head", "editor", "coordinator", "admin")
    called = [
        name
        for name in people
        if home_panels.steps_of(getattr(office, name)).filter(complaint=complaint).exists()
    ]
    assert called == [person]


@pytest.mark.parametrize("state", [State.PUBLISHED, State.DECLINED, State.DUPLICATE])
def test_home_shows_nothing_of_what_is_closed(office, state):
    complaint = office.complaint(to=state)
    everyone = (office.operator, office.official, office.head, office.editor, superuser())
    assert not any(
        home_panels.steps_of(user).filter(complaint=complaint).exists() for user in everyone
    )


def test_a_superuser_without_a_role_sees_all_open_steps(office, other_office, client):
    complaints = {office.complaint().ticket, other_office.complaint(to=State.ENTRY).ticket}
    client.force_login(superuser())
    assert set(tickets_in(client.get("/admin/"))) == complaints


def test_home_says_how_many_wait_and_how_many_are_overdue(office, client):
    for minutes in (-30, -1, 60):
        due_in(office.complaint(), minutes)
    client.force_login(office.operator)
    text = client.get("/admin/").content.decode()
    assert re.search(r"3 langkah", text)
    assert re.search(r"2 [^<]*lewat", text)


@pytest.mark.parametrize(
    ("person", "state"),
    [("operator", State.RECEIVED), ("coordinator", State.PUBLICATION), ("superuser", State.ENTRY)],
)
def test_home_is_quick_with_a_thousand_open_steps(office, client, person, state):
    many_complaints(office.agency, 1000, state)
    user = superuser() if person == "superuser" else getattr(office, person)
    client.force_login(user)
    assert queries_of(client, "/admin/") <= MOST_QUERIES
    shown = tickets_in(client.get("/admin/"))
    assert len(shown) == home_panels.SHOWN


# The list of complaints.


@pytest.mark.parametrize("person", ["operator", "coordinator", "superuser"])
def test_the_list_takes_the_same_queries_for_10_and_for_100(office, client, person):
    client.force_login(superuser() if person == "superuser" else getattr(office, person))
    many_complaints(office.agency, 10)
    few = queries_of(client, "/admin/complaints/")
    many_complaints(office.agency, 90)
    assert queries_of(client, "/admin/complaints/") <= few + 1


@pytest.fixture
def desk(office, client):
    """Complaints that differ in one thing each, and the operator's browser."""
    category, village = CategoryFactory(), VillageFactory()
    made = {
        "plain": office.complaint(),
        "verified": office.complaint(to=State.VERIFIED),
        "published": office.complaint(to=State.PUBLISHED),
        "category": office.complaint(category=category),
        "village": office.complaint(village=village),
        "sms": office.complaint(channel=Channel.SMS),
        "late": office.complaint(),
        "old": office.complaint(),
    }
    due_in(made["late"], -5)
    Complaint.objects.filter(pk=made["old"].pk).update(
        created_at=timezone.now() - timedelta(days=40)
    )
    client.force_login(office.operator)
    client.made, client.category, client.village = made, category, village
    return client


def found(desk, query: dict) -> set[str]:
    """The names of the complaints that the list shows for these filters."""
    response = desk.get("/admin/complaints/", query)
    assert response.status_code == 200
    names = {complaint.ticket: name for name, complaint in desk.made.items()}
    return {names[ticket] for ticket in tickets_in(response)}


EVERY = {"plain", "verified", "published", "category", "village", "sms", "late", "old"}


def test_without_filters_the_list_shows_what_is_open_in_my_agency_and_leads_to_all(desk):
    assert found(desk, {}) == EVERY - {"published"}
    assert found(desk, {"status": "closed"}) == {"published"}
    assert found(desk, {"status": "all"}) == EVERY


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": State.VERIFIED.value}, {"verified"}),
        ({"state": State.PUBLISHED.value}, {"published"}),
        ({"step": Step.A2.value}, {"verified"}),
        ({"step": Step.A1.value}, EVERY - {"verified", "published"}),
        ({"overdue": "true"}, {"late"}),
        ({"overdue": "false"}, EVERY - {"late"}),
        ({"channel": Channel.SMS.value}, {"sms"}),
        ({"channel": Channel.WEB.value}, EVERY - {"sms"}),
        ({"state": "received", "channel": "sms"}, {"sms"}),
    ],
)
def test_a_filter_narrows_to_what_it_says(desk, query, expected):
    assert found(desk, query) == expected


def test_a_filter_by_category_or_village_narrows_to_it(desk):
    # B1 asked for one where the citizen had chosen none.
    assert found(desk, {"category": desk.category.pk}) == {"category", "published"}
    assert found(desk, {"village": desk.village.pk}) == {"village"}


def test_a_filter_by_date_narrows_to_the_days_it_names(desk):
    today = timezone.localdate()
    before = {"created_at_to": (today - timedelta(days=30)).isoformat()}
    since = {"created_at_from": (today - timedelta(days=1)).isoformat()}
    assert found(desk, before) == {"old"}
    assert found(desk, since) == EVERY - {"old"}
    assert found(desk, {**before, **since}) == set()


@pytest.mark.parametrize(
    "query",
    [
        {"state": "x"},
        {"step": "A9"},
        {"category": "9999"},
        {"village": "abc"},
        {"created_at_from": "kemarin"},
        {"overdue": "entah"},
        {"p": "9999"},
        {"ordering": "code_hash"},
        {"ordering": "reporter__name"},
        {"q": "\x00"},
    ],
)
def test_a_malformed_filter_never_breaks_the_list(desk, query):
    assert desk.get("/admin/complaints/", query).status_code == 200


@pytest.mark.parametrize("field", ["ticket", "subject", "body"])
def test_the_search_finds_by_ticket_subject_and_body(office, other_office, client, field):
    words = {"subject": "Jembatan goyang parah", "body": "Papan selokan hanyut tadi malam."}
    mine, theirs = office.complaint(**words), other_office.complaint(**words)
    office.complaint()
    client.force_login(office.operator)
    word = mine.ticket if field == "ticket" else words[field].split()[1]
    # The whole page leads on from a ticket number; what the list loads while typing shows it.
    assert tickets_in(client.get("/admin/complaints/results/", {"q": word})) == [mine.ticket]
    assert tickets_in(client.get("/admin/complaints/", {"q": theirs.ticket})) == []


@pytest.mark.parametrize("query", ["", "?state=received", "?q=lampu", "?overdue=false", "?p=1"])
@pytest.mark.parametrize("address", ["/admin/complaints/", "/admin/complaints/results/"])
def test_the_list_never_shows_another_agencys(office, other_office, client, address, query):
    mine, theirs = office.complaint(), other_office.complaint()
    client.force_login(office.operator)
    text = client.get(address + query).content.decode()
    assert mine.ticket in text
    assert theirs.ticket not in text


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_is_not_exported_past_the_procedure(office, other_office, client, form):
    theirs = other_office.complaint(subject="Rahasia orang lain")
    client.force_login(office.operator)
    response = client.get("/admin/complaints/", {"export": form})
    body = b"".join(response) if response.streaming else response.content
    assert theirs.ticket.encode() not in body
    assert b"Rahasia orang lain" not in body
