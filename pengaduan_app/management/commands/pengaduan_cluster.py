"""Runs the cluster, and starts it anew when it hangs or dies (docs/operations.md)."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ...operations import supervisor


class Command(BaseCommand):
    help = "Runs django-q2's cluster and starts it anew when it hangs or dies. SIGTERM ends both."

    def add_arguments(self, parser: CommandParser) -> None:
        usual = supervisor.Times()
        parser.add_argument(
            "--ask-every",
            type=float,
            default=usual.ask_every,
            help="Seconds between two probes, small tasks that must be done. Default: %(default)s.",
        )
        parser.add_argument(
            "--patience",
            type=float,
            default=usual.patience,
            help="Seconds that an idle cluster may leave a probe waiting. Default: %(default)s.",
        )
        parser.add_argument(
            "--grace",
            type=float,
            default=usual.grace,
            help="Seconds that a cluster may take to end after SIGTERM. Default: %(default)s.",
        )

    def handle(self, *args: object, **options: Any) -> None:
        times = supervisor.Times(options["ask_every"], options["patience"], options["grace"])
        ours = supervisor.Supervisor(times)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, ours.stop)
        ours.run()
