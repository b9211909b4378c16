"""Indonesian words for a search: how chats spell them, and which stem they have.

Pure: no Django, no database. `analyse` cuts a text into terms, each with its position, the
word in its proper spelling, and the stem that is searched. The two existing stemmers each
miss words that the other gets; `bench/stems.py` measures them beside ours.

| file | what it does |
|---|---|
| `text` | texts to terms |
| `spelling` | the abbreviations of chats and letters, spelled out |
| `stopwords` | words that help to find nothing, or only tell place, time and people |
| `stemmer` `exceptions` | one stemmer out of two, and the words that both get wrong |
"""

from .exceptions import keep
from .stemmer import stem
from .stopwords import is_circumstance, is_stop_word
from .text import Term, analyse, normalise, stems_in, terms_of

__all__ = [
    "Term",
    "analyse",
    "is_circumstance",
    "is_stop_word",
    "keep",
    "normalise",
    "stem",
    "stems_in",
    "terms_of",
]
