"""The search index: one narrow row for each published answer, its words, and synonyms.

`Answer` holds what is searched and all that a hit shows, so that neither asks the page tree.
The full-text part (FTS5, or a tsvector column) is the database's own: see `fulltext`.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from .synonym_lines import LONGEST_LINE, names_of


class Answer(models.Model):
    """A published question and answer, as the search sees it. Rows are in the order of
    their publication, so the newest matches are those with the highest numbers."""

    page = models.OneToOneField(
        "pengaduan_app.ComplaintPage", on_delete=models.CASCADE, related_name="+"
    )
    agency_id = models.BigIntegerField()
    category_id = models.BigIntegerField(null=True)
    village_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    # The date as a number of days: ranking reads a thousand of them.
    day = models.PositiveIntegerField()
    # What is searched: stems with a space around each, in the order of the text.
    title_stems = models.TextField()
    body_stems = models.TextField()
    # Names of agency, category and village, and a mark for each thing that can be filtered.
    about_stems = models.TextField()
    # What a hit shows, and what its words are counted from.
    answered_at = models.DateTimeField()
    url = models.CharField(max_length=500)
    title = models.CharField(max_length=255)
    about = models.TextField()
    question = models.TextField()
    answer = models.TextField()


class Word(models.Model):
    """A word of the published answers, in how many of them it stands, and its stem.

    The empty word stands in all of them.
    """

    word = models.CharField(max_length=40, unique=True)
    stem = models.CharField(max_length=40, db_index=True)
    answers = models.IntegerField()


class Misspelling(models.Model):
    """What is left of a word when one or two letters are taken away, as a number.

    A word typed wrongly has one of these in common with the word that was meant.
    """

    key = models.BigIntegerField()
    word = models.ForeignKey(Word, on_delete=models.CASCADE, related_name="misspellings")

    class Meta:
        indexes = [models.Index(fields=["key"], name="misspelling_key")]


class SynonymSet(models.Model):
    """Words that mean the same to citizens; public relations keep them."""

    words = models.CharField(
        _("words"),
        max_length=LONGEST_LINE,
        unique=True,
        help_text=_(
            "Two or more words or phrases that mean the same, with commas between them. "
            "For example: pju, penerangan jalan umum, lampu jalan"
        ),
    )

    panels = [FieldPanel("words")]

    class Meta:
        ordering = ["words"]
        verbose_name = _("set of synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self):
        return self.words

    def clean(self):
        super().clean()
        if len(names_of(self.words)) < 2:
            raise ValidationError(
                {"words": _("Give at least two words that differ, with a comma between them.")}
            )


class Stamp(models.Model):
    """One row with a number that rises when synonyms or names change.

    Read along with each search's first query, so that every process knows at once when
    what it remembers is old.
    """

    number = models.BigIntegerField(default=0)


class AgencyWord(models.Model):
    """How often a word's stem goes with an agency: all that suggesting one is learnt from.

    No text, no complaint and no person stands behind a row: see `learning`. The empty stem
    is the agency's whole; a category has a mark for a stem.
    """

    stem = models.CharField(max_length=40)
    agency = models.ForeignKey("pengaduan_app.Agency", on_delete=models.CASCADE, related_name="+")
    # Complaints, with the agency's remit counting for several of them.
    weight = models.FloatField()
    complaints = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stem", "agency"], name="agency_word_once")]
