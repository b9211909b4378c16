"""The small parts of the search: what is marked, how a query is read, which word was meant."""

from __future__ import annotations

import pytest

from pengaduan_app.contrib.search import vocabulary
from pengaduan_app.contrib.search.highlighting import EXCERPT, LEAD, excerpt, marked
from pengaduan_app.contrib.search.models import Misspelling
from pengaduan_app.contrib.search.query import (
    LONGEST_QUERY,
    Names,
    Wanted,
    cleaned,
    counted,
    is_vague,
    parse,
    rarest,
    unquoted,
    word_by_word,
)
from pengaduan_app.contrib.search.synonym_lines import names_of

# Marks.


@pytest.mark.parametrize(
    ("text", "stems", "html"),
    [
        ("Lampu jalan padam", {"lampu"}, "<mark>Lampu</mark> jalan padam"),
        ("Lampu jalan padam", set(), "Lampu jalan padam"),
        # By its stem, and the whole word.
        ("Penerangan kurang", {"terang"}, "<mark>Penerangan</mark> kurang"),
        ("Lampu, lampu!", {"lampu"}, "<mark>Lampu</mark>, <mark>lampu</mark>!"),
        # Everything else is escaped, before, in and behind the marked word.
        ("<b>&lampu</b>", {"lampu"}, "&lt;b&gt;&amp;<mark>lampu</mark>&lt;/b&gt;"),
        ("lampu \"dan\" 'x'", {"lampu"}, "<mark>lampu</mark> &quot;dan&quot; &#x27;x&#x27;"),
        ("", {"lampu"}, ""),
    ],
)
def test_words_with_the_stem_are_marked_and_the_rest_is_escaped(text, stems, html):
    assert marked(text, stems) == html


LONG = "kata " * 60


def test_a_short_text_is_shown_whole():
    text = "Lampu jalan padam."
    assert excerpt([text], {"lampu"}) == "<mark>Lampu</mark> jalan padam."


@pytest.mark.parametrize(("length", "cut"), [(EXCERPT, False), (EXCERPT + 1, True)])
def test_a_text_is_cut_only_where_it_is_longer_than_an_excerpt(length, cut):
    text = "x" * 150 + " " + "y" * (length - 151)
    assert excerpt([text], set()).endswith("…") == cut


def test_an_excerpt_begins_and_ends_between_words():
    text = excerpt([f"{LONG}lampu padam {LONG}"], {"lampu"})
    assert text.startswith("…kata ") and text.endswith("kata…")
    assert "<mark>lampu</mark>" in text


def test_an_excerpt_has_some_words_before_the_first_mark():
    before = excerpt([f"{LONG}lampu"], {"lampu"}).partition("<mark>")[0]
    assert LEAD - 10 <= len(before) <= LEAD + 1


def test_a_mark_near_the_beginning_needs_no_cut_before_it():
    assert excerpt([f"Ada lampu. {LONG}"], {"lampu"}).startswith("Ada <mark>lampu</mark>.")


def test_an_excerpt_is_taken_where_most_of_the_words_are():
    text = f"lampu {LONG}{LONG}lampu jalan padam"
    assert "<mark>jalan</mark> <mark>padam</mark>" in excerpt([text], {"lampu", "jalan", "padam"})


def test_one_word_often_is_less_than_two_words_once():
    text = f"lampu lampu lampu {LONG}{LONG}lampu padam"
    assert "<mark>padam</mark>" in excerpt([text], {"lampu", "padam"})


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (["Jalan rusak.", "Lampu padam."], "<mark>Lampu</mark> padam."),
        # Where both have as much, the question goes before the answer.
        (["Lampu mati.", "Lampu padam."], "<mark>Lampu</mark> mati."),
        (["Jalan rusak.", "Pohon tumbang."], "Jalan rusak."),
    ],
)
def test_an_excerpt_is_of_the_text_that_says_most(texts, shown):
    assert excerpt(texts, {"lampu"}) == shown


def test_the_excerpt_of_a_text_without_a_space_has_an_end():
    assert len(excerpt(["x" * 5000], set())) <= EXCERPT + 1


# Queries.


NAMES = Names(
    {
        ("kartu", "keluarga"): (("kartu", "keluarga"), ("kk",)),
        ("kk",): (("kk",), ("kartu", "keluarga")),
    },
    frozenset({("prajurit", "kulon")}),
)


def read(text: str, names: Names = NAMES) -> list[str]:
    return [wanted.word for wanted in parse(text, names)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lampu jalan", ["lampu", "jalan"]),
        ("kartu keluarga hilang", ["kartu keluarga", "hilang"]),
        ("hilang kartu keluarga", ["hilang", "kartu keluarga"]),
        # Half a name is no name.
        ("kartu hilang", ["kartu", "hilang"]),
        ("prajurit kulon", ["prajurit kulon"]),
        # Said twice, or by its synonym, it is asked for once.
        ("lampu lampu", ["lampu"]),
        ("kk kartu keluarga", ["kk"]),
        ('lampu "jalan rusak" got', ["lampu", "jalan rusak", "got"]),
        ('"lampu" jalan', ["lampu", "jalan"]),
        ("", []),
    ],
)
def test_names_are_read_as_one_thing_and_nothing_is_asked_twice(text, words):
    assert read(text) == words


