"""The staff's login form: Wagtail's, with throttled guessing and a label in Indonesian."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms.auth import LoginForm

from pengaduan_app import throttle

# Wrong passwords allowed from one address in an hour.
WRONG_PASSWORDS = 30


class StaffLoginForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Wagtail replaces Django's field and loses its translated label.
        self.fields["password"].label = AuthenticationForm.base_fields["password"].label

    def clean(self) -> dict[str, Any]:
        if throttle.is_over(self.request, "login", WRONG_PASSWORDS):
            raise ValidationError(_("Too many wrong passwords. Please try again in an hour."))
        return super().clean()

    def get_invalid_login_error(self) -> ValidationError:
        throttle.count(self.request, "login")
        return super().get_invalid_login_error()
