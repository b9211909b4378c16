"""Decisions are written down in one form, and the index names them all."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

ADR = Path(__file__).parents[2] / "docs/adr"
RECORDS = sorted(ADR.glob("[0-9]*.md"))
PARTS = ["Context", "Options", "Decision", "Consequences"]
HEAD = re.compile(
    r"# ADR (?P<number>\d+): (?P<decision>[^\n]+)\n\n"
    r"- \*\*Date\*\*: (?P<date>[^\n]+)\n- \*\*Status\*\*: (?P<status>[^\n]+)\n\n## Context\n"
)
STATUS = re.compile(r"proposed|accepted|superseded by ADR (\d+)")
ROW = re.compile(r"^\| \[(\d+)\]\(([^)]+)\) \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def head_of(path: Path) -> dict[str, str]:
    match = HEAD.match(text_of(path))
    assert match, f"{path.name} does not begin as docs/adr/template.md does"
    return match.groupdict()


def headings_of(text: str) -> list[str]:
    return re.findall(r"^## (.+)$", text, re.MULTILINE)


def test_the_template_has_the_parts_that_every_record_needs():
    assert headings_of(text_of(ADR / "template.md")) == PARTS


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_record_has_the_parts_of_the_template_in_their_order(path):
    found = headings_of(text_of(path))
    assert [part for part in found if part in PARTS] == PARTS
    # What was measured is the one part more, and before what follows from it.
    assert set(found) - set(PARTS) <= {"Measured"}
    assert found[-1] == "Consequences"


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_no_part_of_a_record_is_left_empty(path):
    parts = re.split(r"^## .+$", text_of(path), flags=re.MULTILINE)[1:]
    assert all(len(part.split()) >= 10 for part in parts)


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_record_weighs_more_than_one_option(path):
    options = text_of(path).split("## Options")[1].split("\n## ")[0]
    assert len(re.findall(r"^\d\. \*", options, re.MULTILINE)) >= 2


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_record_says_when_it_was_decided_and_whether_it_holds(path):
    head = head_of(path)
    assert date.fromisoformat(head["date"])
    status = STATUS.fullmatch(head["status"])
    assert status
    if status[1]:
        assert list(ADR.glob(f"{int(status[1]):04}-*.md"))


def test_the_records_are_numbered_without_a_gap_by_their_file_and_their_title():
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))
    assert [int(head_of(path)["number"]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))


def test_the_index_says_of_every_record_what_the_record_says():
    heads = [(path, head_of(path)) for path in RECORDS]
    records = [
        (head["number"], path.name, head["decision"], head["date"], head["status"])
        for path, head in heads
    ]
    assert ROW.findall(text_of(ADR / "README.md")) == records
