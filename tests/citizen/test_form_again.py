"""The citizen's form when it comes back: what is wrong stands first, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from pengaduan_app.models import Attachment
from tests.citizen.test_before_sending import kept, photo
from tests.support.factories import citizen_form


def send(client, **changes):
    return client.post("/lapor/", citizen_form(**changes))


def test_an_error_elsewhere_loses_no_file(city, client):
    refused = send(client, name="", attachments=[photo("red"), photo("blue")])
    assert refused.status_code == 400
    assert "2 berkas Anda kami simpan" in refused.content.decode()
    again = {name: refused.context["form"][name].value() for name in ("kept", "key")}
    # And once more with an error, and another file: still all of them.
    refused = send(client, **again, name="", attachments=[photo("green")])
    again["kept"] = refused.context["form"]["kept"].value()
    assert send(client, **again).status_code == 302
    assert Attachment.objects.count() == 3
    assert kept() == []


def test_without_consent_nothing_is_kept(city, client):
    refused = send(client, consent=None, attachments=[photo()])
    assert refused.status_code == 400
    assert kept() == []
    assert "lampirkan lagi" in refused.content.decode()


def test_one_address_can_not_fill_the_store_with_forms_that_fail(city, client, monkeypatch):
    monkeypatch.setattr("pengaduan_app.citizen.session.STORED_FORMS", 2)
    for _form in range(4):
        send(client, name="", attachments=[photo()])
    assert len(kept()) == 2


def test_a_file_that_is_none_itself_is_not_kept(city, client):
    text = SimpleUploadedFile("foto.jpg", b"tidak ada gambar")
    assert send(client, attachments=[text]).status_code == 400
    assert kept() == []


def test_a_receipt_that_is_over_says_how_to_see_the_code_again(city, client, time_machine):
    client.post("/lapor/", citizen_form())
    time_machine.move_to(timezone.now() + timedelta(minutes=16))
    reloaded = client.get("/lapor/terima/", follow=True)
    assert reloaded.redirect_chain == [("/lacak/", 302)]
    assert "Anda akan mendapat nomor dan kode yang sama" in reloaded.content.decode()


def test_errors_come_first_and_the_page_opens_at_them(city, client):
    html = client.post("/lapor/", citizen_form(name="")).content.decode()
    assert "<title>Mohon perbaiki dahulu" in html
    assert html.index('role="alert" tabindex="-1" autofocus') < html.index('class="lead"')


def test_neither_way_to_be_reached_is_called_optional(city, client):
    """One of the two is needed, so "optional" would be half the truth."""
    html = client.get("/lapor/").content.decode()
    for name, optional in (("phone", False), ("email", False), ("address", True)):
        label = html.partition(f'<label for="id_{name}">')[2].partition("</label>")[0]
        assert ("optional" in label) is optional, name
