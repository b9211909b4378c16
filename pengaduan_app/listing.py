"""The public list of answers: its filters and its pages."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

PER_PAGE = 20
FILTERS = ("agency", "category", "village", "year")


def listing_context(pages, params, *, agencies, categories, villages) -> dict:
    """One page of `pages`, narrowed by the known filters in `params` (a QueryDict).

    What is unknown or malformed is ignored: an old link still shows a list.
    """
    chosen = {name: params.get(name, "") for name in FILTERS}
    years = [
        str(year)
        for year in pages.order_by()
        .annotate(year=ExtractYear("answered_at"))
        .values_list("year", flat=True)
        .distinct()
        if year
    ]
    options = {
        "agency": [(row.slug, row.name) for row in agencies],
        "category": [(row.slug, row.name) for row in categories],
        "village": [(row.slug, row.name) for row in villages],
        "year": [(year, year) for year in sorted(years, reverse=True)],
    }
    titles = {
        "agency": _("Agency"),
        "category": _("Category"),
        "village": _("Village"),
        "year": _("Year"),
    }
    known = {name: value for name, value in chosen.items() if value in dict(options[name])}
    paginator = Paginator(pages.filter(**_conditions(known)), PER_PAGE)
    return {
        "listing_page": paginator.get_page(params.get("page")),
        "filters": [
            _filter(name, titles[name], options[name], known.get(name, ""))
            for name in FILTERS
            if options[name]
        ],
        "query_string": urlencode(known),
    }


def _conditions(known: dict) -> dict:
    lookups = {
        "agency": "agency__slug",
        "category": "category__slug",
        "village": "village__slug",
        "year": "answered_at__year",
    }
    return {lookups[name]: value for name, value in known.items()}


def _filter(name: str, label: str, options: list, value: str) -> dict:
    return {
        "name": name,
        "label": label,
        "options": [
            {"value": key, "label": text, "selected": key == value} for key, text in options
        ],
    }
