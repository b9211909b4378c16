"""What the public reads: one narrow row for each answer that is on the website.

A row exists if and only if its page is live and open to everybody, and it holds only what
the public may read. Lists, feeds, the sitemap and the answer's own page read these rows
and nothing else, so none of them can show a draft. The page stays the original: a row is
made anew from it whenever it is saved (ADR 9).
"""

from __future__ import annotations

import re

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator

from ..procedure import labels, sop

SUMMARY_WORDS = 26
CUT_AFTER_MARK = re.compile(r"[.,;:!?]+…$")


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
