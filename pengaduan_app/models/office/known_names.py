"""The names of the city's places and agencies, which a reporter may have too."""

from __future__ import annotations

import re

from wagtail.models import Site

from .agency import Agency
from .letterhead import Letterhead
from .reference_data import Village


def known_names() -> frozenset[str]:
    """The names of villages, districts, agencies and the city, and their words, casefolded."""
    rows = [
        *Agency.objects.values_list("name", "short_name"),
        *Village.objects.values_list("name", "district"),
        *Letterhead.objects.values_list("government", "place"),
        *Site.objects.values_list("site_name"),
    ]
    found: set[str] = set()
    for name in (name for row in rows for name in row):
        words = re.findall(r"[^\W\d_]+", name.casefold())
        found |= {" ".join(words), *words}
    return frozenset(found - {""})
