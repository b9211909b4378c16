"""What the registers do otherwise than ModelAdmin: permissions, search, list, row, export."""

from __future__ import annotations

from datetime import datetime

from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from wagtail_modeladmin.helpers import ButtonHelper, DjangoORMSearchHandler, PermissionHelper
from wagtail_modeladmin.views import IndexView, InspectView

from .. import permissions
from ..models import Complaint
from ..presentation import harmless, short_moment

CHUNK = 2000


class ReadOnly(PermissionHelper):
    """Staff of the procedure read; nobody writes, superusers included."""

    def get_all_model_permissions(self):
        return Permission.objects.none()

    def user_can_list(self, user):
        return user.is_active and (user.is_superuser or bool(permissions.roles_of(user)))

    def user_can_inspect_obj(self, user, obj):
        # The view has looked the row up among those that the user may see.
        return self.user_can_list(user)

    def user_can_create(self, user):
        return False

    def user_can_edit_obj(self, user, obj):
        return False

    user_can_delete_obj = user_can_edit_obj


class NoButtons(ButtonHelper):
    """The ticket leads to the row's own page; there is nothing else to press."""

    def get_buttons_for_obj(self, obj, *args, **kwargs):
        return []


class TicketSearch(DjangoORMSearchHandler):
    """By ticket, in the complaints first: they are fewer than the rows of a register."""

    def search_queryset(self, queryset, search_term, **kwargs):
        term = search_term.replace("\x00", "").strip()
        if not term:
            return queryset
        (path_to_complaint,) = self.search_fields
        found = Complaint.objects.filter(ticket__icontains=term)
        return queryset.filter(**{f"{path_to_complaint}__in": found.values("pk")})


class RegisterIndexView(IndexView):
    """The rows and the export; asks for nothing but the filters that are offered."""

    def get_filters_params(self, params=None):
        # ModelAdmin would take any lookup from the address, also one into the vault.
        known = {name for each in self.list_filter for name in self.model_admin.parameters(each)}
        found = super().get_filters_params(params)
        return {name: value for name, value in found.items() if name in known}

    def get_filename(self):
        # Named when it is asked for, in the reader's language.
        return slugify(f"register {self.model_admin.get_menu_label()} {timezone.localdate()}")

    def as_spreadsheet(self, queryset, spreadsheet_format):
        """Row by row: a register can be longer than the memory."""
        return super().as_spreadsheet(queryset.iterator(chunk_size=CHUNK), spreadsheet_format)

    def get_heading(self, queryset, field):
        return heading(self.model_admin, field)

    def to_row_dict(self, item):
        return {field: self._cell(field, item) for field in self.list_export}

    def _cell(self, field, item):
        value = lookup_field(field, item, self.model_admin)[2]
        if isinstance(value, datetime):
            # Spreadsheets know no time zones: the city's clock.
            return timezone.make_naive(value).replace(microsecond=0)
        return "" if value is None else harmless(value)


class RegisterInspectView(InspectView):
    """One row: the register's columns, and the complaint for who may see it."""

    def dispatch(self, request, *args, **kwargs):
        # Once more through the register, which adds what its columns are made of.
        self.instance = self.model_admin.get_queryset(request).get(pk=self.instance.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return self.model_admin.get_menu_label()

    def get_page_subtitle(self):
        return self.model_admin.ticket(self.instance)

    def get_meta_title(self):
        return f"{self.get_page_title()} {self.get_page_subtitle()}"

    def get_fields_dict(self):
        register = self.model_admin
        columns = [(heading(register, name), self._value(name)) for name in register.columns]
        details = register.details(self.instance, self.request.user)
        return [{"label": label, "value": value or "–"} for label, value in [*columns, *details]]

    def _value(self, name):
        """A cell as words; a moment as lists show it."""
        value = lookup_field(name, self.instance, self.model_admin)[2]
        if isinstance(value, datetime):
            return short_moment(value)
        return str(value) if value is not None else ""

    def get_context_data(self, **kwargs):
        complaint = self.model_admin.complaint_of(self.instance)
        links = []
        if complaint and permissions.may_see(self.request.user, complaint):
            links.append(reverse("pengaduan_admin:inspect", args=[complaint.pk]))
        return super().get_context_data(complaint_urls=links, **kwargs)


def heading(register, field: str) -> str:
    """What a column is called."""
    label = str(label_for_field(field, register.model, register))
    return label[:1].upper() + label[1:]
