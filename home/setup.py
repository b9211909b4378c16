"""The city's own set-up: reference data, page tree. Repeatable; never overwrites edits."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page, Site, Task, Workflow

from pengaduan_app import actions
from pengaduan_app.deadlines import import_days_off
from pengaduan_app.models import (
    Agency,
    CannedAnswer,
    Category,
    ChecklistItem,
    ComplaintIndexPage,
    Village,
)
from pengaduan_app.setup import ensure_procedure
from pengaduan_app.statistics import snapshot
from search.setup import ensure_search

from .data import load
from .models import ContentPage, HomePage, ProcedurePage, ServiceSettings

PAGE_TYPES = {"content": ContentPage, "procedure": ProcedurePage}


@transaction.atomic
def setup_site(host: str, port: int) -> None:
    """Create everything that the site needs before its first complaint."""
    texts, fresh = load("pages"), not HomePage.objects.exists()
    home = _ensure_home(texts["home"], host, port)
    index = _ensure_child(home, ComplaintIndexPage, "pengaduan", texts["index"], "introduction")
    for page in texts["pages"]:
        _ensure_child(home, PAGE_TYPES[page["type"]], page["slug"], page, "body")
    _ensure_reference_data()
    ensure_procedure(index)
    ensure_search()
    year = timezone.localdate().year
    import_days_off([year, year + 1])
    actions.recompute_due_times()
    snapshot.refresh()
    # Wagtail's first migrations name theirs in English, and staff read the names in reports.
    for model in (Workflow, Task):
        model.objects.filter(name="Moderators approval").update(name="Persetujuan moderator")
    if fresh:
        # Wagtail's own groups, which are no roles here. A site in use may need them.
        Group.objects.filter(name__in=("Moderators", "Editors"), user=None).delete()


def _ensure_home(text: dict[str, Any], host: str, port: int) -> HomePage:
    home = HomePage.objects.first()
    if home is None:
        root = Page.get_first_root_node()
        home = root.add_child(
            instance=HomePage(
                title=text["title"], slug="beranda", introduction=text["introduction"]
            )
        )
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    welcome = site.root_page if site.pk else None
    site.root_page, site.hostname, site.port = home, host, port
    site.site_name = text["title"]
    site.save()
    if welcome and welcome.specific_class is Page:
        # The welcome page of Wagtail's first migration.
        Page.objects.get(pk=welcome.pk).delete()
    ServiceSettings.objects.get_or_create(site=site, defaults=text["service"])
    return home


def _ensure_child(
    home: Page, page_class: type[Page], slug: str, text: dict[str, Any], field: str
) -> Page:
    page = page_class.objects.child_of(home).filter(slug=slug).first()
    if page is None:
        page = page_class(title=text["title"], slug=slug, **{field: text[field]})
        home.add_child(instance=page)
    return page


def _ensure_reference_data() -> None:
    for row in load("categories"):
        Category.objects.get_or_create(slug=row["slug"], defaults=row)
    for row in load("villages"):
        slug = slugify(row["name"])
        Village.objects.get_or_create(slug=slug, defaults={**row, "slug": slug})
    for row in load("agencies"):
        Agency.objects.get_or_create(slug=row["slug"], defaults=row)
    agencies = {agency.slug: agency for agency in Agency.objects.all()}
    for row in load("canned_answers"):
        CannedAnswer.objects.get_or_create(
            title=row["title"],
            defaults={"body": row["body"], "agency": agencies.get(row["agency"])},
        )
    # Once only: a point that was reworded would come back beside itself.
    if not ChecklistItem.objects.exists():
        ChecklistItem.objects.bulk_create(ChecklistItem(**row) for row in load("checklist"))
