"""The registers: who sees which rows, nobody writes, and what never gets into a file."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from openpyxl import load_workbook

from pengaduan_app import actions
from pengaduan_app.models import OutboxMessage, Reminder, StepRecord
from pengaduan_app.procedure.sop import AGENCY_ROLES, Role, State
from tests.support.crowd import superuser
from tests.support.factories import REPORTER, UserFactory, submit

REGISTERS = ("steps", "reminders", "outbox")
MODELS = {"steps": StepRecord, "reminders": Reminder, "outbox": OutboxMessage}
COMPLAINT = {"steps": "complaint", "reminders": "step__complaint", "outbox": "complaint"}
CITY = [role.value for role in Role if role not in AGENCY_ROLES]
AGENCY = [role.value for role in sorted(AGENCY_ROLES)]
WORDS = {"subject": "Zqperihal bocor", "body": "Zqkeluhan tentang pipa.", "place": "Zqtempat 7"}
NOTE = "Zqcatatan untuk kepala."
MESSAGE = "Zqpesan: mohon segera ditindaklanjuti."


def listing(name: str) -> str:
    return f"/admin/registers/{name}/"


def row_url(name: str, pk: int) -> str:
    return f"/admin/registers/{name}/inspect/{pk}/"


def rows_in(response) -> set[int]:
    """The ids of the rows that a register's list shows."""
    assert response.status_code == 200
    return set(map(int, re.findall(r'data-object-pk="(\d+)"', response.content.decode())))


