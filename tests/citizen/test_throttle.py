"""Who is counted as one visitor, for how long, and that no address is written down."""

from __future__ import annotations

import pytest
import time_machine
from django.test import RequestFactory

from pengaduan_app import tasks, throttle
from pengaduan_app.models import UseCount

pytestmark = pytest.mark.django_db

# The last minute of an hour, and the first of the next.
BEFORE, AFTER = "2026-02-23T02:59:30Z", "2026-02-23T03:00:00Z"


def request(address: str, *hops: str):
    """A request from there, through proxies that each named who came to them."""
    headers = {"X-Forwarded-For": ", ".join(hops)} if hops else {}
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


def uses(made) -> int:
    """After how many uses this one is over the limit; 0 for none at all."""
    return next(limit for limit in range(1, 99) if not throttle.is_over(made, "uji", limit)) - 1


@pytest.mark.parametrize(
    ("proxies", "hops", "address"),
    [
        # Without a trusted proxy the header is the visitor's own invention.
        (0, [], "10.0.0.1"),
        (0, ["203.0.113.9"], "10.0.0.1"),
        (1, ["203.0.113.9"], "203.0.113.9"),
        # What stands further left was there before the trusted proxy wrote its own.
        (1, ["198.51.100.7", "203.0.113.9"], "203.0.113.9"),
        (2, ["198.51.100.7", "203.0.113.9", "10.0.0.2"], "203.0.113.9"),
        (2, ["203.0.113.9", "10.0.0.2"], "203.0.113.9"),
        # Fewer than there should be: it came past the proxies.
        (2, ["203.0.113.9"], "10.0.0.1"),
        (1, [], "10.0.0.1"),
        (1, [" 203.0.113.9 "], "203.0.113.9"),
        (1, ["203.0.113.9", ""], "10.0.0.1"),
    ],
)
def test_the_visitors_address_is_what_the_outermost_trusted_proxy_saw(
    settings, proxies, hops, address
):
    settings.PENGADUAN_TRUSTED_PROXIES = proxies
    assert throttle.client_address(request("10.0.0.1", *hops)) == address


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("203.0.113.9", "203.0.113.9", True),
        ("203.0.113.9", "203.0.113.10", False),
        # A subscriber has all the addresses of a /64, and no other subscriber has one.
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("2001:db8:0:1::1", "2001:DB8:0:1:0:0:0:2", True),
        ("unknown", "unknown", True),
        ("unknown", "203.0.113.9", False),
    ],
)
def test_one_subscriber_is_one_visitor(first, second, same):
    throttle.count(request(first), "uji")
    assert uses(request(second)) == same


def test_each_use_counts_and_each_purpose_for_itself():
    made = request("203.0.113.9")
    assert uses(made) == 0
    for number in range(1, 4):
        throttle.count(made, "uji")
        assert uses(made) == number
    assert not throttle.is_over(made, "lain", 1)


def test_the_limit_itself_is_the_last_that_is_allowed():
    made = request("203.0.113.9")
    throttle.count(made, "uji")
    assert not throttle.is_over(made, "uji", 2)
    throttle.count(made, "uji")
    assert throttle.is_over(made, "uji", 2)


def test_a_new_hour_begins_with_nothing_counted():
    made = request("203.0.113.9")
    with time_machine.travel(BEFORE, tick=False) as clock:
        throttle.count(made, "uji")
        assert uses(made) == 1
        clock.move_to(AFTER)
        assert uses(made) == 0


@pytest.mark.parametrize("address", ["203.0.113.9", "2001:db8:0:1::1"])
def test_no_address_and_no_account_stands_in_the_table(address):
    """They are personal data: what is stored can't be read back without the site's key."""
    throttle.count(request(address), "uji")
    throttle.count(request(address), "uji", "operator.rekaan")
    keys = " ".join(UseCount.objects.values_list("key", flat=True))
    assert address.split("::")[0] not in keys
    assert "operator" not in keys


def test_another_site_stores_another_key(settings):
    made = request("203.0.113.9")
    throttle.count(made, "uji")
    settings.SECRET_KEY = "kunci-situs-lain"
    assert uses(made) == 0


def test_an_account_is_counted_wherever_it_is_tried_from():
    for number in range(3):
        throttle.count(request(f"203.0.113.{number}"), "uji", "Operator.Rekaan")
    assert throttle.is_over(request("198.51.100.1"), "uji", 3, "operator.rekaan")
    assert not throttle.is_over(request("198.51.100.1"), "uji", 1)


def test_a_thousand_other_visitors_free_no_blocked_one():
    blocked = request("203.0.113.9")
    throttle.count(blocked, "uji")
    for number in range(1000):
        throttle.count(request(f"10.0.{number // 250}.{number % 250}"), "uji")
    assert uses(blocked) == 1


def test_hours_that_are_over_leave_no_rows():
    with time_machine.travel(BEFORE, tick=False) as clock:
        throttle.count(request("203.0.113.9"), "uji")
        tasks.clear_counters()
        assert UseCount.objects.count() == 1
        clock.move_to("2026-02-23T03:00:01Z")
        tasks.clear_counters()
    assert UseCount.objects.count() == 0
