"""The step before sending: only for our own page, nothing lost in it, one complaint after it."""

from __future__ import annotations

import io
import os
import re
import uuid
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from pengaduan_app import tasks, throttle
from pengaduan_app.citizen import advice, upload_store
from pengaduan_app.conf import private_root
from pengaduan_app.models import Attachment, Complaint
from tests.support.ended import small_city
from tests.support.factories import REPORTER, citizen_form

TEXT = {"subject": "Lampu penerangan padam", "body": "Lampu gang padam, parkir motor semrawut."}
STEP = "pengaduan_app/citizen/before_sending.html"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?')


@pytest.fixture
def agencies(city):
    return small_city()


@pytest.fixture
def sent(agencies):
    """How many complaints came in besides those that were learned."""
    learned = Complaint.objects.count()
    return lambda: Complaint.objects.count() - learned


def photo(color="red"):
    content = io.BytesIO()
    Image.new("RGB", (40, 40), color).save(content, "JPEG")
    return SimpleUploadedFile("foto.jpg", content.getvalue())


def send(client, **changes):
    return client.post("/lapor/", citizen_form(**{**TEXT, "advise": "1", **changes}))


def is_step(response) -> bool:
    return response.status_code == 200 and STEP in [t.name for t in response.templates]


def go_on(client, step, **changes):
    """Send what the step's page holds, as a browser does."""
    form = step.content.decode().partition('class="form before-sending"')[2].partition("</form>")[0]
    data = {name: unescape(value) for name, value in HIDDEN.findall(form)}
    return client.post("/lapor/", {"agency": "", **data, **changes})


def kept() -> list:
    folder = private_root() / "kept"
    return list(folder.iterdir()) if folder.exists() else []


# Who meets it.


def test_the_forms_own_page_asks_for_advice(agencies, client):
    assert 'name="advise" value="1"' in client.get("/lapor/").content.decode()


@pytest.mark.parametrize("marker", [None, ""])
def test_who_sends_the_form_once_without_the_marker_is_never_held_up(
    agencies, client, sent, marker
):
    response = send(client, advise=marker, attachments=[photo()])
    assert response["Location"] == "/lapor/terima/"
    assert (sent(), kept()) == (1, [])


def test_with_nothing_to_say_there_is_no_step(agencies, client, sent):
    assert send(client, subject="Kucing hilang", body="Kucing belang hilang.").status_code == 302
    assert sent() == 1


def test_who_chose_the_suggested_agency_meets_no_step(agencies, client):
    assert send(client, agency=agencies["perhubungan"].pk).status_code == 302


def test_a_mistake_in_the_form_is_named_before_any_step(agencies, client):
    response = send(client, name="")
    assert response.status_code == 400
    assert 'name="advise" value="1"' in response.content.decode()


# Nothing is lost in it.


@pytest.mark.parametrize("choice", ["", "perhubungan"])
def test_the_citizen_decides_and_every_value_arrives(agencies, client, sent, choice):
    body = f"{TEXT['body']}\n\n<b>“Gelap”</b> & sepi."
    step = send(client, confidential="on", body=body)
    assert is_step(step)
    assert sent() == 0
    assert step.context["choice"].initial == ""
    chosen = agencies.get(choice)
    assert go_on(client, step, agency=chosen.pk if chosen else "").status_code == 302
    complaint = Complaint.objects.first()
    assert (complaint.subject, complaint.body) == (TEXT["subject"], body)
    assert (complaint.agency, complaint.place) == (chosen, "Jl. Fiktif")
    assert complaint.is_confidential
    assert complaint.reporter.name == REPORTER.name
    assert complaint.reporter.email == REPORTER.email


def test_the_own_choice_of_an_agency_stays_chosen(agencies, client):
    own = agencies["kesehatan"]
    step = send(client, agency=own.pk)
    assert f'value="{own.pk}" id="id_agency_0" checked' in re.sub(
        r'aria-\w+="[^"]*" ', "", step.content.decode()
    )


def test_files_are_kept_and_go_along(agencies, client):
    step = send(client, attachments=[photo("red"), photo("blue")])
    assert len(kept()) == 1
    assert go_on(client, step).status_code == 302
    assert Attachment.objects.count() == 2
    assert kept() == []


def test_back_to_the_form_and_on_again_keeps_files_too(agencies, client, sent):
    step = send(client, attachments=[photo()])
    form = go_on(client, step, edit="1")
    assert form.status_code == 200
    assert not form.context["form"].errors
    assert len(form.context["notes"]) == 1
    data = dict(HIDDEN.findall(form.content.decode()))
    more = {"kept": data["kept"], "key": data["key"], "advise": data.get("advise", "")}
    assert send(client, **more, attachments=[photo("blue")]).status_code == 302
    assert (sent(), Attachment.objects.count()) == (1, 2)


def test_kept_and_new_files_together_are_no_more_than_five(agencies, client, sent):
    step = send(client, attachments=[photo() for _ in range(3)])
    response = go_on(client, step, attachments=[photo() for _ in range(3)])
    assert response.status_code == 400
    assert list(response.context["form"].errors) == ["attachments"]
    assert sent() == 0


# Sent twice, or too late.


