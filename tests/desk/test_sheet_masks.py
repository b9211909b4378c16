"""What the disposition sheet keeps from whoever finds it: people's data in anybody's words."""

from __future__ import annotations

import pypdfium2
import pytest

from pengaduan_app import actions
from pengaduan_app.desk.complaint import disposition_sheet
from pengaduan_app.models import Attachment, Letterhead
from pengaduan_app.privacy.redaction import MASK
from pengaduan_app.procedure.sop import State
from tests.desk.test_sheet import sheet_of, text_of
from tests.support.factories import REPORTER
from tests.support.process import page_of

STOCK = (State.VERIFIED,)

# What people write into a complaint: words, and the part of them that must not be printed.
SECRETS = {
    "a telephone number": ("Hubungi 0857-1111-2222 saja.", "0857-1111-2222"),
    "a number with a country code": ("WA +62 857 1111 2222", "857 1111 2222"),
    "an e-mail address": ("surel saya warga.rt3@contoh.example", "warga.rt3@"),
    "an address in words": ("warga.rt3 at contoh dot com", "warga.rt3"),
    "a NIK": ("NIK 3576011234560001", "3576011234560001"),
    "a spaced NIK": ("NIK 3576 0112 3456 0001", "3456 0001"),
    "the reporter's own number": (f"Nomor saya {REPORTER.phone}", REPORTER.phone),
    "the reporter's name": ("Salam, Wulan Misalnya Sari", "Wulan"),
    "half of the name": ("Dari Bu Wulan di RT 3", "Wulan"),
}
PLACES = ("subject", "body", "place")


@pytest.mark.parametrize("confidential", [False, True])
@pytest.mark.parametrize("field", PLACES)
@pytest.mark.parametrize("case", SECRETS)
def test_no_secret_in_the_citizens_words_is_printed(client, office, case, field, confidential):
    words, secret = SECRETS[case]
    fields = {field: f"Lampu padam. {words}", "confidential": confidential}
    text = text_of(client, office.complaint(**fields), office.operator)
    assert secret not in text
    assert MASK in text
    assert "Lampu padam." in text


@pytest.mark.parametrize("case", SECRETS)
def test_nor_one_in_the_operators_note(client, office, case):
    # The form refuses such a note; one that came past it stays out of the paper all the same.
    words, secret = SECRETS[case]
    complaint = office.complaint(to=State.VERIFIED)
    actions.forward(complaint.pk, office.operator, office.official, f"Segera. {words}")
    text = text_of(client, complaint, office.official)
    assert "Segera." in text
    assert secret not in text


def test_the_pdf_keeps_them_too(client, office):
    words = " ".join(words for words, _secret in SECRETS.values())
    complaint = office.complaint(subject="Hubungi 0857-1111-2222", body=words, place=words[:180])
    pdf = pypdfium2.PdfDocument(sheet_of(client, complaint, office.operator, "?format=pdf"))
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert [secret for _words, secret in SECRETS.values() if secret in text] == []
    assert MASK in text


def test_the_names_of_files_are_not_printed(client, office):
    complaint = office.complaint()
    name = "attachments/ktp-wulan-misalnya.jpg"
    Attachment.objects.create(complaint=complaint, file=name, content_type="image/jpeg", size=1)
    text = text_of(client, complaint, office.operator)
    assert "1 foto" in text
    assert "ktp-wulan" not in text


def test_the_sheet_says_what_the_page_says(client, office):
    """The page's draft and the sheet come from the same words by the same rule."""
    body = "Kata Bu Wulan, lampu di Jalan Ahmad Yani padam: 0857-1111-2222, Rp 1.500.000."
    complaint = office.complaint(to=State.STUDY, subject="Lampu padam, WA 08571111222", body=body)
    words = disposition_sheet.words_of(complaint, Letterhead())
    page = page_of(complaint)
    assert (words.subject, words.body) == (page.title, page.question)
    assert words.are_masked


def test_words_without_people_are_printed_as_they_were_typed(client, office):
    body = "Sejak 23-02-2026 pukul 07.30 lampu 10² m padam; biaya Rp 1.500.000."
    text = text_of(client, office.complaint(body=body), office.operator)
    assert body in text
    assert MASK not in text


# The administrator's choice.


@pytest.fixture
def unmasked(city):
    """The city has chosen to print the citizen's words as they stand."""
    return Letterhead.objects.create(contacts_on_sheet=True)


@pytest.mark.usefixtures("unmasked")
def test_a_city_may_choose_to_print_an_open_complaints_words_as_they_stand(client, office):
    body = "Lampu padam, hubungi 0857-1111-2222."
    text = text_of(client, office.complaint(body=body), office.operator)
    assert body in text
    assert MASK not in text


@pytest.mark.usefixtures("unmasked")
@pytest.mark.parametrize("case", SECRETS)
def test_but_not_those_of_a_confidential_one(client, office, case):
    words, secret = SECRETS[case]
    fields = dict.fromkeys(PLACES, f"Lampu. {words}") | {"confidential": True}
    assert secret not in text_of(client, office.complaint(**fields), office.operator)


@pytest.mark.usefixtures("unmasked")
def test_nor_does_the_choice_print_who_the_reporter_is(client, office):
    text = text_of(client, office.complaint(), office.operator)
    assert [part for part in (REPORTER.name, REPORTER.phone, REPORTER.email) if part in text] == []


@pytest.mark.parametrize("person", ["admin", "operator", "head", "coordinator"])
def test_the_complaint_administrator_alone_makes_that_choice(client, office, person):
    client.force_login(getattr(office, person))
    address = "/admin/settings/pengaduan_app/letterhead/"
    at = client.get(address, follow=True).redirect_chain[-1][0]
    client.post(at, {"contacts_on_sheet": "on"})
    assert Letterhead.current().contacts_on_sheet == (person == "admin")
