"""The addresses of the staff's screens, and their entry in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from .. import permissions
from . import views
from .listing import PeopleIndexView


class PeopleMenuItem(MenuItem):
    """Shown to whoever keeps the accounts."""

    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.may_keep_people(request.user)


class PeopleViewSet(ViewSet):
    """`/admin/people/`: the staff, for the complaint administrator and superusers."""

    name = "people"
    url_namespace = "pengaduan_people"
    icon = "user"
    menu_label = _("Staff")
    menu_name = "complaint-staff"
    menu_order = 130
    add_to_admin_menu = True

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        return PeopleMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", PeopleIndexView.as_view(), name="index"),
            path("results/", PeopleIndexView.as_view(results_only=True), name="index_results"),
            path("add/", views.AddView.as_view(), name="add"),
            path("<int:pk>/", views.EditView.as_view(), name="edit"),
            path("<int:pk>/move/", views.MoveView.as_view(), name="move"),
            path("<int:pk>/deactivate/", views.DeactivateView.as_view(), name="deactivate"),
            path("<int:pk>/activate/", views.ActivateView.as_view(), name="activate"),
            path("<int:pk>/invite/", views.InviteView.as_view(), name="invite"),
        ]


people_viewset = PeopleViewSet()