def test_two_clicks_on_the_steps_button_make_one_complaint(agencies, client, sent):
    step = send(client, attachments=[photo()])
    codes = set()
    for _click in range(2):
        assert go_on(client, step)["Location"] == "/lapor/terima/"
        codes.add(client.get("/lapor/terima/").context["code"])
    assert (sent(), len(codes), Attachment.objects.count()) == (1, 1, 1)


def test_the_first_page_sent_again_afterwards_shows_the_receipt(agencies, client, sent):
    key = str(uuid.uuid4())
    go_on(client, send(client, key=key))
    assert send(client, key=key)["Location"] == "/lapor/terima/"
    assert sent() == 1


@pytest.mark.parametrize("key", ["", "kacau", None])
def test_a_form_that_lost_its_key_passes_the_step_once(agencies, client, sent, key):
    step = send(client, key=key, attachments=[photo()])
    for _click in range(2):
        assert go_on(client, step).status_code == 302
    assert sent() == 1


def test_after_two_hours_the_files_are_asked_for_again_and_nothing_else(agencies, client, sent):
    step = send(client, attachments=[photo()])
    with time_machine.travel(timezone.now() + timedelta(hours=2, minutes=1)):
        late = go_on(client, step)
        assert late.status_code == 400
        assert list(late.context["form"].errors) == ["attachments"]
        assert late.context["form"]["body"].value() == TEXT["body"]
        again = dict(HIDDEN.findall(late.content.decode()))
        assert again.get("kept", "") == ""
        response = send(client, key=again["key"], advise="", attachments=[photo()])
        assert response.status_code == 302
    assert (sent(), Attachment.objects.count()) == (1, 1)


def test_without_the_session_the_step_still_goes_through(agencies, client):
    step = send(client, attachments=[photo()])
    assert go_on(Client(), step).status_code == 302
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("ticket", ["x", "../../etc", "😀", "a:b:c", "x" * 9000])
def test_an_invented_ticket_opens_nothing(agencies, client, sent, ticket):
    assert send(client, kept=ticket, advise="").status_code == 400
    assert sent() == 0


def test_files_of_another_form_are_not_ones_own(agencies, client):
    step = send(client, attachments=[photo()])
    assert go_on(client, step, key=str(uuid.uuid4())).status_code == 400


# Where they are kept.


def test_what_is_kept_is_for_nobody_else_on_the_machine(agencies, client):
    send(client, attachments=[photo()])
    [folder] = kept()
    assert folder.stat().st_mode & 0o777 == 0o700
    [file] = folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert client.get(f"/media/kept/{folder.name}/{file.name}").status_code == 404


def test_what_nobody_sent_is_cleared_away(agencies, client):
    send(client, attachments=[photo()])
    assert tasks.clear_kept_files() == 0
    [folder] = kept()
    os.utime(folder, (0, 0))
    assert tasks.clear_kept_files() == 1
    assert (kept(), tasks.clear_kept_files()) == ([], 0)


@pytest.mark.parametrize("bound", ["MOST_FORMS", "MOST_BYTES"])
def test_a_full_store_means_no_step_and_no_loss(agencies, client, sent, monkeypatch, bound):
    monkeypatch.setattr(upload_store, bound, 0)
    assert send(client, attachments=[photo()]).status_code == 302
    assert (sent(), Attachment.objects.count()) == (1, 1)


# While writing.


def ask(client, **changes):
    return client.post("/lapor/saran/", {**TEXT, "category": "", "agency": "", **changes})


def test_advice_while_writing_names_the_agency(agencies, client):
    response = ask(client)
    assert f'data-agency="{agencies["perhubungan"].pk}"' in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_with_nothing_to_say_it_says_nothing(agencies, client):
    assert ask(client, subject="Kucing", body="Kucing hilang di rumah").status_code == 204


def test_texts_go_by_post_alone_and_with_the_forms_token(agencies, client):
    assert client.get("/lapor/saran/?body=rahasia").status_code == 405
    assert ask(Client(enforce_csrf_checks=True)).status_code == 403


@pytest.mark.parametrize(
    "nasty",
    [
        {"body": "x" * 200_000},
        {"body": "\x00\ud7ff😀"},
        {"category": "1; DROP", "agency": "²"},
        {"category": "9" * 30, "agency": "-1"},
        {"subject": "<script>alert(1)</script> lampu"},
    ],
)
def test_nasty_input_does_no_harm(agencies, client, nasty):
    response = ask(client, **nasty)
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_one_address_asks_only_so_often(agencies, client, settings, monkeypatch):
    settings.PENGADUAN_SUBMISSIONS_PER_HOUR = 1
    monkeypatch.setattr("pengaduan_app.citizen.views.advice.LOOKS", 2)
    assert [ask(client).status_code for _ in range(3)] == [200, 200, 429]
    assert send(client, advise="").status_code == 302


def test_no_longer_text_is_read_than_the_form_takes(agencies, client, monkeypatch):
    seen = []
    monkeypatch.setattr(advice, "advise", lambda *given: seen.append(given))
    ask(client, subject="s" * 999, body="b" * 9999)
    assert [len(text) for text in seen[0][:2]] == [120, 5000]


def test_asking_counts_apart_from_sending(agencies, client, rf):
    ask(client)
    request = rf.post("/lapor/saran/")
    assert throttle.is_over(request, "advice", 1)
    assert not throttle.is_over(request, "post", 1)
