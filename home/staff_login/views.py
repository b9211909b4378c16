"""The pages of the log-in and of one's own factors; most are allauth's in our dress."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.views import ReauthenticateView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import LoginWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.views.account import LoginView

from . import codes, limits, requirement, sessions, single_sign_on
from .factor_forms import PasswordAgainForm


class StaffLoginView(LoginView):
    """Wagtail's log-in. With second factors, allauth goes on where the password was right."""

    def form_valid(self, form: LoginForm) -> HttpResponse:
        if not requirement.is_on():
            return super().form_valid(form)
        user = form.get_user()
        # Whoever has just typed the password isn't asked for it again to set a factor up.
        record_authentication(self.request, user, method="password", reauthenticated=True)
        return perform_login(self.request, Login(user=user, redirect_url=self.get_success_url()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            passkeys=requirement.is_on(), provider=single_sign_on.name_of_provider(), **kwargs
        )


class FactorsView(IndexView):
    """One's own factors, and what is still owed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rows = Authenticator.objects.filter(user=user).order_by("created_at")
        has = any(row.type in requirement.FACTORS for row in rows)
        return {
            **super().get_context_data(**kwargs),
            "apps": [row for row in rows if row.type == Authenticator.Type.TOTP],
            "passkeys": [row for row in rows if row.type == Authenticator.Type.WEBAUTHN],
            "recovery": [
                len(row.wrap().get_unused_codes())
                for row in rows
                if row.type == Authenticator.Type.RECOVERY_CODES
            ],
            "has_factor": has,
            "owed": requirement.needs_factor(user) and not has,
        }


class AppView(ActivateTOTPView):
    """Setting up an app: QR code, secret, first code."""

    def form_valid(self, form: Any) -> HttpResponse:
        secret = form.secret
        response = super().form_valid(form)
        row = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        codes.note_first_use(row, form.cleaned_data["code"], secret)
        # allauth's signal comes on commit, which is after this view where a site wraps requests.
        requirement.note_shown(self.request, self.request.user)
        return response


class RecoveryCodesView(ViewRecoveryCodesView):
    """The codes, once; after that only how many are left."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = super().get_context_data(**kwargs)
        text = "\r\n".join([*shown["unused_codes"], ""])
        # The page itself carries the file: the server shows the codes once and no second time.
        return {**shown, "file": "data:text/plain;charset=utf-8," + quote(text)}


class RemovePasskeyView(RemoveWebAuthnView):
    """Removing a passkey, unless it is the last factor of somebody who needs one."""

    def form_valid(self, form: Any) -> HttpResponse:
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return super().form_valid(form)


class PasskeyLoginView(LoginWebAuthnView):
    """Signing in with a passkey alone: its device has asked for finger, face or PIN."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if limits.too_many_ways(request):
            return redirect("wagtailadmin_login")
        response: HttpResponse = super().get(request, *args, **kwargs)
        sessions.keep_short(request)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("This passkey isn't known here. Use your password."))
        return redirect("wagtailadmin_login")


class PasswordAgainView(ReauthenticateView):
    """The password once more, for whoever has no factor yet."""

    form_class = PasswordAgainForm


@require_POST
def give_up(request: HttpRequest) -> HttpResponse:
    """Back to the log-in, without what was begun."""
    request.session.flush()
    return redirect("wagtailadmin_login")
