"""The site around the plugin: what is remembered of its names, logging in, setting up again."""

from __future__ import annotations

import pytest
import time_machine
from django.core.cache import caches
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site, Task

from home.models import ContentPage, HomePage, ServiceSettings
from home.setup import setup_site
from pengaduan_app import actions
from pengaduan_app.models import (
    Agency,
    CannedAnswer,
    Category,
    Complaint,
    ComplaintIndexPage,
    DayOff,
    PublishedAnswer,
    StatisticsSnapshot,
    Village,
)
from pengaduan_app.procedure.sop import Role, State
from tests.support.city import plant_roots
from tests.support.factories import PASSWORD, UserFactory
from tests.support.process import page_of

NOON = "2026-02-23T05:00:00Z"


@pytest.fixture
def service(city):
    return ServiceSettings.objects.create(site=Site.objects.get(is_default_site=True))


def page(client, **headers) -> str:
    return client.get("/lacak/", **headers).content.decode()


# Names, as each process remembers them.


def test_another_hosts_site_has_its_own_names(client, service, settings):
    settings.ALLOWED_HOSTS = ["*"]
    service.service_name = "Suara Warga"
    service.save()
    other = Site.objects.create(hostname="lain.example", port=80, root_page=service.site.root_page)
    ServiceSettings.objects.create(site=other, service_name="Suara Lain")
    assert "Suara Warga" in page(client)
    text = page(client, headers={"host": "lain.example"})
    assert "Suara Lain" in text and "Suara Warga" not in text
    assert "Suara Lain" not in page(client)


def test_a_change_in_this_process_shows_at_once_and_in_another_within_a_minute(client, service):
    with time_machine.travel(NOON, tick=False) as clock:
        caches["local"].clear()
        page(client)
        service.service_name = "Suara Baru"
        service.save()
        assert "Suara Baru" in page(client)
        ServiceSettings.objects.update(service_name="Suara Kemudian")
        clock.shift(59)
        assert "Suara Kemudian" not in page(client)
        clock.shift(2)
        assert "Suara Kemudian" in page(client)


def test_what_is_not_set_leaves_no_empty_link(client, service):
    text = page(client).partition("<footer")[2]
    assert 'href="tel:"' not in text and 'href="mailto:"' not in text and 'href=""' not in text
    service.email = "layanan@kota.example"
    service.save()
    text = page(client).partition("<footer")[2]
    assert '<a href="mailto:layanan@kota.example">layanan@kota.example</a>' in text
    assert 'href="tel:"' not in text


def test_an_empty_name_is_the_one_that_the_software_brings(client, service):
    first = page(client).partition("<footer")[2]
    service.service_name, service.city_name = "Suara Uji", "Kota Uji"
    service.save()
    assert "Suara Uji" in page(client) and "Kota Uji" in page(client)
    service.service_name = service.city_name = ""
    service.save()
    assert page(client).partition("<footer")[2] == first
    assert "Pengaduan Masyarakat" in first and "Kota Mojokerto" in first


# The front page.


@pytest.mark.parametrize(("count", "shown"), [(1, 1), (2, 2), (5, 3)])
def test_the_newest_answers_are_as_many_as_the_editor_wants(office, client, count, shown):
    pages = [page_of(office.complaint(State.PUBLISHED)) for _number in range(3)]
    home = HomePage.objects.get()
    home.body = [{"type": "newest", "value": {"heading": "Terbaru", "count": count}}]
    home.save()
    text = client.get("/").content.decode()
    found = [each for each in pages if each.get_url() in text]
    assert found == pages[3 - shown :]


def test_a_withdrawn_answer_and_a_draft_are_not_on_the_front_page(office, client):
    gone, draft = office.complaint(State.PUBLISHED), office.complaint(State.EDITING)
    actions.withdraw(gone.pk, office.coordinator)
    text = client.get("/").content.decode()
    assert page_of(gone).slug not in text and page_of(draft).slug not in text


