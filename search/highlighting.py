"""Shows where in a text the words stand that were asked for. Pure, and safe HTML."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .indonesian import analyse

EXCERPT = 220  # letters
LEAD = 60  # letters before the first mark
MORE = "…"


def marked(text: str, stems: set[str]) -> SafeString:
    """The whole text, with <mark> around the words that come from these stems."""
    spans = _spans(text, stems)
    return _html(text, spans, 0, len(text))


def excerpt(text: str, stems: set[str]) -> SafeString:
    """The part of the text that says most of these stems, marked; its start if none."""
    spans = _spans(text, stems)
    start = _best_start(spans)
    if start:
        start = text.find(" ", start) + 1 or start
    end = start + EXCERPT
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + EXCERPT // 2)
    html = _html(text, spans, start, end)
    # Each piece of it was escaped.
    return mark_safe(f"{MORE if start else ''}{html}{MORE if end < len(text) else ''}")  # noqa: S308


def _spans(text: str, stems: set[str]) -> list[tuple[int, int, str]]:
    return [(term.start, term.end, term.stem) for term in analyse(text) if term.stem in stems]


def _best_start(spans: list[tuple[int, int, str]]) -> int:
    best = most = 0
    for number, (start, _end, _stem) in enumerate(spans):
        within = {stem for at, _to, stem in spans[number:] if at < start + EXCERPT - LEAD}
        if len(within) > most:
            best, most = max(0, start - LEAD), len(within)
    return best


def _html(text: str, spans: list[tuple[int, int, str]], start: int, end: int) -> SafeString:
    pieces, at = [], start
    for first, last, _stem in spans:
        if at <= first and last <= end:
            pieces += [escape(text[at:first]), f"<mark>{escape(text[first:last])}</mark>"]
            at = last
    pieces.append(escape(text[at:end]))
    return mark_safe("".join(pieces))  # noqa: S308
