"""Named ways to look at the list of complaints: filters, order and columns, as a query string."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ... import permissions
from ...permissions import Staff
from ...procedure import Role, labels

# So many of one person's or one role's: they all stand above the list.
MOST_VIEWS = 12


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def offered_to(self, user: Staff) -> models.QuerySet[SavedView]:
        """The person's own, and those of the roles that they hold; every role's for the
        complaint administrator and superusers, who keep them."""
        roles = permissions.roles_of(user)
        shared = models.Q(role__in=[role.value for role in roles])
        if user.is_superuser or Role.ADMIN in roles:
            shared = models.Q(owner__isnull=True)
        return self.filter(models.Q(owner=user) | shared).order_by("owner", "name", "pk")


class SavedView(models.Model):
    """A named query string of the list: one person's, or one role's. It shows nobody a complaint
    that they may not see, as the list narrows what they may."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    # Empty for a person's own.
    role = models.CharField(
        _("role"), max_length=16, choices=labels.choices(labels.ROLES), blank=True
    )
    name = models.CharField(_("name"), max_length=40)
    query = models.TextField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        default_permissions = []
        constraints = [
            # Their indexes serve the two ways in which views are looked up as well.
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=models.Q(owner__isnull=False),
                name="saved_view_of_person",
            ),
            models.UniqueConstraint(
                fields=["role", "name"],
                condition=models.Q(owner__isnull=True),
                name="saved_view_of_role",
            ),
            models.CheckConstraint(
                condition=models.Q(owner__isnull=False, role="")
                | (models.Q(owner__isnull=True) & ~models.Q(role="")),
                name="saved_view_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return self.name
