"""What browsers are told to refuse, and that nothing of the admin needs it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.template.loader import get_template
from wagtail.admin.widgets import (
    AdminDateInput,
    AdminDateTimeInput,
    AdminPageChooser,
    AdminTimeInput,
    BaseChooser,
)
from wagtail.admin.widgets.workflows import AdminTaskChooser
from wagtail.documents.views.chooser import viewset as documents
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import Page
from wagtail.snippets.widgets import AdminSnippetChooser

from home.admin_widgets import render_chooser
from pengaduan_app.models import Agency
from tests.support.crowd import superuser
from tests.support.inline_scripts import inline_scripts

# Scripts that stand in the page itself.
INLINE = re.compile(r"<script(?![^>]*(?:\bsrc=|type=\"application/(?:json|ld\+json)\"))[^>]*>")
CHOOSERS = {
    "page": AdminPageChooser,
    "picture": AdminImageChooser,
    "task": AdminTaskChooser,
    "snippet": lambda: AdminSnippetChooser(model=Agency),
    "document": lambda: documents.widget_class(),
}


def directives(response) -> dict[str, list[str]]:
    policy = response.headers["Content-Security-Policy"]
    rows = (row.split() for row in policy.split(";"))
    return {name: values for name, *values in rows}


@pytest.fixture
def admin(client, city):
    client.force_login(superuser())
    return client


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/login/", "/admin/tidak-ada/", "/admin/pages/999/edit/"]
)
def test_the_admin_runs_no_script_that_it_did_not_send(admin, address):
    found = directives(admin.get(address))
    [own, nonce] = found["script-src"]
    assert own == "'self'"
    assert re.fullmatch(r"'nonce-[\w-]{22,}'", nonce)
    assert found["object-src"] == found["base-uri"] == ["'none'"]
    assert found["form-action"] == found["frame-ancestors"] == ["'self'"]


def test_each_answer_has_a_nonce_of_its_own(admin):
    nonces = {str(directives(admin.get("/admin/login/"))["script-src"]) for _time in range(3)}
    assert len(nonces) == 3


@pytest.mark.parametrize("address", ["/", "/lapor/", "/lacak/", "/tidak-ada/", "/healthz/"])
def test_the_public_site_runs_scripts_and_styles_from_files_alone(client, city, address):
    found = directives(client.get(address))
    assert "script-src" not in found
    assert found["default-src"] == ["'self'"]
    assert "unsafe" not in str(found)


@pytest.mark.parametrize("address", ["/admin/login/", "/lapor/"])
def test_a_form_may_lead_to_a_host_that_the_site_names(client, city, settings, address):
    settings.CSP_FORM_ACTION = ["https://masuk.kota.example"]
    found = directives(client.get(address))
    assert found["form-action"] == ["'self'", "https://masuk.kota.example"]


def test_a_refusal_before_any_view_has_the_policies_too(client, city):
    answer = client.post("/api/v2/pages/", b"x" * 3_000_000, content_type="application/json")
    assert answer.status_code == 413
    assert "Content-Security-Policy" in answer.headers
    assert "Permissions-Policy" in answer.headers


# Nothing of Wagtail's needs an inline script. A new version that brings another is seen here.


def test_every_template_with_an_inline_script_has_one_without_in_this_site():
    written = []
    for app in apps.get_app_configs():
        for path in Path(app.path, "templates").rglob("*.html"):
            if INLINE.search(path.read_text(encoding="utf-8")):
                written.append(path)
    names = {str(path).rpartition("/templates/")[2] for path in written}
    assert len(names) == 5
    for name in names:
        origin = Path(get_template(name).origin.name)
        assert not INLINE.search(origin.read_text(encoding="utf-8")), name


@pytest.mark.parametrize("widget", [AdminDateInput, AdminTimeInput, AdminDateTimeInput])
def test_a_date_says_how_it_is_started_in_data(widget):
    class Form(forms.Form):
        moment = forms.CharField(widget=widget)

    html = Form(prefix="a'\"<b")["moment"].as_widget()
    assert "start-widget" in html
    assert inline_scripts(html) == []


@pytest.mark.parametrize("make", CHOOSERS.values(), ids=CHOOSERS)
def test_every_chooser_says_so_too(city, make):
    html = make().render("isi", None, {"id": "id_isi"})
    assert "start-widget" in html
    assert inline_scripts(html) == []


def subclasses(of: type) -> list[type]:
    return [found for child in of.__subclasses__() for found in (child, *subclasses(child))]


def test_no_kind_of_chooser_is_written_in_another_way(city):
    for kind in subclasses(BaseChooser):
        assert kind.render is render_chooser, kind


def test_a_chooser_keeps_what_it_was_given(city):
    html = AdminPageChooser().render("halaman", city, {"id": "id_halaman"})
    assert city.title in html
    assert f'value="{city.pk}"' in html
    assert "new PageChooser" in html


def test_a_chooser_without_an_id_says_what_is_missing():
    with pytest.raises(TypeError, match="id"):
        AdminPageChooser(target_models=[Page]).render("halaman", None, {})


def test_a_chooser_whose_script_does_more_is_refused_with_a_remedy(db):
    class Chatty(AdminImageChooser):
        def render_js_init(self, id_, name, value_data):
            return "let a = 1; new ImageChooser(a);"

    with pytest.raises(ValueError, match="single call with JSON"):
        render_chooser(Chatty(), "gambar", None, {"id": "id_gambar"})
