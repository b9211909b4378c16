"""The plugin's screens in Wagtail's admin: complaints, and the data they refer to."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.template.defaultfilters import yesno
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import permissions as wagtail_permissions
from wagtail.admin.active_filters import ActiveFilter
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.ui.tables import Column
from wagtail.snippets.bulk_actions import DeleteBulkAction
from wagtail.snippets.views import snippets

from .. import permissions
from ..models import Agency, CannedAnswer, Category, Complaint, Village
from ..permissions import ComplaintPermissionPolicy, StaffRequest
from ..procedure import Role
from .complaint import complaint_papers, complaint_views, joining
from .complaint.complaint_facts import admin_url
from .editor import answer_pictures, name_marks
from .editor.checklist_viewset import ChecklistViewSet
from .entry import entering
from .listing import complaint_search, list_columns, list_query, saved_views
from .listing.filters import ALL, ComplaintFilterSet
from .several import bulk_actions, owed

# Wagtail 8 looks policies up in this registry as well; 7.4 doesn't have it.
if hasattr(wagtail_permissions, "register_permission_policy"):
    wagtail_permissions.register_permission_policy(Complaint, ComplaintPermissionPolicy(Complaint))


class ComplaintIndexView(snippets.IndexView):
    """The complaints that the user may see, with the step that is open: what is open first,
    soonest due first."""

    table_classname = "listing pgd-cards pgd-list"

    def get_base_queryset(self) -> QuerySet[Complaint]:
        return (
            Complaint.objects.visible_to(self.request.user)
            .with_open_step()
            .select_related("agency", "category")
        )

    def get(self, request: StaffRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """The list; or at once the complaint whose ticket number was asked for. Not while
        somebody types into the list's own field, which shows what it finds below."""
        found = None
        if not self.results_only and self.is_searching:
            found = complaint_search.find_ticket(request.user, self.search_query)
        return redirect(admin_url("inspect", found)) if found else super().get(request)

    def search_queryset(self, queryset: QuerySet[Complaint]) -> QuerySet[Complaint]:
        found = complaint_search.find_ticket(self.request.user, self.search_query)
        if found:
            return queryset.filter(pk=found.pk)
        return complaint_search.search(queryset, self.search_query)

    def order_queryset(self, queryset: QuerySet[Complaint]) -> QuerySet[Complaint]:
        """By due time, with closed complaints, which have none, last on either database."""
        if self.ordering not in ("open_due_at", "-open_due_at"):
            return super().order_queryset(queryset)
        due = F("open_due_at")
        descending = self.ordering.startswith("-")
        order = due.desc(nulls_last=True) if descending else due.asc(nulls_last=True)
        # As the queue orders them, and closed ones from the newest on.
        return queryset.order_by(order, F("open_row__pk"), "-created_at", "-pk")

    def get_list_buttons(self, instance: Complaint) -> list[object]:
        return []

    def get_valid_orderings(self) -> list[str]:
        return list_columns.orderings()

    def get_filterset_kwargs(self) -> dict[str, object]:
        return {**super().get_filterset_kwargs(), "data": self.asked}

    @cached_property
    def asked(self) -> QueryDict:
        """What the list is narrowed by: what is open, unless something else was asked for."""
        return list_query.with_default(self.request)

    @cached_property
    def active_filters(self) -> list[ActiveFilter]:
        """What the list opens on can be taken away like any other filter: then it shows all."""
        active = super().active_filters
        return [
            each._replace(removed_filter_url=f"{each.removed_filter_url}&status={ALL}")
            if each.auto_id == "id_status"
            else each
            for each in active
        ]

    @cached_property
    def columns(self) -> list[Column]:
        scope = list_query.narrowing(self.request, self.asked).urlencode()
        return [
            *bulk_actions.tick_columns(self.request.user),
            *list_columns.columns(
                self.request.GET, lambda complaint: list_query.complaint_url(complaint.pk, scope)
            ),
        ]

    def get_context_data(self, *args: object, **kwargs: object) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["media"] += Media(js=["pengaduan_app/js/queue.js"])
        return {
            **context,
            "bulk_buttons": bulk_actions.bulk_buttons(self.request.user),
            **saved_views.context_of(self.request, self.asked),
        }


class ComplaintURLFinder(ModelAdminURLFinder):
    """Where Wagtail's own lists (site history, usage) lead: the complaint's page, for people who
    may see it. There is no view to edit it."""

    def construct_edit_url(self, instance: Complaint) -> str:
        return reverse("pengaduan_admin:inspect", args=[instance.pk])

    def get_edit_url(self, instance: Complaint) -> str | None:
        if self.user and not permissions.may_see(self.user, instance):
            return None
        return self.construct_edit_url(instance)


