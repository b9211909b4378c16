"""Whatever text the form takes goes the whole way: forwarded, answered, published, exported."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from pengaduan_app import actions
from pengaduan_app.models import Complaint, PublishedAnswer
from pengaduan_app.privacy.redaction import MASK
from pengaduan_app.procedure.sop import Role, State
from tests.support.crowd import undone
from tests.support.factories import citizen_form
from tests.support.process import page_of, write_answer

# What has broken forms, databases, feeds and spreadsheets before, beside any sign at all.
ODD = st.sampled_from(
    [
        *("\u200b", "\u202e", "\u3164", "\x00", "\x0b", "\x1f", "\uffff", "\ufeff", "\ufffc"),
        *("\u2028", "\r\n", "\t", "½", "²", "ﬁ", "e\u0301", "\u0958", "❤\ufe0f\u200d🔥", "W" * 60),
        *("<b>", "&amp;", "]]>", "{{ 1 }}", "%s", "=1+1", "@", "'", '"', "\\", "[…]", "[lokasi]"),
        *("0812-9999-0001", "nama@contoh.id"),
    ]
)
LETTERS = st.characters(blacklist_categories=("Cs",))
TEXTS = st.lists(st.one_of(ODD, LETTERS, st.sampled_from(["lampu ", "Jalan "])), max_size=30)
SUBJECTS = TEXTS.map(lambda parts: "".join(["Lampu", *parts])[:120])
BODIES = TEXTS.map(lambda parts: "".join(["Lampu jalan padam.", *parts]))
NAMES = st.one_of(
    st.sampled_from(["Meri", "Saya", "Indah Lestari", "A", "W", "O'Neil", "…", "[…]", "Xi Bo"]),
    TEXTS.map(lambda parts: "".join(parts)[:100]),
)


@pytest.fixture
def office(office):
    """All are at work before the first example, whose traces are undone."""
    for role in Role:
        office.person(role)
    return office


FEW = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@FEW
@given(subject=SUBJECTS, body=BODIES, name=NAMES)
@example(subject='=HYPERLINK("x")', body="Sudah 1½ bulan\r\nlubang 10² cm\x0b…", name="Saya")
@example(subject="W" * 120, body="W" * 5000, name="W" * 100)
@example(subject="\u200b" * 8 + "🚧🚧🚧🚧🚧", body="\u202e" * 9 + "🚧" * 15, name="🚧")
@example(subject="Bo " * 40, body="Bo " * 1600, name="Bo")
def test_what_the_form_takes_goes_the_whole_way(office, client, subject, body, name):
    with undone():
        form = citizen_form(subject=subject, body=body, name=name, agency=office.agency.pk)
        response = client.post("/lapor/", form)
        if response.status_code != 302:
            assert response.status_code == 400 and response.context["form"].errors
            return
        complaint = Complaint.objects.get()
        assert complaint.body == unicodedata.normalize("NFC", complaint.body)
        publish(office, complaint)
        is_shown_everywhere(office, client, complaint)


def publish(office, complaint) -> None:
    """As people do it who change no word but where they are told to."""
    office.advance(complaint, State.EDITING)
    page = page_of(complaint).get_latest_revision_as_object()
    assert page.title and page.question and len(page.title) <= 255
    write_answer(complaint, office.editor, "<p>Sudah kami tangani.</p>")
    office.advance(complaint, State.PUBLISHED)


def is_shown_everywhere(office, client, complaint) -> None:
    row = PublishedAnswer.objects.get()
    client.logout()
    for address in (row.address, "/pengaduan/", "/", "/sitemap.xml", "/api/v2/complaints/"):
        assert client.get(address).status_code == 200, address
    assert client.get("/cari/", {"q": complaint.subject}).status_code == 200
    assert client.get("/cari/", {"q": "tangani"}).context["results"].total == 1
    for address in ("/feed/", "/feed/atom/"):
        ElementTree.fromstring(client.get(address).content)
    client.force_login(office.operator)
    for address in (
        f"/admin/complaints/{complaint.pk}/",
        f"/admin/complaints/{complaint.pk}/print/",
        "/admin/complaints/",
        "/admin/registers/steps/?export=csv",
    ):
        assert client.get(address).status_code == 200, address
    sheet = client.get("/admin/registers/steps/?export=xlsx")
    assert load_workbook(BytesIO(b"".join(sheet.streaming_content))).active.max_row > 1


@FEW
@given(text=TEXTS.map("".join))
def test_so_do_notes_questions_and_what_the_reporter_adds(office, client, text):
    with undone():
        complaint = office.complaint(to=State.VERIFIED)
        client.force_login(office.operator)
        for action, field in (("ask", "question"), ("misrouted", "reason")):
            address = f"/admin/complaints/{complaint.pk}/{action}/"
            assert client.post(address, {field: text[:500]}).status_code in (302, 400)
        for address in (f"/admin/complaints/{complaint.pk}/", "/admin/registers/steps/?export=csv"):
            assert client.get(address).status_code == 200
        notes = [*complaint.steps.values_list("note", flat=True)]
        assert all("\x00" not in note and "\r" not in note for note in notes)


@pytest.mark.parametrize("name", ["Meri", "Saya"])
def test_a_mask_stands_only_where_somebody_is_named(office, name):
    body = f"{name} melihat lampu padam. Hubungi Bu Meri atau 0812-9999-0001."
    identity = actions.Identity(name, "0812-9999-0001")
    complaint = office.complaint(to=State.STUDY, identity=identity, body=body)
    expected = body.replace("0812-9999-0001", MASK)
    expected = expected.replace("Bu Meri", MASK) if name == "Meri" else expected
    assert page_of(complaint).question == expected