def test_each_part_of_a_query_knows_where_it_was_typed():
    """What was misspelled is replaced there and nowhere else."""
    text = 'lampu "jalan rusak" kartu keluarga'
    assert [text[each.start : each.end] for each in parse(text, NAMES)] == [
        "lampu", "jalan rusak", "kartu keluarga",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "lone", "place", "apart"),
    [
        ("lampu", True, False, ()),
        ("kk", False, False, ()),
        ("kartu keluarga", False, False, ("kartu", "keluarga")),
        # A place is a place: its words apart mean something else.
        ("prajurit kulon", False, True, ()),
        # What was quoted stands word for word.
        ('"kartu keluarga"', False, False, ()),
    ],
)
def test_what_may_be_corrected_or_stand_apart(text, lone, place, apart):
    [wanted] = parse(text, NAMES)
    assert (wanted.is_lone, wanted.is_place, wanted.apart) == (lone, place, apart)


@pytest.mark.parametrize(
    ("text", "vague"), [("yang tidak", True), ("yang lampu", False), ('"yang"', False), ("", False)]
)
def test_a_query_of_small_words_alone_is_vague(text, vague):
    assert is_vague(parse(text, NAMES)) == vague


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  lampu  ", "lampu"),
        ("lampu\x00jalan", "lampu jalan"),
        ("x" * 300, "x" * LONGEST_QUERY),
        # Cut after the blanks are gone, so that they cost nothing.
        (" " * 300 + "lampu", "lampu"),
    ],
)
def test_a_query_is_cut_to_its_length(typed, kept):
    assert cleaned(typed) == kept


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ('"lampu jalan"', "lampu jalan"),
        ("a “b c” d", "a b c d"),
        ('"lampu', "lampu"),
        ("a b", "a b"),
    ],
)
def test_without_quotation_marks_the_words_stay(typed, plain):
    assert unquoted(typed) == plain


def wanted(word: str, answers: int, start: int = 0, **more) -> Wanted:
    phrase = tuple(word.split())
    return Wanted((phrase,), word, start, start + len(word), answers=answers, **more)


def test_the_rarest_words_are_kept_and_of_equal_ones_the_first():
    groups = [wanted("a", 5, 0), wanted("b", 1, 2), wanted("c", 5, 4), wanted("d", 9, 6)]
    assert [each.word for each in rarest(groups, 3)] == ["b", "a", "c"]
    assert len(rarest([wanted(str(n), n, n) for n in range(20)])) == 8


def test_a_phrase_is_as_rare_as_its_rarest_word_and_a_name_as_its_commonest_phrase():
    [name] = parse("kartu keluarga", NAMES)
    known = [("kartu", "kartu", 50), ("keluarga", "keluarga", 30), ("kk", "kk", 4)]
    [found] = counted([name], known)
    assert found.answers == 30
    assert [word.answers for word in found.words] == [50, 30]
    # Two words of one stem count together.
    more = [*known, ("keluarganya", "keluarga", 7)]
    assert counted([name], more)[0].answers == 37


def test_word_by_word_a_place_stays_whole_and_what_nobody_has_is_left_out():
    name = wanted("a b", 2, words=(wanted("a", 3), wanted("b", 0, 2)))
    place = wanted("c d", 1, 4, is_place=True, words=(wanted("c", 9, 4), wanted("d", 9, 6)))
    assert [each.word for each in word_by_word([name, place])] == ["a", "c d"]


# The word that was meant.


@pytest.mark.parametrize(
    ("one", "other", "errors"),
    [
        ("lampu", "lampu", 0),
        ("lampu", "lapu", 1),
        ("lampu", "lamppu", 1),
        ("lampu", "lanpu", 1),
        ("lampu", "lapmu", 1),
        ("lampu", "pumal", 4),
        ("", "abc", 3),
    ],
)
def test_a_typing_error_is_a_letter_too_many_too_few_wrong_or_two_swapped(one, other, errors):
    assert vocabulary.distance(one, other) == vocabulary.distance(other, one) == errors


@pytest.mark.parametrize(
    ("word", "errors"), [("got", 0), ("lamp", 1), ("lampu", 1), ("jembata", 1), ("jembatan", 2)]
)
def test_longer_words_may_have_more_errors(word, errors):
    assert vocabulary.errors_in(word) == errors


@pytest.mark.parametrize(
    ("word", "correctable"), [("lampu", True), ("got", False), ("rt05", False), ("tidak", False)]
)
def test_short_words_numbers_and_small_words_are_left_as_they_are(word, correctable):
    assert vocabulary.is_correctable(word) == correctable


def known(**answers: int) -> None:
    for word, number in answers.items():
        vocabulary.add({word: number})


def meant(word: str) -> list[str]:
    return [row[0] for row in vocabulary.likely([word])[word]]


def test_the_nearest_word_is_meant_then_that_with_the_first_letter_then_the_commonest(db):
    known(lampu=1, lampa=9, rampi=50, lompat=99)
    # One error each; people seldom get the first letter wrong, however common the other is.
    assert meant("lampi") == ["lampa", "lampu", "rampi"]


def test_a_word_that_no_answer_has_any_more_is_not_offered(db):
    known(lampu=2)
    vocabulary.take({"lampu"})
    assert meant("lampi") == ["lampu"]
    vocabulary.take({"lampu"})
    assert meant("lampi") == []


def test_a_word_that_is_counted_again_has_its_misspellings_once(db):
    known(jembatan=1)
    before = Misspelling.objects.count()
    known(jembatan=1)
    assert Misspelling.objects.count() == before > 0


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("lampu, pju", [("lampu",), ("pju",)]),
        ("lampu,,pju,", [("lampu",), ("pju",)]),
        ("lampu, Lampu, LAMPU", [("lampu",)]),
        ("", []),
    ],
)
def test_a_line_of_synonyms_names_each_once(line, names):
    assert names_of(line) == names
