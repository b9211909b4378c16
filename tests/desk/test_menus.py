"""What each role finds in the admin's menus, and that what isn't there is still ruled by the
permissions alone."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from pengaduan_app.desk.home.menus import PAGE_REPORTS
from pengaduan_app.procedure.sop import Role
from tests.support.crowd import superuser
from tests.support.factories import staff

OURS = {
    "complaints-on-time",
    "complaints-step-times",
    "complaints-volume",
    "complaints-misrouting",
    "complaints-reminders",
    "complaints-recap",
}
# What stands in the main menu, and in its submenus.
FOR_ALL = {"help", "pengaduan-notices"}
MENUS = {
    Role.OPERATOR: {"explorer", "complaints", "complaint-enter", "registers", "reports"},
    Role.OFFICIAL: {"explorer", "complaints", "registers", "reports"},
    Role.HEAD: {"explorer", "complaints", "registers", "reports"},
    Role.EDITOR: {"explorer", "complaints", "registers", "reports"},
    Role.COORDINATOR: {"explorer", "complaints", "registers", "reports"},
    Role.ADMIN: {
        "complaints",
        "complaint-enter",
        "complaint-references",
        "complaint-clock",
        "complaint-staff",
        "registers",
        "reports",
        "settings",
    },
}


def menu_of(client, user) -> dict[str, set[str]]:
    """The names in the sidebar's main menu, each with those of its submenu."""
    client.force_login(user)
    html = client.get("/admin/").content.decode()
    props = json.loads(re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', html)[1])
    menu = next(m for m in props["modules"] if m["_type"] == "wagtail.sidebar.MainMenuModule")
    found = {}
    for item in menu["_args"][0]:
        inner = item["_args"][1] if len(item["_args"]) > 1 else []
        below = inner if isinstance(inner, list) else []
        found[item["_args"][0]["name"]] = {each["_args"][0]["name"] for each in below}
    return found


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_holds_what_the_role_uses(client, office, role):
    menu = menu_of(client, office.person(role))
    assert set(menu) == FOR_ALL | MENUS[role]
    assert menu["reports"] == OURS


def test_a_superuser_finds_everything(client, office):
    menu = menu_of(client, superuser())
    assert menu["reports"] == OURS | PAGE_REPORTS
    assert {"images", "documents", "settings"} <= set(menu)


def test_an_editor_who_keeps_other_pages_too_has_their_reports(client, office):
    group = Group.objects.create(name="Penyunting halaman")
    page = Page.objects.filter(depth=2).first()
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=page, permission=change)
    office.editor.groups.add(group)
    editor = type(office.editor).objects.get(pk=office.editor.pk)
    assert {"site-history", "page-types-usage"} <= menu_of(client, editor)["reports"]


def test_two_roles_have_the_menus_of_both(client, office):
    person = staff(Role.OPERATOR, office.agency)
    person.groups.add(*office.admin.groups.all())
    person = type(person).objects.get(pk=person.pk)
    assert set(menu_of(client, person)) == FOR_ALL | MENUS[Role.OPERATOR] | MENUS[Role.ADMIN]


@pytest.mark.parametrize("address", ["site-history", "workflow", "page-types-usage"])
def test_an_address_that_left_the_menu_answers_as_before(client, office, address):
    client.force_login(office.operator)
    assert client.get(f"/admin/reports/{address}/").status_code == 200
