"""The public pages: the index, an agency's section, one question with its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework.fields import CharField, DateTimeField
from wagtail.admin.panels import CommentPanel, FieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.locks import BaseLock
from wagtail.models import Page, PageManager
from wagtail.search import index

from .. import permissions
from ..procedure import labels, sop
from .complaint import Complaint
from .page_form import ComplaintPageForm
from .panels import CitizenWordsPanel
from .published import answer_address, summary_of
from .reference_data import ANSWER_FEATURES


def _at(parts, address: str):
    """What Wagtail says of a page's site, with the plugin's own address for the page."""
    return parts and (*parts[:2], parts[2] and address)


class PublicPage(Page):
    """A page that the public reads.

    What its template is given is made further up, in publication/, which hands it in when the
    app is ready; the check pengaduan.E007 says so where that is missing. A page type names Page
    as a base besides: Django derives a model's DoesNotExist from its concrete bases alone, and
    Wagtail's API catches Page.DoesNotExist.
    """

    public_context: ClassVar[Callable[[HttpRequest, Page], dict] | None] = None

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        """The same context as that of the fast views, made from this page as it is."""
        context = super().get_context(request, *args, **kwargs)
        return context | type(self).public_context(request, self)


class ComplaintIndexPage(PublicPage, Page):
    """The public list of answered questions; the agencies' sections stand below it."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    api_fields = [APIField("introduction")]
    max_count = 1
    subpage_types = ["pengaduan_app.AgencyPage"]
    template = "pengaduan_app/complaint_index_page.html"

    class Meta:
        verbose_name = _("complaint index")
        verbose_name_plural = _("complaint indexes")

    def permissions_for_user(self, user):
        return permissions.IndexPageTester(user, self)

    def get_url_parts(self, request=None):
        return _at(super().get_url_parts(request), reverse("pengaduan:index"))


class AgencyPage(PublicPage, Page):
    """The section of one agency. Its permissions keep the agency's staff to its pages."""

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

    def permissions_for_user(self, user):
        return permissions.SectionPageTester(user, self)

    def get_url_parts(self, request=None):
        return _at(super().get_url_parts(request), reverse("pengaduan:agency", args=(self.slug,)))


class ProcedureLock(BaseLock):
    """Outside its workflow a complaint's page belongs to no one's step: nobody edits it."""

    def for_user(self, user):
        return True

    def get_message(self, user):
        return _("This page is not in anybody's step now, so it can't be edited.")


class ComplaintPageManager(PageManager):
    def published(self):
        """Live pages with what a listing shows, newest first."""
        return (
            self.get_queryset()
            .live()
            .select_related("agency", "category", "village")
            .order_by("-answered_at", "-pk")
        )

    def hidden_from(self, user):
        """Drafts and private answers that this user may not even know of."""
        visible = Complaint.objects.visible_to(user)
        return self.get_queryset().filter(live=False).exclude(complaint__in=visible)


class ComplaintPage(PublicPage, Page):
    """The public question and answer of one complaint: a copy that public relations edit.

    Made by actions as a draft; the agency's staff draft the answer as its revisions;
    it goes live through SOP B2 alone. Holds nothing of the reporter.
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

    base_form_class = ComplaintPageForm
    content_panels = [
        CitizenWordsPanel(heading=_("The citizen's words")),
        # Not Page's own title panel: that one writes the address along, which stays here.
        FieldPanel("title"),
        FieldPanel("question"),
        FieldPanel("answer"),
    ]
    # No scheduled publication and no hand-made addresses: the procedure decides both.
    promote_panels = []
    settings_panels = [CommentPanel()]
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
    ]
    is_creatable = False
    parent_page_types = ["pengaduan_app.AgencyPage"]
    subpage_types = []
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
    def get_indexed_objects(cls):
        """Only what is public is searched: a draft can still hold what public relations
        will remove, and full-text indexes keep words long after their rows have gone."""
        return super().get_indexed_objects().filter(live=True)

    # Set by the actions, which have checked whose turn it is, before they save a revision.
    moved_by_procedure = False

    def save(self, *args, **kwargs):
        fields = kwargs.get("update_fields")
        if (fields is None or "live" in fields) and self.live != self.complaint.is_public:
            # Whichever way somebody tried: B2 alone leads to the website, and only the
            # withdrawal leads off it.
            raise PermissionDenied(
                _("A complaint's page goes public only when the coordinator publishes it.")
            )
        return super().save(*args, **kwargs)

    def save_revision(self, *args, user=None, **kwargs):
        """A new draft; by somebody, only in their own step. Wagtail's API and its editor
        ask for less than the editor's lock, so the lock is asked here again."""
        lock = None if self.moved_by_procedure or user is None else self.get_lock()
        if lock and lock.for_user(user):
            raise PermissionDenied(lock.get_message(user))
        revision = super().save_revision(*args, user=user, **kwargs)
        if self.live:
            # Wagtail shows this title to whoever may see a live page; the draft's is hidden.
            Page.objects.filter(pk=self.pk).update(draft_title=models.F("title"))
        return revision

    def get_url_parts(self, request=None):
        return _at(super().get_url_parts(request), self.address)

    @property
    def address(self) -> str:
        return answer_address(self.agency.slug, self.slug)

    @property
    def summary(self) -> str:
        return summary_of(self.question)

    def permissions_for_user(self, user):
        return permissions.ComplaintPageTester(user, self)

    def get_lock(self):
        if lock := super().get_lock():
            return lock
        return None if self.workflow_in_progress else ProcedureLock(self)

    @property
    def kind_label(self):
        return labels.KINDS[sop.Kind(self.kind)]
