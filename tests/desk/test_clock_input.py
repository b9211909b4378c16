"""What the administrator's screens of the clock take and refuse."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from pengaduan_app.models import DayOff, HoursPeriod, OfficeHours, StepLimit
from pengaduan_app.procedure.sop import Step
from tests.support.calendar_dates import HOURS, RAMADAN
from tests.support.clock_forms import day_off, limit, period, url
from tests.support.factories import UserFactory


@pytest.fixture
def admin(client, office):
    client.force_login(office.admin)
    return client


# Time limits.


def test_a_limit_begins_now_when_nothing_is_said(admin):
    before = timezone.now()
    assert admin.post(url("steplimit", "add"), limit()).status_code == 302
    row = StepLimit.objects.get(step="A1", minutes=45)
    assert before <= row.valid_from <= timezone.now()
    assert row.clock == HOURS


def test_a_limit_never_begins_in_the_past(admin):
    response = admin.post(url("steplimit", "add"), limit(valid_from="2026-01-01 07:00"))
    assert response.status_code == 200
    assert "valid_from" in response.context["form"].errors
    assert not StepLimit.objects.filter(minutes=45).exists()


@pytest.mark.parametrize("minutes", ["0", "-5", "525601", "9999999999999", "abc", ""])
def test_a_limit_that_makes_no_sense_is_refused(admin, minutes):
    response = admin.post(url("steplimit", "add"), limit(minutes=minutes))
    assert response.status_code == 200
    assert "minutes" in response.context["form"].errors


@pytest.mark.parametrize("name", ["edit", "delete"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_limit_that_holds_is_never_edited_nor_deleted(client, office, name, method):
    row = StepLimit.objects.get(step="A1")
    for person in (office.admin, UserFactory(is_superuser=True)):
        client.force_login(person)
        response = getattr(client, method)(url("steplimit", name, row.pk), limit())
        assert response.status_code == 302
    assert StepLimit.objects.get(step="A1").minutes == 30


def test_not_even_several_at_once(client, office):
    client.force_login(UserFactory(is_superuser=True))
    bulk = reverse("wagtail_bulk_action", args=["pengaduan_app", "steplimit", "delete"])
    client.post(f"{bulk}?id=all")
    assert StepLimit.objects.count() == len(Step)


def test_a_limit_that_has_not_begun_can_still_be_changed(admin):
    later = timezone.localtime() + timedelta(days=30)
    data = limit(valid_from=date_format(later, "Y-m-d H:i"))
    admin.post(url("steplimit", "add"), data)
    row = StepLimit.objects.get(minutes=45)
    assert admin.post(url("steplimit", "edit", row.pk), {**data, "minutes": 50}).status_code == 302
    row.refresh_from_db()
    assert row.minutes == 50


# Bad input: an error on the form, nothing saved, nothing lost.


@pytest.mark.parametrize(
    ("model", "data"),
    [
        ("officehours", {"weekday": 0, "opens": "07:30", "closes": "16:00"}),
        ("officehours", {"weekday": 5, "opens": "16:00", "closes": "07:30"}),
        ("officehours", {"weekday": 9, "opens": "07:30", "closes": "16:00"}),
        ("officehours", {"weekday": 5, "opens": "pagi", "closes": "25:00"}),
        ("officehours", {"weekday": 5, "opens": "", "closes": ""}),
        ("hoursperiod", period()),
        ("hoursperiod", period(0, 0)),
        ("hoursperiod", period(0, last_day="2026-01-01")),
        ("hoursperiod", period(0, first_day="bukan tanggal")),
        ("hoursperiod", period(0, **{"hours-0-closes": "07:00"})),
        ("hoursperiod", period(0, **{"hours-0-break_ends": ""})),
        ("dayoff", day_off(date="31-02-2026")),
        ("dayoff", day_off(date="")),
        ("dayoff", day_off(kind="lain")),
        ("dayoff", day_off(name="x" * 200)),
        ("steplimit", limit(step="Z9")),
        ("steplimit", limit(clock="jam pasir")),
        ("steplimit", limit(valid_from="besok")),
    ],
)
def test_bad_input_is_an_error_on_the_form(admin, model, data):
    response = admin.post(url(model, "add"), data)
    assert response.status_code == 200
    assert not HoursPeriod.objects.exists()
    assert not DayOff.objects.exists()
    assert OfficeHours.objects.count() == 5
    assert StepLimit.objects.count() == len(Step)


def test_a_date_is_listed_once(admin):
    admin.post(url("dayoff", "add"), day_off())
    response = admin.post(url("dayoff", "add"), day_off(name="Lagi"))
    assert response.status_code == 200
    assert DayOff.objects.count() == 1


def test_a_new_period_starts_with_the_national_ramadan_hours(admin):
    page = admin.get(url("hoursperiod", "add"))
    forms = page.context["form"].formsets["hours"].forms
    assert [form.instance.weekday for form in forms] == [0, 1, 2, 3, 4]
    assert forms[0].instance.opens == time(8)
    # Posted as the browser does: every row, with the counts that the page gave it.
    counts = page.context["form"].formsets["hours"].management_form.initial
    data = period(0, 1, 2, 3, 4, **{f"hours-{name}": n for name, n in counts.items()})
    response = admin.post(url("hoursperiod", "add"), data)
    assert response.status_code == 302
    assert HoursPeriod.objects.get().hours.count() == 5


# What staff may enter.


@pytest.mark.parametrize(
    "times",
    [
        ("16:00", None, None, "07:30"),
        ("08:00", None, None, "08:00"),
        ("00:00", None, None, "23:59"),
        ("07:30", "12:00", None, "16:00"),
        ("07:30", None, "13:00", "16:00"),
        ("07:30", "13:00", "12:00", "16:00"),
        ("07:30", "12:00", "12:00", "16:00"),
        ("07:30", "06:00", "07:00", "16:00"),
        ("07:30", "07:30", "08:00", "16:00"),
        ("07:30", "15:00", "16:00", "16:00"),
        ("07:30", "15:00", "17:00", "16:00"),
    ],
)
def test_hours_that_make_no_sense_are_refused_in_whole_sentences(db, times):
    moments = [text and time.fromisoformat(text) for text in times]
    names = ("opens", "break_starts", "break_ends", "closes")
    with pytest.raises(ValidationError) as refused:
        OfficeHours(weekday=5, **dict(zip(names, moments, strict=True))).full_clean()
    assert all(message.endswith(".") for message in refused.value.messages)


@pytest.mark.parametrize(
    ("first", "last", "fits"),
    [
        ("2026-03-20", "2026-03-30", False),
        ("2026-02-01", "2026-02-19", False),
        ("2026-03-01", "2026-03-02", False),
        ("2026-03-30", "2026-03-29", False),
        ("2026-03-21", "2026-03-21", True),
        ("2026-02-01", "2026-02-18", True),
    ],
)
def test_a_date_belongs_to_one_period_only(city, first, last, fits):
    ramadan = HoursPeriod(name="Ramadan", first_day=RAMADAN.first, last_day=RAMADAN.last)
    ramadan.save()
    ramadan.full_clean()
    period = HoursPeriod(
        name="Lain", first_day=date.fromisoformat(first), last_day=date.fromisoformat(last)
    )
    if fits:
        period.full_clean()
    else:
        with pytest.raises(ValidationError):
            period.full_clean()
