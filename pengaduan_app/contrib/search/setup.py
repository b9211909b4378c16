"""Sets a site up for the search: first synonyms, who keeps them, what is learned each hour.
Safe to repeat."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django_q.models import Schedule

from ...procedure import Role
from ...setup import ROLE_GROUPS
from .advice import learning
from .models import AgencyWord, SynonymSet

KEEPERS = (Role.EDITOR, Role.COORDINATOR)


def ensure_search(synonyms: Iterable[str] = ()) -> None:
    """Public relations may keep the synonyms; the site's first lines are added only while
    there are none, so that deleted ones stay deleted. What agencies are about is learned
    each hour. Call it after `pengaduan_app.setup.ensure_procedure`, which makes the groups."""
    kept = Permission.objects.filter(
        content_type__app_label=SynonymSet._meta.app_label, content_type__model="synonymset"
    ).exclude(codename__startswith="view_")
    for role in KEEPERS:
        Group.objects.get(name=ROLE_GROUPS[role]).permissions.add(*kept)
    if not SynonymSet.objects.exists():
        for line in synonyms:
            SynonymSet.objects.create(words=line)
    if not AgencyWord.objects.exists():
        # A new site knows the remits before its cluster's first hour.
        learning.learn()
    Schedule.objects.update_or_create(
        name="search: agencies' words",
        defaults={
            "func": "pengaduan_app.contrib.search.tasks.learn",
            "schedule_type": Schedule.HOURLY,
            "repeats": -1,
        },
    )
