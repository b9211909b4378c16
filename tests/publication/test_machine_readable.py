"""What machines read on an answer's page: structured data, telephones and links to share it."""

from __future__ import annotations

import json
import re
from datetime import datetime

import pytest

from bench.crowd import make_answers
from pengaduan_app import tasks
from pengaduan_app.models import PublishedAnswer
from pengaduan_app.publication.structured_data import share_links, telephone_address
from tests.support.factories import AgencyFactory


@pytest.fixture
def row(city):
    AgencyFactory(slug="dinas-x")
    make_answers(1)
    return PublishedAnswer.objects.with_names().get()


def data_of(text: str) -> dict:
    return json.loads(re.search(r'application/ld\+json">(.*?)</script>', text, re.S)[1])


def test_structured_data_say_what_was_asked_when_and_who_answered(row, client):
    row.answer = "<p>Satu &amp; dua.</p><ul><li>tiga</li><li>empat</li></ul>"
    row.save()
    PublishedAnswer.objects.filter(pk=row.pk).update(drawn_by="")
    tasks.draw_answers()
    address = f"http://testserver{row.address}"
    data = data_of(client.get(row.address).content.decode())
    question, given = data["mainEntity"], data["mainEntity"]["acceptedAnswer"]
    assert data["url"] == address and given["url"] == f"{address}#answer"
    assert question["name"] == row.title and question["text"] == row.question
    assert given["text"] == "Satu & dua.\ntiga\nempat"
    assert datetime.fromisoformat(question["dateCreated"]) == row.received_at
    assert datetime.fromisoformat(given["dateCreated"]) == row.answered_at
    assert given["author"]["name"] == row.agency.name
    assert "author" not in question


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("0321-5884908", "tel:03215884908"),
        ("(0321) 588 4908", "tel:03215884908"),
        ("+62 321 5884908", "tel:+623215884908"),
        ("0321-111, 0321-222", "tel:0321111"),
        ("0321-111; 0321-222", "tel:0321111"),
        ("0321-111 / 222", "tel:0321111"),
    ],
)
def test_a_telephone_dials_the_first_number_that_is_written(written, dialled):
    assert telephone_address(written) == dialled


def test_what_is_shared_survives_as_one_link():
    """A sign of the title that means something in an address must not cut it short."""
    whatsapp, mail = share_links("Lampu & jalan #2?", "http://kota.example/a/")
    assert whatsapp["address"] == (
        "https://wa.me/?text=Lampu%20%26%20jalan%20%232%3F%20http%3A//kota.example/a/"
    )
    assert mail["address"] == (
        "mailto:?subject=Lampu%20%26%20jalan%20%232%3F&body=http%3A//kota.example/a/"
    )