class ComplaintViewSet(snippets.SnippetViewSet):
    """Listing, one complaint, and its actions; nothing else of a snippet's views.

    Wagtail's own snippet views don't check permissions row by row, so only views that do
    are here.
    """

    model = Complaint
    icon = "mail"
    menu_label = _("Complaints")
    menu_name = "complaints"
    menu_order = 110
    add_to_admin_menu = True
    url_prefix = "complaints"
    url_namespace = "pengaduan_admin"
    base_url_path = "complaints"
    admin_url_namespace = "pengaduan_admin"
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ComplaintIndexView
    index_template_name = "pengaduan_app/desk/complaint_list.html"
    filterset_class = ComplaintFilterSet
    search_fields = ["ticket", "subject", "body", "place"]
    index_results_template_name = "pengaduan_app/desk/complaint_list_results.html"
    ordering = "open_due_at"
    list_per_page = 30
    url_finder_class = ComplaintURLFinder

    @property
    def permission_policy(self) -> ComplaintPermissionPolicy:
        return ComplaintPermissionPolicy(self.model)

    def register_chooser_viewset(self) -> None:
        """No chooser: it would list other agencies' complaints."""

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="list"),
            path("results/", self.index_results_view, name="list_results"),
            path("owed/", owed.OwedView.as_view(), name="owed"),
            *entering.urlpatterns(),
            path("views/", saved_views.SavedViewsView.as_view(), name="views"),
            path("<int:pk>/", complaint_views.ComplaintView.as_view(), name="inspect"),
            path("<int:pk>/print/", complaint_papers.PrintView.as_view(), name="print"),
            path("<int:pk>/reveal/", complaint_papers.RevealView.as_view(), name="reveal"),
            path(
                "<int:pk>/not_the_person/",
                name_marks.NameMarksView.as_view(),
                name="not_the_person",
            ),
            path(
                "<int:pk>/attachments/<int:attachment_pk>/",
                complaint_papers.AttachmentView.as_view(),
                name="attachment",
            ),
            path("<int:pk>/duplicate/", joining.JoinView.as_view(), name="join"),
            *answer_pictures.URL_PATTERNS,
            path("<int:pk>/<slug:action>/", complaint_views.ActionView.as_view(), name="action"),
        ]


class NoBulkDelete(DeleteBulkAction):
    """Takes the place of Wagtail's bulk deletion of snippets for complaints, and isn't there.

    Wagtail's names every complaint to whoever types its address, and deletes them for a
    superuser past the procedure.
    """

    models = (Complaint,)

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Raises Http404, always."""
        raise Http404


class ReferenceViewSet(snippets.SnippetViewSet):
    """Shared by the reference data, which the complaint administrator keeps."""

    copy_view_enabled = False
    list_per_page = 50


class AgencyViewSet(ReferenceViewSet):
    model = Agency
    icon = "group"
    list_display = [
        "name",
        # A telephone has room for the name and for what is missing.
        Column("short_name", label=_("short name"), sort_key="short_name", classname="pgd-wide"),
        # In words: Wagtail's tick says “True” to a screen reader.
        # Without an operator nobody would receive the agency's complaints.
        Column("operator", label=_("Operator"), accessor=lambda row: yesno(row.has_operator)),
        Column(
            "active",
            label=_("Takes complaints"),
            accessor=lambda row: yesno(row.active),
            classname="pgd-wide",
        ),
    ]
    search_fields = ["name", "short_name", "remit"]

    def get_queryset(self, request: StaffRequest) -> QuerySet[Agency]:
        operators = permissions.holders_of(Role.OPERATOR).filter(groups=OuterRef("group"))
        return Agency.objects.annotate(has_operator=Exists(operators))


class CategoryViewSet(ReferenceViewSet):
    model = Category
    icon = "tag"
    list_display = ["name", "description"]


class VillageViewSet(ReferenceViewSet):
    model = Village
    icon = "site"
    list_display = ["name", "district"]
    list_filter = ["district"]


class CannedAnswerViewSet(ReferenceViewSet):
    model = CannedAnswer
    icon = "clipboard-list"
    list_display = ["title", "agency"]
    list_filter = ["agency"]


class ReferenceViewSetGroup(snippets.SnippetViewSetGroup):
    items = (
        AgencyViewSet,
        CategoryViewSet,
        VillageViewSet,
        CannedAnswerViewSet,
        ChecklistViewSet,
    )
    menu_label = _("Reference data")
    menu_name = "complaint-references"
    menu_icon = "list-ul"
    menu_order = 120
