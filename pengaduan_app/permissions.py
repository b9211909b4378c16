"""Who may do what. Code asks here; nothing else looks at groups.

A role is held by having the permission `act_as_<role>` through a group. A superuser
has no role by being one: the ledger names who acted, so only role holders act.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from wagtail.models import PagePermissionTester

from . import sop
from .sop import Action, Role

ROLE_PERMISSION = {role: f"act_as_{role.value}" for role in Role}
REVEAL_PERMISSION = "reveal_reporter"
_publishing: ContextVar[bool] = ContextVar("publishing", default=False)


@contextmanager
def publishing() -> Iterator[None]:
    """Within this block Wagtail may publish a complaint's page; for B2's action alone."""
    token = _publishing.set(True)
    try:
        yield
    finally:
        _publishing.reset(token)


def _held_codenames(user) -> frozenset[str]:
    """The plugin's permissions that the user holds through groups; one query a request."""
    if not hasattr(user, "_pengaduan_codenames"):
        held = frozenset()
        if user.is_authenticated and user.is_active:
            held = frozenset(
                Permission.objects.filter(
                    group__user=user, content_type__app_label="pengaduan_app"
                ).values_list("codename", flat=True)
            )
        user._pengaduan_codenames = held
    return user._pengaduan_codenames


def roles_of(user) -> frozenset[Role]:
    """The SOP roles that the user holds."""
    held = _held_codenames(user)
    return frozenset(role for role, codename in ROLE_PERMISSION.items() if codename in held)


def agency_ids_of(user) -> frozenset[int]:
    """The agencies whose staff the user is; one query a request."""
    if not hasattr(user, "_pengaduan_agencies"):
        Agency = apps.get_model("pengaduan_app", "Agency")
        user._pengaduan_agencies = (
            frozenset(Agency.objects.filter(group__user=user).values_list("pk", flat=True))
            if user.is_authenticated
            else frozenset()
        )
    return user._pengaduan_agencies


def acts_as(user, role: Role | None, agency_id: int | None) -> bool:
    """True when the user holds the role, and sits in the agency where the role does.

    The reporter is nobody of the staff: no user and no role stand for them, and no user
    ever acts in their place.
    """
    if user is None or role is None:
        return user is None and role is None
    if role not in roles_of(user):
        return False
    return role in sop.CITY_ROLES or agency_id in agency_ids_of(user)


def may(user, action: Action, complaint) -> bool:
    """True when the SOP lets this user do `action` to the complaint as it now stands."""
    move = sop.find_transition(action, complaint.state, complaint.privacy, complaint.was_reopened)
    return bool(move) and acts_as(user, move.role, complaint.agency_id)


def allowed_actions(user, complaint, among: Iterable[Action] = tuple(Action)) -> list[Action]:
    """Those of `among` that the user may do now, in their order."""
    return [action for action in among if may(user, action, complaint)]


def sees_city(user) -> bool:
    """True for who sees every agency's complaints: the city's roles and superusers."""
    return user.is_superuser or bool(roles_of(user) & sop.CITY_ROLES)


def visible_complaints(user) -> Q:
    """The condition on Complaint that keeps staff to what is theirs to see.

    Agency staff see their agency's complaints, and those on which the head of another
    agency asked theirs for coordination, for as long as that lasts (SOP A7).
    """
    if not user.is_active:
        return Q(pk__in=[])
    if sees_city(user):
        return Q()
    if not roles_of(user) & sop.AGENCY_ROLES:
        return Q(pk__in=[])
    agencies = agency_ids_of(user)
    called = apps.get_model("pengaduan_app", "Complaint").coordination.through.objects.filter(
        agency__in=agencies
    )
    in_coordination = Q(state=sop.State.COORDINATION, pk__in=called.values("complaint"))
    return Q(agency__in=agencies) | in_coordination


def holders_of(role: Role) -> QuerySet:
    """The active people who hold a role, as a query; one person may come more than once."""
    return get_user_model().objects.filter(
        is_active=True,
        groups__permissions__codename=ROLE_PERMISSION[role],
        groups__permissions__content_type__app_label="pengaduan_app",
    )


def may_see(user, complaint) -> bool:
    """The same rule for one complaint."""
    if sees_city(user):
        return user.is_active
    if not roles_of(user) & sop.AGENCY_ROLES:
        return False
    return complaint.agency_id in agency_ids_of(user) or is_called(user, complaint)


def is_called(user, complaint) -> bool:
    """True for agency staff while the head of another agency asks theirs for coordination."""
    return (
        complaint.state == sop.State.COORDINATION
        and bool(roles_of(user) & sop.AGENCY_ROLES)
        and complaint.coordination.filter(pk__in=agency_ids_of(user)).exists()
    )


def may_contribute(user, complaint) -> bool:
    """True for officials of the agencies that the head called to coordinate (SOP A7)."""
    return Role.OFFICIAL in roles_of(user) and is_called(user, complaint)


def may_reveal(user, complaint) -> bool:
    """True when the user may open the reporter's identity, giving a reason."""
    if REVEAL_PERMISSION not in _held_codenames(user) or not user.is_active:
        return False
    # Being called to coordinate (A7) shows the complaint, never its reporter.
    return bool(roles_of(user) & sop.CITY_ROLES) or complaint.agency_id in agency_ids_of(user)


def may_edit_page(user, complaint) -> bool:
    """True for the person whose workflow step it is, and who was called to coordinate."""
    return may(user, Action.APPROVE, complaint) or may_contribute(user, complaint)


class ProcedurePageTester(PagePermissionTester):
    """Page permissions of the procedure's pages: only actions create, move or publish.

    Wagtail asks this for every button and every view of a page, so what is False here
    can't be done by address either.
    """

    def _never(self, *args, **kwargs):
        return False

    can_publish = can_publish_subpage = can_add_subpage = _never
    can_delete = can_move = can_move_to = can_copy = can_copy_to = _never
    can_submit_for_moderation = can_unschedule = can_reorder_children = _never
    can_unpublish = can_set_view_restrictions = _never


class IndexPageTester(PagePermissionTester):
    """The index belongs to the site's administrators; its workflow is for the pages below."""

    def can_edit(self):
        return self.user.is_superuser and super().can_edit()

    def can_submit_for_moderation(self):
        return False


class SectionPageTester(ProcedurePageTester):
    """An agency's section follows its Agency entry; nobody edits it as a page."""

    can_edit = can_lock = can_unlock = can_view_revisions = ProcedurePageTester._never


class ComplaintPageTester(ProcedurePageTester):
    """A complaint's page: seen by whom the complaint concerns, edited in their step."""

    def can_edit(self):
        # Seeing the editor is not editing: the page's lock decides that.
        return may_see(self.user, self.page.complaint)

    can_view_revisions = can_edit

    def can_lock(self):
        return may(self.user, Action.APPROVE, self.page.complaint)

    def can_unlock(self):
        return self.user_has_lock() and self.can_lock()

    def can_publish(self):
        """True while B2's own action publishes: Wagtail asks then. At no other time."""
        return _publishing.get()

    def can_unpublish(self):
        return self.page.live and may(self.user, Action.WITHDRAW, self.page.complaint)
