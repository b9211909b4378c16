"""Which published answers are about the same thing as a citizen's text. Nothing rather than
nonsense: one unrelated answer costs the trust in the next."""

from __future__ import annotations

from django.db import connection

from .. import finding, fulltext
from ..models import Answer
from ..query import Wanted, cleaned, rarest
from ..ranking import Candidate, rank, spaced, weight_of
from .keywords import keywords_of

LONGEST_TEXT = 3000  # letters that are read
MOST_GROUPS = 8  # the rarest groups of a text, which are searched
ALONE = 3  # of these, a single one makes an answer a candidate
# An answer without a keyword in its title must hold so many in its text.
IN_TEXT = 3
# What a keyword in the text counts beside one in the title.
TEXT = 0.7
# An answer must share this part of the weight of the text's heaviest keywords. Their number
# is limited, so that a long text doesn't ask for more than a short one.
SHARE, MOST_KEYWORDS = 0.45, 4
NEAR = 0.9  # what is offered beside the best answer, as a share of it


def similar(text: str, limit: int = 3) -> list[Answer]:
    """Published answers to what a citizen is about to ask, most similar first; often none.

    Reads the text and stores nothing of it.
    """
    text = cleaned(text, LONGEST_TEXT)
    groups, _reference, total = finding.understand(text)
    keywords = keywords_of(text, groups)
    # A keyword that no answer has counts as missing, but isn't searched.
    weights = {wanted.word: weight_of(wanted, total) for wanted in keywords}
    enough = SHARE * sum(sorted(weights.values(), reverse=True)[:MOST_KEYWORDS])
    known = rarest([each for each in keywords if 0 < each.answers <= total / 2], MOST_GROUPS)
    if not known:
        return []
    shared = [(_shared(each, known, weights), each) for each in _candidates(known)]
    best = max((share for share, _each in shared), default=0.0)
    near = [each for share, each in shared if share >= max(enough, NEAR * best)]
    ranked = rank(near, [each for each in groups if each.answers], total)[:limit]
    rows = Answer.objects.defer("title_stems", "body_stems", "about_stems")
    found = rows.in_bulk([each.pk for _score, each in ranked])
    return [found[each.pk] for _score, each in ranked]


def _candidates(known: list[Wanted]) -> list[Candidate]:
    ways = [wanted.ways for wanted in known]
    pairs = min(2, len(known))
    return finding.candidates(fulltext.partial(connection.vendor, ways, pairs, alone=ALONE))


def _shared(candidate: Candidate, known: list[Wanted], weights: dict[str, float]) -> float:
    """The weight of the keywords that text and answer share; 0 for a coincidence."""
    share, titled, said = 0.0, False, 0
    for wanted in known:
        phrases = [spaced(phrase) for phrase in wanted.phrases]
        if any(phrase in candidate.title for phrase in phrases):
            titled, said, share = True, said + 1, share + weights[wanted.word]
        elif any(phrase in candidate.body for phrase in phrases):
            said, share = said + 1, share + TEXT * weights[wanted.word]
    return share if titled or said >= IN_TEXT else 0.0
