"""What the public reads: lists, answers, feeds and sitemaps, mostly from finished HTML.

pages            hands the pages what their templates are given
projection       makes a page's public row
prerendering     renders answers into their rows, and invalidates them
fast_path        pages put together from what is rendered already
page_shell       head, menu and foot around a page, kept by the process
answer_context   what the template of one answer is given
list_context     what the templates of lists are given
list_filters     what an address asks a list for
pagination       the page of a list, by keyset or by number
facets           what a list can be narrowed by, and how many answers each value leaves
timeline         the steps as people who aren't staff see them
feeds            RSS and Atom
sitemaps         for search engines
structured_data  what machines read on an answer's page
signal_handlers  keep the public rows in step with the pages
views            the public's addresses
"""

from .list_filters import FILTERS, conditions, read_choice
from .pages import present
from .pagination import write_cursor
from .prerendering import draw, draw_missing
from .projection import face_of, hold, refresh
from .signal_handlers import register
from .structured_data import telephone_address
from .timeline import timeline_of

__all__ = [
    "FILTERS",
    "conditions",
    "draw",
    "draw_missing",
    "face_of",
    "facets",
    "feeds",
    "hold",
    "present",
    "read_choice",
    "refresh",
    "register",
    "sitemaps",
    "telephone_address",
    "timeline_of",
    "views",
    "write_cursor",
]
