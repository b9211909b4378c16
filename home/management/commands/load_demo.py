from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from pengaduan_app.models import ComplaintIndexPage
from pengaduan_app.statistics import snapshot

from ...demo.people import login_lines
from ...demo.story import holds_other_complaints, load_demo


class Command(BaseCommand):
    help = "Makes demo people and complaints in every state of the SOP. Development only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--logins-only", action="store_true", help="Only print the demo log-ins."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if getattr(settings, "DEMO_ALLOWED", False) is not True:
            raise CommandError(
                "load_demo makes people with a password that everybody knows, so it refuses "
                "here. Run it with the development settings (DEMO_ALLOWED = True), on a site "
                "that holds no real complaints."
            )
        if not options["logins_only"]:
            self._load()
        self.stdout.write("\n".join(login_lines()))

    def _load(self) -> None:
        if not ComplaintIndexPage.objects.exists():
            call_command("setup_site", stdout=self.stdout)
        if holds_other_complaints():
            raise CommandError(
                "This site holds complaints that aren't the demo's, so load_demo refuses. "
                "Use an empty database for the demo."
            )
        self.stdout.write("Loading the demo; the first time this takes up to a minute.")
        self.stdout.flush()
        self.stdout.write(f"The demo is loaded: {load_demo()} new complaints.")
        snapshot.refresh()
