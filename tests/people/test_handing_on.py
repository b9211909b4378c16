"""Whoever leaves their desk holds up nothing: what they were in charge of goes to colleagues."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from wagtail.models import ModelLogEntry

from pengaduan_app import actions, permissions, tasks
from pengaduan_app.models import Complaint, OutboxMessage
from pengaduan_app.people import accounts
from pengaduan_app.people.gaps import gaps_without
from pengaduan_app.permissions import Seats
from pengaduan_app.procedure.sop import Role, State
from tests.support.factories import staff
from tests.support.process import ledger_of, page_of

WAYS = ("deactivated", "moved", "role lost")


def leave(office, way: str, taker=None, elsewhere=None) -> int:
    """The official leaves that desk; returns how many complaints were handed on."""
    takers = {office.agency.pk: taker} if taker else {}
    key = office.official.pk
    if way == "deactivated":
        return accounts.deactivate(office.admin, key, takers)
    role = Role.OFFICIAL if way == "moved" else Role.HEAD
    agency = elsewhere.agency if way == "moved" else office.agency
    seats = Seats(frozenset({role}), frozenset({agency.pk}))
    return accounts.move(office.admin, key, seats, takers)


def told() -> list:
    rows = OutboxMessage.objects.filter(kind=OutboxMessage.Kind.HANDED_ON)
    return [row.recipient for row in rows.order_by("recipient")]


@pytest.mark.parametrize("way", WAYS)
def test_a_chosen_colleague_gets_the_open_complaints(office, other_office, way):
    colleague, bystander = (staff(Role.OFFICIAL, office.agency) for _number in range(2))
    study, later = office.complaint(to=State.STUDY), office.complaint(to=State.DECISION)
    over = office.complaint(to=State.PUBLISHED)
    rows = [ledger_of(complaint) for complaint in (study, later, over)]
    assert leave(office, way, colleague, other_office) == 2
    holders = [Complaint.objects.get(pk=each.pk).official for each in (study, later, over)]
    assert holders == [colleague, colleague, office.official]
    assert [ledger_of(complaint) for complaint in (study, later, over)] == rows
    assert told() == [colleague] and bystander not in told()
    actions.send_back(later.pk, office.head, "Mohon dilengkapi.")
    step = OutboxMessage.objects.filter(kind=OutboxMessage.Kind.STEP).latest("pk")
    assert step.recipient == colleague


@pytest.mark.parametrize("way", WAYS)
def test_without_a_choice_all_officials_have_them(office, other_office, way):
    colleagues = [staff(Role.OFFICIAL, office.agency) for _number in range(2)]
    study = office.complaint(to=State.STUDY)
    assert leave(office, way, elsewhere=other_office) == 1
    assert Complaint.objects.get(pk=study.pk).official is None
    assert told() == colleagues
    office.__dict__["official"] = colleagues[1]
    office.advance(study, State.PUBLISHED)


def test_many_steps_are_one_letter(office):
    colleague = staff(Role.OFFICIAL, office.agency)
    for _number in range(3):
        office.complaint(to=State.STUDY)
    leave(office, "deactivated", colleague)
    OutboxMessage.objects.exclude(kind=OutboxMessage.Kind.HANDED_ON).delete()
    tasks.deliver_outbox()
    [letter] = mail.outbox
    assert letter.to == [colleague.email]
    assert "/admin/" in letter.body and "MJK" not in letter.body


def test_nothing_is_handed_on_where_the_person_stays(office, other_office):
    study = office.complaint(to=State.STUDY)
    both = frozenset({office.agency.pk, other_office.agency.pk})
    official = office.official.pk
    assert accounts.move(office.admin, official, Seats(frozenset({Role.OFFICIAL}), both)) == 0
    assert Complaint.objects.get(pk=study.pk).official == office.official


@pytest.mark.parametrize("wrong", ["of another agency", "of another role", "who left", "oneself"])
def test_only_an_official_of_that_agency_takes_them(office, other_office, wrong):
    study = office.complaint(to=State.STUDY)
    left = staff(Role.OFFICIAL, office.agency)
    left.is_active = False
    left.save()
    taker = {
        "of another agency": other_office.official,
        "of another role": office.operator,
        "who left": get_user_model().objects.get(pk=left.pk),
        "oneself": office.official,
    }[wrong]
    with pytest.raises(actions.NotNow):
        leave(office, "deactivated", taker)
    assert get_user_model().objects.get(pk=office.official.pk).is_active
    assert Complaint.objects.get(pk=study.pk).official == office.official


def test_other_agencies_complaints_are_not_touched(office, other_office):
    """An official of two agencies leaves one of them."""
    person = staff(Role.OFFICIAL, office.agency)
    person.groups.add(other_office.agency.group)
    here, there = office.complaint(), other_office.complaint()
    for complaint, place in ((here, office), (there, other_office)):
        actions.verify(complaint.pk, place.operator)
        actions.forward(complaint.pk, place.operator, get_user_model().objects.get(pk=person.pk))
    stays = Seats(frozenset({Role.OFFICIAL}), frozenset({other_office.agency.pk}))
    assert accounts.move(office.admin, person.pk, stays) == 1
    assert Complaint.objects.get(pk=here.pk).official is None
    assert Complaint.objects.get(pk=there.pk).official == person


def test_the_draft_stays_with_its_complaint(office, other_office):
    study = office.complaint(to=State.STUDY)
    before = (page_of(study).pk, page_of(study).latest_revision_id, page_of(study).path)
    leave(office, "moved", elsewhere=other_office)
    assert (page_of(study).pk, page_of(study).latest_revision_id, page_of(study).path) == before


def test_the_complaints_log_says_who_handed_it_on(office):
    study = office.complaint(to=State.STUDY)
    leave(office, "deactivated")
    entry = ModelLogEntry.objects.for_instance(study).get(action=actions.HANDED_ON)
    assert entry.user == office.admin and entry.message


def test_the_only_holder_of_a_role_leaves_a_gap(office):
    operator, official = office.operator, office.official
    office.complaint(), office.complaint(to=State.STUDY)
    found = [
        (gap.role, gap.agency, gap.steps)
        for person in (operator, official, office.coordinator)
        for gap in gaps_without(person, permissions.seats_of(person))
    ]
    assert found == [
        (Role.OPERATOR, office.agency, 1),
        (Role.OFFICIAL, office.agency, 1),
        (Role.COORDINATOR, None, 0),
    ]
    staff(Role.OPERATOR, office.agency)
    assert gaps_without(operator, permissions.seats_of(operator)) == []
