"""The public figures agree with a recount over complaints that really went the SOP's way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from django_q.models import Schedule

from pengaduan_app import actions, figures, statistics, tasks
from pengaduan_app.models import Complaint, StatisticsSnapshot
from pengaduan_app.reports import figures as report_figures
from pengaduan_app.reports.figures import Scope
from pengaduan_app.reports.period import WIB, Period
from pengaduan_app.sop import AGENCY_ROLES, ANSWERED_STATES, STEPS, State, Step
from pengaduan_app.statistics.counting import last_months
from pengaduan_app.statistics.league import FEWEST_CLOSED, ranked
from pengaduan_app.statistics.withheld import without_small_counts

from .factories import CategoryFactory, VillageFactory, submit

NOW = datetime(2026, 7, 10, 3, tzinfo=UTC)
# The last twelve months: from August 2025 on.
FIRST = "2025-08"
WAY = (State.VERIFIED, State.STUDY, State.DECISION, State.ENTRY, State.EDITING, State.PUBLISHED)
ENDS = (State.PUBLISHED, State.ANSWERED_PRIVATELY, State.DECLINED, State.STUDY, State.RETRACTED)


@pytest.fixture
def year(office, other_office):
    """Sixteen complaints of fifteen months: open, confidential, moved, late, answered again."""
    villages, categories = [VillageFactory(), VillageFactory(), None], [CategoryFactory(), None]
    with time_machine.travel(datetime(2025, 6, 29, 16, 50, tzinfo=UTC), tick=False) as traveller:
        for number in range(14):
            home = (office, office, other_office)[number % 3]
            complaint = home.complaint(
                village=villages[number % 3],
                category=categories[number % 2],
                confidential=number % 5 == 1,
            )
            end = ENDS[number % 5]
            for state in WAY[:1] if end != State.PUBLISHED else WAY:
                traveller.shift(timedelta(minutes=number * 7 % 40))
                complaint = home.advance(complaint, state)
            home.advance(complaint, end)
            traveller.shift(timedelta(days=26, minutes=11))
        moved = office.complaint(to=State.ROUTING)
        actions.transfer(moved.pk, office.admin, other_office.agency)
        submit(None)
        again = office.reopened(to=State.PUBLISHED)
    assert again.reopened_at
    with time_machine.travel(NOW, tick=False):
        yield office, other_office


def recount(group, is_wanted=lambda complaint: True) -> dict:
    """(received, answered, on time) by `group`, counted complaint by complaint in Python."""
    found: dict = {}
    for complaint in filter(is_wanted, Complaint.objects.all()):
        answered = complaint.is_answered
        was_late = any(row.late for row in complaint.steps.all() if row.step != Step.C1)
        moments = [(complaint.created_at, (1, 0, 0))]
        if answered:
            moments.append((complaint.closed_at, (0, 1, int(not was_late))))
        for moment, counts in moments:
            month = moment.astimezone(WIB).strftime("%Y-%m")
            if month >= FIRST:
                key = group(complaint, month)
                found[key] = tuple(map(sum, zip(found.get(key, (0, 0, 0)), counts, strict=True)))
    return found


def counts_of(lines: list[dict], key: str) -> dict:
    rows = {line[key]: (line["received"], line["answered"], line["on_time"]) for line in lines}
    return {name: counts for name, counts in rows.items() if any(counts)}


def name_of(thing):
    return thing and thing.name


def test_months_categories_and_the_total_agree_with_a_recount(year):
    found = statistics.refresh().figures
    assert counts_of(found["months"], "month") == recount(lambda _c, month: month)
    assert counts_of(found["categories"], "name") == recount(lambda c, _m: name_of(c.category))
    total = recount(lambda _c, _m: None)[None]
    assert counts_of([{"name": None, **found["total"]}], "name") == {None: total}
    received, answered, on_time = total
    assert received > answered > on_time > 0


def test_villages_agree_with_a_recount_where_they_are_shown(year):
    expected = recount(lambda c, _m: name_of(c.village))
    shown = {line["name"]: line for line in statistics.refresh().figures["villages"]}
    assert shown.keys() == expected.keys()
    for name, counts in expected.items():
        cells = [shown[name][column] for column in ("received", "answered", "on_time")]
        for cell, count in zip(cells, counts, strict=True):
            assert cell == ("<3" if 0 < count < 3 else count) or (cell is None and count >= 3)


def test_an_agency_answers_for_its_own_steps(year):
    """A step that lies past its limit is late, and the city's steps are nobody's."""
    lines = {line["name"]: line for line in statistics.refresh().figures["agencies"]}
    start = last_months(NOW.astimezone(WIB).date())[0].start
    for office in year:
        judged = []
        for complaint in Complaint.objects.all():
            for row in complaint.steps.filter(agency=office.agency):
                if STEPS[row.judged_step].role not in AGENCY_ROLES:
                    continue
                if row.finished_at and row.finished_at >= start:
                    judged.append(not row.late)
                elif not row.finished_at and row.due_at < NOW:
                    judged.append(False)
        line = lines[office.agency.name]
        assert (line["steps"], line["steps_in_time"]) == (len(judged), sum(judged))
        assert line["steps"] > line["steps_in_time"] > 0


def test_medians_are_times_that_answers_took(year):
    lines = {line["name"]: line for line in statistics.refresh().figures["agencies"]}
    start = last_months(NOW.astimezone(WIB).date())[0].start
    for office in year:
        taken = sorted(
            int((c.closed_at - c.created_at).total_seconds())
            for c in Complaint.objects.filter(agency=office.agency, state__in=ANSWERED_STATES)
            if c.closed_at >= start
        )
        assert lines[office.agency.name]["median_seconds"] == taken[(len(taken) - 1) // 2]


def test_agencies_agree_with_the_staffs_reports(year):
    """The public and the monthly recap count the same by the same definitions."""
    found = statistics.refresh().figures
    months = last_months(NOW.astimezone(WIB).date())
    flows = report_figures.flow_by_agency(Scope(Period(months[0].first, months[-1].last)))
    lines = {line["name"]: line for line in found["agencies"]}
    names = {None: None} | {office.agency.pk: office.agency.name for office in year}
    for pk, flow in flows.items():
        line = lines[names[pk]]
        assert (line["received"], line["answered"]) == (flow.received, flow.answered)
        assert line["closed"] == flow.answered + flow.unanswered


def test_this_month_is_the_front_pages(year, office):
    office.complaint(to=State.PUBLISHED)
    office.complaint(to=State.DECLINED)
    front = figures.month_figures()
    month = statistics.refresh().figures["months"][-1]
    assert front.received == month["received"] == 2
    assert (front.answered, front.punctual) == (month["answered"], month["on_time"]) == (1, 1)


@pytest.mark.parametrize(
    ("moment", "key"),
    [
        (datetime(2026, 1, 31, 16, 59, tzinfo=UTC), "2026-01"),
        (datetime(2026, 1, 31, 17, 0, tzinfo=UTC), "2026-02"),
    ],
)
def test_a_month_begins_at_midnight_in_the_city(office, time_machine, moment, key):
    time_machine.move_to(moment, tick=False)
    office.complaint()
    months = statistics.refresh().figures["months"]
    assert (months[-1]["month"], months[-1]["received"], len(months)) == (key, 1, 12)


def test_what_is_older_than_a_year_no_longer_counts(office, time_machine):
    time_machine.move_to(datetime(2025, 1, 31, 16, 59, tzinfo=UTC), tick=False)
    office.complaint(to=State.PUBLISHED)
    time_machine.move_to(datetime(2026, 1, 31, 16, 59, tzinfo=UTC), tick=False)
    assert statistics.refresh().figures["total"]["received"] == 0
    time_machine.move_to(datetime(2025, 12, 31, 16, 59, tzinfo=UTC), tick=False)
    assert statistics.refresh().figures["total"]["received"] == 1


# The league table.


def line(name, closed=FEWEST_CLOSED, steps=10, in_time=9, median=60) -> dict:
    return {
        "name": name,
        "closed": closed,
        "steps": steps,
        "steps_in_time": in_time,
        "median_seconds": median,
    }


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line("a", in_time=5), line("b")], [("b", 1), ("a", 2)]),
        # The same share, from other counts, has the same rank; the quicker stands first.
        (
            [line("a", median=90), line("b", steps=100, in_time=90), line("c", in_time=8)],
            [("b", 1), ("a", 1), ("c", 3)],
        ),
        # One closed complaint too few: listed, without a rank, whatever the share.
        ([line("a", closed=FEWEST_CLOSED - 1, in_time=10), line("b")], [("b", 1), ("a", None)]),
        ([line("b", closed=0), line(None, closed=50), line("a", steps=0, in_time=0)], [
            ("a", None), ("b", None), (None, None),
        ]),
        ([line("a", median=None)], [("a", 1)]),
        ([], []),
    ],
)  # fmt: skip
def test_who_is_ranked_and_how(lines, expected):
    assert [(each["name"], each["rank"]) for each in ranked(lines)] == expected


# What is too small.


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([7, 3, 0], [7, 3, 0]),
        ([7, 4, 2, 1], [7, 4, "<3", "<3"]),
        # One alone, or all alike, could be reckoned from the total.
        ([7, 4, 2], [7, None, "<3"]),
        ([7, 4, 1, 1], [7, None, "<3", "<3"]),
        ([1, 0], ["<3", 0]),
        ([], []),
    ],
)
def test_small_counts_of_villages_are_withheld(counts, shown):
    lines = [{"name": str(n), "received": n, "answered": n, "on_time": 5} for n in counts]
    found = without_small_counts(lines)
    assert [each["received"] for each in found] == [each["answered"] for each in found] == shown
    assert {each["on_time"] for each in found} <= {5}


# The task.


def test_counting_twice_changes_nothing(year):
    tasks.count_statistics()
    first = StatisticsSnapshot.objects.get()
    tasks.count_statistics()
    second = StatisticsSnapshot.objects.get()
    assert (first.figures, first.charts) == (second.figures, second.charts)
    assert first.made_at == second.made_at == timezone.now()


def test_the_cluster_counts_every_quarter_of_an_hour(city):
    schedule = Schedule.objects.get(func="pengaduan_app.tasks.count_statistics")
    assert schedule.minutes == 15


def test_the_number_of_queries_does_not_grow(office, django_assert_num_queries):
    statistics.refresh()
    for more in (1, 4):
        for _number in range(more):
            office.complaint(to=State.PUBLISHED, village=VillageFactory())
        # Six to count; and two to keep the row, in a transaction of their own.
        with django_assert_num_queries(10):
            statistics.refresh()
