"""The registers: step ledger, reminders and outbox, to read, search, filter and export.

base       what all registers share
registers  the three of them
filters    what they can be narrowed by
views      list, row and export
"""

from .registers import Registers

__all__ = [
    "Registers",
]
