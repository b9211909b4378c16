"""The shell of a page (head, menu, footer), cached by the process for anonymous visitors.

The site's base template is rendered once, with marks where a page's own blocks belong; a page
is then its blocks between the pieces of the shell. Whether a shell may be shared is tested and
not assumed: it is rendered for two addresses of the same view. If the two differ (by a token,
or the address itself), or if the visitor's session was read, nothing is cached and Django
renders whole pages.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string

from .prerendering import BLOCKS, MARK, finished, is_own_language

TEMPLATE = "pengaduan_app/publication/page_shell.html"


@dataclass(frozen=True)
class PageShell:
    """The pieces around a page's blocks. Each piece but the last is followed by one block."""

    pieces: tuple[str, ...]
    blocks: tuple[str, ...]

    def fill(self, parts: dict[str, str]) -> str:
        """The whole page, from the HTML of its blocks by name."""
        filled = [
            piece + parts[name] for piece, name in zip(self.pieces, self.blocks, strict=False)
        ]
        return "".join([*filled, self.pieces[-1]])


def shell_of(request: HttpRequest) -> PageShell | None:
    """The shell for this request, or None if the whole page has to be rendered: for a visitor
    with a session or a message, or in a language other than the site's own."""
    cookies = request.COOKIES
    if settings.SESSION_COOKIE_NAME in cookies or CookieStorage.cookie_name in cookies:
        return None
    match = request.resolver_match
    if match is None or not is_own_language():
        return None
    key = ("shell", request.scheme, request.get_host(), match.view_name)
    return finished.get_or_set(key, lambda: _shell(request, match.route))


def _shell(request: HttpRequest, route: str) -> PageShell | None:
    text = _render(request)
    other = copy(request)
    other.path, other.path_info = _other_address(request, route)
    other.GET = QueryDict(f"q={MARK}&page=2")
    session = getattr(request, "session", None)
    if text != _render(other) or (session is not None and session.accessed):
        return None
    pieces = text.split(MARK)
    return PageShell(tuple(pieces[::2]), tuple(pieces[1::2]))


def _other_address(request: HttpRequest, route: str) -> tuple[str, str]:
    """Path and path info of another address of the same view, if it has more than one."""
    fixed, variable, _rest = route.partition("<")
    if not variable:
        return request.path, request.path_info
    before = request.path.removesuffix(request.path_info)
    return f"{before}/{fixed}{MARK}/", f"/{fixed}{MARK}/"


def _render(request: HttpRequest) -> str:
    marks = {f"{name}_mark": f"{MARK}{name}{MARK}" for name in BLOCKS}
    return render_to_string(TEMPLATE, marks, request)
