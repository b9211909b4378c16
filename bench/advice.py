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


def ask(texts: list[tuple[str, str, str]]) -> list[tuple]:
    """(way, suggested or None, right agency, milliseconds) for each text, asked both ways."""
    from pengaduan_app.models import Category
    from search.advising import suggest_agency

    categories = {row.slug: row for row in Category.objects.all()}
    judged = []
    for text, category, agency in texts:
        for way, known in (("words alone", None), ("with category", categories[category])):
            start = time.perf_counter()
            found = suggest_agency(text, known)
            taken = 1000 * (time.perf_counter() - start)
            judged.append((way, found and found.agency.slug, agency, taken))
            if "-v" in sys.argv and found and found.agency.slug != agency:
                say(f"   {agency}, not {found.agency.slug}: {text!r} {found.words}")
    return judged


def report(name: str, judged: list[tuple]) -> None:
    for way in ("words alone", "with category"):
        rows = [row for row in judged if row[0] == way]
        given = [row for row in rows if row[1]]
        right = sum(row[1] == row[2] for row in given)
        say(
            f"{name:20} {way:13} ({len(rows)}): coverage {len(given) / len(rows):.3f}  "
            f"accuracy {right / max(1, len(given)):.3f}  "
            f"p50 {statistics.median(row[3] for row in rows):.1f} ms"
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
    report("sentences never read", ask(asked(kept_back, TESTS)))
    report("a few words", ask(searched(learnt)))
    judged = []
    for fold in range(FOLDS):
        learn(corpus.cases(number // FOLDS, [t for n, t in enumerate(learnt) if n % FOLDS != fold]))
        judged += ask(asked(kept_back[fold::FOLDS], TESTS // FOLDS))
    report("topics never met", judged)


if __name__ == "__main__":
    main()
