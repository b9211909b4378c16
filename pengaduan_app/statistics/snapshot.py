"""Counts and draws the public figures anew, and keeps them as one row."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation

from ..models import StatisticsSnapshot
from . import counting, tables


def refresh(now: datetime | None = None) -> StatisticsSnapshot:
    """Count and draw everything anew and keep it; safe to repeat."""
    now = now or timezone.now()
    # A worker speaks no visitor's language; the charts hold words.
    with translation.override(settings.LANGUAGE_CODE):
        found = counting.count(now)
        charts = tables.draw_all(found)
    snapshot, _made = StatisticsSnapshot.objects.update_or_create(
        pk=StatisticsSnapshot.ROW,
        defaults={
            "made_at": now,
            "shape": StatisticsSnapshot.SHAPE,
            "figures": found,
            "charts": charts,
        },
    )
    return snapshot
