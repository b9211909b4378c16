"""Wagtail's lock on a complaint's page: taken in one's own step, opened by who took it."""

from __future__ import annotations

import pytest
from django.test import Client

from pengaduan_app import actions, permissions
from pengaduan_app.models import ComplaintPage
from pengaduan_app.procedure.sop import Role, State
from tests.support.crowd import superuser
from tests.support.factories import staff
from tests.support.process import may_edit, page_of

STOCK = (State.EDITING, State.STUDY, State.PUBLICATION)


def press(user, complaint, button: str) -> ComplaintPage:
    """The editor's own button, `lock` or `unlock`; returns the page as it is then."""
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    browser.post(f"/admin/pages/{page_of(complaint).pk}/{button}/")
    return page_of(complaint)


def may_unlock(user, complaint) -> bool:
    return page_of(complaint).permissions_for_user(user).can_unlock()


def test_a_colleague_in_the_same_step_does_not_open_anothers_lock(office):
    """Who locked the page is in the middle of its text."""
    colleague = staff(Role.EDITOR)
    complaint = office.complaint(to=State.EDITING)
    assert press(office.editor, complaint, "lock").locked_by == office.editor
    assert not may_unlock(colleague, complaint)
    assert press(colleague, complaint, "unlock").locked_by == office.editor
    assert not press(office.editor, complaint, "unlock").locked


def test_not_even_a_superuser_opens_a_lock_of_the_procedure(office):
    complaint = office.complaint(to=State.EDITING)
    press(office.editor, complaint, "lock")
    assert press(superuser(), complaint, "unlock").locked


@pytest.mark.parametrize("role", [role for role in Role if role != Role.EDITOR])
def test_nobody_locks_a_page_outside_their_step(office, role):
    complaint = office.complaint(to=State.EDITING)
    assert not press(office.person(role), complaint, "lock").locked


def test_another_agencys_official_locks_nothing(office, other_office):
    complaint = office.complaint(to=State.STUDY)
    assert not press(other_office.official, complaint, "lock").locked
    assert press(office.official, complaint, "lock").locked


def test_who_was_called_to_coordinate_writes_and_does_not_lock(office, other_office):
    complaint = office.complaint(to=State.DECISION)
    actions.coordinate(complaint.pk, office.head, [other_office.agency])
    assert may_edit(other_office.official, complaint)
    assert not press(other_office.official, complaint, "lock").locked


def test_a_lock_keeps_even_a_colleague_of_the_same_step_from_writing(office):
    colleague = staff(Role.OFFICIAL, office.agency)
    complaint = office.complaint(to=State.STUDY)
    assert may_edit(colleague, complaint)
    press(office.official, complaint, "lock")
    assert not may_edit(colleague, complaint)
    assert may_edit(office.official, complaint)


def test_a_lock_ends_with_the_step_in_which_it_was_taken(office):
    """Else the next role would find a page that only somebody else can open."""
    complaint = office.complaint(to=State.EDITING)
    press(office.editor, complaint, "lock")
    actions.approve(complaint.pk, office.editor)
    page = page_of(complaint)
    assert (page.locked, page.locked_by, page.locked_at) == (False, None, None)
    assert may_edit(office.coordinator, complaint)


@pytest.mark.parametrize(
    ("state", "who"),
    [
        (State.STUDY, "official"),
        (State.DECISION, "head"),
        (State.ENTRY, "operator"),
        (State.EDITING, "editor"),
        (State.PUBLICATION, "coordinator"),
    ],
)
def test_in_each_step_one_role_writes(office, state, who):
    complaint = office.complaint(to=state)
    writers = [role.value for role in Role if may_edit(office.person(role), complaint)]
    assert writers == [who]


@pytest.mark.parametrize("state", [State.PUBLISHED, State.ANSWERED_PRIVATELY])
def test_where_no_step_is_open_nobody_writes_or_locks(office, state):
    complaint = office.complaint(to=state)
    for role in Role:
        assert not may_edit(office.person(role), complaint), role
        assert not press(office.person(role), complaint, "lock").locked, role


def test_the_coordinator_unpublishes_what_is_live_and_nothing_else(office):
    published, waiting = (
        office.complaint(to=State.PUBLISHED),
        office.complaint(to=State.PUBLICATION),
    )
    for complaint, may in ((published, True), (waiting, False)):
        assert page_of(complaint).permissions_for_user(office.coordinator).can_unpublish() is may
    actions.withdraw(published.pk, office.coordinator)
    assert not page_of(published).permissions_for_user(office.coordinator).can_unpublish()


def test_wagtail_may_publish_within_b2_alone(office):
    """Not even in the step of B2, and not after it failed."""
    complaint = office.complaint(to=State.PUBLICATION)
    tester = page_of(complaint).permissions_for_user(office.coordinator)
    assert not tester.can_publish()
    with pytest.raises(ZeroDivisionError), permissions.publishing():
        assert tester.can_publish()
        raise ZeroDivisionError
    assert not tester.can_publish()


@pytest.mark.parametrize(
    "ability",
    [
        "can_publish_subpage",
        "can_add_subpage",
        "can_delete",
        "can_move",
        "can_copy",
        "can_submit_for_moderation",
        "can_unschedule",
        "can_reorder_children",
        "can_set_view_restrictions",
    ],
)
def test_wagtails_other_abilities_are_nobodys_not_even_a_superusers(office, ability):
    complaint = office.complaint(to=State.EDITING)
    page = page_of(complaint)
    for place in (page, page.get_parent().specific):
        for user in (office.editor, office.coordinator, superuser()):
            assert not getattr(place.permissions_for_user(user), ability)(), (place, user)


def test_an_agencys_section_is_edited_locked_and_looked_back_on_by_nobody(office):
    section = page_of(office.complaint(to=State.STUDY)).get_parent().specific
    for user in (office.operator, office.head, office.coordinator, office.admin, superuser()):
        tester = section.permissions_for_user(user)
        abilities = (tester.can_edit, tester.can_lock, tester.can_unlock, tester.can_view_revisions)
        assert not any(ability() for ability in abilities), user


def test_the_index_is_edited_by_administrators_of_the_site_alone(office):
    index = page_of(office.complaint(to=State.STUDY)).get_parent().get_parent().specific
    assert index.permissions_for_user(superuser()).can_edit()
    for role in Role:
        assert not index.permissions_for_user(office.person(role)).can_edit(), role
