"""`manage.py rebuild_search`: for after a restore, or a change of the stemmer."""

from django.core.management.base import BaseCommand

from search import indexing, learning


class Command(BaseCommand):
    help = (
        "Fills the search index anew from the published answers, and learns whose remit words are."
    )

    def handle(self, *args, **options):
        self.stdout.write(f"{indexing.rebuild()} answers are in the search index.")
        self.stdout.write(f"{learning.learn()} complaints say which agency is meant.")
