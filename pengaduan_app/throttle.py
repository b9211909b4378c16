"""Counts per network address, so that one machine can't flood or guess."""

from __future__ import annotations

import time
from ipaddress import ip_address, ip_network

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from . import conf

WINDOW = 3600  # seconds


def client_address(request: HttpRequest) -> str:
    """The visitor's address, behind the number of proxies in PENGADUAN_TRUSTED_PROXIES."""
    proxies = conf.get("PENGADUAN_TRUSTED_PROXIES")
    hops = [hop.strip() for hop in request.headers.get("x-forwarded-for", "").split(",")]
    if proxies and len(hops) >= proxies and hops[-proxies]:
        return hops[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def _network(address: str) -> str:
    """The address; for IPv6 its /64, within which a subscriber may choose addresses freely."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ip_network((parsed, 64), strict=False))


def _key(request: HttpRequest, purpose: str) -> str:
    # The address is personal data: only a keyed hash of it is stored, for an hour.
    network = _network(client_address(request))
    digest = salted_hmac("pengaduan_app.throttle", network).hexdigest()[:32]
    return f"throttle:{purpose}:{int(time.time() // WINDOW)}:{digest}"


def is_over(request: HttpRequest, purpose: str, limit: int) -> bool:
    """True if this address has used up `limit` in the current hour."""
    return cache.get(_key(request, purpose), 0) >= limit


def count(request: HttpRequest, purpose: str) -> None:
    """Count another use by this address."""
    key = _key(request, purpose)
    if not cache.add(key, 1, WINDOW):
        try:
            cache.incr(key)
        except ValueError:  # expired in between
            cache.add(key, 1, WINDOW)
