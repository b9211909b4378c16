"""Marks the words of a query in a text, as safe HTML. Pure."""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString, mark_safe

from .indonesian import stems_in

EXCERPT = 200  # letters
LEAD = 60  # letters before the first mark
MORE = "…"

Span = tuple[int, int, frozenset[str]]  # start and end of a marked word, and its stems


def marked(text: str, stems: set[str]) -> SafeString:
    """The whole text, with <mark> around the words with these stems."""
    return _html(text, _spans(text, stems), 0, len(text))


def excerpt(texts: list[str], stems: set[str]) -> SafeString:
    """The part of one of the texts with most of these stems, marked; the start of the first
    text if none has any."""
    best, text, start = -1, texts[0], 0
    spans: list[Span] = []
    for each in texts:
        found = _spans(each, stems)
        most, at = _densest(found)
        if most > best:
            best, text, spans, start = most, each, found, at
    if start:
        start = text.find(" ", start) + 1 or start
    end = start + EXCERPT
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + EXCERPT // 2)
    before, after = MORE if start else "", MORE if end < len(text) else ""
    # _html escaped each piece.
    return mark_safe(f"{before}{_html(text, spans, start, end)}{after}")  # nosec B308 B703


def _spans(text: str, stems: set[str]) -> list[Span]:
    return [span for span in stems_in(text) if not stems.isdisjoint(span[2])]


def _densest(spans: list[Span]) -> tuple[int, int]:
    """How many different stems the densest part of a text has, and where it starts."""
    most = start = end = 0
    for number, (first, _last, _stems) in enumerate(spans):
        # Spans are in order, so the end only moves forward: a text can hold thousands.
        while end < len(spans) and spans[end][0] < first + EXCERPT - LEAD:
            end += 1
        near = (stems for _at, _to, stems in spans[number:end])
        if len(held := frozenset[str]().union(*near)) > most:
            most, start = len(held), max(0, first - LEAD)
    return most, start


def _html(text: str, spans: list[Span], start: int, end: int) -> SafeString:
    pieces: list[str] = []
    at = start
    for first, last, _stems in spans:
        if at <= first and last <= end:
            pieces += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
            at = last
    pieces.append(escape(text[at:end]))
    return mark_safe("".join(pieces))  # nosec B308 B703  # each is escaped
