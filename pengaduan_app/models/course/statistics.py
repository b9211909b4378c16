"""The public figures as last counted, so that a visit reads one row."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatisticsSnapshot(models.Model):
    """One row: the figures of `/statistik/` and their charts, with the moment of counting.

    `figures` holds counts and the names that they are sorted by, and nothing else; figures that
    are too small to be shown are suppressed before they are stored (statistics/suppression.py).
    """

    # The only key, so that there is never a second row.
    ROW = 1
    # Raised when the figures change shape: a row of another shape is ignored.
    SHAPE = 2

    made_at = models.DateTimeField(_("counted"))
    shape = models.PositiveSmallIntegerField(default=SHAPE)
    figures = models.JSONField(default=dict)
    # SVG by table, rendered by presentation/charts.py in the site's language.
    charts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("public figures")
        verbose_name_plural = _("public figures")
        default_permissions = []

    def __str__(self) -> str:
        return self.made_at.isoformat()

    @classmethod
    def current(cls) -> StatisticsSnapshot | None:
        """The last count, or None if nothing was counted yet; one query."""
        return cls.objects.filter(pk=cls.ROW, shape=cls.SHAPE).first()
