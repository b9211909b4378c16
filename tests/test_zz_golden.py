"""x"""

import json

import pytest

from bench import corpus

from .test_search_finding import ORDER, hits


@pytest.mark.django_db
def test_write(db, cases):
    number_of = {pk: n for n, pk in enumerate(cases)}
    qs = [s.text for s in corpus.searches()][::5] + [
        '"aspal mengelupas"',
        "jlan rusakk",
        "sampah",
        "rusak",
        "",
    ]
    ORDER.write_text(
        "{\n"
        + ",\n".join(
            f" {json.dumps(q)}: {json.dumps([number_of[p] for p in hits(q)])}"
            for q in dict.fromkeys(qs)
        )
        + "\n}\n"
    )
