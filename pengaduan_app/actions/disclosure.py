"""Opening the vault for a member of staff, with a reason that stays in the log."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from .. import permissions
from ..models import Complaint, Reporter
from ..permissions import Staff
from ..text import kept
from .core import NotYours, require_text


def reveal(complaint: Complaint, user: Staff, reason: str) -> Reporter:
    """The reporter's identity. Raises NotYours without permission, NotNow without a reason."""
    if not permissions.may_reveal(user, complaint):
        raise NotYours(_("You may not open the reporter's identity."))
    require_text(reason, _("Say why you need the reporter's identity."))
    with transaction.atomic():
        log(
            instance=complaint,
            action="pengaduan_app.reveal",
            user=user,
            data={"reason": kept(reason).strip()},
        )
        return complaint.reporter
