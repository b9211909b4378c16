"""Bar and line charts as SVG inside the page.

pygal computes the geometry; everything else that it writes (scripts, styles, tooltips, ids) is
left out, because the public pages allow neither inline scripts nor inline styles. Colours are
presentation attributes, which print and PDF use, and which the style sheets override by class
on light and dark screens. Charts are made for a screen of 360 pixels, and each stands beside a
table with the same figures.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pygal
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from pygal.style import Style

from .quantities import count_text

WIDTH, FONT = 360, 12
BAR, LINE_HEIGHT, MARGIN = 26, 220, 44
MOST_LABEL = 26
LEGEND_ROW = 18
# Labels that fit below a line chart.
MOST_TICKS = 6
INK, GUIDE = "#2b211b", "#dccfb8"
COLOURS = ("#8f2a1d", "#0b5459", "#b9780c")
# Series must not differ in colour alone.
DASHES = ("", "6 4", "2 3")

LEFT_OUT = {"desc", "title", "style", "script", "defs"}
HIDDEN = {"background", "tooltip-overlay"}
GEOMETRY = ("x", "y", "width", "height", "cx", "cy", "r", "d", "transform", "text-anchor")


@dataclass(frozen=True)
class Series:
    """A line of a chart, or its bars; None for a missing figure."""

    name: str
    values: Sequence[float | None]


def decimal_text(value: float) -> str:
    # Rounded here, because Django truncates.
    return number_format(round(value, 1), 1, force_grouping=True)


def bars(
    key: str,
    title: str,
    labels: Sequence[str],
    values: Sequence[float | None],
    text: Callable[[float], str] = count_text,
    top: float | None = None,
) -> SafeString:
    """Horizontal bars, the first label on top. `key` makes the ids unique in the page."""
    height = len(labels) * BAR + MARGIN
    ticks = _ticks(values, top)
    chart = pygal.HorizontalBar(
        height=height,
        range=(0, ticks[-1] * 1.2),
        print_values=True,
        print_values_position="top",
        **_config(text),
    )
    # pygal puts the first label at the bottom.
    chart.x_labels = [_short(label) for label in reversed(labels)]
    chart.y_labels = ticks
    chart.add("", list(reversed(values)))
    return _finish(chart, key, title, height)


def lines(
    key: str,
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    text: Callable[[float], str] = count_text,
    top: float | None = None,
) -> SafeString:
    """A line for each series over the same labels, of which at most MOST_TICKS are written."""
    ticks = _ticks([value for row in series for value in row.values], top)
    # pygal reserves no room for an incomplete last row of the legend.
    columns = 1 if len(series) % 2 else 2
    height = LINE_HEIGHT + LEGEND_ROW * (len(series) // columns - 1)
    chart = pygal.Line(
        height=height,
        range=(0, ticks[-1]),
        legend_at_bottom=True,
        legend_at_bottom_columns=columns,
        **{**_config(text), "show_legend": len(series) > 1},
    )
    every = math.ceil(len(labels) / MOST_TICKS)
    chart.x_labels = [label if number % every == 0 else "" for number, label in enumerate(labels)]
    chart.y_labels = ticks
    for row in series:
        chart.add(row.name, list(row.values))
    return _finish(chart, key, title, height)


def _config(text: Callable[[float], str]) -> dict[str, Any]:
    sizes = {
        f"{name}_font_size": FONT for name in ("label", "major_label", "legend", "value", "title")
    }
    return {
        "width": WIDTH,
        "value_formatter": text,
        "style": Style(font_family="sans-serif", **sizes),
        "js": (),
        "truncate_label": -1,
        "truncate_legend": -1,
        "margin": 6,
        "spacing": 8,
        "dots_size": 3,
        "no_data_text": "",
        "disable_xml_declaration": True,
        "show_legend": False,
    }


def _short(label: str) -> str:
    return label if len(label) <= MOST_LABEL else label[: MOST_LABEL - 1].rstrip() + "…"


def _ticks(values: Sequence[float | None], top: float | None) -> list[float]:
    """0, the middle and `top`; without `top`, a round number that no value exceeds instead, and
    the middle only if it is whole."""
    most = top or max((value for value in values if value), default=1)
    size = 10 ** math.floor(math.log10(most))
    end = top or next(size * step for step in (1, 2, 3, 4, 5, 6, 8, 10) if size * step >= most)
    middle = end / 2
    return [0, middle, end] if top or middle == int(middle) else [0, end]


def _finish(chart: pygal.graph.graph.Graph, key: str, title: str, height: int) -> SafeString:
    rendered = ElementTree.fromstring(chart.render())  # nosec B314  # pygal wrote it just now
    svg = ElementTree.Element(
        "svg",
        {
            "class": "chart",
            "viewBox": f"0 0 {WIDTH} {height}",
            "role": "img",
            "aria-labelledby": f"{key}-title {key}-desc",
        },
    )
    ElementTree.SubElement(svg, "title", {"id": f"{key}-title"}).text = title
    description = ElementTree.SubElement(svg, "desc", {"id": f"{key}-desc"})
    description.text = _("The table beside this chart has the same figures.")
    for child in rendered:
        _copy(child, svg, _Place(horizontal=bool(getattr(chart, "horizontal", False))))
    return mark_safe(ElementTree.tostring(svg, encoding="unicode"))  # nosec B308 B703


@dataclass(frozen=True)
class _Place:
    """Where in pygal's drawing an element is."""

    horizontal: bool
    series: int | None = None
    axis: str = ""
    is_value: bool = False

    def within(self, classes: set[str]) -> _Place:
        series = next((int(c[6:]) for c in classes if c.startswith("serie-")), self.series)
        colour = next((int(c[6:]) for c in classes if c.startswith("color-")), series)
        axis = next((name for name in "xy" if {"axis", name} <= classes), self.axis)
        return _Place(self.horizontal, colour, axis, self.is_value or "text-overlay" in classes)

    @property
    def is_label_axis(self) -> bool:
        return self.axis == ("y" if self.horizontal else "x")


def _copy(element: Element, parent: Element, place: _Place) -> None:
    """Copy the element and its children into `parent`, without what a page must not have."""
    tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    classes = set(element.get("class", "").split())
    if not tag or tag in LEFT_OUT or classes & HIDDEN:
        return
    place = place.within(classes)
    if tag == "path" and place.axis and (place.is_label_axis or "guide" not in classes):
        return
    attributes = {name: value for name in GEOMETRY if (value := element.get(name))}
    copy = ElementTree.SubElement(parent, tag, attributes | _paint(tag, place))
    if tag == "text":
        copy.text = element.text
        copy.attrib.setdefault("text-anchor", _anchor(place))
        if place.is_value:
            copy.set("text-anchor", "start")
    for child in element:
        _copy(child, copy, place)


def _anchor(place: _Place) -> str:
    return {"x": "middle", "y": "end"}.get(place.axis, "start")


def _paint(tag: str, place: _Place) -> dict[str, str]:
    number = (place.series or 0) % len(COLOURS)
    if tag == "text":
        return {"fill": INK, "font-size": str(FONT), "class": "chart-text"}
    if tag == "path" and place.axis:
        return {"stroke": GUIDE, "fill": "none", "class": "chart-guide"}
    if tag == "path":
        dash = {"stroke-dasharray": DASHES[number]} if DASHES[number] else {}
        line = {"stroke": COLOURS[number], "stroke-width": "2", "fill": "none"}
        return {**line, **dash, "class": f"chart-line-{number}"}
    if tag in ("rect", "circle"):
        return {"fill": COLOURS[number], "class": f"chart-fill-{number}"}
    return {}
