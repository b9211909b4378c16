"""The staff's way in: Wagtail's forms, with throttled guessing, and a session that ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms.auth import LoginForm, PasswordResetForm

from pengaduan_app import throttle

from . import password_resets

# Wrong passwords allowed in an hour: from one address, and for one account from anywhere.
WRONG_PASSWORDS = 30
WRONG_FOR_ACCOUNT = 15
# Mails with a link for a new password, in an hour: asked from one address, and to one account.
RESETS = 10
RESETS_OF_ACCOUNT = 3
# Seconds without a request after which staff log in again.
IDLE = 60 * 60
# What an open editor asks every few seconds, whether somebody sits there or not.
BY_ITSELF = "/admin/editing-sessions/"
# How often, in seconds, a session's end is moved on: not with each request.
RENEWAL = 5 * 60


class StaffLoginForm(LoginForm):
    """Without "remember me": an office's computer is many people's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Wagtail replaces Django's field and loses its translated label.
        self.fields["password"].label = AuthenticationForm.base_fields["password"].label
        self.fields.pop("remember", None)

    def clean(self) -> dict[str, Any]:
        account = self.cleaned_data.get("username", "")
        if throttle.is_over(self.request, "login", WRONG_PASSWORDS) or throttle.is_over(
            self.request, "login-account", WRONG_FOR_ACCOUNT, account
        ):
            raise ValidationError(_("Too many wrong passwords. Please try again in an hour."))
        return super().clean()

    def get_invalid_login_error(self) -> ValidationError:
        throttle.count(self.request, "login")
        throttle.count(self.request, "login-account", self.cleaned_data.get("username", ""))
        return super().get_invalid_login_error()


class StaffPasswordResetForm(PasswordResetForm):
    """Never says whether an account is there, not even by its time, and sends it few mails."""

    def save(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        account = self.cleaned_data["email"]
        over = throttle.is_over(request, "reset", RESETS)
        if over or throttle.is_over(request, "reset-account", RESETS_OF_ACCOUNT, account):
            return
        throttle.count(request, "reset")
        throttle.count(request, "reset-account", account)
        password_resets.ask_for(account)


def renew(request: HttpRequest) -> None:
    """Let the session end an hour from now."""
    request.session["staff_seen"] = int(timezone.now().timestamp())
    request.session.set_expiry(IDLE)


def begin_session(sender: object, request: HttpRequest, **kwargs: object) -> None:
    """Somebody has logged in."""
    renew(request)


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
            # Wagtail's log-in sets an end of its own after the signal.
            if age >= RENEWAL or request.session.get("_session_expiry") != IDLE:
                renew(request)
        return self.get_response(request)
