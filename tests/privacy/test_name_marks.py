"""Names that are words or places, through the procedure: who sees the mark, and who judges."""

from __future__ import annotations

import json

import pytest
from wagtail.models import ModelLogEntry

from pengaduan_app import actions
from pengaduan_app.actions import Identity, NotNow, NotYours
from pengaduan_app.models import Complaint, Reminder, known_names, marked_words
from pengaduan_app.procedure.sop import State
from tests.support.factories import AgencyFactory, VillageFactory
from tests.support.process import page_of, write_answer

# The reporters and texts of the cases that were tried.
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
