"""The staff's login form: Wagtail's own, with a brake on guessing and a label in Indonesian."""

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms.auth import LoginForm

from pengaduan_app import throttle

# Wrong passwords from one address in an hour.
WRONG_PASSWORDS = 30


class StaffLoginForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Wagtail replaces Django's field and its translated label is lost with it.
        self.fields["password"].label = AuthenticationForm.base_fields["password"].label

    def clean(self):
        if throttle.is_over(self.request, "login", WRONG_PASSWORDS):
            raise ValidationError(_("Too many wrong passwords. Please try again in an hour."))
        return super().clean()

    def get_invalid_login_error(self):
        throttle.count(self.request, "login")
        return super().get_invalid_login_error()
