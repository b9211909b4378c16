"""What has changed since the published files were written, and which hosts keep such files."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models


class FileChangeQuerySet(models.QuerySet["FileChange"]):
    def since(self, moment: datetime) -> Self:
        return self.filter(at__gte=moment).order_by("pk")

    def clear(self, before: datetime) -> None:
        """Forget what every host has followed long ago."""
        self.filter(at__lt=before).delete()


class FileChange(models.Model):
    """An answer that is new, changed or gone; or, without a slug, everything that is public.

    Written in the transaction of the change itself, so that a process that dies before it
    touches a file leaves the row behind. It says where the answer stands in time, not which
    files show it: its neighbours are looked up when the row is followed.
    """

    at = models.DateTimeField(db_index=True)
    agency_slug = models.SlugField(max_length=255, default="")
    slug = models.SlugField(max_length=255, default="", db_index=False)
    page_key = models.BigIntegerField(default=0)
    agency_key = models.BigIntegerField(default=0)
    category_key = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects = FileChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "change of the published files"
        verbose_name_plural = "changes of the published files"
        default_permissions = []

    def __str__(self) -> str:
        return self.slug or "everything"


class FileHost(models.Model):
    """A host's folder of published files: when its follower was last seen to work."""

    name = models.CharField(max_length=255, primary_key=True)
    seen_at = models.DateTimeField()
    # What stopped it, as the name of an error; empty while it works.
    problem = models.CharField(max_length=100, default="")

    class Meta:
        verbose_name = "host with published files"
        verbose_name_plural = "hosts with published files"
        default_permissions = []

    def __str__(self) -> str:
        return self.name
