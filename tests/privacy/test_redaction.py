"""What is personal data in a text on its way to the public, and what only looks like it."""

from time import perf_counter

import pytest
from wagtail.models import Revision

from pengaduan_app import actions
from pengaduan_app.actions import NotNow
from pengaduan_app.models import ComplaintPage
from pengaduan_app.privacy.redaction import (
    MASK,
    Found,
    find_personal_data,
    mask_personal_data,
    plain,
)
from pengaduan_app.procedure.sop import State
from tests.support.factories import REPORTER
from tests.support.process import ANSWER, page_of, write_answer

NAME = REPORTER.name  # Wulan Misalnya Sari

PHONES = [
    "Hubungi 081299990001 saja",
    "Hubungi 0812-9999-0001 saja",
    "Hubungi 0812 9999 0001 saja",
    "Hubungi 0812.9999.0001 saja",
    "Hubungi 0812/9999/0001 saja",
    "WA 0812 - 9999 - 0001",
    "WA:081299990001.",
    "(0812) 9999-0001",
    "+6281299990001",
    "+62 812-9999-0001",
    "+62 (812) 9999 0001",
    "62 812 9999 0001",
    "0062 812 9999 0001",
    "08.12.99.99.00.01",
    "0812-01-02-2026",
    # No date: no year has these digits.
    "08-12-9999 0001",
    "08.12.9999 0001",
    "08/12/9999 / 0001",
    # No date either: its separators differ, or there is no such day or month.
    "08-12.2026 9999",
    "08-22-2019 001",
    "0-12-2026-9999",
    "telepon kantor 0321-5884908",
    "telepon (0321) 588 4908",
    "0 8 1 2 9 9 9 9 0 0 0 1",
    "0812_9999_0001",
    "0812–9999–0001",
    "0812—9999—0001",
    "08129\u200b999\u200b0001",
    "0812\u00a09999\u00a00001",
    "０８１２９９９９０００１",
    "٠٨١٢٩٩٩٩٠٠٠١",
    "0812\n9999\n0001",
]
PHONES_IN_HTML = [
    "<p>0812<b>9999</b>0001</p>",
    "<p>0812&nbsp;9999&nbsp;0001</p>",
    "<p>&#48;81299990001</p>",
    "<p>0812-9999<br/>0001</p>",
    '<p><a href="tel:081299990001">telepon</a></p>',
    '<p><a href="tel:+62-812-9999-0001">telepon</a></p>',
    '<p><a href="https://wa.me/6281299990001">chat</a></p>',
]
EMAILS = [
    "wulan@contoh.example",
    "Tulis ke wulan.sari+aduan@mail.contoh.example ya.",
    "wulan @ contoh.example",
    "WULAN@CONTOH.EXAMPLE",
    "wulan＠contoh.example",
    "wu\u00adlan@contoh.example",
    '<p><a href="mailto:wulan@contoh.example">surel</a></p>',
    "<p>wulan<b>@</b>contoh.example</p>",
    "wulan[at]contoh.example",
    "wulan (at) contoh.example",
]
ID_NUMBERS = [
    "NIK 3576011234567890",
    "NIK 3576 0112 3456 7890",
    "NIK 3576.0112.3456.7890",
    "NIK 357601-123456-7890",
    "NIK 35.76.01.120190.0001",
    "NIK 12.34.56.120190.0001",
    "NIK: 35 76 01 12 34 56 78 90",
    "<p>3576<i>0112</i>34567890</p>",
    "３５７６０１１２３４５６７８９０",
]
NAMES = [
    "Terima kasih Wulan Misalnya Sari.",
    "terima kasih WULAN MISALNYA SARI",
    "Wulan  Misalnya\nSari",
    "Wulan-Misalnya-Sari",
    "Wulan Misalnya sudah kami hubungi",
    "warga (Misalnya Sari)",
    "Ibu Wulan",
    "Bu Sari, terima kasih",
    "Yth. Sdri. Wulan",
    "Mbak Wulan",
    "atas nama Sari",
    "a.n. Wulan",
    "a/n Wulan",
    "<p>Ibu <b>Wulan</b></p>",
    "<p>Wul<i>an Misalnya</i> Sari</p>",
    "Bu\u00a0Wulan",
    "Ｗｕｌａｎ Misalnya",
]
HARMLESS = [
    "Sejak tahun 2019 sampai 2026",
    "Tahun 2024-2025-2026",
    "Biaya Rp 1.250.000 per meter",
    "Rp1.250.000.000,00",
    "Rp 0,00",
    "Anggaran Rp 62.500.000.000",
    "pukul 07.30-15.30 WIB",
    "pukul 07.00 sampai 21.00 WIB",
    "Jam 06.30 - 18.00",
    "Jl. Mawar No. 62",
    "Jl. Mawar 12-14 RT 01 RW 02",
    "RT 003 RW 002",
    "RT 001/RW 004",
    "Perwali 14/2016",
    "Perwali Nomor 14 Tahun 2016",
    "UU 25/2009 dan UU 27/2022",
    "PermenPAN 05/M.PAN/4/2009",
    "SOP no. 188.4/12/SOP/417.304/2016",
    "tanggal 01-02-2026",
    "tanggal 01/02/2026",
    "tanggal 23.02.2026",
    "tanggal 01/02/2026 07.30",
    "tanggal 01-02-2026 s.d. 03-02-2026",
    "antara 01/02/2026 - 05/02/2026",
    "tanggal 2026-02-23",
    "08.00 09.00 10.00 11.00 12.00",
    "01/02/2026 02/02/2026",
    "Rp 062.500",
    "Kode pos 61315",
    "panjang 0,75 km dan 0,5 m",
    "suhu 30 derajat, 62 persen",
    "nomor 110, 112 dan 119",
    "call center 1500-123",
    "tiket MJK26-7K4M-Q2ZR",
    "tautan @dishub",
]
NO_NAMES = [
    "Sari buah dijual di pasar",
    "Misalnya pada malam hari",
    "Bunga wulan",
    "ibu-ibu di RT 2",
    "Kami sarikan laporan",
    "Pak Camat misalnya",
    "bulan sari",
]


