"""A form that Django refuses for want of its token against forged requests comes back filled in.

The cookie has expired, a log-in in another tab has changed it, or the browser takes none. Whoever
typed it doesn't know, and would lose all of it. It is only shown: a person must send it.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import View


class FilledInAgain(View):
    """A view whose form comes back when its token was lost."""

    def without_token(self) -> HttpResponse:
        """The page with all that was typed, and nothing of it carried out."""
        raise NotImplementedError


def given_back(request: HttpRequest) -> HttpResponse | None:
    """The page of a citizen's form, if this request has sent one."""
    match = request.resolver_match
    view = match.func.view_class() if match and hasattr(match.func, "view_class") else None
    if not match or not isinstance(view, FilledInAgain):
        return None
    view.setup(request, *match.args, **match.kwargs)
    return view.without_token()


def lost(request: HttpRequest) -> str:
    """What is said above the form."""
    if request.COOKIES:
        return _(
            "Nothing has been sent yet, because this page was open for long, or something else was "
            "opened in another tab. Look through what you have written, and send it once more."
        )
    return _(
        "Nothing has been sent yet, because your browser brought no cookie. Look through what you "
        "have written, and send it once more. If you see this again, allow cookies for this "
        "website in your browser: without them nothing can be sent."
    )
