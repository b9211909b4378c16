"""A real disk of a few kilobytes, where the machine lets the tests make one."""

from __future__ import annotations

import os
import subprocess
import tempfile
from functools import cache
from pathlib import Path


def mount(folder: Path, size: str) -> bool:
    """Put a disk of that size there; False where that isn't allowed."""
    options = ["-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    return subprocess.run(["mount", *options], check=False, capture_output=True).returncode == 0


def unmount(folder: Path) -> None:
    subprocess.run(["umount", "-l", str(folder)], check=True)


@cache
def may_mount() -> bool:
    """True for root on a machine, false for other people and in most containers."""
    if os.geteuid():
        return False
    with tempfile.TemporaryDirectory() as name:
        done = mount(Path(name), "16k")
        if done:
            unmount(Path(name))
        return done
