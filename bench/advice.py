"""How often the right agency is suggested: `python -m bench.advice [complaints]`.

Learns from generated complaints and asks about others whose sentences it has never read: the
last sentences of each topic are held back. Another part asks about whole topics that it knows
from the agencies' remits alone, and another about what people write every day. Coverage is the
share of texts that get a suggestion, accuracy the share of suggestions that name the right
agency. Similar answers are judged by their topic, and by texts of topics that no answer is
about. Uses DATABASE_URL, or a scratch SQLite file.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

from bench import corpus
from bench.search import say, set_up

CASES = 2480
TESTS = 500
HELD_BACK = 2  # sentences of each topic
FOLDS = 5
EVERYDAY = Path(__file__).parent / "data/everyday.txt"
FEW, FEW_TOPICS = 62, 5  # an archive with one answer for each topic; every fifth topic left out


def split() -> tuple[list[corpus.Topic], list[corpus.Topic]]:
    """The topics with the sentences to learn, and the topics with those that are held back."""
    learned, held_back = [], []
    for topic in corpus.topics():
        titles, sentences = topic.parts["T"], topic.parts["Q"]
        learned.append(_with(topic, titles[:-1], sentences[:-HELD_BACK]))
        held_back.append(_with(topic, titles[-1:], sentences[-HELD_BACK:]))
    return learned, held_back


def _with(topic: corpus.Topic, titles: list[str], sentences: list[str]) -> corpus.Topic:
    return replace(topic, parts={**topic.parts, "T": titles, "Q": sentences})


def learn(cases: list[corpus.Case]) -> float:
    """Fill the city with these complaints and learn from them; returns the seconds it took."""
    from bench import city
    from pengaduan_app.contrib.search import indexing
    from pengaduan_app.contrib.search.advice import learning

    city.load(cases)
    indexing.rebuild()
    start = time.perf_counter()
    learning.learn()
    return time.perf_counter() - start


def ask(texts: list[tuple[str, str, str]]) -> list[tuple]:
    """(way, suggested or None, right agency, milliseconds) for each text, asked both ways."""
    from pengaduan_app.contrib.search.advice.advising import suggest_agency
    from pengaduan_app.models import Category

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
    """Print coverage, accuracy and speed, with and without the category."""
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


def everyday() -> list[tuple[str, str | None]]:
    """What people write on an ordinary day, with the right agency, or None if none is clear."""
    lines = EVERYDAY.read_text(encoding="utf-8").splitlines()
    parts = [line.partition(": ") for line in lines if line and not line.startswith("#")]
    return [
        (text.replace(" / ", "\n"), agency if agency != "-" else None)
        for agency, _colon, text in parts
    ]


def report_everyday(name: str) -> None:
    """Print how many everyday texts get the right agency, a wrong one, or one without need."""
    from pengaduan_app.contrib.search.advice.advising import suggest_agency

    right = wrong = idle = 0
    for text, agency in everyday():
        found = suggest_agency(text, None)
        given = found.agency.slug if found else None
        right += given == agency is not None
        wrong += None not in (given, agency) and given != agency
        idle += agency is None and given is not None
        if "-v" in sys.argv and given != agency:
            say(f"   {agency}, not {given}: {text!r}")
    texts = [agency for _text, agency in everyday()]
    whose = sum(agency is not None for agency in texts)
    say(
        f"{name:20} every day     ({len(texts)}): {right} of {whose} right, {wrong} wrong; "
        f"{idle} of {len(texts) - whose} that are nobody's"
    )


def report_similar(name: str, number: int, known: list[corpus.Topic], asks: list) -> None:
    """Judge the similar answers from an archive of that many answers about these topics."""
    from bench import city
    from pengaduan_app.contrib.search import indexing
    from pengaduan_app.contrib.search.advice.similar import similar
    from pengaduan_app.models import ComplaintPage

    cases = corpus.cases(number, known)
    city.load(cases)
    indexing.rebuild()
    pages = ComplaintPage.objects.order_by("answered_at", "pk").values_list("pk", flat=True)
    by_page = dict(zip(pages, cases, strict=True))
    chance = random.Random(corpus.SEED + 2)
    texts = offered = right = 0
    for count in range(TESTS):
        case = corpus.case_of(asks[count % len(asks)], chance)
        found = similar(f"{case.title}\n{case.question}")
        texts += bool(found)
        offered += len(found)
        right += sum(by_page[row.page_id].topic == case.topic for row in found)
    say(
        f"{name:20} similar, of {number} answers ({TESTS}): to {texts / TESTS:.3f} of the texts, "
        f"{right / max(1, offered):.3f} of {offered} right"
    )


def main() -> None:
    set_up()
    from bench import city

    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    number = numbers[0] if numbers else CASES
    city.prepare()
    learned, held_back = split()
    seconds = learn(corpus.cases(number, learned))
    say(f"{number} complaints learned in {seconds:.1f} s")
    report("sentences never read", ask(asked(held_back, TESTS)))
    report("a few words", ask(searched(learned)))
    report_everyday("learned")
    judged = []
    for fold in range(FOLDS):
        others = [topic for n, topic in enumerate(learned) if n % FOLDS != fold]
        learn(corpus.cases(number // FOLDS, others))
        judged += ask(asked(held_back[fold::FOLDS], TESTS // FOLDS))
    report("topics never met", judged)
    learn([])
    report_everyday("remits alone")
    for size in (FEW, number):
        report_similar("sentences never read", size, learned, held_back)
        others = [topic for n, topic in enumerate(learned) if n % FEW_TOPICS]
        report_similar("topics never answered", size, others, learned[::FEW_TOPICS])


if __name__ == "__main__":
    main()
