"""What the search keeps from strangers, and who keeps its synonyms."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client

from pengaduan_app.contrib.search.models import SynonymSet
from pengaduan_app.procedure.sop import Role
from search.setup import ensure_search
from tests.api.test_api_privacy import Scene, inner_words
from tests.support.factories import staff
from tests.support.process import page_of

pytestmark = pytest.mark.django_db
ADD = "/admin/snippets/pengaduan_search/synonymset/add/"


def test_nothing_that_is_not_published_gets_out(city, client):
    scene = Scene()
    words = ["lampukata", "subjek", "jawaban", "balai", "dinas", "", *inner_words(scene)]
    found = ""
    for word in words:
        for address in ("/cari/", "/cari/saran/", "/api/v2/search/"):
            answer = client.get(f"{address}?q={quote(word)}").content.decode()
            # The word itself comes back in the form.
            found += answer.replace(word, "") if word else answer
    assert page_of(scene.published).title in found
    assert [word for word in inner_words(scene) if word in found] == []
    hidden = scene.hidden["withdrawn"].ticket
    assert hidden not in found
    titles = {hit["title"] for hit in client.get("/api/v2/search/?q=").json()["items"]}
    assert titles == {page_of(scene.published).title}


# Who keeps the synonyms.


@pytest.mark.parametrize(
    ("role", "may"),
    [(role, role in (Role.EDITOR, Role.COORDINATOR)) for role in Role],
)
def test_public_relations_keep_the_synonyms(office, role, may):
    ensure_search()
    user = staff(role, office.agency)
    browser = Client()
    browser.force_login(user)
    answer = browser.post(ADD, {"words": "lurung, gang buntu"})
    assert SynonymSet.objects.filter(words="lurung, gang buntu").exists() == may
    assert answer.status_code == 302


def test_a_line_with_one_word_is_refused_with_a_remedy(office):
    ensure_search()
    browser = Client()
    browser.force_login(office.editor)
    answer = browser.post(ADD, {"words": "lurung, Lurung"})
    assert answer.status_code == 200
    assert not SynonymSet.objects.filter(words__startswith="lurung").exists()


def test_the_first_synonyms_come_once(city):
    ensure_search()
    SynonymSet.objects.exclude(words__startswith="pju").delete()
    ensure_search()
    assert SynonymSet.objects.count() == 1
