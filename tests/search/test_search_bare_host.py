"""The search on a host that has the plugin alone: none of this city's apps, pages or addresses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).parents[2]
WALK = "import django; django.setup(); from tests.bare_host.walk import main; main()"
LAMP = "Lampu jalan depan balai padam"


@pytest.fixture(scope="module")
def host() -> dict:
    """What the bare host says; see `bare_host.walk`."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.bare_host.settings"}
    done = subprocess.run(
        [sys.executable, "-c", WALK],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_host_has_nothing_of_this_city_and_lacks_nothing(host):
    assert host["city"] == []
    assert host["checks"] == []


def test_its_migrations_wait_for_no_app_but_the_plugin():
    migrations = MigrationLoader(None).disk_migrations
    waited_for = {
        app
        for (label, _name), migration in migrations.items()
        if label == "pengaduan_search"
        for app, _migration in migration.dependencies
    }
    assert waited_for <= {"pengaduan_app", "pengaduan_search"}
    assert waited_for


def test_an_answer_is_found_by_the_hosts_synonyms_on_its_own_page_and_by_its_api(host):
    assert len(host["found"]) == 1
    assert "<mark>Lampu</mark>" in host["page"]
    assert "Sampah" not in host["page"]
    assert host["api"] == ["Sampah pasar menumpuk"]


def test_suggestions_lead_to_where_the_host_put_the_plugin(host):
    [answer] = host["suggestions"]
    assert answer["text"] == "Sampah pasar menumpuk"
    [agency] = host["agencies"]
    assert agency == {
        "kind": "agency",
        "text": "Dinas dishub",
        "url": "/complaints/pengaduan/dishub/",
    }


def test_the_complaint_form_is_advised_without_further_settings(host):
    assert host["similar"] == [LAMP]
    assert host["agency"] == "dishub"


def test_setting_up_again_adds_no_synonyms(host):
    assert host["synonyms"] == ["lampu jalan, pju"]
