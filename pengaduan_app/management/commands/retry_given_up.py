"""Tries messages again that were given up, after a mail server or an address was put right."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from ...messaging import retry_given_up


class Command(BaseCommand):
    help = "Queues every message that was given up once more; see docs/operations.md."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{retry_given_up()} message(s) will be tried again.")
