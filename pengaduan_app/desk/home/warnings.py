"""What staff are told when nobody would act: no cluster, or an agency without an operator."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages as admin_messages
from wagtail.admin.menu import MenuItem

from ... import people, permissions
from ...models import Agency
from ...operations import health
from ...permissions import StaffRequest
from ...presentation import wib
from ...procedure import Role


def warn_when_silent(request: StaffRequest, menu_items: list[MenuItem]) -> None:
    """Warn that reminders and e-mails aren't being sent. Called while Wagtail builds the main
    menu, which it does before it renders the messages."""
    heartbeat = health.last_heartbeat()
    if not health.is_silent(heartbeat, timezone.now()):
        return
    if heartbeat is None:
        text = _(
            "Reminders and e-mails are not being sent: this site was never set up for it. "
            "Ask the system administrator to run “manage.py setup_site” and "
            "“manage.py pengaduan_cluster”."
        )
    else:
        text = _(
            "Reminders and e-mails have not been sent since %(time)s. "
            "Ask the system administrator to start “manage.py pengaduan_cluster” again; "
            "nothing is lost."
        ) % {"time": wib(heartbeat)}
    messages.error(request, text)


def warn_without_operator(request: StaffRequest, saved: Model) -> None:
    """Warn about an agency without an operator: a complaint sent there would wait for nobody."""
    if not isinstance(saved, Agency) or not saved.active:
        return
    if saved.pk in permissions.agencies_with(Role.OPERATOR):
        return
    buttons = []
    if permissions.may_keep_people(request.user):
        url = people.add_url(Role.OPERATOR, saved)
        buttons.append(admin_messages.button(url, _("Add the operator")))
    text = _("%(agency)s has no operator yet: nobody would receive its complaints.")
    admin_messages.warning(request, text % {"agency": saved.name}, buttons=buttons)
