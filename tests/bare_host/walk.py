"""Publishes answers on the bare host and prints what its search makes of them, as JSON.

A process of its own, because the test suite's has this city's apps loaded.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from django.apps import apps
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from wagtail.models import Collection, Locale, Page, Site

from pengaduan_app.citizen import advice
from pengaduan_app.contrib.search import finding, fulltext
from pengaduan_app.contrib.search.models import SynonymSet
from pengaduan_app.contrib.search.setup import ensure_search
from pengaduan_app.models import ComplaintIndexPage
from pengaduan_app.procedure.sop import State
from pengaduan_app.setup import ensure_procedure
from tests.support.factories import AgencyFactory
from tests.support.process import Office

SYNONYMS = ["lampu jalan, pju"]


def make_tables() -> None:
    """Straight from the models, in a tenth of the time that the migrations take."""
    labels = [app.label for app in apps.get_app_configs()]
    with override_settings(MIGRATION_MODULES=dict.fromkeys(labels)):
        call_command("migrate", run_syncdb=True, verbosity=0)
    with connection.cursor() as cursor:
        fulltext.create(connection, cursor.execute)
    Locale.objects.create(language_code="id")
    Collection.add_root(name="Root")


def set_up() -> None:
    """A host's own set-up, in the order of docs/plugin.md."""
    home = Page.add_root(instance=Page(title="Root", slug="root")).add_child(
        instance=Page(title="Home", slug="home")
    )
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    ensure_procedure(home.add_child(instance=ComplaintIndexPage(title="Answers", slug="answers")))
    for _again in range(2):
        ensure_search(SYNONYMS)


def publish() -> None:
    lamps = Office(AgencyFactory(slug="dishub", remit="Lampu jalan, rambu dan parkir."))
    waste = Office(AgencyFactory(slug="dlh", remit="Sampah, taman dan pohon."))
    text = "Sudah tiga malam begini, mohon ditindaklanjuti."
    for office, subject in (
        (lamps, "Lampu jalan depan balai padam"),
        (waste, "Sampah pasar menumpuk"),
        (waste, "Pohon taman hampir tumbang"),
    ):
        office.complaint(to=State.PUBLISHED, subject=subject, body=text)


def asked(address: str, text: str) -> str:
    response = Client().get(address, {"q": text})
    assert response.status_code == 200, response.content
    return response.content.decode()


def answers() -> dict[str, Any]:
    """What the host's search says of what was published."""
    lamp = advice.advise("Lampu jalan mati", "Lampu jalan di gang kami padam.", None, None)
    parking = advice.advise("Parkir semrawut", "Rambu roboh, lampu padam.", None, None)
    return {
        "found": [each.title.split() for _score, each in finding.find("pju padam").ranked],
        "page": asked("/find/", "pju padam"),
        "api": [item["title"] for item in json.loads(asked("/api/search/", "sampah"))["items"]],
        "suggestions": json.loads(asked("/find/suggestions/", "samp"))["suggestions"],
        "agencies": json.loads(asked("/find/suggestions/", "dish"))["suggestions"],
        "similar": [answer.title for answer in lamp.answers],
        "agency": parking.suggestion and parking.suggestion.agency.slug,
        "synonyms": list(SynonymSet.objects.values_list("words", flat=True)),
        "checks": [str(problem) for problem in run_checks()],
        "city": sorted({name.split(".")[0] for name in sys.modules} & {"home", "search", "config"}),
    }


def main() -> None:
    make_tables()
    set_up()
    publish()
    # The agencies are newer than the set-up.
    call_command("rebuild_search", verbosity=0, stdout=sys.stderr)
    json.dump(answers(), sys.stdout)
