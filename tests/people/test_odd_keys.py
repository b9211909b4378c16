"""Numbers that no database holds are no agency's, and no page's."""

from __future__ import annotations

import pytest

from pengaduan_app.procedure.sop import Role
from tests.support.factories import staff


@pytest.mark.parametrize("key", ["9" * 19, "9" * 400, "x", "-1", "\u0661"])
def test_a_key_that_no_agency_can_have_is_refused_with_a_sentence(office, client, key):
    person = staff(Role.HEAD, office.agency)
    client.force_login(office.admin)
    data = {"role": "head", "agency": office.agency.pk, "also_agencies": [key]}
    answer = client.post(f"/admin/people/{person.pk}/move/", data)
    assert answer.status_code == 400
    assert "also_agencies" in answer.context["form"].errors


@pytest.mark.parametrize("key", ["9" * 19, "9" * 25])
def test_a_page_of_such_a_number_is_not_there(office, client, key):
    client.force_login(office.editor)
    for address in (f"/admin/pages/{key}/edit/", f"/admin/choose-page/{key}/"):
        assert client.get(address).status_code == 404
