"""What the public gets of pictures: those of published answers, and of these the files alone."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from pengaduan_app import actions
from pengaduan_app.conf import private_root
from pengaduan_app.models import AnswerPicture, ComplaintPage, PictureFile
from pengaduan_app.procedure.sop import State
from tests.support.citizen import Citizen
from tests.support.pictures import (
    ALT,
    CAPTION,
    addresses,
    choose,
    give_picture,
    statuses,
    with_photo,
)
from tests.support.process import page_of

STOCK = (State.EDITING, State.PUBLICATION)


@pytest.fixture
def shown(office):
    """A published answer with a picture of the agency's."""
    complaint = office.complaint(to=State.EDITING)
    picture = give_picture(complaint, office.editor)
    office.advance(complaint, State.PUBLISHED)
    return complaint, picture


def test_the_page_shows_it_with_its_words_its_size_and_its_widths(shown, client):
    complaint, picture = shown
    text = client.get(page_of(complaint).url).content.decode()
    [figure] = re.findall(r'<figure class="picture">.*?</figure>', text, re.S)
    for part in (f'alt="{ALT}"', CAPTION, 'width="320"', 'height="240"', 'loading="lazy"'):
        assert part in figure
    named = set(re.findall(r"/pengaduan/foto/[\w.-]+", figure))
    assert named == set(addresses(picture))
    [image] = re.findall(r'property="og:image" content="([^"]*)"', text)
    assert image.startswith("http://testserver/pengaduan/foto/") and image.endswith(".jpg")
    for address in named:
        assert client.get(address).status_code == 200


def test_it_is_part_of_the_finished_page_and_costs_no_query(shown, client, office):
    complaint, _picture = shown
    plain = page_of(office.complaint(to=State.PUBLISHED)).url
    counts = []
    for address in (plain, page_of(complaint).url):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert "ETag" in client.get(address).headers
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_file_is_asked_for_anew_and_sent_once(shown, client):
    _complaint, picture = shown
    address = addresses(picture)[0]
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert len(captured) == 1
    assert response["Cache-Control"] == "no-cache"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content)[:4] == b"RIFF"
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.post(address).status_code == 405


def test_nothing_of_the_original_gets_out(office, client):
    complaint, attachment = with_photo(office, State.EDITING)
    picture = choose(complaint, office.editor, attachment)
    office.advance(complaint, State.PUBLISHED)
    page = client.get(page_of(complaint).url).content.decode()
    assert attachment.file.name not in page and "attachments" not in page
    with attachment.file.open() as file:
        original = file.read()
    for address in addresses(picture):
        response = client.get(address)
        content = b"".join(response.streaming_content)
        assert content != original and original[:2000] not in content
        headers = str(dict(response.headers))
        assert "attachments" not in headers and complaint.ticket not in headers
    for guess in (
        f"/admin/complaints/{complaint.pk}/attachments/{attachment.pk}/",
        f"/lacak/lampiran/{attachment.pk}/",
        f"/media/{attachment.file.name}",
        f"/media/{picture.files.first().file.name}",
        f"/pengaduan/foto/{attachment.pk + 1000}-480.webp",
    ):
        assert client.get(guess).status_code in (302, 404), guess
    assert not list(private_root().glob("../media/**/*.webp"))


def test_a_draft_has_no_public_address_not_even_while_its_answer_is_public(shown, client, office):
    complaint, old = shown
    office.advance(complaint, State.CORRECTION)
    new = give_picture(complaint, office.editor, "Foto rancangan")
    text = client.get(page_of(complaint).url).content.decode()
    assert "Foto rancangan" not in text
    assert (statuses(client, old), statuses(client, new)) == ({200}, {404})


def test_closing_a_section_closes_its_pictures(shown, client):
    complaint, picture = shown
    page = page_of(complaint)
    PageViewRestriction.objects.create(
        page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    assert statuses(client, picture) == {404}


@pytest.mark.parametrize("suffix", ["png", "svg", "WEBP"])
def test_other_names_of_a_file_are_none(shown, client, suffix):
    _complaint, picture = shown
    assert client.get(f"/pengaduan/foto/{picture.pk}-320.{suffix}").status_code == 404
    assert client.get(f"/pengaduan/foto/{10**30}-320.webp").status_code == 404


def test_a_lost_file_is_no_fault_of_the_page(shown, client):
    complaint, picture = shown
    for file in picture.files.all():
        file.file.storage.delete(file.file.name)
    assert statuses(client, picture) == {404}
    assert client.get(page_of(complaint).url).status_code == 200


def test_the_reporter_sees_a_private_answers_pictures_and_nobody_else(office, client):
    complaint = office.complaint(to=State.EDITING)
    picture = give_picture(complaint, office.editor)
    private = [address.replace("/pengaduan/", "/lacak/") for address in addresses(picture)]
    reporter = Citizen(client, complaint)
    assert {client.get(address).status_code for address in private} == {404}
    office.advance(complaint, State.ANSWERED_PRIVATELY)
    assert all(address in reporter.look() for address in private)
    for address in private:
        response = client.get(address)
        assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    stranger = type(client)()
    assert {stranger.get(address).status_code for address in private} == {404}
    assert statuses(stranger, picture) == {404}
    other = type(client)()
    Citizen(other, office.complaint(to=State.EDITING))
    assert {other.get(address).status_code for address in private} == {404}


def test_programs_get_the_published_ones_alone(shown, client, office):
    complaint, picture = shown
    office.advance(complaint, State.CORRECTION)
    give_picture(complaint, office.editor, "Foto rancangan")
    for endpoint in ("complaints", "pages"):
        page = client.get(f"/api/v2/{endpoint}/{page_of(complaint).pk}/").json()
        [given] = page["pictures"]
        assert set(given) == {"alt", "caption", "files"}
        assert (given["alt"], given["caption"]) == (ALT, CAPTION)
        assert {urlsplit(file["url"]).path for file in given["files"]} == set(addresses(picture))
        assert {(file["width"], file["height"]) for file in given["files"]} == {(320, 240)}
        for inner in ("pictures(picture)", "pictures(page)", "pictures(picture(attachment))"):
            text = client.get(f"/api/v2/{endpoint}/?fields={inner}").content.decode()
            assert "attachment" not in json.loads(text).get("items", [{}])[0].get("pictures", {})
    actions.keep(complaint.pk, office.editor)
    actions.withdraw(complaint.pk, office.coordinator)
    assert ALT not in client.get("/api/v2/complaints/?fields=*").content.decode()


def test_lists_of_the_api_ask_as_much_of_any_number(shown, client, office):
    address = "/api/v2/complaints/?fields=pictures"
    client.get(address)
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
        office.complaint(to=State.PUBLISHED)
    assert counts[0] == counts[1]


def test_refreshing_all_answers_finds_the_pictures_again(shown):
    complaint, picture = shown
    page = page_of(complaint)
    page.published.pictures = []
    page.published.save()
    call_command("refresh_answers")
    page = ComplaintPage.objects.get(pk=page.pk)
    assert [row["key"] for row in page.published.pictures] == [picture.pk]
    assert AnswerPicture.objects.count() == 1 and PictureFile.objects.count() == 2
