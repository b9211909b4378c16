"""What complaints are sorted and limited by: categories, villages, templates, limits."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from .. import labels, sop
from ..clock import ClockKind

ANSWER_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class Category(models.Model):
    """The subject matter of a complaint."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), unique=True)
    description = models.CharField(_("description"), max_length=255, blank=True)

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self):
        return self.name


class Village(models.Model):
    """A kelurahan: the smallest unit of the city that a complaint is placed in."""

    name = models.CharField(_("name"), max_length=80)
    district = models.CharField(_("district"), max_length=80)
    slug = models.SlugField(_("slug"), unique=True)

    panels = [FieldPanel("name"), FieldPanel("district"), FieldPanel("slug")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("village")
        verbose_name_plural = _("villages")
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="village_once_in_district")
        ]

    def __str__(self):
        return self.name


class CannedAnswerQuerySet(models.QuerySet):
    def offered_to(self, agency_id):
        """The templates for everybody, and the agency's own."""
        return self.filter(models.Q(agency=None) | models.Q(agency=agency_id))


class CannedAnswer(models.Model):
    """A reply template that an operator can start a direct answer from (SOP A4)."""

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
    panels = [FieldPanel("title"), FieldPanel("agency"), FieldPanel("body")]

    class Meta:
        ordering = ["title"]
        verbose_name = _("reply template")
        verbose_name_plural = _("reply templates")

    def __str__(self):
        return self.title


class StepLimit(models.Model):
    """The time limit of one SOP step, from a moment on; the newest one in force counts."""

    step = models.CharField(_("step"), max_length=2, choices=labels.choices(labels.STEPS))
    minutes = models.PositiveIntegerField(_("limit in minutes"))
    clock = models.CharField(
        _("clock"),
        max_length=16,
        choices=labels.choices(labels.CLOCKS),
        default=ClockKind.ELAPSED.value,
    )
    valid_from = models.DateTimeField(_("valid from"))

    class Meta:
        ordering = ["step", "-valid_from"]
        verbose_name = _("time limit")
        verbose_name_plural = _("time limits")
        constraints = [
            models.UniqueConstraint(fields=["step", "valid_from"], name="one_limit_at_a_time"),
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="limit_is_positive"),
        ]

    def __str__(self):
        return f"{self.step}: {self.minutes} min"


# SOP order, for the form fields and filters that list steps.
STEP_CHOICES = labels.choices({step: labels.STEPS[step] for step in sop.Step})
