"""Whose account a provider's answer opens. Nobody gets an account by it."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from . import factor_log, requirement

# The one provider, in links (SocialAccount.provider) and in the log-in's state.
PROVIDER = "staff"


class Refused(Exception):
    """Nobody is let in; the sentence says why."""


def name_of_provider() -> str:
    """What the button says; empty where there is no provider."""
    return str(settings.STAFF_OIDC.get("name", ""))


def app() -> SocialApp:
    """The provider of the settings. Raises SocialApp.DoesNotExist where there is none."""
    config = settings.STAFF_OIDC
    if not config:
        raise SocialApp.DoesNotExist
    return SocialApp(
        provider="openid_connect",
        provider_id=PROVIDER,
        name=config["name"],
        client_id=config["client_id"],
        secret=config["client_secret"],
        settings={"server_url": config["server_url"], "oauth_pkce_enabled": True},
    )


def has_asked(signal_kwargs: dict[str, Any] | None) -> bool:
    """True if somebody comes from a provider that asks for a second factor itself.

    An address may have been given to somebody else there: whoever comes for the first time to an
    account that has a factor shows that factor.
    """
    sociallogin = (signal_kwargs or {}).get("sociallogin")
    trusted = getattr(sociallogin, "is_trusted", False)
    return trusted and bool(settings.STAFF_OIDC.get("second_factor"))


class StaffSocialAdapter(DefaultSocialAccountAdapter):
    """Lets in whom the city has an account for, by the subject or by a verified address."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The one of the settings: a row in the database opens no door."""
        known = [app()] if settings.STAFF_OIDC else []
        return [one for one in known if provider in (None, one.provider, one.provider_id)]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account, or refuse with a sentence."""
        try:
            person = account_of(sociallogin)
        except Refused as refused:
            messages.error(request, str(refused))
            raise ImmediateHttpResponse(redirect("wagtailadmin_login")) from refused
        sociallogin.user = person
        # What the provider would let us ask for more with; nobody needs it, in no session either.
        sociallogin.token = None

    def on_authentication_error(
        self, request: HttpRequest, provider: object, error: str = "", **kwargs: object
    ) -> None:
        messages.error(
            request,
            _("You didn't sign in there. Nothing has changed.")
            if error == AuthError.CANCELLED
            else _("Signing in by %(provider)s didn't work. Try again, or use your password.")
            % {"provider": name_of_provider()},
        )
        raise ImmediateHttpResponse(redirect("wagtailadmin_login"))


@transaction.atomic
def account_of(sociallogin: SocialLogin) -> User:
    """The account that this subject may open; linked to it when it comes for the first time.

    Raises Refused where there is none, more than one, a foreign one, or one that isn't active.
    """
    linked = sociallogin.is_existing
    person = sociallogin.user if linked else _account_by_address(sociallogin.email_addresses)
    if not person.is_active:
        raise Refused(_("This account is not active. Please ask your administrator."))
    if not person.has_perm("wagtailadmin.access_admin"):
        raise Refused(_no_account())
    sociallogin.is_trusted = linked or not requirement.has_factor(person)
    if not linked:
        _link(sociallogin, person)
    return person


def _account_by_address(addresses: list[EmailAddress]) -> User:
    """The account with an address that the provider has verified; there must be exactly one."""
    verified = [address.email for address in addresses if address.verified]
    if not verified:
        raise Refused(
            _("%(provider)s hasn't verified your e-mail address. Please ask your administrator.")
            % {"provider": name_of_provider()}
        )
    people = get_user_model().objects.select_for_update().filter(email__iexact=verified[0])
    # Databases call more letters equal than there are in an address: "ı" and "i", say.
    same = [person for person in people if person.email.lower() == verified[0].lower()]
    if len(same) != 1:
        raise Refused(_no_account())
    return same[0]


def _link(sociallogin: SocialLogin, person: User) -> None:
    """Keep the subject: from now on it opens the account, and no other one does."""
    if SocialAccount.objects.filter(provider=PROVIDER, user=person).exists():
        # An address was given to somebody else at the provider.
        raise Refused(
            _(
                "Somebody else at %(provider)s is linked to this account. "
                "Please ask your administrator."
            )
            % {"provider": name_of_provider()}
        )
    sociallogin.account.user = person
    sociallogin.account.save()
    factor_log.write(factor_log.LINKED, person)


def _no_account() -> str:
    return _(
        "There is no account here for your address at %(provider)s, or more than one. "
        "Please ask your administrator."
    ) % {"provider": name_of_provider()}
