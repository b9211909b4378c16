"""What happens to somebody's factors and links stands in Wagtail's log."""

from __future__ import annotations

import logging

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _
from django_q.tasks import async_task
from wagtail.log_actions import log

logger = logging.getLogger(__name__)

ADDED = "home.second_factor.added"
REMOVED = "home.second_factor.removed"
RESET = "home.second_factor.reset"
LINKED = "home.single_sign_on.linked"
UNLINKED = "home.single_sign_on.unlinked"

# What was done, as the site history and the mail to the person say it.
MESSAGES = {
    ADDED: _("A second factor was set up"),
    REMOVED: _("A second factor was removed"),
    RESET: _("All second factors were removed by a command"),
    LINKED: _("Linked to the provider of single sign-on"),
    UNLINKED: _("Unlinked from the provider of single sign-on"),
}


def write(action: str, user: User, *, by_command: bool = False) -> None:
    """The person did it, or somebody at the server by a command."""
    # A request's user is a lazy stand-in, of which Wagtail's log keeps nothing, in silence.
    person = get_user_model().objects.get(pk=user.pk)
    log(instance=person, action=action, user=None if by_command else person)
    logger.warning("%s: user %s", action, user.pk)
    # The queue names the account and what was done, and no address.
    async_task("home.staff_login.factor_mail.send", person.pk, action, save=False)


def on_added(user: User, authenticator: Authenticator, **kwargs: object) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        write(ADDED, user)


def on_removed(user: User, authenticator: Authenticator, **kwargs: object) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        write(REMOVED, user)
