"""Charts that a strict page may hold: no scripts, no styles, a name for who can't see them."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from pengaduan_app.presentation import charts, quantities

NAME = re.compile(r'aria-labelledby="(.*?)-title')
BARS = charts.bars(
    "bagan", "Tepat <waktu>", ["A1", "A2 & A3"], [0.5, None], quantities.share_text, 1
)
LINES = charts.lines(
    "garis",
    "Pengaduan masuk",
    [f"{day}/3" for day in range(1, 32)],
    [
        charts.Series("Masuk", list(range(1000, 1031))),
        charts.Series("Selesai", [None, *range(30)]),
    ],
)


@pytest.mark.parametrize("chart", [BARS, LINES])
def test_a_chart_brings_nothing_that_the_public_policy_forbids(chart):
    assert not re.search(r"<(script|style|foreignObject|image|use)|\s(style|on\w+|href)=", chart)
    assert "http" not in chart
    assert set(re.findall(r'\sid="([^"]*)"', chart)) == {
        f"{NAME.search(chart)[1]}-{part}" for part in ("title", "desc")
    }


def test_a_chart_has_a_role_a_title_and_a_description():
    svg = ElementTree.fromstring(BARS)
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "bagan-title bagan-desc"
    assert svg.find("title").text == "Tepat <waktu>"
    assert svg.find("desc").text


def test_text_is_as_large_as_a_phone_needs():
    """Drawn 360 wide: on a phone of that width a unit is about a pixel."""
    assert set(re.findall(r'font-size="(\d+)"', BARS + LINES)) == {"12"}
    assert 'viewBox="0 0 360 ' in BARS


def test_lines_differ_in_more_than_colour():
    paths = ElementTree.fromstring(LINES).iter("path")
    lines = [node for node in paths if node.get("stroke-width")]
    assert len({node.get("stroke-dasharray") for node in lines}) == len(lines) == 2


def test_a_crowded_line_writes_every_so_many_labels():
    written = [label for label in re.findall(r">(\d+/3)<", LINES) if label]
    assert 4 <= len(written) <= charts.MOST_TICKS


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0%"), (0.001, "1%"), (0.976, "98%"), (0.999, "99%"), (1, "100%"), (0.125, "12%")],
)
def test_only_all_is_a_hundred_per_cent(value, text):
    assert quantities.share_text(value) == text


def test_numbers_are_written_the_indonesian_way():
    assert quantities.count_text(12345) == "12.345"
    assert charts.decimal_text(1234.56) == "1.234,6"
