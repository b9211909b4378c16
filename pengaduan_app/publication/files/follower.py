"""Writes the published files again: one process on each host, `manage.py pengaduan_files`.

It follows the journal, and between changes it writes the files that are missing, newest answers
first. What no journal says, such as a new menu or a deploy, it finds by itself: each minute it
renders the newest answer and looks whether its file says the same.
"""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from threading import Event

from django.db import close_old_connections, connection
from django.utils import timezone

from ...models import FileChange, FileHost
from .. import facets, prerendering
from . import addresses, journal
from .rendering import Renderer
from .store import Store

logger = logging.getLogger(__name__)

# Seconds: how long it sleeps without a word from the database, and how often it looks around.
SLEEP, LOOK_AROUND = 0.25, 30
# Two transactions can write the journal in another order than they are committed in: each
# change of this time is looked for again.
OVERLAP = timedelta(minutes=10)
# What was not followed for longer than this is written anew.
KEPT = timedelta(days=1)
BATCH = 50
NEWEST = 2**62


class Follower:
    """Keeps one host's folder in step with the database."""

    def __init__(self, store: Store, renderer: Renderer, name: str | None = None) -> None:
        self.store, self.renderer = store, renderer
        self.name = name or socket.gethostname()
        self.ended = Event()
        self._done: set[int] = set()
        # Answers with smaller keys still have no file; 0: all have one.
        self._missing_below = NEWEST
        self._looked_around = 0.0

    def run(self) -> None:
        """Work until `ended` is set. A database that is away for a while, or a full disk, is
        tried again; `/healthz/` says so meanwhile."""
        self.begin()
        while not self.ended.is_set():
            try:
                if not self.step():
                    self._sleep()
            except Exception as error:  # noqa: BLE001  a disk or a database may come back
                logger.error("Published files are not followed: %s", type(error).__name__)
                self._report(type(error).__name__)
                close_old_connections()
                self.ended.wait(1)

    def begin(self) -> None:
        """Start with the files that are there, or with none if they are too old to be followed."""
        since = self._followed()
        if since is None or since < timezone.now() - KEPT or not self.store.current.exists():
            self._start_over()
        self.store.sweep()

    def step(self) -> bool:
        """Do what comes first; False if there was nothing to do."""
        if changes := self.unread():
            self.follow(changes)
            return True
        if time.monotonic() - self._looked_around > LOOK_AROUND:
            self._looked_around = time.monotonic()
            self.look_around()
            return True
        return self.fill()

    def unread(self) -> list[FileChange]:
        """The changes that this folder hasn't seen yet."""
        since = (self._followed() or timezone.now()) - OVERLAP
        rows = list(FileChange.objects.since(since))
        self._done &= {row.pk for row in rows}
        return [row for row in rows if row.pk not in self._done]

    def follow(self, changes: list[FileChange]) -> None:
        """Take away what shows these answers, then write it again."""
        prerendering.forget()
        facets.forget()
        names = journal.shown_by(changes)
        if names is None:
            self._start_over()
        else:
            with self.store.lock():
                self.store.remove(names)
            for name in names:
                self.write(name)
        self._done |= {change.pk for change in changes}
        self._remember(max(change.at for change in changes))

    def look_around(self) -> None:
        """Write the lists anew, for what they count; and everything, if what all pages share has
        changed though no answer has."""
        prerendering.forget()
        facets.forget()
        if self._is_outdated():
            self._start_over()
        for address in (*addresses.listings(), *addresses.sections()):
            self.write(address)
        self.store.sweep()
        now = timezone.now()
        FileChange.objects.clear(before=now - 2 * KEPT)
        self._remember(now - OVERLAP)
        self._report("")

    def fill(self) -> bool:
        """Write a batch of answers that have no file; False when all have one."""
        found = addresses.answers(self._missing_below, BATCH)
        for key, address in found:
            if not self.store.has(address):
                self.write(address)
            self._missing_below = key
            if self.ended.is_set():
                break
        if not found:
            self._missing_below = 0
        return bool(found)

    def write(self, address: str) -> None:
        """Write a page as the database has it now, or take it away if it is for nobody."""
        with self.store.lock():
            body = self.renderer.render(address)
            if body is None:
                self.store.remove([address])
            else:
                self.store.write(address, body)

    def _is_outdated(self) -> bool:
        for _key, address in addresses.answers(NEWEST, 1):
            with self.store.lock():
                written, now = self.store.read(address), self.renderer.render(address)
            return written is not None and written != now and not self.unread()
        return False

    def _start_over(self) -> None:
        with self.store.lock():
            self.store.start_over()
        self._missing_below = NEWEST
        self._looked_around = 0.0

    def _followed(self) -> datetime | None:
        """Until when this folder has followed the changes, or None if it is new."""
        try:
            text = (self.store.root / "followed").read_text(encoding="ascii")
            return datetime.fromisoformat(text)
        except (OSError, ValueError):
            return None

    def _remember(self, moment: datetime) -> None:
        known = self._followed()
        if known is None or moment > known:
            path = self.store.root / "followed"
            part = path.with_suffix(".part")
            part.write_text(moment.astimezone(UTC).isoformat(), encoding="ascii")
            part.replace(path)

    def _report(self, problem: str) -> None:
        try:
            FileHost.objects.update_or_create(
                name=self.name, defaults={"seen_at": timezone.now(), "problem": problem[:100]}
            )
        except Exception:  # noqa: BLE001  without a database `/healthz/` says so by itself
            logger.error("The followers' table can't be written.")

    def _sleep(self) -> None:
        """Until somebody calls, where the database can; else for a moment."""
        if connection.vendor != "postgresql":
            self.ended.wait(SLEEP)
            return
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {journal.CHANNEL}")
        with closing(connection.connection.notifies(timeout=SLEEP * 2, stop_after=1)) as calls:
            _drain(calls)


def own_follower() -> Follower:
    """This host's. Raises ImproperlyConfigured while the site writes no files."""
    return Follower(journal.own_store(), Renderer(addresses.origin()))


def _drain(calls: Iterable[object]) -> None:
    for _call in calls:
        pass
