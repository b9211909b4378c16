"""The words of the published answers: how common each is, and which one a misspelling means.

A word that no answer has is probably misspelled. The word that was meant is found by removing
a letter or two: a wrong, missing, doubled or swapped letter leaves the same rest. That is a
look-up by number, whatever the size of the vocabulary.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Collection, Iterable
from itertools import combinations

from django.db import connection
from django.db.models import F

from .indonesian import analyse, is_stop_word, stem
from .models import Misspelling, Word

# The lengths from which one wrong letter is corrected, and two.
ONE_ERROR, TWO_ERRORS = 4, 8
# Letters that the keys are made from; the rest is compared afterwards.
PREFIX = 7
BATCH = 300  # rows in one statement
ALL = ""  # the word that is counted for every answer

Known = tuple[str, str, int]  # word, stem, number of answers

_LOOK_UP = (
    "SELECT word, stem, answers FROM pengaduan_search_word WHERE word IN ({words}) "
    "UNION SELECT word, stem, answers FROM pengaduan_search_word WHERE stem IN ({stems}) "
    "UNION ALL SELECT NULL, NULL, number FROM pengaduan_search_stamp"
)
_ADD = (
    "INSERT INTO pengaduan_search_word (word, stem, answers) VALUES {rows} ON CONFLICT (word) "
    "DO UPDATE SET answers = pengaduan_search_word.answers + excluded.answers"
)


def words_of(*texts: str) -> set[str]:
    """The words that an answer with these texts adds to the vocabulary."""
    return {ALL, *(term.word for text in texts for term in analyse(text))}


def add(counts: Counter[str]) -> None:
    """Count these words for so many more answers."""
    # Sorted, so that two transactions can't deadlock.
    words = sorted(counts)
    for start in range(0, len(words), BATCH):
        batch = words[start : start + BATCH]
        known = set(Word.objects.filter(word__in=batch).values_list("word", flat=True))
        values = [value for word in batch for value in (word, stem(word), counts[word])]
        with connection.cursor() as cursor:
            cursor.execute(_ADD.format(rows=", ".join(["(%s, %s, %s)"] * len(batch))), values)
        _add_misspellings([word for word in batch if word not in known])


def _add_misspellings(words: list[str]) -> None:
    long = [word for word in words if is_correctable(word)]
    Misspelling.objects.bulk_create(
        (
            Misspelling(word=row, key=key)
            for row in Word.objects.filter(word__in=long)
            for key in keys_of(row.word)
        ),
        batch_size=BATCH,
    )


def take(words: Collection[str], answers: int = 1) -> None:
    """Count these words for so many fewer answers, and delete those that no answer has."""
    # Locked in the same order as in `add`.
    rows = Word.objects.filter(word__in=words).order_by("word").select_for_update()
    found = [row.pk for row in rows]
    Word.objects.filter(pk__in=found).update(answers=F("answers") - answers)
    Word.objects.filter(pk__in=found, answers__lte=0).delete()


def is_correctable(word: str) -> bool:
    return len(word) >= ONE_ERROR and word.isalpha() and not is_stop_word(word)


def errors_in(word: str) -> int:
    """How many typing errors are corrected in a word of this length."""
    return (len(word) >= ONE_ERROR) + (len(word) >= TWO_ERRORS)


def keys_of(word: str) -> set[int]:
    """Hashes of the word with up to `errors_in` letters removed."""
    start = word[:PREFIX]
    kept = [
        "".join(letters)
        for less in range(errors_in(word) + 1)
        for letters in combinations(start, len(start) - less)
    ]
    return {zlib.crc32(rest.encode()) for rest in kept}


def look_up(words: Iterable[str], stems: Iterable[str]) -> tuple[int, list[Known]]:
    """The reference data's stamp, and the known words with these words or stems.

    A single query, with which each search starts.
    """
    wanted, roots = sorted({ALL, *words}), sorted(set(stems))
    with connection.cursor() as cursor:
        cursor.execute(
            _LOOK_UP.format(words=_places(wanted), stems=_places(roots)), [*wanted, *roots]
        )
        rows = cursor.fetchall()
    stamp = next((number for word, _stem, number in rows if word is None), 0)
    return stamp, [row for row in rows if row[0] is not None]


def _places(values: Collection[str]) -> str:
    return ", ".join(["%s"] * len(values)) or "NULL"


def likely(words: Iterable[str]) -> dict[str, list[Known]]:
    """For each word, the words that were probably meant, best first."""
    words = set(words)
    keys = {key for word in words for key in keys_of(word)}
    rows = set(
        Word.objects.filter(misspellings__key__in=keys).values_list("word", "stem", "answers")
    )
    return {word: _nearest(word, rows) for word in words}


def _nearest(word: str, rows: Iterable[Known]) -> list[Known]:
    judged = []
    for row in rows:
        errors = distance(word, row[0])
        if errors <= min(errors_in(word), errors_in(row[0])):
            # People seldom get the first letter wrong.
            judged.append((errors, row[0][0] != word[0], -row[2], row))
    return [row for *_judgement, row in sorted(judged)]


def distance(one: str, other: str) -> int:
    """The typing errors between two words: an extra, missing or wrong letter, or two swapped."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
