"""The slugs of agencies, categories and villages fill themselves, and stay editable."""

from __future__ import annotations

import pytest

from pengaduan_app.models import Agency, Category, Village
from tests.support.factories import AgencyFactory, CategoryFactory, VillageFactory

BASE = "/admin/snippets/pengaduan_app"
KINDS = pytest.mark.parametrize(
    ("model", "factory", "more"),
    [
        (Agency, AgencyFactory, {"short_name": "X", "remit": "Urusan rekaan.", "active": "on"}),
        (Category, CategoryFactory, {}),
        (Village, VillageFactory, {"district": "Magersari"}),
    ],
    ids=["agency", "category", "village"],
)


@pytest.fixture
def admin(office, client):
    client.force_login(office.admin)
    return client


def send(admin, model, slug: str, name: str, more: dict, row=None):
    base = f"{BASE}/{model._meta.model_name}"
    address = f"{base}/edit/{row.pk}/" if row else f"{base}/add/"
    return admin.post(address, {"name": name, "slug": slug, **more})


@KINDS
def test_an_empty_slug_is_made_from_the_name(admin, model, factory, more):
    send(admin, model, "", "Penerangan Jalan & Taman", more)
    assert model.objects.get(slug="penerangan-jalan-taman").name == "Penerangan Jalan & Taman"


@KINDS
def test_a_slug_that_was_written_stays(admin, model, factory, more):
    send(admin, model, "lampu", "Penerangan Jalan", more)
    row = model.objects.get(slug="lampu")
    send(admin, model, "lampu", "Nama Lain", more, row)
    assert model.objects.get(pk=row.pk).slug == "lampu"


@KINDS
@pytest.mark.parametrize("slug", ["", "penerangan-jalan"])
def test_a_slug_that_is_taken_is_a_sentence(admin, model, factory, more, slug):
    for taken in ("penerangan-jalan", "penerangan-jalan-2"):
        factory(slug=taken)
    response = send(admin, model, slug, "Penerangan Jalan", more)
    assert "misalnya “penerangan-jalan-3”" in response.content.decode()
    assert model.objects.count() == 2 + (model is Agency)


@KINDS
def test_a_name_without_letters_asks_for_a_slug(admin, model, factory, more):
    response = send(admin, model, "", "تجربة", more)
    assert "a sampai z" in response.content.decode()


@KINDS
def test_a_long_name_makes_a_slug_that_fits(admin, model, factory, more):
    send(admin, model, "", "Panjang " * 9 + "sekali", more)
    slug = model.objects.get(name__startswith="Panjang").slug
    assert len(slug) <= 50 and not slug.endswith("-")


@KINDS
def test_the_script_fills_it_for_new_rows_alone(admin, model, factory, more):
    base = f"{BASE}/{model._meta.model_name}"
    new = admin.get(f"{base}/add/").content.decode()
    known = admin.get(f"{base}/edit/{factory().pk}/").content.decode()
    assert "w-sync#apply" in new and "w-slug" in new
    assert "w-sync#apply" not in known and "w-slug" in known
