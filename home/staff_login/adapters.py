"""What allauth may do here, and what it may not."""

from __future__ import annotations

import time
from io import BytesIO
from typing import Any

import segno
from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pengaduan_app import vault

from . import requirement, single_sign_on

# Our sentences for allauth's messages; of the others it says nothing here.
SENTENCES = {
    "mfa/messages/totp_activated.txt": gettext_lazy("The app is set up."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("The app is removed."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("The passkey is set up."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("The passkey is removed."),
}
BY_CODE, BY_PASSKEY = "mfa_reauthenticate", "mfa_reauthenticate:webauthn"
# The ways to show once more who it is, as their links are called.
AGAIN = {
    "reauthenticate": gettext_lazy("Use the password"),
    BY_CODE: gettext_lazy("Use the app or a recovery code"),
    BY_PASSKEY: gettext_lazy("Use a passkey"),
}


class StaffAccountAdapter(DefaultAccountAdapter):
    """Signs in whom the city has an account for; makes none."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        """After the password there is one step: no codes by mail, no trusted browsers."""
        return ["home.staff_login.stages.SecondFactorStage"]

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Whoever has a factor shows it again: the password alone changes nothing then.

        The first one is asked for, the others are links.
        """
        methods = [
            {**method, "description": AGAIN[method["id"]]}
            for method in super().get_reauthentication_methods(user)
        ]
        factors = [method for method in methods if method["id"] in (BY_CODE, BY_PASSKEY)]
        if not self._has_app(user):
            # Of codes there are the recovery codes alone, which are to be kept.
            factors.reverse()
        return factors or methods

    def _has_app(self, user: User) -> bool:
        return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not for some minutes after the provider's log-in: it counts like a password."""
        request = context.request
        records = get_authentication_records(request, request.user)
        since = time.time() - account_settings.REAUTHENTICATION_TIMEOUT
        if any(row["method"] == "socialaccount" and row["at"] > since for row in records):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def post_login(
        self,
        request: HttpRequest,
        user: User,
        *,
        signal_kwargs: dict[str, Any] | None,
        **kwargs: Any,
    ) -> HttpResponse:
        if single_sign_on.has_asked(signal_kwargs):
            requirement.note_shown(request, user)
        return super().post_login(request, user, signal_kwargs=signal_kwargs, **kwargs)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        messages.error(request, _("This account is not active. Please ask your administrator."))
        return redirect("wagtailadmin_login")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        sentence = message or SENTENCES.get(message_template or "")
        if sentence:
            messages.add_message(request, level, sentence, extra_tags=extra_tags)


class StaffFactorAdapter(DefaultMFAAdapter):
    """Keeps secrets as the vault does, and the last factor where one is needed."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy(
            "Your role needs a second factor, and this is your last one. Set up another one first."
        ),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Recovery codes stand in for an app or a passkey. Set one of them up first."
        ),
        "incorrect_code": gettext_lazy(
            "This isn't right. Check that the device's clock is right, and try again."
        ),
    }

    def encrypt(self, text: str) -> str:
        return vault.cipher().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return vault.cipher().decrypt(encrypted_text.encode("ascii")).decode()

    def get_totp_issuer(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def _get_user_identifier(self, user: User) -> str:
        """What an app or a device shows: the name that one signs in with."""
        return str(user.get_username())

    def _get_site_name(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def build_totp_svg(self, url: str) -> str:
        picture = BytesIO()
        # With its namespace: an <img> shows it.
        segno.make(url, error="m").save(picture, kind="svg", scale=4, xmldecl=False, light="#fff")
        return picture.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """False for the last factor of somebody who needs one."""
        user = authenticator.user
        others = Authenticator.objects.filter(user=user, type__in=requirement.FACTORS).exclude(
            pk=authenticator.pk
        )
        return others.exists() or not requirement.needs_factor(user)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}
