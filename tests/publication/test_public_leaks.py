"""What lists, feeds, the sitemap and the figures must never show."""

from __future__ import annotations

import json

import pytest

from pengaduan_app.models import ComplaintPage, PublishedAnswer
from pengaduan_app.publication.projection import refresh
from pengaduan_app.statistics import snapshot
from tests.api.test_api_privacy import Scene, leaks
from tests.statistics.test_statistics_pages import API, CSV, PAGE
from tests.support.crowd import standing_city
from tests.support.process import page_of


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with standing_city(django_db_blocker):
        yield Scene()


FACES = ("/pengaduan/", "/feed/", "/feed/atom/", "/sitemap.xml")


@pytest.mark.parametrize("address", FACES)
def test_only_published_words_and_addresses_show(db, scene, client, address):
    text = client.get(address).content.decode()
    assert leaks(text, scene) == []
    assert page_of(scene.published).slug in text
    assert not any(f"/{page.slug}/" in text for page in scene.hidden_pages)


def test_exactly_the_live_pages_have_a_public_row(db, scene):
    live = set(ComplaintPage.objects.live().values_list("pk", flat=True))
    assert set(PublishedAnswer.objects.values_list("pk", flat=True)) == live
    assert not refresh(scene.hidden_pages)


@pytest.mark.parametrize("address", [PAGE, API, *CSV])
def test_figures_show_no_reporter_no_words_and_no_ticket(db, scene, client, address):
    kept = snapshot.refresh()
    assert kept.figures["total"]["received"] == len(scene.hidden) + 1
    for text in (
        client.get(address).content.decode(),
        json.dumps(kept.figures) + json.dumps(kept.charts),
    ):
        assert leaks(text, scene) == []
        assert scene.published.ticket not in text
        # Stands in every subject, question and answer.
        assert "lampukata" not in text
