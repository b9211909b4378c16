"""A page as an anonymous visitor gets it, if anybody may have the same."""

from __future__ import annotations

from io import BytesIO

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from .addresses import Origin


class Renderer:
    """Asks the site itself, with all of its middleware, for one page after the other."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self._handler = BaseHandler()
        self._handler.load_middleware()

    def render(self, address: str) -> bytes | None:
        """The page, or None if it isn't there, or isn't the same for everybody."""
        request = self._request(address)
        response = self._handler.get_response(request)
        if not isinstance(response, HttpResponse) or is_personal(request, response):
            return None
        return response.content if response.status_code == 200 else None

    def _request(self, address: str) -> WSGIRequest:
        scheme, host, port = self.origin
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address,
            "SCRIPT_NAME": "",
            "QUERY_STRING": "",
            "SERVER_NAME": host,
            "SERVER_PORT": str(port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": self.origin.netloc,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": scheme,
            "wsgi.input": BytesIO(),
        }
        if scheme == "https" and settings.SECURE_PROXY_SSL_HEADER:
            name, value = settings.SECURE_PROXY_SSL_HEADER
            environ[name] = value
        return WSGIRequest(environ)


def is_personal(request: WSGIRequest, response: HttpResponseBase) -> bool:
    """True if the page was made for this visitor: it sets a cookie, holds a token against forged
    forms, or somebody looked into the session."""
    session = getattr(request, "session", None)
    return bool(
        response.cookies
        or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        or (session is not None and session.accessed)
        or "nonce-" in response.headers.get("Content-Security-Policy", "")
        or "no-store" in response.headers.get("Cache-Control", "")
        or "private" in response.headers.get("Cache-Control", "")
    )
