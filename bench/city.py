"""Quickly fills an empty database with generated published answers; only for measuring."""

from __future__ import annotations

import uuid
from typing import Any, TypeAlias

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.text import slugify
from wagtail.models import Locale, Page

from home.setup import setup_site
from pengaduan_app.models import Agency, AgencyPage, Category, Complaint, ComplaintPage, Village
from pengaduan_app.procedure import Channel, Kind, State

from .corpus import Case

BATCH = 1000
# Agencies, categories, villages and sections by the names that cases use.
Places: TypeAlias = dict[str, dict[Any, Any]]
MARK = "BENCH"  # the prefix of generated tickets


def prepare() -> None:
    """Tables and reference data. Refuses a database that holds real complaints."""
    call_command("migrate", verbosity=0)
    if Complaint.objects.exclude(ticket__startswith=MARK).exists():
        raise SystemExit("This database holds real complaints. Name an empty DATABASE_URL.")
    setup_site("localhost", 80)


@transaction.atomic
def load(cases: list[Case]) -> None:
    """Replaces all answers by these cases, as published pages; doesn't fill the search index."""
    clear()
    places: Places = {
        "agency": {row.slug: row for row in Agency.objects.all()},
        "category": {row.slug: row for row in Category.objects.all()},
        "village": {row.name: row for row in Village.objects.all()},
        "section": {page.agency_id: page for page in AgencyPage.objects.all()},
    }
    for start in range(0, len(cases), BATCH):
        _load_batch(cases[start : start + BATCH], places, start)
    for section in places["section"].values():
        Page.objects.filter(pk=section.pk).update(numchild=section.numchild)


def clear() -> None:
    """Delete all complaints and their pages, past the models' own guards."""
    pages = ComplaintPage.objects.values_list("pk", flat=True)
    numbers = list(pages)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM pengaduan_search_answer")
        cursor.execute("DELETE FROM pengaduan_app_complaintpage")
    for start in range(0, len(numbers), BATCH):
        Page.objects.filter(pk__in=numbers[start : start + BATCH])._raw_delete("default")
    Complaint.objects.all()._raw_delete("default")
    Page.objects.filter(pk__in=AgencyPage.objects.values("pk")).update(numchild=0)


def _load_batch(cases: list[Case], places: Places, start: int) -> None:
    complaints = Complaint.objects.bulk_create(
        _complaint(case, places, start + number) for number, case in enumerate(cases)
    )
    kind = ContentType.objects.get_for_model(ComplaintPage)
    locale = Locale.objects.first()
    pages = Page.objects.bulk_create(
        _page(case, complaint, places, kind, locale)
        for case, complaint in zip(cases, complaints, strict=True)
    )
    children = [
        _child(case, complaint, page)
        for case, complaint, page in zip(cases, complaints, pages, strict=True)
    ]
    fields = ComplaintPage._meta.local_concrete_fields
    # Django has no public bulk insert for the child rows of a model with a parent table.
    for first in range(0, len(children), 50):
        ComplaintPage._base_manager._insert(
            children[first : first + 50], fields=fields, using="default"
        )


def _complaint(case: Case, places: Places, number: int) -> Complaint:
    return Complaint(
        ticket=f"{MARK}-{number}",
        submission_key=uuid.uuid5(uuid.NAMESPACE_URL, f"{MARK}-{number}"),
        kind=Kind.COMPLAINT,
        subject=case.title,
        body=case.question,
        agency=places["agency"][case.agency],
        category=places["category"][case.category],
        village=places["village"][case.village],
        channel=Channel.WEB,
        state=State.PUBLISHED,
        is_public=True,
        created_at=case.answered_at,
    )


def _page(
    case: Case, complaint: Complaint, places: Places, kind: ContentType, locale: Locale
) -> Page:
    section = places["section"][complaint.agency_id]
    section.numchild += 1
    slug = f"{slugify(case.title)[:60]}-{complaint.pk}"
    return Page(
        title=case.title,
        draft_title=case.title,
        slug=slug,
        path=Page._get_path(section.path, section.depth + 1, section.numchild),
        depth=section.depth + 1,
        numchild=0,
        url_path=f"{section.url_path}{slug}/",
        content_type=kind,
        locale=locale,
        live=True,
        first_published_at=case.answered_at,
        last_published_at=case.answered_at,
    )


def _child(case: Case, complaint: Complaint, page: Page) -> ComplaintPage:
    return ComplaintPage(
        page_ptr_id=page.pk,
        complaint=complaint,
        agency_id=complaint.agency_id,
        category_id=complaint.category_id,
        village_id=complaint.village_id,
        kind=complaint.kind,
        received_at=case.answered_at,
        answered_at=case.answered_at,
        question=case.question,
        answer=case.answer,
    )