def body_of(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def everything_in(client, name: str) -> str:
    """All that a register says: list, each row's page, and both files."""
    rows = MODELS[name].objects.all()
    pages = [client.get(row_url(name, row.pk)).content.decode() for row in rows]
    return "\n".join([lists_and_files(client, name), *pages])


def lists_and_files(client, name: str) -> str:
    """What a register says of many rows at once."""
    texts = [client.get(listing(name)).content.decode()]
    texts.append(body_of(client.get(listing(name), {"export": "csv"})).decode())
    book = load_workbook(BytesIO(body_of(client.get(listing(name), {"export": "xlsx"}))))
    texts.append(str(list(book.active.values)))
    return "\n".join(texts)


@pytest.fixture
def two(office, other_office):
    """One complaint in each of two agencies, on their way and reminded of."""
    made = office.complaint(to=State.STUDY, **WORDS), other_office.complaint(to=State.STUDY)
    for complaint in made:
        actions.remind(complaint.pk, office.coordinator, MESSAGE)
    return made


def ids_of(name: str, complaint) -> set[int]:
    """The rows of a complaint; digests of reminders are about none in particular."""
    rows = MODELS[name].objects.filter(**{COMPLAINT[name]: complaint})
    return set(rows.values_list("pk", flat=True))


def shown_in(response, name: str) -> set[int]:
    """The rows of the list that are about one complaint."""
    single = MODELS[name].objects.exclude(**{COMPLAINT[name]: None})
    return rows_in(response) & set(single.values_list("pk", flat=True))


# Who sees what.


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("person", [*CITY, "superuser"])
def test_the_citys_roles_see_every_agencys_rows(office, two, client, name, person):
    client.force_login(superuser() if person == "superuser" else getattr(office, person))
    assert shown_in(client.get(listing(name)), name) == ids_of(name, two[0]) | ids_of(name, two[1])


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("person", AGENCY)
def test_an_agencys_staff_see_their_own_rows_alone(office, two, client, name, person):
    client.force_login(getattr(office, person))
    assert shown_in(client.get(listing(name)), name) == ids_of(name, two[0])
    for pk in ids_of(name, two[0]):
        assert client.get(row_url(name, pk)).status_code == 200
    for pk in ids_of(name, two[1]):
        assert client.get(row_url(name, pk)).status_code == 404


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_another_agencys_ticket_is_in_no_export(office, two, client, name, form):
    client.force_login(office.operator)
    response = client.get(listing(name), {"export": form})
    body = body_of(response)
    if form == "xlsx":
        body = str(list(load_workbook(BytesIO(body)).active.values)).encode()
    assert two[0].ticket.encode() in body
    assert two[1].ticket.encode() not in body


def test_a_step_stays_in_the_register_of_the_agency_that_did_it(office, other_office, client):
    complaint = office.complaint(to=State.ROUTING)
    actions.transfer(complaint.pk, office.admin, other_office.agency)
    client.force_login(office.operator)
    mine = rows_in(client.get(listing("steps")))
    assert mine == set(StepRecord.objects.filter(agency=office.agency).values_list("pk", flat=True))
    text = client.get(row_url("steps", min(mine))).content.decode()
    # The complaint itself is another agency's now.
    assert f"/admin/complaints/{complaint.pk}/" not in text


def test_a_row_leads_to_its_complaint_and_a_digest_of_several_to_none(office, client):
    office.complaint()
    rows = OutboxMessage.objects
    now = timezone.now()
    digest = rows.create(
        kind="reminder", recipient=office.head, key="x", created_at=now, send_after=now
    )
    client.force_login(office.coordinator)
    row = rows.exclude(complaint=None).first()
    link = f'href="/admin/complaints/{row.complaint_id}/">Buka pengaduan'
    assert link in client.get(row_url("outbox", row.pk)).content.decode()
    assert "Buka pengaduan" not in client.get(row_url("outbox", digest.pk)).content.decode()


@pytest.mark.parametrize("name", REGISTERS)
def test_who_has_no_role_sees_no_register(office, two, client, name):
    nobody = UserFactory(agency=office.agency)
    client.force_login(nobody)
    pk = min(ids_of(name, two[0]))
    for address in (listing(name), listing(name) + "?export=csv", row_url(name, pk)):
        assert client.get(address).status_code == 302


def test_the_menu_leads_to_the_registers(office, client):
    client.force_login(office.head)
    text = client.get("/admin/").content.decode()
    assert all(listing(name) in text for name in REGISTERS)


# Nobody writes.


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("action", ["create", "edit", "delete", "history"])
def test_there_is_no_address_to_write_or_for_the_history(office, two, client, name, action):
    pk = min(ids_of(name, two[0]))
    client.force_login(superuser())
    before = list(MODELS[name].objects.order_by("pk").values_list())
    for address in (f"{listing(name)}{action}/", f"{listing(name)}{action}/{pk}/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"note": "x"}).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse(f"registers_{name}_modeladmin_{action}", args=[pk])
    assert list(MODELS[name].objects.order_by("pk").values_list()) == before


@pytest.mark.parametrize("name", REGISTERS)
def test_the_screens_take_no_form(office, two, client, name):
    client.force_login(superuser())
    assert client.post(listing(name)).status_code == 405
    assert client.post(row_url(name, min(ids_of(name, two[0])))).status_code == 405


# What never gets out.


@pytest.mark.parametrize("name", REGISTERS)
def test_no_reporter_no_words_and_no_notes_get_out(office, client, name):
    complaint = office.complaint(to=State.VERIFIED, **WORDS)
    actions.remind(complaint.pk, office.coordinator, MESSAGE)
    actions.misrouted(complaint.pk, office.operator, NOTE)
    OutboxMessage.objects.update(last_error="SMTPRecipientsRefused")
    client.force_login(office.coordinator)
    text = everything_in(client, name)
    assert complaint.ticket in text
    told = (REPORTER.name, REPORTER.phone, REPORTER.email, REPORTER.address, *WORDS.values())
    staff = [person.email for person in (office.operator, office.official, office.admin)]
    assert [word for word in (*told, *staff, NOTE) if word in text] == []


@pytest.mark.parametrize("name", REGISTERS)
def test_the_coordinators_message_stands_on_the_reminders_own_page_alone(office, client, name):
    actions.remind(office.complaint().pk, office.coordinator, MESSAGE)
    client.force_login(office.coordinator)
    assert MESSAGE not in lists_and_files(client, name)
    pages = [
        client.get(row_url(name, row.pk)).content.decode() for row in MODELS[name].objects.all()
    ]
    assert any(MESSAGE in page for page in pages) == (name == "reminders")


def test_the_outbox_names_staff_and_calls_the_reporter_reporter(office, client):
    submit(office.agency)
    operator = office.operator
    office.complaint()
    client.force_login(office.coordinator)
    text = body_of(client.get(listing("outbox"), {"export": "csv"})).decode()
    assert operator.get_full_name() in text
    assert "pelapor" in text


@pytest.mark.parametrize(
    "lookup",
    [
        "complaint__reporter__name__startswith=W",
        "complaint__body__contains=Zqkeluhan",
        "note__contains=x",
        "complaint__code_hash__startswith=a",
        "finished_by__password__startswith=m",
    ],
)
def test_no_lookup_of_ones_own_gets_through_the_address(office, two, client, lookup):
    """ModelAdmin would take any; what it answers would tell what stands in the field."""
    client.force_login(office.coordinator)
    every = rows_in(client.get(listing("steps")))
    assert rows_in(client.get(f"{listing('steps')}?{lookup}")) == every


def test_a_spreadsheet_runs_no_formula(office, client):
    office.agency.short_name = "=1+1"
    office.agency.save()
    office.complaint()
    client.force_login(office.coordinator)
    assert ",'=1+1," in body_of(client.get(listing("steps"), {"export": "csv"})).decode()


@pytest.mark.parametrize("name", REGISTERS)
def test_the_search_finds_a_ticket(office, two, client, name):
    client.force_login(office.coordinator)
    assert rows_in(client.get(listing(name), {"q": two[1].ticket})) == ids_of(name, two[1])
    assert rows_in(client.get(listing(name), {"q": two[1].ticket.lower()})) == ids_of(name, two[1])
    assert rows_in(client.get(listing(name), {"q": "Zqperihal"})) == set()
