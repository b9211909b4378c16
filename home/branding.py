"""The service's names, logo and contacts as every page shows them, without a query.

They change a few times a year and are read on every page, so each process caches them in
its own memory: `CACHES["local"]`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlsplit

from django.core.cache import caches
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from wagtail.models import Site

from pengaduan_app.publication import telephone_address

from .models import ServiceSettings

# A change made in another process shows after this time, one made in this process at once.
SECONDS = 60
LOGO = "max-320x112"


@dataclass(frozen=True)
class Contact:
    """A way to reach the service: the text and address of a link."""

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


def context(request: HttpRequest) -> dict[str, object]:
    """Context processor: `service`, read only by pages that show it."""
    return {"service": SimpleLazyObject(lambda: service_of(request))}


def service_of(request: HttpRequest) -> Service:
    """The settings of the site that received this request."""
    found = caches["local"].get_or_set(
        f"service:{request.get_host()}", lambda: _read(Site.find_for_request(request)), SECONDS
    )
    return cast(Service, found)


def forget(**kwargs: object) -> None:
    """Signal receiver for changes of settings, sites and images: invalidates the cache."""
    caches["local"].clear()


def _read(site: Site | None) -> Service:
    # for_site() would create a missing row, and reading must not write.
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
