"""When allauth asks for the second factor, between password and session."""

from __future__ import annotations

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from . import requirement, single_sign_on


class SecondFactorStage(AuthenticateStage):
    """Asks everybody who has a factor, unless the site asks nobody, or the provider has asked."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if not requirement.is_on() or single_sign_on.has_asked(self.login.signal_kwargs):
            return False
        return bool(super()._should_handle(request))
