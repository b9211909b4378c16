"""The city's mark: in the browser's tab, in the admin's sidebar, at the log-in."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders
from PIL import Image
from wagtail.images.models import Image as Picture
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site

from home.models import ServiceSettings
from pengaduan_app.procedure.sop import Role
from tests.support.factories import staff

ICONS = {"home/icon-32.png": 32, "home/icon-180.png": 180}


@pytest.mark.parametrize("address", ["/", "/pengaduan/", "/lapor/", "/admin/login/"])
def test_each_page_names_its_icons(client, city, address):
    html = client.get(address, follow=True).content.decode()
    for name in (*ICONS, "home/icon.svg"):
        stem, suffix = name.split(".")
        assert len(re.findall(rf'icon"[^>]*/{stem}(?:\.\w+)?\.{suffix}"', html)) == 1
    assert "favicon.ico" not in html


@pytest.mark.parametrize(("name", "size"), ICONS.items())
def test_the_icons_are_pictures_of_their_size(name, size):
    picture = Image.open(finders.find(name))
    assert picture.size == (size, size)
    assert len(picture.convert("RGB").getcolors(size * size) or []) > 1


def test_what_browsers_ask_for_by_themselves_is_there(client, city):
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert "icon-32" in response.url


def test_the_sidebar_bears_the_services_name_and_mark(client, office):
    client.force_login(office.operator)
    html = client.get("/admin/").content.decode()
    brand = html.split("data-wagtail-sidebar-branding-logo>", 1)[1].split("</template>", 1)[0]
    assert "Kota Mojokerto" in brand
    assert "<svg" in brand


def test_the_log_in_is_the_citys_and_not_wagtails(client, city):
    html = client.get("/admin/login/").content.decode()
    assert "Kota Mojokerto" in html
    assert "Wagtail" not in re.sub(r"<(no)?script.*?script>|<link[^>]*>", "", html, flags=re.DOTALL)


def test_a_city_with_a_logo_sees_it_there(client, city, settings):
    logo = Picture.objects.create(title="Lambang", file=get_test_image_file())
    site = Site.objects.get(is_default_site=True)
    ServiceSettings.objects.update_or_create(site=site, defaults={"logo": logo})
    client.force_login(staff(Role.COORDINATOR))
    for address in ("/admin/", "/admin/login/?next=/admin/"):
        if "login" in address:
            client.logout()
        assert 'class="service-logo"><' in re.sub(
            r">\s+<", "><", client.get(address).content.decode()
        )
