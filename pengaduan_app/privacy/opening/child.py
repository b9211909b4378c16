"""The process that opens one file: its limits, what it reads, what it writes.

It reads the file from its standard input, and writes a line of JSON and the new file to its
standard output. A file that takes more than the limits ends this process and nothing else.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

from . import bounds
from .verdict import Opened, Reason, Refused


def limit() -> None:
    """Sets limits that this process can't raise again; the kernel holds them."""
    for kind, most in (
        (resource.RLIMIT_AS, bounds.MEMORY),
        (resource.RLIMIT_CPU, bounds.CPU),
        (resource.RLIMIT_FSIZE, bounds.OUTPUT),
        (resource.RLIMIT_NOFILE, bounds.OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(kind)
        # The machine's own limit may be lower already.
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))
    # It ends by itself even if the web server that waits for it is killed.
    signal.alarm(bounds.WALL)
    # Readers of the site come first, and when memory is short this process goes first.
    os.nice(5)
    with suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:
        score.write("1000")


def run(work: Callable[[bytes], Opened]) -> None:
    """Do the work on the file at standard input. The process ends here."""
    # What a library prints must not mix with the result.
    result = os.dup(1)
    os.dup2(2, 1)
    try:
        opened = work(sys.stdin.buffer.read())
        _write(result, {"suffix": opened.suffix}, opened.content)
    except Refused as refusal:
        _write(result, {"refused": refusal.reason.value})
    except (MemoryError, OSError):
        # OSError: the new file is larger than bounds.OUTPUT.
        _write(result, {"refused": Reason.COMPLICATED.value})
    # Without the libraries' own endings, which may stumble over a broken document.
    os._exit(0)


def _write(result: int, header: dict[str, str], content: bytes = b"") -> None:
    os.lseek(result, 0, os.SEEK_SET)
    os.ftruncate(result, 0)
    with os.fdopen(result, "wb", closefd=False) as output:
        output.write(json.dumps(header).encode() + b"\n")
        output.write(content)
