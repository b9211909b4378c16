"""Django system checks for the settings of the staff's log-in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.auth import get_permission_codename
from django.core import checks

Apps = Sequence[AppConfig] | None


def register_all() -> None:
    """Called once, when the app is ready."""
    checks.register(check_permissions_for_second_factor, checks.Tags.security)
    checks.register(check_provider, checks.Tags.security)
    checks.register(check_second_factor, checks.Tags.security, deploy=True)


def _known_permissions() -> Iterator[str]:
    for model in apps.get_models():
        options = model._meta
        for action in options.default_permissions:
            yield f"{options.app_label}.{get_permission_codename(action, options)}"
        for codename, _name in options.permissions:
            yield f"{options.app_label}.{codename}"


def check_permissions_for_second_factor(
    app_configs: Apps, **kwargs: object
) -> list[checks.CheckMessage]:
    """A permission that doesn't exist would ask nobody for a second factor."""
    unknown = set(settings.STAFF_SECOND_FACTOR_FOR) - set(_known_permissions())
    return [
        checks.Error(
            f"STAFF_SECOND_FACTOR_FOR names {name!r}, which is no permission.",
            hint="Write it as app.codename, as wagtailadmin.access_admin.",
            id="home.E001",
        )
        for name in sorted(unknown)
    ]


def check_provider(app_configs: Apps, **kwargs: object) -> list[checks.CheckMessage]:
    """A provider needs a client of ours."""
    provider = settings.STAFF_OIDC
    missing = [
        f"OIDC_{name.upper()}"
        for name in ("client_id", "client_secret")
        if provider and not provider[name]
    ]
    return [
        checks.Error(
            f"OIDC_SERVER_URL is set, and {name} is not.",
            hint="Take it from the client that you registered at the provider.",
            id="home.E002",
        )
        for name in missing
    ]


def check_second_factor(app_configs: Apps, **kwargs: object) -> list[checks.CheckMessage]:
    """On the internet a password alone opens the vault to whoever finds it out."""
    if settings.STAFF_SECOND_FACTOR:
        return []
    return [
        checks.Warning(
            "A password alone opens the vault: no second factor is asked for.",
            hint="Set STAFF_SECOND_FACTOR=true; see docs/operations.md, “Second factor”.",
            id="home.W001",
        )
    ]
