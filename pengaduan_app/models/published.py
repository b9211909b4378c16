"""What the public reads: one narrow row for each answer that is on the website.

A row exists if and only if its page is live and open to everybody, and it holds only what
the public may read. Lists, feeds, the sitemap and the answer's own page read these rows
and nothing else, so none of them can show a draft. The page stays the original: a row is
made anew from it whenever it is saved (ADR 9).
"""

from __future__ import annotations

import re

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import Truncator
from wagtail.models import Page, PageViewRestriction
from wagtail.rich_text import expand_db_html

from ..procedure import labels, sop

SUMMARY_WORDS = 26
CUT_AFTER_MARK = re.compile(r"[.,;:!?]+…$")
BATCH = 500


class PublishedAnswerQuerySet(models.QuerySet):
    def newest(self):
        return self.order_by("-answered_at", "-pk")

    def with_names(self):
        """With the names that a reader sees beside an answer."""
        return self.select_related("agency", "category", "village")

    def cards(self):
        """What a list shows, and none of the long texts."""
        names = [f"{name}__{part}" for name in ("category", "village") for part in ("name",)]
        return self.with_names().only(
            "title", "slug", "summary", "kind", "answered_at", "agency__slug",
            "agency__short_name", *names,
        )  # fmt: skip

    def drawn_cards(self):
        """A list's cards as they were drawn (rendering.py)."""
        return self.values_list("pk", "answered_at", "drawn_by", "card", named=True)

    def below(self, page):
        return self.filter(page__path__startswith=page.path)


class PublishedAnswer(models.Model):
    """The public face of a live ComplaintPage, ready to be shown with one query."""

    page = models.OneToOneField(
        "pengaduan_app.ComplaintPage",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="published",
    )
    complaint = models.ForeignKey(
        "pengaduan_app.Complaint", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    agency = models.ForeignKey(
        "pengaduan_app.Agency", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    category = models.ForeignKey(
        "pengaduan_app.Category",
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        db_index=False,
    )
    village = models.ForeignKey(
        "pengaduan_app.Village",
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        db_index=False,
    )
    kind = models.CharField(max_length=12, choices=labels.choices(labels.KINDS))
    year = models.PositiveSmallIntegerField()
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField()
    published_at = models.DateTimeField()
    slug = models.SlugField(max_length=255, unique=True)
    title = models.CharField(max_length=255)
    # Finished HTML (rendering.py): the card of lists, and the version that drew it.
    drawn_by = models.CharField(max_length=16, db_index=True, default="")
    card = models.TextField(default="")
    summary = models.TextField()
    question = models.TextField()
    # Rich text as browsers read it: links to pages are written out.
    answer = models.TextField()
    # The page's own parts as finished HTML; empty where that can't be kept.
    article = models.TextField(default="")

    objects = PublishedAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "published answer"
        verbose_name_plural = "published answers"
        default_permissions = []
        # One for each filter and for the pairs that an agency's page offers. Read from
        # either end, each serves both orders; a year is a span of the moment.
        indexes = [
            models.Index(fields=[*names, "answered_at", "page"], name="answer_" + short)
            for short, names in {
                "all": [],
                "agency": ["agency"],
                "category": ["category"],
                "village": ["village"],
                "kind": ["kind"],
                "agency_category": ["agency", "category"],
                "agency_village": ["agency", "village"],
                "agency_kind": ["agency", "kind"],
                "category_village": ["category", "village"],
            }.items()
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return answer_address(self.agency.slug, self.slug)

    address = property(get_absolute_url)

    @cached_property
    def kind_label(self) -> str:
        return labels.KINDS[sop.Kind(self.kind)]


def answer_address(agency_slug: str, slug: str) -> str:
    """Where an answer stands on the website; the plugin's own addresses say so."""
    return reverse("pengaduan:answer", args=(agency_slug, slug))


def summary_of(question: str) -> str:
    """The beginning of a question, for lists."""
    # Where the cut falls on a sentence's end, one mark is enough.
    return CUT_AFTER_MARK.sub("…", Truncator(question).words(SUMMARY_WORDS))


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
