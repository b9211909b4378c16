"""Advice before sending as a citizen meets it: while writing, and as a step without scripts."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from pengaduan_app.models import Attachment, Complaint
from tests.support.ended import small_city

from .conftest import PHONE
from .pages import CitizenForm, fits

WORDS = {
    "subject": "Lampu penerangan padam",
    "body": "Lampu di gang padam dan parkir motor semrawut.",
    "name": "Wulan Misalnya Sari",
    "phone": "081299990001",
}


@pytest.fixture
def agency(office):
    return small_city()["perhubungan"]


def photo() -> dict:
    content = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(content, "JPEG")
    return {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def test_while_writing_the_agency_is_chosen_with_one_press(agency, open_page, picture):
    page = open_page(PHONE)
    form = CitizenForm(page)
    form.fill(**WORDS)
    region = page.locator("[aria-live=polite]")
    expect(region).to_contain_text(agency.name)
    picture(page, "saran-saat-menulis")
    assert fits(page)
    region.locator("[data-agency]").click()
    expect(page.locator("#id_agency")).to_have_value(str(agency.pk))
    expect(page.locator("#id_agency")).to_be_focused()
    expect(region).to_be_empty()
    ticket, _code = form.send()
    assert Complaint.objects.get(ticket=ticket).agency == agency


def test_who_reads_the_advice_while_writing_meets_no_step(agency, open_page):
    page = open_page(PHONE)
    form = CitizenForm(page)
    form.fill(**WORDS)
    expect(page.locator("[data-agency]")).to_be_visible()
    ticket, _code = form.send()
    assert Complaint.objects.get(ticket=ticket).agency is None


def test_where_asking_fails_the_step_comes_instead(agency, open_page):
    page = open_page(PHONE)
    page.route("**/lapor/saran/", lambda route: route.abort())
    CitizenForm(page).fill(**WORDS)
    expect(page.locator("input[name=advise]")).to_have_value("1")
    page.locator("form.form button[type=submit]").click()
    expect(page.locator("form.before-sending")).to_be_visible()


def test_without_scripts_a_step_keeps_everything(agency, open_page, picture):
    page = open_page(PHONE, java_script_enabled=False)
    form = CitizenForm(page)
    form.fill(**WORDS, photo=photo())
    page.locator("form.form button[type=submit]").click()
    expect(page.locator("form.before-sending")).to_be_visible()
    picture(page, "sebelum-dikirim")
    assert fits(page)
    page.locator("button[name=edit]").click()
    expect(page.locator("#id_body")).to_have_value(WORDS["body"])
    page.locator("#id_agency").select_option(str(agency.pk))
    ticket, _code = form.send()
    complaint = Complaint.objects.get(ticket=ticket)
    assert complaint.agency == agency
    assert Attachment.objects.filter(complaint=complaint).count() == 1


def test_without_scripts_the_suggested_agency_can_be_taken(agency, open_page):
    page = open_page(PHONE, java_script_enabled=False)
    form = CitizenForm(page)
    form.fill(**WORDS)
    page.locator("form.form button[type=submit]").click()
    page.get_by_label(agency.name).check()
    page.locator("form.before-sending button").first.click()
    shown = page.locator("dl.ticket dd")
    expect(shown).to_have_count(2)
    ticket = shown.first.inner_text().strip()
    assert Complaint.objects.get(ticket=ticket).agency == agency
