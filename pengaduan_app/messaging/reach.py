"""Through which of their contacts news reaches a reporter. The one place that knows: who is
written to, and what form, receipt and tracking page say of a number alone, follow from it."""

from __future__ import annotations

from ..models import Reporter

# Names of the vault's fields. "phone" is added once a channel sends to it.
CHANNELS: tuple[str, ...] = ("email",)


def brings_news(contact: str) -> bool:
    """Whether news is sent to what stands in that field of the form and the vault."""
    return contact in CHANNELS


def gets_news(reporter: Reporter) -> bool:
    """False for a reporter to whom nothing is sent: they must look for themselves."""
    return any(getattr(reporter, contact) for contact in CHANNELS)
