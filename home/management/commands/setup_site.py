from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand

from home.setup import setup_site


class Command(BaseCommand):
    help = "Makes roles, workflow, limits, agencies, villages, page tree and schedules."

    def handle(self, *args: Any, **options: Any) -> None:
        address = urlsplit(settings.BASE_URL)
        port = address.port or (443 if address.scheme == "https" else 80)
        setup_site(address.hostname or "localhost", port)
        self.stdout.write("The site is set up.")
