"""A form that Django refuses for want of its token against forged requests comes back filled in.

The cookie has expired, a log-in in another tab has changed it, or the browser takes none. Whoever
typed it doesn't know, and would lose all of it. It is only shown: a person must send it.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import csrf
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

# What Django says of forms whose sender it has no doubt about: the others name origin or referrer.
_OF_THE_TOKEN = "CSRF "
_FROM_ELSEWHERE = ("cross-site", "same-site")


class FilledInAgain(View):
    """A view whose form comes back when its token was lost."""

    def without_token(self) -> HttpResponse:
        """The page with all that was typed, and nothing of it carried out."""
        raise NotImplementedError


@sensitive_post_parameters()
@never_cache
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For CSRF_FAILURE_VIEW: the citizen's own form once more; for all else Django's page.

    What another site made the browser send is neither shown nor read, and no file of it kept.
    """
    match = request.resolver_match
    view = match.func.view_class() if match and hasattr(match.func, "view_class") else None
    if match and isinstance(view, FilledInAgain) and _is_from_here(request, reason):
        view.setup(request, *match.args, **match.kwargs)
        return view.without_token()
    return csrf.csrf_failure(request, reason)


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


def _is_from_here(request: HttpRequest, reason: str) -> bool:
    """Whether one of our own pages sent it, as far as the browser says. Django has looked at origin
    and referrer before it looks at the token."""
    elsewhere = request.headers.get("sec-fetch-site", "") in _FROM_ELSEWHERE
    return request.method == "POST" and reason.startswith(_OF_THE_TOKEN) and not elsewhere
