"""What happens to somebody's factors and links stands in Wagtail's log."""

from __future__ import annotations

import logging

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from wagtail.log_actions import log

logger = logging.getLogger(__name__)

ADDED = "home.second_factor.added"
REMOVED = "home.second_factor.removed"
RESET = "home.second_factor.reset"
LINKED = "home.single_sign_on.linked"
UNLINKED = "home.single_sign_on.unlinked"


def write(action: str, user: User, *, by_command: bool = False) -> None:
    """The person did it, or somebody at the server by a command."""
    # A request's user is a lazy stand-in, of which Wagtail's log keeps nothing, in silence.
    person = get_user_model().objects.get(pk=user.pk)
    log(instance=person, action=action, user=None if by_command else person)
    logger.warning("%s: user %s", action, user.pk)


def on_added(user: User, authenticator: Authenticator, **kwargs: object) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        write(ADDED, user)


def on_removed(user: User, authenticator: Authenticator, **kwargs: object) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        write(REMOVED, user)
