"""Who adds, chooses and arranges the pictures of an answer, and when the public sees them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from pengaduan_app import actions
from pengaduan_app.actions import NotNow, NotYours, PictureRow
from pengaduan_app.models import PictureFile
from pengaduan_app.procedure.sop import State
from tests.support.factories import REPORTER
from tests.support.files import pdf
from tests.support.pictures import (
    ALT,
    choose,
    drafted,
    give_picture,
    published,
    statuses,
    upload,
    with_photo,
)
from tests.support.process import page_of, write_answer

STOCK = (State.STUDY, State.DECISION, State.ENTRY, State.EDITING, State.PUBLISHED)


@pytest.mark.parametrize(
    ("state", "who"),
    [
        (State.STUDY, "official"),
        (State.DECISION, "head"),
        (State.ENTRY, "operator"),
        (State.EDITING, "editor"),
    ],
)
def test_whoever_has_the_step_adds_pictures_and_nobody_else(office, other_office, state, who):
    complaint = office.complaint(to=state)
    picture = give_picture(complaint, getattr(office, who))
    assert drafted(complaint) == [picture.pk]
    for other in {"official", "head", "operator", "editor", "coordinator", "admin"} - {who}:
        with pytest.raises(NotYours):
            give_picture(complaint, getattr(office, other))
    if who != "editor":
        with pytest.raises(NotYours):
            give_picture(complaint, getattr(other_office, who))
    assert drafted(complaint) == [picture.pk]


def test_a_colleagues_lock_holds_for_pictures_too(office):
    complaint = office.complaint(to=State.EDITING)
    page = page_of(complaint)
    page.locked, page.locked_by = True, office.coordinator
    page.save(update_fields=["locked", "locked_by"])
    with pytest.raises(NotNow):
        give_picture(complaint, office.editor)


def test_what_the_agency_adds_is_public_with_the_answer_and_not_before(office, client):
    complaint = office.complaint(to=State.STUDY)
    picture = give_picture(complaint, office.official)
    for state in (State.DECISION, State.EDITING, State.PUBLICATION):
        office.advance(complaint, state)
        assert drafted(complaint) == [picture.pk]
        assert (statuses(client, picture), published(complaint)) == ({404}, [])
    office.advance(complaint, State.PUBLISHED)
    assert (statuses(client, picture), published(complaint)) == ({200}, [picture.pk])


def test_a_correction_keeps_the_old_pictures_until_b2(office, client):
    complaint = office.complaint(to=State.EDITING)
    old = give_picture(complaint, office.editor)
    office.advance(complaint, State.PUBLISHED)
    office.advance(complaint, State.CORRECTION)
    actions.arrange_pictures(
        complaint.pk, office.editor, [PictureRow(old.pk, ALT, is_removed=True)]
    )
    new = give_picture(complaint, office.editor)
    assert drafted(complaint) == [new.pk]
    assert published(complaint) == [old.pk]
    assert (statuses(client, old), statuses(client, new)) == ({200}, {404})
    office.advance(complaint, State.PUBLISHED)
    assert published(complaint) == [new.pk]
    assert (statuses(client, old), statuses(client, new)) == ({404}, {200})


def test_a_correction_that_is_left_leaves_the_pictures_as_they_were(office):
    complaint = office.complaint(to=State.EDITING)
    old = give_picture(complaint, office.editor)
    office.advance(complaint, State.PUBLISHED)
    office.advance(complaint, State.CORRECTION)
    actions.arrange_pictures(
        complaint.pk, office.editor, [PictureRow(old.pk, "Tulisan lain", is_removed=True)]
    )
    actions.keep(complaint.pk, office.editor)
    assert drafted(complaint) == published(complaint) == [old.pk]


def test_a_withdrawal_takes_the_files_from_the_public_and_putting_back_returns_them(office, client):
    complaint = office.complaint(to=State.EDITING)
    picture = give_picture(complaint, office.editor)
    office.advance(complaint, State.PUBLISHED)
    actions.withdraw(complaint.pk, office.coordinator)
    assert (statuses(client, picture), published(complaint)) == ({404}, [])
    complaint.refresh_from_db()
    office.advance(complaint, State.CORRECTION)
    assert drafted(complaint) == [picture.pk]
    office.advance(complaint, State.PUBLISHED)
    assert (statuses(client, picture), published(complaint)) == ({200}, [picture.pk])


def test_words_and_order_change_and_what_the_form_does_not_know_stays(office):
    complaint = office.complaint(to=State.EDITING)
    one, two, three, new = (give_picture(complaint, office.editor) for _number in range(4))
    rows = [
        PictureRow(one.pk, "Satu", "", 3),
        PictureRow(two.pk, "Dua", "", 2, is_removed=True),
        PictureRow(three.pk, "Tiga", "Keterangan", 1),
    ]
    actions.arrange_pictures(complaint.pk, office.editor, rows)
    assert drafted(complaint) == [three.pk, one.pk, new.pk]
    page = page_of(complaint).get_latest_revision_as_object()
    assert [shown.alt for shown in page.pictures.all()] == ["Tiga", "Satu", ALT]


@pytest.mark.parametrize(
    "words",
    [("", ""), ("\u200b", ""), (f"Foto {REPORTER.name}", ""), (ALT, "Telepon 0812-9999-0001")],
)
def test_the_words_of_a_picture_are_there_and_name_nobody(office, words):
    complaint = office.complaint(to=State.STUDY)
    picture = give_picture(complaint, office.official)
    with pytest.raises(NotNow):
        give_picture(complaint, office.official, *words)
    with pytest.raises(NotNow):
        actions.arrange_pictures(complaint.pk, office.official, [PictureRow(picture.pk, *words)])


def test_words_that_came_in_past_the_form_stop_the_answer(office):
    complaint = office.complaint(to=State.EDITING)
    give_picture(complaint, office.editor)
    page = page_of(complaint).get_latest_revision_as_object()
    page.pictures.all()[0].caption = "Hubungi 0812-9999-0001"
    page.save_revision(user=office.editor)
    with pytest.raises(NotNow):
        actions.approve(complaint.pk, office.editor)


def test_an_answer_has_at_most_five_pictures_and_no_documents(office):
    complaint = office.complaint(to=State.STUDY)
    with pytest.raises(ValidationError):
        give_picture(complaint, office.official, content=pdf())
    for _number in range(5):
        give_picture(complaint, office.official)
    with pytest.raises(NotNow):
        give_picture(complaint, office.official)
    assert PictureFile.objects.count() == 5 * 2
    assert len(drafted(complaint)) == 5


def test_a_text_saved_beside_it_takes_over_the_pictures(office):
    complaint = office.complaint(to=State.STUDY)
    picture = give_picture(complaint, office.official)
    write_answer(complaint, office.official, "<p>Sudah diganti.</p>")
    assert drafted(complaint) == [picture.pk]


@pytest.mark.parametrize(
    ("state", "who"),
    [
        (State.EDITING, "editor"),
        (State.PUBLICATION, "coordinator"),
        (State.CORRECTION, "editor"),
        (State.CORRECTION_CHECK, "coordinator"),
    ],
)
def test_public_relations_choose_a_citizens_photo_in_their_step(office, client, state, who):
    complaint, attachment = with_photo(office, state)
    with attachment.file.open() as file:
        before = file.read()
    picture = choose(complaint, getattr(office, who), attachment)
    assert drafted(complaint) == [picture.pk]
    assert statuses(client, picture) == {404}
    with attachment.file.open() as file:
        assert file.read() == before
    entry = ModelLogEntry.objects.for_instance(complaint).get(action="pengaduan_app.photo_chosen")
    assert (entry.user, entry.data) == (
        getattr(office, who),
        {"picture": picture.pk, "hidden": 1},
    )


@pytest.mark.parametrize(("state", "who"), [(State.STUDY, "official"), (State.ENTRY, "operator")])
def test_no_agency_chooses_a_citizens_photo(office, state, who):
    complaint, attachment = with_photo(office, state)
    for person in {who, "editor", "coordinator"}:
        with pytest.raises(NotYours):
            choose(complaint, getattr(office, person), attachment)


def test_nobody_chooses_a_photo_of_a_confidential_complaint(office):
    complaint, attachment = with_photo(office, State.EDITING, confidential=True)
    with pytest.raises(NotNow):
        choose(complaint, office.editor, attachment)
    assert drafted(complaint) == []


def test_no_other_complaints_photo_and_no_document_is_chosen(office):
    complaint, _photo = with_photo(office, State.EDITING)
    _other, foreign = with_photo(office, State.RECEIVED)
    letter = complaint.attachments.create(content_type="application/pdf", size=1, file="x.pdf")
    for attachment in (foreign, letter):
        with pytest.raises(NotNow):
            choose(complaint, office.editor, attachment)


@pytest.mark.parametrize(
    "regions",
    [
        (),
        ((0, 0, 0, 10),),
        ((-1, 0, 10, 10),),
        ((995, 0, 10, 10),),
        ((0, 991, 10, 10),),
        ((0, 0, 10, 10),) * 601,
    ],
    ids=["none", "empty", "left of it", "too wide", "too high", "too many"],
)
def test_places_that_are_none_are_refused(office, regions):
    complaint, attachment = with_photo(office, State.EDITING)
    with pytest.raises(NotNow):
        choose(complaint, office.editor, attachment, regions)
    assert drafted(complaint) == []


def test_nothing_to_hide_is_said_and_not_assumed(office):
    complaint, attachment = with_photo(office, State.EDITING)
    picture = choose(complaint, office.editor, attachment, (), nothing_to_hide=True)
    assert drafted(complaint) == [picture.pk]


def test_a_lost_file_is_a_sentence(office):
    complaint, attachment = with_photo(office, State.EDITING)
    attachment.file.storage.delete(attachment.file.name)
    with pytest.raises(NotNow):
        choose(complaint, office.editor, attachment)


def test_a_full_disk_leaves_neither_rows_nor_files(office, monkeypatch):
    complaint = office.complaint(to=State.STUDY)
    storage = PictureFile._meta.get_field("file").storage
    save, saved = type(storage).save, []

    def full(self, name, content, **options):
        if saved:
            raise OSError(28, "No space left on device")
        saved.append(save(self, name, content, **options))
        return saved[0]

    monkeypatch.setattr(type(storage), "save", full)
    with pytest.raises(actions.NotStored):
        actions.add_picture(complaint.pk, office.official, upload(), ALT)
    assert not storage.exists(saved[0])
    assert (PictureFile.objects.count(), drafted(complaint)) == (0, [])
