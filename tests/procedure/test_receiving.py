"""When a complaint that staff enter counts as received, and which days may stand on the paper."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from pengaduan_app.procedure import Channel, Consent, Role, labels, receiving
from pengaduan_app.procedure.receiving import DateFault

pytestmark = pytest.mark.pure

TODAY = date(2026, 2, 23)
NOW = datetime(2026, 2, 23, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("days", [0, 1, 30, 90])
def test_the_clock_starts_when_it_is_entered_whatever_the_date_on_the_paper(days):
    received_on = TODAY - timedelta(days=days)
    assert receiving.date_fault(received_on, TODAY) is None
    assert receiving.clock_starts(NOW, received_on) == NOW


@pytest.mark.parametrize(
    ("received_on", "fault"),
    [
        (date(2026, 2, 24), DateFault.AHEAD),
        (date(9999, 12, 31), DateFault.AHEAD),
        (date(2026, 2, 23), None),
        (date(2025, 11, 25), None),
        (date(2025, 11, 24), DateFault.TOO_OLD),
        (date(1, 1, 1), DateFault.TOO_OLD),
    ],
)
def test_no_day_that_is_still_to_come_and_none_of_long_ago(received_on, fault):
    assert receiving.date_fault(received_on, TODAY) == fault


def test_each_channel_is_the_citizens_or_the_staffs():
    assert set(Channel) == receiving.CITIZENS_CHANNELS | set(receiving.STAFF_CHANNELS)
    assert not receiving.CITIZENS_CHANNELS & set(receiving.STAFF_CHANNELS)


def test_who_receives_complaints_may_enter_one():
    assert {Role.OPERATOR, Role.ADMIN} == receiving.ENTERING_ROLES


def test_every_way_to_agree_has_a_name_on_the_screen():
    assert set(labels.CONSENTS) == set(Consent)
    assert len({str(label) for label in labels.CONSENTS.values()}) == len(Consent)
