"""What a citizen is told before sending: similar answers, and which agency is responsible; and
which agencies are proposed to the administrator (SOP C2).

The plugin brings no search of its own to this wing. A site connects one by three Wagtail hooks,
all optional; without them the forms work as before:

`pengaduan_similar_answers(text, limit)`    up to `limit` SimilarAnswer, most alike first
`pengaduan_suggest_agency(text, category)`  an AgencySuggestion, or None when unsure
`pengaduan_likely_agencies(text, category, limit, without)`
                                            up to `limit` AgencySuggestion, likeliest first, of
                                            no agency whose key is in `without`

`text` is what was typed, untrusted, up to LONGEST characters; `category` a Category or None.
No hook may store or log the text. The first result that isn't empty is used.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from wagtail import hooks

from ..models import Agency, Category

logger = logging.getLogger(__name__)

SIMILAR_HOOK = "pengaduan_similar_answers"
AGENCY_HOOK = "pengaduan_suggest_agency"
LIKELY_HOOK = "pengaduan_likely_agencies"
MOST_ANSWERS = 3
MOST_AGENCIES = 3
LONGEST = 5200  # characters: the longest subject and the longest text
SHORTEST = 15


@dataclass(frozen=True)
class SimilarAnswer:
    """A published answer, as the form shows it."""

    title: str
    url: str
    agency: str
    answered_at: datetime
    # The page, where the search knows it: for staff, who insert what it says.
    page_id: int | None = None


@dataclass(frozen=True)
class AgencySuggestion:
    """An agency, the citizen's words that point to it, and how certain that is (0 to 1)."""

    agency: Agency
    words: Sequence[str]
    confidence: float

    @property
    def reason(self) -> str:
        """Why, in a sentence that quotes nothing but the citizen's own words."""
        values = {"agency": self.agency.name, "words": _joined(self.words)}
        if len(self.words) == 1:
            return _("Complaints with the word %(words)s are usually handled by %(agency)s.") % (
                values
            )
        return _("Complaints with the words %(words)s are usually handled by %(agency)s.") % values


@dataclass(frozen=True)
class Advice:
    """Similar answers and a suggested agency; false if there is neither."""

    answers: Sequence[SimilarAnswer] = ()
    suggestion: AgencySuggestion | None = None

    def __bool__(self) -> bool:
        return bool(self.answers or self.suggestion)


def similar_to(subject: str, body: str, limit: int) -> Sequence[SimilarAnswer]:
    """Up to `limit` published answers about the same thing; none where no search is installed."""
    return _first(SIMILAR_HOOK, f"{subject}\n{body}"[:LONGEST], limit) or ()


def advise(subject: str, body: str, category: Category | None, chosen: int | None) -> Advice:
    """Advice on what somebody is writing; `chosen` is the key of the agency they selected."""
    text = f"{subject}\n{body}"[:LONGEST]
    if len(text.strip()) < SHORTEST:
        return Advice()
    answers = _first(SIMILAR_HOOK, text, MOST_ANSWERS) or ()
    suggestion = _first(AGENCY_HOOK, text, category)
    if suggestion and (suggestion.agency.pk == chosen or not suggestion.words):
        suggestion = None
    return Advice(list(answers)[:MOST_ANSWERS], suggestion)


def likely_agencies(
    subject: str, body: str, category: Category | None, without: frozenset[int]
) -> list[AgencySuggestion]:
    """The agencies that a complaint may be for, likeliest first, each with its reason."""
    text = f"{subject}\n{body}"[:LONGEST]
    found = _first(LIKELY_HOOK, text, category, MOST_AGENCIES, without) or ()
    told = [each for each in found if each.words and each.agency.pk not in without]
    return told[:MOST_AGENCIES]


def _first(hook: str, *arguments: object) -> Any:
    """The first result of this hook that isn't empty.

    A broken search must not keep anybody from complaining.
    """
    for function in hooks.get_hooks(hook):
        try:
            if found := function(*arguments):
                return found
        except Exception as error:  # noqa: BLE001  a site's hook can fail in any way
            # Its class alone: the message can quote what was typed.
            logger.error("The hook %s failed: %s", hook, type(error).__name__)
    return None


def _joined(words: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in words]
    if len(quoted) < 2:
        return "".join(quoted)
    return _("%(first)s and %(last)s") % {"first": ", ".join(quoted[:-1]), "last": quoted[-1]}
