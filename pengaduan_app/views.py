"""Views that settings and addresses of sites name here, whichever wing they stand in.

`health` moved to its wing; sites that were set up before name it here. `csrf_failure` is for
CSRF_FAILURE_VIEW.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views import csrf
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from .citizen.views import lost_token
from .desk import unsent_forms
from .operations.views import health

__all__ = ["csrf_failure", "health"]

# What Django says of forms whose sender it has no doubt about: the others name origin or referrer.
_OF_THE_TOKEN = "CSRF "
_FROM_ELSEWHERE = ("cross-site", "same-site")


@sensitive_post_parameters()
@never_cache
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token against forged requests is gone comes back filled in, to citizens and to
    staff. What another site made the browser send gets Django's page: it is neither shown nor
    kept."""
    if _is_from_here(request, reason):
        back = lost_token.given_back(request) or unsent_forms.given_back(request)
        if back is not None:
            return back
    return csrf.csrf_failure(request, reason)


def _is_from_here(request: HttpRequest, reason: str) -> bool:
    """Whether one of our own pages sent it, as far as the browser says. Django has looked at origin
    and referrer before it looks at the token."""
    elsewhere = request.headers.get("sec-fetch-site", "") in _FROM_ELSEWHERE
    return request.method == "POST" and reason.startswith(_OF_THE_TOKEN) and not elsewhere
