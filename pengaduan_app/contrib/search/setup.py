"""What the search needs on a new site: the first synonyms, and who keeps them. Safe to repeat."""

from __future__ import annotations

import json
from pathlib import Path

from django.contrib.auth.models import Group, Permission
from django_q.models import Schedule

from pengaduan_app.setup import ROLE_GROUPS
from pengaduan_app.sop import Role

from . import learning
from .models import AgencyWord, SynonymSet

DATA = Path(__file__).parent / "data/synonyms.json"
KEEPERS = (Role.EDITOR, Role.COORDINATOR)


def ensure_search() -> None:
    """Public relations may keep the synonyms; the first ones only where there are none yet,
    so that what they took away stays away. What agencies are about is learnt each hour."""
    kept = Permission.objects.filter(
        content_type__app_label="search", content_type__model="synonymset"
    ).exclude(codename__startswith="view_")
    for role in KEEPERS:
        Group.objects.get(name=ROLE_GROUPS[role]).permissions.add(*kept)
    if not SynonymSet.objects.exists():
        for line in json.loads(DATA.read_text(encoding="utf-8")):
            SynonymSet.objects.create(words=line)
    if not AgencyWord.objects.exists():
        # A new site knows remits before its cluster's first hour.
        learning.learn()
    Schedule.objects.update_or_create(
        name="search: agencies' words",
        defaults={
            "func": "search.tasks.learn",
            "schedule_type": Schedule.HOURLY,
            "repeats": -1,
        },
    )
