"""Runs the web server and the supervised django-q2 cluster together; Ctrl-C stops both.

For development: `make run` calls it. In production each is a service of its own
(docs/operations.md).
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PORT = os.environ.get("PORT", "8000")


def start(*arguments: str) -> subprocess.Popen:
    """A manage.py process in a group of its own, so that all its children end with it."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)


def stop(process: subprocess.Popen) -> None:
    """Ask the process to finish; kill what is left of its group after 15 s."""
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(15)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def main() -> int:
    """Run both until the web server ends or Ctrl-C is pressed."""
    # A shell makes a command that it starts in the background ignore SIGINT.
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.default_int_handler)
    # Insecure: static files also without DEBUG, so that visitors see the real 404.
    web = start("runserver", "--noreload", "--insecure", f"127.0.0.1:{PORT}")
    cluster = start("pengaduan_cluster")
    print(
        f"http://127.0.0.1:{PORT}/  ·  http://127.0.0.1:{PORT}/admin/  ·  Ctrl-C stops", flush=True
    )
    try:
        while web.poll() is None:
            time.sleep(0.5)
            if cluster.poll() is not None:
                # The supervisor itself was killed; systemd does the same in production.
                time.sleep(2)
                cluster = start("pengaduan_cluster")
    except KeyboardInterrupt:
        pass
    finally:
        for process in (web, cluster):
            stop(process)
    return 0


if __name__ == "__main__":
    sys.exit(main())
