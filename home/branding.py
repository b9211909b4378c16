"""The service's names, logo and contacts as every page shows them, without a query.

They change a few times a year and are read on every page, so each process keeps them in
its own memory: `CACHES["local"]`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.core.cache import caches
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from wagtail.models import Site

from pengaduan_app.publication import telephone_address

from .models import ServiceSettings

# A change in another process shows after this time; in this one at once.
SECONDS = 60
LOGO = "max-320x112"


@dataclass(frozen=True)
class Contact:
    """A way to reach the service, ready for a link."""

    label: str
    url: str


@dataclass(frozen=True)
class Logo:
    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Service:
    """What the head and the foot of a page say."""

    name: str
    city: str
    address: str = ""
    contacts: list[Contact] = field(default_factory=list)
    logo: Logo | None = None

    @property
    def title(self) -> str:
        return _("%(name)s, %(city)s") % {"name": self.name, "city": self.city}


def context(request) -> dict:
    """Context processor: `service`, looked up by the pages that show it."""
    return {"service": SimpleLazyObject(lambda: service_of(request))}


def service_of(request) -> Service:
    """The settings of the site that this request came to."""
    return caches["local"].get_or_set(
        f"service:{request.get_host()}", lambda: _read(Site.find_for_request(request)), SECONDS
    )


def forget(**kwargs) -> None:
    """Signal receiver: settings, sites or images have changed."""
    caches["local"].clear()


def _read(site: Site | None) -> Service:
    # Not for_site(): that one writes a row where there is none, and reading shouldn't.
    rows = ServiceSettings.objects.filter(site=site).select_related("logo")
    saved = rows.first() or ServiceSettings()
    return Service(
        name=saved.service_name or _("Public Complaints"),
        city=saved.city_name or _("City of Mojokerto"),
        address=saved.address,
        contacts=_contacts(saved),
        logo=_logo(saved),
    )


def _contacts(saved: ServiceSettings) -> list[Contact]:
    links = (
        (saved.phone, telephone_address(saved.phone)),
        (saved.email, f"mailto:{saved.email}"),
        (urlsplit(saved.social_url).netloc.removeprefix("www."), saved.social_url),
    )
    return [Contact(label, url) for label, url in links if label]


def _logo(saved: ServiceSettings) -> Logo | None:
    if saved.logo is None:
        return None
    picture = saved.logo.get_rendition(LOGO)
    return Logo(picture.url, picture.width, picture.height)
