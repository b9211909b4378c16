"""A reopened complaint, seen by staff: who hears of it, who sees it, who doesn't."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from pengaduan_app import actions
from pengaduan_app.actions import NotNow
from pengaduan_app.models import OutboxMessage
from pengaduan_app.procedure.sop import State
from tests.actions.test_reopening import NEW, reopened
from tests.support.factories import REPORTER
from tests.support.process import page_of, write_answer

STOCK = (State.PUBLISHED,)


def test_the_coordinator_and_the_official_are_told(office):
    complaint = office.complaint(to=State.PUBLISHED)
    _ = office.coordinator
    OutboxMessage.objects.all().delete()
    actions.reopen(complaint.pk, uuid.uuid4(), "Lampunya padam lagi.")
    told = OutboxMessage.objects.values_list("kind", "recipient")
    assert set(told) == {("reopened", office.coordinator.pk), ("step", office.official.pk)}


def test_an_official_who_has_left_does_not_get_it_back(office):
    complaint = office.complaint(to=State.PUBLISHED)
    office.official.groups.clear()
    actions.reopen(complaint.pk, uuid.uuid4(), "Lampunya padam lagi.")
    complaint.refresh_from_db()
    assert complaint.official is None


def test_listing_and_desk_mark_it(office):
    complaint, other = office.reopened(), office.complaint()
    browser = Client()
    browser.force_login(office.coordinator)
    assert browser.get("/admin/complaints/").content.decode().count("pgd-mark") == 1
    for one, marks in ((complaint, 1), (other, 0)):
        html = browser.get(f"/admin/complaints/{one.pk}/").content.decode()
        assert html.count("pgd-mark") == marks
    assert (
        "Lampunya padam lagi." in browser.get(f"/admin/complaints/{complaint.pk}/").content.decode()
    )


def test_another_agency_sees_neither_draft_nor_thread(office, other_office):
    complaint = reopened(office, State.EDITING)
    page = page_of(complaint)
    browser = Client(raise_request_exception=False)
    browser.force_login(other_office.official)
    assert browser.get(f"/admin/complaints/{complaint.pk}/").status_code == 404
    for address in (
        f"/admin/pages/{page.pk}/edit/",
        f"/admin/pages/{page.pk}/history/",
        f"/admin/pages/{page.pk}/view_draft/",
        f"/admin/pages/{page.get_parent().pk}/",
        "/admin/pages/search/?q=Judul",
        f"/admin/choose-page/{page.get_parent().pk}/",
        f"/admin/api/main/pages/{page.pk}/",
    ):
        assert NEW not in browser.get(address, follow=True).content.decode(), address


def test_personal_data_keep_a_second_answer_from_the_website_too(office):
    complaint = reopened(office, State.EDITING)
    write_answer(complaint, office.editor, f"<p>{NEW} {REPORTER.phone}</p>")
    with pytest.raises(NotNow):
        actions.approve(complaint.pk, office.editor)
