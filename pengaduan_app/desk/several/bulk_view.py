"""An action for several complaints at a time, by Wagtail's bulk actions.

Each complaint goes through `actions` by itself, in a transaction of its own: one refusal undoes
nothing of the others. What was and wasn't done, and why, stays on the screen as a table. An id
that the user may not see is like one that isn't there.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ... import actions, permissions
from ...models import Complaint
from ...permissions import Staff, Visitor
from ...presentation import read_key
from ...procedure import Role, transitions
from ..complaint.complaint_facts import admin_url
from ..complaint.desk_actions import DeskAction
from . import bulk_forms as forms

logger = logging.getLogger(__name__)

# In one request: more take longer than anybody waits for a page.
MOST = 100


@dataclass(frozen=True)
class Line:
    """What became of one complaint."""

    complaint: Complaint
    done: bool
    # The new state; or why nothing was done.
    text: str
    sheet_url: str = ""

    @property
    def url(self) -> str:
        return admin_url("inspect", self.complaint)


class ComplaintBulkAction(WagtailAdminTemplateMixin, BulkAction):
    """Shows what was chosen and asks once; then does it for each and reports."""

    models = (Complaint,)
    row: ClassVar[DeskAction]
    display_name: ClassVar[str | Promise]
    aria_label: ClassVar[str | Promise]
    action_type: ClassVar[str]
    form_class: type[forms.BulkForm] = forms.BulkNoteForm
    template_name = "pengaduan_app/desk/bulk.html"
    header_icon = "mail"
    _show_breadcrumbs = True

    @classmethod
    def is_for(cls, user: Visitor) -> bool:
        """True for the role that the procedure lets make this move."""
        return bool(permissions.roles_of(user) & _makers(cls.row))

    @property
    def user(self) -> Staff:
        """Wagtail sends visitors to the log-in before this view runs."""
        return cast(Staff, self.request.user)

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not self.is_for(self.user):
            raise PermissionDenied
        self.next_url = get_valid_next_url_from_request(request) or reverse("pengaduan_admin:list")
        return super().dispatch(request, *args, **kwargs)

    # What was chosen.

    @cached_property
    def keys(self) -> set[int]:
        """The ids of the request, without what can't be one."""
        found = (read_key(text) for text in self.request.GET.getlist("id"))
        return {key for key in found if key is not None}

    @cached_property
    def chosen(self) -> list[Complaint]:
        """Those that the user may see, soonest due first; none where they are too many."""
        if len(self.keys) > MOST:
            return []
        visible = Complaint.objects.visible_to(self.user).with_open_step()
        found = visible.filter(pk__in=self.keys).annotate(open_row_pk=F("open_row__pk"))
        found = found.select_related("agency", "category", "suggested_agency")
        return list(found.order_by(F("open_due_at").asc(nulls_last=True), "pk"))

    @cached_property
    def reasons(self) -> dict[int, str]:
        """Why it can't be done, by the key of each complaint for which it can't."""
        hindrances = {each.agency_id: each for each in self.chosen}
        hindered = {key: self.row.hindrance(each) for key, each in hindrances.items()}
        found = {}
        for complaint in self.chosen:
            try:
                actions.check(complaint, self.row.action, self.user)
            except actions.ActionRefused as refusal:
                found[complaint.pk] = str(refusal)
            else:
                found[complaint.pk] = hindered[complaint.agency_id]
        return {key: reason for key, reason in found.items() if reason}

    @cached_property
    def able(self) -> list[Complaint]:
        return [complaint for complaint in self.chosen if complaint.pk not in self.reasons]

    def get_actionable_objects(self) -> tuple[list[Complaint], dict[str, list[Complaint]]]:
        return self.able, {
            "items_with_no_access": [each for each in self.chosen if each.pk in self.reasons]
        }

    @cached_property
    def seen(self) -> dict[int, int]:
        """The ledger row that was open when the page was shown, by the complaint's key."""
        pairs = (text.partition("-") for text in self.request.POST.getlist("seen"))
        read = ((read_key(key), read_key(row)) for key, _dash, row in pairs)
        return {key: row for key, row in read if key is not None and row is not None}

    # What is shown.

    def get_page_title(self) -> str | Promise:
        return self.display_name

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("pengaduan_admin:list"), "label": _("Complaints")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "complaints": self.able, "user": self.user}

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["media"] = context["form"].media
        return context | {
            "able": self.able,
            "rows": [(each, self.reasons.get(each.pk)) for each in self.chosen],
            "problem": self.problem,
            "missing": self.missing,
            "button": self.button,
        }

    @property
    def problem(self) -> str:
        """Why nothing can be asked at all; empty where it can."""
        if len(self.keys) > MOST:
            text = _("Choose at most %(most)d complaints at a time; these are %(count)d.")
            return text % {"most": MOST, "count": len(self.keys)}
        if not self.chosen:
            return _("No complaint was chosen. Tick some in the list first.")
        return "" if self.able else _("It can't be done for any of the chosen complaints.")

    @property
    def missing(self) -> str:
        """A sentence about ids that are no complaint, or none that the user may see."""
        count = len(self.keys) - len(self.chosen) if self.chosen else 0
        text = ngettext(
            "%(count)d of the chosen complaints isn't there.",
            "%(count)d of the chosen complaints aren't there.",
            count,
        )
        return text % {"count": count} if count else ""

    @property
    def button(self) -> str:
        text = ngettext(
            "%(action)s: %(count)d complaint", "%(action)s: %(count)d complaints", len(self.able)
        )
        return text % {"action": self.display_name, "count": len(self.able)}

    # What is done.

    def post(self, request: HttpRequest, *args: str, **kwargs: Any) -> HttpResponse:
        if not self.chosen:
            return self.render_to_response(self.get_context_data(), status=400)
        # Where nothing can be done, no form need be filled in rightly to hear why.
        return super().post(request, *args, **kwargs) if self.able else self._do(self.get_form())

    def form_valid(self, form: forms.BulkForm) -> HttpResponse:
        return self._do(form)

    def _do(self, form: forms.BulkForm) -> HttpResponse:
        if refusal := self._ask_hooks("before_bulk_action"):
            return refusal
        lines = [self._carry_out(form, complaint) for complaint in self.chosen]
        if instead := self._ask_hooks("after_bulk_action"):
            return instead
        done = sum(line.done for line in lines)
        context = WagtailAdminTemplateMixin.get_context_data(
            self, form=form, lines=lines, done=done, left=len(lines) - done, missing=self.missing
        )
        return render(self.request, "pengaduan_app/desk/bulk_report.html", context)

    def form_invalid(self, form: forms.BulkForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)

    def _ask_hooks(self, name: str) -> HttpResponse | None:
        """What a site's own hook answers instead, as in Wagtail's bulk actions."""
        for hook in hooks.get_hooks(name):
            result = hook(self.request, self.action_type, self.able, self)
            if hasattr(result, "status_code"):
                return cast(HttpResponse, result)
        return None

    def _carry_out(self, form: forms.BulkForm, complaint: Complaint) -> Line:
        if complaint.pk in self.reasons:
            return Line(complaint, False, self.reasons[complaint.pk])
        try:
            moved = self.row.perform(
                complaint.pk,
                self.user,
                seen=self.seen.get(complaint.pk),
                **form.arguments(complaint),
            )
        except actions.ActionRefused as refusal:
            return Line(complaint, False, str(refusal))
        except OperationalError as error:
            # Nothing of this one was kept; the others have their own transactions.
            logger.error("A bulk action failed: %s", type(error).__name__)
            return Line(complaint, False, _("The database was busy. Try this one again."))
        sheet = admin_url("print", moved) if self.row.prints_sheet else ""
        return Line(moved, True, self.row.done(moved), sheet)


def _makers(row: DeskAction) -> set[Role | None]:
    return {move.role for move in transitions.TRANSITIONS if move.action == row.action}
