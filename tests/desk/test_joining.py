"""Joining: similar complaints of the agency beside this one, and nothing that may not be seen."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pengaduan_app.desk.complaint.similar import MOST_SHOWN, similar_to
from pengaduan_app.models import Category, Village
from pengaduan_app.procedure import State
from tests.support.factories import REPORTER
from tests.support.process import Office

STOCK = (State.RECEIVED, State.VERIFIED, State.STUDY, State.PUBLISHED)
LAMP = {
    "subject": "Lampu jalan di Gang Kenanga padam",
    "body": "Sudah tiga malam lampu penerangan di Gang Kenanga dekat musala padam.",
    "place": "Gang Kenanga",
}
ALIKE = {
    "subject": "Gang Kenanga gelap",
    "body": "Penerangan gang mati, lampunya padam semua sejak Senin.",
    "place": "Kenanga RT 3",
}
OTHER = {"subject": "Sampah menumpuk", "body": "Bau menyengat dari bak di pasar.", "place": "Pasar"}


def screen(client, office, complaint, query: str = "") -> str:
    client.force_login(office.operator)
    response = client.get(f"/admin/complaints/{complaint.pk}/duplicate/", {"q": query})
    assert response.status_code == 200
    return unescape(response.content.decode())


def offered(text: str) -> list[str]:
    """The tickets that can be joined with a press."""
    return re.findall(r'name="original" value="([^"]+)"', text)


# What is similar.


@pytest.mark.parametrize("state", [State.RECEIVED, State.STUDY, State.PUBLISHED])
def test_open_and_answered_ones_stand_beside_it_the_most_alike_first(client, office, state):
    unlike = office.complaint(**OTHER)
    alike = office.complaint(to=state, **ALIKE)
    mine = office.complaint(to=State.VERIFIED, **LAMP)
    text = screen(client, office, mine)
    assert offered(text)[0] == alike.ticket
    assert unlike.ticket not in offered(text)
    shown = (mine.body, alike.subject, alike.body, alike.place, alike.get_state_display())
    assert [part for part in shown if str(part) not in text] == []
    assert mine.ticket not in offered(text)


def test_one_press_joins(client, office):
    alike = office.complaint(**ALIKE)
    mine = office.complaint(to=State.VERIFIED, **LAMP)
    ticket = offered(screen(client, office, mine))[0]
    address = f"/admin/complaints/{mine.pk}/duplicate/"
    done = client.post(address, {"original": ticket}, follow=True).content.decode()
    # The next complaint of the queue has opened.
    assert f'href="/admin/complaints/{mine.pk}/undo/"' in done
    mine.refresh_from_db()
    assert (mine.state, mine.duplicate_of) == (State.DUPLICATE, alike)
    text = unescape(client.get(f"/admin/complaints/{mine.pk}/").content.decode())
    assert f'action="/admin/complaints/{mine.pk}/undo/"' in text
    assert "dapat diurungkan sampai" in text
    client.post(f"/admin/complaints/{mine.pk}/undo/")
    mine.refresh_from_db()
    assert (mine.state, mine.duplicate_of) == (State.VERIFIED, None)


def test_the_same_place_and_time_decide_between_two(office):
    village, category = Village.objects.first(), Category.objects.first()
    with time_machine.travel(timezone.now() - timedelta(days=90)):
        office.complaint(**ALIKE)
    near = office.complaint(**ALIKE, village=village, category=category)
    mine = office.complaint(**LAMP, village=village, category=category)
    found = similar_to(mine)
    assert found[0].complaint == near
    assert found[0].score > found[1].score


# What is not offered.


def unjoinable(office) -> dict[str, object]:
    other = Office()
    return {
        "confidential": office.complaint(**ALIKE, confidential=True),
        "declined": office.complaint(to=State.DECLINED, **ALIKE),
        "withdrawn": office.complaint(to=State.RETRACTED, **ALIKE),
        "answered privately": office.complaint(to=State.ANSWERED_PRIVATELY, **ALIKE),
        "another agency's": other.complaint(to=State.RECEIVED, **ALIKE),
    }


def test_what_the_action_would_refuse_is_neither_similar_nor_found(client, office):
    mine = office.complaint(to=State.VERIFIED, **LAMP)
    rows = unjoinable(office)
    assert not {row.ticket for row in rows.values()} & set(offered(screen(client, office, mine)))
    for query in ("kenanga", *(row.ticket for row in rows.values())):
        text = screen(client, office, mine, query)
        assert offered(text) == [], query
        assert "tidak mempunyai pengaduan" in text
        assert "Penerangan gang mati" not in text, query
    for name, row in rows.items():
        address = f"/admin/complaints/{mine.pk}/duplicate/"
        response = client.post(address, {"original": row.ticket})
        assert response.status_code in (400, 409), name
    mine.refresh_from_db()
    assert mine.state == State.VERIFIED


def test_nobody_learns_who_sent_it(client, office):
    office.complaint(**ALIKE)
    mine = office.complaint(to=State.VERIFIED, **LAMP)
    for query in ("", "kenanga", REPORTER.name, REPORTER.phone, REPORTER.email):
        text = screen(client, office, mine, query).replace(f'value="{query}"', "")
        parts = (REPORTER.name, REPORTER.phone, REPORTER.email, REPORTER.address)
        assert [part for part in parts if part in text] == []
    # The vault is no haystack: the reporter's name finds none of their complaints.
    assert offered(screen(client, office, mine, REPORTER.name)) == []


@pytest.mark.parametrize("query", ["'\"<script>", "%", "x" * 500, "\x00", "💡", "0"])
def test_a_strange_search_breaks_nothing(client, office, query):
    mine = office.complaint(to=State.VERIFIED, **LAMP)
    client.force_login(office.operator)
    response = client.get(f"/admin/complaints/{mine.pk}/duplicate/", {"q": query})
    assert response.status_code == 200
    assert b'"\'"<script>' not in response.content
    assert f'value="{mine.ticket}"' not in response.content.decode()


# Typed.


def test_a_number_or_words_find_others(client, office):
    unlike = office.complaint(**OTHER)
    mine = office.complaint(to=State.VERIFIED, **LAMP)
    for query in (unlike.ticket, unlike.ticket.lower().replace("-", " "), "menyengat pasar"):
        assert offered(screen(client, office, mine, query)) == [unlike.ticket], query


def test_the_screen_asks_the_database_as_often_for_many_as_for_few(client, office):
    mine = office.complaint(to=State.VERIFIED, **LAMP)
    office.complaint(**ALIKE)

    def queries(query: str) -> int:
        screen(client, office, mine, query)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            screen(client, office, mine, query)
        return len(asked)

    few = [queries(""), queries("kenanga")]
    for _number in range(MOST_SHOWN + 3):
        office.complaint(**ALIKE)
    assert [queries(""), queries("kenanga")] == few
    assert len(similar_to(mine)) == MOST_SHOWN
    assert len(offered(screen(client, office, mine))) == MOST_SHOWN
