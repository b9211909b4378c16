"""Hands a stranger's file to a process of its own, and takes back a new file or a reason.

The process (`opening/`) is no part of the site: it inherits no secret, no connection and no
Django, and what it may use of memory, time and room is bounded (`opening/bounds.py`). Files pass
through memory alone, so a full disk stops nobody and no original is left lying anywhere.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from .opening import containers
from .opening.sizes import Region
from .opening.verdict import Opened, Purpose, Reason, Refused

logger = logging.getLogger(__name__)

# How many files are opened at the same time on one machine; each may take bounds.MEMORY.
SLOTS = 2
# Seconds that a process may take, its start included; its own limits are tighter.
PATIENCE = 15
# A file that waited so many seconds for its turn, and then had too few left, was never judged.
LONG_WAIT = 1
# Seconds between two looks for a free slot.
PAUSE = 0.03
HERE = Path(__file__).resolve().parent
START = (
    "import sys; sys.path[:] = sys.argv[1].split(':'); from opening import child; child.limit(); "
)
# All of it: SECRET_KEY and the vault's keys are in the site's own environment. One pool of memory,
# because each further one reserves address space that the limit counts.
ENVIRONMENT = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}


def open_file(
    content: bytes, purpose: Purpose, until: float | None = None, regions: Sequence[Region] = ()
) -> Opened:
    """The new file made of `content`. `until` is the last moment, on time.monotonic's clock;
    `regions` are hidden in the picture of an answer.

    Raises Refused, which says why there is none.
    """
    until = time.monotonic() + PATIENCE if until is None else until
    program = START + _work(content, purpose, regions)
    asked = time.monotonic()
    with _slot(until), _counted():
        waited = time.monotonic() - asked
        try:
            status, result, complaint = _run(program, content, until)
        except subprocess.TimeoutExpired as late:
            late_for_others = waited > LONG_WAIT and late.timeout < PATIENCE
            raise Refused(Reason.BUSY if late_for_others else Reason.COMPLICATED) from late
    header, _line, made = result.partition(b"\n")
    if status == 0 and header:
        verdict = json.loads(header)
        if "refused" in verdict:
            raise Refused(Reason(verdict["refused"]))
        return Opened(made, verdict["suffix"])
    if status < 0:
        # Ended by a signal: the kernel's for a limit, or the library's own.
        raise Refused(Reason.COMPLICATED)
    # It never came to the file (what goes wrong there is a reason), so this quotes nothing of it.
    logger.error(
        "The process that opens files can't work: %s", complaint.decode(errors="replace")[-500:]
    )
    raise Refused(Reason.FAULT)


@dataclass
class Spent:
    """For how many seconds files were open, without what they waited for their turn."""

    seconds: float = 0


_spent: ContextVar[Spent | None] = ContextVar("spent", default=None)


@contextmanager
def measured() -> Iterator[Spent]:
    """Measures how long the files that are opened inside keep the slots from others."""
    spent = Spent()
    token = _spent.set(spent)
    try:
        yield spent
    finally:
        _spent.reset(token)


@contextmanager
def _counted() -> Iterator[None]:
    began, spent = time.monotonic(), _spent.get()
    try:
        yield
    finally:
        if spent is not None:
            spent.seconds += time.monotonic() - began


def _work(content: bytes, purpose: Purpose, regions: Sequence[Region] = ()) -> str:
    """What the process is to do with the file, by its first bytes. Raises Refused."""
    kind = containers.kind_of(content)
    if kind and kind != "GIF" and purpose == Purpose.ANSWER:
        numbers = [tuple(map(int, region)) for region in regions]
        return (
            "from opening import answer_pictures; "
            f"child.run(lambda photo: answer_pictures.make(photo, {numbers!r}))"
        )
    if kind and (kind != "GIF" or purpose == Purpose.PICTURE):
        return "from opening import photos; child.run(photos.copy)"
    if purpose in (Purpose.PICTURE, Purpose.ANSWER) or not containers.is_pdf(content):
        raise Refused(Reason.UNKNOWN)
    function = "draw" if purpose == Purpose.ATTACHMENT else "look"
    return f"from opening import documents; child.run(documents.{function})"


def _run(program: str, content: bytes, until: float) -> tuple[int, bytes, bytes]:
    """The process's end (negative: by a signal), what it wrote, and what it complained of.

    Raises TimeoutExpired when its time is up."""
    path = ":".join([str(HERE), *(entry for entry in sys.path if os.path.isabs(entry))])
    with _in_memory(content) as given, _in_memory() as result, _in_memory() as complaint:
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", program, path],
            stdin=given,
            stdout=result,
            stderr=complaint,
            env=ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )
        try:
            status = process.wait(max(0.0, min(PATIENCE, until - time.monotonic())))
        finally:
            # Its whole group, also when the one who waits is interrupted.
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        return status, _read(result), _read(complaint)


@contextmanager
def _in_memory(content: bytes = b"") -> Iterator[int]:
    """A file that no disk holds, as its descriptor, open at its beginning."""
    descriptor = os.memfd_create("opening")
    try:
        with open(descriptor, "wb", closefd=False) as file:
            file.write(content)
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield descriptor
    finally:
        os.close(descriptor)


def _read(descriptor: int) -> bytes:
    os.lseek(descriptor, 0, os.SEEK_SET)
    with open(descriptor, "rb", closefd=False) as file:
        return file.read()


@contextmanager
def _slot(until: float) -> Iterator[None]:
    """One of the machine's slots, held while a file is open. Raises Refused if none is free in
    time."""
    while True:
        for number in range(SLOTS):
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as slot:
                if _is_ours(slot, number):
                    yield
                    return
        if time.monotonic() > until:
            raise Refused(Reason.BUSY)
        time.sleep(PAUSE)


def _is_ours(slot: socket.socket, number: int) -> bool:
    """Whether the slot was free, and is taken now. It is a name that the kernel gives to one
    socket at a time and takes back when its process ends, however it ends: no file is needed."""
    try:
        slot.bind(f"\0pengaduan-opening-{os.getuid()}-{number}")
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return False
    return True
