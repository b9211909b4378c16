"""How often somebody did something in the current hour: the throttle's counters."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F


class UseCounts(models.Manager["UseCount"]):
    def add(self, key: str, until: datetime, amount: int = 1) -> None:
        """Count so much more. Exact however many processes count at once: the database adds."""
        if not self.filter(key=key).update(count=F("count") + amount):
            self.bulk_create([UseCount(key=key, until=until)], ignore_conflicts=True)
            self.filter(key=key).update(count=F("count") + amount)

    def of(self, key: str) -> int:
        return self.filter(key=key).values_list("count", flat=True).first() or 0


class UseCount(models.Model):
    """One counter. It lies in a table of its own: a cache drops rows when it is full, and with
    them the count of an address that was blocked."""

    key = models.CharField(max_length=80, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    # After this moment (UTC) the row means nothing and is deleted.
    until = models.DateTimeField(db_index=True)

    objects = UseCounts()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
