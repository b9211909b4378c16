"""How long it takes to select and mark one batch of reminders among a million ledger rows.

`python -m bench.reminders` makes a scratch database on DATABASE_URL's server (or SQLite) and
drops it afterwards. Targets: 2 ms to select 500, 15 ms to select and mark them.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median

import django
from django.db import connection, transaction
from django.utils import timezone

sys.path.insert(0, str(Path(__file__).parents[1] / "site"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
os.environ.setdefault("TEST_DATABASE", "/tmp/bench-reminders.sqlite3")
django.setup()

from pengaduan_app.actions import ledger, reminding  # noqa: E402  after django.setup()
from pengaduan_app.models import Agency, Complaint, NextReminder, StepRecord  # noqa: E402

ROWS, OPEN, OVERDUE, BATCH, RUNS = 1_000_000, 50_000, 10_000, 500, 30
# SQL for the moment that is {minutes} before now.
AGO = {
    "sqlite": "datetime('now', (-({minutes})) || ' minutes')",
    "postgresql": "now() - ({minutes}) * interval '1 minute'",
}


def fill() -> None:
    """Make OPEN complaints with ROWS ledger rows in all; OVERDUE of them are due a reminder."""
    agency = Agency.objects.create(name="Dinas Uji", short_name="UJI", slug="uji", remit="Uji")
    table, complaints = StepRecord._meta.db_table, Complaint._meta.db_table
    ago = AGO[connection.vendor].format
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})"
    key = {"sqlite": "printf('%%032x', i)", "postgresql": "md5(i::text)::uuid"}[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {complaints} (id, ticket, code_hash, submission_key, kind, subject,"
            f" body, place, channel, privacy, state, agency_id, bounces, ground, message,"
            f" is_public, created_at) {numbers.format(OPEN)} SELECT i, 'UJI-' || i, '', {key},"
            f" 'complaint', 'Uji', 'Uji', '', 'web', 'open', 'received', {agency.pk}, 0, '', '',"
            f" {_false()}, {ago(minutes='i')} FROM n",
            [],
        )
        columns = (
            "complaint_id, step, agency_id, started_at, due_at, limit_minutes, clock,"
            " finished_at, outcome, judged_as, late, note"
        )
        late = f"i <= {OVERDUE}"
        moment = f"CASE WHEN {late} THEN {ago(minutes='i % 1000 + 1')} ELSE {ago(minutes='-i')} END"
        cursor.execute(
            f"INSERT INTO {table} ({columns}) {numbers.format(OPEN)} SELECT i, 'A2', {agency.pk},"
            f" {ago(minutes='2000')}, {moment}, 1440, 'elapsed', NULL, '', '', NULL, '' FROM n"
        )
        cursor.execute(
            f"INSERT INTO {NextReminder._meta.db_table} (step_id, stage, remind_at)"
            f" SELECT id, 1, due_at FROM {table}"
        )
        cursor.execute(
            f"INSERT INTO {table} ({columns}) {numbers.format(ROWS - OPEN)} SELECT i % {OPEN} + 1,"
            f" 'A1', {agency.pk}, {ago(minutes='3000 + i')}, {ago(minutes='2970 + i')}, 30,"
            f" 'elapsed', {ago(minutes='2980 + i')}, 'done', 'A1', {_false()}, '' FROM n"
        )
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _false() -> str:
    return "false" if connection.vendor == "postgresql" else "0"


@contextmanager
def undone() -> Iterator[None]:
    """Roll back what happens inside, so that each run finds the same rows."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def select_and_mark() -> int:
    """Read one batch of due reminders and mark them; returns how many."""
    now = timezone.now()
    rows = reminding.read_due(reminding.select_due(now, BATCH))
    ledger.mark((row.pk, 2, now + timedelta(minutes=1)) for row in rows)
    return len(rows)


def measure(what: str, work: Callable[[], object], aim: str) -> None:
    """Print the median milliseconds of RUNS runs, after three to warm up."""
    times = []
    for _run in range(RUNS + 3):
        with undone():
            began = time.perf_counter()
            work()
            times.append((time.perf_counter() - began) * 1000)
    kept = times[3:]
    print(f"  {what:28} {median(kept):7.2f} ms  (best {min(kept):.2f})  {aim}")


def plan() -> str:
    """The database's query plan for the selection."""
    with undone():
        rows = NextReminder.objects.filter(remind_at__lte=timezone.now())
        return rows.order_by("remind_at").values_list("pk")[:BATCH].explain()


def main() -> None:
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        began = time.perf_counter()
        fill()
        took = time.perf_counter() - began
        print(
            f"Reminders on {connection.vendor}: {ROWS:,} ledger rows, {OVERDUE:,} due",
            f"({took:.0f} s to fill)",
        )
        measure(f"select {BATCH}", lambda: reminding.select_due(timezone.now(), BATCH), "aim 2")
        measure(f"select and mark {BATCH}", select_and_mark, "aim 15")
        measure(f"whole batch of {BATCH}", reminding.remind_due, "with reminders, C1, messages")
        print("  plan:", *plan().splitlines(), sep="\n    ")
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
