"""Reference data that staff maintain: categories, villages, reply templates, time limits."""

from __future__ import annotations

from typing import Self

from django.contrib.admin import display
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import RichTextField

from ...procedure import ClockKind, labels, sop
from ..page.slugs import NamePanel, SluggedModelForm, slug_panel
from .calendar_forms import StepLimitForm
from .placeholders import CannedAnswerForm

LONGEST_MINUTES = 365 * 24 * 60
ANSWER_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class Category(models.Model):
    """The subject matter of a complaint."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), unique=True)
    description = models.CharField(_("description"), max_length=255, blank=True)

    base_form_class = SluggedModelForm
    panels = [NamePanel(), slug_panel(), FieldPanel("description")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.name


class Village(models.Model):
    """A kelurahan: the smallest unit of the city that a complaint is assigned to."""

    name = models.CharField(_("name"), max_length=80)
    district = models.CharField(_("district"), max_length=80)
    slug = models.SlugField(_("slug"), unique=True)

    base_form_class = SluggedModelForm
    panels = [NamePanel(), FieldPanel("district"), slug_panel()]

    class Meta:
        ordering = ["name"]
        verbose_name = _("village")
        verbose_name_plural = _("villages")
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="village_once_in_district")
        ]

    def __str__(self) -> str:
        return self.name


class CannedAnswerQuerySet(models.QuerySet["CannedAnswer"]):
    def offered_to(self, agency_id: int | None) -> Self:
        """The templates for every agency, and the agency's own."""
        return self.filter(models.Q(agency=None) | models.Q(agency=agency_id))


class CannedAnswer(models.Model):
    """A reply template: a direct answer can start from it (SOP A4), and each step of an answer
    can insert it. Its placeholders are filled in with the complaint's data."""

    title = models.CharField(_("title"), max_length=120)
    body = RichTextField(_("text"), features=ANSWER_FEATURES)
    agency = models.ForeignKey(
        "pengaduan_app.Agency",
        verbose_name=_("agency"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="canned_answers",
        help_text=_("Leave empty to offer it to every agency."),
    )

    objects = CannedAnswerQuerySet.as_manager()
    base_form_class = CannedAnswerForm
    panels = [
        FieldPanel("title"),
        FieldPanel("agency"),
        FieldPanel("body"),
        HelpPanel(template="pengaduan_app/desk/placeholders.html"),
    ]

    class Meta:
        ordering = ["title"]
        verbose_name = _("reply template")
        verbose_name_plural = _("reply templates")

    def __str__(self) -> str:
        return self.title


class StepLimit(models.Model):
    """The time limit of one SOP step, valid from a given moment; the newest one in force counts.

    A limit in force is superseded by a new one and never edited: the limits that past steps
    were held to must stay readable.
    """

    step = models.CharField(_("step"), max_length=2, choices=labels.choices(labels.STEPS))
    minutes = models.PositiveIntegerField(
        _("limit in minutes"),
        validators=[
            MinValueValidator(1, _("A limit is at least one minute.")),
            MaxValueValidator(LONGEST_MINUTES, _("A limit is at most a year: 525600 minutes.")),
        ],
        help_text=_("24 hours are 1440 minutes."),
    )
    clock = models.CharField(
        _("clock"),
        max_length=16,
        choices=labels.choices(labels.CLOCKS),
        default=ClockKind.ELAPSED.value,
    )
    valid_from = models.DateTimeField(
        _("valid from"),
        help_text=_("Leave it empty to let it begin now. Steps that are open keep their limit."),
    )

    base_form_class = StepLimitForm
    panels = [
        FieldPanel("step"),
        FieldPanel("minutes"),
        FieldPanel("clock"),
        FieldPanel("valid_from"),
    ]

    class Meta:
        ordering = ["step", "-valid_from"]
        verbose_name = _("time limit")
        verbose_name_plural = _("time limits")
        constraints = [
            models.UniqueConstraint(
                fields=["step", "valid_from"],
                name="one_limit_at_a_time",
                violation_error_message=_(
                    "This step has a limit from that moment on already. Change that entry instead."
                ),
            ),
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="limit_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.step}: {_minutes_in_words(self.minutes)}"

    @display(description=_("step"), ordering="step")
    def step_in_words(self) -> str:
        return f"{self.step} {self.get_step_display()}"

    @property
    def holds(self) -> bool:
        """True once the limit is in force."""
        return self.valid_from <= timezone.now()


def _minutes_in_words(count: int) -> str:
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}


# SOP order, for the form fields and filters that list steps.
STEP_CHOICES = labels.choices({step: labels.STEPS[step] for step in sop.Step})
