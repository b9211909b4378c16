"""The warning on every admin screen when the cluster doesn't run."""

from __future__ import annotations

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _

from .operations import health
from .presentation import wib


def warn_when_silent(request, menu_items) -> None:
    """Called while Wagtail builds the main menu, which stands before the messages."""
    heartbeat = health.last_heartbeat()
    if not health.is_silent(heartbeat, timezone.now()):
        return
    if heartbeat is None:
        text = _(
            "Reminders and e-mails are not being sent: this site was never set up for it. "
            "Ask the system administrator to run “manage.py setup_site” and “manage.py qcluster”."
        )
    else:
        text = _(
            "Reminders and e-mails have not been sent since %(time)s. "
            "Ask the system administrator to start “manage.py qcluster” again; nothing is lost."
        ) % {"time": wib(heartbeat)}
    messages.error(request, text)
