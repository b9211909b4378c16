"""What happens to somebody's factors and links stands in Wagtail's log."""

from __future__ import annotations

import logging

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from wagtail.log_actions import log

logger = logging.getLogger(__name__)

ADDED = "home.second_factor.added"
REMOVED = "home.second_factor.removed"
RESET = "home.second_factor.reset"
LINKED = "home.single_sign_on.linked"
UNLINKED = "home.single_sign_on.unlinked"


def write(action: str, user: User, actor: User | None) -> None:
    """`actor` is None where a command did it."""
    log(instance=user, action=action, user=actor)
    logger.warning("%s: user %s", action, user.pk)


def on_added(user: User, authenticator: Authenticator, **kwargs: object) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        write(ADDED, user, user)


def on_removed(user: User, authenticator: Authenticator, **kwargs: object) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        write(REMOVED, user, user)
