"""What is never kept when a session is over: the ways into accounts, and secrets."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from pengaduan_app.models import UnsentForm
from pengaduan_app.procedure import State
from tests.desk.test_unsent_forms import WORDS, Writer
from tests.support.process import editor_form, page_of

STOCK = (State.EDITING,)


@pytest.mark.parametrize(
    "address",
    [
        *("/admin/people/add/", "/admin/users/add/", "/admin/groups/new/", "/admin/account/"),
        *("/admin/second-factor/again/code/", "/admin/password_reset/", "/admin/login/passkey/"),
    ],
)
def test_nothing_is_kept_of_what_leads_into_an_account(office, address):
    """Else somebody at a shared computer could leave a form there for its owner to send."""
    writer = Writer(office.admin)
    token = writer.open("/admin/account/")
    Session.objects.all().delete()
    data = {"name": "Sari Rekaan", "text": WORDS, "csrfmiddlewaretoken": token}
    writer.browser.post(address, data)
    assert not UnsentForm.objects.exists()


@pytest.mark.parametrize("name", ["code", "recovery_code", "credential", "new_password1"])
def test_nothing_is_kept_of_a_form_with_a_secret(office, name):
    complaint = office.complaint(State.EDITING)
    writer = Writer(office.editor)
    address = reverse("wagtailadmin_pages:edit", args=[page_of(complaint).pk])
    token = writer.open(address)
    Session.objects.all().delete()
    form = {**editor_form(complaint), name: "rahasia sekali", "csrfmiddlewaretoken": token}
    writer.browser.post(address, form)
    assert not UnsentForm.objects.exists()
