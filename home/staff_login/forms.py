"""Wagtail's forms for the log-in and a new password, with throttled guessing."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.forms.auth import LoginForm, PasswordResetForm

from pengaduan_app import throttle

from .. import password_resets
from . import limits


class StaffLoginForm(LoginForm):
    """Without "remember me": an office's computer is many people's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Wagtail replaces Django's field and loses its translated label.
        self.fields["password"].label = AuthenticationForm.base_fields["password"].label
        self.fields.pop("remember", None)

    def clean(self) -> dict[str, Any]:
        if limits.too_many_passwords(self.request, self.cleaned_data.get("username", "")):
            raise ValidationError(_("Too many wrong passwords. Please try again in an hour."))
        return super().clean()

    def get_invalid_login_error(self) -> ValidationError:
        limits.count_wrong_password(self.request, self.cleaned_data.get("username", ""))
        return super().get_invalid_login_error()


class StaffPasswordResetForm(PasswordResetForm):
    """Never says whether an account is there, not even by its time, and sends it few mails."""

    def save(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        account = self.cleaned_data["email"]
        over = throttle.is_over(request, "reset", limits.RESETS)
        if over or throttle.is_over(request, "reset-account", limits.RESETS_OF_ACCOUNT, account):
            return
        throttle.count(request, "reset")
        throttle.count(request, "reset-account", account)
        password_resets.ask_for(account)
