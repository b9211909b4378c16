"""What a new site begins with, and what setting it up again leaves alone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group

from home.setup import setup_site
from pengaduan_app.models import StepLimit
from tests.support.city import plant_roots
from tests.support.factories import UserFactory

WAGTAILS = {"Moderators", "Editors"}


def groups_of_wagtail() -> set[str]:
    return set(Group.objects.filter(name__in=WAGTAILS).values_list("name", flat=True))


@pytest.fixture(autouse=True)
def _as_migrated(db):
    """What Wagtail's migrations leave, also after a test that emptied the database."""
    plant_roots()
    for name in WAGTAILS:
        Group.objects.get_or_create(name=name)


def test_a_new_site_has_no_groups_that_nobody_needs_and_keeps_those_in_use():
    UserFactory().groups.add(Group.objects.get(name="Editors"))
    setup_site("localhost", 8000)
    assert groups_of_wagtail() == {"Editors"}


def test_setting_up_again_removes_no_group_and_adds_no_limit():
    setup_site("localhost", 8000)
    Group.objects.create(name="Moderators")
    limits = StepLimit.objects.count()
    setup_site("localhost", 8000)
    assert groups_of_wagtail() == {"Moderators"}
    assert StepLimit.objects.count() == limits


def test_the_limits_hold_from_midnight_of_the_day_on_which_the_sop_is_in_force():
    setup_site("localhost", 8000)
    midnight = datetime(2016, 2, 25, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert set(StepLimit.objects.values_list("valid_from", flat=True)) == {midnight}
    assert str(StepLimit.objects.get(step="A1")) == "A1: 30 menit"


def test_an_agency_without_an_operator_is_seen_in_the_list(office, other_office, client):
    office.operator  # noqa: B018  one agency has one
    client.force_login(office.admin)
    text = client.get("/admin/snippets/pengaduan_app/agency/").content.decode()
    rows = {
        agency.name: text.split(agency.name, 1)[1].split("</tr>", 1)[0]
        for agency in (office.agency, other_office.agency)
    }
    assert "ya" in rows[office.agency.name]
    assert "tidak" in rows[other_office.agency.name]


def test_the_list_of_complaints_names_steps_by_their_code(office, client):
    client.force_login(office.operator)
    text = client.get("/admin/complaints/").content.decode()
    assert "A1 · Memverifikasi pengaduan" in text
