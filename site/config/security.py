"""What browsers are told to refuse: strictly for the public, less where the admin needs it."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# What no page of the site asks a browser for.
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
Directives = dict[str, str]
EVERYWHERE: Directives = {
    "default-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
PUBLIC: Directives = {**EVERYWHERE, "img-src": "'self' data:"}
# Wagtail's widgets are started by a file (home/admin_widgets.py), so that no inline script runs
# without the nonce: not even one that somebody managed to store. Styles: Wagtail's scripts set
# style attributes, and its text editor writes a style element.
ADMIN: Directives = {
    **EVERYWHERE,
    "script-src": "'self' 'nonce-{nonce}'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
}


class SecurityPoliciesMiddleware:
    """Adds the policies for the public site or the admin, by the address.

    `request.csp_nonce` is what a template of the admin writes in the `nonce` of a script of its
    own; it is new for each request. CSP_FORM_ACTION in the settings names further
    hosts to which a form may lead, such as those of a single sign-on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = self.get_response(request)
        directives = ADMIN if request.path.startswith("/admin/") else PUBLIC
        response.headers.setdefault("Content-Security-Policy", _written(directives, nonce))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


def _written(directives: Directives, nonce: str) -> str:
    """The header's value."""
    hosts = getattr(settings, "CSP_FORM_ACTION", [])
    whole = directives | {"form-action": " ".join([directives["form-action"], *hosts])}
    return "; ".join(f"{name} {value}" for name, value in whole.items()).replace("{nonce}", nonce)
