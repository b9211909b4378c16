"""What the public reads: lists, answers, feeds and sitemaps, mostly from finished HTML.

pages            hands the pages the functions that make their context
projection       projects a page into its public row
prerendering     renders answers into their rows, and invalidates them
fast_path        pages assembled from stored HTML
page_shell       head, menu and footer around a page, cached by the process
answer_context   the template context of one answer
pictures         an answer's pictures, and where the public gets them
list_context     the template context of the lists
list_filters     filters and order, read from an address
pagination       one page of a list, by keyset or by number
facets           what a list can be narrowed by, and how many answers each value leaves
timeline         the steps as people who aren't staff see them
feeds            RSS and Atom
sitemaps         for search engines
structured_data  what machines read on an answer's page
files/           these pages as files, for a web server to give out
neighbours       which answers stand beside one
signal_handlers  keep the public rows in step with the pages
views            the public's views
"""

from .list_filters import FILTERS, conditions, read_choice
from .pages import present
from .pagination import write_cursor
from .pictures import ready, reporter_address
from .prerendering import render_answers, render_missing
from .projection import hold, project, refresh
from .signal_handlers import register
from .structured_data import telephone_address
from .timeline import timeline_of

__all__ = [
    "FILTERS",
    "conditions",
    "facets",
    "feeds",
    "files",
    "hold",
    "pictures",
    "present",
    "project",
    "read_choice",
    "ready",
    "refresh",
    "register",
    "render_answers",
    "render_missing",
    "reporter_address",
    "sitemaps",
    "telephone_address",
    "timeline_of",
    "views",
    "write_cursor",
]
