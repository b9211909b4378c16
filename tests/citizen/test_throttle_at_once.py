"""Counting at the same moment loses no count."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import RequestFactory

from pengaduan_app import throttle
from pengaduan_app.models import UseCount

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
AT_ONCE, TIMES = 4, 15


def test_every_use_is_counted_however_many_come_at_once():
    made = RequestFactory().get("/", REMOTE_ADDR="203.0.113.9")

    def use(_number: int) -> None:
        for _time in range(TIMES):
            throttle.count(made, "uji")
        connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(use, range(AT_ONCE)))
    assert UseCount.objects.get().count == AT_ONCE * TIMES
    assert throttle.is_over(made, "uji", AT_ONCE * TIMES)
