"""Forms for codes, passkeys, and the password asked once more; allauth calls them (MFA_FORMS)."""

from __future__ import annotations

import re
import struct
from typing import Any

from allauth.account.forms import ReauthenticateForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ShowAgainForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import codes, limits

# The longest answer of a device, in characters; attestations have a few thousand.
LONGEST = 50_000
# What reading something else as such an answer ends in.
NONSENSE = (LookupError, TypeError, ValueError, AttributeError, OverflowError, struct.error)

CODE = forms.CharField(
    label=gettext_lazy("Code"),
    max_length=40,
    widget=forms.TextInput(
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
    ),
)


class FactorCodeForm(AuthenticateForm):
    """The code after the password: of the app, or a recovery code."""

    code = CODE

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        self.authenticator = codes.use_code(context.request, self.user, code)
        return code


class FactorCodeAgainForm(ShowAgainForm):
    """The same before a factor is changed."""

    code = CODE
    clean_code = FactorCodeForm.clean_code


class AppForm(ActivateTOTPForm):
    """The first code of an app shows that it was set up rightly."""

    code = CODE

    @property
    def secret_in_groups(self) -> str:
        """The key as it is typed: four signs, a space, four more. Apps leave out spaces."""
        return " ".join(re.findall(".{1,4}", self.secret))

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if not validate_totp_code(self.secret, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CredentialField(forms.JSONField):
    """What the browser's script says for the device; nobody types it."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            if len(value or "") > LONGEST:
                raise get_adapter().validation_error("incorrect_code")
            return super().to_python(value)
        except RecursionError as error:
            raise get_adapter().validation_error("incorrect_code") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Nothing is shown again: an answer is good for one try."""
        return initial


class Unshaken(forms.Form):
    """Whatever else than a passkey's answer comes in is wrong, and no server error.

    fido2 reads the answer as if a browser had made it, and so do allauth's forms.
    """

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]  # of the form beside this one
        except NONSENSE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeyAfterPasswordForm(Unshaken, AuthenticateWebAuthnForm):
    credential = CredentialField()


class PasskeyAgainForm(Unshaken, ReauthenticateWebAuthnForm):
    credential = CredentialField()


class PasskeyAloneForm(Unshaken, LoginWebAuthnForm):
    credential = CredentialField()


class PasskeyForm(AddWebAuthnForm):
    """A new passkey, with a name by which its owner knows it."""

    credential = CredentialField()

    name = forms.CharField(label=gettext_lazy("Name of the passkey"), max_length=60, required=False)
    passwordless = forms.BooleanField(
        label=gettext_lazy("Sign in with it without a password"),
        help_text=gettext_lazy(
            "The device asks for a fingerprint, a face or a PIN each time. Untick this for a "
            "security key without a PIN: it is then asked for after the password."
        ),
        required=False,
        initial=True,
    )

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except NONSENSE as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned


class PasswordAgainForm(ReauthenticateForm):
    """The password once more, before the first factor is set up."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def clean_password(self) -> str:
        request, account = context.request, self.user.get_username()
        if limits.too_many_passwords(request, account):
            raise ValidationError(_("Too many wrong passwords. Please try again in an hour."))
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            limits.count_wrong_password(request, account)
            raise ValidationError(_("This isn't your password."))
        return password
