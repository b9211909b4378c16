"""The public pages: the index, an agency's section, one question with its answer."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import Select
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework.fields import CharField, DateTimeField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.locks import BaseLock
from wagtail.models import Page, PageManager, Revision
from wagtail.query import PageQuerySet
from wagtail.search import index

from ... import permissions
from ...permissions import Staff, Visitor
from ...procedure import labels, sop
from ..complaint import Complaint
from ..office.reference_data import ANSWER_FEATURES
from .page_form import CLASSIFIED_FIELDS, ComplaintPageForm
from .page_lock import ProcedureLock
from .panels import ChangesPanel, CitizenWordsPanel, WritingHelpPanel
from .picture_panel import PicturesPanel
from .pictures_api import PicturesField
from .public_page import PublicPage, UrlParts, at_address
from .published import answer_address, summary_of


class ComplaintIndexPage(PublicPage, Page):
    """The public list of answered questions; the agencies' sections are its children."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    api_fields = [APIField("introduction")]
    max_count = 1
    subpage_types = ["pengaduan_app.AgencyPage"]
    template = "pengaduan_app/complaint_index_page.html"

    class Meta:
        verbose_name = _("complaint index")
        verbose_name_plural = _("complaint indexes")

    def permissions_for_user(self, user: Visitor) -> permissions.IndexPageTester:
        return permissions.IndexPageTester(user, self)

    def get_url_parts(self, request: HttpRequest | None = None) -> UrlParts | None:
        return at_address(super().get_url_parts(request), reverse("pengaduan:index"))


class AgencyPage(PublicPage, Page):
    """The section of one agency. Its permissions confine the agency's staff to its pages."""

    agency = models.OneToOneField(
        "pengaduan_app.Agency", on_delete=models.PROTECT, related_name="section"
    )

    api_fields = [
        APIField("agency_name", serializer=CharField(source="agency.name")),
        APIField("remit", serializer=CharField(source="agency.remit")),
    ]
    is_creatable = False
    parent_page_types = ["pengaduan_app.ComplaintIndexPage"]
    subpage_types = ["pengaduan_app.ComplaintPage"]
    template = "pengaduan_app/complaint_index_page.html"

    class Meta:
        verbose_name = _("agency section")
        verbose_name_plural = _("agency sections")

    def permissions_for_user(self, user: Visitor) -> permissions.SectionPageTester:
        return permissions.SectionPageTester(user, self)

    def get_url_parts(self, request: HttpRequest | None = None) -> UrlParts | None:
        return at_address(
            super().get_url_parts(request), reverse("pengaduan:agency", args=(self.slug,))
        )


class ComplaintPageManager(PageManager):
    def published(self) -> PageQuerySet:
        """Live pages with what a list shows, newest first."""
        return (
            self.get_queryset()
            .live()
            .select_related("agency", "category", "village")
            .order_by("-answered_at", "-pk")
        )

    def hidden_from(self, user: Visitor) -> PageQuerySet:
        """Drafts and private answers that this user must not even know of."""
        visible = Complaint.objects.visible_to(user)
        return self.get_queryset().filter(live=False).exclude(complaint__in=visible)


