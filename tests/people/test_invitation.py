"""An invitation lets one person in, once, for a while; no password travels."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ

from pengaduan_app import actions, tasks
from pengaduan_app.models import OutboxMessage
from pengaduan_app.people import accounts
from pengaduan_app.permissions import Seats
from pengaduan_app.procedure.sop import Role
from tests.support.factories import staff

LINK = re.compile(r"https?://\S+(/admin/password_reset/confirm/\S+)")
NEW = "sandi-panjang-sekali-42"
User = get_user_model()


@pytest.fixture
def invited(office):
    seats = Seats(frozenset({Role.OPERATOR}), frozenset({office.agency.pk}))
    return accounts.add(office.admin, "Bunga Contohwati", "bunga@kota.example", seats)


def letters() -> list:
    """What is sent to the person now."""
    mail.outbox.clear()
    tasks.deliver_outbox()
    return [letter for letter in mail.outbox if letter.to == ["bunga@kota.example"]]


def link_of(letter) -> str:
    return LINK.search(letter.body).group(1)


def open_link(link: str):
    """Django takes the token out of the address at once; returns the browser and the form."""
    browser = Client()
    response = browser.get(link, follow=True)
    return browser, response


def choose_password(link: str, password: str = NEW) -> bool:
    """Follow the link and set a password; False if it doesn't let anybody in."""
    browser, response = open_link(link)
    if not response.context["validlink"]:
        return False
    address = response.redirect_chain[-1][0]
    data = {"new_password1": password, "new_password2": password}
    return browser.post(address, data).status_code == 302


def test_the_mailed_link_sets_the_password_and_the_person_logs_in(invited):
    [letter] = letters()
    assert invited.username in letter.body and "Bunga Contohwati" in letter.body
    assert choose_password(link_of(letter))
    browser = Client()
    data = {"username": invited.username, "password": NEW}
    assert browser.post("/admin/login/", data).status_code == 302
    assert browser.get("/admin/complaints/").status_code == 200


def test_the_link_works_once(invited):
    link = link_of(letters()[0])
    assert choose_password(link)
    assert not choose_password(link, "sandi-lain-lagi-4242")
    assert User.objects.get(pk=invited.pk).check_password(NEW)


def test_the_link_ends_when_the_letter_says(invited):
    link = link_of(letters()[0])
    over = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 1)
    with time_machine.travel(over.timestamp()):
        assert not choose_password(link)


def test_no_token_is_stored_anywhere(invited):
    """Neither in the outbox nor in the queue: it is made while the letter is sent."""
    token = link_of(letters()[0]).rstrip("/").rpartition("/")[2]
    rows = [str(row) for row in OutboxMessage.objects.values()]
    rows += [str(row.task) for row in OrmQ.objects.all()]
    assert token and not [row for row in rows if token in row]


def test_a_weak_password_is_refused_by_the_link_too(invited):
    assert not choose_password(link_of(letters()[0]), "bunga")
    assert not User.objects.get(pk=invited.pk).has_usable_password()


def test_an_invitation_that_waits_is_for_nobody_once_they_have_a_password(invited):
    invited.set_password(NEW)
    invited.save()
    assert letters() == []


def test_nor_for_somebody_who_was_deactivated(office, invited):
    accounts.deactivate(office.admin, invited.pk)
    assert letters() == []
    accounts.activate(office.admin, invited.pk)
    assert len(letters()) == 1


def test_a_second_invitation_ends_the_first(office, invited):
    first = link_of(letters()[0])
    with time_machine.travel(timezone.now() + accounts.PAUSE, tick=True):
        accounts.invite_again(office.admin, invited.pk)
        second = link_of(letters()[0])
        assert not choose_password(first)
        assert choose_password(second)


def test_invitations_are_not_sent_one_after_another(office, invited):
    with pytest.raises(actions.NotNow, match="10 menit"):
        accounts.invite_again(office.admin, invited.pk)
    with time_machine.travel(timezone.now() + accounts.PAUSE, tick=True):
        accounts.invite_again(office.admin, invited.pk)
        # The first one still waits: one letter is enough.
        assert len(letters()) == 1


def test_who_has_a_password_is_not_invited(office):
    person = staff(Role.OPERATOR, office.agency)
    with pytest.raises(actions.NotNow, match="kata sandi"):
        accounts.invite_again(office.admin, person.pk)


def test_another_address_gets_a_link_of_its_own(office, invited):
    first = link_of(letters()[0])
    accounts.rename(office.admin, invited.pk, "Bunga Contohwati", "lain@kota.example")
    mail.outbox.clear()
    tasks.deliver_outbox()
    assert [letter.to for letter in mail.outbox] == [["lain@kota.example"]]
    assert not choose_password(first)


def test_forgotten_password_sends_nothing_to_who_never_had_one(invited):
    letters()
    mail.outbox.clear()
    Client().post("/admin/password_reset/", {"email": invited.email})
    assert mail.outbox == []
