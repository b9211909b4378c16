"""The telephone numbers of staff: kept by the administrator, gone with the account's desk."""

from __future__ import annotations

import pytest

from pengaduan_app.models import StaffContact
from pengaduan_app.people import accounts
from pengaduan_app.people.telephones import telephone_of
from tests.support.crowd import superuser

NUMBER = "0812-3000-0007"


def save(client, office, telephone: str, **changes):
    client.force_login(office.admin)
    head = office.head
    data = {"name": head.get_full_name(), "email": head.email, "telephone": telephone, **changes}
    return client.post(f"/admin/people/{head.pk}/", data)


def test_the_administrator_keeps_changes_and_removes_it(office, client):
    for number in (NUMBER, "+62 812 3000 0008", ""):
        assert save(client, office, number).status_code == 302
        assert telephone_of(office.head) == number
    assert not StaffContact.objects.exists()


def test_the_form_shows_what_is_kept_and_a_new_person_may_have_one(office, client):
    save(client, office, NUMBER)
    assert NUMBER in client.get(f"/admin/people/{office.head.pk}/").content.decode()
    data = {
        "name": "Sari Rekaan",
        "email": "sari@kota.example",
        "telephone": "0321-321-999",
        "agency": office.agency.pk,
        "role": "head",
    }
    assert client.post("/admin/people/add/", data).status_code == 302
    assert StaffContact.objects.get(user__email="sari@kota.example").telephone == "0321-321-999"


@pytest.mark.parametrize("telephone", ["Kantor", "12", "0" * 12, "0812-3000-0007 / 0813-3000-0008"])
def test_what_cannot_be_called_is_refused_with_a_sentence(office, client, telephone):
    sent = save(client, office, telephone)
    assert sent.status_code in (200, 400)
    assert "satu nomor telepon" in sent.content.decode()
    assert not StaffContact.objects.exists()


def test_it_goes_when_the_person_leaves_their_desk(office, client):
    save(client, office, NUMBER)
    accounts.deactivate(office.admin, office.head.pk)
    assert not StaffContact.objects.exists()


def test_a_superusers_number_is_not_kept_here(office, client):
    above = superuser()
    client.force_login(office.admin)
    data = {"name": "X Y", "email": above.email, "telephone": NUMBER}
    assert client.post(f"/admin/people/{above.pk}/", data).status_code == 404
    assert not StaffContact.objects.exists()


def test_the_number_stands_in_no_name_that_logs_and_titles_hold(office):
    assert NUMBER not in str(StaffContact(user=office.head, telephone=NUMBER))
