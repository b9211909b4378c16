"""Makes the public's row of a page: what readers see, projected out of what staff edit."""

from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.rich_text import expand_db_html

from ..models import PublishedAnswer, summary_of

BATCH = 500


def face_of(page) -> PublishedAnswer:
    """The public face of a page as it is now, unsaved: also what a preview shows."""
    moment = page.answered_at or timezone.now()
    return PublishedAnswer(
        page=page,
        complaint_id=page.complaint_id,
        agency=page.agency,
        category=page.category,
        village=page.village,
        kind=page.kind,
        year=timezone.localtime(moment).year,
        received_at=page.received_at,
        answered_at=moment,
        published_at=page.last_published_at or moment,
        slug=page.slug,
        title=page.title,
        summary=summary_of(page.question),
        question=page.question,
        answer=expand_db_html(page.answer),
    )


@transaction.atomic
def refresh(pages) -> int:
    """Make the rows of these pages anew, and return how many are public.

    The database's own text is read and never that of an object in hand: what is saved
    with a draft can hold its words.
    """
    shown = 0
    open_pages = pages.live().public().select_related("agency", "category", "village")
    keys = list(pages.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        hold(batch)
        faces = [face_of(page) for page in open_pages.filter(pk__in=batch)]
        gone = set(batch) - {face.page_id for face in faces}
        PublishedAnswer.objects.filter(pk__in=gone).delete()
        for face in faces:
            # An update or an insert, whichever it takes.
            face.save()
        shown += len(faces)
    return shown


def hold(keys) -> None:
    """Until the transaction ends nobody takes these pages off the website: what was read as
    public would otherwise be written after it has gone, and stay."""
    rows = Page.objects.select_for_update(no_key=True).filter(pk__in=keys)
    list(rows.order_by("pk").values_list("pk"))


def is_restricted() -> models.Exists:
    """For a query of pages: is the page, or one above it, closed to the public?"""
    above = PageViewRestriction.objects.annotate(
        inside=models.functions.StrIndex(models.OuterRef("path"), models.F("page__path"))
    )
    return models.Exists(above.filter(inside=1))
