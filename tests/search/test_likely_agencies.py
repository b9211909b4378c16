"""Which agencies the search proposes to the administrator, and what is no evidence (SOP C2)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pengaduan_app.contrib.search.advice import learning, likely_agencies
from pengaduan_app.contrib.search.indonesian import analyse, is_circumstance
from pengaduan_app.models import Agency
from tests.support.search_city import demo_city

CARD = "Hilang\nKTP saya hilang di pasar kemarin, bagaimana cara mengurus yang baru?"


@pytest.fixture(scope="module")
def stories(django_db_setup, django_db_blocker):
    with demo_city(django_db_blocker):
        yield


def slugs(found) -> list[str]:
    return [each.agency.slug for each in found]


def test_the_likeliest_agency_comes_first_with_words_of_the_text(db, stories):
    learning.learn()
    found = likely_agencies(CARD, None, 3)
    assert slugs(found)[0] == "disdukcapil"
    assert all(word in CARD.lower() for each in found for word in each.words)
    assert all(one.confidence >= other.confidence for one, other in pairwise(found))


def test_an_agency_that_is_left_out_is_not_proposed_and_another_one_is(db, stories):
    learning.learn()
    lamp = "Lampu\nLampu jalan di trotoar taman padam, banyak sampah dan pohon tumbang di parkiran."
    first = likely_agencies(lamp, None, 3)[0].agency
    others = likely_agencies(lamp, None, 3, {first.pk})
    assert others and first.slug not in slugs(others)


def test_an_agency_that_takes_no_complaints_is_not_proposed(db, stories):
    learning.learn()
    Agency.objects.filter(slug="disdukcapil").update(active=False)
    assert "disdukcapil" not in slugs(likely_agencies(CARD, None, 3))


@pytest.mark.parametrize(
    "word",
    [
        *("menuju", "antara", "demi", "sambil", "sementara", "terkait", "via", "meskipun"),
        *("memasuki", "singgah", "bolak", "lurus", "kemari", "sesampai", "menyebrang", "sisi"),
        *("minimal", "maksimal", "sempat", "apalagi", "seharusnya", "semestinya", "misalnya"),
    ],
)
def test_how_somebody_got_there_is_no_evidence(word):
    assert all(is_circumstance(term.word, term.stem) for term in analyse(word))