class ComplaintPage(PublicPage, Page):
    """The public question and answer of one complaint: a copy that public relations edit.

    actions/ creates it as a draft; the agency's staff write the answer as its revisions; only
    SOP B2 publishes it. It holds nothing about the reporter.
    """

    complaint = models.OneToOneField(
        "pengaduan_app.Complaint", on_delete=models.PROTECT, related_name="page"
    )
    agency = models.ForeignKey("pengaduan_app.Agency", on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(
        "pengaduan_app.Category",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    village = models.ForeignKey(
        "pengaduan_app.Village",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    kind = models.CharField(max_length=12, choices=labels.choices(labels.KINDS))
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    question = models.TextField(_("question"), max_length=10_000)
    answer = RichTextField(_("answer"), features=ANSWER_FEATURES, blank=True, max_length=20_000)

    # What a correction of the given answer changed, in a sentence for its readers.
    correction = models.CharField(
        _("what was corrected"),
        max_length=200,
        blank=True,
        help_text=_("One sentence for the readers; it stands beside the answer with the date."),
    )
    corrected_at = models.DateTimeField(null=True, blank=True, editable=False)

    base_form_class = ComplaintPageForm
    content_panels = [
        CitizenWordsPanel(heading=_("The citizen's words")),
        ChangesPanel(heading=_("What was changed")),
        # Not Page's own title panel, which also changes the slug: here the slug stays.
        FieldPanel("title"),
        FieldPanel("question"),
        FieldPanel("answer"),
        PicturesPanel(heading=_("Pictures of the answer")),
        WritingHelpPanel(heading=_("Reply templates and earlier answers")),
        FieldPanel("correction"),
        # The form has these for the editor alone (SOP B1).
        FieldRowPanel(
            [FieldPanel(name, widget=Select, heading=h) for name, h in CLASSIFIED_FIELDS.items()]
        ),
    ]
    # No edited slugs: the procedure decides.
    promote_panels: ClassVar[list[Panel]] = []
    search_fields = [
        *Page.search_fields,
        index.SearchField("question"),
        index.SearchField("answer"),
        index.FilterField("agency"),
        index.FilterField("category"),
        index.FilterField("village"),
        index.FilterField("kind"),
        index.FilterField("received_at"),
        index.FilterField("answered_at"),
    ]
    api_fields = [
        APIField("question"),
        APIField("answer"),
        APIField("kind"),
        APIField("agency", serializer=CharField(source="agency.name")),
        APIField("category", serializer=CharField(source="category.name", default=None)),
        APIField("village", serializer=CharField(source="village.name", default=None)),
        APIField("received_at", serializer=DateTimeField()),
        APIField("answered_at", serializer=DateTimeField()),
        APIField("corrected_at", serializer=DateTimeField()),
        APIField("correction"),
        APIField("pictures", serializer=PicturesField()),
    ]
    is_creatable = False
    parent_page_types = ["pengaduan_app.AgencyPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pengaduan_app/complaint_page.html"

    objects = ComplaintPageManager()

    class Meta:
        verbose_name = _("complaint page")
        verbose_name_plural = _("complaint pages")
        indexes = [
            models.Index(fields=["-answered_at"], name="page_newest"),
            models.Index(fields=["agency", "-answered_at"], name="page_agency"),
            models.Index(fields=["category", "-answered_at"], name="page_category"),
            models.Index(fields=["village", "-answered_at"], name="page_village"),
        ]

    @classmethod
    def get_indexed_objects(cls) -> PageQuerySet:
        """Only live pages are indexed: a draft can still hold what public relations will remove,
        and a full-text index keeps words long after their rows are deleted."""
        return super().get_indexed_objects().filter(live=True)

    # Set by the actions before they save a revision, as they have checked whose turn it is.
    moved_by_procedure = False

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if (fields is None or "live" in fields) and self.live != self.complaint.is_public:
            # However it was attempted: only B2 puts a page on the website, and only a
            # withdrawal takes it off.
            raise PermissionDenied(
                _("A complaint's page goes public only when the coordinator publishes it.")
            )
        return super().save(*args, **kwargs)

    def save_revision(self, *args: Any, user: Staff | None = None, **kwargs: Any) -> Revision:
        """Saves a draft; a user may save one only in their own step.

        Wagtail's API and some of its views don't check the page's lock, so it is checked here.
        """
        lock = None if self.moved_by_procedure or user is None else self.get_lock()
        if lock and lock.for_user(user):
            raise PermissionDenied(lock.get_message(user) or ProcedureLock.REFUSAL)
        revision = super().save_revision(*args, user=user, **kwargs)
        if self.live:
            # Wagtail shows this title to everybody who may see the live page; the draft's own
            # title stays hidden.
            Page.objects.filter(pk=self.pk).update(draft_title=models.F("title"))
        return revision

    def get_url_parts(self, request: HttpRequest | None = None) -> UrlParts | None:
        return at_address(super().get_url_parts(request), self.address)

    @property
    def address(self) -> str:
        """The page's address on the website."""
        return answer_address(self.agency.slug, self.slug)

    @property
    def summary(self) -> str:
        """The beginning of the question, for lists."""
        return summary_of(self.question)

    def permissions_for_user(self, user: Visitor) -> permissions.ComplaintPageTester:
        return permissions.ComplaintPageTester(user, self)

    def get_lock(self) -> BaseLock | None:
        if lock := super().get_lock():
            return lock
        return None if self.workflow_in_progress else ProcedureLock(self)

    @property
    def kind_label(self) -> Promise:
        return labels.KINDS[sop.Kind(self.kind)]
