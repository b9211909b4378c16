"""A real cluster on the test's database, and a real mail server for it to talk to."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from typing import NamedTuple
from urllib.parse import quote

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.db import connection

ROOT = Path(__file__).parents[2]
MESSAGE_ID = re.compile(rb"^Message-ID: *(?:\r?\n )?(<[^>]+>)", re.MULTILINE | re.IGNORECASE)
PATIENCE = 45


class Postbox(Sink):
    """Keeps what arrives. While `refusing` it takes nobody, while `dawdling` each letter takes
    a minute, and `dawdles` says that one has come; `first` is set by a letter."""

    def __init__(self):
        super().__init__()
        self.refusing, self.refused, self.letters, self.first = False, 0, [], Event()
        self.dawdling, self.dawdles = False, Event()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refusing:
            self.refused += 1
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.dawdling:
            self.dawdles.set()
            await asyncio.sleep(60)
        mark = MESSAGE_ID.search(envelope.content).group(1).decode()
        self.letters.append((envelope.rcpt_tos[0], mark))
        self.first.set()
        return "250 OK"


def free_port() -> int:
    """A port at which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Post:
    """The mail server, at a port of its own."""

    def __init__(self):
        self.box, self.port = Postbox(), free_port()
        self._server = Controller(self.box, hostname="127.0.0.1", port=self.port)

    def __enter__(self):
        self._server.start()
        return self

    def __exit__(self, *error):
        self._server.stop()


def database_url() -> str:
    """The test's own database, as another process reaches it."""
    here = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(here['NAME']).resolve()}"
    login = quote(here["USER"]) + (f":{quote(here['PASSWORD'])}" if here["PASSWORD"] else "")
    return f"postgres://{login}@{here['HOST'] or 'localhost'}:{here['PORT'] or 5432}/{here['NAME']}"


class Cluster:
    """`manage.py qcluster`, or another command, in a process group of its own."""

    def __init__(self, post: Post, *command: str, **environment: str):
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), *(command or ("qcluster",))],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.support.cluster_settings",
                "DATABASE_URL": database_url(),
                "EMAIL_URL": f"smtp://127.0.0.1:{post.port}",
                **environment,
            },
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """kill -9 of the whole group: nobody of it gets to tidy up."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Processes(NamedTuple):
    """The process ids of one cluster, in the order in which they are started."""

    main: int
    guard: int
    worker: int
    monitor: int
    pusher: int


def living() -> dict[int, int]:
    """Each living process with its parent."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        # One may have ended while we look.
        with suppress(FileNotFoundError, ProcessLookupError):
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
            if state != "Z":
                found[int(path.parent.name)] = int(parent)
    return found


def alive(pids: Iterable[int]) -> list[int]:
    """Those of the processes that haven't ended."""
    return [pid for pid in pids if pid in living()]


class Supervised(Cluster):
    """`manage.py pengaduan_cluster`, in a hurry."""

    def __init__(self, post: Post, **environment: str):
        hurry = ("--ask-every", "0.5", "--patience", "3", "--grace", "1")
        usual = {"GUARD_CYCLE": "0.2", "RETRY": "21", **environment}
        super().__init__(post, "pengaduan_cluster", *hurry, **usual)

    def processes(self) -> Processes | None:
        """The cluster that runs now, or None while one is being started."""
        family = sorted(living().items())
        found = [self.process.pid]
        for generation in (1, 1, 3):
            children = [pid for pid, parent in family if parent == found[-1]]
            if len(children) != generation:
                return None
            found += children
        return Processes(*found[1:])


@contextmanager
def running(post: Post, count: int = 1):
    """So many clusters; none is left behind."""
    clusters = [Cluster(post) for _number in range(count)]
    try:
        yield clusters[0]
    finally:
        for cluster in clusters:
            cluster.kill()


def wait_until(what, condition) -> None:
    """Look again and again; an AssertionError says what didn't come."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"{what}: not within {PATIENCE} seconds"
        time.sleep(0.01)
