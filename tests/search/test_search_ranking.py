"""Which of two answers comes first: the rules of the ranking, whatever its numbers are.

Each test sets two answers side by side that differ in one thing alone.
"""

from __future__ import annotations

import pytest

from pengaduan_app.contrib.search.query import Wanted
from pengaduan_app.contrib.search.ranking import Candidate, rank, rarity, weight_of, worthwhile

TOTAL = 600
# What fills a text up, and is never searched for.
FILLER = ("lain", "warna", "meja", "kursi")


def want(text: str, answers: int = 10, **more) -> Wanted:
    """One thing that is asked for, by a word or a phrase that so many answers have."""
    return Wanted(
        phrases=(tuple(text.split()),), word=text, start=0, end=0, answers=answers, **more
    )


def answer(pk: int, title: str = "", body: str = "", about: str = "", day: int = 1) -> Candidate:
    """As the index keeps it: words between spaces."""
    texts = (f" {text} " for text in (title, body, about))
    return Candidate(pk, 1, 1, 2025, day, *texts)


def text_of(words: int, *said: str) -> str:
    """A text of so many words, the last of which are these."""
    filler = [FILLER[number % len(FILLER)] for number in range(words - len(said))]
    return " ".join([*filler, *said])


def times(word: str, number: int) -> list[str]:
    """A word said so often, never twice in a row: that would be its plural."""
    return [*([word, FILLER[0]] * (number - 1)), word]


def order(candidates, *wanted: Wanted) -> list[int]:
    return [each.pk for _score, each in rank(candidates, list(wanted), TOTAL)]


def scores(candidates, *wanted: Wanted) -> dict[int, float]:
    return {each.pk: score for score, each in rank(candidates, list(wanted), TOTAL)}


# The older one is the better one in each of these, so that its date doesn't help it.


def assert_better(better: dict, worse: dict, *wanted: Wanted) -> None:
    """The first of the two comes first, although it is years older and has the lower key."""
    pair = [answer(1, day=1, **better), answer(2, day=2000, **worse)]
    assert order(pair, *wanted) == order(pair[::-1], *wanted) == [1, 2]


def test_a_word_in_the_title_counts_more_than_in_the_text():
    filler = text_of(100)
    assert_better(
        {"title": "lampu", "body": filler},
        {"title": "lain", "body": f"{filler} lampu"},
        want("lampu"),
    )


def test_a_word_in_the_text_counts_more_than_in_the_names_beside_it():
    filler = text_of(100)
    assert_better({"body": f"{filler} lampu"}, {"body": filler, "about": "lampu"}, want("lampu"))


def test_a_word_in_the_names_beside_an_answer_counts_for_something():
    assert_better({"body": "meja", "about": "lampu"}, {"body": "meja lampion"}, want("lampu"))


def test_a_word_said_often_counts_more_than_one_said_once():
    assert_better(
        {"body": text_of(100, *times("lampu", 3))},
        {"body": text_of(100, "lampu")},
        want("lampu"),
    )


def test_each_time_more_counts_less():
    """Else who repeats a word ten times would stand above who speaks of it."""
    often = [answer(n, body=text_of(100, *times("lampu", n))) for n in (1, 2, 3, 4, 40)]
    found = scores(often, want("lampu"))
    gains = [found[n + 1] - found[n] for n in (1, 2, 3)]
    assert gains[0] > gains[1] > gains[2] > 0
    assert found[40] - found[1] < 1


def test_the_shorter_of_two_answers_is_more_about_it():
    assert_better({"body": text_of(60, "lampu")}, {"body": text_of(3000, "lampu")}, want("lampu"))


def test_a_long_answer_that_says_it_twice_is_not_beaten_by_a_short_one():
    """Length holds back and doesn't decide: careful answers are long."""
    assert_better(
        {"body": text_of(300, *times("lampu", 2))}, {"body": text_of(100, "lampu")}, want("lampu")
    )


def test_two_words_said_once_count_more_than_one_of_them_in_the_title_and_often():
    wanted = want("lampu", answers=60), want("taman", answers=60)
    assert_better(
        {"body": text_of(200, "lampu", "taman")},
        {"title": "lampu", "body": text_of(200, *times("lampu", 20))},
        *wanted,
    )


@pytest.mark.parametrize("common", [50, 300, 600])
def test_a_rare_word_counts_more_than_a_common_one(common):
    body = text_of(100)
    assert_better(
        {"body": f"{body} cerobong"},
        {"title": "sampah", "body": f"{body} sampah dan sampah"},
        want("cerobong", answers=5),
        want("sampah", answers=common),
    )


def test_a_phrase_counts_more_than_a_word_as_rare():
    body = text_of(100)
    assert_better(
        {"body": f"{body} lampu jalan"},
        {"body": f"{body} trotoar"},
        want("lampu jalan"),
        want("trotoar"),
    )


