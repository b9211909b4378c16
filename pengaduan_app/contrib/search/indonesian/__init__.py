"""Indonesian words for a search: how they are spelled in chats, and what they come from.

Pure: knows no Django and no database. `analyse` cuts a text into terms, each with the
letters as people see them, the word as it is spelled properly, and the stem that is
searched. The two stemmers that exist each miss words the other gets; `bench/stems.py`
measures them beside ours.
"""

from .stemmer import stem
from .stopwords import is_circumstance, is_stop_word
from .text import Term, analyse, normalise, stems_in, terms_of

__all__ = [
    "Term",
    "analyse",
    "is_circumstance",
    "is_stop_word",
    "normalise",
    "stem",
    "stems_in",
    "terms_of",
]
