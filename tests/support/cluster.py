"""A real cluster on the test's database, and a real mail server for it to talk to."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from urllib.parse import quote

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.db import connection

ROOT = Path(__file__).parents[2]
MESSAGE_ID = re.compile(
    rb"^Message-ID: *(?:\r?\n )?<[^>]*?(outbox\d+)@", re.MULTILINE | re.IGNORECASE
)
PATIENCE = 45


class Postbox(Sink):
    """Keeps what arrives. While `refusing` it takes nobody; `first` is set by a letter."""

    def __init__(self):
        super().__init__()
        self.refusing, self.refused, self.letters, self.first = False, 0, [], Event()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refusing:
            self.refused += 1
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
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
    """`manage.py qcluster` in a process group of its own."""

    def __init__(self, post: Post):
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.support.cluster_settings",
            "DATABASE_URL": database_url(),
            "EMAIL_URL": f"smtp://127.0.0.1:{post.port}",
        }
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "qcluster"],
            cwd=ROOT,
            env=environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """kill -9 of the whole group: nobody of it gets to tidy up."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


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
