"""What the templates of the public lists are given, whichever way a list is served.

Wagtail's own serving (previews, pages that moved) and the plugin's fast views call these,
so both show the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import PublishedAnswer
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
    """A list that somebody asks for: where it stands, what can be chosen, what is chosen."""

    address: str
    offered: dict[str, list[Option]]
    choice: Choice
    # What its place decides: the agency of a section.
    fixed: dict[str, object] = field(default_factory=dict)

    @property
    def keys(self) -> dict[str, object]:
        return self.fixed | self.choice.keys


def index_asked(request) -> Asked:
    """The list of all agencies' answers, as this request wants it."""
    offered = facets.options()
    return Asked(reverse("pengaduan:index"), offered, read_choice(request.GET, offered))


def section_asked(request, key: int, slug: str) -> Asked:
    """The list of one agency's answers, as this request wants it."""
    offered = facets.options() | {"agency": []}
    address = reverse("pengaduan:agency", args=(slug,))
    return Asked(address, offered, read_choice(request.GET, offered), {"agency": key})


def index_context(request) -> dict:
    """The list of all agencies' answers."""
    asked = index_asked(request)
    return list_context(request, asked, found_by(request, asked))


def section_context(request, agency) -> dict:
    """The list of one agency's answers, with the agency and its figures."""
    asked = section_asked(request, agency.pk, agency.slug)
    return list_context(request, asked, found_by(request, asked), agency)


def found_by(request, asked: Asked) -> Slice:
    """The page of the list that is asked for; its rows hold their cards."""
    # Names first: who takes the options from memory has them without a query.
    rows = PublishedAnswer.objects.filter(conditions(asked.keys)).drawn_cards()
    return take(rows, request.GET, asked.choice)


def list_context(request, asked: Asked, found: Slice, agency=None) -> dict:
    """The list with the cards of these rows; of an agency, where one is given."""
    shell = list_shell(request, asked, found, agency)
    return shell | {"cards": prerendering.cards_of(found.rows)}


def list_shell(request, asked: Asked, found: Slice, agency=None) -> dict:
    """All around a list's cards: its filters and counts, the ways on, an agency's figures."""
    context = _shell(request, asked, found)
    if agency:
        figures = facets.figures(agency.pk)
        context["tiles"] = _tiles(figures, context["total"]) if figures else []
        context["tile_notes"] = _tile_notes(figures) if figures else []
        context["contacts"] = _contacts(agency)
        return context | {
            "agency": agency,
            "crumbs": [answer_context.home(), answer_context.index()],
        }
    counts = context["counts"]
    context["sections"] = [
        {
            "address": reverse("pengaduan:agency", args=(option.value,)),
            "title": option.label,
            "count": counts.of("agency", option.key) or "",
        }
        for option in asked.offered["agency"]
    ]
    return context


def _shell(request, asked: Asked, found: Slice) -> dict:
    choice, offered = asked.choice, asked.offered
    counts = facets.counts(asked.keys, tuple(choice.chosen))
    return {
        "listing": found,
        "counts": counts,
        "total": _at_least(counts.total, counts.is_capped),
        "number": counts.total,
        "filters": [_filter(n, offered[n], choice, counts) for n in FILTERS if offered.get(n)],
        "sorts": _sorts(choice),
        "unfolded": " open" if choice.query() else "",
        "chips": [_chip(name, choice) for name in choice.chosen],
        "crumbs": [answer_context.home()],
        "feed_query": _feed_query(asked),
        "canonical": request.build_absolute_uri(_canonical(asked.address, choice)),
        "robots": _robots(found, choice),
    }


def _feed_query(asked: Asked) -> str:
    return f"agency={asked.address.split('/')[-2]}" if asked.fixed else asked.choice.query()


def _canonical(address: str, choice: Choice) -> str:
    """Where a list's contents belong. One agency's answers belong to its section."""
    if set(choice.chosen) == {"agency"}:
        return reverse("pengaduan:agency", args=(choice.chosen["agency"].value,))
    query = Choice(choice.chosen).query()
    return f"{address}?{query}" if query else address


def _robots(found, choice: Choice) -> str:
    """Search engines index the first page of a list with one filter at most; the answers
    behind the others they find in the sitemap."""
    plain = found.is_first and choice.sort == SORTS[0] and len(choice.chosen) < 2
    return "index, follow" if plain else "noindex, follow"


def _at_least(count: int, capped: bool) -> str:
    return f"{number_format(count, force_grouping=True)}{'+' if capped else ''}"


def _filter(name: str, offered, choice: Choice, counts) -> dict:
    current = choice.chosen.get(name)
    capped = counts.is_capped_for(name)
    options = []
    for option in offered:
        count = counts.of(name, option.key)
        # What leads to an empty list can't be chosen; where not all were counted, none may be.
        state = "" if count or capped else " disabled"
        options.append(
            {
                "value": option.value,
                "label": f"{option.label} ({_at_least(count, capped)})",
                "state": " selected" if option == current else state,
            }
        )
    return {"name": name, "label": TITLES[name], "options": options}


def _sorts(choice: Choice) -> list[dict]:
    return [
        {"value": name, "label": title, "selected": " selected" if name == choice.sort else ""}
        for name, title in SORT_TITLES.items()
    ]


def _chip(name: str, choice: Choice) -> dict:
    return {
        "title": TITLES[name],
        "label": choice.chosen[name].label,
        "query": choice.without(name).query(),
    }


def _contacts(agency) -> list[dict]:
    """How to reach an agency with one touch; what it hasn't told is left out."""
    ways = (
        (_("Telephone"), agency.phone, structured_data.telephone_address(agency.phone)),
        (_("E-mail"), agency.email, f"mailto:{agency.email}"),
    )
    return [
        {"name": name, "label": label, "address": address} for name, label, address in ways if label
    ]


def _tiles(figures: facets.Figures, total: str) -> list[dict]:
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


def _tile_notes(figures: facets.Figures) -> list[str]:
    """What must be said of an agency's figures, so that nobody takes them for others."""
    counted = _(
        "“Every step in time” counts answers, and each step on their way, also those of the "
        "city. The statistics compare the agencies' own steps instead, of the last twelve months."
    )
    return [counted, *([few_note()] if figures.on_time.is_weak else [])]
