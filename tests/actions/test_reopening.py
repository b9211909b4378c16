"""A complaint that its reporter has had reopened: handled again while the old answer stands."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from pengaduan_app import actions
from pengaduan_app.actions import NotNow
from pengaduan_app.citizen import tracked_page
from pengaduan_app.models import ComplaintPage, OutboxMessage
from pengaduan_app.procedure.sop import CORRECTED_STATES, REOPENED_STATES, State, Step
from tests.actions.test_endings import in_api
from tests.support.citizen import Citizen
from tests.support.factories import submit
from tests.support.process import ANSWER, is_in_step, ledger_of, open_record, page_of, write_answer

STOCK = (State.PUBLISHED, State.ANSWERED_PRIVATELY)

OLD, NEW = "sudah kami ganti", "kabelnyabaru"
RUN = [
    State.STUDY,
    State.VERIFIED,
    State.DECISION,
    State.COORDINATION,
    State.ENTRY,
    State.EDITING,
    State.PUBLICATION,
]


def draft_anew(office, complaint, **fields):
    """The official writes another answer; then on to the state that was asked for."""
    write_answer(
        complaint, office.official, f"<p>{NEW} dipasang.</p>", title=f"Judul {NEW}", **fields
    )


def reopened(office, to: State, first=State.PUBLISHED, **fields):
    """Reopened, with a new draft, and come to the state `to`."""
    complaint = office.reopened(first=first, **fields)
    draft_anew(office, complaint)
    if to == State.VERIFIED:
        actions.send_back(complaint.pk, office.official, "Bukan bidang saya.")
    elif to != State.STUDY:
        actions.approve(complaint.pk, office.official)
    complaint.refresh_from_db()
    return office.advance(complaint, to)


def public_views(client, page) -> dict[str, str]:
    """What a stranger is shown of the page, in every place that shows it."""
    addresses = {
        "page": page.get_url(),
        "listing": "/pengaduan/",
        "section": page.get_parent().get_url(),
        "home": "/",
        "search for the old": "/cari/?q=balai",
        "search for the new": f"/cari/?q={NEW}",
        "api": f"/api/v2/complaints/{page.pk}/",
        "api list": "/api/v2/complaints/",
        "api pages": f"/api/v2/pages/{page.pk}/?fields=*",
    }
    return {name: seen(client, address) for name, address in addresses.items()}


def seen(client, address: str) -> str:
    """A page's source, without the marks on the words that were searched for."""
    text = client.get(address).content.decode()
    return text.replace("<mark>", "").replace("</mark>", "")


def test_a_new_a5_begins_with_its_own_clock(office):
    complaint = office.complaint(to=State.PUBLISHED)
    later = timezone.now() + timedelta(days=2)
    with time_machine.travel(later, tick=False):
        actions.reopen(complaint.pk, uuid.uuid4(), "Lampunya padam lagi.")
    assert is_in_step(complaint)
    assert complaint.state == State.STUDY
    assert (complaint.reopened_at, complaint.closed_at) == (later, None)
    record = open_record(complaint)
    assert (record.step, record.started_at) == (Step.A5, later)
    assert record.due_at == later + timedelta(hours=24)
    assert ledger_of(complaint)[-2:] == [("B2", "published"), ("A5", "")]


@pytest.mark.parametrize("first", [State.PUBLISHED, State.ANSWERED_PRIVATELY])
def test_a_whole_second_run_ends_with_a_second_answer(office, client, first):
    complaint = reopened(office, State.PUBLICATION, first=first)
    assert tracked_page.reporter_view(complaint)["answer_page"].answer == ANSWER
    office.advance(complaint, first)
    assert is_in_step(complaint)
    page = page_of(complaint)
    assert NEW in page.answer
    assert (page.live, complaint.is_public) == (first == State.PUBLISHED,) * 2
    assert in_api(client, complaint) is page.live
    assert NEW in tracked_page.reporter_view(complaint)["answer_page"].answer
    answered = OutboxMessage.objects.filter(complaint=complaint, kind="answered")
    assert answered.count() == 2


def test_a_confidential_answer_can_be_reopened_and_stays_confidential(office, client):
    complaint = reopened(
        office, State.PUBLICATION, first=State.ANSWERED_PRIVATELY, confidential=True
    )
    with pytest.raises(NotNow):
        actions.approve(complaint.pk, office.coordinator)
    office.advance(complaint, State.ANSWERED_PRIVATELY)
    assert not page_of(complaint).live
    assert not in_api(client, complaint)


def test_the_run_of_this_test_names_every_state():
    assert set(RUN) == REOPENED_STATES - CORRECTED_STATES


@pytest.mark.parametrize("state", RUN)
def test_the_old_answer_stays_public_and_unchanged_in_every_step(office, client, state):
    complaint = reopened(office, state)
    page = page_of(complaint)
    assert (page.live, complaint.is_public) == (True, True)
    assert page in ComplaintPage.objects.published()
    assert page.draft_title == page.title
    shown = public_views(client, page)
    assert OLD in shown["page"]
    assert OLD in shown["api"]
    assert page.title in shown["listing"]
    assert page.title in shown["search for the old"]
    assert page.title not in shown.pop("search for the new")
    assert [name for name, text in shown.items() if NEW in text] == []
    # The steps of the first run alone: A1, A2, A5, A6, A8, B1, B2.
    assert shown["page"].count("timeline-step") == 7


