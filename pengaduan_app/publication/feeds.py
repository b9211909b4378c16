"""The newest answers as RSS and Atom: of the site, an agency, a category, a village."""

from __future__ import annotations

import re

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _

from ..models import PublishedAnswer
from . import facets
from .list_filters import Choice, conditions, read_choice

ITEMS = 30
# XML knows no such signs: one of them, pasted into a title, would end the whole feed.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without what no XML can hold."""
    return _UNPRINTABLE.sub(" ", text)


class NewestAnswers(Feed):
    """`/feed/`, narrowed by the same parameters as the public list."""

    feed_type = Rss201rev2Feed

    def get_object(self, request) -> Choice:
        return read_choice(request.GET, facets.options())

    def title(self, choice):
        names = [option.label for option in choice.chosen.values()]
        return printable(
            ": ".join([_("Answered complaints"), *([", ".join(names)] if names else [])])
        )

    def description(self, choice):
        return _("Questions of citizens and the written answers of the city's agencies.")

    subtitle = description

    def link(self, choice):
        query = choice.query()
        return reverse("pengaduan:index") + (f"?{query}" if query else "")

    def items(self, choice):
        rows = PublishedAnswer.objects.filter(conditions(choice.keys))
        return rows.with_names().newest()[:ITEMS]

    def item_title(self, item):
        return printable(item.title)

    def item_description(self, item):
        return printable(item.answer)

    def item_link(self, item):
        return item.address

    def item_author_name(self, item):
        return printable(item.agency.name)

    def item_pubdate(self, item):
        return item.answered_at

    def item_updateddate(self, item):
        return item.published_at

    def item_categories(self, item):
        return [printable(item.category.name)] if item.category else []


class NewestAnswersAtom(NewestAnswers):
    """`/feed/atom/`: the same, in the other format."""

    feed_type = Atom1Feed
