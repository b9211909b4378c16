"""A form's key counts in its own browser, and with its own words."""

from __future__ import annotations

import json
import re
import uuid
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from pengaduan_app import actions
from pengaduan_app.models import Attachment, Complaint, ThreadEntry
from pengaduan_app.procedure import State
from tests.citizen.test_good_files_kept import photo
from tests.support.citizen import Citizen
from tests.support.factories import AgencyFactory, CategoryFactory, VillageFactory, citizen_form
from tests.support.files import pdf

OTHER_WORDS = {
    "subject": "Lampu jalan padam di depan sekolah",
    "body": "Sudah lima malam lampu jalan di depan balai kelurahan padam.",
    "place": "Jl. Lain",
    "name": "Wulan Misalnya",
    "phone": "0812-9999-0002",
    "email": "lain@contoh.example",
    "address": "Jl. Lain 1",
    "kind": "suggestion",
    "confidential": "on",
}


def send(client, form, **changes):
    """The receipt's page, after the form was sent with these changes."""
    return client.post("/lapor/", {**form, **changes}, follow=True)


def told(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


@pytest.fixture
def stranger() -> Client:
    """Another browser, whose owner has seen the whole form."""
    return Client()


# Other words.


@pytest.mark.parametrize("field", OTHER_WORDS)
def test_other_words_are_another_complaint_and_the_citizen_is_told(city, client, field):
    form = citizen_form()
    first = send(client, form)
    second = send(client, form, **{field: OTHER_WORDS[field]})
    assert Complaint.objects.count() == 2
    for receipt in (first, second):
        complaint, code = receipt.context["complaint"], receipt.context["code"]
        assert actions.find(complaint.ticket, code) == complaint
    assert "sudah pernah mengirim formulir ini" in told(second)
    assert told(first) == ""


@pytest.mark.parametrize(
    ("field", "factory"),
    [("agency", AgencyFactory), ("category", CategoryFactory), ("village", VillageFactory)],
)
def test_another_choice_is_not_lost_either(city, client, field, factory):
    form, chosen = citizen_form(), factory()
    send(client, form)
    send(client, form, **{field: chosen.pk})
    assert Complaint.objects.filter(**{field: chosen}).count() == 1


@pytest.mark.parametrize(
    ("typed", "sent_again"),
    [
        ("Padam.\r\nSejak Senin malam.", "Padam.\nSejak Senin malam."),
        ("Café di sudut gelap sejak Senin.", "Cafe\u0301 di sudut gelap sejak Senin."),
        ("Padam sejak  Senin malam. ", "Padam sejak Senin malam."),
    ],
    ids=["line break", "letter in two signs", "spaces"],
)
def test_what_reads_the_same_is_the_same(city, client, typed, sent_again):
    form = citizen_form()
    codes = [send(client, form, body=text).context["code"] for text in (typed, sent_again)]
    assert Complaint.objects.count() == 1
    assert codes[0] == codes[1]


def test_the_first_words_sent_once_more_show_the_first_receipt(city, client):
    form = citizen_form()
    first = send(client, form)
    send(client, form, body=OTHER_WORDS["body"])
    once_more = send(client, form)
    assert Complaint.objects.count() == 2
    assert once_more.context["code"] == first.context["code"]
    assert once_more.context["complaint"] == first.context["complaint"]


# Somebody else's browser.


def test_a_copied_form_shows_a_stranger_nothing_of_its_owner(city, client, stranger):
    form = citizen_form()
    own = send(client, form)
    copied = send(stranger, form)
    assert Complaint.objects.count() == 2
    assert copied.context["complaint"] != own.context["complaint"]
    assert copied.context["code"] != own.context["code"]
    assert own.context["complaint"].ticket not in copied.content.decode()
    assert told(copied) == ""


def test_a_stranger_with_the_key_alone_learns_nothing(city, client, stranger):
    form = citizen_form()
    own = send(client, form)
    copied = send(stranger, citizen_form(key=form["key"], name="Orang Lain"))
    assert actions.find(own.context["complaint"].ticket, copied.context["code"]) is None
    assert told(copied) == ""


def test_who_left_a_shared_device_leaves_no_code_behind(city, client):
    """The form may still stand in the browser's history."""
    form = citizen_form()
    own = send(client, form)
    complaint, code = own.context["complaint"], own.context["code"]
    client.post("/lacak/", {"ticket": complaint.ticket, "code": code})
    client.post("/lacak/keluar/")
    assert send(client, form).context["code"] != code


def test_a_receipt_that_was_left_can_be_seen_again_by_sending_the_form(city, client):
    form = citizen_form()
    own = send(client, form)
    client.session.flush()
    assert client.get("/lapor/terima/")["Location"] == "/lacak/"
    assert send(client, form).context["code"] == own.context["code"]


# What lies in the database.


def test_neither_key_nor_code_lies_anywhere(office, client):
    form = citizen_form()
    response = client.post("/lapor/", form)
    assert response.status_code == 302
    # Before it is read, the receipt waits in the session.
    waiting = [session.get_decoded() for session in Session.objects.all()]
    code = client.get("/lapor/terima/").context["code"]
    complaint = Complaint.objects.get()
    citizen = Citizen(client, complaint)
    key = str(uuid.uuid4())
    citizen.send("tambah", key=key)
    rows = [str(vars(row)) for model in (Complaint, ThreadEntry) for row in model.objects.all()]
    stored = " ".join([*rows, json.dumps(waiting)]).replace("-", "")
    for secret in (form["key"], key, code):
        assert secret.replace("-", "") not in stored


def test_keys_of_earlier_versions_are_hashed_by_the_migration(city, client):
    old = [Complaint.objects.get(pk=send(client, citizen_form()).context["complaint"].pk)]
    keys = {old[0].pk: uuid.uuid4()}
    plain = keys[old[0].pk].hex if connection.vendor == "sqlite" else str(keys[old[0].pk])
    Complaint.objects.filter(pk=old[0].pk).update(submission_key=plain, form_key="")
    import_module("pengaduan_app.migrations.0007_hash_form_keys").hash_keys(apps, None)
    row = Complaint.objects.get()
    assert row.form_key == actions.form_mark(keys[row.pk])
    assert re.fullmatch("[0-9a-f]{64}", row.submission_key)
    assert row.submission_key != row.form_key


# Files.


def test_the_same_files_once_more_are_no_news(city, client):
    form = citizen_form()
    for _click in range(2):
        page = send(client, form, attachments=[photo("satu.jpg")])
    assert told(page) == ""
    assert Attachment.objects.count() == 1


def test_files_that_come_later_are_not_lost_in_silence(city, client):
    form = citizen_form()
    first = send(client, form, attachments=[photo("satu.jpg")])
    scan = SimpleUploadedFile("dua.pdf", pdf())
    second = send(client, form, attachments=[photo("satu.jpg"), scan])
    assert second.context["code"] == first.context["code"]
    assert "tanpa berkas yang baru saja Anda kirim" in told(second)
    assert Attachment.objects.count() == 1


def test_other_words_need_the_files_again_that_went_with_the_first(city, client):
    """They came back with an error once, were kept, and were sent with the first words."""
    form = citizen_form(name="", attachments=[photo("satu.jpg")])
    refused = client.post("/lapor/", form)
    carried = {name: refused.context["form"][name].value() for name in ("key", "kept")}
    form = citizen_form(**carried)
    send(client, form)
    assert Attachment.objects.count() == 1
    # A second click is no error, other words without their files are one.
    assert send(client, form).status_code == 200
    assert Complaint.objects.count() == 1
    refused = client.post("/lapor/", {**form, "body": OTHER_WORDS["body"]})
    assert refused.status_code == 400
    assert "attachments" in refused.context["form"].errors


# The forms of the tracking page.


@pytest.fixture
def citizen(office, client):
    return Citizen(client, office.complaint(to=State.STUDY))


def test_two_texts_with_one_key_are_two_entries(citizen):
    key = str(uuid.uuid4())
    texts = ["Tadi malam padam lagi.", "Malam ini menyala."]
    for text in [*texts, texts[0]]:
        assert citizen.send("tambah", key=key, text=text).status_code == 302
    assert [text for _kind, text in citizen.said()] == texts


def test_a_corrected_rating_with_the_same_key_counts(office, client):
    citizen = Citizen(client, office.complaint(to=State.PUBLISHED))
    key = str(uuid.uuid4())
    for score in ("5", "2"):
        assert citizen.send("nilai", key=key, score=score).status_code == 302
    assert ThreadEntry.objects.get().score == 2


def test_a_second_answer_to_one_question_comes_back_with_its_text(office, citizen):
    actions.ask(citizen.complaint.pk, office.official, "Tiang yang mana?")
    key = str(uuid.uuid4())
    assert citizen.send("jawab", key=key).status_code == 302
    refused = citizen.send("jawab", key=key, text="Bukan, yang di sebelah barat.")
    assert refused.status_code == 409
    assert "yang di sebelah barat" in refused.content.decode()


def test_the_same_key_at_another_complaint_is_another_entry(office, citizen):
    key = str(uuid.uuid4())
    citizen.send("tambah", key=key)
    other = Citizen(citizen.client, office.complaint(to=State.STUDY))
    assert other.send("tambah", key=key).status_code == 302
    assert ThreadEntry.objects.count() == 2


def test_files_that_come_later_come_back_with_the_form(citizen):
    key = str(uuid.uuid4())
    citizen.send("tambah", key=key)
    refused = citizen.send("tambah", key=key, files=photo("satu.jpg"))
    assert refused.status_code == 409
    assert "satu.jpg" in refused.content.decode()
    panel = next(panel for panel in refused.context["panels"] if panel.form.is_bound)
    carried = {name: panel.form[name].value() for name in ("key", "kept")}
    assert citizen.send("tambah", **carried, text="Ini fotonya.").status_code == 302
    assert Attachment.objects.get().entry.text == "Ini fotonya."
