"""What nobody sees, how a text is kept, and the way back from what is found."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from pengaduan_app.text import (
    LineField,
    Sought,
    TextField,
    is_blank,
    kept,
    one_line,
    shortened,
    without_invisible,
)
from pengaduan_app.text.signs import visible_length

BLANK = {
    "zero width": "\u200b\u200c\u200d",
    "word joiner and invisible operators": "\u2060\u2062\u2063\u2064",
    "soft hyphens": "\u00ad\u00ad",
    "direction signs": "\u200e\u202a\u202e\u2067\u2069\u061c",
    "byte order mark": "\ufeff",
    "fillers of Hangul": "\u115f\u1160\u3164\uffa0",
    "vowels of Khmer that are only inherent": "\u17b4\u17b5",
    "selectors of variants": "\ufe0f\U000e0101\u180b",
    "the joiner of graphemes": "\u034f",
    "letters of tags": "\U000e0041\U000e007f",
    "places kept for what nobody will see": "\u2065\ufff0\U000e0fff",
    "beams and slurs of music": "\U0001d173\U0001d17a",
    "the empty pattern of braille": "\u2800\u2800",
    "the null notehead": "\U0001d159",
    "no object": "\ufffc",
    "spaces of all widths": " \u00a0\u1680\u2003\u202f\u205f\u3000\t\r\n\u2028\x85",
    "controls": "\x00\x07\x1f\x7f\x9f",
    "private and free places": "\ue000\U0010fffd\ufdd0\uffff",
    "half a pair": "\ud800",
    "a mark upon nothing": "\u0301\u20e3",
}


@pytest.mark.parametrize("text", BLANK.values(), ids=BLANK)
def test_what_nobody_sees_is_blank(text):
    assert is_blank(text) and is_blank(text * 30) and visible_length(text * 30) == 0
    assert kept(text) == one_line(text) == ""


@pytest.mark.parametrize("text", ["a", ".", "🚧", "ق", "한", "1\u200b", "⠁", "\u0301e", "𐤀", "¸"])
def test_what_somebody_sees_is_not(text):
    assert not is_blank(text)
    assert kept(text)


def test_no_format_sign_of_unicode_passes_for_text():
    """Each of them, and all that Unicode adds: the category C is never drawn by itself."""
    signs = map(chr, range(sys.maxunicode + 1))
    assert all(is_blank(sign) for sign in signs if unicodedata.category(sign)[0] in "CZ")


@pytest.mark.parametrize(
    "text",
    [
        "Sudah 1½ bulan lampu mati, lubang 10² cm",
        "ﬁle №5 ℃ Ⅳ ①",
        "Ｗｕｌａｎ",
        "👨‍👩‍👧 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "Ma’ruf “kata” – …",
        "نمی‌خواهم",
    ],
)
def test_a_text_is_kept_as_it_was_typed(text):
    assert kept(text) == one_line(text) == text


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Cafe\u0301", "Caf\u00e9"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\x0bb\x0cc\u2028d\u2029e\x85f", "a\nb\nc\nd\ne\nf"),
        ("a\x00b\x08c\ud83dd\ufffee\U0001ffff", "abcde"),
        ("a\tb", "a\tb"),
    ],
)
def test_what_can_not_be_stored_is_left_out_and_breaks_count_once(typed, stored):
    assert kept(typed) == stored


def test_a_text_of_one_line_has_one():
    assert one_line(" Lampu \r\n mati\tdi\u2028sini ") == "Lampu mati di sini"


@pytest.mark.parametrize(
    ("text", "longest", "short"),
    [
        ("lampu", 5, "lampu"),
        ("lampu mati", 7, "lampu…"),
        ("lampu mati", 5, "lamp…"),
        ("x" * 300, 255, "x" * 254 + "…"),
        # Nothing is cut from its marks, and no family in two.
        ("ab\u0325\u0301cd", 4, "a…"),
    ],
)
def test_a_long_text_is_shortened(text, longest, short):
    assert shortened(text, longest) == short and len(short) <= longest


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_what_is_kept_is_kept_again_unchanged(text):
    once = kept(text)
    assert kept(once) == once == unicodedata.normalize("NFC", once)
    once.encode()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_a_find_is_replaced_and_all_around_it_stays(before, after):
    before, after = kept(before), kept(after)
    text = f"{before} 0８12 {after}"
    found = Sought.of(text)
    at = found.text.index(" 0812 ", len(Sought.of(before).text)) + 1
    assert found.replaced([(at, at + 4)], "[…]") == f"{before} […] {after}"


def test_the_searched_form_knows_look_alikes_and_where_they_stand():
    found = Sought.of("1½ ０８１２ Ｗｕ\u200bｌａｎ")
    assert found.text == "11⁄2 0812 Wulan"
    assert found.place(found.text.index("Wulan"), len(found.text)) == (8, 14)


def test_joiners_and_direction_signs_go():
    assert without_invisible("nama@contoh.id\u202c\u200e") == "nama@contoh.id"


# What would keep a worker busy for minutes is refused as it came.


@pytest.mark.parametrize(
    "field",
    [LineField(max_length=24), TextField(max_length=5000), LineField()],
    ids=["short", "long", "without a limit"],
)
@pytest.mark.parametrize("filler", [" ", "\u200b", "\u0300\u0316"], ids=["space", "none", "marks"])
def test_a_text_far_over_its_limit_is_not_even_read(field, filler, monkeypatch):
    monkeypatch.setattr(type(field), "cleaned", lambda self, text: pytest.fail("it was read"))
    with pytest.raises(ValidationError):
        field.clean("a" + filler * 1_000_000 + "b")


def test_the_refusal_names_the_limit_of_the_field():
    with pytest.raises(ValidationError, match="24"):
        LineField(max_length=24).clean("x" * 10_000)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("satu\ndua", "satu dua"),
        ("satu \n\t\n dua", "satu dua"),
        ("satu  dua", "satu  dua"),
        ("\n satu\n", "satu"),
    ],
)
def test_a_line_keeps_its_spaces_and_loses_its_breaks(text, line):
    assert one_line(text) == line
