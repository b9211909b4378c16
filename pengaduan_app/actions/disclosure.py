"""Opening the vault for a member of staff, with a reason that stays in the log."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from .. import permissions
from ..messaging import notifications
from ..models import OPENING, Complaint, Reporter
from ..permissions import Staff
from ..text import kept
from .core import NotNow, NotYours, require_no_personal_data, require_text


def reveal(complaint: Complaint, user: Staff, reason: str) -> Reporter:
    """The reporter's identity. The log keeps who opened it and why, and the coordinators are told.

    Raises NotYours without permission, NotNow without a reason or with the reporter's data in it.
    """
    if not permissions.may_reveal(user, complaint):
        raise NotYours(_("You may not open the reporter's identity."))
    if Reporter.is_unknown(complaint.pk):
        raise NotNow(_("No name was asked: there is no identity to open."))
    require_text(reason, _("Say why you need the reporter's identity."))
    # The reason is read by everybody who sees the complaint, and in the register.
    require_no_personal_data(complaint, reason)
    with transaction.atomic():
        data = {"reason": kept(reason).strip()}
        entry = log(instance=complaint, action=OPENING, user=user, data=data)
        notifications.after_opening(complaint, entry.pk)
        return complaint.reporter
