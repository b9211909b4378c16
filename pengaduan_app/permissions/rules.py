"""Who may do what. Code asks here; nothing else looks at groups.

A user holds a role by having the permission `act_as_<role>` through a group. Superusers hold
no role as such: the ledger names who acted, so only role holders act.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from django.db.models import Model, QuerySet

from ..procedure import Action, Role, Transition, receiving, sop
from .roles import Visitor, acts_as, agency_ids_of, held_codenames, roles_of, sees_city

REVEAL_PERMISSION = "reveal_reporter"


class Agencies(Protocol):
    """The agencies that a complaint's head has called to coordinate."""

    def filter(self, *, pk__in: Collection[int]) -> QuerySet[Model]: ...


class CaseFile(Protocol):
    """What the rules need of a complaint; the model itself stands in a later wing."""

    @property
    def state(self) -> str: ...

    @property
    def agency_id(self) -> int | None: ...

    @property
    def coordination(self) -> Agencies: ...

    def move_for(self, action: Action) -> Transition | None: ...


def may(user: Visitor | None, action: Action, complaint: CaseFile) -> bool:
    """True if the SOP lets this user do `action` in the complaint's present state; None is the
    reporter."""
    move = complaint.move_for(action)
    return move is not None and makes(user, move, complaint)


def makes(user: Visitor | None, move: Transition, complaint: CaseFile) -> bool:
    """True if the SOP has this user make the move: the role in the complaint's agency, or in
    one that its head has called."""
    if move.called:
        return user is not None and may_contribute(user, complaint)
    if move.or_role and acts_as(user, move.or_role, complaint.agency_id):
        return True
    return acts_as(user, move.role, complaint.agency_id)


def allowed_actions(
    user: Visitor | None, complaint: CaseFile, among: Iterable[Action] = tuple(Action)
) -> list[Action]:
    """The actions of `among` that the user may do now, in the same order."""
    return [action for action in among if may(user, action, complaint)]


def may_see(user: Visitor, complaint: CaseFile) -> bool:
    """True if the user may see the complaint; `ComplaintQuerySet.visible_to` is the same rule
    as a query."""
    if sees_city(user):
        return user.is_active
    if not roles_of(user) & sop.AGENCY_ROLES:
        return False
    return complaint.agency_id in agency_ids_of(user) or is_called(user, complaint)


def is_called(user: Visitor, complaint: CaseFile) -> bool:
    """True for agency staff while the head of another agency calls theirs to coordinate."""
    return (
        complaint.state in sop.CALLED_STATES
        and bool(roles_of(user) & sop.AGENCY_ROLES)
        and complaint.coordination.filter(pk__in=agency_ids_of(user)).exists()
    )


def may_contribute(user: Visitor, complaint: CaseFile) -> bool:
    """True for officials of the agencies that the head called to coordinate (SOP A7)."""
    return Role.OFFICIAL in roles_of(user) and is_called(user, complaint)


def may_reveal(user: Visitor, complaint: CaseFile) -> bool:
    """True if the user may open the reporter's identity, giving a reason."""
    if REVEAL_PERMISSION not in held_codenames(user) or not user.is_active:
        return False
    # Being called to coordinate (A7) gives access to the complaint, never to its reporter.
    return bool(roles_of(user) & sop.CITY_ROLES) or complaint.agency_id in agency_ids_of(user)


def has_workflow_step(user: Visitor, complaint: CaseFile) -> bool:
    """True if the user may end the open workflow step in one way or another: a confidential
    complaint is answered at B2 without being published."""
    return bool(allowed_actions(user, complaint, sop.WORKFLOW_ACTIONS))


def may_edit_page(user: Visitor, complaint: CaseFile) -> bool:
    """True for holders of the open workflow step, and for officials called to coordinate."""
    return has_workflow_step(user, complaint) or may_contribute(user, complaint)


def may_publish_photo(user: Visitor, complaint: CaseFile) -> bool:
    """True for whoever has the step in which public relations decide what goes public (SOP B1,
    B2, and both in a correction): a citizen's photo is theirs to choose, not the agency's."""
    return complaint.state in sop.CHECKED_STATES and has_workflow_step(user, complaint)


def may_keep_people(user: Visitor) -> bool:
    """True for the complaint administrator and superusers, who add, move and deactivate staff."""
    return user.is_active and (user.is_superuser or Role.ADMIN in roles_of(user))


def may_enter(user: Visitor) -> bool:
    """True for whoever may enter what somebody said or wrote to the office: operators, for any
    agency as the citizens may, and the complaint administrator."""
    roles = roles_of(user) & receiving.ENTERING_ROLES
    return bool(roles & sop.CITY_ROLES) or bool(roles and agency_ids_of(user))
