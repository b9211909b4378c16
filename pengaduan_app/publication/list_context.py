"""The template context of the public lists, whichever way a list is served.

Wagtail's own serving (previews, pages that moved) and the plugin's views both call these
functions, so both show the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Agency, PublishedAnswer
from ..presentation import count_text, few_note, seconds_text
from . import answer_context, facets, prerendering, structured_data
from .list_filters import FILTERS, SORTS, Choice, Option, conditions, read_choice
from .pagination import Slice, take

TITLES = {
    "agency": gettext_lazy("Agency"),
    "category": gettext_lazy("Category"),
    "village": gettext_lazy("Village"),
    "kind": gettext_lazy("Kind"),
    "year": gettext_lazy("Year"),
}
SORT_TITLES = {
    "newest": gettext_lazy("Newest first"),
    "oldest": gettext_lazy("Oldest first"),
}


@dataclass(frozen=True)
class Asked:
    """The list that a request asks for: its address, the values on offer, those chosen."""

    address: str
    offered: dict[str, list[Option]]
    choice: Choice
    # Set by the address itself: the agency of a section.
    fixed: dict[str, int | str] = field(default_factory=dict)

    @property
    def keys(self) -> dict[str, int | str]:
        """All values that the list is narrowed by."""
        return self.fixed | self.choice.keys


def index_asked(request: HttpRequest) -> Asked:
    """The list of all agencies' answers, as this request asks for it."""
    offered = facets.options()
    return Asked(reverse("pengaduan:index"), offered, read_choice(request.GET, offered))


def section_asked(request: HttpRequest, key: int, slug: str) -> Asked:
    """The list of one agency's answers, as this request asks for it."""
    offered = facets.options() | {"agency": []}
    address = reverse("pengaduan:agency", args=(slug,))
    return Asked(address, offered, read_choice(request.GET, offered), {"agency": key})


def index_context(request: HttpRequest) -> dict[str, object]:
    """The list of all agencies' answers."""
    asked = index_asked(request)
    return list_context(request, asked, found_by(request, asked))


def section_context(request: HttpRequest, agency: Agency) -> dict[str, object]:
    """The list of one agency's answers, with the agency and its figures."""
    asked = section_asked(request, agency.pk, agency.slug)
    return list_context(request, asked, found_by(request, asked), agency)


def found_by(request: HttpRequest, asked: Asked) -> Slice:
    """The page of the list that is asked for; its rows hold their cards."""
    rows = PublishedAnswer.objects.filter(conditions(asked.keys)).rendered_cards()
    return take(rows, request.GET, asked.choice)


def list_context(
    request: HttpRequest, asked: Asked, found: Slice, agency: Agency | None = None
) -> dict[str, object]:
    """The list with the cards of these rows; an agency's section if an agency is given."""
    context = context_without_cards(request, asked, found, agency)
    return context | {"cards": prerendering.cards_of(found.rows)}


def context_without_cards(
    request: HttpRequest, asked: Asked, found: Slice, agency: Agency | None = None
) -> dict[str, object]:
    """All but a list's cards: filters and counts, links to other pages, an agency's figures."""
    counts = facets.counts(asked.keys, tuple(asked.choice.chosen))
    context = _list(request, asked, found, counts)
    return context | (_section(agency, counts) if agency else _index(asked, counts))


def _section(agency: Agency, counts: facets.Counts) -> dict[str, object]:
    figures = facets.figures(agency.pk)
    return {
        "agency": agency,
        "figures": figures and _figures(figures, _total(counts)),
        "contacts": _contacts(agency),
        "crumbs": [answer_context.home(), answer_context.index()],
    }


def _index(asked: Asked, counts: facets.Counts) -> dict[str, object]:
    sections = [
        {
            "address": reverse("pengaduan:agency", args=(option.value,)),
            "title": option.label,
            "count": counts.of("agency", option.key) or "",
        }
        for option in asked.offered["agency"]
    ]
    return {"sections": sections}