def hex_of(sign: str) -> str:
    """How a test names what can't be printed."""
    return f"U+{ord(sign):04X}"


def kinds(text, name=""):
    return {finding.kind for finding in find_personal_data(plain(text), name)}


@pytest.mark.parametrize("text", PHONES + PHONES_IN_HTML)
def test_a_telephone_number_is_found_however_it_is_written(text):
    assert Found.PHONE in kinds(text)


@pytest.mark.parametrize("text", EMAILS)
def test_an_email_address_is_found(text):
    assert Found.EMAIL in kinds(text)


@pytest.mark.parametrize("text", ID_NUMBERS)
def test_a_number_of_16_digits_is_found(text):
    assert Found.ID_NUMBER in kinds(text)


@pytest.mark.parametrize("text", NAMES)
def test_the_reporters_name_is_found_and_not_repeated(text):
    findings = find_personal_data(plain(text), NAME)
    assert [(finding.kind, finding.text) for finding in findings] == [(Found.NAME, "")]


@pytest.mark.parametrize("text", HARMLESS)
def test_other_numbers_are_left_alone(text):
    assert find_personal_data(plain(text), NAME) == []
    assert mask_personal_data(text, NAME) == text


@pytest.mark.parametrize("text", NO_NAMES)
def test_everyday_words_that_are_part_of_a_name_are_left_alone(text):
    assert kinds(text, NAME) == set()


@pytest.mark.parametrize("text", PHONES + EMAILS[:5] + ID_NUMBERS[:5] + NAMES[:13])
def test_the_first_draft_has_a_mark_in_its_place(text):
    masked = mask_personal_data(text, NAME)
    assert MASK in masked
    assert find_personal_data(masked, NAME) == []


def test_masking_keeps_the_rest_of_the_sentence():
    text = "Saya Wulan Misalnya Sari, telepon 0812-9999-0001, lampu padam sejak 2026."
    assert mask_personal_data(text, NAME) == f"Saya {MASK}, telepon {MASK}, lampu padam sejak 2026."


@pytest.mark.parametrize("name", ["", "   ", ".", "(*)", "Warga", "Warga RT 3", "anonim"])
def test_a_name_that_names_nobody_stops_nothing(name):
    assert find_personal_data("Warga RT 3 (*) melihat lampu padam .", name) == []


