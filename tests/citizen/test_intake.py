"""`/lapor/`: one form makes one complaint, whole or not at all, whatever is typed."""

import re
import uuid
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from pengaduan_app import actions
from pengaduan_app.actions import ledger
from pengaduan_app.models import Complaint, OutboxMessage, Reporter
from pengaduan_app.privacy import attachments
from pengaduan_app.procedure.sop import Channel, Privacy, State
from tests.support.citizen import code_of
from tests.support.factories import (
    REPORTER,
    AgencyFactory,
    CategoryFactory,
    VillageFactory,
    citizen_form,
)
from tests.support.process import page_of

FIELDS_OF_TEXT = ["subject", "body", "place", "address"]


def send(client, **changes):
    return client.post("/lapor/", citizen_form(**changes))


def only_complaint() -> Complaint:
    return Complaint.objects.get()


# The usual way.


def test_a_citizen_sends_a_complaint_and_gets_number_and_code(city, client):
    agency, category, village = AgencyFactory(), CategoryFactory(), VillageFactory()
    page = client.get("/lapor/")
    key = re.search(r'name="key" value="([^"]+)"', page.content.decode()).group(1)
    response = send(client, key=key, agency=agency.pk, category=category.pk, village=village.pk)
    assert (response.status_code, response["Location"]) == (302, "/lapor/terima/")
    complaint = only_complaint()
    assert (complaint.agency, complaint.category, complaint.village) == (agency, category, village)
    assert (complaint.state, complaint.channel) == (State.RECEIVED, Channel.WEB)
    assert complaint.privacy == Privacy.OPEN
    receipt = client.get("/lapor/terima/")
    assert complaint.ticket in receipt.content.decode()
    assert actions.find(complaint.ticket, receipt.context["code"]) == complaint
    assert receipt.context["code"] in receipt.content.decode()
    assert "no-store" in receipt["Cache-Control"]


def test_who_sent_it_goes_to_the_vault(city, client):
    send(client)
    reporter = only_complaint().reporter
    assert (reporter.name, reporter.phone, reporter.email, reporter.address) == (
        REPORTER.name,
        REPORTER.phone,
        REPORTER.email,
        REPORTER.address,
    )
    assert reporter.consent_at is not None


def test_the_code_itself_is_not_stored(city, client):
    send(client)
    complaint = only_complaint()
    assert client.get("/lapor/terima/").context["code"] not in complaint.code_hash


def test_without_an_agency_the_administrator_chooses_one(city, client):
    send(client, agency="")
    assert (only_complaint().state, only_complaint().agency) == (State.ROUTING, None)


def test_the_citizen_alone_decides_that_it_is_confidential(city, client):
    send(client, confidential="on")
    assert only_complaint().is_confidential


@pytest.mark.parametrize("left_out", ["phone", "email"])
def test_one_way_to_answer_is_enough(city, client, left_out):
    assert send(client, **{left_out: ""}).status_code == 302


# Sent twice.


def test_the_same_form_sent_again_shows_the_same_receipt(city, client):
    key = str(uuid.uuid4())
    receipts = []
    for _time in range(3):
        send(client, key=key)
        receipts.append(client.get("/lapor/terima/").context["code"])
    assert Complaint.objects.count() == Reporter.objects.count() == 1
    assert len(set(receipts)) == 1
    assert OutboxMessage.objects.filter(recipient=None).count() == 1


@pytest.mark.parametrize("key", [None, "", "not-a-uuid"])
def test_a_form_that_lost_its_key_is_known_by_its_words(city, client, key):
    for _time in range(2):
        assert send(client, key=key).status_code == 302
    send(client, key=key, body="Ini laporan yang lain sama sekali, tentang sampah.")
    assert Complaint.objects.count() == 2


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_complaint(city):
    data, start, codes = citizen_form(), Barrier(4), []
    browser = Client()
    browser.get("/lapor/")

    def click():
        client = Client()
        client.cookies.load(browser.cookies)
        start.wait()
        try:
            client.post("/lapor/", data)
            codes.append(client.get("/lapor/terima/").context["code"])
        finally:
            connection.close()

    clicks = [Thread(target=click) for _number in range(4)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert len(codes) == 4
    assert actions.find(only_complaint().ticket, *set(codes)) == only_complaint()
    assert only_complaint().steps.count() == Reporter.objects.count() == 1


# Bad input: a sentence beside the field, and nothing typed is lost.


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "praise"),
        ("kind", ""),
        ("subject", ""),
        ("subject", "Hm"),
        ("subject", "a" * 121),
        ("body", ""),
        ("body", "pendek"),
        ("body", "x" * 100_000),
        ("body", "\x00" * 50),
        ("name", ""),
        ("name", " \t "),
        ("email", "bukan-surel"),
        ("email", "a@b.example\nBcc: c@d.example"),
        ("phone", "0812"),
        ("phone", "tidak ada"),
        ("consent", None),
        ("agency", "999999"),
        ("agency", "1\x00"),
        ("agency", "1; DROP TABLE"),
        ("category", "-1"),
        ("village", "x"),
    ],
)
def test_a_mistake_is_named_beside_its_field_and_the_text_is_kept(city, client, field, value):
    typed = citizen_form(place="Dekat pohon beringin besar", **{field: value})
    response = client.post("/lapor/", typed)
    assert response.status_code == 400
    assert list(response.context["form"].errors) == [field]
    html = response.content.decode()
    assert "errorlist" in html
    assert "Dekat pohon beringin besar" in html
    assert not Complaint.objects.exists()


