"""Where the registers differ from ModelAdmin: permissions, search, list, row, export."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.auth.models import Permission
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from wagtail_modeladmin.helpers import ButtonHelper, DjangoORMSearchHandler, PermissionHelper
from wagtail_modeladmin.views import IndexView, InspectView

from .. import permissions
from ..models import Complaint
from ..permissions import Staff
from ..presentation import harmless, long_day, short_moment
from ..procedure import Role

CHUNK = 2000


class ReadOnly(PermissionHelper):
    """Staff of the procedure read; nobody writes, superusers included."""

    def get_all_model_permissions(self) -> QuerySet[Permission]:
        return Permission.objects.none()

    def user_can_list(self, user: Staff) -> bool:
        return user.is_active and (user.is_superuser or bool(permissions.roles_of(user)))

    def user_can_inspect_obj(self, user: Staff, obj: Model) -> bool:
        # The view has looked the row up among those that the user may see.
        return self.user_can_list(user)

    def user_can_create(self, user: Staff) -> bool:
        return False

    def user_can_edit_obj(self, user: Staff, obj: Model) -> bool:
        return False

    user_can_delete_obj = user_can_edit_obj


class AdministratorsOnly(ReadOnly):
    """The complaint administrator reads, and the superuser; agencies and public relations don't."""

    def user_can_list(self, user: Staff) -> bool:
        allowed = user.is_superuser or Role.ADMIN in permissions.roles_of(user)
        return user.is_active and allowed


class NoButtons(ButtonHelper):
    """The ticket links to the row's own page; no other buttons."""

    def get_buttons_for_obj(self, obj: Model, *args: object, **kwargs: object) -> list[object]:
        return []


def _term(text: str) -> str:
    """What is searched for, without null bytes, which PostgreSQL refuses."""
    return text.replace("\x00", "").strip()


class TicketSearch(DjangoORMSearchHandler):
    """By ticket, in the complaints first: they are fewer than the rows of a register."""

    def search_queryset(
        self, queryset: QuerySet[Any], search_term: str, **kwargs: object
    ) -> QuerySet[Any]:
        if not (term := _term(search_term)):
            return queryset
        (path_to_complaint,) = self.search_fields
        found = Complaint.objects.filter(ticket__icontains=term)
        return queryset.filter(**{f"{path_to_complaint}__in": found.values("pk")})


class TextSearch(DjangoORMSearchHandler):
    """By a text of the rows themselves."""

    def search_queryset(
        self, queryset: QuerySet[Any], search_term: str, **kwargs: object
    ) -> QuerySet[Any]:
        (field,) = self.search_fields
        term = _term(search_term)
        return queryset.filter(**{f"{field}__icontains": term}) if term else queryset


class RegisterIndexView(IndexView):
    """The rows and the export; filters by what the register offers and by nothing more."""

    def get_filters_params(self, params: dict[str, Any] | None = None) -> dict[str, Any]:
        # ModelAdmin would take any lookup from the query string, even one into the vault.
        known = {name for each in self.list_filter for name in each.parameters()}
        found = super().get_filters_params(params)
        return {name: value for name, value in found.items() if name in known}

    def get_filename(self) -> str:
        # Named on each export, in the reader's language.
        return slugify(f"register {self.model_admin.get_menu_label()} {timezone.localdate()}")

    def as_spreadsheet(self, queryset: QuerySet[Any], spreadsheet_format: str) -> HttpResponseBase:
        """Row by row: a register may not fit into memory."""
        return super().as_spreadsheet(queryset.iterator(chunk_size=CHUNK), spreadsheet_format)

    def get_heading(self, queryset: QuerySet[Any], field: str) -> str:
        return heading(self.model_admin, field)

    def to_row_dict(self, item: Model) -> dict[str, object]:
        return {field: self._cell(field, item) for field in self.list_export}

    def _cell(self, field: str, item: Model) -> object:
        value = lookup_field(field, item, self.model_admin)[2]
        if isinstance(value, datetime):
            # Spreadsheets know no time zones: the city's clock.
            return timezone.make_naive(value).replace(microsecond=0)
        return "" if value is None else harmless(value)


class RegisterInspectView(InspectView):
    """One row: the register's columns, and a link to the complaint for users who may see it."""

    instance: Any

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        # Loaded again through the register, which annotates what its columns show.
        self.instance = self.model_admin.get_queryset(request).get(pk=self.instance.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str | Promise:
        return self.model_admin.get_menu_label()

    def get_page_subtitle(self) -> str:
        return self.model_admin.ticket(self.instance)

    def get_meta_title(self) -> str:
        return f"{self.get_page_title()} {self.get_page_subtitle()}"

    def get_fields_dict(self) -> list[dict[str, str]]:
        register = self.model_admin
        columns = [(heading(register, name), self._value(name)) for name in register.columns]
        details = register.details(self.instance, self.request.user)
        return [{"label": label, "value": value or "–"} for label, value in [*columns, *details]]

    def _value(self, name: str) -> str:
        """A cell as text; a moment as lists show it."""
        value = lookup_field(name, self.instance, self.model_admin)[2]
        if isinstance(value, datetime):
            return short_moment(value)
        if isinstance(value, date):
            return long_day(value)
        return str(value) if value is not None else ""

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        complaint = self.model_admin.complaint_of(self.instance)
        url = None
        if complaint and permissions.may_see(self.request.user, complaint):
            url = reverse("pengaduan_admin:inspect", args=[complaint.pk])
        return super().get_context_data(complaint_url=url, **kwargs)


def heading(register: Any, field: str) -> str:
    """What a column of a register is called."""
    label = str(label_for_field(field, register.model, register))
    return label[:1].upper() + label[1:]
