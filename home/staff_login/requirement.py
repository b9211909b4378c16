"""Who needs a second factor, who has one, and who has shown it in this session."""

from __future__ import annotations

from enum import Enum

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest

# Recovery codes stand in for these; alone they are no factor.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Whoever gives rights could make themselves an account that has the vault's.
GIVES_RIGHTS = (
    "pengaduan_app.act_as_admin",
    *("auth.add_user", "auth.change_user", "auth.change_group"),
)
# In the session: the key of the user who has shown a second factor in it.
SHOWN = "second_factor_of"


class Standing(Enum):
    """How far a visitor has come."""

    THROUGH = "nothing is asked for, or it was shown"
    MUST_SHOW = "has a factor that this session hasn't seen"
    MUST_SET_UP = "needs a factor and has none"


def is_on() -> bool:
    """True where the site asks for second factors (STAFF_SECOND_FACTOR)."""
    return bool(settings.STAFF_SECOND_FACTOR)


def needs_factor(user: User) -> bool:
    """True for whoever holds one of the permissions in STAFF_SECOND_FACTOR_FOR, and for
    superusers and keepers of accounts, who can give themselves each of them."""
    named = (*settings.STAFF_SECOND_FACTOR_FOR, *GIVES_RIGHTS)
    return user.is_superuser or any(user.has_perm(name) for name in named)


def has_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def note_shown(request: HttpRequest, user: User) -> None:
    """This session has seen a second factor of the user."""
    request.session[SHOWN] = str(user.pk)


def standing_of(request: HttpRequest, user: User | AnonymousUser) -> Standing:
    """Where somebody stands who came with this session."""
    if not user.is_authenticated or request.session.get(SHOWN) == str(user.pk):
        return Standing.THROUGH
    if has_factor(user):
        return Standing.MUST_SHOW
    return Standing.MUST_SET_UP if needs_factor(user) else Standing.THROUGH


# What allauth tells; connected in home/apps.py.


def on_shown(request: HttpRequest, user: User, **kwargs: object) -> None:
    """A code or passkey was right."""
    note_shown(request, user)


def on_added(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: object
) -> None:
    """Setting a factor up shows that one has it."""
    if authenticator.type in FACTORS:
        note_shown(request, user)


def on_removed(request: HttpRequest, user: User, **kwargs: object) -> None:
    """Without a factor nothing has been shown."""
    if not has_factor(user):
        request.session.pop(SHOWN, None)
