"""Two people at once: a step has one holder, and a leave doesn't stand there twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from pengaduan_app import actions
from pengaduan_app.models import Absence, Complaint, StepRecord
from pengaduan_app.people import leave
from pengaduan_app.procedure.sop import Role, State
from tests.actions.test_concurrency import at_once, fresh, office, one_won  # noqa: F401
from tests.support.factories import staff
from tests.support.process import open_record

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]


def test_of_two_people_who_take_a_step_at_the_same_moment_one_has_it(office):  # noqa: F811
    complaint = office.complaint(to=State.VERIFIED)
    people = [office.operator, staff(Role.OPERATOR, office.agency)]
    outcomes = at_once(
        *(lambda user=user: actions.take(complaint.pk, fresh(user)) for user in people)
    )
    assert one_won(outcomes), outcomes
    assert Complaint.objects.get(pk=complaint.pk).holder in people


def test_a_step_that_ends_while_it_is_taken_leaves_the_next_one_to_all(office):  # noqa: F811
    complaint = office.complaint(to=State.RECEIVED)
    row, colleague = open_record(complaint).pk, staff(Role.OPERATOR, office.agency)
    outcomes = at_once(
        lambda: actions.take(complaint.pk, fresh(colleague), seen=row),
        lambda: actions.verify(complaint.pk, fresh(office.operator)),
    )
    assert outcomes[1] == "done"
    assert Complaint.objects.get(pk=complaint.pk).holder is None
    taken_first = outcomes[0] == "done"
    assert (StepRecord.objects.get(pk=row).assigned_to == colleague) is taken_first


def test_a_leave_that_is_sent_twice_stands_there_once(office):  # noqa: F811
    deputy, today = staff(Role.OPERATOR, office.agency), timezone.localdate()
    days = (today, today + timedelta(days=2))
    outcomes = at_once(
        *(
            lambda user=user: leave.add(fresh(user), office.operator.pk, fresh(deputy), *days)
            for user in (office.operator, office.head)
        )
    )
    assert one_won(outcomes), outcomes
    assert Absence.objects.count() == 1
