"""Which published answers are about what a citizen is writing. Nothing rather than nonsense:
an answer that has nothing to do with it costs the trust in the next one."""

from __future__ import annotations

from django.db import connection

from . import finding, fulltext
from .models import Answer
from .query import Wanted, cleaned, rarest
from .ranking import Candidate, rank, spaced, weight_of
from .telling import telling

LONGEST_TEXT = 3000  # letters that are read
MOST_GROUPS = 8  # the rarest of a text are looked for
ALONE = 3  # of these, one is enough to look at an answer
# Without a telling word in its title an answer must say so many.
IN_TEXT = 3
# What a word in the text counts beside one in the title.
TEXT = 0.7
# How much of what a text's most telling words weigh an answer must share, and so that a long
# text isn't asked for more than a short one, how many these are.
SHARE, MOST_TELLING = 0.45, 4
NEAR = 0.9  # what is offered beside the best, as a share of it


def similar(text: str, limit: int = 3) -> list[Answer]:
    """Published answers to what a citizen is about to ask, most alike first; often none.

    Reads what is typed and keeps nothing of it.
    """
    text = cleaned(text, LONGEST_TEXT)
    groups, _memory, total = finding.understand(text)
    about = telling(text, groups)
    # What no answer has, none is about: it counts for what is missing, but isn't looked for.
    weights = {wanted.word: weight_of(wanted, total) for wanted in about}
    enough = SHARE * sum(sorted(weights.values(), reverse=True)[:MOST_TELLING])
    known = rarest([each for each in about if 0 < each.answers <= total / 2], MOST_GROUPS)
    if not known:
        return []
    shared = [(_shared(each, known, weights), each) for each in _looked_at(known)]
    best = max((share for share, _each in shared), default=0.0)
    alike = [each for share, each in shared if share >= max(enough, NEAR * best)]
    ranked = rank(alike, [each for each in groups if each.answers], total)[:limit]
    rows = Answer.objects.defer("title_stems", "body_stems", "about_stems")
    found = rows.in_bulk([each.pk for _score, each in ranked])
    return [found[each.pk] for _score, each in ranked]


def _looked_at(known: list[Wanted]) -> list[Candidate]:
    ways = [wanted.ways for wanted in known]
    pairs = min(2, len(known))
    return finding.candidates(fulltext.partial(connection.vendor, ways, pairs, alone=ALONE))


def _shared(candidate: Candidate, known: list[Wanted], weights: dict[str, float]) -> float:
    """The weight of the words that text and answer share; none for a chance meeting."""
    share, titled, said = 0.0, False, 0
    for wanted in known:
        phrases = [spaced(phrase) for phrase in wanted.phrases]
        if any(phrase in candidate.title for phrase in phrases):
            titled, said, share = True, said + 1, share + weights[wanted.word]
        elif any(phrase in candidate.body for phrase in phrases):
            said, share = said + 1, share + TEXT * weights[wanted.word]
    return share if titled or said >= IN_TEXT else 0.0
