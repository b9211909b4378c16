"""How often the right agency is suggested: `python -m bench.advice [complaints]`.

Learns from generated complaints and asks about others whose sentences it has never read: of
each topic the last sentences are kept back. A third part asks about whole topics that it
knows from the agencies' remits alone. Coverage is how many texts get any suggestion, accuracy
how many of those name the right agency. On DATABASE_URL, or a scratch SQLite file.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from dataclasses import replace

from bench import corpus
from bench.search import say, set_up

CASES = 2480
TESTS = 500
HELD_BACK = 2  # sentences of each topic
FOLDS = 5


def split() -> tuple[list[corpus.Topic], list[corpus.Topic]]:
    """The topics with the sentences that are learnt, and with those that are kept back."""
    learnt, kept_back = [], []
    for topic in corpus.topics():
        titles, sentences = topic.parts["T"], topic.parts["Q"]
        learnt.append(_with(topic, titles[:-1], sentences[:-HELD_BACK]))
        kept_back.append(_with(topic, titles[-1:], sentences[-HELD_BACK:]))
    return learnt, kept_back


def _with(topic: corpus.Topic, titles: list[str], sentences: list[str]) -> corpus.Topic:
    return replace(topic, parts={**topic.parts, "T": titles, "Q": sentences})


def learn(cases: list[corpus.Case]) -> float:
    """Fill the city with these complaints and learn from them; returns the seconds it took."""
    from bench import city
    from search import indexing, learning

    city.load(cases)
    indexing.rebuild()
    start = time.perf_counter()
    learning.learn()
    return time.perf_counter() - start


def judge(name: str, texts: list[tuple[str, str, str]]) -> None:
    """Print coverage and accuracy over (text, category, right agency)."""
    from pengaduan_app.models import Category
    from search.advising import suggest_agency

    categories = {row.slug: row for row in Category.objects.all()}
    for way in ("words alone", "with category"):
        right, taken, wrong = 0, [], 0
        for text, category, agency in texts:
            start = time.perf_counter()
            found = suggest_agency(text, categories[category] if way != "words alone" else None)
            taken.append(1000 * (time.perf_counter() - start))
            right += bool(found and found.agency.slug == agency)
            wrong += bool(found and found.agency.slug != agency)
            if found and found.agency.slug != agency and "-v" in sys.argv:
                say(f"   {agency} not {found.agency.slug} {found.confidence:.2f} {text!r} {found.words}")
        answered = right + wrong
        say(
            f"{name:28} {way:13} ({len(texts)}): coverage {answered / len(texts):.3f}  "
            f"accuracy {right / max(1, answered):.3f}  p50 {statistics.median(taken):.1f} ms"
        )


def asked(topics: list[corpus.Topic], number: int) -> list[tuple[str, str, str]]:
    chance = random.Random(corpus.SEED + 1)
    cases = [corpus.case_of(topics[count % len(topics)], chance) for count in range(number)]
    return [(f"{case.title}\n{case.question}", case.category, case.agency) for case in cases]


def searched(topics: list[corpus.Topic]) -> list[tuple[str, str, str]]:
    return [(text, t.category, t.agency) for t in topics for text in t.parts["?"]]


def main() -> None:
    set_up()
    from bench import city

    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    number = numbers[0] if numbers else CASES
    city.prepare()
    learnt, kept_back = split()
    seconds = learn(corpus.cases(number, learnt))
    say(f"{number} complaints learnt in {seconds:.1f} s")
    judge("sentences never read", asked(kept_back, TESTS))
    judge("a few words", searched(learnt))
    unknown = []
    for fold in range(FOLDS):
        unknown = kept_back[fold::FOLDS]
        known = [topic for at, topic in enumerate(learnt) if at % FOLDS != fold]
        learn(corpus.cases(number // FOLDS, known))
        judge(f"topics never met, {fold + 1} of {FOLDS}", asked(unknown, TESTS // FOLDS))


if __name__ == "__main__":
    main()