def test_the_second_publication_renews_the_page_at_its_old_address(office, client):
    complaint = office.reopened()
    address = page_of(complaint).get_url()
    draft_anew(office, complaint)
    actions.approve(complaint.pk, office.official)
    complaint.refresh_from_db()
    office.advance(complaint, State.PUBLISHED)
    page = page_of(complaint)
    assert page.get_url() == address
    html = client.get(address).content.decode()
    assert NEW in html
    assert OLD not in html
    assert page.title in seen(client, f"/cari/?q={NEW}")
    assert not page.has_unpublished_changes


@pytest.mark.parametrize("state", RUN)
def test_the_coordinator_can_still_take_the_old_answer_off_the_website(office, client, state):
    complaint = reopened(office, state)
    address, rows = page_of(complaint).get_url(), ledger_of(complaint)
    actions.withdraw(complaint.pk, office.coordinator)
    assert is_in_step(complaint)
    assert (complaint.state, ledger_of(complaint)) == (state, rows)
    assert client.get(address).status_code == 410
    assert not in_api(client, complaint)
    with pytest.raises(NotNow):
        actions.withdraw(complaint.pk, office.coordinator)
    if state == State.PUBLICATION:
        actions.approve(complaint.pk, office.coordinator)
        assert page_of(complaint).live


def test_the_button_in_wagtail_withdraws_it_too(office):
    complaint = reopened(office, State.EDITING)
    browser = Client()
    browser.force_login(office.coordinator)
    browser.post(f"/admin/pages/{page_of(complaint).pk}/unpublish/")
    complaint.refresh_from_db()
    assert (page_of(complaint).live, complaint.state) == (False, State.EDITING)


def test_answered_to_the_reporter_alone_this_time_nothing_stays_public(office, client):
    complaint = reopened(office, State.PUBLICATION)
    address = page_of(complaint).get_url()
    actions.publish_privately(complaint.pk, office.coordinator)
    assert is_in_step(complaint)
    assert client.get(address).status_code == 410
    assert not in_api(client, complaint)
    assert NEW in tracked_page.reporter_view(complaint)["answer_page"].answer


@pytest.mark.parametrize("live", [True, False])
def test_nobody_changes_what_is_public_past_the_actions(office, live):
    first = State.ANSWERED_PRIVATELY if live else State.PUBLISHED
    page = page_of(reopened(office, State.EDITING, first=first))
    page.live = live
    with pytest.raises(PermissionDenied):
        page.save()


def test_a_published_page_of_a_reopened_complaint_is_not_published_by_hand(office):
    complaint = reopened(office, State.EDITING)
    page = page_of(complaint)
    browser = Client(raise_request_exception=False)
    browser.force_login(office.coordinator)
    browser.post(f"/admin/api/main/pages/{page.pk}/action/publish/")
    browser.post(f"/admin/pages/{page.pk}/edit/", {"action-publish": "1", "title": NEW})
    assert OLD in page_of(complaint).answer


# Once, and by its reporter.


def test_it_is_reopened_once_and_the_reporter_is_told_so(office, client):
    complaint = office.reopened(to=State.PUBLISHED)
    citizen = Citizen(client, complaint)
    response = citizen.send("buka-lagi", text="Masih padam juga.")
    assert response.status_code == 409
    assert "Masih padam juga." in response.content.decode()
    assert is_in_step(complaint)
    assert citizen.send("nilai").status_code == 302


def test_the_answer_to_a_reopened_complaint_is_rated_anew(office, client):
    complaint = office.complaint(to=State.PUBLISHED)
    Citizen(client, complaint).send("nilai", score="1")
    actions.reopen(complaint.pk, uuid.uuid4(), "Masih padam.")
    complaint.refresh_from_db()
    office.advance(complaint, State.PUBLISHED)
    Citizen(client, complaint).send("nilai", score="5")
    scores = complaint.thread.filter(kind="rating").values_list("score", flat=True)
    assert list(scores) == [1, 5]


@pytest.mark.parametrize(
    "act",
    [
        lambda pk, office: actions.misrouted(pk, office.operator, "Bukan kami."),
        lambda pk, office: actions.decline(pk, office.operator, "sara"),
        lambda pk, office: actions.refer(pk, office.operator),
        lambda pk, office: actions.duplicate(pk, office.operator, office.complaint()),
        lambda pk, _office: actions.retract(pk, uuid.uuid4()),
    ],
    ids=["misrouted", "decline", "refer", "duplicate", "retract"],
)
def test_what_is_answered_already_does_not_end_without_an_answer(office, act):
    complaint = reopened(office, State.VERIFIED)
    with pytest.raises(NotNow):
        act(complaint.pk, office)
    assert is_in_step(complaint)
    actions.forward(complaint.pk, office.operator, office.official)
    assert is_in_step(complaint)


def test_who_follows_reads_the_old_answer_until_the_new_one_is_there(office, client):
    original = office.complaint(to=State.STUDY)
    receipt = submit(office.agency)
    actions.duplicate(receipt.complaint.pk, office.operator, original)
    office.advance(original, State.PUBLISHED)
    actions.reopen(original.pk, uuid.uuid4(), "Masih padam.")
    follower = Citizen(client, receipt.complaint)
    assert OLD in follower.look()
    original.refresh_from_db()
    draft_anew(office, original)
    assert NEW not in follower.look()
    assert OLD in follower.look()
    assert follower.send("buka-lagi").status_code == 409
