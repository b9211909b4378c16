"""What setting up does on a site that has nothing of ours; no city stands in this file."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from home.setup import setup_site
from tests.support.city import plant_roots
from tests.support.factories import UserFactory


@pytest.mark.parametrize("in_use", [True, False])
def test_wagtails_own_groups_go_from_a_fresh_site_alone(db, in_use):
    plant_roots()
    for name in ("Moderators", "Editors"):
        Group.objects.get_or_create(name=name)
    if in_use:
        UserFactory().groups.add(Group.objects.get(name="Editors"))
    setup_site("localhost", 80)
    assert Group.objects.filter(name="Editors").exists() == in_use
    assert not Group.objects.filter(name="Moderators").exists()
    # On a site that is set up already somebody may have made one.
    Group.objects.get_or_create(name="Moderators")
    setup_site("localhost", 80)
    assert Group.objects.filter(name="Moderators").exists()
