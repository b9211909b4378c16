"""How an agency is named where there is little room."""

from pengaduan_app.models import Agency


def test_an_agency_is_named_in_brief_by_its_short_name():
    assert Agency(name="Dinas Kesehatan", short_name="Dinkes").brief == "Dinkes"


def test_an_agency_without_a_short_name_is_named_in_full():
    assert Agency(name="Dinas Kesehatan", short_name="").brief == "Dinas Kesehatan"
