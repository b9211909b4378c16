"""The screens of an answer's pictures: who opens them, what a hand-made form can't do."""

from __future__ import annotations

import os
import time
from datetime import timedelta

import pytest
from config.body_limits import limit_of
from django.core.exceptions import ValidationError
from django.urls import reverse

from pengaduan_app import tasks
from pengaduan_app.actions.attaching import GRACE
from pengaduan_app.conf import private_root
from pengaduan_app.desk.editor.picture_forms import RegionsField
from pengaduan_app.models import Picture
from pengaduan_app.privacy import attachments
from pengaduan_app.procedure.sop import State
from tests.support.files import pdf
from tests.support.pictures import ALT, CAPTION, drafted, give_picture, upload, with_photo
from tests.support.process import editor_form, page_of

STOCK = (State.STUDY, State.EDITING)


def address(complaint, name="pictures", *keys) -> str:
    return reverse(f"pengaduan_admin:{name}", args=[complaint.pk, *keys])


def send(client, user, url, **data):
    client.force_login(user)
    return client.post(url, data)


def new(**changes) -> dict:
    return {"photo": upload(), "alt": ALT, "caption": CAPTION, **changes}


def test_the_official_adds_one_describes_it_and_takes_it_out(office, client):
    complaint = office.complaint(to=State.STUDY)
    url = address(complaint)
    assert send(client, office.official, url, **new()).status_code == 302
    [key] = drafted(complaint)
    text = client.get(url).content.decode()
    assert ALT in text and address(complaint, "picture_preview", key) in text
    words = {f"alt-{key}": "Tiang baru", f"caption-{key}": "", f"place-{key}": 1}
    assert send(client, office.official, url, arrange=1, **words).status_code == 302
    edit = reverse("wagtailadmin_pages:edit", args=[page_of(complaint).pk])
    assert "Tiang baru" in client.get(edit).content.decode()
    words |= {f"alt-{key}": "", f"remove-{key}": "on"}
    assert send(client, office.official, url, arrange=1, **words).status_code == 302
    assert drafted(complaint) == []


@pytest.mark.parametrize(
    "changes",
    [{"alt": ""}, {"photo": ""}, {"photo": upload(pdf(), "surat.pdf")}, {"alt": "x" * 251}],
    ids=["no words", "no photo", "a document", "long words"],
)
def test_a_form_that_is_not_complete_comes_back_with_a_sentence(office, client, changes):
    complaint = office.complaint(to=State.STUDY)
    response = send(client, office.official, address(complaint), **new(**changes))
    assert response.status_code == 400
    assert "error" in response.content.decode() and drafted(complaint) == []


def test_words_without_anything_to_be_seen_come_back(office, client):
    complaint = office.complaint(to=State.STUDY)
    key = give_picture(complaint, office.official).pk
    data = {"arrange": 1, f"alt-{key}": " ", f"caption-{key}": "Baru", f"place-{key}": 1}
    response = send(client, office.official, address(complaint), **data)
    assert response.status_code == 400 and 'value="Baru"' in response.content.decode()


def test_a_picture_of_another_answer_is_neither_changed_nor_taken_in(office, client):
    complaint, other = office.complaint(to=State.STUDY), office.complaint(to=State.STUDY)
    foreign = give_picture(other, office.official).pk
    data = {"arrange": 1, f"alt-{foreign}": "Diganti", f"place-{foreign}": 1}
    send(client, office.official, address(complaint), **data)
    assert (drafted(complaint), drafted(other)) == ([], [foreign])
    assert client.get(address(complaint, "picture_preview", foreign)).status_code == 404
    assert client.get(address(complaint, "picture", foreign, 320, "webp")).status_code == 404


def test_whoever_sees_the_complaint_sees_the_pictures_of_its_draft_and_nobody_else(
    office, other_office, client
):
    complaint = office.complaint(to=State.STUDY)
    picture = give_picture(complaint, office.official)
    files = [
        address(complaint, "picture_preview", picture.pk),
        address(complaint, "picture", picture.pk, 320, "webp"),
        address(complaint, "picture", picture.pk, 320, "jpg"),
    ]
    for person, status in (
        (office.operator, 200),
        (office.editor, 200),
        (other_office.official, 404),
        (None, 302),
    ):
        client.force_login(person) if person else client.logout()
        for file in files:
            response = client.get(file)
            assert response.status_code == status, (person, file)
            if status == 200:
                assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("who", ["operator", "head", "editor", "admin"])
def test_nobody_opens_the_screen_out_of_turn(office, client, who):
    complaint = office.complaint(to=State.STUDY)
    client.force_login(getattr(office, who))
    assert client.get(address(complaint)).status_code == 403
    assert client.post(address(complaint), new()).status_code == 403
    assert drafted(complaint) == []


