"""The front page and what frames every page: settings, figures, parts, and few queries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site

from home.branding import service_of
from home.models import HomePage, ServiceSettings, default_body
from home.setup import setup_site
from pengaduan_app.models import AgencyPage
from pengaduan_app.procedure.sop import State
from pengaduan_app.statistics import month
from tests.support.factories import UserFactory
from tests.support.many import many_answers
from tests.support.process import page_of

MOST_QUERIES = 6
MONDAY = datetime(2026, 2, 23, 7, 0, tzinfo=UTC)


def queries_of(client, address: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured]


@pytest.fixture
def section(office):
    return AgencyPage.objects.get(agency=office.agency)


@pytest.fixture
def cache_in_a_table(settings):
    """Production's without Redis: reading it is a query too."""
    table = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    settings.CACHES = {**settings.CACHES, "default": table}
    call_command("createcachetable")


# Few queries, however many answers there are.


@pytest.mark.parametrize("count", [10, 2_000])
def test_the_front_page_takes_six_queries_at_most(client, section, count, cache_in_a_table):
    many_answers(section, count)
    queries_of(client, "/")
    queries = queries_of(client, "/")
    assert len(queries) <= MOST_QUERIES, "\n".join(queries)


def test_even_on_its_first_visit_the_figures_cost_the_same_at_any_size(client, section):
    many_answers(section, 10)
    first = len(queries_of(client, "/"))
    many_answers(section, 50)
    for cache in caches.all():
        cache.clear()
    assert len(queries_of(client, "/")) == first


def test_the_frame_of_a_page_costs_no_query(office, rf, django_assert_num_queries):
    request = rf.get("/")
    service_of(request)
    with django_assert_num_queries(0):
        assert service_of(rf.get("/lacak/")).title


# The month's figures.


def test_the_figures_count_this_month_alone(office, time_machine):
    time_machine.move_to(MONDAY - timedelta(days=40))
    office.complaint(to=State.PUBLISHED)
    time_machine.move_to(MONDAY)
    office.complaint(to=State.PUBLISHED)
    office.complaint(to=State.ANSWERED_PRIVATELY)
    office.complaint(to=State.DECLINED)
    slow = office.complaint(to=State.STUDY)
    time_machine.move_to(MONDAY + timedelta(days=3))
    office.advance(slow, State.PUBLISHED)
    found = month.month_figures()
    assert (found.received, found.answered, found.punctual) == (4, 3, 2)


def test_the_month_begins_at_midnight_in_mojokerto(office, time_machine):
    # 23.59 on 31 January and 00.01 on 1 February in WIB; both are January in UTC.
    for moment in (
        datetime(2026, 1, 31, 16, 59, tzinfo=UTC),
        datetime(2026, 1, 31, 17, 1, tzinfo=UTC),
    ):
        time_machine.move_to(moment)
        office.complaint()
    assert month.month_figures().received == 1


def test_the_figures_are_counted_once_in_a_while(office, django_assert_num_queries):
    month.month_figures()
    office.complaint()
    with django_assert_num_queries(0):
        assert month.month_figures().received == 0


# What staff may set.


@pytest.fixture
def service(city):
    return ServiceSettings.objects.create(site=Site.objects.get(is_default_site=True))


def test_names_and_contacts_of_the_settings_are_on_every_page(client, service):
    assert b"Suara Warga" not in client.get("/lacak/").content
    service.service_name, service.city_name = "Suara Warga", "Kota Rekaan"
    service.phone, service.social_url = "0321 555 010", "https://www.contoh.example/kota"
    service.save()
    for address in ("/", "/lacak/", "/tidak-ada/"):
        html = client.get(address).content.decode()
        assert "Suara Warga" in html
        assert "Kota Rekaan" in html
        assert 'href="tel:0321555010"' in html
        assert '<a href="https://www.contoh.example/kota">contoh.example</a>' in html


def test_a_logo_takes_the_place_of_the_mark(client, service):
    assert b"brand-mark" in client.get("/").content
    service.logo = get_image_model().objects.create(title="Lambang", file=get_test_image_file())
    service.save()
    html = client.get("/").content.decode()
    assert "brand-mark" not in html
    assert service.logo.get_rendition("max-320x112").url in html
    service.logo.delete()
    assert b"brand-mark" in client.get("/").content


def test_a_page_reads_settings_and_writes_none(client, city):
    client.get("/")
    assert not ServiceSettings.objects.exists()


# The front page's parts.


def test_a_new_front_page_comes_with_its_parts(client, office):
    page = page_of(office.complaint(to=State.PUBLISHED))
    html = client.get("/").content.decode()
    assert [block.block_type for block in HomePage.objects.get().body] == [
        "figures",
        "how",
        "newest",
    ]
    assert page.get_url() in html
    assert html.count('<div class="tile">') == 3
    assert all(part["value"]["heading"] in html for part in default_body())


def test_the_order_of_the_parts_is_the_editors(client, city):
    home = HomePage.objects.get()
    home.body = [
        {"type": "notice", "value": "<p>Loket tutup pada hari libur.</p>"},
        {"type": "text", "value": "<h2>Kabar</h2><p>Selamat datang.</p>"},
    ]
    home.save()
    html = client.get("/").content.decode()
    assert html.index("Loket tutup") < html.index("Selamat datang")
    assert "tile" not in html


def test_setting_up_again_keeps_what_editors_made(city):
    home = HomePage.objects.get()
    home.body = []
    home.save()
    setup_site("localhost", 80)
    service = ServiceSettings.objects.get()
    service.phone = ""
    service.save()
    setup_site("localhost", 80)
    assert not HomePage.objects.get().body
    assert ServiceSettings.objects.get().phone == ""


def test_the_front_page_and_the_settings_open_in_the_editor(client, city, service):
    user = UserFactory(is_superuser=True, is_staff=True)
    client.force_login(get_user_model().objects.get(pk=user.pk))
    home = HomePage.objects.get()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).status_code == 200
    address = reverse("wagtailsettings:edit", args=["home", "servicesettings"])
    assert client.get(address, follow=True).status_code == 200
