"""The staff's login form: Wagtail's own, with the one label that it leaves in English."""

from django.contrib.auth.forms import AuthenticationForm
from wagtail.admin.forms.auth import LoginForm


class StaffLoginForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Wagtail replaces Django's field and its translated label is lost with it.
        self.fields["password"].label = AuthenticationForm.base_fields["password"].label
