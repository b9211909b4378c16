"""Puts back what the procedure rests on, in a site of any making; safe to repeat."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from ...models import ComplaintIndexPage
from ...operations import foundations
from ...setup import ensure_procedure


class Command(BaseCommand):
    help = "Makes or puts back the procedure's roles, limits, workflow, sections and schedules."

    def handle(self, *args: object, **options: object) -> None:
        index = ComplaintIndexPage.objects.first()
        if index is None:
            raise CommandError(
                "Create one page of the type ComplaintIndexPage in the page tree first, or run "
                "the site's own set-up; see docs/plugin.md."
            )
        ensure_procedure(index)
        if left := foundations.missing():
            raise CommandError("Still missing:\n" + "\n".join(left))
        self.stdout.write("The procedure has all that it needs.")
