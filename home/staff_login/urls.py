"""The addresses of the log-in below /admin/. allauth's others are mounted nowhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import include, path
from django.views import View
from django.views.generic import RedirectView
from wagtail.utils.urlpatterns import decorate_urlpatterns

from . import provider_views, requirement, views


def where_it_is_on(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A site that asks for no second factor has no such pages."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not requirement.is_on():
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


TO_LOGIN = RedirectView.as_view(pattern_name="wagtailadmin_login")
TO_FACTORS = RedirectView.as_view(pattern_name="mfa_index")


def dressed(view: type[View], template: str) -> Callable[..., HttpResponseBase]:
    """One of allauth's views, in our dress."""
    return view.as_view(template_name=f"home/staff_login/{template}.html")


# By the names that allauth's views ask for.
factors = [
    path("", dressed(views.FactorsView, "factors"), name="mfa_index"),
    path("code/", dressed(AuthenticateView, "code"), name="mfa_authenticate"),
    path("give-up/", views.give_up, name="second_factor_give_up"),
    path("again/code/", dressed(ReauthenticateView, "again_typed"), name="mfa_reauthenticate"),
    path(
        "again/passkey/",
        dressed(ReauthenticateWebAuthnView, "again_passkey"),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "again/password/",
        dressed(views.PasswordAgainView, "again_typed"),
        name="account_reauthenticate",
    ),
    path("app/", dressed(views.AppView, "app"), name="mfa_activate_totp"),
    path("app/remove/", dressed(DeactivateTOTPView, "remove_app"), name="mfa_deactivate_totp"),
    path(
        "recovery-codes/",
        dressed(views.RecoveryCodesView, "recovery_codes"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "recovery-codes/new/",
        dressed(GenerateRecoveryCodesView, "new_recovery_codes"),
        name="mfa_generate_recovery_codes",
    ),
    path("passkeys/", TO_FACTORS, name="mfa_list_webauthn"),
    path("passkeys/add/", dressed(AddWebAuthnView, "passkey"), name="mfa_add_webauthn"),
    path(
        "passkeys/<int:pk>/remove/",
        dressed(views.RemovePasskeyView, "remove_passkey"),
        name="mfa_remove_webauthn",
    ),
]
urlpatterns = [
    path("login/", views.StaffLoginView.as_view(), name="wagtailadmin_login"),
    path("login/start/", TO_LOGIN, name="account_login"),
    path("single-sign-on/", provider_views.start, name="single_sign_on"),
    path("single-sign-on/back/", provider_views.back, name="single_sign_on_back"),
    *decorate_urlpatterns(
        [
            path("second-factor/", include(factors)),
            path("login/passkey/", views.PasskeyLoginView.as_view(), name="mfa_login_webauthn"),
        ],
        where_it_is_on,
    ),
]
