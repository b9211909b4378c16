"""To the provider and back: state, nonce and PKCE; allauth does the rest."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from requests import RequestException

from . import id_token, limits, sessions, single_sign_on

# In seconds.
CONFIG_LIFE = 300


class StaffProvider(OpenIDConnectProvider):
    """Keeps nothing of what the provider tells but the subject."""

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def get_oauth2_adapter(self, request: HttpRequest) -> StaffOAuth2Adapter:
        return StaffOAuth2Adapter(request, self.app)


class StaffOAuth2Adapter(OpenIDConnectOAuth2Adapter):
    """allauth's, with a nonce, and a signature that is always verified."""

    def __init__(self, request: HttpRequest, app: SocialApp) -> None:
        self.app = app
        # What the ID token must repeat; known once the state is.
        self.nonce = ""
        super().__init__(request, app.provider_id)

    def get_provider(self) -> StaffProvider:
        return StaffProvider(self.request, app=self.app)

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself: asked at most once in some minutes by a process."""
        cache, key = caches["local"], f"single-sign-on:{self.app.settings['server_url']}"
        config: dict[str, Any] | None = cache.get(key)
        if config is None:
            config = super().openid_config
            cache.set(key, config, CONFIG_LIFE)
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return request.build_absolute_uri(reverse("single_sign_on_back"))

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Raises OAuth2Error if the provider's answer isn't to be believed."""
        try:
            claims = id_token.verify(
                kwargs["response"].get("id_token", ""),
                self._get(self.openid_config["jwks_uri"]),
                issuer=self.openid_config["issuer"],
                client_id=app.client_id,
                nonce=self.nonce,
            )
            # Address and "verified" come from the same source.
            data = claims if "email" in claims else self._fetch_user_info(token.token)
            if data.get("sub") != claims["sub"]:
                raise id_token.NotBelieved("The two answers are about two people.")
            return self.get_provider().sociallogin_from_response(request, {"userinfo": data})
        except (id_token.NotBelieved, KeyError, ValueError) as error:
            raise OAuth2Error("The provider's answer can't be believed.") from error

    def _get(self, address: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            response = session.get(address)
            response.raise_for_status()
            keys: dict[str, Any] = response.json()
        return keys


class StaffCallbackView(OAuth2CallbackView):
    """The way back. The nonce is in the state, which is in the session."""

    def _get_state(self, request: HttpRequest, provider: StaffProvider) -> Any:
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, response


def _adapter(request: HttpRequest) -> StaffOAuth2Adapter:
    try:
        return StaffOAuth2Adapter(request, single_sign_on.app())
    except SocialApp.DoesNotExist as error:
        raise Http404 from error


@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Off to the provider. Only from our own pages: nobody else may begin a log-in here.

    A link and no form, because browsers apply the page's `form-action` to redirects too.
    """
    adapter = _adapter(request)
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return redirect("wagtailadmin_login")
    if limits.too_many_ways(request):
        return _failed(request, adapter.get_provider())
    next_url = request.GET.get("next", "")
    local = url_has_allowed_host_and_scheme(next_url, allowed_hosts={request.get_host()})
    nonce = secrets.token_urlsafe(24)
    provider = adapter.get_provider()
    try:
        answer: HttpResponse = provider.redirect(
            request,
            AuthProcess.LOGIN,
            next_url=next_url if local else reverse("wagtailadmin_home"),
            auth_params={"nonce": nonce},
            nonce=nonce,
        )
    except (RequestException, KeyError, ValueError):
        # It can't be reached, or isn't one.
        return _failed(request, provider)
    except ImmediateHttpResponse as refused:
        return refused.response
    sessions.keep_short(request)
    return answer


@never_cache
def back(request: HttpRequest) -> HttpResponse:
    """Back from the provider, with an answer or a refusal."""
    adapter = _adapter(request)
    try:
        answer: HttpResponse = StaffCallbackView.adapter_view(adapter)(request)
    except (KeyError, ValueError):
        return _failed(request, adapter.get_provider())
    return answer


def _failed(request: HttpRequest, provider: StaffProvider) -> HttpResponse:
    try:
        get_adapter().on_authentication_error(request, provider)
    except ImmediateHttpResponse as refused:
        return refused.response
    raise AssertionError("The adapter always answers.")
