"""The newest answers as RSS and Atom: of the whole site, or narrowed as a list can be."""

from __future__ import annotations

import re
from datetime import datetime

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _

from ..models import PublishedAnswer
from . import facets
from .list_filters import FILTERS, Choice, conditions, read_choice

ITEMS = 30
# XML forbids these characters: one of them, pasted into a title, would break the whole feed.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without the characters that XML forbids."""
    return _UNPRINTABLE.sub(" ", text)


class NewestAnswers(Feed):
    """`/feed/`, narrowed by the same parameters as the public list."""

    feed_type: type[SyndicationFeed] = Rss201rev2Feed

    def get_object(self, request: HttpRequest) -> Choice:
        """What the feed is narrowed by. Raises Http404 for a value that nothing has: a reader
        subscribed to it would get everything."""
        choice = read_choice(request.GET, facets.options())
        if any(request.GET.get(name) and name not in choice.chosen for name in FILTERS):
            raise Http404
        return choice

    def title(self, choice: Choice) -> str:
        names = [str(option.label) for option in choice.chosen.values()]
        return printable(
            ": ".join([_("Answered complaints"), *([", ".join(names)] if names else [])])
        )

    def description(self, choice: Choice) -> str:
        return _("Questions of citizens and the written answers of the city's agencies.")

    subtitle = description

    def link(self, choice: Choice) -> str:
        query = choice.query()
        return reverse("pengaduan:index") + (f"?{query}" if query else "")

    def items(self, choice: Choice) -> QuerySet[PublishedAnswer]:
        rows = PublishedAnswer.objects.filter(conditions(choice.keys))
        return rows.with_names().newest()[:ITEMS]

    def item_title(self, item: PublishedAnswer) -> str:
        return printable(item.title)

    def item_description(self, item: PublishedAnswer) -> str:
        return printable(item.answer)

    def item_link(self, item: PublishedAnswer) -> str:
        return item.address

    def item_author_name(self, item: PublishedAnswer) -> str:
        return printable(item.agency.name)

    def item_pubdate(self, item: PublishedAnswer) -> datetime:
        return item.answered_at

    def item_updateddate(self, item: PublishedAnswer) -> datetime:
        return item.published_at

    def item_categories(self, item: PublishedAnswer) -> list[str]:
        return [printable(item.category.name)] if item.category else []


class NewestAnswersAtom(NewestAnswers):
    """`/feed/atom/`: the same, in the other format."""

    feed_type = Atom1Feed
