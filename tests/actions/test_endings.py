"""Joined with an earlier complaint, confidential, withdrawn: endings of their own kind."""

import pytest

from pengaduan_app import actions
from pengaduan_app.actions import NotNow, NotYours
from pengaduan_app.citizen import tracked_page
from pengaduan_app.models import ComplaintPage
from pengaduan_app.procedure.sop import State
from tests.support.process import ANSWER, is_in_step, ledger_of, page_of

STOCK = (
    State.VERIFIED,
    State.STUDY,
    State.DECISION,
    State.EDITING,
    State.PUBLICATION,
    State.PUBLISHED,
)


def in_api(client, complaint) -> bool:
    """True when either endpoint of the API gives the complaint's page, listed or alone."""
    pk = page_of(complaint).pk
    listed = [
        item["id"]
        for endpoint in ("complaints", "pages")
        for item in client.get(f"/api/v2/{endpoint}/?limit=50").json()["items"]
    ]
    alone = [client.get(f"/api/v2/{e}/{pk}/").status_code for e in ("complaints", "pages")]
    return pk in listed or 200 in alone


# Joined with an earlier complaint.


@pytest.mark.parametrize("state", [State.RECEIVED, State.VERIFIED])
def test_a_joined_complaint_follows_the_answer_of_the_earlier_one(office, state):
    original = office.complaint(to=State.STUDY)
    second = office.complaint(to=state)
    actions.duplicate(second.pk, office.operator, original)
    second.refresh_from_db()
    assert (second.state, second.answer_holder) == (State.DUPLICATE, original)
    assert ledger_of(second)[-1][1] == "duplicate"
    office.advance(original, State.PUBLISHED)
    second.refresh_from_db()
    view = tracked_page.reporter_view(second)
    assert view["is_joined"]
    assert view["answer_page"].answer == ANSWER


def test_who_followed_a_joined_complaint_follows_its_original_now(office):
    first, second, third = (office.complaint(to=State.VERIFIED) for _number in range(3))
    actions.duplicate(third.pk, office.operator, second)
    actions.duplicate(second.pk, office.operator, first)
    third.refresh_from_db()
    assert third.answer_holder == first


def test_a_complaint_is_not_joined_with_itself(office):
    complaint = office.complaint()
    with pytest.raises(NotNow):
        actions.duplicate(complaint.pk, office.operator, complaint)
    assert is_in_step(complaint)


@pytest.mark.parametrize("ending", [State.DECLINED, State.REFERRED, State.DUPLICATE])
def test_a_complaint_is_not_joined_with_one_that_ended_unanswered(office, ending):
    ended = office.complaint(to=ending)
    complaint = office.complaint()
    with pytest.raises(NotNow):
        actions.duplicate(complaint.pk, office.operator, ended)
    assert is_in_step(complaint)


def test_a_complaint_is_not_joined_with_a_confidential_one(office):
    secret = office.complaint(to=State.STUDY, confidential=True)
    complaint = office.complaint()
    with pytest.raises(NotNow):
        actions.duplicate(complaint.pk, office.operator, secret)
    assert is_in_step(complaint)


def test_a_complaint_is_not_joined_with_one_of_another_agency(office, other_office):
    foreign = other_office.complaint(to=State.STUDY)
    complaint = office.complaint()
    with pytest.raises(NotNow):
        actions.duplicate(complaint.pk, office.operator, foreign)
    assert is_in_step(complaint)


def test_joining_looks_at_the_original_as_it_now_stands(office):
    """The form was opened while the other one was still open."""
    stale = office.complaint()
    actions.decline(stale.pk, office.operator, "sara")
    complaint = office.complaint()
    assert stale.state == State.RECEIVED
    with pytest.raises(NotNow):
        actions.duplicate(complaint.pk, office.operator, stale)
    assert is_in_step(complaint)


# Confidential: the answer is for the reporter alone.


def test_a_confidential_complaint_is_never_published(office, client):
    complaint = office.complaint(to=State.PUBLICATION, confidential=True)
    with pytest.raises(NotNow):
        actions.approve(complaint.pk, office.coordinator)
    assert is_in_step(complaint)
    assert not page_of(complaint).live


def test_a_confidential_complaint_is_answered_to_its_reporter_alone(office, client):
    complaint = office.complaint(to=State.PUBLICATION, confidential=True)
    actions.publish_privately(complaint.pk, office.coordinator)
    assert is_in_step(complaint)
    assert (complaint.state, ledger_of(complaint)[-1]) == (
        State.ANSWERED_PRIVATELY,
        ("B2", "answered_privately"),
    )
    page = page_of(complaint)
    assert not page.live
    assert page.answered_at is not None
    assert page not in ComplaintPage.objects.published()
    assert not in_api(client, complaint)
    assert client.get(page.get_url() or "/pengaduan/").status_code == 404
    assert tracked_page.reporter_view(complaint)["answer_page"].answer == ANSWER


@pytest.mark.parametrize(
    "state", [State.RECEIVED, State.ROUTING, State.STUDY, State.ENTRY, State.PUBLICATION]
)
def test_a_draft_answer_is_shown_to_nobody_outside(office, client, state):
    complaint = office.complaint(to=state)
    assert tracked_page.reporter_view(complaint)["answer_page"] is None
    if ComplaintPage.objects.filter(complaint=complaint).exists():
        assert not in_api(client, complaint)


# Withdrawn: off the website at once, and still there for the reporter.


def test_a_published_answer_can_be_withdrawn_at_once(office, client):
    complaint = office.complaint(to=State.PUBLISHED)
    assert in_api(client, complaint)
    rows = ledger_of(complaint)
    actions.withdraw(complaint.pk, office.coordinator)
    complaint.refresh_from_db()
    assert complaint.state == State.ANSWERED_PRIVATELY
    assert not page_of(complaint).live
    assert not in_api(client, complaint)
    assert tracked_page.reporter_view(complaint)["answer_page"].answer == ANSWER
    assert ledger_of(complaint) == rows


@pytest.mark.parametrize("role", ["operator", "official", "head", "editor", "admin"])
def test_only_the_coordinator_withdraws(office, role):
    complaint = office.complaint(to=State.PUBLISHED)
    with pytest.raises(NotYours):
        actions.withdraw(complaint.pk, getattr(office, role))
    assert page_of(complaint).live


def test_a_withdrawn_answer_does_not_come_back(office):
    complaint = office.complaint(to=State.PUBLISHED)
    actions.withdraw(complaint.pk, office.coordinator)
    for action in (actions.approve, actions.withdraw):
        with pytest.raises(NotNow):
            action(complaint.pk, office.coordinator)
    assert not page_of(complaint).live
