"""django-q2's cluster as the supervisor runs it: it leaves signs of life, asks itself for a small
task again and again, and ends as a whole when one of its processes is killed."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import time
from typing import Any, ClassVar

from django.db import Error, connections
from django_q import cluster as django_q_cluster
from django_q.brokers.orm import ORM
from django_q.conf import Conf
from django_q.models import OrmQ
from django_q.signals import post_execute, post_execute_in_worker, pre_execute
from django_q.tasks import async_task

from .vital_signs import Sign, VitalSigns

logger = logging.getLogger(__name__)

# The name in queued tasks. It leaves the heartbeat that `/healthz/` reads.
PROBE_TASK = "pengaduan_app.tasks.heartbeat"
# Seconds between two rounds of the main process.
ROUND = 0.5
# From <linux/prctl.h>: the signal that a process gets when its parent dies.
PR_SET_PDEATHSIG = 1


def run(signs: VitalSigns, ask_every: float) -> None:
    """The main process of a cluster, forked from the supervisor; returns when it was stopped.

    A new probe is queued `ask_every` seconds after the one before."""
    os.setpgid(0, 0)
    # The supervisor's own handlers would swallow what comes before the cluster has its own.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    _die_with_parents()
    _leave_signs(signs)
    Guard.signs = signs
    # Cluster.start looks the guard's class up under this name.
    django_q_cluster.Sentinel = Guard
    cluster = django_q_cluster.Cluster()
    cluster.start()
    probe = Probe(signs, ask_every)
    while cluster.sentinel.is_alive():
        signs.note(Sign.MAIN)
        probe.look()
        time.sleep(ROUND)


def _die_with_parents() -> None:
    """Let the kernel kill each process of the cluster as soon as its parent is dead.

    Nobody can tidy up after a SIGKILL, so it can't be left to the supervisor: when it dies, main
    process, guard and all the others follow one after the other. A pipe that the children
    watch would need a thread in each, and a stopped process watches nothing. Linux has
    this, and the plugin runs on nothing else.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getppid()

    def remember() -> None:
        nonlocal parent
        parent = os.getpid()

    def follow() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        # The parent may have died before the line above.
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    follow()
    os.register_at_fork(before=remember, after_in_child=follow)


def _leave_signs(signs: VitalSigns) -> None:
    """Connect what the workers and the monitor, forked later, note of each task."""

    def begun(task: dict[str, Any], **kwargs: object) -> None:
        limit = task.get("timeout") or Conf.TIMEOUT or 0
        signs.note(Sign.BUSY_UNTIL, time.monotonic() + limit)

    def ended(**kwargs: object) -> None:
        signs.note(Sign.BUSY_UNTIL, 0)

    def taken_off(**kwargs: object) -> None:
        signs.note(Sign.DONE)

    pre_execute.connect(begun, weak=False)
    post_execute_in_worker.connect(ended, weak=False)
    post_execute.connect(taken_off, weak=False)


class Guard(django_q_cluster.Sentinel):
    """django-q2's guard, which doesn't go on after a sudden death.

    Whoever waits at a queue holds its lock. When such a process is killed nobody gets the lock
    again: the one that django-q2 puts in its place waits for ever. One that ended by itself,
    because it was recycled or an error was raised, has let go of its locks and is replaced.
    """

    signs: ClassVar[VitalSigns]

    def reincarnate(self, process: Any) -> None:
        if process.exitcode is not None and process.exitcode < 0:
            logger.error(
                "A process of the cluster was killed by signal %s. The whole cluster ends and "
                "is started anew, because the dead process may hold a lock.",
                -process.exitcode,
            )
            os.killpg(0, signal.SIGKILL)
        super().reincarnate(process)

    def status(self) -> str:
        """Asked in each round of the guard's loop, which makes it the guard's sign of life."""
        # The round ends with a sleep of so many seconds.
        self.signs.note(Sign.GUARD, time.monotonic() + Conf.GUARD_CYCLE)
        return super().status()


class _Queue(ORM):
    """The queue, which remembers what was last put into it."""

    last: int | None = None

    def enqueue(self, task: str) -> int:
        self.last = super().enqueue(task)
        return self.last


class Probe:
    """A small task that goes all the way through the queue, the pusher, a worker and the monitor.

    It is done when its row is gone: another cluster at the same queue may have been faster.
    """

    def __init__(self, signs: VitalSigns, ask_every: float) -> None:
        self._signs, self._ask_every = signs, ask_every
        self._queue = _Queue(list_key=Conf.CLUSTER_NAME)
        self._next = 0.0

    def look(self) -> None:
        """Queue the next probe when it is time, or see whether the last one is done."""
        try:
            if self._signs.at(Sign.ASKED):
                self._see()
            elif time.monotonic() >= self._next:
                self._ask()
        except Error as error:
            # The database is down or was restarted. Without a probe there is no verdict.
            self._signs.note(Sign.ASKED, 0)
            self._next = time.monotonic() + self._ask_every
            logger.warning("The cluster can't be probed: %s.", type(error).__name__)
            connections.close_all()

    def _ask(self) -> None:
        now = time.monotonic()
        self._next = now + self._ask_every
        # Noted first: a database that never answers is a hang too.
        self._signs.note(Sign.ASKED, now)
        async_task(PROBE_TASK, broker=self._queue, save=False)
        connections.close_all()

    def _see(self) -> None:
        if not OrmQ.objects.filter(pk=self._queue.last).exists():
            self._signs.note(Sign.ASKED, 0)
            connections.close_all()
