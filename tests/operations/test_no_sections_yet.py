"""An agency before there is a page for sections; no city stands in this file."""

from __future__ import annotations

from pengaduan_app.models import AgencyPage
from tests.support.factories import AgencyFactory


def test_without_a_page_for_sections_an_agency_has_its_group_alone(db):
    agency = AgencyFactory()
    assert agency.group is not None and not AgencyPage.objects.exists()
