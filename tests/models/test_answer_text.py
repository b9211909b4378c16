"""What an answer may hold on its way to the public: no blanks, an office's number, nobody's."""

from __future__ import annotations

import pytest
from wagtail.test.utils.form_data import rich_text

from pengaduan_app import actions
from pengaduan_app.actions import NotNow
from pengaduan_app.models import Agency
from pengaduan_app.models.office.reference_data import ANSWER_FEATURES
from pengaduan_app.privacy.redaction import MASK, contacts_in, find_personal_data
from pengaduan_app.procedure.sop import State
from tests.support.process import editor_form, page_of, write_answer

STOCK = (State.STUDY, State.ENTRY, State.EDITING, State.PUBLICATION)

TEMPLATE = (
    "<p>Usul Bapak/Ibu tentang [usul] di [lokasi] kami telaah pada [tanggal].</p>"
    "<p>Pekerjaan mulai [tanggal] oleh [regu/bidang].</p>"
)
BLANKS = "[usul], [lokasi], [tanggal], [regu/bidang]"
WAYS_ON = {
    State.STUDY: "official",
    State.DECISION: "head",
    State.COORDINATION: "head",
    State.ENTRY: "operator",
    State.EDITING: "editor",
    State.PUBLICATION: "coordinator",
}


def with_answer(office, state: State, answer: str, **fields):
    """A complaint in that state whose step's own person wrote this answer last."""
    complaint = office.complaint(to=state)
    person = getattr(office, WAYS_ON[state])
    write_answer(complaint, person, answer, **fields)
    return complaint, person


@pytest.mark.parametrize("state", WAYS_ON)
def test_nobody_passes_on_a_template_that_is_not_filled_in(office, state):
    complaint, person = with_answer(office, state, TEMPLATE)
    with pytest.raises(NotNow) as refusal:
        actions.approve(complaint.pk, person)
    assert f"Jawaban masih memuat isian templat: {BLANKS}." in str(refusal.value)


def test_nor_is_it_answered_to_the_reporter_alone(office):
    complaint, person = with_answer(office, State.PUBLICATION, TEMPLATE)
    with pytest.raises(NotNow, match="isian templat"):
        actions.publish_privately(complaint.pk, person)


def test_the_operator_who_answers_directly_is_told_before_it_is_sent(office, client):
    complaint = office.complaint(to=State.VERIFIED)
    client.force_login(office.operator)
    sent = {"answer": rich_text(TEMPLATE, features=ANSWER_FEATURES)}
    response = client.post(f"/admin/complaints/{complaint.pk}/answer/", sent)
    assert response.status_code == 400
    assert BLANKS in response.content.decode()
    with pytest.raises(NotNow, match="isian templat"):
        actions.answer(complaint.pk, office.operator, TEMPLATE)


def test_the_page_editor_says_it_beside_the_answer_and_keeps_the_text(office, client):
    complaint = office.complaint(to=State.STUDY)
    client.force_login(office.official)
    pressed = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    sent = editor_form(complaint, answer=TEMPLATE, **pressed)
    response = client.post(f"/admin/pages/{page_of(complaint).pk}/edit/", sent)
    text = response.content.decode()
    assert f"Jawaban masih memuat isian templat: {BLANKS}." in text
    complaint.refresh_from_db()
    assert complaint.state == State.STUDY


@pytest.mark.parametrize(
    "answer",
    ["<p>Sesuai Pasal 5 ayat [1].</p>", "<p>Ukuran [] kosong.</p>", f"<p>Warga {MASK} benar.</p>"],
)
def test_other_brackets_and_the_mask_stay_usable(office, answer):
    complaint, person = with_answer(office, State.EDITING, answer, question=f"Saya {MASK} lapor.")
    assert actions.approve(complaint.pk, person).state == State.PUBLICATION


# An office may be named with its number; a person may not.


@pytest.fixture
def offices(city):
    """What two agencies have given as their contacts."""
    rows = (
        ("dlh", {"phone": "(0321) 588-4908 / 0321-321123", "email": "Dlh@Kota.example"}),
        ("tutup", {"phone": "0321-777888", "active": False}),
    )
    for slug, fields in rows:
        Agency.objects.create(slug=slug, name=slug, short_name=slug, remit="x", **fields)


@pytest.mark.parametrize(
    "answer",
    [
        "<p>Hubungi kantor DLH di 0321-5884908.</p>",
        "<p>Hubungi (0321) 588 4908 atau +62 321 5884908</p>",
        "<p>Telepon 0321-5884908 / 0321-321123, surel dlh@kota.example.</p>",
        '<p><a href="tel:+623215884908">telepon</a></p>',
    ],
)
def test_an_answer_may_name_an_agencys_own_contacts(office, offices, answer):
    complaint, person = with_answer(office, State.EDITING, answer)
    assert actions.approve(complaint.pk, person).state == State.PUBLICATION


@pytest.mark.parametrize(
    "answer",
    [
        "<p>Hubungi 0812-9999-0001.</p>",
        "<p>Hubungi 0321-5884908 atau 0812-9999-0001.</p>",
        "<p>Hubungi 0321-58849081.</p>",
        "<p>Hubungi 0321-777888, yang tidak aktif lagi.</p>",
        "<p>Surel wulan.dlh@kota.example.</p>",
        "<p>NIK 0321588490812345</p>",
    ],
)
def test_any_other_number_or_address_in_an_answer_is_refused(office, offices, answer):
    complaint, person = with_answer(office, State.EDITING, answer)
    with pytest.raises(NotNow):
        actions.approve(complaint.pk, person)


def test_the_refusal_tells_how_an_offices_number_may_stand(office, offices):
    complaint, person = with_answer(office, State.EDITING, "<p>Hubungi 0321-999888.</p>")
    with pytest.raises(NotNow, match="tercatat pada data perangkat daerahnya"):
        actions.approve(complaint.pk, person)


@pytest.mark.parametrize("field", ["title", "question"])
def test_the_question_names_nobodys_number(office, offices, field):
    complaint, person = with_answer(
        office, State.EDITING, "<p>Sudah.</p>", **{field: "Saya telepon 0321-5884908"}
    )
    with pytest.raises(NotNow):
        actions.approve(complaint.pk, person)


def test_a_contact_without_a_number_allows_nothing():
    assert find_personal_data("0812-9999-0001", allowed=contacts_in(["", "–", "112"]))


@pytest.mark.parametrize(
    "text",
    [
        "Telp. 0321-395000,081234567890",
        "Telp. 0321-395000.0812-3456-7890",
        "Hubungi 0321-395000, 0857 1111 2222",
        # Another number that begins like the office's.
        "Telp. 0321-3950 00 12",
    ],
)
def test_a_persons_number_beside_an_offices_is_still_found(text):
    assert find_personal_data(text, allowed=contacts_in(["0321-395000"]))


def test_an_offices_number_may_end_a_sentence_or_stand_in_a_list():
    allowed = contacts_in(["0321-395000", "0321-321321"])
    assert not find_personal_data("Telp. 0321-395000, 0321-321321.", allowed=allowed)


def test_a_number_right_after_a_comma_is_found():
    assert find_personal_data("Bu Sri,081234567890")
