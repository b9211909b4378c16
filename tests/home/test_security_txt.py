"""Who finds a hole learns where to report it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

ADDRESS = "/.well-known/security.txt"


def test_a_city_that_names_nobody_has_no_such_page(city, client):
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("contact", ["mailto:keamanan@kota.example", "https://kota.example/lapor"])
def test_it_names_the_contact_and_is_never_out_of_date(city, client, settings, contact):
    settings.SECURITY_CONTACT = contact
    response = client.get(ADDRESS)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert lines["Contact"] == contact
    assert lines["Canonical"].endswith(ADDRESS)
    ahead = datetime.fromisoformat(lines["Expires"]) - timezone.now()
    assert timedelta(days=30) < ahead < timedelta(days=366)


def test_browsers_are_told_what_no_page_asks_for(city, client):
    assert "geolocation=()" in client.get("/lapor/").headers["Permissions-Policy"]
