"""A database of each released version can be upgraded to this one, and works afterwards."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from tests.support.kept_version import FACTS, FOLDER, POSTGRESQL, SQLITE

ROOT = Path(__file__).parents[2]
VERSIONS = sorted(path.name for path in FOLDER.iterdir())


@pytest.fixture(params=VERSIONS)
def kept(request, tmp_path, django_db_setup) -> Iterator[tuple[str, str]]:
    """A version, and the address of a database as that version left it."""
    if connection.vendor == "sqlite":
        file = tmp_path / "kept.sqlite3"
        file.write_bytes(gzip.decompress((FOLDER / request.param / SQLITE).read_bytes()))
        yield request.param, f"sqlite:///{file}"
        return
    with fresh_database() as url:
        dump = gzip.decompress((FOLDER / request.param / POSTGRESQL).read_bytes())
        with psycopg.connect(url, autocommit=True) as loading:
            loading.execute(dump)
        yield request.param, url


class fresh_database:
    """An empty database beside the tests' own, dropped at the end."""

    def __enter__(self) -> str:
        self.name = f"kept_{uuid4().hex[:12]}"
        self._ask(f"CREATE DATABASE {self.name}")
        return self._url(self.name)

    def __exit__(self, *error) -> None:
        self._ask(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _url(self, name: str) -> str:
        at = connection.settings_dict
        return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{name}"

    def _ask(self, statement: str) -> None:
        with psycopg.connect(self._url("postgres"), autocommit=True) as asking:
            asking.execute(statement)


def run(url: str, *command: str) -> str:
    """What a command of this version says on that database."""
    settings = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, **settings, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_a_kept_database_is_upgraded_and_goes_on(kept):
    version, url = kept
    run(url, "manage.py", "migrate", "--noinput")
    assert "No planned migration operations" in run(url, "manage.py", "migrate", "--plan")
    before = json.loads((FOLDER / version / FACTS).read_text(encoding="utf-8"))
    after = json.loads(run(url, "-m", "tests.support.kept_version", "facts"))
    assert {name: after[name] for name in before} == before
    assert all(status == 200 for _address, status in after["answers"])
    # Set up again, as an upgrade does, it takes a new complaint to the end.
    run(url, "manage.py", "setup_site")
    assert json.loads(run(url, "-m", "tests.support.kept_version", "walk")).startswith(
        "/pengaduan/"
    )
