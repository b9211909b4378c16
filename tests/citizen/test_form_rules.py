"""What the citizen's form takes, to the sign; and what advice may say about it."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail import hooks

from pengaduan_app.citizen import advice
from pengaduan_app.models import Complaint, Reporter
from tests.support.factories import AgencyFactory, CategoryFactory, citizen_form

SIMILAR, AGENCY = "pengaduan_similar_answers", "pengaduan_suggest_agency"


def errors(client, **changes) -> set[str]:
    """The fields with a mistake; none for a form that was taken."""
    response = client.post("/lapor/", citizen_form(**changes))
    if response.status_code == 302:
        return set()
    assert response.status_code == 400
    return set(response.context["form"].errors)


@pytest.mark.parametrize(
    ("field", "value", "taken"),
    [
        ("subject", "x" * 4, False),
        ("subject", "x" * 5, True),
        ("subject", "x" * 120, True),
        ("subject", "x" * 121, False),
        ("subject", "    x    ", False),
        ("body", "x" * 14, False),
        ("body", "x" * 15, True),
        ("body", "x" * 5000, True),
        ("body", "x" * 5001, False),
        ("name", "x" * 100, True),
        ("name", "x" * 101, False),
        ("name", "   ", False),
        ("place", "x" * 200, True),
        ("place", "x" * 201, False),
        ("address", "x" * 300, True),
        ("address", "x" * 301, False),
        # Seven digits are too few for a telephone, sixteen too many; signs between don't count.
        ("phone", "0812345", False),
        ("phone", "08123456", True),
        ("phone", "081234567890123", True),
        ("phone", "0812345678901234", False),
        ("phone", "+62 812-9999-0001", True),
        ("phone", "(0321) 12-3", False),
        ("email", "bukan-alamat", False),
        ("kind", "lainnya", False),
        ("consent", None, False),
    ],
)
def test_each_field_takes_so_much_and_no_more(city, client, field, value, taken):
    assert errors(client, **{field: value}) == (set() if taken else {field})
    assert Complaint.objects.exists() == taken


@pytest.mark.parametrize(
    ("phone", "email", "wrong"),
    [
        ("0812-9999-0001", "", set()),
        ("", "wulan@contoh.example", set()),
        ("", "", {"phone"}),
        # The one mistake is named, and not that the other field is empty.
        ("123", "", {"phone"}),
        ("", "bukan-alamat", {"email"}),
        ("123", "wulan@contoh.example", {"phone"}),
    ],
)
def test_one_right_way_to_be_reached_is_enough(city, client, phone, email, wrong):
    response = client.post("/lapor/", citizen_form(phone=phone, email=email))
    form = response.context["form"] if response.status_code == 400 else None
    assert (set(form.errors) if form else set()) == wrong
    assert all(len(messages) == 1 for messages in (form.errors.values() if form else ()))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Lampu\x07 jalan padam", "Lampu jalan padam"),
        ("Lampu\x7f jalan padam", "Lampu jalan padam"),
        ("  Lampu jalan padam  ", "Lampu jalan padam"),
        # The same word in two spellings of the computer is one word.
        ("Cafe\u0301 di alun-alun", "Caf\u00e9 di alun-alun"),
    ],
)
def test_text_is_kept_without_what_no_printer_can_print(city, client, typed, kept):
    assert errors(client, subject=typed) == set()
    assert Complaint.objects.get().subject == kept


def test_lines_of_a_text_stay_lines(city, client):
    assert errors(client, body="Baris satu.\r\nBaris dua.\tMenjorok.") == set()
    assert "\n" in Complaint.objects.get().body and "\t" in Complaint.objects.get().body


def test_every_value_arrives_where_it_belongs(office, client):
    category = CategoryFactory()
    assert not errors(
        client,
        kind="suggestion",
        category=category.pk,
        agency=office.agency.pk,
        place="Gang Fiktif 3",
        confidential="on",
    )
    complaint = Complaint.objects.get()
    assert (complaint.kind, complaint.category, complaint.agency, complaint.place) == (
        "suggestion", category, office.agency, "Gang Fiktif 3",
    )  # fmt: skip
    assert complaint.privacy == "confidential"
    assert Reporter.objects.count() == 1


@pytest.mark.parametrize("field", ["agency", "category", "village"])
@pytest.mark.parametrize("value", ["999999", "x", "-1"])
def test_a_choice_that_was_not_offered_is_none(city, client, field, value):
    assert errors(client, **{field: value}) == {field}


def test_the_same_words_from_another_browser_are_another_complaint(city, client):
    form = citizen_form(key="")
    client.post("/lapor/", form)
    client.post("/lapor/", form)
    assert Complaint.objects.count() == 1
    # A telephone on its way has one address after the other.
    client.post("/lapor/", form, REMOTE_ADDR="203.0.113.9")
    assert Complaint.objects.count() == 1
    Client().post("/lapor/", form)
    assert Complaint.objects.count() == 2


@pytest.mark.parametrize("field", ["name", "phone", "email", "subject", "body"])
def test_other_words_from_the_same_address_are_another_complaint(city, client, field):
    form = citizen_form(key="")
    others = {
        "name": "Orang Lain Misalnya",
        "phone": "0812-9999-0002",
        "email": "lain@contoh.example",
        "subject": "Pohon tumbang di jalan",
        "body": "Pohon tumbang menutup jalan di depan pasar.",
    }
    client.post("/lapor/", form)
    client.post("/lapor/", {**form, field: others[field]})
    assert Complaint.objects.count() == 2


def test_an_agency_that_takes_no_complaints_can_not_be_chosen(city, client):
    closed = AgencyFactory(active=False)
    assert errors(client, agency=closed.pk) == {"agency"}


# Advice: what a site's search may say, and what of it is heard.


def suggestion(agency, *words):
    return advice.AgencySuggestion(agency, words, 0.9)


def advised(text=("Lampu jalan padam", "Sudah tiga malam."), chosen=None, **given):
    """Advice where a site's search says these things."""
    found = {SIMILAR: lambda *a: given.get("answers"), AGENCY: lambda *a: given.get("agency")}
    with (
        hooks.register_temporarily(SIMILAR, found[SIMILAR]),
        hooks.register_temporarily(AGENCY, found[AGENCY]),
    ):
        return advice.advise(*text, None, chosen)