def test_search_engines_are_kept_from_what_is_private(client, db):
    lines = client.get("/robots.txt").content.decode().splitlines()
    closed = {line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")}
    assert {"/admin/", "/api/", "/lacak/", "/lapor/terima/"} <= closed
    assert not {"/", "/pengaduan/", "/statistik/", "/lapor/"} & closed


# Logging in.


def log_in(client, user, password: str, **headers) -> bool:
    """Whether the pair opens the admin."""
    pair = {"username": user.username, "password": password}
    return client.post("/admin/login/", pair, **headers).status_code == 302


@pytest.fixture
def clerk(city, monkeypatch):
    monkeypatch.setattr("home.staff_login.limits.WRONG_PASSWORDS", 2)
    return UserFactory(role=Role.OPERATOR)


def test_right_passwords_are_no_guesses(client, clerk):
    assert all(log_in(client, clerk, PASSWORD) for _time in range(5))


def test_after_the_limit_one_address_waits_an_hour_and_others_do_not(client, clerk):
    with time_machine.travel(NOON, tick=False) as clock:
        assert not log_in(client, clerk, "salah")
        assert log_in(client, clerk, PASSWORD)
        client.logout()
        assert not log_in(client, clerk, "salah")
        refused = client.post("/admin/login/", {"username": clerk.username, "password": PASSWORD})
        assert refused.status_code == 200
        assert "Terlalu banyak" in refused.content.decode()
        assert log_in(client, clerk, PASSWORD, REMOTE_ADDR="203.0.113.9")
        client.logout()
        clock.shift(3600)
        assert log_in(client, clerk, PASSWORD)


def test_guesses_of_unknown_names_count_too(client, clerk):
    nobody = UserFactory.build()
    assert not log_in(client, nobody, "salah") and not log_in(client, nobody, "salah")
    assert not log_in(client, clerk, PASSWORD)


# Setting up.


def rows() -> dict[str, int]:
    models = (Agency, CannedAnswer, Category, DayOff, Page, Site, Task, Village, ServiceSettings)
    return {model.__name__: model.objects.count() for model in (*models, StatisticsSnapshot)}


def test_setting_up_twice_makes_nothing_twice(db):
    plant_roots()
    setup_site("localhost", 80)
    before = rows()
    assert all(before.values())
    setup_site("localhost", 80)
    assert rows() == before
    assert HomePage.objects.count() == ComplaintIndexPage.objects.count() == 1


def test_setting_up_again_brings_back_what_is_missing_and_keeps_what_was_edited(db):
    plant_roots()
    setup_site("localhost", 80)
    ContentPage.objects.get(slug="kontak").delete()
    Category.objects.filter(pk=Category.objects.first().pk).delete()
    about = ContentPage.objects.get(slug="tentang")
    about.title = "Siapa kami"
    about.save_revision().publish()
    agency = Agency.objects.first()
    agency.name = "Dinas Berganti Nama"
    agency.save()
    setup_site("localhost", 80)
    assert ContentPage.objects.filter(slug="kontak").exists()
    about.refresh_from_db()
    agency.refresh_from_db()
    assert (about.title, agency.name) == ("Siapa kami", "Dinas Berganti Nama")


def test_a_new_address_is_taken_over_by_the_one_site(db):
    plant_roots()
    setup_site("localhost", 80)
    setup_site("pengaduan.kota.example", 443)
    [site] = Site.objects.all()
    assert (site.hostname, site.port, site.is_default_site) == ("pengaduan.kota.example", 443, True)
    assert site.root_page.specific == HomePage.objects.get()


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("http://kota.example", "kota.example", 80),
        ("https://kota.example", "kota.example", 443),
        ("https://kota.example:8443/", "kota.example", 8443),
        ("http://127.0.0.1:8000", "127.0.0.1", 8000),
    ],
)
def test_the_command_takes_host_and_port_from_the_sites_address(db, settings, url, host, port):
    plant_roots()
    settings.BASE_URL = url
    call_command("setup_site", verbosity=0)
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == (host, port)


# Commands.


@pytest.mark.parametrize("allowed", [False, None, "yes", 1])
def test_the_demo_is_loaded_only_where_that_is_allowed_in_so_many_words(city, settings, allowed):
    settings.DEMO_ALLOWED = allowed
    with pytest.raises(CommandError):
        call_command("load_demo")
    with pytest.raises(CommandError):
        call_command("load_demo", "--logins-only")


def test_the_demo_never_mixes_with_real_complaints(office, settings):
    settings.DEMO_ALLOWED = True
    office.complaint()
    with pytest.raises(CommandError, match="aren't the demo's"):
        call_command("load_demo")
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("year", "taken"), [(2015, False), (2016, True), (2100, True), (2101, False)]
)
def test_holidays_of_years_that_make_no_sense_are_refused(city, year, taken, capsys):
    if taken:
        call_command("import_holidays", str(year))
        assert "unchanged" in capsys.readouterr().out
    else:
        with pytest.raises(CommandError, match=str(year)):
            call_command("import_holidays", "2026", str(year))
        assert not DayOff.objects.exists()


def test_without_years_holidays_of_this_and_the_next_are_imported(city):
    # Still the old year in Greenwich, already the new one in the city.
    with time_machine.travel("2025-12-31T18:00:00Z", tick=False):
        call_command("import_holidays", verbosity=0)
    years = {day.year for day in DayOff.objects.values_list("date", flat=True)}
    assert years == {2026, 2027}


def test_the_rows_of_the_public_are_made_anew_by_command(office, capsys):
    office.complaint(State.PUBLISHED)
    office.complaint(State.ANSWERED_PRIVATELY)
    PublishedAnswer.objects.all().delete()
    call_command("refresh_answers")
    assert "1 answers are public" in capsys.readouterr().out
    [row] = PublishedAnswer.objects.all()
    assert row.drawn_by and row.article
