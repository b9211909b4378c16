"""The public figures agree with a recount over complaints that really went the SOP's way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from pengaduan_app import actions, tasks
from pengaduan_app.models import Complaint, StatisticsSnapshot
from pengaduan_app.procedure import WIB
from pengaduan_app.procedure.sop import AGENCY_ROLES, ANSWERED_STATES, STEPS, State, Step
from pengaduan_app.reports import figures as report_figures
from pengaduan_app.reports.period import Period
from pengaduan_app.reports.scope import Scope
from pengaduan_app.statistics import month as figures
from pengaduan_app.statistics import snapshot
from pengaduan_app.statistics.counting import last_months
from tests.support.crowd import standing_city
from tests.support.factories import CategoryFactory, VillageFactory, submit
from tests.support.process import Office

NOW = datetime(2026, 7, 10, 3, tzinfo=UTC)
# The last twelve months: from August 2025 on.
FIRST = "2025-08"
WAY = (State.VERIFIED, State.STUDY, State.DECISION, State.ENTRY, State.EDITING, State.PUBLISHED)
ENDS = (State.PUBLISHED, State.ANSWERED_PRIVATELY, State.DECLINED, State.STUDY, State.RETRACTED)


def live_through(office, other_office) -> None:
    """Seventeen complaints of fifteen months: open, confidential, moved, late, answered again."""
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
            for state in WAY if end == State.PUBLISHED else WAY[:1]:
                traveller.shift(timedelta(minutes=number * 7 % 40))
                complaint = home.advance(complaint, state)
            home.advance(complaint, end)
            traveller.shift(timedelta(days=26, minutes=11))
        moved = office.complaint(to=State.ROUTING)
        actions.transfer(moved.pk, office.admin, other_office.agency)
        submit(None)
        office.reopened(to=State.PUBLISHED)


@pytest.fixture(scope="module")
def offices(django_db_setup, django_db_blocker):
    with standing_city(django_db_blocker):
        both = Office(), Office()
        live_through(*both)
        yield both


@pytest.fixture
def year(db, offices):
    """The two agencies whose complaints those were, on a day after it all."""
    with time_machine.travel(NOW, tick=False):
        yield offices


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
    found = snapshot.refresh().figures
    assert counts_of(found["months"], "month") == recount(lambda _c, month: month)
    assert counts_of(found["categories"], "name") == recount(lambda c, _m: name_of(c.category))
    total = recount(lambda _c, _m: None)[None]
    assert counts_of([{"name": None, **found["total"]}], "name") == {None: total}
    received, answered, on_time = total
    assert received > answered > on_time > 0


def test_what_became_of_the_rest_agrees_with_a_recount(year):
    """Open now and overdue now, whenever they came in; ended unanswered in the twelve months."""
    start = last_months(NOW.astimezone(WIB).date())[0].start
    with time_machine.travel(start - timedelta(days=3), tick=False):
        year[0].complaint(to=State.STUDY)
        year[0].complaint(to=State.DECLINED)
    year[0].complaint()
    complaints = list(Complaint.objects.all())
    still_open = [complaint for complaint in complaints if complaint.is_open]
    steps = [row for each in still_open for row in each.steps.all() if not row.finished_at]
    overdue = {row.complaint_id for row in steps if row.step != Step.C1 and row.due_at < NOW}
    ended = [each for each in complaints if not each.is_open and not each.is_answered]
    found = snapshot.refresh().figures
    assert found["now"] == {"open": len(still_open), "overdue": len(overdue)}
    assert found["total"]["unanswered"] == sum(each.closed_at >= start for each in ended)
    assert len(still_open) > len(overdue) > 1 and found["total"]["unanswered"] > 1


def test_villages_agree_with_a_recount_where_they_are_shown(year):
    expected = recount(lambda c, _m: name_of(c.village))
    shown = {line["name"]: line for line in snapshot.refresh().figures["villages"]}
    assert shown.keys() == expected.keys()
    for name, counts in expected.items():
        cells = [shown[name][column] for column in ("received", "answered", "on_time")]
        for cell, count in zip(cells, counts, strict=True):
            assert cell == ("<3" if 0 < count < 3 else count) or (cell is None and count >= 3)


def test_an_agency_answers_for_its_own_steps(year):
    """A step that lies past its limit is late, and the city's steps are nobody's."""
    lines = {line["name"]: line for line in snapshot.refresh().figures["agencies"]}
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
    lines = {line["name"]: line for line in snapshot.refresh().figures["agencies"]}
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
    found = snapshot.refresh().figures
    months = last_months(NOW.astimezone(WIB).date())
    flows = report_figures.flow_by_agency(Scope(Period(months[0].first, months[-1].last)))
    lines = {line["name"]: line for line in found["agencies"]}
    names = {None: None} | {office.agency.pk: office.agency.name for office in year}
    for pk, flow in flows.items():
        line = lines[names[pk]]
        assert (line["received"], line["answered"]) == (flow.received, flow.answered)
        assert line["closed"] == flow.answered + flow.unanswered


def test_this_month_is_the_front_pages(year):
    office, _other = year
    office.complaint(to=State.PUBLISHED)
    office.complaint(to=State.DECLINED)
    front = figures.month_figures()
    month = snapshot.refresh().figures["months"][-1]
    assert front.received == month["received"] == 2
    assert (front.answered, front.punctual) == (month["answered"], month["on_time"]) == (1, 1)


# The task.


def test_counting_twice_changes_nothing(year):
    tasks.count_statistics()
    first = StatisticsSnapshot.objects.get()
    tasks.count_statistics()
    second = StatisticsSnapshot.objects.get()
    assert (first.figures, first.charts) == (second.figures, second.charts)
    assert first.made_at == second.made_at == timezone.now()