def test_who_names_a_place_wants_that_place():
    body = text_of(100)
    assert_better(
        {"body": f"{body} meri"},
        {"body": f"{body} banjir"},
        want("meri", is_place=True),
        want("banjir"),
    )


def test_any_of_several_names_for_the_same_thing_will_do():
    wanted = Wanted(phrases=(("pju",), ("lampu", "jalan")), word="pju", start=0, end=0, answers=10)
    body = text_of(100)
    found = scores([answer(1, body=f"{body} pju"), answer(2, body=f"{body} lampu jalan")], wanted)
    assert found[1] == pytest.approx(found[2], rel=0.01)


def test_a_part_of_a_longer_word_is_not_the_word():
    pair = [answer(1, body="lampu"), answer(2, title="lampung", body="sublampu lampung")]
    found = scores(pair, want("lampu"))
    assert order(pair, want("lampu")) == [1, 2]
    assert found[2] < 0.1


# A name whose words stand apart.


def test_a_name_as_it_stands_comes_before_its_words_apart():
    assert_better(
        {"body": text_of(200, "pasar", "tanjung")},
        {"title": "pasar lama tanjung", "body": text_of(200, "pasar", "meja", "tanjung")},
        want("pasar tanjung"),
    )


def test_a_name_apart_comes_before_an_answer_without_it():
    assert_better(
        {"body": text_of(100, "pasar", "meja", "tanjung")},
        {"body": text_of(100)},
        want("pasar tanjung"),
    )


def test_a_name_apart_in_the_title_comes_before_one_apart_in_the_text():
    body = text_of(100)
    assert_better(
        {"title": "pasar lama tanjung", "body": body},
        {"title": "lama", "body": f"{body} pasar lama tanjung"},
        want("pasar tanjung"),
    )


def test_half_of_a_name_is_nothing_of_it():
    body = text_of(100)
    half = answer(1, title="pasar", body=f"{body} pasar")
    none = answer(2, title="meja", body=f"{body} kursi")
    found = scores([half, none], want("pasar tanjung"))
    assert found[1] == found[2]


def test_what_was_quoted_is_not_looked_for_apart():
    body = text_of(100, "pasar", "meja", "tanjung")
    found = scores([answer(1, body=body)], want("pasar tanjung", is_quoted=True))
    assert found[1] < 0.1


# Dates decide between equals alone.


def test_of_two_equal_answers_the_newer_comes_first():
    texts = {"title": "lampu", "body": text_of(100, "lampu")}
    pair = [answer(1, day=3000, **texts), answer(2, day=2000, **texts)]
    assert order(pair, want("lampu")) == order(pair[::-1], want("lampu")) == [1, 2]


def test_of_two_answers_of_one_day_the_later_written_comes_first():
    pair = [answer(pk, title="lampu", day=5) for pk in (1, 2)]
    assert order(pair, want("lampu")) == order(pair[::-1], want("lampu")) == [2, 1]


def test_what_is_new_gains_little_and_less_with_each_year():
    texts = {"title": "lampu", "body": text_of(100, "lampu")}
    years = [answer(n, day=4000 - 365 * n, **texts) for n in range(4)]
    found = scores(years, want("lampu"))
    losses = [found[n] - found[n + 1] for n in range(3)]
    assert losses[0] > losses[1] > losses[2] > 0
    assert found[0] - found[3] < 0.1
    month = scores([answer(1, day=4000, **texts), answer(2, day=3970, **texts)], want("lampu"))
    assert month[1] - month[2] < losses[0] / 4


def test_nothing_found_is_nothing_ranked():
    assert rank([], [want("lampu")], TOTAL) == []


# How much a word tells.


def test_a_word_tells_less_the_more_answers_have_it_and_never_against_one():
    told = [rarity(answers, TOTAL) for answers in (0, 1, 5, 50, 300, 599, 600)]
    assert told == sorted(told, reverse=True)
    assert len(set(told)) == len(told)
    assert told[-1] > 0


def test_more_answers_than_there_are_is_an_old_count_and_no_error():
    assert rarity(700, TOTAL) == rarity(TOTAL, TOTAL)


def test_each_word_of_a_phrase_adds_to_its_weight():
    weights = [weight_of(want(text), TOTAL) for text in ("a", "a b", "a b c")]
    assert weights[0] < weights[1] < weights[2]
    assert weight_of(want("a", is_place=True), TOTAL) > weights[0]


def test_of_what_lacks_a_word_only_the_near_ones_are_worth_showing():
    ranked = [(score, answer(pk)) for pk, score in enumerate((4.0, 3.0, 2.0, 1.9, 0.5))]
    assert [each.pk for _score, each in worthwhile(ranked, share=0.5, most=9)] == [0, 1, 2]
    assert [each.pk for _score, each in worthwhile(ranked, share=0.5, most=2)] == [0, 1]
