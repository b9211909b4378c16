"""Where in the tree a page stands decides who may see it; no city stands in this file."""

from __future__ import annotations

from wagtail.models import Page, PageViewRestriction, Site

from home.models import HomePage
from pengaduan_app.models import ComplaintIndexPage
from pengaduan_app.procedure.sop import State
from pengaduan_app.setup import ensure_procedure
from tests.support.city import plant_roots
from tests.support.process import Office, page_of


def test_a_page_elsewhere_whose_place_only_contains_the_closed_one_stays_open(client, db):
    """Places are strings of numbers: one that stands in the middle of another is no ancestor."""
    plant_roots()
    root = Page.get_first_root_node()
    while root.get_children_count() < 1:
        root.add_child(instance=HomePage(title="Pertama", slug="pertama"))
        root.refresh_from_db()
    first = root.get_children().first()
    home = root.add_child(instance=HomePage(title="Kedua", slug="kedua"))
    index = home.add_child(instance=ComplaintIndexPage(title="Jawaban", slug="pengaduan"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": home, "hostname": "localhost", "port": 80}
    )
    ensure_procedure(index)
    page = page_of(Office().complaint(State.PUBLISHED))
    PageViewRestriction.objects.create(page=first, restriction_type="login")
    assert page.path.find(first.path) > 0
    assert "ETag" in client.get(page.get_parent().specific.url)
    for address in (page.get_parent().specific.url, "/pengaduan/", page.url):
        assert client.get(address).status_code == 200, address
