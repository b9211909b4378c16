"""Who is on leave, from when to when, and who stands in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> Self:
        """Those that cover the day, by the city's calendar."""
        return self.filter(first_day__lte=day, last_day__gte=day)

    def from_now_on(self) -> Self:
        """Those that last, and those to come."""
        return self.filter(last_day__gte=timezone.localdate())

    def deputies_today(self) -> dict[int, int]:
        """Who stands in today, by the key of who is on leave; one query."""
        return dict(self.on(timezone.localdate()).order_by().values_list("person", "deputy"))


class Absence(models.Model):
    """A leave with a deputy; both days belong to it. Only pengaduan_app.people writes it.

    It gives nobody a right: the deputy holds a seat of the absent one, and does in it what is
    shown and told to them instead. Nobody's absences overlap.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("on leave"),
        on_delete=models.CASCADE,
        related_name="absences",
        db_index=False,
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("stands in"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["first_day", "pk"]
        verbose_name = _("leave")
        verbose_name_plural = _("leaves")
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="absence_in_order"
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("deputy")), name="absence_has_another"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "last_day"], name="absence_of_person"),
            models.Index(fields=["last_day"], name="absence_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.first_day}–{self.last_day}"


def acting_for(person: int, deputies: Mapping[int, int]) -> int | None:
    """Who does what waits for the person: themselves, or while they are on leave their deputy,
    or the deputy's own. None where all in the chain are on leave."""
    met: set[int] = set()
    while person in deputies:
        if person in met:
            return None
        met.add(person)
        person = deputies[person]
    return person