# Signs that nobody sees, which break a number or a name for who searches it.
INVISIBLE = [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]


@pytest.mark.parametrize("sign", [chr(code) for code in INVISIBLE], ids=hex_of)
def test_no_invisible_sign_hides_a_number_an_address_or_a_name(sign):
    hidden = {
        Found.PHONE: f"08{sign}12{sign}9999{sign}0001",
        Found.EMAIL: f"wulan@con{sign}toh.example",
        Found.ID_NUMBER: f"3576{sign}011234567890",
        Found.NAME: f"Bu Wu{sign}lan",
    }
    assert {kind: kinds(text, NAME) for kind, text in hidden.items()} == {k: {k} for k in hidden}
    assert sign not in mask_personal_data(hidden[Found.NAME], NAME)


@pytest.mark.parametrize("text", ["Pak Adi sudah dihubungi", "Bpk. Adi", "a.n. Adi", "Mas  ADI"])
def test_a_short_name_after_a_title_is_found(text):
    assert kinds(text, "Adi Misalnya Ra") == {Found.NAME}
    assert MASK in mask_personal_data(text, "Adi Misalnya Ra")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Wulan Di Contoh", "ibu di RT 2 melihatnya"),
        ("Wulan Ya Contoh", "Pak, ya begitulah; mas ya"),
        ("Adi Misalnya", "Pak Adinda dan Pak Nadi sudah datang"),
        ("Adi Misalnya", "Kepada adi kelas"),
    ],
)
def test_a_syllable_or_the_beginning_of_another_name_is_no_name(name, text):
    assert kinds(text, name) == set()


@pytest.mark.parametrize("text", ["Wulan - Sari", "Wulan (Sari)", "SARI\nMISALNYA, SARI"])
def test_two_parts_of_a_name_that_are_no_neighbours_give_it_away_too(text):
    assert kinds(text, NAME) == {Found.NAME}
    assert find_personal_data(mask_personal_data(text, NAME), NAME) == []


def test_a_name_of_one_word_is_found_by_itself():
    assert kinds("Laporan Suharmisal sudah kami terima.", "Suharmisal") == {Found.NAME}


@pytest.mark.parametrize(
    "sign",
    ["0", "a", "0 ", "a@", "1-", "<", "1.000.", "Wulan ", "a at b dot ", "0*", "(at)", "Bu Wulan-"],
)
def test_a_long_odd_text_is_judged_in_a_moment(sign):
    text = sign * (20_000 // len(sign))
    begun = perf_counter()
    find_personal_data(plain(text), NAME)
    mask_personal_data(text, NAME)
    assert perf_counter() - begun < 2


# Where it is used: the draft is masked, and B1 and B2 don't let a finding through.


def test_the_draft_made_from_the_citizens_words_is_masked_from_the_first_revision(office):
    complaint = office.complaint(
        to=State.STUDY,
        subject="Lampu padam, hubungi 0812-9999-0001",
        body="Saya Wulan Misalnya Sari, surel wulan@contoh.example, lampu padam.",
    )
    page = page_of(complaint)
    assert page.title == f"Lampu padam, hubungi {MASK}"
    assert page.question == f"Saya {MASK}, surel {MASK}, lampu padam."
    stored = "".join(str(revision.content) for revision in Revision.objects.all())
    for text in ("9999", "wulan", "Wulan", "contoh.example"):
        assert text not in stored + page.slug


@pytest.mark.parametrize("state", [State.EDITING, State.PUBLICATION])
@pytest.mark.parametrize("field", ["title", "question", "answer"])
def test_public_relations_can_not_pass_on_a_text_with_personal_data(office, state, field):
    complaint = office.complaint(to=state)
    person = office.editor if state == State.EDITING else office.coordinator
    write_answer(complaint, person, **{"answer": ANSWER, field: "Ibu Wulan, 0812 9999 0001"})
    with pytest.raises(NotNow) as refusal:
        actions.approve(complaint.pk, person)
    assert NAME not in str(refusal.value)
    assert not ComplaintPage.objects.live().exists()
