"""The views above the list of complaints: the usual ones, a role's and a person's own.

A view is a query string of the list. What is saved is what the list itself takes: filters with
valid values, an order, columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from ... import permissions
from ...models import MOST_VIEWS, Complaint, SavedView
from ...permissions import Staff, StaffRequest
from ...presentation import read_key
from ...procedure import Role, labels
from ...text import is_blank
from . import list_columns, list_query, queue
from .filters import ALL, CLOSED, MINE, OPEN

LONGEST_NAME = 40


@dataclass(frozen=True)
class ListView:
    """A link above the list; `key` for what can be deleted."""

    label: str | Promise
    url: str
    is_current: bool
    key: int | None = None


@dataclass(frozen=True)
class ColumnChoice:
    name: str
    label: str | Promise
    is_chosen: bool


def may_save_for_roles(user: Staff) -> bool:
    """True for the complaint administrator and superusers."""
    return user.is_superuser or Role.ADMIN in permissions.roles_of(user)


def kept_part(request: StaffRequest, query: str | QueryDict) -> QueryDict:
    """The part of a query string that a view keeps: what narrows, orders and shows columns."""
    given = QueryDict(query) if isinstance(query, str) else query
    kept = list_query.narrowing(request, given)
    if given.get("ordering") in list_columns.orderings():
        kept.setlist("ordering", given.getlist("ordering")[-1:])
    shown = list_columns.chosen(given)
    if shown != list_columns.USUAL:
        kept[list_columns.PARAMETER] = ",".join(shown)
    return kept


def context_of(request: StaffRequest, asked: QueryDict) -> dict[str, object]:
    """What the templates above the list show; `asked` is what the list is narrowed by now."""
    now = kept_part(request, asked).urlencode()
    shown = list_columns.chosen(asked)
    saved = list(SavedView.objects.offered_to(request.user))
    mine = [view for view in saved if _may_delete(request.user, view)]
    usual = [(f"status={OPEN}", _("Open")), (f"status={CLOSED}", _("Closed"))]
    if not queue.sees_all(request.user):
        usual.insert(0, (f"mine={MINE}", _("My steps")))
    usual.append((f"status={ALL}", _("All")))
    return {
        "views": [
            *(ListView(label, list_query.list_url(query), query == now) for query, label in usual),
            *(_link(view, now) for view in saved),
        ],
        "deletable": [_link(view, now) for view in mine],
        "column_choices": [
            ColumnChoice(name, label, name in shown) for name, label in list_columns.labelled()
        ],
        "role_choices": _role_choices() if may_save_for_roles(request.user) else [],
        "list_query": now,
    }


def _link(view: SavedView, now: str) -> ListView:
    label = view.name
    if view.role:
        label = f"{view.name} ({labels.ROLES[Role(view.role)]})"
    return ListView(label, list_query.list_url(view.query), view.query == now, view.pk)


def _role_choices() -> list[tuple[str, str | Promise]]:
    return [(role.value, label) for role, label in labels.ROLES.items()]


def _may_delete(user: Staff, view: SavedView) -> bool:
    """Their own, or a role's for those who may save one."""
    return view.owner_id == user.pk or (view.owner_id is None and may_save_for_roles(user))


class SavedViewsView(View):
    """`/admin/complaints/views/`: shows columns, saves a view or deletes one."""

    request: StaffRequest

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Raises Http404 for people who have no list."""
        policy = permissions.ComplaintPermissionPolicy(Complaint)
        if not policy.user_has_permission(cast(Staff, request.user), "view"):
            raise Http404
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def get(self, request: HttpRequest) -> HttpResponse:
        """An address that somebody typed or reloaded: the list."""
        return redirect("pengaduan_admin:list")

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("do") == "delete":
            return self._delete()
        query = QueryDict(request.POST.get("query", ""), mutable=True)
        query[list_columns.PARAMETER] = ",".join(request.POST.getlist("columns"))
        kept = kept_part(self.request, query)
        if request.POST.get("do") == "save":
            self._save(kept)
        return redirect(list_query.list_url(kept))

    def _save(self, query: QueryDict) -> None:
        """Under a name that is taken the view is replaced."""
        name, role = self.request.POST.get("name", "").strip(), self.request.POST.get("role", "")
        whose: dict[str, Any] = {"owner": self.request.user, "role": ""}
        if role and may_save_for_roles(self.request.user) and role in set(Role):
            whose = {"owner": None, "role": role}
        refusal = self._refusal(name, whose)
        if refusal:
            messages.error(self.request, refusal)
            return
        SavedView.objects.update_or_create(
            **whose, name=name, defaults={"query": query.urlencode()}
        )
        messages.success(
            self.request, _("The view “%(name)s” stands above the list now.") % {"name": name}
        )

    def _refusal(self, name: str, whose: dict[str, Any]) -> str:
        """Why it can't be saved, in a sentence; empty if it can."""
        if is_blank(name) or len(name) > LONGEST_NAME or not name.isprintable():
            return _("Give the view a name of at most %(most)d signs.") % {"most": LONGEST_NAME}
        others = SavedView.objects.filter(**whose).exclude(name=name)
        if others.count() >= MOST_VIEWS:
            return _("There are %(most)d views already: delete one first.") % {"most": MOST_VIEWS}
        return ""

    def _delete(self) -> HttpResponse:
        """Raises Http404 for a view that isn't there or isn't theirs to delete."""
        key = read_key(self.request.POST.get("view", ""))
        view = SavedView.objects.filter(pk=key or 0).first()
        if view is None or not _may_delete(self.request.user, view):
            raise Http404
        view.delete()
        messages.success(self.request, _("The view “%(name)s” is deleted.") % {"name": view.name})
        return redirect("pengaduan_admin:list")
