"""A scratch database for a benchmark, on the server of DATABASE_URL; dropped afterwards."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(__file__).resolve().parents[1]


def start_django() -> None:
    """Load the project with the tests' settings, as manage.py would."""
    sys.path.insert(0, str(ROOT / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()


@contextmanager
def scratch_database() -> Iterator[BaseDatabaseWrapper]:
    """A migrated database that nothing else uses; yields its connection."""
    from django.db import connection

    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "bench.sqlite3")
        original = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield connection
        finally:
            connection.creation.destroy_test_db(original, verbosity=0)


def settle() -> None:
    """Collect statistics and tidy the indexes, as autovacuum would do soon."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def seconds(function: Callable[[], object], tries: int = 3) -> float:
    """The shortest of a few runs, in seconds."""
    best = float("inf")
    for _try in range(tries):
        start = time.perf_counter()
        function()
        best = min(best, time.perf_counter() - start)
    return best
