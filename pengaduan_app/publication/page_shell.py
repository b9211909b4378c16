"""A page's frame (head, menu, foot) from the process's memory, for visitors who are nobody.

The site's base template is drawn once with marks where a page's own parts belong; a page
is then its parts between the frame's pieces. Whether a frame may be shared is tried and
not assumed: it is drawn for two different addresses of the same view, and where the two
differ (a token, the address itself) or the visitor's session was asked, nothing is kept
and pages are drawn as ever.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import QueryDict
from django.template.loader import render_to_string

from .prerendering import BLOCKS, MARK, finished, is_own_language

TEMPLATE = "pengaduan_app/publication/page_shell.html"


@dataclass(frozen=True)
class Frame:
    """The pieces around a page's parts, and which part stands behind each but the last."""

    pieces: tuple[str, ...]
    blocks: tuple[str, ...]

    def fill(self, parts: dict[str, str]) -> str:
        """The whole page."""
        filled = [
            piece + parts[name] for piece, name in zip(self.pieces, self.blocks, strict=False)
        ]
        return "".join([*filled, self.pieces[-1]])


def frame_of(request) -> Frame | None:
    """The frame for this request, or None where its page has to be drawn as ever: for
    somebody with a session or a message, and in another language than the site's own."""
    cookies = request.COOKIES
    if settings.SESSION_COOKIE_NAME in cookies or CookieStorage.cookie_name in cookies:
        return None
    if not is_own_language():
        return None
    key = ("frame", request.scheme, request.get_host(), request.resolver_match.view_name)
    return finished.get_or_set(key, lambda: _frame(request))


def _frame(request) -> Frame | None:
    text = _drawn(request)
    other = copy(request)
    other.path, other.path_info = _other_address(request)
    other.GET = QueryDict(f"q={MARK}&page=2")
    session = getattr(request, "session", None)
    if text != _drawn(other) or (session is not None and session.accessed):
        return None
    pieces = text.split(MARK)
    return Frame(tuple(pieces[::2]), tuple(pieces[1::2]))


def _other_address(request) -> tuple[str, str]:
    """Path and path info of another address of the same view, where it has several."""
    fixed, variable, _rest = request.resolver_match.route.partition("<")
    if not variable:
        return request.path, request.path_info
    before = request.path.removesuffix(request.path_info)
    return f"{before}/{fixed}{MARK}/", f"/{fixed}{MARK}/"


def _drawn(request) -> str:
    marks = {f"{name}_mark": f"{MARK}{name}{MARK}" for name in BLOCKS}
    return render_to_string(TEMPLATE, marks, request)
