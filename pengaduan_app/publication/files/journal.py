"""Writes down what has changed, and takes its files away at once.

The row is written in the transaction of the change, for the followers on all hosts. As soon as
that is committed this process takes the files away that show the answer, on its own host: from
then on Django answers, until the follower has written them again. So a withdrawn answer waits
for nobody.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from threading import local

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from ... import conf
from ...models import FileChange, PublishedAnswer
from . import addresses
from .store import Store

logger = logging.getLogger(__name__)

# More answers than this at a time, and everything is written anew.
MANY = 100
CHANNEL = "pengaduan_files"


class _Waiting(local):
    """What this thread has changed and not yet taken away."""

    def __init__(self) -> None:
        self.changes: list[FileChange] = []


_waiting = _Waiting()


def follow(sender: type[Model], instance: PublishedAnswer, **kwargs: object) -> None:
    """Signal receiver: an answer is new, changed or gone."""
    if conf.files_root():
        _record([_change(instance)])


def everything_changed() -> None:
    """What many pages show has changed, such as an agency's name."""
    if conf.files_root():
        _record([FileChange(at=timezone.now())])


def _change(row: PublishedAnswer) -> FileChange:
    return FileChange(
        at=timezone.now(),
        agency_slug=row.agency.slug,
        slug=row.slug,
        page_key=row.page_id,
        agency_key=row.agency_id,
        category_key=row.category_id,
        answered_at=row.answered_at,
    )


def _record(changes: list[FileChange]) -> None:
    FileChange.objects.bulk_create(changes)
    _waiting.changes += changes
    transaction.on_commit(_take_away)


def _take_away() -> None:
    """Take away what waits. Nothing may fail here: the change is committed, and what goes wrong
    is tried again by the follower, who says so on `/healthz/`."""
    changes, _waiting.changes = _waiting.changes, []
    if not changes:
        return
    try:
        store = own_store()
        names = shown_by(changes)
        with store.lock():
            if names is None:
                store.start_over()
            else:
                store.remove(names)
        _wake()
    except Exception as error:  # noqa: BLE001  the reader's page is committed, whatever the disk says
        logger.error("Published files were not taken away: %s", type(error).__name__)


def shown_by(changes: Iterable[FileChange]) -> list[str] | None:
    """The addresses that show these answers, each once; None for everything."""
    found = list(changes)
    if len(found) > MANY or any(not change.slug for change in found):
        return None
    return list(dict.fromkeys(name for change in found for name in addresses.of_answer(change)))


def own_store() -> Store:
    """This host's folder, for the site's own name."""
    root = conf.files_root()
    if root is None:
        raise ImproperlyConfigured("Set PENGADUAN_FILES_ROOT to the folder of the files.")
    return Store(root, addresses.origin().host)


def _wake() -> None:
    """Tell the followers, where the database can; elsewhere they look by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
