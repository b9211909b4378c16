"""What the cluster's processes let the supervisor know, in memory that they share.

No lock and no pipe: a process that is killed in the middle of a note can't hold up the others.
Each note is the moment of the monotonic clock, so that a clock that is set means nothing here.
"""

from __future__ import annotations

from enum import IntEnum
from multiprocessing.sharedctypes import RawArray
from time import monotonic


class Sign(IntEnum):
    """Which note; its number is its place in the shared memory."""

    # When the main process last went round its loop, and when the guard meant to be back.
    MAIN = 0
    GUARD = 1
    # When the probe was queued that nobody has done yet; 0: none waits.
    ASKED = 2
    # When a task was last done and taken off the queue, whichever it was.
    DONE = 3
    # Until when the task in hand may take; 0: none is in hand.
    BUSY_UNTIL = 4


class VitalSigns:
    """The notes of one cluster, made before its processes are forked."""

    def __init__(self) -> None:
        self._moments = RawArray("d", len(Sign))
        for sign in (Sign.MAIN, Sign.GUARD, Sign.DONE):
            self.note(sign)

    def note(self, sign: Sign, moment: float | None = None) -> None:
        """Write down that this was seen at `moment`, by default now."""
        self._moments[sign] = monotonic() if moment is None else moment

    def at(self, sign: Sign) -> float:
        """The moment that was written down last."""
        return self._moments[sign]


def what_hangs(signs: VitalSigns, now: float, patience: float) -> str | None:
    """What has stood still for longer than `patience` seconds, in words for the log, or None.

    A task in hand is no hang until its own time is over, however long the probe waits behind it.
    While the database is down nobody can queue a probe, and a new cluster wouldn't help.
    """
    if now - signs.at(Sign.MAIN) > patience:
        return "its main process stands still"
    if now - signs.at(Sign.GUARD) > patience:
        return "its guard stands still"
    asked = signs.at(Sign.ASKED)
    last = max(asked, signs.at(Sign.DONE), signs.at(Sign.BUSY_UNTIL))
    if asked and now - last > patience:
        return "no task has been completed"
    return None
