"""The public figures as they were last counted, so that a visit reads one row."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatisticsSnapshot(models.Model):
    """One row: the figures of `/statistik/` and their charts, with the moment of counting.

    `figures` holds counts and the names that they are sorted by, and nothing else; what is
    too small to be shown is withheld before it is kept (pengaduan_app.statistics).
    """

    # The only key, so that there is never a second row.
    ROW = 1
    # Goes up when the figures change shape: a row of another shape counts as none.
    SHAPE = 2

    made_at = models.DateTimeField(_("counted"))
    shape = models.PositiveSmallIntegerField(default=SHAPE)
    figures = models.JSONField(default=dict)
    # By table: SVG of our own drawing, in the site's language.
    charts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("public figures")
        verbose_name_plural = _("public figures")
        default_permissions = []

    def __str__(self) -> str:
        return self.made_at.isoformat()

    @classmethod
    def current(cls) -> StatisticsSnapshot | None:
        """What was counted last, or None where nothing has been yet; one query."""
        return cls.objects.filter(pk=cls.ROW, shape=cls.SHAPE).first()