def test_with_neither_telephone_nor_email_nobody_could_answer(city, client):
    response = send(client, phone="", email="")
    assert response.status_code == 400
    assert "phone" in response.context["form"].errors


def test_an_agency_that_takes_no_complaints_is_not_offered(city, client):
    closed = AgencyFactory(active=False)
    assert send(client, agency=closed.pk).status_code == 400
    assert closed.name not in client.get("/lapor/").content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Lampu padam 😀🚧 sejak Senin malam", "Lampu padam 😀🚧 sejak Senin malam"),
        ("مصباح الشارع معطل منذ ثلاثة أيام", "مصباح الشارع معطل منذ ثلاثة أيام"),
        ("Lampu\x00 padam\x07 sejak\x1b Senin", "Lampu padam sejak Senin"),
        ("Lampu padam \u202emalam iraH", "Lampu padam \u202emalam iraH"),
        ("Cafe\u0301 di sudut jalan itu gelap", "Café di sudut jalan itu gelap"),
        ("'; DROP TABLE pengaduan; --", "'; DROP TABLE pengaduan; --"),
        ("{{ settings.SECRET_KEY }} %s %(x)s", "{{ settings.SECRET_KEY }} %s %(x)s"),
    ],
)
def test_odd_signs_are_kept_as_text_and_carried_to_the_website(office, client, typed, kept):
    send(client, agency=office.agency.pk, subject=typed, body=typed)
    complaint = only_complaint()
    assert (complaint.subject, complaint.body) == (kept, kept)
    office.advance(complaint, State.PUBLISHED)
    assert client.get(page_of(complaint).get_url()).status_code == 200


def test_markup_in_any_field_is_text_everywhere(office, client):
    script = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    texts = dict.fromkeys(FIELDS_OF_TEXT, script)
    send(client, agency=office.agency.pk, name="<b>Wulan</b>", **texts)
    complaint = only_complaint()
    assert complaint.subject == complaint.body == complaint.place == script
    code = code_of(complaint)
    pages = [client.post("/lacak/", {"ticket": complaint.ticket, "code": code}, follow=True)]
    office.advance(complaint, State.PUBLISHED)
    pages += [client.get(url) for url in (page_of(complaint).get_url(), "/pengaduan/", "/")]
    client.force_login(office.operator)
    pages.append(client.get(f"/admin/complaints/{complaint.pk}/"))
    pages.append(client.get(f"/admin/complaints/{complaint.pk}/print/"))
    reveal = {"reason": "Menanyakan lokasi."}
    pages.append(client.post(f"/admin/complaints/{complaint.pk}/reveal/", reveal))
    assert "&lt;b&gt;Wulan" in pages[-1].content.decode()
    for page in pages:
        assert page.status_code == 200
        html = page.content.decode()
        assert "<script>alert(1)" not in html
        assert "<img src=x" not in html
    assert all("&lt;script&gt;alert(1)" in page.content.decode() for page in pages[:2])


def test_a_rejected_form_shows_markup_as_text(city, client):
    response = send(client, name="", subject='"><script>alert(1)</script>')
    assert "<script>alert(1)" not in response.content.decode()


# Machines.


def test_a_form_from_elsewhere_is_refused(city):
    client = Client(enforce_csrf_checks=True)
    assert send(client).status_code == 403
    assert client.post("/lacak/", {"ticket": "x", "code": "y"}).status_code == 403
    assert not Complaint.objects.exists()


def test_the_form_carries_the_token_that_lets_it_in(city):
    client = Client(enforce_csrf_checks=True)
    html = client.get("/lapor/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html).group(1)
    assert send(client, csrfmiddlewaretoken=token).status_code == 302


def test_who_fills_the_invisible_field_is_a_machine(city, client):
    assert send(client, website="http://spam.example").status_code == 400
    assert not Complaint.objects.exists()


def test_one_address_sends_no_more_than_the_limit_in_an_hour(city, client, settings):
    settings.PENGADUAN_SUBMISSIONS_PER_HOUR = 2
    # Without a trusted proxy that header is the visitor's own invention.
    codes = [
        client.post("/lapor/", citizen_form(), headers={"x-forwarded-for": f"10.0.0.{n}"})
        for n in range(3)
    ]
    assert [response.status_code for response in codes] == [302, 302, 429]
    assert REPORTER.name in codes[2].content.decode()
    elsewhere = client.post("/lapor/", citizen_form(), REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 302


# All or nothing.


@pytest.mark.parametrize(("module", "name"), [(ledger, "open_step"), (Reporter, "save")])
def test_when_something_fails_midway_nothing_is_left(city, settings, monkeypatch, module, name):
    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(module, name, fail)
    cleaned = attachments.CleanFile(b"%PDF-1.4 %%EOF", "application/pdf", "pdf")
    monkeypatch.setattr(attachments, "clean", lambda _upload, _until: cleaned)
    client = Client(raise_request_exception=False)
    with open(__file__, "rb") as upload:
        assert send(client, attachments=upload).status_code == 500
    assert not Complaint.objects.exists()
    assert not Reporter.objects.exists()
    assert not OutboxMessage.objects.exists()
    assert stored_files(settings) == []


def stored_files(settings) -> list[str]:
    return [str(path) for path in Path(settings.PENGADUAN_PRIVATE_ROOT).rglob("*.*")]
