"""Who may do what. Code asks here; nothing else looks at groups.

A role is held by having the permission `act_as_<role>` through a group. A superuser
has no role by being one: the ledger names who acted, so only role holders act.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..procedure import Action, Role, sop
from .roles import _held_codenames, acts_as, agency_ids_of, roles_of, sees_city

REVEAL_PERMISSION = "reveal_reporter"


def may(user, action: Action, complaint) -> bool:
    """True when the SOP lets this user do `action` to the complaint as it now stands."""
    move = complaint.move_for(action)
    return move is not None and acts_as(user, move.role, complaint.agency_id)


def allowed_actions(user, complaint, among: Iterable[Action] = tuple(Action)) -> list[Action]:
    """Those of `among` that the user may do now, in their order."""
    return [action for action in among if may(user, action, complaint)]


def may_see(user, complaint) -> bool:
    """True when the complaint is the user's to see; `ComplaintQuerySet.visible_to` has the
    same rule for many."""
    if sees_city(user):
        return user.is_active
    if not roles_of(user) & sop.AGENCY_ROLES:
        return False
    return complaint.agency_id in agency_ids_of(user) or is_called(user, complaint)


def is_called(user, complaint) -> bool:
    """True for agency staff while the head of another agency asks theirs for coordination."""
    return (
        complaint.state in sop.CALLED_STATES
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
