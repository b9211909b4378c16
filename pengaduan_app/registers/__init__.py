"""The registers (ledger, reminders, outbox, vault): to read, search, filter and export.

base       what all registers share
registers  the four of them
filters    what they can be narrowed by
views      how list, row and export differ from ModelAdmin's
"""

from .registers import Registers

__all__ = [
    "Registers",
]
