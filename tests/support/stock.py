"""Complaints in stock: a module names the states that its tests begin in, and each is walked to
once, before the first test. What a test does to one is undone with the test.

    STOCK = (State.STUDY, State.PUBLISHED)

For modules whose tests look at one complaint and not at lists. Under a clock that stands still
a complaint is walked on that clock, as without a stock.
"""

from __future__ import annotations

from collections.abc import Iterable

import time_machine
from django.contrib.auth import get_user_model

from pengaduan_app.models import Agency, Complaint
from pengaduan_app.procedure.sop import Role, State
from tests.support.process import Office


class Stock:
    """What a module's tests share: an office with all its people, and a complaint a state."""

    def __init__(self, states: Iterable[State]):
        office = Office()
        self.agency = office.agency.pk
        self.people = {office.person(role).pk: role for role in Role}
        self.complaints = {state: office.complaint(to=state).pk for state in states}


class StockedOffice(Office):
    """An office as one test meets it: its first complaint of a state comes out of the stock,
    unless the test wants a special one."""

    def __init__(self, stock: Stock):
        super().__init__(Agency.objects.get(pk=stock.agency))
        # Loaded again, as a request would.
        for pk, user in get_user_model().objects.in_bulk(stock.people).items():
            setattr(self, stock.people[pk].value, user)
        self.left = dict(stock.complaints)

    def complaint(self, to: State = State.RECEIVED, **fields) -> Complaint:
        if fields or to not in self.left or time_machine.escape_hatch.is_travelling():
            return super().complaint(to, **fields)
        return Complaint.objects.get(pk=self.left.pop(to))
