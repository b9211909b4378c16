"""Staff enter what somebody said or wrote to the office: one write path, with who did it."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from pengaduan_app import actions
from pengaduan_app.models import Agency, Arrival, Complaint, OutboxMessage, Reporter
from pengaduan_app.procedure import Channel, Consent
from pengaduan_app.procedure.sop import State, Step
from tests.support.factories import REPORTER, submit
from tests.support.process import Office

LETTER = "045.2/123/417.101/2026"


def enter(by, agency=None, *, received_on=None, letter=("", None), identity=REPORTER, **fields):
    entered = actions.Entered(by, received_on or timezone.localdate(), *letter)
    fields = {"channel": Channel.LETTER, **fields}
    return submit(agency, identity=identity, entered=entered, **fields)


def test_a_letter_of_last_week_waits_at_a1_from_now_on(office):
    before = timezone.now()
    week_ago = timezone.localdate() - timedelta(days=7)
    letter = (LETTER, week_ago - timedelta(days=2))
    complaint = enter(office.operator, office.agency, received_on=week_ago, letter=letter).complaint
    record = complaint.steps.get()
    assert (complaint.state, record.step) == (State.RECEIVED, Step.A1)
    assert before <= complaint.created_at == record.started_at <= timezone.now()
    arrival = Arrival.objects.get(complaint=complaint)
    assert (arrival.received_on, arrival.letter_number, arrival.letter_date) == (week_ago, *letter)
    assert arrival.entered_by == office.operator


def test_the_log_says_who_entered_it_and_nothing_of_the_reporter(office):
    identity = actions.Identity("Zqnama", link="https://sosial.example/zqakun")
    complaint = enter(office.operator, office.agency, identity=identity, letter=(LETTER, None))
    entry = ModelLogEntry.objects.get(action=actions.ENTERED)
    assert (entry.user, entry.object_id) == (office.operator, str(complaint.complaint.pk))
    assert entry.data == {
        "channel": "letter",
        "received_on": timezone.localdate().isoformat(),
        "consent": "form",
        "anonymous": False,
    }


def test_it_starts_in_the_agency_that_it_is_addressed_to_whoever_enters_it(office):
    other = Office()
    told = {other.operator.pk}
    complaint = enter(office.operator, other.agency).complaint
    assert (complaint.state, complaint.agency) == (State.RECEIVED, other.agency)
    steps = OutboxMessage.objects.filter(complaint=complaint, kind=OutboxMessage.Kind.STEP)
    assert set(steps.values_list("recipient", flat=True)) == told
    assert not Complaint.objects.visible_to(office.operator).exists()


def test_without_an_agency_the_complaint_administrator_chooses(office):
    assert enter(office.admin).complaint.state == State.ROUTING


@pytest.mark.parametrize("who", ["official", "head", "editor", "coordinator"])
def test_only_who_receives_complaints_enters_one(office, who):
    with pytest.raises(actions.NotYours, match="operator"):
        enter(getattr(office, who), office.agency)
    assert not Complaint.objects.exists()


def test_an_operator_who_has_left_enters_nothing(office):
    office.operator.is_active = False
    with pytest.raises(actions.NotYours):
        enter(office.operator, office.agency)


@pytest.mark.parametrize(
    "changes",
    [
        {"received_on": date(2999, 1, 1)},
        {"received_on": date(2001, 1, 1)},
        {"letter": ("1/2026", date(2999, 1, 1))},
        {"letter": ("Wulan Misalnya Sari", None)},
        {"letter": ("wulan@contoh.example", None)},
        {"channel": Channel.WEB},
        {"channel": Channel.SMS},
        {"identity": actions.Identity("Wulan", link="javascript:alert(1)")},
        {"identity": actions.Identity("Wulan", link="sosial.example/x")},
        {"identity": actions.Identity("Wulan", link="//sosial.example/x")},
        {"identity": actions.Identity("")},
        {"identity": actions.Identity("Wulan", is_anonymous=True)},
        {"identity": actions.Identity("", phone="0812-9999-0001", is_anonymous=True)},
        {"identity": actions.Identity("", link="https://a.example/b", is_anonymous=True)},
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_stored(office, changes):
    with pytest.raises(actions.NotNow):
        enter(office.operator, office.agency, **changes)
    assert not Complaint.objects.exists()
    assert not Reporter.objects.exists()


def test_an_agency_that_takes_no_complaints_gets_none(office):
    Agency.objects.filter(pk=office.agency.pk).update(active=False)
    with pytest.raises(actions.NotNow):
        enter(office.operator, Agency.objects.get(pk=office.agency.pk))


@pytest.mark.parametrize("channel", [Channel.TELEPHONE, Channel.LETTER, Channel.COUNTER])
def test_no_citizens_form_says_that_it_came_through_the_staff(city, channel):
    with pytest.raises(ValueError, match="Entered"):
        submit(channel=channel)
    assert not Complaint.objects.exists()


def test_the_same_form_sent_twice_makes_one_complaint_with_one_arrival(office):
    key = uuid.uuid4()
    first, second = (enter(office.operator, office.agency, key=key) for _time in range(2))
    assert (first.code, first.complaint) == (second.code, second.complaint)
    assert (first.is_new, second.is_new) == (True, False)
    assert Arrival.objects.count() == ModelLogEntry.objects.filter(action=actions.ENTERED).count()


@pytest.mark.parametrize(
    "changes",
    [
        {"received_on": timezone.localdate() - timedelta(days=1)},
        {"letter": ("2/2026", None)},
        {"channel": Channel.COUNTER},
        {"identity": actions.Identity("Wulan Misalnya Sari", consent=Consent.SIGNED)},
    ],
)
def test_a_fact_that_was_put_right_is_not_lost_in_silence(office, changes):
    """Sent again from the same form: another complaint, and it says so."""
    key, plain = uuid.uuid4(), actions.Identity("Wulan Misalnya Sari")
    enter(office.operator, office.agency, key=key, identity=plain)
    again = enter(office.operator, office.agency, key=key, **{"identity": plain, **changes})
    assert again.is_new
    assert again.follows_another


def test_the_consent_stands_in_the_vault(office):
    identity = actions.Identity("Wulan", consent=Consent.SIGNED)
    complaint = enter(office.operator, office.agency, identity=identity).complaint
    reporter = Reporter.objects.get(complaint=complaint)
    assert (reporter.consent_how, reporter.consent_at) == ("signed", complaint.created_at)
    mine = Reporter.objects.get(complaint=submit(office.agency).complaint)
    assert mine.consent_how == "form"
