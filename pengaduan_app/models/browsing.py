"""What the templates of the public pages are given, whichever way a page is served.

Wagtail's own serving (previews, pages that moved) and the plugin's fast views call these,
so both show the same.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from .. import structured
from ..listing import FILTERS, SORTS, Choice, conditions, read_choice, take
from . import facets
from .published import PublishedAnswer
from .timeline import timeline

TITLES = {
    "agency": gettext_lazy("Agency"),
    "category": gettext_lazy("Category"),
    "village": gettext_lazy("Village"),
    "kind": gettext_lazy("Kind"),
    "year": gettext_lazy("Year"),
}
SORT_TITLES = {
    "newest": gettext_lazy("Newest answers first"),
    "oldest": gettext_lazy("Oldest answers first"),
}
# A hook's functions take an answer and return answers like it, or None for "ask the next".
RELATED_HOOK = "pengaduan_related_answers"


def index_context(request) -> dict:
    """The list of all agencies' answers."""
    offered = facets.options()
    context = _list_context(request, offered, {}, reverse("pengaduan:index"))
    keep = context["counts"].values["agency"]
    context["sections"] = [
        {
            "address": reverse("pengaduan:agency", args=(option.value,)),
            "title": option.label,
            "count": keep.get(option.key, ""),
        }
        for option in offered["agency"]
    ]
    return context


def section_context(request, agency) -> dict:
    """The list of one agency's answers, with the agency and its figures."""
    offered = facets.options() | {"agency": []}
    address = reverse("pengaduan:agency", args=(agency.slug,))
    context = _list_context(request, offered, {"agency": agency.pk}, address)
    figures = facets.figures(agency.pk)
    return context | {
        "agency": agency,
        "tiles": _tiles(figures, context["total"]) if figures else [],
        "crumbs": [_home(), _index()],
    }


def answer_context(request, answer: PublishedAnswer) -> dict:
    """One question with its answer, its steps and others like it."""
    address = request.build_absolute_uri(answer.address)
    section = reverse("pengaduan:agency", args=(answer.agency.slug,))
    crumbs = [_home(), _index(), {"address": section, "title": answer.agency.name}]
    return {
        "answer": answer,
        "timeline": timeline(answer.complaint_id, closed_only=True, until=answer.answered_at),
        "related": related(answer),
        "crumbs": crumbs,
        "canonical": address,
        "share": structured.share_links(answer.title, address),
        "structured_data": structured.answer_data(answer, address),
    }


def related(answer: PublishedAnswer) -> list[PublishedAnswer]:
    """Answers like this one: as a site's hook finds them, or the newest of its kind."""
    for find in hooks.get_hooks(RELATED_HOOK):
        found = find(answer)
        if found is not None:
            return list(found)
    return facets.related(answer)


def _list_context(request, offered, fixed: dict, address: str) -> dict:
    choice = read_choice(request.GET, offered)
    keys = fixed | choice.keys
    # Names first: who takes the options from memory has them without a query.
    rows = PublishedAnswer.objects.filter(conditions(keys)).cards()
    found = take(rows, request.GET, choice)
    counts = facets.counts(keys)
    return {
        "listing": found,
        "counts": counts,
        "total": _at_least(counts.total, counts),
        "number": counts.total,
        "filters": [_filter(n, offered[n], choice, counts) for n in FILTERS if offered.get(n)],
        "sorts": _sorts(choice),
        "chips": [_chip(name, choice) for name in choice.chosen],
        "crumbs": [_home()],
        "feed_query": choice.query() if not fixed else f"agency={address.split('/')[-2]}",
        "canonical": request.build_absolute_uri(_canonical(address, choice)),
        "robots": _robots(found, choice),
    }


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


def _at_least(count: int, counts) -> str:
    return f"{number_format(count, force_grouping=True)}{'+' if counts.capped else ''}"


def _filter(name: str, offered, choice: Choice, counts) -> dict:
    current = choice.chosen.get(name)
    options = [
        {
            "value": option.value,
            "label": _option_label(option, counts, counts.values[name], current),
            "selected": " selected" if option == current else "",
        }
        for option in offered
    ]
    return {"name": name, "label": TITLES[name], "options": options}


def _option_label(option, counts, numbers: dict, current) -> str:
    """The value's name, with how many answers it would leave, where that is known: beside
    a value that is chosen already, the others' numbers aren't."""
    if current and option != current:
        return option.label
    return f"{option.label} ({_at_least(numbers.get(option.key, 0), counts)})"


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


def _tiles(figures: facets.Figures, total: str) -> list[dict]:
    hours = round(figures.median_seconds / 3600)
    days, hours = divmod(hours, 24)
    recent = _("of the newest %(count)s answers") % {"count": figures.answered}
    typical = _("%(days)s days %(hours)s hours") % {"days": days, "hours": hours}
    return [
        {"name": _("Answers on this website"), "value": total},
        {
            "name": _("Every step in time"),
            "value": f"{figures.share} %",
            "note": recent,
        },
        {
            "name": _("Typical time to the answer"),
            "value": typical,
            "note": _("half of them were faster"),
        },
    ]


def _home() -> dict:
    return {"address": "/", "title": _("Home")}


def _index() -> dict:
    return {"address": reverse("pengaduan:index"), "title": _("Answered complaints")}
