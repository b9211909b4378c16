"""A staff session ends after an hour without a request."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_q.tasks import async_task

# Seconds without a request after which staff log in again.
IDLE = 60 * 60
# Seconds for the way to a provider and back, or to a passkey.
ON_THE_WAY = 10 * 60
# What an open editor asks every few seconds, whether somebody sits there or not.
BY_ITSELF = "/admin/editing-sessions/"
# How often, in seconds, a session's end is moved on: not with each request.
RENEWAL = 5 * 60


def renew(request: HttpRequest) -> None:
    """Let the session end an hour from now."""
    request.session["staff_seen"] = int(timezone.now().timestamp())
    request.session.set_expiry(IDLE)


def keep_short(request: HttpRequest) -> None:
    """Let the session of somebody who is only on the way to the log-in end soon."""
    if not request.user.is_authenticated:
        request.session.set_expiry(ON_THE_WAY)


def begin_session(sender: object, request: HttpRequest, **kwargs: object) -> None:
    """Somebody has logged in."""
    renew(request)


def end_sessions_of(user_id: int) -> int:
    """End every session of this person, and say how many there were.

    Reads each session that hasn't ended, as only they know whose they are: for
    commands and the cluster.
    """
    theirs = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator()
        if session.get_decoded().get("_auth_user_id") == str(user_id)
    ]
    Session.objects.filter(pk__in=theirs).delete()
    return len(theirs)


def end_with_the_account(
    sender: object, instance: AbstractBaseUser, created: bool, **kwargs: object
) -> None:
    """An account that is deactivated has no session left to come back to when it is activated."""
    if not instance.is_active and not created:
        async_task("home.staff_login.sessions.end_sessions_of", instance.pk, save=False)


class StaffSessionMiddleware:
    """Ends the session of staff after an hour without a request. Citizens' sessions, which hold
    a receipt or a tracked complaint, have rules of their own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Asking who it is reads the session; only who brings one has something to read.
        works = request.path.startswith("/admin/") and not request.path.startswith(BY_ITSELF)
        if request.COOKIES and works and request.user.is_authenticated:
            age = timezone.now().timestamp() - request.session.get("staff_seen", 0)
            if age >= IDLE:
                # Whatever end another page has given this session.
                request.session.flush()
                request.user = AnonymousUser()
            # Wagtail's log-in sets an end of its own after the signal.
            elif age >= RENEWAL or request.session.get("_session_expiry") != IDLE:
                renew(request)
        return self.get_response(request)
