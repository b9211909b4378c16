"""Quality and speed of the search, compared with Wagtail's own on the same data.

`python -m bench.search [answers]` uses the database of DATABASE_URL, or a scratch SQLite file.
Recall is measured over ten places: of 40 right answers ten can be there.
"""

from __future__ import annotations

import math
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
SCRATCH = ROOT / "var/bench.sqlite3"
CASES = 2480  # forty for each topic
TOP = 10
ROUNDS = 3
PATIENCE = 60  # seconds at most for timing one search
MEASURED = 12
JUDGED = 5000  # with more answers than this only the speed is measured


def set_up() -> None:
    """Load Django on a scratch database."""
    sys.path.insert(0, str(ROOT / "site"))
    SCRATCH.parent.mkdir(exist_ok=True)
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{SCRATCH}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    os.environ.setdefault("DEBUG", "false")
    import django

    django.setup()


def recall(found: list[bool], right: int) -> float:
    return sum(found[:TOP]) / min(TOP, right)


def gain(found: list[bool], right: int) -> float:
    """nDCG: a right answer counts more the higher it ranks."""
    got = sum(hit / math.log2(place + 2) for place, hit in enumerate(found[:TOP]))
    return got / sum(1 / math.log2(place + 2) for place in range(min(TOP, right)))


def judge(ask: Callable[[str], list[int]], searches: Iterable, by_page: dict) -> list[tuple]:
    """(recall, gain, search, cases found) for each search."""
    judged = []
    for search in searches:
        right = sum(search.is_right(case) for case in by_page.values())
        if not right:
            continue  # with few answers none may be about its topic
        cases = [by_page[pk] for pk in ask(search.text)[:TOP]]
        found = [search.is_right(case) for case in cases]
        judged.append((recall(found, right), gain(found, right), search, cases))
    return judged


def times(ask: Callable[[str], object], texts: list[str]) -> tuple[float, float]:
    """Milliseconds for a page of results: the median and the 95th percentile.

    Ends early, after at least MEASURED requests, if PATIENCE runs out.
    """
    taken, end = [], time.perf_counter() + PATIENCE
    for text in texts * ROUNDS:
        start = time.perf_counter()
        if start > end and len(taken) >= MEASURED:
            break
        ask(text)
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


def ways() -> dict[str, Callable[[str], list[int]]]:
    """Both searches; each returns the first ten of a page of results, counted as a view does."""
    from django.core.paginator import Paginator

    from pengaduan_app.contrib.search.results import search
    from pengaduan_app.models import ComplaintPage

    def ours(text):
        return [hit.pk for hit in search({"q": text}).hits]

    def wagtails(text):
        found = ComplaintPage.objects.published().search(text)
        return [page.pk for page in Paginator(found, 10).get_page(1)]

    return {"ours": ours, "Wagtail's own": wagtails}


def fill(number: int) -> dict:
    """Fill the database and both indexes with that many cases; returns each page's case."""
    from django.core.management import call_command

    from bench import city, corpus
    from bench.database import settle
    from pengaduan_app.contrib.search import indexing
    from pengaduan_app.models import ComplaintPage

    city.prepare()
    cases = corpus.cases(number)
    if ComplaintPage.objects.count() != number:
        city.load(cases)
        call_command("wagtail_update_index", verbosity=0)
    indexing.rebuild()
    settle()
    pages = ComplaintPage.objects.order_by("answered_at", "pk").values_list("pk", flat=True)
    return dict(zip(pages, cases, strict=True))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def report(name: str, judged: list[tuple], verbose: bool) -> None:
    for part, aside in (("tuned", False), ("aside", True)):
        rows = [row for row in judged if row[2].aside == aside]
        mean_recall = statistics.mean(row[0] for row in rows)
        mean_gain = statistics.mean(row[1] for row in rows)
        say(f"{name:14} {part} ({len(rows)}): recall@10 {mean_recall:.3f}  nDCG@10 {mean_gain:.3f}")
        if verbose and not aside:
            for row in rows:
                if row[1] < 0.95:
                    topics = " ".join(case.topic for case in row[3])
                    say(f"   {row[0]:.2f} {row[1]:.2f} {row[2].text!r} ({row[2].topic}): {topics}")


def main() -> None:
    set_up()
    from django.db import connection

    from bench import corpus

    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    by_page = fill(numbers[0] if numbers else CASES)
    searches = corpus.searches()
    # Spread over the topics, in case PATIENCE runs out.
    texts = [search.text for part in range(7) for search in searches[part::7]]
    say(f"{len(searches)} searches over {len(by_page)} answers on {connection.vendor}")
    for name, ask in list(ways().items())[: 1 if "--ours" in sys.argv else None]:
        if len(by_page) <= JUDGED:
            judged = judge(ask, searches, by_page)
            report(name, judged, "-v" in sys.argv and name == "ours")
        median, slow = times(ask, texts)
        say(f"{name:14} p50 {median:.1f} ms  p95 {slow:.1f} ms")


if __name__ == "__main__":
    main()
