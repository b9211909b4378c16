"""What a browser sends as a primary key is a plain number or nothing."""

import pytest

from pengaduan_app.presentation import read_key


@pytest.mark.parametrize(("text", "key"), [("7", 7), ("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_a_plain_number_is_a_key(text, key):
    assert read_key(text) == key


@pytest.mark.parametrize("text", ["", " ", "x", "7x", "1.5", "None", "all"])
def test_a_word_is_no_key(text):
    assert read_key(text) is None


@pytest.mark.parametrize("text", ["-1", "+1", " 1", "1 ", "1\n", "1_0", "٣", "３", "²"])
def test_other_spellings_that_python_may_read_are_no_key(text):
    assert read_key(text) is None


@pytest.mark.parametrize("digits", [19, 20, 5000])
def test_a_number_too_large_for_the_database_is_no_key(digits):
    assert read_key("9" * digits) is None
