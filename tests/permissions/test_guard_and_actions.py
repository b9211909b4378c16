"""Whoever may end a step may write in it: the editor's guard and the buttons never part."""

from __future__ import annotations

import pytest

from pengaduan_app import actions, permissions
from pengaduan_app.procedure.sop import WORKFLOW_ACTIONS, WORKFLOW_STATES, Privacy, Role, State
from tests.support.crowd import superuser
from tests.support.process import may_edit, page_of

STOCK = tuple(WORKFLOW_STATES)


def buttons_of(user, page) -> list[str]:
    """What Wagtail's editor offers the user besides saving."""
    task = page.current_workflow_task
    return [name for name, _label, _asks in task.get_actions(page, user)] if task else []


@pytest.mark.parametrize("state", [state for state in State if state in WORKFLOW_STATES])
@pytest.mark.parametrize("privacy", [*Privacy, "reopened"])
def test_the_editor_opens_for_whoever_has_a_button(office, other_office, state, privacy):
    if privacy == "reopened":
        if state == State.COORDINATION:
            complaint = office.reopened(State.DECISION)
            actions.coordinate(complaint.pk, office.head, [other_office.agency])
            complaint.refresh_from_db()
        else:
            complaint = office.reopened(state)
    else:
        complaint = office.complaint(to=state, confidential=privacy == Privacy.CONFIDENTIAL)
    page = page_of(complaint)
    people = {role.value: office.person(role) for role in Role}
    people |= {f"other {role.value}": other_office.person(role) for role in Role}
    people["superuser"] = superuser()
    holders = set()
    for who, user in people.items():
        allowed = permissions.allowed_actions(user, complaint, WORKFLOW_ACTIONS)
        assert buttons_of(user, page) == allowed, who
        called = permissions.may_contribute(user, complaint)
        assert may_edit(user, complaint) == bool(allowed or called), who
        assert page.permissions_for_user(user).can_lock() == bool(allowed), who
        if allowed:
            holders.add(who)
    assert holders, "nobody could go on"
