"""What the public reads: one narrow row for each answer that is on the website.

A row exists if and only if its page is live and open to everybody, and it holds only what
the public may read. Lists, feeds, the sitemap and the answer's own page read these rows
and nothing else, so none of them can show a draft. The page stays the original: its row is
projected again whenever the page is saved (ADR 9).
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Protocol, Self

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.text import Truncator

from ...procedure import labels, sop
from ...text import shortened

# The usual 26 words are shorter; the signs are for words that are none.
SUMMARY_WORDS, SUMMARY_SIGNS = 26, 280
CUT_AFTER_MARK = re.compile(r"[.,;:!?]+…$")


class RenderedCard(Protocol):
    """A row of `rendered_cards`: an answer's place in a list, and its card as stored."""

    @property
    def pk(self) -> int: ...

    @property
    def answered_at(self) -> datetime: ...

    @property
    def drawn_by(self) -> str: ...

    @property
    def card(self) -> str: ...


class PublishedAnswerQuerySet(models.QuerySet["PublishedAnswer"]):
    def newest(self) -> Self:
        return self.order_by("-answered_at", "-pk")

    def with_names(self) -> Self:
        """With the names that a reader sees beside an answer."""
        return self.select_related("agency", "category", "village")

    def cards(self) -> Self:
        """What a list shows, and none of the long texts."""
        return self.with_names().only(
            "title",
            "slug",
            "summary",
            "kind",
            "answered_at",
            "agency__slug",
            "agency__short_name",
            "category__name",
            "village__name",
        )

    def rendered_cards(self) -> models.QuerySet[PublishedAnswer, RenderedCard]:
        """The cards of a list as they are stored, with the version that rendered them."""
        return self.values_list("pk", "answered_at", "drawn_by", "card", named=True)


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
    corrected_at = models.DateTimeField(null=True)
    correction = models.CharField(max_length=200, default="")
    slug = models.SlugField(max_length=255, unique=True)
    title = models.CharField(max_length=255)
    # Finished HTML (publication/prerendering.py): the version that rendered it, and the card.
    drawn_by = models.CharField(max_length=16, db_index=True, default="")
    card = models.TextField(default="")
    summary = models.TextField()
    question = models.TextField()
    # Rich text as HTML: links to pages are expanded to addresses.
    answer = models.TextField()
    # Of each picture a ShownPicture (models/answer_pictures.py), in their order.
    pictures = models.JSONField(default=list)
    # The page's own parts as finished HTML; empty if they can't be stored.
    article = models.TextField(default="")

    objects = PublishedAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "published answer"
        verbose_name_plural = "published answers"
        default_permissions = []
        # One index for each filter and for the pairs that an agency's page offers. Read from
        # either end, each serves both orders; a year is a span of `answered_at`.
        indexes = [
            models.Index(fields=["answered_at", "page"], name="answer_all"),
            models.Index(fields=["agency", "answered_at", "page"], name="answer_agency"),
            models.Index(fields=["category", "answered_at", "page"], name="answer_category"),
            models.Index(fields=["village", "answered_at", "page"], name="answer_village"),
            models.Index(fields=["kind", "answered_at", "page"], name="answer_kind"),
            models.Index(
                fields=["agency", "category", "answered_at", "page"],
                name="answer_agency_category",
            ),
            models.Index(
                fields=["agency", "village", "answered_at", "page"], name="answer_agency_village"
            ),
            models.Index(
                fields=["agency", "kind", "answered_at", "page"], name="answer_agency_kind"
            ),
            models.Index(
                fields=["category", "village", "answered_at", "page"],
                name="answer_category_village",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return answer_address(self.agency.slug, self.slug)

    @property
    def address(self) -> str:
        """The same, under the name that pages have for it."""
        return self.get_absolute_url()

    @cached_property
    def kind_label(self) -> Promise:
        """Lazy, as a process caches these rows for readers of different languages."""
        return labels.KINDS[sop.Kind(self.kind)]


def answer_address(agency_slug: str, slug: str) -> str:
    """The address of an answer on the website, by the plugin's own URLs."""
    return reverse("pengaduan:answer", args=(agency_slug, slug))


def summary_of(question: str) -> str:
    """The beginning of a question, for lists."""
    # If the cut falls at the end of a sentence, the ellipsis replaces its mark.
    beginning = Truncator(question).words(SUMMARY_WORDS)
    return CUT_AFTER_MARK.sub("…", shortened(beginning, SUMMARY_SIGNS))
