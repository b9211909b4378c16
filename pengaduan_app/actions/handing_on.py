"""Handing on what somebody holds personally: the complaints that they are in charge of (SOP A2).

Steps of other kinds that somebody has go back to their role (assigning.let_go).
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from .. import permissions
from ..messaging import Directory, staff_letters
from ..models import Complaint
from ..permissions import Staff
from ..procedure import Role, Step, sop
from .core import NotNow, NotYours

HANDED_ON = "pengaduan_app.hand_on"


def held_by(person: Staff) -> QuerySet[Complaint]:
    """The open complaints that the person is in charge of: those that wait for their study (A5),
    and those that come back to them when the head sends them back."""
    return Complaint.objects.open().filter(official=person)


@transaction.atomic
def hand_on(leaver: Staff, agency_id: int, user: Staff, to: Staff | None = None) -> int:
    """Give what `leaver` holds in an agency to another official, or without one to all of them;
    returns how many complaints that were.

    No state and no ledger row changes: a step is closed by whoever does it. Who gets a step that is
    open now is told. Raises NotYours unless `user` keeps the staff's accounts, NotNow when `to` is
    no official of that agency.
    """
    if not permissions.may_keep_people(user):
        raise NotYours(_("Only the complaint administrator hands on other people's steps."))
    if to is not None and (
        to.pk == leaver.pk or not permissions.acts_as(to, Role.OFFICIAL, agency_id)
    ):
        raise NotNow(_("Choose an official of the agency that has these complaints."))
    held = Complaint.locked.filter(official=leaver, agency=agency_id, state__in=sop.OPEN_STATES)
    complaints = list(held.order_by("pk"))
    for complaint in complaints:
        complaint.official = to
        if complaint.open_step == Step.A5:
            complaint.assigned_at = timezone.now() if to else None
        complaint.save(update_fields=["official", "assigned_at"])
        log(instance=complaint, action=HANDED_ON, user=user, data={"to": to.pk if to else None})
    if any(complaint.open_step == Step.A5 for complaint in complaints):
        takers = Directory().of_step(Step.A5, agency_id, to.pk if to else None)
        staff_letters.tell_of_steps(takers - {leaver.pk})
    return len(complaints)
