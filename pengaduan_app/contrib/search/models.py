"""The search index: one narrow row for each published answer, its words, and synonyms.

`Answer` holds what is searched and all that a hit shows, so that neither reads the page tree.
The full-text part (FTS5, or a tsvector column) belongs to the database: see `fulltext`.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from .synonym_lines import LONGEST_LINE, names_of


class Answer(models.Model):
    """A published question and answer, as the search reads it. Rows are in the order of
    publication, so the newest matches have the highest primary keys."""

    page = models.OneToOneField(
        "pengaduan_app.ComplaintPage", on_delete=models.CASCADE, related_name="+"
    )
    agency_id = models.BigIntegerField()
    category_id = models.BigIntegerField(null=True)
    village_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    # The date as a number of days: ranking reads a thousand of them at once.
    day = models.PositiveIntegerField()
    # What is searched: stems in the order of the text, with a space around each.
    title_stems = models.TextField()
    body_stems = models.TextField()
    # Names of agency, category and village, and a mark for each value it is filtered by.
    about_stems = models.TextField()
    # What a hit shows, and what its words are counted from.
    answered_at = models.DateTimeField()
    url = models.CharField(max_length=500)
    title = models.CharField(max_length=255)
    about = models.TextField()
    question = models.TextField()
    answer = models.TextField()


class Word(models.Model):
    """A word of the published answers, its stem, and the number of answers with it.

    The empty word is counted for every answer.
    """

    word = models.CharField(max_length=40, unique=True)
    stem = models.CharField(max_length=40, db_index=True)
    answers = models.IntegerField()


class Misspelling(models.Model):
    """A hash of a word with up to two letters removed.

    A misspelled word shares one of these with the word that was meant.
    """

    key = models.BigIntegerField()
    word = models.ForeignKey(Word, on_delete=models.CASCADE, related_name="misspellings")

    class Meta:
        indexes = [models.Index(fields=["key"], name="pengaduan_misspelling_key")]


class SynonymSet(models.Model):
    """Words that mean the same to citizens; public relations maintain them."""

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

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        super().clean()
        if len(names_of(self.words)) < 2:
            raise ValidationError(
                {"words": _("Give at least two words that differ, with a comma between them.")}
            )


class Stamp(models.Model):
    """One row with a number that changes whenever synonyms or names do.

    Read with each search's first query, so that every process notices at once when its
    `reference_cache` is out of date.
    """

    number = models.BigIntegerField(default=0)


class AgencyWord(models.Model):
    """How often a stem occurs in an agency's texts: all that suggesting an agency knows.

    No row leads back to a text, a complaint or a person: see `advice.learning`. The empty
    stem counts all of an agency's texts; a category's mark takes the place of a stem.
    """

    stem = models.CharField(max_length=40)
    agency = models.ForeignKey("pengaduan_app.Agency", on_delete=models.CASCADE, related_name="+")
    # The number of complaints; the agency's remit counts as several.
    weight = models.FloatField()
    complaints = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stem", "agency"], name="pengaduan_agency_word_once")
        ]
