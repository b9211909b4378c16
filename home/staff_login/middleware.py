"""Nobody gets anywhere between the password and the second factor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from . import requirement
from .requirement import Standing

ADMIN = "/admin/"
# Where factors are set up.
SETTING_UP = f"{ADMIN}second-factor/"
LEAVING = f"{ADMIN}logout/"
# What strangers may ask for as well: the ways in, and what the pages there are drawn with.
FOR_ALL = tuple(
    ADMIN + name for name in ("login/", "password_reset/", "single-sign-on/", "jsi18n/", "sprite/")
)


class SecondFactorMiddleware:
    """While a second factor is owed, a session is nobody's.

    The rest of the site then meets an anonymous visitor, whichever view, file or API is asked
    for: no list of doors has to be kept. The admin sends them on to what they owe.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not requirement.is_on():
            return self.get_response(request)
        visitor = request.user
        # Lazily, so that a public page reads no session.
        request.user = SimpleLazyObject(  # type: ignore[assignment]  # stands for one of the two
            partial(_whoever_is_through, request, visitor)
        )
        if request.path.startswith(ADMIN) and not request.path.startswith(FOR_ALL):
            standing = requirement.standing_of(request, visitor)
            if standing is Standing.MUST_SHOW:
                logout(request)
                return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
            if standing is Standing.MUST_SET_UP:
                if not request.path.startswith((SETTING_UP, LEAVING)):
                    return redirect("mfa_index")
                request.user = visitor
        return self.get_response(request)


def _whoever_is_through(
    request: HttpRequest, visitor: User | AnonymousUser
) -> User | AnonymousUser:
    """The visitor, or nobody while something is owed."""
    through = requirement.standing_of(request, visitor) is Standing.THROUGH
    return visitor if through else AnonymousUser()
