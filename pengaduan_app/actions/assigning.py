"""Whose the open step is: one of its role takes it, is given it, gives it back.

It locks nobody out: the SOP names roles, and anybody of the role may still end the step. The
one it is assigned to is told and reminded first, and the ledger keeps who that was.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.transaction import atomic
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from .. import permissions
from ..messaging import Directory, notifications, staff_letters
from ..models import Complaint, held_by
from ..permissions import Staff
from ..presentation import person_name
from ..procedure import Action, Step, labels, sop
from .core import Move, NotNow, transition


def take(complaint_id: int, user: Staff, *, seen: int | None = None) -> Complaint:
    """The user has the open step from now on. Raises NotNow if somebody has it already: then it
    is given, knowingly, and never taken by two at once."""
    with transition(complaint_id, Action.TAKE, user, seen=seen) as move:
        holder = holder_of(move.complaint)
        if holder == user:
            raise NotNow(_("You have this step already."))
        if holder:
            raise NotNow(
                _(
                    "%(person)s has this step already. Choose “%(give)s” if it shall be yours, or "
                    "do it: anybody of the role may."
                )
                % {"person": person_name(holder), "give": labels.ACTIONS[Action.GIVE]}
            )
        _hand(move, user)
    return move.complaint


def give(complaint_id: int, user: Staff, person: Staff, *, seen: int | None = None) -> Complaint:
    """The open step is `person`'s from now on, and they are told. Given by whoever holds the
    step's role, or by their superior. Raises NotNow unless `person` holds the role."""
    with transition(complaint_id, Action.GIVE, user, seen=seen) as move:
        if not holds_step(person, move.complaint):
            raise NotNow(_("Choose somebody who has the role of this step, in this agency."))
        if holder_of(move.complaint) == person:
            raise NotNow(_("%(person)s has this step already.") % {"person": person_name(person)})
        _hand(move, person)
        if person != user:
            _tell(move.complaint, user)
    return move.complaint


def release(complaint_id: int, user: Staff, *, seen: int | None = None) -> Complaint:
    """The open step waits for all of its role again, and they are told. Raises NotNow if it is
    nobody's."""
    with transition(complaint_id, Action.RELEASE, user, seen=seen) as move:
        if move.complaint.holder is None:
            raise NotNow(_("This step is nobody's: whoever of its role comes first may do it."))
        _hand(move, None)
        _tell(move.complaint, user)
    return move.complaint


def holder_of(complaint: Complaint) -> Staff | None:
    """Whose the open step is; None if it is nobody's, or theirs who have left that desk."""
    holder = complaint.holder
    return holder if holder and holds_step(holder, complaint) else None


def holds_step(person: Staff, complaint: Complaint) -> bool:
    """True if the person has the role of the open step, where the complaint is."""
    step = complaint.open_step
    return step is not None and permissions.acts_as(
        person, sop.STEPS[step].role, complaint.agency_id
    )


def _hand(move: Move, person: Staff | None) -> None:
    """Write down whose the step is; A5 makes its holder the official in charge."""
    field = "official" if move.complaint.open_step == Step.A5 else "assignee"
    move.set(**{field: person, "assigned_at": move.at if person else None})
    move.noted["person"] = person.pk if person else None


def _tell(complaint: Complaint, user: Staff) -> None:
    record = complaint.open_record
    assert record, "Only an open step is somebody's."
    notifications.after_assigning(complaint, record, user.pk)


def assigned_to(person: Staff) -> QuerySet[Complaint]:
    """The complaints whose open step is the person's."""
    return Complaint.objects.filter(held_by([person.pk]))


@atomic
def let_go(person: Staff, user: Staff | None = None) -> int:
    """Take from the person what is theirs at desks where they don't sit any more; returns how
    many complaints that were. Each step's role is told of it, once. `user`: on whose word, if
    anybody's."""
    held = Complaint.locked.filter(pk__in=assigned_to(person).values("pk")).order_by("pk")
    gone = [complaint for complaint in held if not holds_step(person, complaint)]
    directory, told = Directory(), set[int]()
    for complaint in gone:
        step = complaint.open_step
        assert step, "Only an open step is somebody's."
        complaint.assigned_at = None
        setattr(complaint, "official" if step == Step.A5 else "assignee", None)
        complaint.save(update_fields=["official", "assignee", "assigned_at"])
        data = {"person": None, "left": person.pk}
        action = f"pengaduan_app.{Action.RELEASE.value}"
        log(instance=complaint, action=action, user=user, data=data)
        told |= directory.of_step(step, complaint.agency_id, None)
    staff_letters.tell_of_steps(told - {person.pk})
    return len(gone)
