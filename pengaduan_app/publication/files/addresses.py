"""Which addresses are files, and which of them show an answer."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse
from wagtail import hooks
from wagtail.models import Site

from ...models import Agency, FileChange, PublishedAnswer, answer_address
from ..answer_context import RELATED_HOOK
from ..neighbours import Place, around
from ..prerendering import finished

# Functions of this hook return further addresses of the site that show the newest answers, such
# as its front page.
LISTING_HOOK = "pengaduan_listing_addresses"


class Origin(NamedTuple):
    """Scheme, host name and port under which the public finds the site."""

    scheme: str
    host: str
    port: int

    @property
    def netloc(self) -> str:
        """The host as browsers send it: without the usual port."""
        usual = {"http": 80, "https": 443}[self.scheme]
        return self.host if self.port == usual else f"{self.host}:{self.port}"


def origin() -> Origin:
    """Where Wagtail's default site is found; a change of it is seen within a minute."""
    return finished.get_or_set("origin", _read_origin)


def _read_origin() -> Origin:
    site = Site.objects.get(is_default_site=True)
    return Origin("https" if site.port == 443 else "http", site.hostname, site.port)


def listings() -> list[str]:
    """The pages that every new answer changes."""
    ours = [reverse(f"pengaduan:{name}") for name in ("index", "feed", "feed_atom")]
    return [*(address for find in hooks.get_hooks(LISTING_HOOK) for address in find()), *ours]


def sections() -> list[str]:
    """The agencies' own lists."""
    slugs = Agency.objects.order_by("pk").values_list("slug", flat=True)
    return [reverse("pengaduan:agency", args=(slug,)) for slug in slugs]


def of_answer(change: FileChange) -> list[str]:
    """The pages that show this answer, its own first."""
    own = answer_address(change.agency_slug, change.slug)
    section = reverse("pengaduan:agency", args=(change.agency_slug,))
    return [own, section, *listings(), *(_beside(change) if change.answered_at else ())]


def _beside(change: FileChange) -> list[str]:
    assert change.answered_at
    place = Place(change.page_key, change.agency_key, change.category_key, change.answered_at)
    return [answer_address(found.agency_slug, found.slug) for found in around(place)]


def answers(before: int, most: int) -> list[tuple[int, str]]:
    """Keys and addresses of up to `most` answers, newest keys first, below the key `before`.

    None where the site finds related answers by a hook: nobody can say when these change.
    """
    if hooks.get_hooks(RELATED_HOOK):
        return []
    rows = PublishedAnswer.objects.filter(pk__lt=before).order_by("-pk")
    found = rows.values_list("pk", "agency__slug", "slug")[:most]
    return [(key, answer_address(agency, slug)) for key, agency, slug in found]
