"""`manage.py rebuild_search`: for after a restore, or a change of the stemmer."""

from django.core.management.base import BaseCommand

from ... import indexing
from ...advice import learning


class Command(BaseCommand):
    help = "Refills the search index from the published answers and learns the agencies' words."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{indexing.rebuild()} answers are in the search index.")
        self.stdout.write(f"{learning.learn()} complaints say which agency is meant.")
