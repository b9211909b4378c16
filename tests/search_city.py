"""A city with generated answers, that a module of search tests shares."""

from __future__ import annotations

from contextlib import contextmanager

from bench import city, corpus
from home.setup import setup_site
from pengaduan_app.models import ComplaintPage
from search import indexing

from .conftest import plant_roots
from .crowd import undone


@contextmanager
def city_with(number: int, blocker):
    """The cases by the numbers of their pages; gone afterwards."""
    with blocker.unblock(), undone():
        plant_roots()
        setup_site("localhost", 80)
        cases = corpus.cases(number)
        city.load(cases)
        indexing.rebuild()
        pages = ComplaintPage.objects.order_by("answered_at", "pk").values_list("pk", flat=True)
        yield dict(zip(pages, cases, strict=True))