@pytest.fixture
def _no_search(monkeypatch):
    """The site's own search has nothing to say here."""
    for name in (SIMILAR, AGENCY):
        monkeypatch.setitem(hooks._hooks, name, [])


@pytest.fixture
def agency(city, _no_search):
    return AgencyFactory(name="Dinas Contoh")


def test_no_more_than_three_answers_are_shown_the_most_alike_first(agency):
    assert advised(answers=list("abcde")).answers == ["a", "b", "c"]


@pytest.mark.parametrize(("length", "heard"), [(13, False), (14, True)])
def test_a_text_that_says_nothing_yet_is_not_asked_about(agency, length, heard):
    """Fourteen letters and the line between subject and text."""
    found = advised(answers=["a"], text=("x" * 7, "y" * (length - 7)))
    assert bool(found) == heard


def test_who_has_chosen_the_suggested_agency_is_told_nothing(agency):
    other = AgencyFactory()
    given = suggestion(agency, "lampu")
    assert advised(agency=given, chosen=agency.pk).suggestion is None
    assert advised(agency=given, chosen=other.pk).suggestion == given
    assert advised(agency=given).suggestion == given


def test_a_suggestion_that_gives_no_reason_is_not_made(agency):
    assert advised(agency=suggestion(agency)).suggestion is None


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("lampu",), "kata “lampu”"),
        (("lampu", "padam"), "“lampu” dan “padam”"),
        (("lampu", "jalan", "padam"), "“lampu”, “jalan” dan “padam”"),
    ],
)
def test_the_reason_names_the_citizens_own_words_and_the_agency(agency, words, named):
    reason = suggestion(agency, *words).reason
    assert named in reason and "Dinas Contoh" in reason


def test_the_next_search_is_asked_where_one_fails_or_is_silent(agency, caplog):
    def broken(text, limit):
        raise RuntimeError(text)

    with (
        hooks.register_temporarily(SIMILAR, broken, order=-2),
        hooks.register_temporarily(SIMILAR, lambda text, limit: [], order=-1),
        hooks.register_temporarily(SIMILAR, lambda text, limit: ["a"]),
    ):
        assert advice.advise("Lampu jalan padam", "Sudah lama.", None, None).answers == ["a"]
    # The log names the kind of error, and not a word that was typed.
    assert "RuntimeError" in caplog.text and "Lampu" not in caplog.text


def test_a_search_is_given_no_more_than_the_form_takes(agency):
    asked = []
    with hooks.register_temporarily(SIMILAR, lambda text, limit: asked.append((text, limit))):
        advice.advise("x" * 120, "y" * 9000, None, None)
    [(text, limit)] = asked
    assert (len(text), limit) == (5200, 3)


@pytest.mark.parametrize("category", [True, False])
def test_advice_while_writing_knows_the_chosen_subject_matter(agency, client, category):
    chosen = CategoryFactory()
    asked = []
    form = {"subject": "Lampu jalan padam", "body": "Sudah lama.", "category": str(chosen.pk)}
    with hooks.register_temporarily(AGENCY, lambda text, found: asked.append(found)):
        client.post("/lapor/saran/", form if category else {**form, "category": "x"})
    assert asked == [chosen if category else None]


@pytest.mark.parametrize("number", ["", "x", "-1", "²", "9" * 10, "9" * 9, "1.0", "0"])
def test_an_odd_number_in_advice_is_no_error(agency, client, number):
    form = {"subject": "Lampu jalan padam", "body": "Sudah lama.", "category": number}
    assert client.post("/lapor/saran/", {**form, "agency": number}).status_code == 204
