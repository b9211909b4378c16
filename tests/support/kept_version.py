"""A database of a released version, kept so that every later version is seen to upgrade it.

`python -m tests.support.kept_version keep 0.1` fills the empty database of DATABASE_URL and
keeps it below tests/data/versions/; called once with SQLite and once with PostgreSQL at each
release. `facts` says what a database holds, and `walk` takes a new complaint through it.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import django

FOLDER = Path(__file__).parents[1] / "data/versions"
SQLITE, POSTGRESQL, FACTS = "db.sqlite3.gz", "dump.sql.gz", "facts.json"
STATES = ("received", "routing", "study", "coordination", "editing", "published", "declined")


def fill() -> None:
    """A site with its agencies, and a complaint in each of these states."""
    from home.setup import setup_site
    from pengaduan_app.procedure import State

    from .process import Office

    setup_site("localhost", 80)
    office = Office()
    for number, state in enumerate(STATES):
        office.complaint(to=State(state), subject=f"Lampu jalan nomor {number} padam")
    office.reopened(subject="Got di depan sekolah meluap")


def facts() -> dict:
    """What must outlive an upgrade; `reporters` shows that the vault still opens."""
    from django.db import connection
    from django.test import Client

    from pengaduan_app.contrib.search.finding import find
    from pengaduan_app.models import Complaint, OutboxMessage, PublishedAnswer, StepRecord

    answers = PublishedAnswer.objects.select_related("agency").order_by("pk")
    client = Client(headers={"host": "localhost"})
    return {
        "vendor": connection.vendor,
        "states": dict(sorted(Counter(Complaint.objects.values_list("state", flat=True)).items())),
        "steps": StepRecord.objects.count(),
        "open_steps": StepRecord.objects.open().count(),
        "messages": OutboxMessage.objects.count(),
        "reporters": sorted({c.reporter.name for c in Complaint.objects.all()}),
        "answers": [(answer.address, client.get(answer.address).status_code) for answer in answers],
        "found": len(find("lampu padam").ranked),
    }


def walk() -> str:
    """Take a new complaint to a published answer, and say where that stands."""
    from pengaduan_app.models import Agency, PublishedAnswer
    from pengaduan_app.procedure import State

    from .factories import UserFactory
    from .process import Office

    # Past the names of those who are there already.
    UserFactory.reset_sequence(1000)
    office = Office(Agency.objects.order_by("pk").last())
    complaint = office.complaint(to=State.PUBLISHED)
    return PublishedAnswer.objects.get(complaint=complaint).address


def keep(version: str) -> None:
    """Store this database and what it holds as that version's."""
    from django.db import connection

    folder = FOLDER / version
    folder.mkdir(parents=True, exist_ok=True)
    found = facts()
    if connection.vendor == "sqlite":
        small = Path(connection.settings_dict["NAME"]).with_suffix(".small")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(small)])
        (folder / SQLITE).write_bytes(gzip.compress(small.read_bytes(), 9, mtime=0))
        small.unlink()
    else:
        dump = subprocess.run(
            ["pg_dump", "--inserts", "--no-owner", "--no-privileges", os.environ["DATABASE_URL"]],
            check=True,
            capture_output=True,
        ).stdout
        # psql's own commands, which no server understands.
        lines = [line for line in dump.splitlines() if not line.startswith(b"\\")]
        (folder / POSTGRESQL).write_bytes(gzip.compress(b"\n".join(lines), 9, mtime=0))
    text = json.dumps({name: found[name] for name in found if name != "vendor"}, indent=2)
    (folder / FACTS).write_text(text + "\n", encoding="utf-8")


def main(command: str, *arguments: str) -> None:
    """One command of the module's docstring; what it found goes to the output as JSON."""
    django.setup()
    from django.core.management import call_command

    if command == "keep":
        call_command("migrate", verbosity=0)
        fill()
        keep(*arguments)
    else:
        print(json.dumps({"facts": facts, "walk": walk}[command]()))


if __name__ == "__main__":
    main(*sys.argv[1:])
