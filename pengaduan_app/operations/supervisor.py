"""Keeps django-q2's cluster working: starts it, watches it, and starts it anew when it hangs.

The supervisor itself asks no database and waits for no lock, so nothing can hold it up. All that
it knows it reads from vital_signs.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import time
from dataclasses import dataclass
from multiprocessing import get_context

from django.db import connections

from . import supervised
from .vital_signs import Sign, VitalSigns, what_hangs

logger = logging.getLogger(__name__)

# Seconds between two looks.
LOOK = 0.2
# Seconds at most between two starts, where one cluster after the other ends before it has done
# a single task, for want of a table perhaps: 1, 3, 7, 10. A useful one is replaced at once.
LONGEST_PAUSE = 10


@dataclass(frozen=True)
class Times:
    """Seconds. Together the defaults start a hanging cluster anew within a minute."""

    # Between two probes.
    ask_every: float = 10
    # How long a probe may wait while no task is in hand.
    patience: float = 30
    # How long the cluster may take to end after SIGTERM; then it is killed.
    grace: float = 10


class Supervisor:
    """Runs one cluster after another until it is told to stop."""

    def __init__(self, times: Times) -> None:
        self._times = times
        self._stopping = False

    def stop(self, *signal_and_frame: object) -> None:
        """Signal handler: end the cluster, then return from `run`."""
        self._stopping = True

    def run(self) -> None:
        """Supervise until `stop`; no process of the cluster is left afterwards."""
        useless = 0
        while not self._stopping:
            signs = VitalSigns()
            born = signs.at(Sign.DONE)
            why = self._live_through_one(signs)
            if self._stopping:
                return
            logger.error("The cluster is started anew: %s.", why)
            useless = 0 if signs.at(Sign.DONE) > born else useless + 1
            self._wait(min(2**useless - 1, LONGEST_PAUSE))

    def _live_through_one(self, signs: VitalSigns) -> str:
        """Start a cluster and watch it to its end; returns what was wrong with it."""
        # A connection must not be shared with a child.
        connections.close_all()
        process = get_context("fork").Process(
            target=supervised.run, args=(signs, self._times.ask_every), name="cluster"
        )
        process.start()
        # In parent and child alike, so that it is done whoever comes first.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.setpgid(_pid(process), _pid(process))
        try:
            return self._watch(_pid(process), signs)
        finally:
            self._end(_pid(process))
            process.join()

    def _watch(self, pid: int, signs: VitalSigns) -> str:
        while not self._stopping:
            if _has_ended(pid):
                return "its main process has ended"
            why = what_hangs(signs, time.monotonic(), self._times.patience)
            if why:
                return why
            time.sleep(LOOK)
        return "it was stopped"

    def _end(self, pid: int) -> None:
        """End the whole group: politely first, so that tasks in hand are finished.

        What is killed keeps its row in the queue, which becomes free again after `retry`.
        """
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + self._times.grace
        while not _has_ended(pid) and time.monotonic() < until:
            time.sleep(LOOK)
        # The ended main process isn't reaped yet, so the group's number belongs to nobody else.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._stopping and time.monotonic() < until:
            time.sleep(LOOK)


def _pid(process: object) -> int:
    pid: int | None = getattr(process, "pid", None)
    assert pid is not None, "The process was started."
    return pid


def _has_ended(pid: int) -> bool:
    """True once the child has ended; it isn't reaped by this."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
