"""The parts from which editors compose the front page."""

from __future__ import annotations

from typing import Any, cast

from django.core.cache import caches
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pengaduan_app.models import ComplaintPage
from pengaduan_app.statistics import FrontFigures, MonthFigures, front_figures

SECONDS = 60
TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]


class Section(blocks.StructBlock):
    """A part with a heading of its own."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=80)


class FiguresBlock(Section):
    """Received, answered and in time, this month or, until it has enough, in the last one."""

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        # The shared cache may be a database table; the process's own cache costs no query.
        figures = cast(
            FrontFigures, caches["local"].get_or_set("month-figures", front_figures, SECONDS)
        )
        return context | {"figures": figures, "tiles": _tiles(figures.shown)}

    class Meta:
        icon = "history"
        label = _("This month's figures")
        template = "home/blocks/figures.html"


class NewestBlock(Section):
    """The newest published answers."""

    count = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=20, default=6)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        return context | {"newest": ComplaintPage.objects.published()[: value["count"]]}

    class Meta:
        icon = "list-ul"
        label = _("Newest answers")
        template = "home/blocks/newest.html"


class HowStepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), max_length=400, rows=3)

    class Meta:
        label = _("Step")


class HowBlock(Section):
    """How it works, in a few numbered steps."""

    steps = blocks.ListBlock(HowStepBlock(), label=_("Steps"), min_num=1, max_num=8)

    class Meta:
        icon = "list-ol"
        label = _("How it works")
        template = "home/blocks/how.html"


class FrontPageBlock(blocks.StreamBlock):
    """What the front page may hold below its two big actions, in the editor's order."""

    figures = FiguresBlock()
    newest = NewestBlock()
    how = HowBlock()
    text = blocks.RichTextBlock(
        label=_("Text"),
        features=TEXT_FEATURES,
        icon="pilcrow",
        template="home/blocks/text.html",
    )
    notice = blocks.RichTextBlock(
        label=_("Notice"),
        features=["bold", "italic", "link"],
        icon="warning",
        template="home/blocks/notice.html",
    )


def _tiles(figures: MonthFigures) -> list[dict[str, Any]]:
    in_time = gettext("%(punctual)s of %(answered)s") % {
        "punctual": figures.punctual,
        "answered": figures.answered,
    }
    return [
        {"name": gettext("Received"), "value": figures.received},
        {"name": gettext("Answered"), "value": figures.answered},
        {
            "name": gettext("In time"),
            "value": in_time,
            "note": gettext("Answers of which every step kept its time limit."),
        },
    ]
