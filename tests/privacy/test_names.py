"""Names that are words or places: what is taken out, what is only marked, who judges."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from pengaduan_app import actions
from pengaduan_app.actions import Identity, NotNow, NotYours
from pengaduan_app.models import Complaint, Reminder, known_names, marked_words
from pengaduan_app.privacy.redaction import (
    MASK,
    Found,
    find_personal_data,
    mask_personal_data,
    possible_names,
)
from pengaduan_app.procedure.sop import State
from tests.support.factories import AgencyFactory, VillageFactory
from tests.support.process import page_of, write_answer

KNOWN = frozenset({"meri", "kedundung", "prajurit", "kulon", "prajurit kulon", "dinas", "satpol"})

# name, text, what the public draft says, what an editor is asked about.
CASES = [
    # A place, a usual word, a pronoun: they stay, and are marked.
    ("Meri", "Jalan di Kelurahan Meri rusak", "Jalan di Kelurahan Meri rusak", ["Meri"]),
    ("Indah", "Taman dulu indah, kini mati", "Taman dulu indah, kini mati", ["indah"]),
    ("Saya", "Saya melihat, saya mohon", "Saya melihat, saya mohon", ["Saya"]),
    ("Prajurit Kulon", "di Prajurit Kulon", "di Prajurit Kulon", ["Prajurit Kulon"]),
    ("Bunga", "bunga-bunga di taman", "bunga-bunga di taman", ["bunga"]),
    ("Satpol", "Satpol sudah datang", "Satpol sudah datang", ["Satpol"]),
    ("Saya Sendiri", "saya sendiri lihat", "saya sendiri lihat", ["saya sendiri"]),
    ("Ibu Meri", "warga Meri", "warga Meri", ["Meri"]),
    ("A", "Blok A nomor 3", "Blok A nomor 3", []),
    ("M. Indah", "Blok M itu indah", "Blok M itu indah", ["indah"]),
    ("Bunga Harapan", "harapan kami, bunga", "harapan kami, bunga", ["harapan", "bunga"]),
    ("RT 3", "lampu di RT 3 padam", "lampu di RT 3 padam", ["RT 3"]),
    ("Mawar RW 2", "warga RW 2", "warga RW 2", ["RW 2"]),
    ("Ibu Rumah Tangga", "sampah rumah tangga", "sampah rumah tangga", []),
    ("Hamba Allah", "kami hamba Allah", "kami hamba Allah", []),
    ("Pengguna Jalan", "para pengguna jalan", "para pengguna jalan", []),
    # Spoken of as a person, it is the person.
    ("Meri", "Hubungi Bu Meri di Kelurahan Meri", f"Hubungi {MASK} di Kelurahan Meri", ["Meri"]),
    ("Indah", "nama saya indah, tamannya indah", f"{MASK}, tamannya indah", ["indah"]),
    ("Saya", "ibu saya jatuh", "ibu saya jatuh", ["saya"]),
    ("Meri", "Ibu-ibu Meri senam di jalan", "Ibu-ibu Meri senam di jalan", ["Meri"]),
    # The whole name goes, in either order; so does a part that is nothing else.
    ("Indah Lestari", "Saya Indah Lestari", f"Saya {MASK}", []),
    ("Indah Lestari", "saya lestari indah", f"saya {MASK}", []),
    ("Indah Lestari", "taman indah dan lestari", "taman indah dan lestari", ["indah", "lestari"]),
    ("Indah Lestari", "indah, lestari", "indah, lestari", ["indah, lestari"]),
    ("Indah Lestari", "Lestari, Indah", MASK, []),
    ("Meri Suharmisal", "suharmisal di Meri", f"{MASK} di Meri", ["Meri"]),
    ("Joko Suharmisal", "Suharmisal, Joko", MASK, []),
    ("Hj. Meri Suharmisal, S.Pd.", "an. Meri Suharmisal", MASK, []),
    ("Bapak Suharmisal", "bapak ketua RT", "bapak ketua RT", []),
    ("Ma'ruf Suharmisal", "Ma’ruf dan maruf", f"{MASK} dan {MASK}", []),
    ("Indah Permata Sari", "oleh Sari Indah", f"oleh {MASK}", []),
    ("Indah Permata Sari", "permata indah", "permata indah", ["permata indah"]),
    # What is called after somebody.
    ("Sudirman", "Jalan Jenderal Sudirman gelap", "Jalan Jenderal Sudirman gelap", ["Sudirman"]),
    ("Suharmisal", "tiga kali Suharmisal datang", f"tiga kali {MASK} datang", []),
    ("Suharmisal", "di pasar Suharmisal jatuh", f"di pasar {MASK} jatuh", []),
    ("Ahmad Yani", "di Jl. Ahmad Yani 3", "di Jl. Ahmad Yani 3", ["Ahmad Yani"]),
    ("Sudirman", "Sudirman di Jl. Sudirman", f"{MASK} di Jl. Sudirman", ["Sudirman"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "draft", "asked"), CASES)
def test_what_is_taken_out_and_what_is_asked(name, text, draft, asked):
    assert mask_personal_data(text, name, KNOWN) == draft
    assert {word.casefold() for word in possible_names(text, name, KNOWN)} == {
        word.casefold() for word in asked
    }
    stops = [finding.kind for finding in find_personal_data(text, name, known=KNOWN)]
    assert stops == ([Found.NAME] if MASK in draft else [])


@pytest.mark.parametrize(
    "text",
    [
        "nama at contoh dot id",
        "tulis ke nama.warga at contoh dot co dot id ya",
        "nama[at]contoh[titik]id",
        "nama (at) contoh (dot) id",
        "nama@contoh(titik)id",
        "nama @ contoh titik com",
        "nama {at} contoh {dot} com",
        "nama AT contoh.com",
        "nama＠contoh．id",
        "nama@contoh dot\u200b id",
    ],
)
def test_an_address_is_found_however_it_is_spelled_out(text):
    assert Found.EMAIL in {finding.kind for finding in find_personal_data(text)}
    assert "contoh" not in mask_personal_data(text)


@pytest.mark.parametrize(
    "text",
    ["kumpul @ balai titik dua", "di titik lampu id 3", "lampu mati at malam", "5 titik com"],
)
def test_these_words_alone_are_no_address(text):
    assert find_personal_data(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "0812*9999*0001",
        "0812~9999~0001",
        "0812:9999:0001",
        "0812 + 9999 + 0001",
        "0.8.1.2.9.9.9.9.0.0.0.1",
        "0️⃣8️⃣1️⃣2️⃣9️⃣9️⃣9️⃣9️⃣0️⃣0️⃣0️⃣1️⃣",
        "0812♥9999♥0001",
        "0812#9999=0001",
        "０８１２…９９９９…０００１",
        "08\u20621299\u2063990001",
    ],
)
def test_a_number_is_found_whatever_signs_split_it(text):
    assert Found.PHONE in {finding.kind for finding in find_personal_data(text)}
    assert not any(sign.isdigit() for sign in mask_personal_data(f"WA {text}."))


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60), st.text("abcdefgh 'XYZ-.,", max_size=30))
def test_whatever_the_name_the_rest_of_a_text_stays_as_it_was(text, name):
    at = 0
    for piece in mask_personal_data(text, name).split(MASK):
        at = text.index(piece, at) + len(piece)
    assert len(possible_names(text, name)) <= len(text)


NAMED = st.sampled_from(["Zubaidi", "Indah", "Meri", "Sukmawira", "Budi", "O'Neil", "Xi", "Nur"])


@settings(max_examples=60, deadline=None)
@given(st.lists(NAMED, min_size=2, max_size=4, unique=True), st.randoms(use_true_random=False))
def test_a_full_name_is_taken_out_in_any_order(parts, random):
    name = " ".join(parts)
    random.shuffle(parts)
    text = f"Lampu padam, lapor {' '.join(parts)}."
    assert mask_personal_data(text, name, KNOWN) == f"Lampu padam, lapor {MASK}."


# Through the procedure: the reporters and texts of the cases that were tried.

TRIED = {
    "Meri": ("Jalan berlubang di Kelurahan Meri", "Jalan di Kelurahan Meri berlubang sejak Senin.",
             "Jalan di Kelurahan Meri sudah kami tambal."),
    "Indah": ("Taman kota kurang indah dan kotor", "Taman kota dulu indah, sekarang kotor sekali.",
              "Taman akan kami buat indah kembali."),
    "Saya": ("Saya melaporkan sampah", "Saya melihat sampah menumpuk, saya mohon diangkut.",
             "Sampah yang saya sebut sudah diangkut."),
}  # fmt: skip


def reported_by(office, name: str, to: State = State.EDITING):
    VillageFactory(slug="meri", name="Meri", district="Kranggan")
    subject, body, answer = TRIED[name.split()[0]]
    identity = Identity(name, "0812-9999-0001")
    complaint = office.complaint(to=State.STUDY, identity=identity, subject=subject, body=body)
    write_answer(complaint, office.official, f"<p>{answer}</p>")
    actions.approve(complaint.pk, office.official, f"{answer} Mohon dicek.")
    complaint.refresh_from_db()
    return office.advance(complaint, to)


@pytest.mark.parametrize("name", TRIED)
def test_such_a_complaint_is_answered_and_published_with_all_its_words(office, client, name):
    complaint = reported_by(office, name, State.PUBLISHED)
    page = page_of(complaint)
    assert (page.title, page.question) == TRIED[name][:2]
    shown = client.get(page.address).content.decode()
    assert all(text in shown for text in TRIED[name])


@pytest.mark.parametrize("name", TRIED)
def test_staff_may_write_notes_questions_and_reminders_with_the_word(office, client, name):
    complaint = reported_by(office, name, State.DECISION)
    client.force_login(office.head)
    asked = client.post(f"/admin/complaints/{complaint.pk}/ask/", {"question": TRIED[name][1]})
    assert asked.status_code == 302
    actions.remind(complaint.pk, office.coordinator, TRIED[name][2])
    actions.coordinate(complaint.pk, office.head, [AgencyFactory()], TRIED[name][2])
    assert Reminder.objects.get().message == TRIED[name][2]
    assert Complaint.objects.get(pk=complaint.pk).state == State.COORDINATION


def test_the_names_of_the_city_come_from_its_own_data(office):
    VillageFactory(slug="mentikan", name="Mentikan", district="Prajurit Kulon")
    assert {
        "mentikan",
        "prajurit kulon",
        "kulon",
        office.agency.slug.split("-")[0],
    } <= known_names()


@pytest.mark.parametrize("person", ["editor", "coordinator"])
def test_who_checks_the_text_sees_the_mark_and_says_that_it_is_not_the_person(
    office, client, person
):
    state = State.EDITING if person == "editor" else State.PUBLICATION
    complaint = reported_by(office, "Meri", state)
    address = f"/admin/pages/{page_of(complaint).pk}/edit/"
    judge = f"/admin/complaints/{complaint.pk}/not_the_person/"
    client.force_login(getattr(office, person))
    assert "<mark>Meri</mark>" in client.get(address).content.decode()
    assert "“Meri”" in client.get(judge).content.decode()
    assert client.post(judge).status_code == 302
    assert "<mark>" not in client.get(address).content.decode()
    assert client.get(judge).status_code == 409
    entry = ModelLogEntry.objects.get(action="pengaduan_app.not_the_person")
    assert entry.user == getattr(office, person)
    # A key, and not the word: it may be the name after all.
    assert "meri" not in json.dumps(entry.data).casefold()


def test_so_does_the_coordinator_of_what_is_answered_to_its_reporter_alone(office, client):
    complaint = office.complaint(
        to=State.PUBLICATION,
        confidential=True,
        identity=Identity("Meri", "0812-9999-0001"),
        body="Jalan di Kelurahan Meri berlubang sejak Senin.",
    )
    client.force_login(office.coordinator)
    address = f"/admin/complaints/{complaint.pk}/not_the_person/"
    assert "“Meri”" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert actions.publish_privately(complaint.pk, office.coordinator).closed_at


def test_another_word_of_the_name_is_marked_anew(office):
    complaint = reported_by(office, "Indah")
    actions.not_the_person(complaint.pk, office.editor)
    reporter = complaint.reporter
    reporter.name = "Indah Taman"
    reporter.save()
    page = page_of(complaint).get_latest_revision_as_object()
    assert [word.casefold() for word in marked_words(page)] == ["taman"]


def test_whoever_edits_reads_no_name_out_of_a_dictionary(office):
    """They may not open the vault; what they write themselves is not held against the name."""
    complaint = reported_by(office, "Indah Bunga")
    page = page_of(complaint).get_latest_revision_as_object()
    before = marked_words(page)
    assert [word.casefold() for word in before] == ["indah"]
    page.answer += "<p>bunga. indah. taman. jalan. melati. mawar. lestari.</p>"
    page.moved_by_procedure = True
    page.save_revision(user=office.editor, clean=False)
    latest = page_of(complaint).get_latest_revision_as_object()
    assert marked_words(latest) == before


def test_what_the_agency_wrote_is_marked_for_who_edits_it(office):
    identity = Identity("Taman", "0812-9999-0001")
    complaint = office.complaint(to=State.STUDY, identity=identity)
    write_answer(complaint, office.official, "<p>Kami menemui taman di rumahnya.</p>")
    for person in (office.official, office.head, office.operator):
        actions.approve(complaint.pk, person)
    page = page_of(complaint).get_latest_revision_as_object()
    assert "taman" in [word.casefold() for word in marked_words(page)]


@pytest.mark.parametrize("person", ["operator", "official", "head", "coordinator", "admin"])
def test_nobody_else_judges_or_sees_the_mark(office, client, person):
    complaint = reported_by(office, "Meri")
    user = getattr(office, person)
    with pytest.raises(NotYours):
        actions.not_the_person(complaint.pk, user)
    client.force_login(user)
    assert client.post(f"/admin/complaints/{complaint.pk}/not_the_person/").status_code == 403
    page = client.get(f"/admin/pages/{page_of(complaint).pk}/edit/", follow=True)
    assert "<mark>" not in page.content.decode()


def test_before_it_is_on_its_way_to_the_public_nothing_is_marked(office, client):
    complaint = reported_by(office, "Meri", State.DECISION)
    with pytest.raises(NotNow):
        actions.not_the_person(complaint.pk, office.head)
    client.force_login(office.head)
    assert (
        "<mark>" not in client.get(f"/admin/pages/{page_of(complaint).pk}/edit/").content.decode()
    )


def test_the_marked_word_is_on_no_other_screen(office, client):
    """The name of "Saya" is known from the mark alone; the timeline and the list don't have it."""
    complaint = reported_by(office, "Indah")
    client.force_login(office.operator)
    for address in (f"/admin/complaints/{complaint.pk}/", "/admin/complaints/"):
        assert "not_the_person" not in client.get(address).content.decode()
