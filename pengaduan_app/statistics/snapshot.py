"""Counts the public figures, draws their charts and stores both as one row."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation

from ..models import StatisticsSnapshot
from . import counting, tables


def refresh(now: datetime | None = None) -> StatisticsSnapshot:
    """Count everything again, draw the charts and store both; safe to repeat."""
    now = now or timezone.now()
    # The charts hold words, and a worker has no visitor whose language it could use.
    with translation.override(settings.LANGUAGE_CODE):
        found = counting.count(now)
        charts = tables.render_charts(found)
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
