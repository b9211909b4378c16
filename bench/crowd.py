"""Makes answers by the ten thousand, straight in the tables; for measuring and for tests.

This is no way to change a complaint: it fills an empty database with rows that look as if the
procedure had made them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any, TypeAlias
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone
from django.utils.text import slugify
from treebeard.mp_tree import MP_Node
from wagtail.models import Locale, Page

from pengaduan_app.models import (
    AgencyPage,
    Category,
    Complaint,
    ComplaintPage,
    PublishedAnswer,
    StepRecord,
    Village,
)
from pengaduan_app.procedure import Kind, State, Step
from pengaduan_app.publication import project

WORDS = [
    "jalan",
    "lampu",
    "sampah",
    "air",
    "drainase",
    "puskesmas",
    "antrean",
    "surat",
    "pasar",
    "pohon",
    "parkir",
    "sekolah",
    "taman",
    "trotoar",
    "jembatan",
    "petugas",
    "warga",
    "rusak",
    "padam",
    "menumpuk",
    "bocor",
    "lambat",
    "mohon",
    "segera",
    "diperbaiki",
]
SPAN = timedelta(days=3 * 365)
BATCH = 2_000
# One answer's texts, moments and places, by name.
Row: TypeAlias = dict[str, Any]


def make_answers(
    number: int, stock_page: type[Page] | None = None, stock_parent: Page | None = None
) -> None:
    """Add `number` published answers, spread over all sections, with their ledger rows; and as
    many pages with the same texts of a stock page type, if one is given."""
    random = Random(number)
    sections = list(AgencyPage.objects.select_related("agency"))
    categories = list(Category.objects.all()) or [None]
    villages = list(Village.objects.all()) or [None]
    start = (Complaint.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    for first in range(start, start + number, BATCH):
        rows = [
            _texts(random, key, first + number - key, categories, villages)
            for key in range(first, min(first + BATCH, start + number))
        ]
        _insert(rows, sections)
        if stock_page:
            _stock(rows, stock_page, stock_parent, sections)
    for parent in [*sections, *([stock_parent] if stock_parent else [])]:
        count = Page.objects.child_of(parent).count()
        Page.objects.filter(pk=parent.pk).update(numchild=count)
    _count_on()


def _count_on() -> None:
    """Move PostgreSQL's sequences past the keys that were assigned here."""
    for statement in connection.ops.sequence_reset_sql(no_style(), [Complaint, Page]):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _texts(
    random: Random,
    key: int,
    back: int,
    categories: list[Category | None],
    villages: list[Village | None],
) -> Row:
    moment = timezone.now() - timedelta(seconds=random.random() * SPAN.total_seconds())
    paragraph = " ".join(random.choices(WORDS, k=45))
    return {
        "key": key,
        "title": " ".join(random.choices(WORDS, k=6)).capitalize(),
        "question": f"{paragraph}.\n\n{paragraph}",
        "answer": f"<p>{paragraph}.</p><p><b>Terima kasih.</b> {paragraph}</p>",
        "answered_at": moment,
        "received_at": moment - timedelta(hours=random.randint(5, 90)),
        "category": random.choice(categories),
        "village": random.choice(villages),
        "kind": random.choice(list(Kind)).value,
    }


def _insert(rows: list[Row], sections: list[AgencyPage]) -> None:
    complaints = [_complaint(row, sections[row["key"] % len(sections)]) for row in rows]
    Complaint.objects.bulk_create(complaints)
    pages = []
    for row, complaint in zip(rows, complaints, strict=True):
        section = sections[row["key"] % len(sections)]
        page = ComplaintPage(complaint=complaint, agency=section.agency)
        _fill(page, row, section, complaint.pk)
        page.kind = row["kind"]
        pages.append(page)
    _insert_pages(ComplaintPage, pages)
    PublishedAnswer.objects.bulk_create([_public_row(page) for page in pages])
    StepRecord.objects.bulk_create([record for c in complaints for record in _records(c)])


def _public_row(page: ComplaintPage) -> PublishedAnswer:
    """A row without its HTML, but as large as if it had it: rendering takes longer than all
    the rest, so whoever asks for some of the rows renders those first."""
    row = project(page)
    row.card, row.article = row.question, 8 * row.question
    return row


def _complaint(row: Row, section: AgencyPage) -> Complaint:
    return Complaint(
        pk=row["key"],
        ticket=f"B-{row['key']:09d}",
        code_hash="-",
        submission_key=UUID(int=row["key"]),
        kind=row["kind"],
        subject=row["title"],
        body=row["question"],
        category=row["category"],
        village=row["village"],
        state=State.PUBLISHED.value,
        agency=section.agency,
        created_at=row["received_at"],
        closed_at=row["answered_at"],
    )


def _records(complaint: Complaint) -> Iterator[StepRecord]:
    steps = (Step.A1, Step.A2, Step.A5, Step.A6, Step.A8, Step.B1, Step.B2)
    for step in steps:
        yield StepRecord(
            complaint=complaint,
            step=step.value,
            agency_id=complaint.agency_id,
            started_at=complaint.created_at,
            due_at=complaint.closed_at,
            limit_minutes=60,
            finished_at=complaint.closed_at,
            outcome="done",
            judged_as=step.value,
            judged_due_at=complaint.closed_at,
            late=complaint.pk % 9 == 0,
            seconds=600,
        )


def _fill(page: Page, row: Row, parent: Page, key: int) -> None:
    page.title = page.draft_title = row["title"]
    page.slug = f"{slugify(row['title'])[:60]}-{key}"
    page.path = MP_Node._get_path.__func__(Page, parent.path, parent.depth + 1, key)
    page.depth, page.numchild = parent.depth + 1, 0
    page.url_path = f"{parent.url_path}{page.slug}/"
    page.live, page.has_unpublished_changes = True, False
    page.first_published_at = page.last_published_at = row["answered_at"]
    for name in ("question", "answer", "received_at", "answered_at", "category", "village"):
        setattr(page, name, row[name])


def _stock(rows: list[Row], model: type[Page], parent: Page, sections: list[AgencyPage]) -> None:
    pages = []
    for row in rows:
        page = model(agency=sections[row["key"] % len(sections)].agency)
        _fill(page, row, parent, row["key"])
        pages.append(page)
    _insert_pages(model, pages)


def _insert_pages(model: type[Page], pages: list[Page]) -> None:
    """Insert into both tables of a page type, which bulk_create refuses."""
    content_type = ContentType.objects.get_for_model(model)
    locale = Locale.get_default()
    last = Page.objects.order_by("-pk").values_list("pk", flat=True).first()
    fields = [field.name for field in Page._meta.concrete_fields]
    bases = []
    for number, page in enumerate(pages, last + 1):
        page.pk = page.id = number
        page.page_ptr_id = number
        page.content_type, page.locale = content_type, locale
        bases.append(Page(**{name: getattr(page, name) for name in fields}))
    Page.objects.bulk_create(bases)
    own = list(model._meta.local_concrete_fields)
    query = model._base_manager.get_queryset()
    query._for_write = True
    for start in range(0, len(pages), 200):
        query._insert(pages[start : start + 200], fields=own, using=query.db)
