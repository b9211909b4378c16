"""Projects all complaint pages onto the public's rows again; safe to repeat at any time."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from ...models import ComplaintPage
from ...publication import refresh, render_missing


class Command(BaseCommand):
    help = "Rebuild the rows that the public reads from all complaints' pages."

    def handle(self, *args: object, **options: object) -> None:
        shown = refresh(ComplaintPage.objects.all())
        while render_missing():
            pass
        self.stdout.write(f"{shown} answers are public.")
