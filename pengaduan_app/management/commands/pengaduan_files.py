"""Keeps the public pages as files on this host (docs/operations.md)."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ... import conf
from ...publication import files


class Command(BaseCommand):
    help = (
        "Writes public pages as files for the web server, and follows every change until SIGTERM. "
        "With --once it writes all of them and ends."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Write what is missing, and end.")

    def handle(self, *args: object, **options: Any) -> None:
        if conf.files_root() is None:
            raise CommandError(
                "No files are written: set PENGADUAN_FILES_ROOT to a folder, and start this again."
            )
        follower = files.own_follower()
        if options["once"]:
            follower.begin()
            while follower.step():
                pass
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: follower.ended.set())
        follower.run()
