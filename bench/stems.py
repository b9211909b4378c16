"""How many judged pairs of words each stemmer gets right: `python -m bench.stems`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import snowballstemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from pengaduan_app.contrib.search.indonesian import stem

PAIRS = Path(__file__).parent / "data/word_pairs.txt"


def stemmers() -> dict[str, Callable[[str], str]]:
    """The stemmers to compare, by name."""
    return {
        "Snowball": snowballstemmer.stemmer("indonesian").stemWord,
        "Sastrawi": StemmerFactory().create_stemmer().stem,
        "ours": stem,
    }


def pairs() -> Iterator[tuple[str, bool, str, str]]:
    """(part, whether both must have one stem, word, word) for every judged pair."""
    part = ""
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            part = line.strip("[]")
        elif line and not line.startswith("#"):
            sign, one, other = line.split()
            yield part, sign == "+", one, other


def wrong(stemmer: Callable[[str], str], part: str) -> list[str]:
    """The pairs of one part that a stemmer gets wrong, as text."""
    return [
        f"{'+' if meet else '-'} {one}→{stemmer(one)} {other}→{stemmer(other)}"
        for name, meet, one, other in pairs()
        if name == part and (stemmer(one) == stemmer(other)) != meet
    ]


def main() -> None:
    for part in ("tuned", "aside"):
        total = sum(name == part for name, *_rest in pairs())
        for name, stemmer in stemmers().items():
            mistakes = wrong(stemmer, part)
            share = 100 * (total - len(mistakes)) / total
            sys.stdout.write(f"{part:6} {name:9} {total - len(mistakes)}/{total} {share:.1f} %\n")
            if "-v" in sys.argv:
                sys.stdout.writelines(f"    {line}\n" for line in mistakes)


if __name__ == "__main__":
    main()
