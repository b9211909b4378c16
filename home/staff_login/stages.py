"""When allauth asks for the second factor, between password and session."""

from __future__ import annotations

from typing import Any

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from . import requirement, single_sign_on

# In what waits for the code: a keyed hash of the password that was typed.
PASSWORD_HASH = "password_hash"


class SecondFactorStage(AuthenticateStage):
    """Asks everybody who has a factor, unless the site asks nobody, or the provider has asked."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if not requirement.is_on() or single_sign_on.has_asked(self.login.signal_kwargs):
            return False
        return bool(super()._should_handle(request))

    def handle(self) -> tuple[Any, bool]:
        self.state.update({PASSWORD_HASH: self.login.user.get_session_auth_hash()})
        response, goes_on = super().handle()
        return response, goes_on

    def exit(self) -> HttpResponse:
        """Let the person in, unless the password was changed while the code was awaited."""
        now = self.login.user.get_session_auth_hash()
        if not constant_time_compare(self.state.get(PASSWORD_HASH, ""), now):
            return self.abort()
        return super().exit()
