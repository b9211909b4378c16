"""Projects pages into public rows: what readers see, out of what staff edit."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import StrIndex
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.rich_text import expand_db_html

from ..models import (
    AnswerPicture,
    ComplaintPage,
    PublishedAnswer,
    ShownPicture,
    shown_pictures,
    summary_of,
)

BATCH = 500


def project(page: ComplaintPage, pictures: Sequence[ShownPicture] = ()) -> PublishedAnswer:
    """The public row of a page as it is now, unsaved; previews show it too."""
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
        corrected_at=page.corrected_at,
        correction=page.correction if page.corrected_at else "",
        slug=page.slug,
        title=page.title,
        summary=summary_of(page.question),
        question=page.question,
        answer=expand_db_html(page.answer),
        pictures=list(pictures),
    )


@transaction.atomic
def refresh(pages: PageQuerySet) -> int:
    """Project these pages into their rows again, and return how many are public.

    Reads the text from the database and never from an object in memory: a page that is saved
    together with a draft can hold the draft's words.
    """
    shown = 0
    open_pages = pages.live().public().select_related("agency", "category", "village")
    keys = list(pages.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        hold(batch)
        # The tables hold those of the answer that was given; a draft's stand in its revision.
        pictures = shown_pictures(AnswerPicture.objects.filter(page__in=batch))
        public = open_pages.filter(pk__in=batch)
        rows = [project(page, pictures.get(page.pk, ())) for page in public]
        gone = set(batch) - {row.page_id for row in rows}
        PublishedAnswer.objects.filter(pk__in=gone).delete()
        for row in rows:
            # Updates the row, or inserts it if the page wasn't public before.
            row.save()
        shown += len(rows)
    return shown


def hold(keys: Collection[int]) -> None:
    """Lock these pages until the transaction ends, so that none leaves the website before that:
    a row read as public would otherwise be written after its page has gone, and stay."""
    rows = Page.objects.select_for_update(no_key=True).filter(pk__in=keys)
    list(rows.order_by("pk").values_list("pk"))


def is_restricted() -> Exists:
    """For a query of pages: whether the page or one of its ancestors is closed to the public."""
    ancestors = PageViewRestriction.objects.annotate(
        inside=StrIndex(OuterRef("path"), F("page__path"))
    )
    return Exists(ancestors.filter(inside=1))
