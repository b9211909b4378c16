"""Imports days off from the package `holidays`, to be run whenever the decree changes."""

from __future__ import annotations

import argparse

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ... import actions
from ...deadlines import Imported, import_days_off

# The package has no reliable data outside these years; this also catches typing errors.
FIRST, LAST = 2016, 2100
TITLES = {
    "added": "added",
    "changed": "changed, as the package has it now",
    "withdrawn": "switched off, no longer in the package",
    "kept": "kept as a person has set it",
}


class Command(BaseCommand):
    help = (
        "Imports public holidays and collective leave of the given years (default: this year "
        "and the next). What people changed, switched off or deleted stays as it is."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("years", nargs="*", type=int, metavar="year")

    def handle(self, *args: object, years: list[int], **options: object) -> None:
        this_year = timezone.localdate().year
        years = years or [this_year, this_year + 1]
        wrong = [str(year) for year in years if not FIRST <= year <= LAST]
        if wrong:
            raise CommandError(
                f"No holidays are known for {', '.join(wrong)}. "
                f"Give years between {FIRST} and {LAST}."
            )
        self._report(import_days_off(years))
        moved = actions.recompute_due_times()
        self.stdout.write(f"Due times of open steps that moved: {moved}.")

    def _report(self, result: Imported) -> None:
        for name, title in TITLES.items():
            days = getattr(result, name)
            if days:
                self.stdout.write(f"{title}: {len(days)}")
            for day in days:
                estimate = " (estimate)" if day.estimated else ""
                self.stdout.write(f"  {day.date:%Y-%m-%d} {day.name}{estimate}")
        self.stdout.write(f"unchanged: {len(result.unchanged)}")
