"""What a stranger gets from the API and the public lists: published answers, nothing more."""

from __future__ import annotations

import json

import pytest

from pengaduan_app import actions
from pengaduan_app.models import ComplaintPage
from pengaduan_app.procedure.sop import State
from tests.support.crowd import standing_city
from tests.support.factories import REPORTER, CategoryFactory, VillageFactory
from tests.support.process import Office, page_of, write_answer

LISTS = ("/api/v2/complaints/", "/api/v2/pages/")
FIELDS = {
    "id",
    "meta",
    "title",
    "question",
    "answer",
    "kind",
    "agency",
    "category",
    "village",
    "received_at",
    "answered_at",
    "corrected_at",
    "correction",
    "pictures",
}
META = {
    "type",
    "detail_url",
    "html_url",
    "slug",
    "show_in_menus",
    "seo_title",
    "search_description",
    "first_published_at",
    "alias_of",
    "locale",
    "parent",
}
# Fields of the model and of what hangs on it that nobody may narrow, sort or ask by.
INNER = (
    "complaint",
    "complaint__body",
    "complaint__ticket",
    "complaint__reporter",
    "complaint__reporter__name",
    "complaint__code_hash",
    "complaint__state",
    "owner",
    "owner__username",
    "owner__password",
    "live",
    "draft_title",
    "latest_revision",
    "latest_revision__content",
    "locked_by",
    "path",
    "agency__group__user__username",
)


class Scene:
    """A published answer, and beside it all that must stay inside."""

    def __init__(self):
        office = Office()
        place = {"category": CategoryFactory(), "village": VillageFactory()}
        self.published = self._advance(office, State.PUBLISHED, **place)
        self.hidden = {
            "just received": self._advance(office, State.RECEIVED),
            "draft": self._advance(office, State.EDITING, **place),
            "private": self._advance(office, State.ANSWERED_PRIVATELY),
            "confidential": self._advance(
                office, State.ANSWERED_PRIVATELY, confidential=True, **place
            ),
            "withdrawn": self._advance(office, State.PUBLISHED),
        }
        actions.withdraw(self.hidden["withdrawn"].pk, office.coordinator)

    def _advance(self, office, to, **fields):
        mark = f"zq{to.value}{'zc' if fields.get('confidential') else ''}"
        complaint = office.complaint(
            to=State.RECEIVED if to == State.RECEIVED else State.STUDY,
            subject=f"{mark}subjek lampukata",
            body=f"{mark}keluhan lampukata di balai kelurahan.",
            **fields,
        )
        if to != State.RECEIVED:
            write_answer(complaint, office.official, f"<p>{mark}jawaban lampukata</p>")
            actions.approve(complaint.pk, office.official)
            complaint.refresh_from_db()
        return office.advance(complaint, to)

    @property
    def hidden_pages(self):
        return ComplaintPage.objects.filter(complaint__in=self.hidden.values())


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with standing_city(django_db_blocker):
        yield Scene()


@pytest.fixture
def ask(db, scene, client):
    """Ask an address as a stranger does; an error page comes back as one."""
    client.raise_request_exception = False
    return client.get


def inner_words(scene) -> list[str]:
    """The reporter, the tickets and codes, and the words of all that isn't published."""
    complaints = [scene.published, *scene.hidden.values()]
    words = [REPORTER.name, REPORTER.phone, REPORTER.email, REPORTER.address]
    words += [c.ticket for c in complaints] + [c.code_hash for c in complaints]
    words += [str(c.submission_key) for c in complaints]
    # The withdrawn one was published under the same invented words as the public one.
    marks = ("zqreceived", "zqediting", "zqanswered_privately", "zqanswered_privatelyzc")
    return [*words, *marks]


def leaks(text: str, scene) -> list[str]:
    return [word for word in inner_words(scene) if word.lower() in text.lower()]


