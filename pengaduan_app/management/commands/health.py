"""Tells a system administrator in words what `/healthz/` says in JSON, with the remedy."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from django.core.management.base import BaseCommand
from django.utils import timezone

from ...operations import foundations, health

REMEDIES = {
    "database": "Start the database, and check DATABASE_URL and that “manage.py migrate” was run.",
    "cluster": "Start “manage.py pengaduan_cluster”; if it runs, run “manage.py setup_site” once.",
    "outbox": "Start the cluster, then check EMAIL_URL and the mail server; see Register > Outbox.",
    "reminders": "Start the cluster, and look into its log for errors.",
    "procedure": "Run “manage.py setup_site”, or “manage.py pengaduan_setup”.",
}


class Command(BaseCommand):
    help = "Says whether database, cluster, outbox and reminders are alive. Exit code 1 if not."

    def handle(self, *args: object, **options: object) -> None:
        report = health.examine()
        for part, remedy in REMEDIES.items():
            well = getattr(report, part)
            self.stdout.write(f"{part:<10} {'alive' if well else f'NOT ALIVE. {remedy}'}")
        for line in self._figures(report):
            self.stdout.write(line)
        if not report.alive:
            sys.exit(1)

    def _figures(self, report: health.Report) -> Iterator[str]:
        if not report.database:
            return
        yield from foundations.missing()
        beat = report.last_heartbeat
        yield (
            f"last heartbeat: {timezone.localtime(beat):%Y-%m-%d %H:%M:%S %Z}"
            if beat
            else ("last heartbeat: never")
        )
        yield f"oldest unsent message: {report.oldest_unsent or 'none waits'}"
        yield f"oldest step due for a reminder: {report.oldest_due_step or 'none waits'}"
        yield f"messages given up in a week: {report.given_up}; see Register > Outbox"
