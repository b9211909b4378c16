"""The coordinator's remind button (SOP C1), from the home's panel to the register."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from pengaduan_app.models import OutboxMessage, Reminder
from pengaduan_app.procedure.sop import Step
from tests.support.process import open_record

from .conftest import DESKTOP, PHONE
from .pages import Desk, fits

MESSAGE = "Mohon pengaduan ini segera diverifikasi."


@pytest.fixture
def overdue(office):
    """A complaint that its operator has left for three hours, and no cluster has noticed."""
    with time_machine.travel(timezone.now() - timedelta(hours=3), tick=False):
        return office.complaint()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_an_overdue_complaint_is_reminded_of_with_a_message(
    office, overdue, sit_down, picture, viewport
):
    desk, size = sit_down(office.coordinator, viewport), viewport["width"]
    desk.page.goto("/admin/")
    panel = desk.page.locator("#overdue-by-agency-section")
    expect(panel).to_contain_text(overdue.ticket)
    picture(desk.page, f"60-terlambat-{size}")
    panel.get_by_role("link", name=f"Ingatkan perangkat daerah tentang {overdue.ticket}").click()
    expect(desk.page.locator(".pgd-lead")).to_contain_text(overdue.ticket)
    assert fits(desk.page)
    desk.page.locator("#id_message").fill(MESSAGE)
    picture(desk.page, f"61-ingatkan-{size}")
    desk.confirm()
    expect(desk.messages).to_contain_text(overdue.ticket)
    picture(desk.page, f"62-sudah-diingatkan-{size}")
    assert_reminded(office, overdue)
    in_the_register(desk, overdue, picture, size)


def assert_reminded(office, complaint) -> None:
    reminder = Reminder.objects.get(kind="manual")
    assert (reminder.step, reminder.by) == (open_record(complaint), office.coordinator)
    assert reminder.message == MESSAGE
    told = OutboxMessage.objects.filter(reminders=reminder).values_list("recipient", flat=True)
    assert set(told) == {office.operator.pk, office.head.pk}
    c1 = complaint.steps.get(step=Step.C1)
    assert (c1.outcome, c1.finished_by, c1.note) == ("reminded", office.coordinator, MESSAGE)


def in_the_register(desk: Desk, complaint, picture, size: int) -> None:
    """The coordinator finds it again by its ticket."""
    desk.page.goto("/admin/registers/reminders/")
    search = desk.page.locator("#register-q")
    search.fill(complaint.ticket)
    search.press("Enter")
    # Above the automatic ones, for which it spoke.
    newest = desk.page.locator("tbody tr").first
    expect(newest).to_contain_text("Pengingat dari koordinator")
    expect(newest).to_contain_text(complaint.ticket)
    picture(desk.page, f"63-register-{size}")
    assert fits(desk.page)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_what_the_coordinator_wrote_is_kept_when_it_holds_personal_data(
    office, overdue, sit_down, picture, viewport
):
    desk = sit_down(office.coordinator, viewport)
    desk.page.goto(f"/admin/complaints/{overdue.pk}/remind/")
    desk.page.locator("#id_message").fill("Hubungi 081299990001 segera.")
    desk.confirm()
    expect(desk.page.locator("#id_message")).to_have_value("Hubungi 081299990001 segera.")
    picture(desk.page, f"64-data-pribadi-{viewport['width']}")
    assert not Reminder.objects.filter(kind="manual").exists()
