"""The printed disposition sheet (SOP A2): all that the officials need, nothing of the reporter."""

from __future__ import annotations

import re
import zlib
from html import unescape

import pytest
import time_machine
from django.utils import timezone

from pengaduan_app import actions
from pengaduan_app.desk.complaint import disposition_sheet
from pengaduan_app.models import Attachment, Letterhead, StepLimit
from pengaduan_app.presentation.formats import duration, wib
from pengaduan_app.presentation.pdf import pdf_of
from pengaduan_app.procedure import labels
from pengaduan_app.procedure.sop import Role, State, Step
from tests.support.factories import REPORTER, CategoryFactory, VillageFactory
from tests.support.process import open_record

STOCK = (State.VERIFIED, State.STUDY)

IDENTITY = (REPORTER.name, REPORTER.phone, REPORTER.email, REPORTER.address)
# The name in two pieces, and the number without its hyphens: no other spelling either.
SPELLINGS = (*IDENTITY, "Wulan", "Misalnya", "081299990001", "contoh.example")
NASTY = '<script>alert("x")</script><img src=x onerror=alert(1)></textarea>{{ 7*7 }}&amp;'


def sheet_of(client, complaint, user, form="") -> bytes:
    client.force_login(user)
    response = client.get(f"/admin/complaints/{complaint.pk}/print/{form}")
    assert response.status_code == 200
    return response.content


def text_of(client, complaint, user) -> str:
    return unescape(sheet_of(client, complaint, user).decode())


def inside(pdf: bytes) -> bytes:
    """The PDF with its compressed parts opened, so that what it says can be searched."""
    parts = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(parts)


@pytest.fixture
def forwarded(office):
    """A complaint that has just been forwarded to its official, with a place."""
    return office.complaint(
        to=State.STUDY, category=CategoryFactory(), village=VillageFactory(), place="Jl. Mawar 3"
    )


def test_the_sheet_names_the_complaint_and_repeats_the_citizens_words(client, office, forwarded):
    text = text_of(client, forwarded, office.operator)
    expected = (
        forwarded.ticket,
        forwarded.subject,
        forwarded.body,
        office.agency.name,
        forwarded.category.name,
        forwarded.village.name,
        forwarded.village.district,
        "Jl. Mawar 3",
        str(labels.KINDS[forwarded.kind]),
        office.official.get_full_name(),
        wib(forwarded.created_at),
    )
    assert [part for part in expected if part not in text] == []


def test_the_sheet_shows_each_step_that_it_travels_through_with_its_limit(
    client, office, forwarded
):
    text = text_of(client, forwarded, office.operator)
    for step in disposition_sheet.SHEET_STEPS:
        assert f"{step.value} · {labels.STEPS[step]}" in text
    limits = {record.step: record.due_at - record.started_at for record in forwarded.steps.all()}
    assert duration(limits[Step.A5]) in text


def test_the_sheet_shows_when_a_step_began_is_due_and_ended(client, office, forwarded):
    study = open_record(forwarded)
    forwarding = forwarded.steps.get(step=Step.A2)
    text = text_of(client, forwarded, office.operator)
    for moment in (forwarding.finished_at, study.started_at, study.due_at):
        assert wib(moment) in text


def test_the_sheet_prints_the_limit_that_the_city_has_set_since(client, office, forwarded):
    StepLimit.objects.create(step=Step.A8, minutes=777, valid_from=timezone.now())
    assert "12 jam 57 menit" in text_of(client, forwarded, office.operator)


def test_the_sheet_leaves_room_for_three_signatures(client, office, forwarded):
    text = text_of(client, forwarded, office.operator)
    part = text[text.index('class="signatures"') :]
    places = [part.index(str(labels.ROLES[role])) for role in disposition_sheet.SIGNATURES]
    assert disposition_sheet.SIGNATURES == (Role.OPERATOR, Role.OFFICIAL, Role.HEAD)
    assert places == sorted(places)
    assert part.count("<i>") == 3


def test_the_sheet_has_a_code_that_opens_the_complaint(client, office, forwarded):
    text = text_of(client, forwarded, office.operator)
    assert "<svg" in text
    assert f"http://testserver/admin/complaints/{forwarded.pk}/" in text


@pytest.mark.parametrize("confidential", [False, True])
@pytest.mark.parametrize("person", ["operator", "official", "head", "coordinator", "admin"])
def test_the_sheet_never_tells_who_the_reporter_is(client, office, person, confidential):
    complaint = office.complaint(to=State.STUDY, confidential=confidential)
    text = text_of(client, complaint, getattr(office, person))
    assert [part for part in SPELLINGS if part.lower() in text.lower()] == []


def test_the_sheet_of_a_confidential_complaint_says_so(client, office):
    secret = office.complaint(to=State.VERIFIED, confidential=True)
    plain = office.complaint(to=State.VERIFIED)
    mark = f'class="flag">{labels.PRIVACY["confidential"]}<'
    assert mark in text_of(client, secret, office.operator)
    assert mark not in text_of(client, plain, office.operator)


@pytest.mark.parametrize("state", list(State))
def test_the_sheet_can_be_printed_in_every_state(client, office, state):
    complaint = office.complaint(to=state)
    assert complaint.ticket in text_of(client, complaint, office.operator)