def test_the_editor_finds_the_citizens_photo_and_the_agency_no_button(office, client):
    complaint, attachment = with_photo(office, State.ENTRY)
    photo = address(complaint, "photo", attachment.pk)
    edit = reverse("wagtailadmin_pages:edit", args=[page_of(complaint).pk])
    client.force_login(office.operator)
    assert photo not in client.get(edit).content.decode()
    assert photo not in client.get(address(complaint)).content.decode()
    assert client.get(photo).status_code == 403
    office.advance(complaint, State.EDITING)
    client.force_login(office.editor)
    assert photo in client.get(edit).content.decode()
    assert photo in client.get(address(complaint)).content.decode()
    assert client.get(photo).status_code == 200


def test_a_confidential_complaints_photo_has_no_screen(office, client):
    complaint, attachment = with_photo(office, State.EDITING, confidential=True)
    client.force_login(office.editor)
    assert client.get(address(complaint, "photo", attachment.pk)).status_code == 404
    edit = reverse("wagtailadmin_pages:edit", args=[page_of(complaint).pk])
    assert "/pictures/photo/" not in client.get(edit).content.decode()


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("40 25 10 8", [(400, 250, 100, 80)]),
        ("40,5 25.5 10 8\n\n 0 0 100 100 \r\n", [(405, 255, 100, 80), (0, 0, 1000, 1000)]),
        ("", []),
    ],
)
def test_places_to_hide_are_read_as_people_write_them(text, regions):
    assert RegionsField(required=False).clean(text) == regions


@pytest.mark.parametrize(
    "text",
    [
        *("40 25 10", "40 25 0 8", "95 25 10 8", "40 25 10 80", "-1 25 10 8", "nan 25 10 8"),
        *("1e9 25 10 8", "40 25 10 8 9", "1 1 1 1\n" * 601),
    ],
    ids=lambda text: text[:12],
)
def test_places_outside_of_the_photo_are_refused(text):
    with pytest.raises(ValidationError):
        RegionsField(required=False).clean(text)


def test_the_brush_or_the_word_that_nothing_is_to_hide_is_needed(office, client):
    complaint, attachment = with_photo(office, State.EDITING)
    url = address(complaint, "photo", attachment.pk)
    assert send(client, office.editor, url, regions="", alt=ALT).status_code == 400
    assert send(client, office.editor, url, regions="9 9 9", alt=ALT).status_code == 400
    assert drafted(complaint) == []
    sent = send(client, office.editor, url, regions="40 25 10 8", alt=ALT)
    assert (sent.status_code, sent.url) == (302, address(complaint))
    sent = send(client, office.editor, url, regions="", alt=ALT, nothing_to_hide="on")
    assert sent.status_code == 302 and len(drafted(complaint)) == 2


def test_a_text_that_was_opened_before_takes_nothing_away(office, client):
    """Wagtail's editor saves itself every half second; the pictures aren't in its form."""
    complaint = office.complaint(to=State.STUDY)
    client.force_login(office.official)
    form = editor_form(complaint, answer="<p>Ditulis di jendela lain.</p>")
    key = give_picture(complaint, office.official).pk
    edit = reverse("wagtailadmin_pages:edit", args=[page_of(complaint).pk])
    assert client.post(edit, form).status_code in (200, 302)
    page = page_of(complaint).get_latest_revision_as_object()
    assert "jendela lain" in page.answer and drafted(complaint) == [key]


def test_the_preview_shows_a_draft_at_addresses_for_staff_alone(office, client):
    complaint = office.complaint(to=State.STUDY)
    key = give_picture(complaint, office.official).pk
    client.force_login(office.official)
    page = page_of(complaint)
    view = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    text = client.get(view).content.decode()
    assert address(complaint, "picture", key, 320, "webp") in text
    assert "/pengaduan/foto/" not in text


def test_the_photo_fits_through_the_door_and_little_more():
    url = "/admin/complaints/12/pictures/"
    assert limit_of(url) > attachments.MAX_BYTES > limit_of("/admin/complaints/12/verify/")


def test_pictures_that_no_answer_shows_go_with_their_files(office):
    complaint = office.complaint(to=State.EDITING)
    kept, dropped, young = (give_picture(complaint, office.editor) for _number in range(3))
    page = page_of(complaint).get_latest_revision_as_object()
    page.pictures.set([shown for shown in page.pictures.all() if shown.picture_id == kept.pk])
    page.save_revision(user=office.editor)
    old = page.first_published_at or young.made_at - timedelta(seconds=GRACE + 60)
    Picture.objects.exclude(pk=young.pk).update(made_at=old)
    files = {file.file.path for file in dropped.files.all()}
    for path in (private_root() / "pictures").rglob("*.*"):
        os.utime(path, (time.time() - GRACE - 60,) * 2)
    assert tasks.remove_stray_files() == len(files) == 2
    assert set(Picture.objects.values_list("pk", flat=True)) == {kept.pk, young.pk}
    assert not any(map(os.path.exists, files))
    assert drafted(complaint) == [kept.pk]
    assert tasks.remove_stray_files() == 0
    office.advance(complaint, State.PUBLISHED)
    assert tasks.remove_stray_files() == 0
