"""The list of staff: who has which role where, who was invited and never came."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group
from django.db.models import Prefetch, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import permissions as wagtail_permissions
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic

from .. import permissions
from ..models import Agency
from ..permissions import Staff, Visitor
from ..presentation import person_name, short_day
from ..procedure import Role, labels
from . import rules
from .facts import ACTIVE, INACTIVE, INVITED, STATES, state_of


class PeoplePolicy(wagtail_permissions.ModelPermissionPolicy):
    """Whoever keeps the accounts of staff may use these screens, and nobody else."""

    def user_has_permission(self, user: Visitor, action: str) -> bool:
        return permissions.may_keep_people(user)

    def user_has_any_permission(self, user: Visitor, actions: Any) -> bool:
        return permissions.may_keep_people(user)


class PeopleFilterSet(WagtailFilterSet):
    """Agency, role, and whether the person can work."""

    agency = django_filters.ModelChoiceFilter(
        label=_("Agency"), queryset=Agency.objects.all(), method="filter_agency"
    )
    role = django_filters.ChoiceFilter(
        label=_("Role"), choices=labels.choices(labels.ROLES), method="filter_role"
    )
    state = django_filters.ChoiceFilter(
        label=_("Account"), choices=list(STATES.items()), method="filter_state"
    )

    class Meta:
        model = get_user_model()
        fields: ClassVar[list[str]] = []

    def filter_agency(self, queryset: QuerySet[Staff], name: str, value: Agency) -> QuerySet[Staff]:
        members = Group.objects.filter(agency=value).values("user")
        return queryset.filter(pk__in=members)

    def filter_role(self, queryset: QuerySet[Staff], name: str, value: str) -> QuerySet[Staff]:
        members = Group.objects.filter(
            permissions__codename=permissions.ROLE_PERMISSION[Role(value)],
            permissions__content_type__app_label="pengaduan_app",
        )
        return queryset.filter(pk__in=members.values("user"))

    def filter_state(self, queryset: QuerySet[Staff], name: str, value: str) -> QuerySet[Staff]:
        if value == INACTIVE:
            return queryset.filter(is_active=False)
        working = queryset.filter(is_active=True, last_login__isnull=value != ACTIVE)
        if value == ACTIVE:
            return working
        invited = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        return working.filter(invited if value == INVITED else ~invited)


class PeopleIndexView(generic.IndexView):
    """Everybody but superusers, by name. Ten queries, however many people a page shows."""

    model = get_user_model()
    permission_policy = PeoplePolicy(get_user_model())
    page_title = _("Staff")
    header_icon = "user"
    filterset_class = PeopleFilterSet
    search_fields: ClassVar[list[str]] = ["full_name", "email", "username"]
    search_backend_name = None
    default_ordering = "first_name"
    paginate_by = 50
    index_url_name = "pengaduan_people:index"
    index_results_url_name = "pengaduan_people:index_results"
    add_url_name = "pengaduan_people:add"
    add_item_label = _("Add a member of staff")

    def get_base_queryset(self) -> QuerySet[Staff]:
        seats = Prefetch("groups", Group.objects.select_related("agency"))
        full_name = Concat("first_name", Value(" "), "last_name")
        return rules.people().annotate(full_name=full_name).prefetch_related(seats)

    def order_queryset(self, queryset: QuerySet[Staff]) -> QuerySet[Staff]:
        """By name, whoever has only one included; the key keeps the pages apart."""
        back = "-" if self.ordering.startswith("-") else ""
        if self.ordering.lstrip("-") == "last_login":
            return queryset.order_by(self.ordering, "pk")
        return queryset.order_by(f"{back}first_name", f"{back}last_name", "pk")

    def get_list_buttons(self, instance: Staff) -> list[object]:
        return []

    @cached_property
    def role_groups(self) -> dict[Role, int]:
        """Which group stands for which role, asked once for all rows."""
        return permissions.role_group_ids()

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "name",
                label=_("Name"),
                accessor=person_name,
                sort_key="first_name",
                get_url=lambda person: reverse("pengaduan_people:edit", args=[person.pk]),
            ),
            Column("email", label=_("E-mail"), classname="pgd-widest"),
            Column("seats", label=_("Role and agency"), accessor=self.seats_of),
            Column("state", label=_("Account"), accessor=lambda person: STATES[state_of(person)]),
            Column(
                "last_login",
                label=_("Last log-in"),
                sort_key="last_login",
                accessor=lambda person: short_day(person.last_login) if person.last_login else "–",
                classname="pgd-wide pgd-nowrap",
            ),
        ]

    def seats_of(self, person: Staff) -> str | Promise:
        """Roles and agencies in words, and the names of other groups."""
        held = permissions.seats_of(person, self.role_groups)
        named = [str(labels.ROLES[role]) for role in Role if role in held.roles]
        named += [group.name for group in permissions.other_groups_of(person, self.role_groups)]
        agencies = [getattr(group, "agency", None) for group in person.groups.all()]
        places = sorted(agency.brief for agency in agencies if agency)
        parts = [", ".join(named) or str(_("No role")), ", ".join(places)]
        return " · ".join(part for part in parts if part)
