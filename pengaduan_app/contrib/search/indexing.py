"""Keeps the index in step with what is published, inside the transaction that publishes.

It always reads the page's row from the database: a page in memory can carry the text of a
draft while it is saved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from ...models import Agency, Category, ComplaintPage, Village
from ...publication import hold
from . import fulltext, vocabulary
from .indonesian import analyse
from .models import Answer, Misspelling, Word

BATCH = 500
# What answers are filtered by: the prefix of its mark, its column.
MARKS = {
    "agency": ("a", "agency_id"),
    "category": ("c", "category_id"),
    "village": ("v", "village_id"),
    "year": ("y", "year"),
    "kind": ("k0", "kind"),
}


def mark(name: str, value: object) -> str:
    """The word in an answer's row that it is filtered by. Letters with digits: no text holds
    such a word, because texts are cut between the two."""
    return f"{MARKS[name][0]}{value}"


def refresh(page_ids: Iterable[int]) -> None:
    """Bring these pages' rows up to date with what is public now."""
    ids = list(page_ids)
    with transaction.atomic():
        hold(ids)
        known = Answer.objects.filter(page_id__in=ids)
        # Waits for a rebuild that holds these rows, then reads those that it left.
        list(known.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        rows = {row.page_id: row for row in known.all()}
        for page in _public_pages().filter(pk__in=ids):
            _put(page, rows.pop(page.pk, None))
        for row in rows.values():
            row.delete()


def _put(page: ComplaintPage, row: Answer | None) -> None:
    fresh = _answer_of(page)
    old = vocabulary_of(row) if row else set()
    new = vocabulary_of(fresh)
    fresh.pk = row.pk if row else None
    fresh.save()
    vocabulary.add(Counter(new - old))
    vocabulary.take(old - new)


def vocabulary_of(row: Answer) -> set[str]:
    return vocabulary.words_of(row.title, row.about, row.question, row.answer)


def _public_pages() -> QuerySet[ComplaintPage]:
    return ComplaintPage.objects.live().public().select_related("agency", "category", "village")


def _answer_of(page: ComplaintPage) -> Answer:
    answered_at = page.answered_at or page.received_at
    day = timezone.localdate(answered_at)
    row = Answer(
        page_id=page.pk,
        agency_id=page.agency_id,
        category_id=page.category_id,
        village_id=page.village_id,
        kind=page.kind,
        year=day.year,
        day=day.toordinal(),
        answered_at=answered_at,
        url=_path_of(page),
        title=page.title,
        about=about(page.agency, page.category, page.village),
        question=_squeezed(page.question),
        answer=_squeezed(BeautifulSoup(page.answer, "html.parser").get_text(" ")),
    )
    row.title_stems = stems_of(row.title)
    row.body_stems = f"{stems_of(row.question)}{fulltext.BETWEEN}{stems_of(row.answer)}"
    row.about_stems = about_stems(row)
    return row


def _squeezed(text: str) -> str:
    # PostgreSQL refuses null bytes, and nobody sees them.
    return " ".join(text.replace("\x00", " ").split())


def _path_of(page: ComplaintPage) -> str:
    """The page's path without scheme and host, as links within the site use it."""
    parts = page.get_url_parts()
    return (parts[2] if parts else "") or ""


def about(agency: Agency, category: Category | None, village: Village | None) -> str:
    """The names by which an answer is found besides its text."""
    names = [agency.name, agency.short_name, category and category.name, village and village.name]
    return " ".join(name for name in names if name)


def about_stems(row: Answer) -> str:
    marks = [
        mark(name, value)
        for name, (_letter, column) in MARKS.items()
        if (value := getattr(row, column)) is not None
    ]
    return f"{stems_of(row.about)}{fulltext.BETWEEN} {' '.join(marks)} "


def stems_of(text: str) -> str:
    """The stems with a space around each, so that only whole ones match."""
    return f" {' '.join(term.stem for term in analyse(text))} "


def rename(column: str, pk: int) -> None:
    """Update the rows of an agency, category or village whose name has changed."""
    relations = ("agency", "category", "village")
    kinds = (
        ComplaintPage.objects.filter(live=True, **{column: pk})
        .order_by()
        .values_list(*(f"{name}_id" for name in relations))
        .distinct()
    )
    with transaction.atomic():
        for kind in list(kinds):
            values = dict(zip((f"{name}_id" for name in relations), kind, strict=True))
            _rename_rows(Answer.objects.filter(**values))


def _rename_rows(rows: QuerySet[Answer]) -> None:
    """The rows share agency, category and village; those whose names are right stay as is."""
    sample = rows.select_related("page__agency", "page__category", "page__village").first()
    if sample is None:
        return
    page = sample.page
    names = about(page.agency, page.category, page.village)
    for row in rows.exclude(about=names).iterator(BATCH):
        old = vocabulary_of(row)
        row.about = names
        row.about_stems = about_stems(row)
        row.save(update_fields=["about", "about_stems"])
        vocabulary.add(Counter(vocabulary_of(row) - old))
        vocabulary.take(old - vocabulary_of(row))


def move(url_path_prefix: str) -> None:
    """Update the addresses of pages below this place in the tree."""
    rows = Answer.objects.filter(page__url_path__startswith=url_path_prefix)
    changed = []
    for row in rows.select_related("page").iterator(BATCH):
        row.url = _path_of(row.page)
        changed.append(row)
    Answer.objects.bulk_update(changed, ["url"], batch_size=BATCH)


@transaction.atomic
def rebuild() -> int:
    """Refill the index, oldest answer first; returns the number of answers."""
    with connection.cursor() as cursor:
        fulltext.before_refill(connection, cursor.execute)
        for model in (Answer, Misspelling, Word):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")  # nosec B608
        total = _fill()
        # Pages that were taken down during the rebuild.
        Answer.objects.filter(page__live=False).delete()
        fulltext.after_refill(connection, cursor.execute)
    return total


def _fill() -> int:
    counts: Counter[str] = Counter()
    for rows in _batches():
        Answer.objects.bulk_create(rows, batch_size=BATCH)
        for row in rows:
            counts.update(vocabulary_of(row))
    vocabulary.add(counts)
    return counts[vocabulary.ALL]


def _batches() -> Iterator[list[Answer]]:
    batch: list[Answer] = []
    for page in _public_pages().order_by("answered_at", "pk").iterator(BATCH):
        batch.append(_answer_of(page))
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch
