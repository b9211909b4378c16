"""One bad file, or one wrong field, costs none of the good files: they come along with the form."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pengaduan_app import actions
from pengaduan_app.citizen import session, upload_store
from pengaduan_app.conf import private_root
from pengaduan_app.models import Attachment, Complaint, ThreadEntry, UseCount
from pengaduan_app.privacy import attachments
from pengaduan_app.procedure import State
from tests.citizen.test_before_sending import kept
from tests.support.citizen import Citizen
from tests.support.factories import citizen_form
from tests.support.files import pdf, picture, said_to_be

NOTE = re.compile(r'<p class="note[^>]*role="status">([^<]*)</p>')


def photo(name="foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture("JPEG"))


def no_photo(name="rusak.jpg", content=b"tidak ada gambar") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(client, **changes):
    return client.post("/lapor/", citizen_form(**changes))


def notes(response) -> str:
    return unescape(" ".join(NOTE.findall(response.content.decode())))


def carried(response) -> dict[str, str]:
    """What the form that came back carries along."""
    return {name: response.context["form"][name].value() for name in ("kept", "key")}


@pytest.mark.parametrize(
    "bad",
    [
        no_photo(),
        no_photo("kosong.jpg", b""),
        no_photo("terkunci.pdf", b"%PDF-1.4\nrusak"),
        no_photo("besar.jpg", bytes(attachments.MAX_BYTES + 1)),
        no_photo("gambar.svg", b"<svg/>"),
    ],
    ids=lambda bad: bad.name,
)
def test_the_bad_one_is_named_and_the_good_ones_are_kept(city, client, bad):
    surat = SimpleUploadedFile("surat.pdf", pdf())
    refused = send(client, attachments=[photo("satu.jpg"), bad, surat])
    [error] = refused.context["form"].errors["attachments"]
    assert bad.name in error
    assert "satu.jpg, surat.pdf" in notes(refused)
    assert bad.name not in notes(refused)
    assert send(client, **carried(refused)).status_code == 302
    assert [one.content_type for one in Attachment.objects.all()] == [
        "image/jpeg",
        "application/pdf",
    ]
    assert kept() == []


def test_another_file_in_place_of_the_bad_one_joins_the_good_ones(city, client):
    refused = send(client, attachments=[photo("satu.jpg"), no_photo()])
    refused = send(client, **carried(refused), attachments=[photo("dua.jpg"), no_photo()])
    assert "satu.jpg, dua.jpg" in notes(refused)
    assert len(kept()) == 1
    assert send(client, **carried(refused), attachments=[photo("tiga.jpg")]).status_code == 302
    assert Attachment.objects.count() == 3


def test_a_bad_file_and_a_wrong_field_at_once(city, client):
    refused = send(client, name="", attachments=[photo("satu.jpg"), no_photo()])
    assert set(refused.context["form"].errors) == {"name", "attachments"}
    assert "satu.jpg" in notes(refused)


def test_of_seven_files_five_are_kept_and_two_are_named(city, client):
    refused = send(client, attachments=[photo(f"{number}.jpg") for number in range(7)])
    errors = refused.context["form"].errors["attachments"]
    assert ["5.jpg" in errors[0], "6.jpg" in errors[1]] == [True, True]
    assert send(client, **carried(refused)).status_code == 302
    assert Attachment.objects.count() == 5


def test_of_kept_and_new_ones_the_sixth_is_named(city, client):
    three = [photo(f"lama{number}.jpg") for number in range(3)]
    refused = send(client, name="", attachments=three)
    new = [photo(f"baru{number}.jpg") for number in range(3)]
    refused = send(client, **carried(refused), attachments=new)
    [error] = refused.context["form"].errors["attachments"]
    assert "baru2.jpg" in error
    assert send(client, **carried(refused)).status_code == 302
    assert Attachment.objects.count() == 5


def test_a_reload_of_the_form_that_came_back_loses_nothing(city, client):
    refused = send(client, name="", attachments=[photo("satu.jpg")])
    for _time in range(2):
        refused = send(client, name="", **carried(refused))
        assert "satu.jpg" in notes(refused)


def test_without_consent_nothing_is_kept_and_the_citizen_is_told(city, client):
    refused = send(client, consent=None, attachments=[photo()])
    assert kept() == []
    assert "lampirkan lagi" in notes(refused)


def test_a_full_store_is_told_and_no_error(city, client, monkeypatch):
    monkeypatch.setattr(upload_store, "MOST_FORMS", 0)
    refused = send(client, attachments=[photo(), no_photo()])
    assert "lampirkan lagi" in notes(refused)


@pytest.mark.parametrize("name", ["<b>tebal.jpg", "Foto Wulan Sari.jpg", "x" * 300 + ".jpg"])
def test_what_a_file_is_called_is_told_to_its_sender_alone(city, client, name):
    refused = send(client, name="", attachments=[photo(name)])
    html = refused.content.decode()
    assert "<b>tebal" not in html
    assert max(map(len, notes(refused).split())) < 100
    assert name[:12] in notes(refused)
    stored = [path.name for path in private_root().rglob("*")]
    assert not any(name[:4] in path for path in stored)
    send(client, **carried(refused))
    assert not any(name[:4] in path.name for path in private_root().rglob("*"))


# The same on the tracking page.


@pytest.fixture
def citizen(office, client):
    return Citizen(client, office.complaint())


@pytest.fixture
def asked(citizen, office):
    """A citizen who has a question to answer, which also takes files."""
    actions.ask(citizen.complaint.pk, office.operator, "Yang mana?")
    citizen.complaint.refresh_from_db()
    return citizen


def again(response) -> dict[str, str]:
    """What the tracking page's form carries along."""
    panel = next(
        panel for panel in response.context["panels"] if panel.form.is_bound or panel.form.errors
    )
    return {name: panel.form[name].value() for name in ("kept", "key")}


