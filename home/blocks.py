"""The parts that editors put together on the front page."""

from __future__ import annotations

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pengaduan_app.figures import MonthFigures, month_figures
from pengaduan_app.models import ComplaintPage

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]


class Section(blocks.StructBlock):
    """A part with a heading of its own."""

    heading = blocks.CharBlock(label=_("heading"), max_length=80)


class FiguresBlock(Section):
    """Received, answered and in time, this month."""

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        figures = month_figures()
        return context | {"figures": figures, "tiles": _tiles(figures)}

    class Meta:
        icon = "history"
        label = _("this month's figures")
        template = "home/blocks/figures.html"


class NewestBlock(Section):
    """The newest published answers."""

    count = blocks.IntegerBlock(label=_("how many"), min_value=1, max_value=20, default=6)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        return context | {"newest": ComplaintPage.objects.published()[: value["count"]]}

    class Meta:
        icon = "list-ul"
        label = _("newest answers")
        template = "home/blocks/newest.html"


class HowStepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=80)
    text = blocks.TextBlock(label=_("text"), max_length=400, rows=3)

    class Meta:
        label = _("step")


class HowBlock(Section):
    """How it works, in a few numbered steps."""

    steps = blocks.ListBlock(HowStepBlock(), label=_("steps"), min_num=1, max_num=8)

    class Meta:
        icon = "list-ol"
        label = _("how it works")
        template = "home/blocks/how.html"


class FrontPageBlock(blocks.StreamBlock):
    """What the front page may hold below its two big actions, in the editor's order."""

    figures = FiguresBlock()
    newest = NewestBlock()
    how = HowBlock()
    text = blocks.RichTextBlock(
        label=_("text"),
        features=TEXT_FEATURES,
        icon="pilcrow",
        template="home/blocks/text.html",
    )
    notice = blocks.RichTextBlock(
        label=_("notice"),
        features=["bold", "italic", "link"],
        icon="warning",
        template="home/blocks/notice.html",
    )


def _tiles(figures: MonthFigures) -> list[dict]:
    in_time = _t("%(punctual)s of %(answered)s") % {
        "punctual": figures.punctual,
        "answered": figures.answered,
    }
    return [
        {"name": _t("Received"), "value": figures.received},
        {"name": _t("Answered"), "value": figures.answered},
        {
            "name": _t("In time"),
            "value": in_time,
            "note": _t("Answers of which every step kept its time limit."),
        },
    ]
