"""What reporter and agency say to each other stays between them: the leak test."""

from __future__ import annotations

import json
import logging
import re
import uuid

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry, Revision
from wagtail.search.models import IndexEntry

from pengaduan_app import actions, tasks
from pengaduan_app.models import OutboxMessage
from pengaduan_app.procedure.sop import Role, State
from tests.citizen.test_tracking import FILE
from tests.support.citizen import Citizen
from tests.support.factories import REPORTER
from tests.support.process import page_of

WORD = "rahasiaobrolan"
STRANGERS_SEE = [
    "/",
    "/pengaduan/",
    "/pengaduan/?page=1",
    f"/cari/?q={WORD}",
    "/cari/?q=lampu",
    "/api/v2/complaints/",
    "/api/v2/complaints/?fields=*",
    "/api/v2/pages/?fields=*&limit=50",
    "/api/v2/documents/",
    "/api/v2/images/",
    "/lacak/",
]


@pytest.fixture
def talk(office, caplog):
    """One of every entry, about a complaint that is published, reopened, and published again;
    and a withdrawn one. Everything was sent, and everything was logged."""
    caplog.set_level(logging.DEBUG)
    complaint = office.complaint(to=State.STUDY)
    pk = complaint.pk
    actions.inform(pk, uuid.uuid4(), f"{WORD} satu", [FILE])
    actions.ask(pk, office.official, f"{WORD} dua?")
    actions.reply(pk, uuid.uuid4(), f"{WORD} tiga", [FILE])
    office.advance(complaint, State.PUBLISHED)
    actions.rate(pk, uuid.uuid4(), 2, f"{WORD} empat")
    actions.reopen(pk, uuid.uuid4(), f"{WORD} lima")
    complaint.refresh_from_db()
    office.advance(complaint, State.PUBLISHED)
    withdrawn = office.complaint(to=State.STUDY)
    actions.retract(withdrawn.pk, uuid.uuid4(), f"{WORD} enam")
    tasks.deliver_outbox()
    return complaint


def test_the_talk_is_read_by_its_two_sides(talk, office, client):
    assert Citizen(client, talk).look().count(WORD) == 5
    browser = Client()
    browser.force_login(office.head)
    assert browser.get(f"/admin/complaints/{talk.pk}/").content.decode().count(WORD) == 5


def test_a_stranger_finds_none_of_it(talk, client):
    page = page_of(talk)
    addresses = [*STRANGERS_SEE, page.get_url(), f"/api/v2/complaints/{page.pk}/?fields=*"]
    shown = {address: client.get(address).content.decode() for address in addresses}
    # A search page repeats the word that it was asked for, and nothing of what follows it.
    said = re.compile(rf"{WORD} (?:satu|dua|tiga|empat|lima|enam)")
    assert [a for a, text in shown.items() if said.search(text)] == []
    for attachment in talk.attachments.all():
        assert client.get(f"/lacak/lampiran/{attachment.pk}/").status_code == 404


def test_no_mail_names_more_than_the_ticket(talk):
    kinds = set(OutboxMessage.objects.values_list("kind", flat=True))
    assert kinds >= {"question", "follow_up", "reopened", "retracted", "answered"}
    assert not OutboxMessage.objects.filter(sent_at=None).exists()
    texts = [message.subject + message.body for message in mail.outbox]
    assert [text for text in texts if WORD in text or REPORTER.name in text] == []
    questions = [m for m in mail.outbox if m.to == [REPORTER.email] and "/lacak/" in m.body]
    assert questions


def test_no_log_history_or_index_holds_it(talk, caplog):
    kept = [record.getMessage() for record in caplog.records]
    for model in (ModelLogEntry, PageLogEntry):
        kept += [json.dumps(entry.data) + entry.label for entry in model.objects.all()]
    kept += [json.dumps(revision.content) for revision in Revision.objects.all()]
    kept += [str(row) for row in IndexEntry.objects.values_list("title", "body", "autocomplete")]
    assert [text for text in kept if WORD in text] == []


def test_no_export_of_the_listing_holds_it(talk, office):
    browser = Client()
    browser.force_login(office.coordinator)
    for kind in ("csv", "xlsx"):
        response = browser.get(f"/admin/complaints/?export={kind}")
        content = b"".join(response) if response.streaming else response.content
        assert WORD.encode() not in content
    assert WORD not in browser.get(f"/admin/complaints/{talk.pk}/print/").content.decode()


def test_another_agency_finds_none_of_it(talk, other_office):
    for role in (Role.OPERATOR, Role.OFFICIAL, Role.HEAD):
        browser = Client()
        browser.force_login(other_office.person(role))
        assert browser.get(f"/admin/complaints/{talk.pk}/").status_code == 404
        assert browser.get(f"/admin/complaints/{talk.pk}/ask/").status_code == 404
        attachment = talk.attachments.first()
        address = f"/admin/complaints/{talk.pk}/attachments/{attachment.pk}/"
        assert browser.get(address).status_code == 404


def test_the_rating_has_no_name_and_the_entry_prints_no_text(talk):
    assert [str(entry) for entry in talk.thread.all() if WORD in str(entry)] == []
    assert {entry.author for entry in talk.thread.filter(kind="rating")} == {None}


NOTES = ["verify", "misrouted", "reveal", "ask"]


@pytest.mark.parametrize("action", NOTES)
def test_the_reporters_name_stays_out_of_notes(office, action):
    state = State.RECEIVED if action == "verify" else State.VERIFIED
    complaint = office.complaint(to=state)
    browser = Client()
    browser.force_login(office.operator)
    named = dict.fromkeys(("note", "reason", "question"), f"Menurut {REPORTER.name} begitu.")
    response = browser.post(f"/admin/complaints/{complaint.pk}/{action}/", named)
    refused = response.status_code == 400
    may = not (action == "reveal" and response.status_code == 403)
    assert refused or not may
    complaint.refresh_from_db()
    assert complaint.state == state


def test_the_reporters_name_stays_out_of_the_comments_of_tasks(office):
    complaint = office.complaint(to=State.DECISION)
    task_state = page_of(complaint).current_workflow_task_state
    browser = Client()
    browser.force_login(office.head)
    arguments = (page_of(complaint).pk, "send_back", task_state.pk)
    address = reverse("wagtailadmin_pages:workflow_action", args=arguments)
    browser.post(address, {"note": f"Tanya {REPORTER.name} dulu."})
    complaint.refresh_from_db()
    assert complaint.state == State.DECISION
    browser.post(address, {"note": "Tanya pelapor dulu."})
    complaint.refresh_from_db()
    assert complaint.state == State.STUDY
