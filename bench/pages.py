"""Requests per second of the public pages against a stock Wagtail page type, in one run.

    python -m bench.pages [pages, by default 10000]

Requests to both kinds alternate, in this process, with no cache in front of either. It fills
the database of DATABASE_URL, by default var/bench.sqlite3: give it a scratch database.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

ROOT = Path(__file__).resolve().parents[1]
ROUNDS, DETAILS, LISTS = 5, 25, 10


def main(number: int) -> None:
    """Fill the database if it is empty, and print the figures."""
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    pairs = prepare(number)
    client = Client(HTTP_HOST="127.0.0.1")
    print(f"{number} pages")
    print(f"{'':16}{'ours/s':>10}{'stock/s':>10}{'ratio':>8}")
    for name, ours, stock in pairs:
        mine, theirs = measure(client, ours, stock)
        print(f"{name:16}{1 / mine:10.0f}{1 / theirs:10.0f}{theirs / mine:8.1f}")


def prepare(number: int) -> list[tuple[str, list[str], list[str]]]:
    """Name, our addresses and the stock type's addresses of each comparison."""
    from django.core.management import call_command

    from home.models import HomePage
    from pengaduan_app.models import PublishedAnswer

    from .crowd import make_answers
    from .database import settle
    from .stock.models import StockIndexPage, StockPage

    call_command("setup_site", verbosity=0)
    index = StockIndexPage.objects.first() or HomePage.objects.get().add_child(
        instance=StockIndexPage(title="Jawaban", slug="stok")
    )
    made = PublishedAnswer.objects.count()
    if made > number:
        sys.exit(f"The database holds {made} answers already; take an empty one.")
    if made < number:
        make_answers(number - made, StockPage, index)
        settle()
    return questions()


def questions() -> list[tuple[str, list[str], list[str]]]:
    """The same, with our answers rendered as publication would have done."""
    from pengaduan_app.models import PublishedAnswer

    from .stock.models import StockPage

    random = Random(1)
    rows = PublishedAnswer.objects.newest()
    keys = random.sample(list(rows.values_list("pk", flat=True)), DETAILS)
    ours = [row.address for row in PublishedAnswer.objects.with_names().filter(pk__in=keys)]
    render_all(keys)
    for some in (rows, rows[9_900:10_100], rows.filter(agency__slug="dlh", kind="complaint")):
        render_all(some.values_list("pk", flat=True)[:100])
    keys = random.sample(list(StockPage.objects.values_list("pk", flat=True)), DETAILS)
    stock = [page.url for page in StockPage.objects.filter(pk__in=keys)]
    return [
        ("detail", ours, stock),
        *(
            (name, [ours] * LISTS, [stock] * LISTS)
            for name, ours, stock in (
                ("listing 1", "/pengaduan/", "/stok/"),
                ("listing 500", "/pengaduan/?page=500", "/stok/?page=500"),
                ("keyset at 500", cursor_at(10_000 - 20), "/stok/?page=500"),
                ("two filters", "/pengaduan/?agency=dlh&kind=complaint", "/stok/"),
            )
        ),
    ]


def cursor_at(row: int) -> str:
    """The address, by cursor, of the list page that follows that many answers."""
    from pengaduan_app.models import PublishedAnswer
    from pengaduan_app.publication import write_cursor

    rows = PublishedAnswer.objects.newest()
    return f"/pengaduan/?after={write_cursor(rows[min(row, rows.count() - 21)])}"


def render_all(keys: Iterable[int]) -> None:
    """Render answers before they are requested, as publication does; a crowd's rows are bare."""
    from pengaduan_app.publication import render_answers

    render_answers(list(keys))


def measure(client: Client, ours: list[str], stock: list[str]) -> tuple[float, float]:
    """Median seconds of a request to each kind, in alternation; the first round warms up."""
    times: dict[str, list[float]] = {"ours": [], "stock": []}
    for turn in range(ROUNDS + 1):
        for name, addresses in (("ours", ours), ("stock", stock)):
            for address in addresses:
                start = perf_counter()
                response = client.get(address)
                seconds = perf_counter() - start
                if response.status_code != 200:
                    sys.exit(f"{address} answered {response.status_code}")
                if turn:
                    times[name].append(seconds)
    return median(times["ours"]), median(times["stock"])


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
