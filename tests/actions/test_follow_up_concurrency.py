"""The reporter's double clicks, and the reporter and staff at the same moment."""

from __future__ import annotations

import uuid
from concurrent.futures import Future, ThreadPoolExecutor, wait

import pytest
from django.db import connection, transaction

from pengaduan_app import actions
from pengaduan_app.contrib.search import indexing
from pengaduan_app.contrib.search.models import Answer, Word
from pengaduan_app.models import ComplaintPage, PublishedAnswer, ThreadEntry
from pengaduan_app.procedure.sop import State
from pengaduan_app.publication.projection import refresh
from tests.actions.test_concurrency import DONE, assert_tree_is_sound, at_once, fresh, one_won
from tests.support.city import make_city
from tests.support.process import Office, is_in_step, ledger_of, page_of

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def office():
    make_city()
    return Office()


@pytest.mark.parametrize("first", [State.PUBLISHED, State.ANSWERED_PRIVATELY])
def test_of_two_requests_to_reopen_one_counts(office, first):
    complaint = office.complaint(to=first)
    pk, rows = complaint.pk, len(ledger_of(complaint))
    outcomes = at_once(*(lambda: actions.reopen(pk, uuid.uuid4(), "Padam lagi.") for _ in "12"))
    assert one_won(outcomes), outcomes
    assert is_in_step(complaint)
    assert len(ledger_of(complaint)) == rows + 1
    assert page_of(complaint).workflow_states.active().count() == 1
    assert_tree_is_sound()


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (State.PUBLISHED, lambda pk, key: actions.reopen(pk, key, "Padam lagi.")),
        (State.PUBLISHED, lambda pk, key: actions.rate(pk, key, 3)),
        (State.STUDY, lambda pk, key: actions.inform(pk, key, "Tadi malam juga.")),
        (State.STUDY, lambda pk, key: actions.retract(pk, key)),
    ],
    ids=["reopen", "rate", "inform", "retract"],
)
def test_a_double_click_makes_one_entry_and_no_refusal(office, state, act):
    complaint, key = office.complaint(to=state), uuid.uuid4()
    assert at_once(*(lambda: act(complaint.pk, key) for _ in "123")) == [DONE] * 3
    assert ThreadEntry.objects.count() == 1
    assert is_in_step(complaint)


def test_two_ratings_at_once_are_one_rating(office):
    complaint = office.complaint(to=State.PUBLISHED)
    calls = [lambda n=n: actions.rate(complaint.pk, uuid.uuid4(), n) for n in (1, 5)]
    assert at_once(*calls) == [DONE] * 2
    assert ThreadEntry.objects.count() == 1


def test_withdrawn_by_its_reporter_or_published_but_never_both(office):
    complaint = office.complaint(to=State.PUBLICATION)
    outcomes = at_once(
        lambda: actions.retract(complaint.pk, uuid.uuid4()),
        lambda: actions.approve(complaint.pk, fresh(office.coordinator)),
    )
    assert one_won(outcomes), outcomes
    assert is_in_step(complaint)
    assert page_of(complaint).live is (complaint.state == State.PUBLISHED)


def test_reopened_while_the_coordinator_takes_the_answer_down(office):
    """Whichever came first, the page is off the website and the new run is sound."""
    complaint = office.complaint(to=State.PUBLISHED)
    outcomes = at_once(
        lambda: actions.reopen(complaint.pk, uuid.uuid4(), "Padam lagi."),
        lambda: actions.withdraw(complaint.pk, fresh(office.coordinator)),
    )
    assert outcomes == [DONE] * 2
    assert is_in_step(complaint)
    assert (complaint.state, page_of(complaint).live) == (State.STUDY, False)


def wait_for(other: Future) -> None:
    """Until the other one has done all it can: it waits for this transaction, or is through."""
    if connection.vendor == "sqlite":
        # There it waits for the write lock from its first statement on.
        return
    blocked = (
        "SELECT EXISTS (SELECT FROM pg_locks"
        " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
    )
    with connection.cursor() as cursor:
        while wait([other], timeout=0.02).not_done:
            cursor.execute(blocked)
            if cursor.fetchone()[0]:
                return


def in_the_meantime(first, second) -> None:
    """`second` starts while the transaction of `first` is still open."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            waiting = pool.submit(at_once, second)
            wait_for(waiting)
        assert waiting.result() == [DONE]


REFRESHES = {"row": refresh, "index": lambda pages: indexing.refresh([page.pk for page in pages])}


@pytest.mark.parametrize("name", REFRESHES)
def test_what_is_made_anew_while_it_is_taken_down_does_not_come_back(office, name):
    complaint = office.complaint(to=State.PUBLISHED)
    pages = ComplaintPage.objects.filter(complaint=complaint)
    in_the_meantime(
        lambda: actions.withdraw(complaint.pk, fresh(office.coordinator)),
        lambda: REFRESHES[name](pages),
    )
    assert not PublishedAnswer.objects.exists()
    assert not Answer.objects.exists()


def test_what_is_taken_down_while_the_index_is_rebuilt_does_not_stay_in_it(office):
    complaint = office.complaint(to=State.PUBLISHED)
    coordinator = fresh(office.coordinator)
    in_the_meantime(indexing.rebuild, lambda: actions.withdraw(complaint.pk, coordinator))
    assert not Answer.objects.exists()
    assert not Word.objects.exists()
