"""Many people at once: one wins, nothing is lost, the page tree stays sound.

On PostgreSQL rows lock each other; on SQLite each writer waits for the one before.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from pengaduan_app import actions
from pengaduan_app.actions import NotNow
from pengaduan_app.models import AgencyPage, Complaint, ComplaintPage
from pengaduan_app.procedure.sop import Role, State, Step
from tests.support.city import make_city
from tests.support.factories import AgencyFactory, staff
from tests.support.process import Office, is_in_step, ledger_of, page_of

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]
DONE = "done"


@pytest.fixture
def office():
    make_city()
    return Office()


def at_once(*calls) -> list:
    """Run all calls at the same moment, each on a connection of its own; what came out."""
    start = Barrier(len(calls))

    def run(call):
        start.wait()
        try:
            call()
        except Exception as error:  # noqa: BLE001  the test judges it
            return error
        finally:
            connection.close()
        return DONE

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def fresh(user):
    """The same person in another browser: nothing is shared between threads."""
    return get_user_model().objects.get(pk=user.pk)


def one_won(outcomes) -> bool:
    refusals = [outcome for outcome in outcomes if outcome != DONE]
    return outcomes.count(DONE) == 1 and all(isinstance(error, NotNow) for error in refusals)


def assert_tree_is_sound():
    """treebeard's own check, and that what stands in the tables stands in the tree."""
    assert not any(Page.find_problems())
    root = Page.get_first_root_node()
    assert root.get_descendant_count() == Page.objects.count() - 1
    for section in AgencyPage.objects.all():
        children = ComplaintPage.objects.child_of(section)
        assert section.numchild == children.count()
        assert all(page.agency_id == section.agency_id for page in children)


BUTTONS = [
    (State.RECEIVED, Role.OPERATOR, lambda pk, user, _office: actions.verify(pk, user)),
    (
        State.VERIFIED,
        Role.OPERATOR,
        lambda pk, user, office: actions.forward(pk, user, fresh(office.official)),
    ),
    (State.VERIFIED, Role.OPERATOR, lambda pk, user, _o: actions.answer(pk, user, "<p>Sudah.</p>")),
    (State.ROUTING, Role.ADMIN, lambda pk, user, office: actions.transfer(pk, user, office.agency)),
    (State.DECISION, Role.HEAD, lambda pk, user, _office: actions.approve(pk, user, step=Step.A6)),
    (State.EDITING, Role.EDITOR, lambda pk, user, _office: actions.approve(pk, user, step=Step.B1)),
    (
        State.EDITING,
        Role.EDITOR,
        lambda pk, user, _office: actions.send_back(pk, user, "Ulangi.", step=Step.B1),
    ),
    (State.PUBLICATION, Role.COORDINATOR, lambda pk, user, _office: actions.approve(pk, user)),
    (
        State.PUBLICATION,
        Role.COORDINATOR,
        lambda pk, user, _office: actions.publish_privately(pk, user),
    ),
    (State.PUBLISHED, Role.COORDINATOR, lambda pk, user, _office: actions.withdraw(pk, user)),
]
NAMES = [
    "verify",
    "forward",
    "answer",
    "transfer",
    "give the answer",
    "pass to the coordinator",
    "send back",
    "publish",
    "answer privately",
    "withdraw",
]


@pytest.mark.parametrize(("state", "role", "press"), BUTTONS, ids=NAMES)
def test_of_two_people_who_press_the_same_button_one_acts(office, state, role, press):
    complaint = office.complaint(to=state)
    rows = ledger_of(complaint)
    _ = office.official
    people = [office.person(role), staff(role, office.agency)]
    outcomes = at_once(
        *(lambda user=user: press(complaint.pk, fresh(user), office) for user in people)
    )
    assert one_won(outcomes), outcomes
    assert is_in_step(complaint)
    assert complaint.state != state
    opened = int(complaint.is_open)
    assert len(ledger_of(complaint)) == len(rows) + opened
    assert_tree_is_sound()


def test_of_two_different_decisions_on_one_complaint_one_counts(office):
    complaint = office.complaint(to=State.VERIFIED)
    pk, one, two = complaint.pk, fresh(office.operator), fresh(office.operator)
    outcomes = at_once(
        lambda: actions.forward(pk, one, fresh(office.official)),
        lambda: actions.decline(pk, two, "sara"),
    )
    assert one_won(outcomes), outcomes
    assert is_in_step(complaint)
    has_page = ComplaintPage.objects.filter(complaint=complaint).exists()
    assert has_page is (complaint.state == State.STUDY)


def test_one_person_of_two_roles_who_clicks_twice_takes_one_step(office):
    """The second click must not do the next step, which is the same person's too."""
    complaint = office.complaint(to=State.EDITING)
    office.editor.groups.add(*office.coordinator.groups.all())
    page = page_of(complaint)
    url = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[page.pk, "approve", page.current_workflow_task_state.pk],
    )
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(office.editor)
    at_once(*(lambda browser=browser: browser.post(url) for browser in browsers))
    assert is_in_step(complaint)
    assert complaint.state == State.PUBLICATION


def test_two_complaints_joined_with_each_other_do_not_both_close(office):
    first, second = office.complaint(), office.complaint()
    outcomes = at_once(
        lambda: actions.duplicate(first.pk, fresh(office.operator), _again(second)),
        lambda: actions.duplicate(second.pk, fresh(office.operator), _again(first)),
    )
    assert one_won(outcomes), outcomes
    assert Complaint.objects.filter(state=State.DUPLICATE).count() == 1
    assert is_in_step(first)
    assert is_in_step(second)


def _again(complaint) -> Complaint:
    return Complaint.objects.get(pk=complaint.pk)


def test_eight_people_who_forward_at_once_lose_no_page(office):
    _ = office.official
    complaints = [office.complaint(to=State.VERIFIED) for _number in range(16)]

    def forward_two(number):
        operator, official = fresh(office.operator), fresh(office.official)
        for complaint in complaints[number::8]:
            actions.forward(complaint.pk, operator, official)

    outcomes = at_once(*(lambda number=number: forward_two(number) for number in range(8)))
    assert outcomes == [DONE] * 8
    assert ComplaintPage.objects.count() == 16
    assert all(is_in_step(complaint) for complaint in complaints)
    assert_tree_is_sound()


def test_transfers_with_drafts_at_once_keep_the_tree_sound(office):
    """Drafts change places between two agencies while new ones come in."""
    other = Office(AgencyFactory())
    moving = [place.complaint(to=State.STUDY) for place in (office, other) * 3]
    coming = [place.complaint(to=State.VERIFIED) for place in (office, other)]
    for complaint in moving:
        place = office if complaint.agency == office.agency else other
        actions.misrouted(complaint.pk, place.operator, "Tertukar.")
    admin = office.admin
    swap = {office.agency.pk: other.agency, other.agency.pk: office.agency}
    calls = [
        lambda c=complaint: actions.transfer(c.pk, fresh(admin), swap[c.agency_id])
        for complaint in moving
    ] + [
        lambda p=place, c=complaint: actions.forward(c.pk, fresh(p.operator), fresh(p.official))
        for place, complaint in zip((office, other), coming, strict=True)
    ]
    assert at_once(*calls) == [DONE] * len(calls)
    for complaint in moving:
        agency = swap[complaint.agency_id]
        assert is_in_step(complaint)
        assert (complaint.agency, complaint.bounces) == (agency, 1)
        assert page_of(complaint).get_parent().specific.agency == agency
    assert_tree_is_sound()
