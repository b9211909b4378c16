"""Counts per network address or account, so that one machine can't flood or guess."""

from __future__ import annotations

from datetime import UTC, datetime
from ipaddress import ip_address, ip_network

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from . import conf
from .models import UseCount

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


def _key(request: HttpRequest, purpose: str, account: str | None) -> str:
    # Addresses and log-in names are personal data: only a keyed hash of one is stored, for an
    # hour.
    who = _network(client_address(request)) if account is None else account.casefold()
    digest = salted_hmac("pengaduan_app.throttle", who).hexdigest()[:32]
    return f"{purpose}:{_window()}:{digest}"


def _window() -> int:
    """The number of the current hour."""
    return int(timezone.now().timestamp() // WINDOW)


def is_over(request: HttpRequest, purpose: str, limit: int, account: str | None = None) -> bool:
    """True if this address, or the account whoever it is tried from, has used up `limit` in the
    current hour."""
    return UseCount.objects.of(_key(request, purpose, account)) >= limit


def count(request: HttpRequest, purpose: str, account: str | None = None, amount: int = 1) -> None:
    """Count another use by this address, or of this account; `amount` where uses differ."""
    until = datetime.fromtimestamp((_window() + 1) * WINDOW, UTC)
    UseCount.objects.add(_key(request, purpose, account), until, amount)


def forget() -> None:
    """Delete the counters of hours that are over; the cluster does so each hour."""
    UseCount.objects.filter(until__lt=timezone.now()).delete()
