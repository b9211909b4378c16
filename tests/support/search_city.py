"""A city with answers, that a module of search tests shares."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta

from bench import city, corpus
from home.data import load
from home.setup import setup_site
from pengaduan_app.contrib.search import indexing
from pengaduan_app.models import ComplaintPage
from tests.support.city import plant_roots
from tests.support.crowd import undone


def city_with(number: int, blocker):
    """So many generated cases by the numbers of their pages; gone afterwards."""
    return city_of(lambda: corpus.cases(number), blocker)


def demo_city(blocker):
    """The demo's published answers: a small archive of a new site, in citizens' own words."""
    return city_of(_demo_cases, blocker)


@contextmanager
def city_of(make, blocker):
    with blocker.unblock(), undone():
        plant_roots()
        setup_site("localhost", 80)
        cases = make()
        city.load(cases)
        indexing.rebuild()
        pages = ComplaintPage.objects.order_by("answered_at", "pk").values_list("pk", flat=True)
        yield dict(zip(pages, cases, strict=True))


def _demo_cases() -> list[corpus.Case]:
    published = [case for case in load("complaints") if case["target"] == "published"]
    published.sort(key=lambda case: -case["days_ago"])
    return [
        corpus.Case(
            topic=case["key"],
            agency=case["agency"],
            category=case["category"],
            village=case["village"] or "Kauman",
            title=case["subject"],
            question=case["public_question"] or case["body"],
            answer=case["answer"],
            answered_at=corpus.FIRST_DAY + timedelta(days=number),
        )
        for number, case in enumerate(published)
    ]