@pytest.mark.parametrize("word", ["tambah", "jawab"])
def test_a_follow_ups_good_files_are_kept_too(asked, word):
    refused = asked.send(word, files=[photo("satu.jpg"), no_photo()])
    assert refused.status_code == 400
    assert "satu.jpg" in notes(refused)
    assert "rusak.jpg" in refused.content.decode()
    assert asked.send(word, **again(refused)).status_code == 302
    assert Attachment.objects.get().entry == asked.complaint.thread.order_by("pk").last()
    assert kept() == []


def test_a_missing_text_costs_a_follow_up_no_file(citizen):
    refused = citizen.send("tambah", text="", files=[photo("satu.jpg"), photo("dua.jpg")])
    assert "satu.jpg, dua.jpg" in notes(refused)
    assert citizen.send("tambah", **again(refused), files=photo("tiga.jpg")).status_code == 302
    assert Attachment.objects.count() == 3


def test_a_follow_up_that_is_no_longer_possible_keeps_them_as_well(citizen):
    Complaint.objects.filter(pk=citizen.complaint.pk).update(state=State.RETRACTED.value)
    refused = citizen.send("tambah", files=photo("satu.jpg"))
    assert refused.status_code == 409
    assert "satu.jpg" in notes(refused)


def test_two_clicks_on_a_follow_up_that_came_back_make_one_entry(citizen):
    refused = citizen.send("tambah", text="", files=photo())
    for _click in range(2):
        citizen.send("tambah", **again(refused))
    assert (ThreadEntry.objects.count(), Attachment.objects.count()) == (1, 1)


def test_files_of_another_form_are_not_ones_own(citizen):
    mine = again(citizen.send("tambah", text="", files=photo()))
    refused = citizen.send("tambah", kept=mine["kept"])
    assert refused.status_code == 400
    assert Attachment.objects.count() == 0


def test_one_address_stores_only_so_often_on_both_pages_together(citizen, client, monkeypatch):
    monkeypatch.setattr(session, "STORED_FORMS", 2)
    send(client, name="", attachments=[photo()])
    citizen.send("tambah", text="", files=photo())
    refused = citizen.send("tambah", text="", files=photo())
    assert len(kept()) == 2
    assert "lampirkan lagi" in notes(refused)


# Whoever keeps all others waiting.


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(pdf(20), id="a document that is good"),
        pytest.param(picture("JPEG"), id="a photo"),
        pytest.param(said_to_be((9000, 13_400), picture("JPEG", progressive=True)), id="too much"),
    ],
)
def test_one_address_keeps_the_server_busy_for_only_so_long(citizen, client, monkeypatch, content):
    """Whatever came of the files: a good one that takes four seconds keeps others waiting too."""
    assert send(client, attachments=[no_photo("a", content)]).status_code in (302, 400)
    assert citizen.send("tambah", files=no_photo("b", content)).status_code in (302, 400)
    spent = UseCount.objects.get(key__startswith="opening:").count
    assert spent > 50, "milliseconds"
    monkeypatch.setattr(session, "OPENING", spent / 1000)
    refused = send(client, attachments=[photo()])
    assert refused.status_code == 429
    assert "tanpa berkas" in refused.content.decode()
    assert citizen.send("tambah", files=photo()).status_code == 429
    # Words alone go through, and so do files from elsewhere.
    assert send(client).status_code == 302
    assert citizen.send("tambah", text="Masih padam.").status_code == 302
    form = citizen_form(attachments=[photo()])
    assert client.post("/lapor/", form, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_files_that_are_never_opened_are_no_burden(city, client):
    send(client, attachments=[no_photo()])
    assert not UseCount.objects.filter(key__startswith="opening:").exists()
