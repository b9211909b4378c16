"""Makes the public's rows anew from the pages; safe to repeat, and at any time."""

from django.core.management.base import BaseCommand

from ...models import ComplaintPage
from ...publication import refresh, render_missing


class Command(BaseCommand):
    help = "Make the rows that the public reads anew from all complaints' pages."

    def handle(self, *args, **options):
        shown = refresh(ComplaintPage.objects.all())
        while render_missing():
            pass
        self.stdout.write(f"{shown} answers are public.")
