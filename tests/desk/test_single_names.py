"""Many people here have one name: Wagtail's own account page takes it too."""

from __future__ import annotations

from django.contrib.auth import get_user_model

from pengaduan_app.procedure.sop import Role
from tests.support.factories import UserFactory


def test_somebody_with_a_single_name_saves_their_account(client, city):
    person = UserFactory(role=Role.EDITOR, first_name="Kenanga", last_name="")
    client.force_login(person)
    page = client.get("/admin/account/")
    forms = {panel.name: panel for tab in page.context["panels_by_tab"].values() for panel in tab}
    data = {}
    for panel in forms.values():
        for field in panel.get_form():
            value = field.value()
            if isinstance(value, str):
                data[field.html_name] = value
    data["name_email-first_name"] = "Kenanga Contoh"
    assert client.post("/admin/account/", data).status_code == 302
    assert get_user_model().objects.get(pk=person.pk).first_name == "Kenanga Contoh"
