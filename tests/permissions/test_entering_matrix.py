"""Who enters complaints for somebody: every person at every address of these screens."""

from __future__ import annotations

import pytest

from pengaduan_app.models import Agency, Complaint
from pengaduan_app.procedure.sop import Role
from tests.support.cheaper import bare_admin
from tests.support.crowd import colleagues, foreigners, person, standing_city, superuser, undone
from tests.support.entering import ENTER, PDF, RECEIPT, entry_form
from tests.support.factories import AgencyFactory, UserFactory
from tests.support.process import Office

WHO = [
    *(role.value for role in Role),
    *(f"other agency's {role}" for role in ("operator", "official", "head")),
    *("operator without an agency", "colleague without a role", "superuser", "logged out"),
]
MAY = {"operator", "other agency's operator", "admin"}


class Scene:
    def __init__(self):
        self.office = Office()
        access = UserFactory(agency=self.office.agency)
        people = [*colleagues(self.office), *foreigners(Office())]
        people += [
            person("operator without an agency", UserFactory(role=Role.OPERATOR)),
            person("colleague without a role", access),
            person("superuser", superuser()),
            person("logged out"),
        ]
        self.closed = AgencyFactory(active=False)
        self.people = {someone.who: someone for someone in people}


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with bare_admin(), standing_city(django_db_blocker):
        yield Scene()


@pytest.mark.parametrize("who", WHO)
def test_the_form_opens_for_those_alone_who_receive_complaints(db, scene, who):
    browser = scene.people[who].browser
    assert (browser.get(ENTER).status_code == 200) == (who in MAY)


@pytest.mark.parametrize("who", WHO)
def test_a_form_made_by_hand_does_no_more_than_the_screen(db, scene, who):
    """Also into the other agency, and into none: as anybody on the website may."""
    for agency in (scene.office.agency.pk, ""):
        with undone():
            before = Complaint.objects.count()
            response = scene.people[who].browser.post(ENTER, entry_form(agency=agency))
            assert response.status_code == 302
            is_entered = response.url == RECEIPT
            assert is_entered == (who in MAY)
            assert Complaint.objects.count() - before == is_entered


@pytest.mark.parametrize("who", WHO)
def test_nobody_but_who_entered_it_reads_the_receipt(db, scene, who):
    entering = scene.people["operator" if who != "operator" else "admin"]
    with undone():
        entering.browser.post(ENTER, entry_form())
        sealed = entering.browser.get(RECEIPT).context["sealed"]
        browser = scene.people[who].browser
        for response in (browser.get(RECEIPT), browser.post(PDF, {"sealed_code": sealed})):
            assert response.status_code == 302
            assert response.url != RECEIPT


def test_an_agency_that_takes_none_is_refused_by_hand_too(db, scene):
    browser = scene.people["operator"].browser
    assert not Agency.objects.get(pk=scene.closed.pk).active
    assert browser.post(ENTER, entry_form(agency=scene.closed.pk)).status_code == 400
