"""Published answers by the thousand, for tests of how queries grow. Rows alone: no ledger."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import connection
from django.db.models import sql
from django.utils import timezone
from wagtail.models import Page

from pengaduan_app.models import Complaint, ComplaintPage
from pengaduan_app.procedure.sop import Kind, State

BATCH = 500


def many_answers(section, count: int) -> None:
    """`count` published answers in an agency's section, as if they had come one a minute."""
    now = timezone.now()
    complaints = Complaint.objects.bulk_create(
        [_complaint(section, now - timedelta(minutes=number)) for number in range(count)], BATCH
    )
    known = section.numchild
    pages = [
        _page(section, complaint, known + number) for number, complaint in enumerate(complaints, 1)
    ]
    bases = [
        Page(
            **{field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields}
        )
        for page in pages
    ]
    for page, base in zip(pages, Page.objects.bulk_create(bases, BATCH), strict=True):
        page.page_ptr_id = base.pk
    for start in range(0, count, BATCH):
        _insert_own_columns(pages[start : start + BATCH])
    section.numchild = known + count
    Page.objects.filter(pk=section.pk).update(numchild=section.numchild)


def _complaint(section, moment) -> Complaint:
    key = uuid.uuid4()
    return Complaint(
        ticket=key.hex[:16],
        submission_key=key,
        kind=Kind.COMPLAINT,
        subject="Lampu jalan padam",
        body="Sudah tiga malam padam.",
        agency=section.agency,
        state=State.PUBLISHED.value,
        created_at=moment,
        closed_at=moment,
    )


def _page(section, complaint: Complaint, number: int) -> ComplaintPage:
    slug = f"jawaban-{number}"
    return ComplaintPage(
        title=complaint.subject,
        draft_title=complaint.subject,
        slug=slug,
        path=Page._get_path(section.path, section.depth + 1, number),
        depth=section.depth + 1,
        url_path=f"{section.url_path}{slug}/",
        locale_id=section.locale_id,
        content_type_id=ComplaintPage().content_type_id,
        live=True,
        complaint=complaint,
        agency=section.agency,
        kind=complaint.kind,
        received_at=complaint.created_at,
        answered_at=complaint.closed_at,
        question=complaint.body,
        answer="<p>Sudah kami ganti.</p>",
    )


def _insert_own_columns(pages: list[ComplaintPage]) -> None:
    """Django's bulk_create refuses a model with a parent table, so the child's rows go in here."""
    query = sql.InsertQuery(ComplaintPage)
    query.insert_values(ComplaintPage._meta.local_concrete_fields, pages)
    query.get_compiler(connection=connection).execute_sql()