def _list(
    request: HttpRequest, asked: Asked, found: Slice, counts: facets.Counts
) -> dict[str, object]:
    choice, offered = asked.choice, asked.offered
    return {
        "listing": found,
        "total": _total(counts),
        "number": counts.total,
        "filters": _filters(offered, choice, counts),
        "sorts": _sorts(choice),
        "unfolded": bool(choice.query()),
        "chips": [_chip(name, choice) for name in choice.chosen],
        "crumbs": [answer_context.home()],
        "feed_query": _feed_query(asked),
        "canonical": request.build_absolute_uri(_canonical(asked.address, choice)),
        "robots": _robots(found, choice),
    }


def _feed_query(asked: Asked) -> str:
    return f"agency={asked.address.split('/')[-2]}" if asked.fixed else asked.choice.query()


def _canonical(address: str, choice: Choice) -> str:
    """The address that a list's contents belong to: for one agency's answers, its section."""
    if set(choice.chosen) == {"agency"}:
        return reverse("pengaduan:agency", args=(choice.chosen["agency"].value,))
    query = Choice(choice.chosen).query()
    return f"{address}?{query}" if query else address


def _robots(found: Slice, choice: Choice) -> str:
    """Search engines index the first page of a list with at most one filter; they find all
    other answers in the sitemap."""
    plain = found.is_first and choice.sort == SORTS[0] and len(choice.chosen) < 2
    return "index, follow" if plain else "noindex, follow"


def _total(counts: facets.Counts) -> str:
    return _at_least(counts.total, counts.is_capped)


def _at_least(count: int, capped: bool) -> str:
    return f"{number_format(count, force_grouping=True)}{'+' if capped else ''}"


def _filters(
    offered: dict[str, list[Option]], choice: Choice, counts: facets.Counts
) -> list[dict[str, object]]:
    """The filters with the values that lead to answers; none that has no such value."""
    values = {name: _values(name, offered.get(name, []), choice, counts) for name in FILTERS}
    return [
        {"name": name, "label": TITLES[name], "options": options}
        for name, options in values.items()
        if options
    ]


def _values(
    name: str, offered: list[Option], choice: Choice, counts: facets.Counts
) -> list[dict[str, object]]:
    """A filter's values, each with how many answers it leaves.

    One that leaves none isn't offered, unless it is the chosen one or the count is capped: then
    an answer may be among those that weren't counted.
    """
    current, capped = choice.chosen.get(name), counts.is_capped_for(name)
    numbers = [(option, counts.of(name, option.key)) for option in offered]
    return [
        {
            "value": option.value,
            "label": f"{option.label} ({_at_least(count, capped)})",
            "selected": option == current,
        }
        for option, count in numbers
        if count or capped or option == current
    ]


def _sorts(choice: Choice) -> list[dict[str, object]]:
    return [
        {"value": name, "label": title, "selected": name == choice.sort}
        for name, title in SORT_TITLES.items()
    ]


def _chip(name: str, choice: Choice) -> dict[str, object]:
    return {
        "title": TITLES[name],
        "label": choice.chosen[name].label,
        "query": choice.without(name).query(),
    }


def _contacts(agency: Agency) -> list[dict[str, str]]:
    """Links to reach an agency by; contacts that it hasn't given are left out."""
    ways = (
        (_("Telephone"), agency.phone, structured_data.telephone_address(agency.phone)),
        (_("E-mail"), agency.email, f"mailto:{agency.email}"),
    )
    return [
        {"name": name, "label": label, "address": address} for name, label, address in ways if label
    ]


def _figures(figures: facets.Figures, total: str) -> dict[str, object]:
    """An agency's figures as tiles, with what must be said of them."""
    # These two figures count other things than the statistics do.
    scope = _(
        "“Every step in time” counts answers, and each step on their way, also those of the "
        "city. The statistics compare the agencies' own steps instead, of the last twelve months."
    )
    return {
        "tiles": _tiles(figures, total),
        "scope": scope,
        "few": few_note() if figures.on_time.is_weak else None,
    }


def _tiles(figures: facets.Figures, total: str) -> list[dict[str, str]]:
    recent = _("of the newest %(count)s answers") % {"count": count_text(figures.on_time.whole)}
    return [
        {"name": _("Answers on this website"), "value": total},
        {
            "name": _("Every step in time"),
            "value": figures.on_time.text,
            "note": recent,
        },
        {
            "name": _("Median time to the answer"),
            "value": seconds_text(figures.median_seconds),
            "note": _("Half of the answers took no longer."),
        },
    ]