def ids_in(answer) -> set[int]:
    return {item["id"] for item in answer.json()["items"]}


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize(
    "query",
    [
        "",
        "?fields=*",
        "?type=pengaduan_app.ComplaintPage&fields=*",
        "?search=lampukata",
        "?search=lampukata&fields=*&search_operator=or",
        "?order=-title",
        "?limit=50",
    ],
)
def test_a_list_gives_published_answers_and_nothing_inner(ask, scene, address, query):
    answer = ask(address + query)
    assert answer.status_code == 200
    assert leaks(answer.content.decode(), scene) == []
    assert ids_in(answer).isdisjoint(scene.hidden_pages.values_list("pk", flat=True))


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("query", ["", "?fields=*", "?fields=_,question,answer,agency"])
def test_one_published_answer_has_the_whitelisted_fields_alone(ask, scene, address, query):
    answer = ask(f"{address}{page_of(scene.published).pk}/{query}")
    assert answer.status_code == 200
    given = answer.json()
    assert set(given) <= FIELDS
    assert set(given.get("meta", {})) <= META
    assert leaks(json.dumps(given), scene) == []
    assert given["question"].startswith("zqpublishedkeluhan")


@pytest.mark.parametrize("address", [*LISTS, "/api/v2/images/", "/api/v2/documents/"])
@pytest.mark.parametrize("stage", ["draft", "private", "confidential", "withdrawn"])
@pytest.mark.parametrize("query", ["", "?fields=*"])
def test_what_is_not_published_is_not_there_by_its_id(ask, scene, address, stage, query):
    page = page_of(scene.hidden[stage])
    assert ask(f"{address}{page.pk}/{query}").status_code == 404
    found = ask(f"{address}find/?id={page.pk}&html_path={page.url_path}")
    assert found.status_code == 404


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("field", INNER)
def test_nobody_narrows_sorts_or_asks_by_inner_fields(ask, scene, address, field):
    one = f"{address}{page_of(scene.published).pk}/"
    kind = "type=pengaduan_app.ComplaintPage"
    tries = (f"?{field}=1", f"?order={field}", f"?order=-{field}", f"?fields={field}")
    for query in [*tries, *(f"{question}&{kind}" for question in tries)]:
        assert ask(address + query).status_code == 400, query
    assert ask(f"{one}?fields={field}").status_code == 400


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize(
    "fields",
    ["agency(name)", "agency(group)", "answer(x)", "*,complaint", "(", "*(", "-", "a" * 900],
)
def test_malformed_field_lists_are_told_to_be_wrong(ask, address, fields):
    assert ask(address, {"fields": fields}).status_code == 400


def is_taken(address: str, name: str, value: str) -> bool:
    """Whether a list takes this value: as a text, or else as one that the field can have."""
    if name in ("answer", "question"):
        return "\x00" not in value
    if address == "/api/v2/complaints/":
        # By the words of the public list, and not by keys.
        return (name, value) == ("kind", "complaint")
    return "\x00" not in value if name == "kind" else value.isdecimal()


@pytest.mark.parametrize("name", ["answer", "question", "kind", "category", "village", "agency"])
@pytest.mark.parametrize("value", ["complaint", "1", "x", "zqediting", "\x00", "x" * 5_000])
def test_a_filter_by_a_public_field_never_breaks_or_tells(ask, scene, name, value):
    for address in LISTS:
        query = {name: value, "type": "pengaduan_app.ComplaintPage"}
        answer = ask(address, query)
        assert answer.status_code == (200 if is_taken(address, name, value) else 400), address
        items = answer.json().get("items", [])
        assert leaks(json.dumps(items), scene) == []


@pytest.mark.parametrize("address", ["/api/v2/images/", "/api/v2/documents/"])
@pytest.mark.parametrize("query", ["", "?fields=*", "?search=lampukata"])
def test_images_and_documents_hold_no_attachment_of_a_citizen(ask, scene, address, query):
    answer = ask(address + query)
    assert answer.status_code == 200
    assert answer.json()["items"] == []


@pytest.mark.parametrize("query", ["", "?q=lampukata", "?q=zqediting", "?q=Wulan", "?q=0812"])
def test_the_search_finds_published_answers_alone(ask, scene, query):
    text = ask("/cari/" + query).content.decode()
    # The query itself is repeated on the page.
    assert [word for word in leaks(text, scene) if word not in query] == []
    assert "zqeditingsubjek" not in text


@pytest.mark.parametrize(
    "query", ["lampukata", "LAMPUKATA", '"lampukata"', "(lampukata)", "lampukata?"]
)
def test_quotation_marks_and_signs_do_not_hide_an_answer(ask, scene, query):
    assert "zqpublishedsubjek" in ask("/cari/", {"q": query}).content.decode()


def test_the_public_page_of_an_answer_tells_nothing_of_its_reporter(ask, scene):
    text = ask(page_of(scene.published).url).content.decode()
    assert "zqpublishedjawaban" in text
    assert leaks(text, scene) == []
