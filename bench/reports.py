"""Seconds that each report takes over a ledger of a million rows: `python -m bench.reports`.

Measures the public figures too, which the cluster counts in one pass over a year of complaints.
ROWS=… changes the number of rows. Target: at most 3 s a report, for the whole ledger or a month.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime

from .database import scratch_database, seconds, start_django

start_django()

from django.db.backends.base.base import BaseDatabaseWrapper  # noqa: E402

from pengaduan_app.models import Agency, Category, Village  # noqa: E402
from pengaduan_app.procedure import Kind, State, Step  # noqa: E402
from pengaduan_app.reports import Period, Scope, catalogue  # noqa: E402
from pengaduan_app.statistics import counting  # noqa: E402

ROWS = int(os.environ.get("ROWS", 1_000_000))
STEPS_EACH, AGENCIES, CATEGORIES, VILLAGES = 7, 25, 10, 18
SPAN_DAYS = 365
PERIODS = {
    "year": Period(date(2026, 1, 1), date(2026, 12, 31)),
    "month": Period(date(2026, 6, 1), date(2026, 6, 30)),
}
# SQL for the moment that is {0} seconds after 1 January 2026.
MOMENT = {
    "sqlite": "datetime('2026-01-01', '+' || ({0}) || ' seconds')",
    "postgresql": "(timestamptz '2026-01-01 00:00Z' + ({0}) * interval '1 second')",
}
NUMBERS = (
    "WITH RECURSIVE n(i) AS"
    " (SELECT CAST(0 AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %d) "
)


def one_of(values: Iterable[str], number: str) -> str:
    """SQL that picks the values in turn by a growing number."""
    values = list(values)
    cases = " ".join(f"WHEN {index} THEN '{value}'" for index, value in enumerate(values))
    return f"CASE ({number}) %% {len(values)} {cases} END"


def fill(connection: BaseDatabaseWrapper) -> None:
    """Complaints and their steps, made by the database: plausibly spread, but meaningless."""
    for number in range(AGENCIES):
        Agency.objects.bulk_create([Agency(name=f"Dinas {number}", slug=f"d{number}")])
    Category.objects.bulk_create(
        Category(name=f"Kategori {number}", slug=f"k{number}") for number in range(CATEGORIES)
    )
    Village.objects.bulk_create(
        Village(name=f"Kelurahan {number}", slug=f"v{number}") for number in range(VILLAGES)
    )
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor):
            cursor.execute(statement.replace("%%", "%"))
        # As autovacuum would leave it; PostgreSQL's index-only scans need it.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def statements(vendor: str) -> Iterator[str]:
    """The SQL that makes the complaints, and then their steps."""
    span = SPAN_DAYS * 86_400
    complaints = ROWS // STEPS_EACH
    agency, category, village = (
        f"(SELECT MIN(id) FROM pengaduan_app_{table}) + (i * {prime}) %% {count}"
        for table, prime, count in (
            ("agency", 7, AGENCIES),
            ("category", 3, CATEGORIES),
            ("village", 11, VILLAGES),
        )
    )
    received = f"(i * 7919) %% {span}"
    key = {
        "sqlite": "printf('%%032x', i)",
        "postgresql": "lpad(to_hex(i), 32, '0')::uuid",
    }[vendor]
    moment = MOMENT[vendor].format
    states = [*list(State)[:2], *[State.PUBLISHED] * 14, State.DECLINED]
    yield NUMBERS % complaints + (
        "INSERT INTO pengaduan_app_complaint (id, ticket, code_hash, submission_key, kind, subject,"
        " body, category_id, village_id, place, channel, privacy, state, agency_id, bounces,"
        " ground, message, is_public, created_at, closed_at)"
        f" SELECT i + 1, 'T' || i, '', {key}, {one_of(Kind, 'i')}, 'Perihal', 'Isi',"
        f" {category}, {village}, '', {one_of(['web', 'web', 'sms'], 'i')}, 'open',"
        f" {one_of(states, 'i')}, {agency}, CASE WHEN i %% 20 = 0 THEN 1 ELSE 0 END, '', '', FALSE,"
        f" {moment(received)},"
        f" CASE WHEN i %% 17 < 2 THEN NULL ELSE {moment(received + ' + 172800')} END FROM n"
    )
    yield step_rows(moment, agency, span)


def step_rows(moment: Callable[[str], str], agency: str, span: int) -> str:
    """The SQL that makes the steps of those complaints; one in five is late."""
    steps = [step for step in Step if step not in (Step.C1, Step.C2)] + [Step.C2]
    began, took = f"(i * 7919) %% {span}", "60 + (i * 104729) %% 100000"
    return NUMBERS % (ROWS // STEPS_EACH * STEPS_EACH) + (
        "INSERT INTO pengaduan_app_steprecord (complaint_id, step, agency_id, started_at, due_at,"
        " limit_minutes, clock, finished_at, outcome, judged_as, judged_due_at, late,"
        " seconds, note)"
        f" SELECT i / {STEPS_EACH} + 1, {one_of(steps, 'i')}, {agency}, {moment(began)},"
        f" {moment(began)}, 60, 'elapsed', {moment(began + ' + ' + took)},"
        f" {one_of(['done'] * 10 + ['transferred'], 'i')}, {one_of(steps, 'i')}, {moment(began)},"
        f" (i * 31) %% 5 = 0, {took}, 'Catatan' FROM n"
    )


def timed(report: catalogue.Report, period: Period) -> float:
    """Seconds that the report takes for that period."""
    return seconds(lambda: report.build(Scope(period)))


def main() -> None:
    with scratch_database() as connection:
        fill(connection)
        print(f"reports over {ROWS:,} ledger rows, {connection.vendor}, seconds:")
        for name, report in catalogue.REPORTS.items():
            # The recap always covers one month.
            labels = ["month"] if name == "recap" else PERIODS
            times = [f"{label} {timed(report, PERIODS[label]):.2f}" for label in labels]
            print(f"  {name:<12}", "   ".join(times))
        taken = seconds(lambda: counting.count(datetime(2026, 12, 31, tzinfo=UTC)))
        print(f"  {'public':<12} year {taken:.2f}")


if __name__ == "__main__":
    main()
