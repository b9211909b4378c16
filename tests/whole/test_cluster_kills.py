"""One process of a real cluster is killed or stopped: the supervisor sees to it that mails go out.

As the out-of-memory killer does it, or a kill by hand: idle or in the middle of a mail.
"""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager

import pytest
from django.db import close_old_connections
from django.utils import timezone
from django_q.models import OrmQ, Schedule
from django_q.tasks import async_task

from pengaduan_app.messaging import DELIVERY_TASK
from pengaduan_app.messaging.emails import message_id
from pengaduan_app.models import OutboxMessage
from pengaduan_app.operations import health
from tests.support.city import make_city
from tests.support.cluster import Post, Processes, Supervised, alive, wait_until
from tests.support.process import Office

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office():
    """Mails go out because an action asks for it, not by schedule."""
    make_city()
    Schedule.objects.all().delete()
    found = Office()
    assert found.operator.email
    return found


@pytest.fixture
def post():
    with Post() as server:
        yield server


@contextmanager
def supervised(post, **environment: str):
    cluster = Supervised(post, **environment)
    try:
        yield cluster
    finally:
        cluster.process.kill()
        cluster.process.wait()


def news_for(office) -> OutboxMessage:
    """A complaint has come in: the operator is told that A1 is theirs."""
    complaint = office.complaint()
    return OutboxMessage.objects.get(complaint=complaint, recipient=office.operator)


def arrives(message: OutboxMessage, post) -> None:
    letter = (message.recipient.email, message_id(message))
    wait_until("the letter", lambda: letter in post.box.letters)


def runs(cluster, other_than: Processes | None = None) -> Processes:
    """Waits until all processes run, the main one not that of before, and gives them."""
    found: list[Processes] = []

    def complete() -> bool:
        now = cluster.processes()
        if now and now.main != (other_than and other_than.main):
            found.append(now)
        return bool(found)

    wait_until("a whole cluster", complete)
    return found[0]


def nothing_to_do() -> bool:
    return not OrmQ.objects.exists()


@pytest.mark.parametrize("busy", [False, True], ids=["idle", "busy"])
def test_a_killed_process_costs_no_mail(office, post, busy):
    """Each in turn, of a cluster that has nothing to do or is sending a mail."""
    with supervised(post) as cluster:
        for victim in Processes._fields:
            before = runs(cluster)
            post.box.dawdling = busy
            post.box.dawdles.clear()
            in_hand = news_for(office) if busy else None
            wait_until("the moment", post.box.dawdles.is_set if busy else nothing_to_do)
            os.kill(getattr(before, victim), signal.SIGKILL)
            runs(cluster, other_than=before)
            assert alive(before) == [], victim
            post.box.dawdling = False
            arrives(news_for(office), post)
            if in_hand:
                # It was leased; now the lease is over.
                OutboxMessage.objects.filter(pk=in_hand.pk).update(send_after=timezone.now())
                async_task(DELIVERY_TASK)
                arrives(in_hand, post)


def test_a_process_that_stands_still_is_noticed(office, post):
    """Nothing died, so only what isn't done any more shows it. SIGTERM is of no use here."""
    with supervised(post) as cluster:
        for victim in ("main", "guard", "worker"):
            before = runs(cluster)
            os.kill(getattr(before, victim), signal.SIGSTOP)
            runs(cluster, other_than=before)
            assert alive(before) == [], victim
            arrives(news_for(office), post)


def test_the_heartbeat_comes_from_tasks_that_are_done(office, post):
    with supervised(post) as cluster:
        first = runs(cluster)
        began = timezone.now()
        wait_until("a heartbeat", lambda: health.last_heartbeat() > began)
        os.kill(first.worker, signal.SIGSTOP)
        time.sleep(1)
        close_old_connections()
        last = health.last_heartbeat()
        time.sleep(2)
        assert health.last_heartbeat() == last


def test_it_ends_within_seconds_and_leaves_nobody(office, post):
    with supervised(post) as cluster:
        pids = runs(cluster)
        cluster.process.terminate()
        assert cluster.process.wait(10) == 0
        assert alive(pids) == []


def test_it_ends_though_a_task_is_in_hand_which_is_done_later(office, post):
    with supervised(post) as cluster:
        runs(cluster)
        post.box.dawdling = True
        in_hand = news_for(office)
        wait_until("a letter on its way", post.box.dawdles.is_set)
        cluster.process.terminate()
        assert cluster.process.wait(10) == 0
    in_hand.refresh_from_db()
    # Leased, and its turn comes again.
    assert in_hand.sent_at is None and in_hand.send_after > timezone.now()


def test_no_process_outlives_a_supervisor_that_is_killed(office, post):
    with supervised(post) as cluster:
        pids = runs(cluster)
        post.box.dawdling = True
        news_for(office)
        wait_until("a letter on its way", post.box.dawdles.is_set)
        cluster.process.kill()
        wait_until("the end of all", lambda: alive(pids) == [])


def test_two_clusters_and_recycled_workers_are_let_alone(office, post):
    """What looks like a fault and is none: a probe that the other cluster took, and a worker
    that was replaced after so many tasks."""
    with supervised(post, RECYCLE="2") as one, supervised(post, RECYCLE="2") as other:
        first, second = runs(one), runs(other)
        seen = {*first, *second}

        def recycled() -> bool:
            seen.update(one.processes() or (), other.processes() or ())
            return len(seen) > len({*first, *second}) + 3

        wait_until("new workers", recycled)
        # Twice as long as the patience of either.
        time.sleep(6)
        assert (runs(one).main, runs(other).main) == (first.main, second.main)
