"""Bulk actions as a browser sends them: the page first, then its form."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse


def bulk_address(action: str, ids) -> str:
    """The address of a bulk action on complaints, for these ids or whatever stands for them."""
    address = reverse("wagtail_bulk_action", args=["pengaduan_app", "complaint", action])
    return f"{address}?{urlencode([('id', each) for each in ids])}"


def keys_of(complaints) -> list[int]:
    return [complaint.pk for complaint in complaints]


def send(browser, user, action: str, complaints, **data):
    """Open the page for these complaints and send its form, filled in with `data`."""
    browser.force_login(user)
    address = bulk_address(action, keys_of(complaints))
    page = browser.get(address)
    assert page.status_code == 200, page.status_code
    seen = [f"{each.pk}-{each.open_row_pk}" for each in page.context["able"]]
    return browser.post(address, {"seen": seen, **data})


def report(response) -> dict[int, tuple[bool, str]]:
    """What the report says of each complaint, by its key: whether it was done, and why not."""
    assert response.status_code == 200
    return {line.complaint.pk: (line.done, line.text) for line in response.context["lines"]}
