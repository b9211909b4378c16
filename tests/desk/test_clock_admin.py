"""The administrator's screens for hours, days off and limits: who, what, and what is said."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from pengaduan_app.models import DayOff, OfficeHours, StepLimit
from pengaduan_app.procedure.sop import Role, Step
from pengaduan_app.setup import ensure_roles
from tests.support.calendar_dates import HOURS, wib
from tests.support.clock_forms import day_off, limit, moved, period, said, url
from tests.support.factories import staff
from tests.support.process import open_record

MODELS = ("officehours", "hoursperiod", "dayoff", "steplimit")
OTHERS = ("operator", "official", "head", "editor", "coordinator")
# A Tuesday in the last minutes of the office day.
STARTED = wib("2026-01-06 15:45")


@pytest.fixture
def admin(client, office):
    client.force_login(office.admin)
    return client


@pytest.fixture
def begun(office):
    """A step that began at STARTED on the service clock and is due the next morning."""
    StepLimit.objects.create(
        step=Step.A1, minutes=30, clock=HOURS, valid_from=STARTED - timedelta(days=1)
    )
    with time_machine.travel(STARTED, tick=False):
        return open_record(office.complaint())


# Who.


@pytest.mark.parametrize("model", MODELS)
def test_the_complaint_administrator_opens_them(admin, model):
    assert admin.get(url(model, "list")).status_code == 200
    assert admin.get(url(model, "add")).status_code == 200


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_does(client, office, role, model):
    client.force_login(getattr(office, role))
    before = DayOff.objects.count(), StepLimit.objects.count(), OfficeHours.objects.count()
    for name in ("list", "add"):
        assert client.get(url(model, name)).status_code == 302
        data = {**day_off(), **limit(), "weekday": 5, "opens": "08:00", "closes": "12:00"}
        assert client.post(url(model, name), data).status_code == 302
    first = OfficeHours.objects.first().pk
    assert client.post(url("officehours", "delete", first)).status_code == 302
    assert before == (
        DayOff.objects.count(),
        StepLimit.objects.count(),
        OfficeHours.objects.count(),
    )


def test_setup_gives_the_permissions_again_without_taking_any(office, city):
    ensure_roles(city)
    held = {name for name in office.admin.get_all_permissions() if "pengaduan_app" in name}
    assert {f"pengaduan_app.delete_{model}" for model in MODELS[:3]} <= held
    assert "pengaduan_app.delete_steplimit" not in held


# What follows a change.


def test_a_new_day_off_says_how_many_due_times_it_moved(admin, begun):
    response = admin.post(url("dayoff", "add"), day_off())
    assert response.status_code == 302
    assert moved(1) in said(response)
    begun.refresh_from_db()
    assert begun.due_at == wib("2026-01-08 07:45")
    assert DayOff.objects.get().changed_by_person


def test_switching_it_off_or_deleting_it_moves_them_back(admin, begun):
    admin.post(url("dayoff", "add"), day_off())
    row = DayOff.objects.get()
    response = admin.post(url("dayoff", "edit", row.pk), day_off(active=""))
    assert moved(1) in said(response)
    admin.post(url("dayoff", "edit", row.pk), day_off())
    response = admin.post(url("dayoff", "delete", row.pk))
    assert moved(1) in said(response)
    begun.refresh_from_db()
    assert begun.due_at == wib("2026-01-07 07:45")


def test_deleting_several_at_once_moves_them_too(admin, begun):
    admin.post(url("dayoff", "add"), day_off())
    row = DayOff.objects.get()
    bulk = reverse("wagtail_bulk_action", args=["pengaduan_app", "dayoff", "delete"])
    response = admin.post(f"{bulk}?id={row.pk}")
    assert response.status_code == 302
    assert moved(1) in said(response)


def test_hours_and_periods_move_them(admin, begun):
    wednesday = OfficeHours.objects.get(weekday=2)
    data = {"weekday": 2, "opens": "09:00", "closes": "16:00"}
    response = admin.post(url("officehours", "edit", wednesday.pk), data)
    assert moved(1) in said(response)
    dates = {"first_day": "2026-01-07", "last_day": "2026-01-09"}
    response = admin.post(url("hoursperiod", "add"), period(0, 1, 2, **dates))
    assert moved(1) in said(response)
    begun.refresh_from_db()
    assert begun.due_at == wib("2026-01-07 08:15")


def test_a_change_that_moves_nothing_says_so(admin):
    with translation.override("id"):
        expected = gettext("No due time of an open step changed.")
    assert expected in said(admin.post(url("dayoff", "add"), day_off()))


def test_an_agency_around_the_clock_moves_them_and_other_edits_are_quiet(admin, begun):
    agency = begun.agency
    # Without one, each saving of the agency says so.
    staff(Role.OPERATOR, agency)
    data = {"name": agency.name, "short_name": "RS", "slug": agency.slug, "remit": agency.remit}
    response = admin.post(url("agency", "edit", agency.pk), {**data, "active": "on"})
    assert len(said(response)) == 1
    data |= {"active": "on", "around_the_clock": "on"}
    response = admin.post(url("agency", "edit", agency.pk), data)
    assert moved(1) in said(response)
    begun.refresh_from_db()
    assert begun.due_at == wib("2026-01-06 16:15")


def test_closing_the_last_day_warns_that_the_office_never_opens(admin):
    last = OfficeHours.objects.get(weekday=0)
    OfficeHours.objects.exclude(pk=last.pk).delete()
    response = admin.post(url("officehours", "delete", last.pk))
    assert any(message.level_tag == "warning" for message in get_messages(response.wsgi_request))
