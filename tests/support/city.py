"""The small city that every test begins with: page tree, roles, workflow, limits. No demo data."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Collection, Locale, Page, Site

from home.models import HomePage
from pengaduan_app.models import ComplaintIndexPage
from pengaduan_app.setup import ensure_procedure


def plant_roots() -> None:
    """What Wagtail's migrations made, and the emptying after a transactional test took away."""
    # The content types were made again with it, under other numbers.
    ContentType.objects.clear_cache()
    if not Locale.objects.exists():
        Locale.objects.create(language_code="id")
    if not Page.objects.exists():
        Page.add_root(instance=Page(title="Akar", slug="root"))
    if not Collection.objects.exists():
        Collection.add_root(name="Akar")


def make_city() -> ComplaintIndexPage:
    """Page tree, roles, workflow and limits; agencies come from the factories."""
    plant_roots()
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Pengaduan", slug="beranda"))
    index = home.add_child(instance=ComplaintIndexPage(title="Jawaban", slug="pengaduan"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": home, "hostname": "localhost", "port": 80}
    )
    ensure_procedure(index)
    return index
