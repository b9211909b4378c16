"""C2 proposes the agency and says why; never one that has reported it as misrouted."""

from __future__ import annotations

import pytest
from wagtail import hooks

from pengaduan_app import actions
from pengaduan_app.citizen import AgencySuggestion
from pengaduan_app.desk.complaint.proposals import proposals_for
from pengaduan_app.procedure.sop import State
from tests.support.bulk import bulk_address
from tests.support.factories import AgencyFactory, submit
from tests.support.process import Office

HOOK = "pengaduan_likely_agencies"


def slugs(found) -> list[str]:
    return [each.agency.slug for each in found]


# What the administrator reads.


@pytest.fixture
def proposed(city):
    """What the hook was asked, and the agencies that it answers with."""
    asked, agencies = [], [AgencyFactory(), AgencyFactory()]

    def answer(text, category, limit, without):
        asked.append((text, category, limit, without))
        return [AgencySuggestion(agency, ["lampu"], 0.5) for agency in agencies]

    with hooks.register_temporarily(HOOK, answer):
        yield asked, agencies


def test_the_form_chooses_the_likeliest_and_says_why(office, client, proposed):
    asked, [first, second] = proposed
    complaint = submit(None).complaint
    client.force_login(office.admin)
    page = client.get(f"/admin/complaints/{complaint.pk}/transfer/")
    assert page.context["form"]["agency"].value() == first.pk
    text = page.content.decode()
    assert f"“lampu” biasanya ditangani {first.name}" in " ".join(text.split())
    assert second.name in text
    assert asked[0][0].startswith(f"{complaint.subject}\n")


def test_what_the_reporting_agency_thinks_comes_first(office, proposed):
    meant = AgencyFactory()
    complaint = office.complaint(to=State.VERIFIED)
    actions.misrouted(complaint.pk, office.operator, "Bukan kami.", meant)
    complaint.refresh_from_db()
    assert slugs(proposals_for([complaint])[complaint.pk])[0] == meant.slug


def test_no_agency_that_has_reported_it_as_misrouted_is_proposed_again(office, proposed):
    """Not the last one, and not one before, whoever names it."""
    asked, agencies = proposed
    complaint = office.complaint(to=State.ROUTING)
    actions.transfer(complaint.pk, office.admin, other := AgencyFactory())
    second = Office(other)
    actions.verify(complaint.pk, second.operator)
    actions.misrouted(complaint.pk, second.operator, "Bukan kami.", office.agency)
    agencies.insert(0, other)
    complaint.refresh_from_db()
    found = slugs(proposals_for([complaint])[complaint.pk])
    assert found == [agency.slug for agency in agencies[1:]]
    assert asked[-1][3] == {office.agency.pk, other.pk}


def test_a_site_without_a_search_proposes_nothing_and_a_broken_one_neither(office, client, city):
    complaint = submit(None).complaint
    client.force_login(office.admin)

    def broken(*args):
        raise RuntimeError("Lampu jalan padam")

    for answer in (lambda *args: None, broken):
        with hooks.register_temporarily(HOOK, answer):
            for address in (
                f"/admin/complaints/{complaint.pk}/transfer/",
                bulk_address("transfer", [complaint.pk]),
            ):
                assert client.get(address).status_code == 200


def test_several_complaints_have_each_their_own_proposal(office, client, proposed):
    _asked, [first, _second] = proposed
    one, other = submit(None).complaint, office.complaint(to=State.ROUTING)
    client.force_login(office.admin)
    page = client.get(bulk_address("transfer", [one.pk, other.pk]))
    form = page.context["form"]
    assert [form[f"agency_{each.pk}"].value() for each in (one, other)] == [first.pk, first.pk]
    assert "“lampu”" in form[f"agency_{one.pk}"].help_text
