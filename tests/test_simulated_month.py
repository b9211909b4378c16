"""A month with 2,000 complaints: the ledger agrees with an independent recount."""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta

import pytest

from pengaduan_app.models import StepRecord
from pengaduan_app.sop import Step

from .conftest import make_city
from .crowd import undone
from .simulation import Month

pytestmark = pytest.mark.django_db

# A smaller month for a quick look: SIMULATED_COMPLAINTS=100.
COMPLAINTS = int(os.environ.get("SIMULATED_COMPLAINTS", "2000"))
PACE = timedelta(minutes=20)


@pytest.fixture(scope="module")
def month(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        make_city()
        month = Month(COMPLAINTS)
        month.run(lambda: None, PACE)
        yield month


def test_the_ledger_holds_every_step_that_was_done_and_no_other(month):
    records = StepRecord.objects.exclude(step=Step.C1).select_related("complaint", "agency")
    kept = Counter(
        (r.complaint.ticket, r.step, r.agency.short_name, r.started_at, r.finished_at, r.outcome)
        for r in records
    )
    seen = Counter(
        (row.ticket, row.step, row.agency, row.started, row.finished, row.outcome)
        for row in month.rows
    )
    assert kept == seen


def test_lateness_and_time_taken_are_as_recounted(month):
    kept = {
        (r.complaint.ticket, r.step, r.started_at): (r.judged_as, r.late, r.seconds)
        for r in StepRecord.objects.exclude(step=Step.C1)
        .filter(finished_at__isnull=False)
        .select_related("complaint")
    }
    seen = {
        (row.ticket, row.step, row.started): (
            row.judged,
            row.late,
            int((row.finished - row.started).total_seconds()),
        )
        for row in month.rows
        if row.finished
    }
    assert kept == seen
