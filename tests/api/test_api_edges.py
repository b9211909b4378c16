"""The API's own bounds: what Wagtail's would let through of pages that aren't public."""

from __future__ import annotations

from datetime import timedelta

import pytest
from wagtail.models import PageViewRestriction

from pengaduan_app.api import complaints
from pengaduan_app.models import ComplaintPage, PublishedAnswer
from pengaduan_app.procedure.sop import State
from tests.support.crowd import standing_city
from tests.support.process import Office, page_of

COMPLAINTS = "/api/v2/complaints/"
WORD = "lampukata"


class Scene:
    """A published answer, one behind a password, and a draft."""

    def __init__(self):
        open_office, closed_office = Office(), Office()
        words = {"subject": f"{WORD} padam", "body": f"{WORD} padam di balai kelurahan."}
        self.public, self.newer = (
            page_of(open_office.complaint(to=State.PUBLISHED, **words)) for _number in range(2)
        )
        self.closed = page_of(closed_office.complaint(to=State.PUBLISHED, **words))
        self.draft = page_of(open_office.complaint(to=State.EDITING, **words))
        PageViewRestriction.objects.create(
            page=self.closed.get_parent(), restriction_type="password", password="rahasia"
        )

    @property
    def open_to_all(self) -> set[int]:
        return {self.public.pk, self.newer.pk}


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with standing_city(django_db_blocker):
        yield Scene()


@pytest.fixture
def ask(db, scene, client):
    """Ask the complaints' endpoint as a stranger does."""
    client.raise_request_exception = False
    return lambda **query: client.get(COMPLAINTS, query)


def ids_in(answer) -> set[int]:
    assert answer.status_code == 200
    return {item["id"] for item in answer.json()["items"]}


# Wagtail's search knows more pages than the public may read.


def test_the_search_finds_no_answer_behind_a_password(ask, scene):
    """It stays in Wagtail's own index: there it is live."""
    assert ComplaintPage.objects.live().filter(pk=scene.closed.pk).exists()
    assert ids_in(ask(search=WORD)) == scene.open_to_all


@pytest.mark.parametrize("more", [{}, {"fields": "*"}, {"kind": "complaint"}])
def test_a_list_holds_no_answer_behind_a_password(ask, scene, more):
    assert ids_in(ask(**more)) == scene.open_to_all
    assert ids_in(ask(search=WORD, **more)) == scene.open_to_all


@pytest.mark.parametrize("hidden", ["closed", "draft"])
def test_by_its_number_what_is_not_public_is_not_there(ask, scene, client, hidden):
    page = getattr(scene, hidden)
    assert client.get(f"{COMPLAINTS}{page.pk}/").status_code == 404
    assert ask(id=page.pk).json()["items"] == []
    assert client.get(f"{COMPLAINTS}find/", {"id": page.pk}).status_code == 404


# Wagtail's filters by the tree ask for pages of their own.


@pytest.mark.parametrize("name", ["child_of", "descendant_of", "ancestor_of", "translation_of"])
@pytest.mark.parametrize("hidden", ["closed", "draft"])
def test_no_filter_by_the_tree_tells_that_a_hidden_page_is_there(ask, scene, name, hidden):
    """The answer is the same as for a number that no page has."""
    unknown = ask(**{name: 999_999})
    answer = ask(**{name: getattr(scene, hidden).pk})
    assert answer.status_code == unknown.status_code == 400
    assert answer.json() == unknown.json()


def test_a_filter_by_the_tree_takes_a_public_page(ask, scene):
    assert ids_in(ask(child_of=scene.public.pk)) == set()


# Numbers that the database doesn't know.

FITS, TOO_LONG = "9" * complaints.NUMBER_DIGITS, "9" * (complaints.NUMBER_DIGITS + 1)


@pytest.mark.parametrize("name", ["id", "limit", "offset"])
def test_a_number_with_too_many_digits_is_named_as_the_mistake(ask, name):
    answer = ask(**{name: TOO_LONG})
    assert answer.status_code == 400
    assert name in answer.json()["message"]


def test_a_number_that_still_fits_is_only_not_found(ask):
    assert ids_in(ask(id=FITS)) == set()


def test_a_search_for_a_long_number_is_a_search(ask):
    assert ids_in(ask(search=TOO_LONG)) == set()


@pytest.mark.parametrize(("offset", "code"), [("9" * 9, 200), ("9" * 10, 400), ("x", 400)])
def test_an_offset_is_read_up_to_nine_digits(ask, offset, code):
    assert ask(offset=offset).status_code == code


# The list's own filters.


@pytest.mark.parametrize(
    ("name", "value"), [("agency", "tidak-ada"), ("kind", "praise"), ("year", "1999"), ("year", "")]
)
def test_a_filter_by_a_value_that_no_answer_can_have_is_a_mistake(ask, name, value):
    answer = ask(**{name: value})
    assert answer.status_code == 400
    assert name in answer.json()["message"]


def test_a_filter_by_a_hidden_answers_agency_finds_nothing(ask, scene):
    assert ids_in(ask(agency=scene.public.agency.slug)) == scene.open_to_all
    answer = ask(agency=scene.closed.agency.slug)
    assert answer.status_code == 400 or ids_in(answer) == set()


def test_the_endpoint_knows_one_type(ask, scene):
    assert ids_in(ask(type="pengaduan_app.ComplaintPage")) == scene.open_to_all
    for other in ("wagtailcore.Page", "pengaduan_app.AgencyPage", "x"):
        assert ask(type=other).status_code == 400


def test_the_newest_answer_comes_first_whatever_its_key(ask, scene):
    order = [item["id"] for item in ask().json()["items"]]
    assert order == [scene.newer.pk, scene.public.pk]
    rows = PublishedAnswer.objects.filter(page=scene.newer)
    rows.update(answered_at=scene.public.answered_at - timedelta(days=1))
    assert [item["id"] for item in ask().json()["items"]] == order[::-1]
