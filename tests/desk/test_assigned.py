"""Whose the open step is, on the desk's screens."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from pengaduan_app import actions
from pengaduan_app.models import Absence, StepRecord
from pengaduan_app.procedure.sop import Role, State
from tests.support.factories import staff
from tests.support.process import open_record, page_of

STOCK = (State.VERIFIED, State.ENTRY)
HOME = "/admin/"


def browser_of(person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def page(person, complaint, action: str = "") -> str:
    address = f"/admin/complaints/{complaint.pk}/" + (f"{action}/" if action else "")
    return browser_of(person).get(address).content.decode()


def away(person, deputy) -> None:
    today = timezone.localdate()
    Absence.objects.create(person=person, deputy=deputy, first_day=today, last_day=today)


def buttons(html: str) -> set[str]:
    return set(re.findall(r"/(take|give|release)/\"", html))


def test_the_page_offers_what_can_be_done_and_no_more(office):
    complaint = office.complaint(to=State.VERIFIED)
    assert buttons(page(office.operator, complaint)) == {"take", "give"}
    assert buttons(page(office.head, complaint)) == {"give"}
    assert buttons(page(office.coordinator, complaint)) == set()
    actions.take(complaint.pk, office.operator)
    assert buttons(page(office.operator, complaint)) == {"give", "release"}
    shown = page(office.coordinator, complaint)
    assert office.operator.get_full_name() in shown and buttons(shown) == set()


def test_a_complaint_that_is_over_is_nobodys(office):
    complaint = office.complaint(to=State.PUBLISHED)
    shown = page(office.operator, complaint)
    assert "pgd-assigned" not in shown and not buttons(shown)


def test_the_button_takes_the_step_at_once_unless_the_page_is_old(office):
    complaint = office.complaint(to=State.RECEIVED)
    shown = page(office.operator, complaint)
    (seen,) = re.findall(r'name="seen" value="(\d+)"', shown)
    take = f"/admin/complaints/{complaint.pk}/take/"
    actions.verify(complaint.pk, office.operator)
    assert browser_of(office.operator).post(take, {"seen": seen}).status_code == 409
    assert browser_of(office.operator).post(take).status_code == 302
    complaint.refresh_from_db()
    assert complaint.holder == office.operator


def test_who_has_the_step_is_said_before_a_colleague_does_it(office):
    colleague, complaint = staff(Role.OPERATOR, office.agency), office.complaint(to=State.VERIFIED)
    actions.take(complaint.pk, colleague)
    said = escape(f"Langkah ini dipegang {colleague.get_full_name()}")
    assert said in page(office.operator, complaint, "forward")
    assert said not in page(office.operator, complaint, "classify"), "It ends no step."
    assert said not in page(colleague, complaint, "forward")
    away(colleague, office.operator)
    assert said not in page(office.operator, complaint, "forward"), "The deputy knows."
    assert f"digantikan {office.operator.get_full_name()}" in page(office.head, complaint)


def test_it_is_said_in_the_editor_too(office):
    colleague, complaint = staff(Role.OPERATOR, office.agency), office.complaint(to=State.ENTRY)
    actions.take(complaint.pk, colleague)
    said = escape(f"Langkah ini dipegang {colleague.get_full_name()}")
    address = reverse("wagtailadmin_pages:edit", args=[page_of(complaint).pk])
    assert said in browser_of(office.operator).get(address).content.decode()
    assert said not in browser_of(colleague).get(address).content.decode()
    assert said not in browser_of(office.editor).get(address).content.decode()


def test_who_is_on_leave_is_named_so_where_a_step_is_given(office):
    colleague, complaint = staff(Role.OPERATOR, office.agency), office.complaint(to=State.VERIFIED)
    away(colleague, office.operator)
    shown = page(office.operator, complaint, "give")
    assert f"{colleague.get_full_name()} (cuti sampai" in shown


def in_order(browser, *complaints) -> list:
    html = browser.get(HOME).content.decode()
    return sorted(complaints, key=lambda complaint: html.index(complaint.ticket))


def test_ones_own_steps_come_first_and_a_colleagues_carry_the_name(office):
    colleague = staff(Role.OPERATOR, office.agency)
    first, second, third = (office.complaint(to=State.VERIFIED, place="") for _number in range(3))
    actions.give(second.pk, office.head, colleague)
    actions.take(third.pk, office.operator)
    browser = browser_of(office.operator)
    assert in_order(browser, first, second, third) == [third, first, second]
    html = browser.get(HOME).content.decode()
    assert "Anda yang memegang" in html
    assert f"Dipegang {colleague.get_full_name()}" in html
    away(colleague, office.operator)
    assert in_order(browser, first, second, third) == [second, third, first]
    assert f"sebagai pengganti {colleague.get_full_name()}" in browser.get(HOME).content.decode()


def test_the_reminder_step_beside_it_is_not_said_to_be_the_operators(office):
    complaint = office.complaint(to=State.VERIFIED)
    actions.take(complaint.pk, office.operator)
    StepRecord.objects.create(
        complaint=complaint,
        step="C1",
        agency=office.agency,
        started_at=timezone.now(),
        due_at=timezone.now() + timedelta(hours=2),
        limit_minutes=120,
    )
    html = browser_of(office.coordinator).get(HOME).content.decode()
    assert complaint.ticket in html
    assert f"Dipegang {office.operator.get_full_name()}" not in html


@pytest.mark.parametrize("address", [HOME, "/admin/complaints/", "/admin/complaints/?assigned=me"])
def test_more_assigned_steps_ask_no_more_queries(office, address):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        return len(asked)

    browser, people = browser_of(office.operator), [staff(Role.OPERATOR, office.agency)]
    actions.give(office.complaint(to=State.RECEIVED).pk, office.head, people[0])
    actions.take(office.complaint(to=State.VERIFIED).pk, office.operator)
    browser.get(address)
    few = queries()
    for _number in range(4):
        people.append(staff(Role.OPERATOR, office.agency))
        actions.give(office.complaint(to=State.RECEIVED).pk, office.head, people[-1])
        away(people[-1], office.operator)
    assert queries() == few


def test_the_list_finds_what_is_mine_what_i_stand_in_for_and_what_is_nobodys(office):
    colleague = staff(Role.OFFICIAL, office.agency)
    mine, nobodys = office.complaint(to=State.VERIFIED), office.complaint(to=State.RECEIVED)
    study, taken = office.complaint(to=State.STUDY), office.complaint(to=State.ENTRY)
    over = office.complaint(to=State.PUBLISHED)
    everything = (mine, nobodys, study, taken, over)
    actions.take(mine.pk, office.operator)
    actions.give(taken.pk, office.head, staff(Role.OPERATOR, office.agency))

    def found(person, value: str) -> list:
        html = browser_of(person).get(f"/admin/complaints/?assigned={value}").content.decode()
        return [complaint for complaint in everything if complaint.ticket in html]

    assert found(office.operator, "me") == [mine]
    assert found(office.operator, "nobody") == [nobodys]
    assert found(office.official, "me") == [study]
    assert found(colleague, "me") == []
    away(office.official, colleague)
    assert found(colleague, "me") == [study]
    actions.release(study.pk, office.head)
    assert found(office.operator, "nobody") == [nobodys, study]


def test_the_ledger_and_its_register_say_whose_it_was_beside_who_did_it(office):
    colleague, complaint = staff(Role.OPERATOR, office.agency), office.complaint(to=State.VERIFIED)
    actions.give(complaint.pk, office.head, colleague)
    row = open_record(complaint).pk
    register = f"/admin/registers/steps/inspect/{row}/"
    browser, name = browser_of(office.coordinator), colleague.get_full_name()
    assert name in browser.get(register).content.decode()
    actions.forward(complaint.pk, office.operator, office.official)
    assert name in browser.get(register).content.decode()
    assert f"dipegang {name}" in page(office.coordinator, complaint)
    exported = browser.get("/admin/registers/steps/?export=csv").getvalue().decode()
    assert name in exported
