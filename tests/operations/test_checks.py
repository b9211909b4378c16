"""`manage.py check` tells a site what it lacks, each with its remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from pengaduan_app import checks
from pengaduan_app.models import AgencyPage
from pengaduan_app.procedure import sop


def found() -> list[str]:
    """The plugin's own findings; each must say what to do."""
    problems = list(run_checks(tags=["pengaduan"]))
    assert all(one.hint for one in problems)
    return [one.id for one in problems]


def test_this_site_lacks_nothing():
    assert found() == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("MIDDLEWARE", [], ["pengaduan.E001", "pengaduan.E001"]),
        ("PENGADUAN_VAULT_KEYS", [], ["pengaduan.E003"]),
        ("WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT", True, ["pengaduan.E005"]),
        ("WAGTAILIMAGES_IMAGE_FORM_BASE", "", ["pengaduan.E020"]),
        ("WAGTAILIMAGES_IMAGE_FORM_BASE", "no.such.Form", ["pengaduan.E020"]),
        ("WAGTAILIMAGES_IMAGE_FORM_BASE", "wagtail.images.forms.BaseImageForm", ["pengaduan.E020"]),
        ("WAGTAILDOCS_DOCUMENT_FORM_BASE", "", ["pengaduan.E020"]),
        ("WAGTAIL_PASSWORD_RESET_ENABLED", False, ["pengaduan.E021"]),
        ("WAGTAIL_PASSWORD_MANAGEMENT_ENABLED", False, ["pengaduan.E021"]),
    ],
)
def test_what_a_setting_costs_is_said(settings, name, value, expected):
    setattr(settings, name, value)
    assert found() == expected


def test_attachments_may_not_lie_where_the_web_server_hands_files_out(settings):
    settings.PENGADUAN_PRIVATE_ROOT = str(Path(settings.MEDIA_ROOT) / "attachments")
    assert found() == ["pengaduan.E002"]


def test_an_app_that_is_left_out_is_named(monkeypatch):
    monkeypatch.setattr(checks, "APPS", (*checks.APPS, "not_installed"))
    [problem] = checks.check_apps(None)
    assert problem.id == "pengaduan.E006"
    assert "not_installed" in problem.msg


def test_the_workflow_and_the_sop_name_the_same_steps(monkeypatch):
    monkeypatch.setattr(sop, "WORKFLOW_STEPS", sop.WORKFLOW_STEPS[1:])
    assert found() == ["pengaduan.E004"]


@pytest.mark.django_db
def test_public_pages_that_were_handed_no_context_are_named(monkeypatch, rf):
    monkeypatch.setattr(AgencyPage, "public_context", None)
    [problem] = checks.check_public_pages(None)
    assert (problem.id, "AgencyPage" in problem.msg) == ("pengaduan.E007", True)
    with pytest.raises(ImproperlyConfigured, match=r"publication\.present\(\)"):
        AgencyPage().get_context(rf.get("/"))
