"""Holidays come from the package again and again; what people decided stays."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from pengaduan_app.deadlines import holidays_import
from pengaduan_app.deadlines.holidays_import import import_days_off
from pengaduan_app.models import DayOff
from pengaduan_app.procedure.enums import DayOffKind

pytestmark = pytest.mark.django_db
EVE = date(2026, 12, 24)
PANCASILA = date(2026, 6, 1)


def rows():
    return list(DayOff.objects.order_by("pk").values())


def command(*years) -> str:
    out = StringIO()
    call_command("import_holidays", *years, stdout=out)
    return out.getvalue()


def edit(day: date, **values) -> DayOff:
    """As the admin's form does."""
    row = DayOff.objects.get(date=day)
    form_class = DayOff.snippet_viewset.get_form_class()
    data = {
        "date": row.date,
        "name": row.name,
        "kind": row.kind,
        "active": row.active,
        "estimated": row.estimated,
        **values,
    }
    form = form_class(data, instance=row)
    assert form.is_valid(), form.errors
    return form.save()


def test_2026_has_17_holidays_and_8_days_of_collective_leave():
    import_days_off([2026])
    assert DayOff.objects.filter(kind=DayOffKind.PUBLIC).count() == 17
    assert DayOff.objects.filter(kind=DayOffKind.COLLECTIVE).count() == 8
    assert DayOff.objects.get(date=EVE).kind == DayOffKind.COLLECTIVE
    assert DayOff.objects.get(date=PANCASILA).name == "Hari Lahir Pancasila"
    assert DayOff.objects.get(date=PANCASILA).source


def test_estimated_dates_are_marked_and_not_part_of_the_name():
    import_days_off([2027])
    estimated = DayOff.objects.filter(estimated=True)
    assert estimated.count() == 3
    assert not DayOff.objects.filter(name__contains="perkiraan").exists()


def test_a_second_import_changes_nothing():
    import_days_off([2026, 2027])
    before = rows()
    result = import_days_off([2026, 2027])
    assert rows() == before
    assert (result.added, result.changed, result.withdrawn, result.kept) == ([], [], [], [])
    assert len(result.unchanged) == len(before)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Malam Natal"},
        {"active": False},
        {"kind": DayOffKind.OWN.value},
        {"estimated": True},
        {"date": date(2026, 12, 23)},
    ],
)
def test_what_a_person_changed_survives_the_next_import(change):
    import_days_off([2026])
    edit(EVE, **change)
    before = rows()
    result = import_days_off([2026])
    assert rows() == before
    assert len(result.kept) == 1


def test_saving_the_form_unchanged_is_no_change_by_a_person():
    import_days_off([2026])
    assert not edit(EVE).changed_by_person


@pytest.mark.parametrize("way", ["one", "several"])
def test_a_deleted_holiday_stays_deleted(way):
    import_days_off([2026])
    if way == "one":
        DayOff.objects.get(date=EVE).delete()
    else:
        DayOff.objects.filter(date=EVE).delete()
    import_days_off([2026])
    assert not DayOff.objects.active().filter(date=EVE).exists()
    assert DayOff.objects.active().count() == 24


def test_a_day_that_staff_entered_is_deleted_for_good():
    own = DayOff.objects.create(date=date(2026, 6, 20), name="Hari jadi kota")
    own.delete()
    assert not DayOff.objects.exists()


def test_a_day_that_staff_entered_first_is_left_to_them():
    DayOff.objects.create(date=EVE, name="Libur bersama kota")
    result = import_days_off([2026])
    assert [row.name for row in result.kept] == ["Libur bersama kota"]
    assert DayOff.objects.get(date=EVE).name == "Libur bersama kota"


@pytest.fixture
def decree(monkeypatch):
    """What the package publishes; a test changes it as a new joint decree would."""
    days = holidays_import.published(2026)
    monkeypatch.setattr(holidays_import, "published", lambda year: dict(days))
    return days


def test_a_decree_that_moves_a_day_is_followed(decree):
    import_days_off([2026])
    decree[date(2026, 12, 28)] = decree.pop(EVE)
    result = import_days_off([2026])
    assert [row.date for row in result.added] == [date(2026, 12, 28)]
    assert [row.date for row in result.withdrawn] == [EVE]
    assert not DayOff.objects.get(date=EVE).active


def test_a_day_that_comes_back_is_switched_on_again(decree):
    import_days_off([2026])
    gone = decree.pop(EVE)
    import_days_off([2026])
    decree[EVE] = gone
    assert len(import_days_off([2026]).changed) == 1
    assert DayOff.objects.get(date=EVE).active


def test_a_day_that_a_person_changed_is_not_withdrawn(decree):
    import_days_off([2026])
    edit(EVE, name="Malam Natal")
    decree.pop(EVE)
    assert import_days_off([2026]).withdrawn == []
    assert DayOff.objects.get(date=EVE).active


def test_a_confirmed_date_loses_its_estimate(decree):
    decree[EVE] = {**decree[EVE], "estimated": True}
    import_days_off([2026])
    decree[EVE] = {**decree[EVE], "estimated": False}
    import_days_off([2026])
    assert not DayOff.objects.get(date=EVE).estimated


def test_the_command_says_what_it_did():
    first = command(2026, 2027)
    assert "added: 51" in first
    assert "2027-03-10 Hari Raya Idul Fitri (estimate)" in first
    edit(EVE, active=False)
    second = command(2026, 2027)
    assert "kept as a person has set it: 1" in second
    assert "unchanged: 50" in second
    assert "added" not in second


def test_the_command_takes_this_year_and_the_next_by_itself(time_machine):
    time_machine.move_to("2026-12-31 20:00+00:00")  # 2027 in WIB
    command()
    assert set(DayOff.objects.values_list("date__year", flat=True)) == {2027, 2028}


@pytest.mark.parametrize("year", [1900, 26, 99999])
def test_a_year_that_makes_no_sense_is_refused_in_words(year):
    with pytest.raises(CommandError, match="Give years between"):
        command(year)
    assert not DayOff.objects.exists()