def test_the_sheet_of_a_complaint_without_an_agency_is_the_administrators(client, office):
    complaint = actions.submit(
        "5f0c1d38-6f0e-4f0a-9a57-0d5a6a3f1c11",
        REPORTER,
        kind="complaint",
        subject="Pohon tumbang",
        body="Pohon tumbang menutup jalan.",
    ).complaint
    assert complaint.ticket in text_of(client, complaint, office.admin)
    client.force_login(office.operator)
    assert client.get(f"/admin/complaints/{complaint.pk}/print/").status_code == 404


def test_another_agency_prints_no_sheet(client, other_office, forwarded):
    client.force_login(other_office.operator)
    for form in ("", "?format=pdf"):
        assert client.get(f"/admin/complaints/{forwarded.pk}/print/{form}").status_code == 404


def test_signs_of_html_in_a_complaint_stay_signs(client, office):
    complaint = office.complaint(subject=NASTY[:100], body=NASTY * 3, place=NASTY[:100])
    html = sheet_of(client, complaint, office.operator).decode()
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html
    assert "{{ 7*7 }}" in html
    assert "49" not in re.findall(r"\{\{.*?\}\}", html)


@pytest.mark.parametrize("confidential", [False, True])
def test_the_pdf_is_one_and_never_tells_who_the_reporter_is(client, office, confidential):
    complaint = office.complaint(to=State.STUDY, confidential=confidential)
    pdf = sheet_of(client, complaint, office.operator, "?format=pdf")
    assert pdf.startswith(b"%PDF-")
    assert b"%%EOF" in pdf[-1024:]
    content = inside(pdf).lower()
    for part in SPELLINGS:
        assert part.lower().encode() not in content
        assert part.lower().encode("utf-16-be") not in content


def test_the_pdf_is_drawn_from_the_sheet_that_the_screen_shows(client, office, forwarded):
    # The footer names the minute.
    with time_machine.travel(timezone.now(), tick=False):
        pdf = sheet_of(client, forwarded, office.operator, "?format=pdf")
        shown = sheet_of(client, forwarded, office.operator).decode()
    assert inside(pdf) == inside(pdf_of(shown))
    assert inside(pdf) != inside(pdf_of(shown.replace(forwarded.ticket, "")))


def test_a_body_of_5000_characters_with_html_fits_on_the_sheet(client, office):
    body = (NASTY + " kata panjang tanpa jeda" + "x" * 300) * 20
    complaint = office.complaint(body=body[:5000])
    html = sheet_of(client, complaint, office.operator).decode()
    assert complaint.body[-40:] in unescape(html)
    pdf = sheet_of(client, complaint, office.operator, "?format=pdf")
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", inside(pdf))) >= 2


def test_the_sheets_maker_is_let_out_to_nowhere(tmp_path):
    """Were a link to slip into the sheet, neither a file nor a server would be asked."""
    style = tmp_path / "besar.css"
    style.write_text("p { break-after: page }", encoding="utf-8")
    html = f'<link rel="stylesheet" href="{style.as_uri()}"><p>satu</p><p>dua</p>'
    pdf = pdf_of(html + '<img src="http://127.0.0.1:9/x.png">')
    assert len(re.findall(rb"/Type\s*/Page\b", inside(pdf))) == 1


# What the official needs beside the words.


def test_the_sheet_says_how_many_files_there_are_and_shows_none(client, office):
    complaint = office.complaint()
    kinds = ("image/jpeg", "image/jpeg", "application/pdf")
    Attachment.objects.bulk_create(
        Attachment(complaint=complaint, file="x", content_type=kind, size=1) for kind in kinds
    )
    assert "2 foto, 1 dokumen" in text_of(client, complaint, office.operator)


def test_the_sheet_bears_the_note_of_the_forwarding(client, office):
    complaint = office.complaint(to=State.VERIFIED)
    actions.forward(complaint.pk, office.operator, office.official, "Mohon ditinjau ke lokasi.")
    assert "Mohon ditinjau ke lokasi." in text_of(client, complaint, office.official)


def test_a_sheet_says_nothing_of_a_note_that_nobody_wrote(client, office, forwarded):
    assert "Catatan operator" not in text_of(client, forwarded, office.official)


def test_a_closed_complaints_sheet_has_no_time_left(client, office):
    complaint = office.complaint(to=State.DECLINED)
    assert "Sisa waktu" not in text_of(client, complaint, office.operator)


def test_the_sheet_bears_the_letterhead_and_the_time_that_is_left(client, office, forwarded):
    Letterhead.objects.create(office="Dinas Contoh")
    text = text_of(client, forwarded, office.operator)
    assert "Dinas Contoh" in text
    assert re.search(r"A5 · sisa \d", text)


def test_the_sheet_names_each_column_once(client, office, forwarded):
    text = text_of(client, forwarded, office.operator)
    assert ">Lama</th>" in text
    assert ">Batas</th>" not in text


def test_after_forwarding_the_sheet_is_one_press_away(client, office):
    complaint = office.complaint(to=State.VERIFIED)
    client.force_login(office.operator)
    data = {"official": office.official.pk}
    address = f"/admin/complaints/{complaint.pk}/forward/"
    text = client.post(address, data, follow=True).content.decode()
    message = text.split('class="messages', 1)[1].split("</ul>", 1)[0]
    assert f'href="/admin/complaints/{complaint.pk}/print/"' in message


def test_the_code_to_scan_is_drawn_whole_at_any_size(office):
    """Without a viewBox a browser cuts what the sheet makes smaller."""
    context = disposition_sheet.context_of(office.complaint(), lambda address: address)
    assert "viewBox" in context["qr_svg"]
    assert " width=" not in context["qr_svg"]
