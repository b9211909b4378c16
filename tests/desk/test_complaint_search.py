"""The admin's big search finds complaints: by ticket, words, place and agency, for each person
what that person may see, and never who sent them."""

from __future__ import annotations

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pengaduan_app.models import Complaint
from pengaduan_app.procedure.sop import Kind, Role, State
from tests.support.factories import (
    REPORTER,
    CategoryFactory,
    UserFactory,
    VillageFactory,
    staff,
)

LIST = "/admin/complaints/"


def ask(client, user, query: str, **more):
    client.force_login(user)
    return client.get(LIST, {"q": query, **more})


def found(client, user, query: str) -> set[str]:
    """The tickets of the list that a search shows, or of the page that it leads to."""
    response = ask(client, user, query)
    if response.status_code == 302:
        return {Complaint.objects.get(pk=int(response.url.split("/")[3])).ticket}
    return set(re.findall(r">\s*(MJK26-\w{4}-\w{4})\s*<", response.content.decode()))


def sidebar_search(client, user) -> str:
    """Where the sidebar's field sends its words."""
    client.force_login(user)
    html = client.get("/admin/").content.decode()
    props = json.loads(re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', html)[1])
    modules = [m for m in props["modules"] if m["_type"] == "wagtail.sidebar.SearchModule"]
    return modules[0]["_args"][0] if modules else ""


@pytest.fixture
def lamp(office):
    """A complaint with words in every place that is searched."""
    return office.complaint(
        subject="Lampu jalan padam",
        body="Sudah tiga malam jalan berlubang di RT 3 gelap gulita.",
        place="depan Masjid Al-Fattah",
        village=VillageFactory(name="Gunung Gedangan", district="Magersari"),
        category=CategoryFactory(name="Penerangan"),
    )


@pytest.fixture
def bin_(office):
    return office.complaint(subject="Sampah menumpuk", body="Bau sekali di pasar RT 30.")


# What the sidebar's field asks.


@pytest.mark.parametrize("role", list(Role))
def test_the_sidebars_field_searches_complaints_for_each_role(client, office, role):
    assert sidebar_search(client, office.person(role)) == LIST


def test_a_superuser_watches_complaints_too(client, city):
    assert sidebar_search(client, UserFactory(is_superuser=True, is_staff=True)) == LIST


def test_somebody_without_a_role_searches_no_complaints(client, city):
    person = UserFactory()
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert sidebar_search(client, person) != LIST
    # Nor by hand.
    assert ask(client, person, "lampu").status_code == 302
    assert "complaints" not in ask(client, person, "lampu").url


# A ticket number.


def variants(ticket: str) -> dict[str, str]:
    head, first, second = ticket.split("-")
    return {
        "as it stands": ticket,
        "in lower case": ticket.lower(),
        "without hyphens": ticket.replace("-", ""),
        "with spaces": f"  {head} {first}  {second} ",
        "with a long dash": ticket.replace("-", "–"),
        "with dots": ticket.replace("-", "."),
        "in full-width letters": "".join(
            chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in ticket
        ),
        "with an invisible sign": ticket.replace("-", "-\u200b"),
        "without its beginning": f"{first}-{second}",
        "without beginning or hyphen": f"{first}{second}".lower(),
    }


@pytest.mark.parametrize("writing", variants("A-B-C"))
def test_a_ticket_number_goes_straight_to_its_complaint(client, office, lamp, bin_, writing):
    response = ask(client, office.operator, variants(lamp.ticket)[writing])
    assert response.status_code == 302
    assert response.url == f"/admin/complaints/{lamp.pk}/"


@pytest.mark.parametrize(
    ("ticket", "typed"),
    [
        ("MJK26-Q2DQ-TVVX", "MJK26-O2DO-TVVX"),
        ("MJK26-Q2DQ-TVVX", "MJK26-02D0-TVVX"),
        ("MJK26-ABCV-7JXY", "MJK26-ABCU-7IXY"),
        ("MJK26-7JAB-CDEF", "1JAB CDEF"),
    ],
)
def test_letters_that_no_ticket_has_are_read_as_what_they_look_like(client, office, ticket, typed):
    complaint = office.complaint()
    Complaint.objects.filter(pk=complaint.pk).update(ticket=ticket)
    assert found(client, office.operator, typed) == {ticket}


def test_half_a_ticket_number_lists_what_has_it(client, office, lamp, bin_):
    half = lamp.ticket.split("-")[1]
    assert lamp.ticket in found(client, office.operator, half)


def test_while_typing_the_list_shows_the_complaint_and_stays(client, office, lamp, bin_):
    client.force_login(office.operator)
    response = client.get(f"{LIST}results/", {"q": lamp.ticket.lower()})
    assert response.status_code == 200
    assert lamp.ticket in response.content.decode()
    assert bin_.ticket not in response.content.decode()


def test_joining_takes_a_ticket_in_any_writing_too(client, office, lamp):
    later = office.complaint(to=State.VERIFIED)
    client.force_login(office.operator)
    typed = f" {lamp.ticket.lower().replace('-', ' ')}"
    client.post(f"/admin/complaints/{later.pk}/duplicate/", {"original": typed})
    later.refresh_from_db()
    assert later.duplicate_of == lamp


# Words.


@pytest.mark.parametrize(
    "query",
    [
        "lampu",
        "LAMPU jalan",
        "padam lampu",
        "gelap",
        "lubang",
        "berlubang",
        "pelubangan",
        "masjid fattah",
        "al-fattah",
        "gedangan",
        "magersari",
        "penerangan",
        "lampu di gedangan",
        "RT 3",
        "rt 3 gelap",
        '"lampu" (jalan)',
    ],
)
def test_words_find_the_complaint_wherever_they_stand(client, office, lamp, bin_, query):
    assert found(client, office.operator, query) == {lamp.ticket}


@pytest.mark.parametrize("query", ["lampu sampah", "zebra", "100%", "RT 31", "jembatan"])
def test_what_stands_nowhere_finds_nothing_and_says_so(client, office, lamp, bin_, query):
    assert found(client, office.operator, query) == set()
    text = ask(client, office.operator, query).content.decode()
    assert "Tidak ada" in text


@pytest.mark.parametrize("query", ["", "   ", "??", "\u200b", "\x00"])
def test_a_search_for_nothing_lists_all(client, office, lamp, bin_, query):
    assert found(client, office.operator, query) == {lamp.ticket, bin_.ticket}


def test_an_agencys_name_finds_its_complaints(client, office, other_office, lamp):
    foreign = other_office.complaint()
    assert found(client, office.coordinator, office.agency.short_name) == {lamp.ticket}
    assert found(client, office.coordinator, other_office.agency.name) == {foreign.ticket}


@pytest.mark.parametrize(
    "query", ["x" * 5000, "a " * 2500, "((((", "%' OR 1=1 --", "[a-z]+", "\\", "lampu\x00"]
)
def test_no_query_breaks_the_search(client, office, lamp, query):
    assert ask(client, office.operator, query).status_code in (200, 302)


# Who sees what.


def test_another_agencys_complaint_does_not_exist(client, office, other_office, lamp):
    for query in ("lampu", lamp.ticket, lamp.ticket.replace("-", ""), "gedangan"):
        assert found(client, other_office.operator, query) == set()


@pytest.mark.parametrize("person", ["operator", "official", "head", "editor", "coordinator"])
def test_the_search_finds_what_the_list_holds(client, office, other_office, lamp, person):
    foreign = other_office.complaint(subject="Lampu jalan mati")
    user = getattr(office, person)
    seen = set(Complaint.objects.visible_to(user).values_list("ticket", flat=True))
    assert found(client, user, "lampu jalan") == seen & {lamp.ticket, foreign.ticket}


@pytest.mark.parametrize(
    "secret", [REPORTER.name, "Wulan", REPORTER.email, REPORTER.address, REPORTER.phone, "Fiktif"]
)
def test_who_sent_a_complaint_is_never_searched(client, office, secret):
    office.complaint(body="Lampu padam.")
    for person in (office.operator, office.coordinator, office.admin, office.editor):
        assert found(client, person, secret) == set()


# Many.


def many(agency, count: int) -> None:
    """Rows alone: complaints by the thousand, without ledger or vault."""
    now = timezone.now()
    Complaint.objects.bulk_create(
        [
            Complaint(
                ticket=uuid.uuid4().hex[:16],
                submission_key=uuid.uuid4(),
                kind=Kind.COMPLAINT,
                subject=f"Lampu nomor {number} padam",
                body="Sudah tiga malam jalan gelap gulita dan warga takut lewat. " * 6,
                place=f"Jalan Contoh {number}",
                agency=agency,
                state=State.PUBLISHED.value,
                created_at=now - timedelta(minutes=number),
            )
            for number in range(count)
        ],
        500,
    )


def queries_of(client, query: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(LIST, {"q": query}).status_code == 200
    return len(caught)


def test_ten_complaints_and_a_thousand_cost_the_same_queries(client, office):
    user = staff(Role.COORDINATOR)
    many(office.agency, 40)
    client.force_login(user)
    queries_of(client, "lampu")
    few = queries_of(client, "lampu gelap")
    many(office.agency, 1000)
    assert queries_of(client, "lampu gelap") == few
    # One query for the page and one for the count, however many words there are.
    assert queries_of(client, "lampu gelap gulita warga takut lewat") == few


def test_hits_by_the_thousand_are_counted_and_paged(client, office):
    many(office.agency, 1100)
    text = ask(client, office.coordinator, "lampu").content.decode()
    assert "1.100" in text
    assert "p=2" in text


@pytest.mark.parametrize("role", list(Role))
def test_the_home_has_one_search_and_it_is_for_complaints(client, office, role):
    client.force_login(office.person(role))
    html = client.get("/admin/").content.decode()
    assert f'<form class="pgd-search" role="search" method="get" action="{LIST}">' in html
