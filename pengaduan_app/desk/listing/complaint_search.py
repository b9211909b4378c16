"""Finds complaints by ticket, words, place and agency, for the list and the admin's big search.

It reads the complaint's own columns among the rows that the user may see; who sent it stands in
the vault, which no search reads. Every word of the query must be there, in any order. A word
matches inside a longer one and by its root, so that lubang, berlubang and pelubangan find each
other. That is a scan of the rows that the user may see; for full-text ranking there is the search
of published answers (contrib/search).
"""

from __future__ import annotations

import itertools
import re
import unicodedata

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.search import SearchArea

from ... import conf, permissions
from ...actions import TICKET_ALPHABET, normalised
from ...models import Agency, Category, Complaint, Village
from ...permissions import Staff, StaffRequest
from ...privacy import is_little, root_of

MOST_WORDS = 10
# A shorter word stands in too many others: RT, 3.
SHORTEST_INSIDE = 3
# Signs that no ticket has, and those that they are mistaken for.
LOOK_ALIKE = {"0": "QD", "O": "QD", "1": "J7", "I": "J", "L": "J", "U": "V"}
# A number without its beginning is looked for in this many years.
YEARS = 10
TAIL = len("XXXXXXXX")


def find_ticket(user: Staff, query: str) -> Complaint | None:
    """The complaint that the user may see with this ticket number, however it is written: in
    any case, with spaces or without hyphens, without its beginning, or with O for Q."""
    tickets = _tickets_meant(normalised(unicodedata.normalize("NFKC", query)))
    found = list(Complaint.objects.visible_to(user).filter(ticket__in=tickets)[:2])
    return found[0] if len(found) == 1 else None


def _tickets_meant(signs: str) -> list[str]:
    """The ticket numbers that these letters and digits may stand for."""
    head, tail = signs[:-TAIL], signs[-TAIL:]
    readings = [sign if sign in TICKET_ALPHABET else LOOK_ALIKE.get(sign, "") for sign in tail]
    # More than three doubtful signs are a word, and no number.
    if len(tail) < TAIL or sum(len(reading) != 1 for reading in readings) > 3:
        return []
    prefix, year = conf.get("PENGADUAN_TICKET_PREFIX"), timezone.localdate().year
    heads = [head] if head else [f"{prefix}{(year - ago) % 100:02}" for ago in range(YEARS)]
    tails = ["".join(signs) for signs in itertools.product(*readings)]
    return [f"{head}-{tail[:4]}-{tail[4:]}" for head in heads for tail in tails]


def search(complaints: QuerySet[Complaint], query: str) -> QuerySet[Complaint]:
    """Those of the complaints in which every word of the query stands; all if it has no word."""
    for word in _words_of(query):
        complaints = complaints.filter(_has(word))
    return complaints


def _words_of(query: str) -> list[str]:
    """The words to look for: without those that only hold a sentence together."""
    words = list(dict.fromkeys(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", query))))
    telling = [word for word in words if not is_little(word)]
    return (telling or words)[:MOST_WORDS]


def _has(word: str) -> Q:
    """True of complaints with this word in their ticket, words, place, agency or category."""
    return (
        _in_any(("ticket", "subject", "body", "place"), word)
        | Q(agency__in=Agency.objects.filter(_in_any(("name", "short_name"), word)))
        | Q(village__in=Village.objects.filter(_in_any(("name", "district"), word)))
        | Q(category__in=Category.objects.filter(_in_any(("name",), word)))
    )


def _in_any(fields: tuple[str, ...], word: str) -> Q:
    """True of rows in which one of the fields has the word or its root."""
    found = Q(pk__in=[])
    for field, text in itertools.product(fields, dict.fromkeys([word, root_of(word)])):
        has = Q(**{f"{field}__icontains": text})
        if len(word) < SHORTEST_INSIDE:
            # A word of its own. Asked second: SQLite's regular expressions are slow.
            has &= Q(**{f"{field}__iregex": rf"(^|[^0-9A-Za-z]){text}([^0-9A-Za-z]|$)"})
        found |= has
    return found


class ComplaintSearchArea(SearchArea):
    """The first of the admin's searches, and so what the sidebar's field asks, for everybody
    who works with complaints; Wagtail's search of pages comes after it."""

    def __init__(self) -> None:
        super().__init__(
            _("Complaints"),
            reverse("pengaduan_admin:list"),
            "complaints",
            icon_name="mail",
            order=10,
        )

    def is_shown(self, request: StaffRequest) -> bool:
        policy = permissions.ComplaintPermissionPolicy(Complaint)
        return policy.user_has_permission(request.user, "view")
