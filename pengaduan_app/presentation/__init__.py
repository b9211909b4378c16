"""How moments, numbers, tables and files are written for people, and keys read from them.

formats       names, moments, days, lengths of time and ratings in words
quantities    the median, the share, and how figures are written
charts        bar and line charts as SVG inside the page
spreadsheets  keeps cells of exported files from being formulas
pdf           finished HTML as a PDF
downloads     stored files, served so that no browser runs them
keys          primary keys as a browser sends them
"""

from .downloads import attachment_response
from .formats import (
    clock,
    duration,
    long_day,
    moment_today,
    person_name,
    score_in_words,
    short_day,
    short_moment,
    wib,
)
from .keys import read_key
from .pdf import PdfUnavailable, pdf_response
from .quantities import (
    FEW,
    NO_FIGURE,
    Share,
    count_text,
    few_note,
    median,
    place_of,
    seconds_text,
    share_text,
)
from .spreadsheets import harmless

__all__ = [
    "FEW",
    "NO_FIGURE",
    "PdfUnavailable",
    "Share",
    "attachment_response",
    "charts",
    "clock",
    "count_text",
    "duration",
    "few_note",
    "harmless",
    "long_day",
    "median",
    "moment_today",
    "pdf_response",
    "person_name",
    "place_of",
    "read_key",
    "score_in_words",
    "seconds_text",
    "share_text",
    "short_day",
    "short_moment",
    "wib",
]
