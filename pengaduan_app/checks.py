"""Django system checks: what a site must have for the procedure to be safe."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.db import DatabaseError
from django.utils import timezone
from django.utils.module_loading import import_string

from . import conf
from .deadlines import office_calendar
from .models import PublicPage
from .operations import foundations
from .procedure import clock, sop
from .workflow import TASKS

Apps = Sequence[AppConfig] | None

# What goes wrong if a site leaves one of them out.
MIDDLEWARE = {
    "pengaduan_app.middleware.ActionRefusedMiddleware": (
        "Refused actions would end as server errors."
    ),
    "pengaduan_app.middleware.HiddenPagesMiddleware": (
        "Some of Wagtail's views would tell staff the titles of other agencies' drafts."
    ),
}

# The forms through which every file of Wagtail's libraries comes in.
FORMS = {
    "WAGTAILIMAGES_IMAGE_FORM_BASE": "pengaduan_app.desk.library.GuardedImageForm",
    "WAGTAILDOCS_DOCUMENT_FORM_BASE": "pengaduan_app.desk.library.GuardedDocumentForm",
}

# The apps that the plugin's screens, settings and tasks need.
APPS = ("wagtail.contrib.settings", "wagtail_modeladmin", "wagtail.api.v2", "django_q")


def register() -> None:
    """Called once, when the app is ready."""
    for check in (
        check_apps,
        check_middleware,
        check_private_root,
        check_vault,
        check_sop,
        check_publish,
        check_public_pages,
        check_library_forms,
        check_invitations,
    ):
        checks.register(check, "pengaduan")
    checks.register(check_calendar, checks.Tags.database)
    checks.register(check_foundations, checks.Tags.database)


def check_apps(app_configs: Apps, **kwargs: object) -> list[checks.CheckMessage]:
    return [
        checks.Error(
            f"The plugin needs the app {name}, which isn't installed.",
            hint=f"Add '{name}' to INSTALLED_APPS; see docs/plugin.md.",
            id="pengaduan.E006",
        )
        for name in APPS
        if not apps.is_installed(name)
    ]


def check_middleware(app_configs: Apps, **kwargs: object) -> list[checks.CheckMessage]:
    return [
        checks.Error(
            what_is_lost,
            hint=f"Add '{middleware}' to MIDDLEWARE, after the messages middleware.",
            id="pengaduan.E001",
        )
        for middleware, what_is_lost in MIDDLEWARE.items()
        if middleware not in settings.MIDDLEWARE
    ]


def check_private_root(app_configs: Apps, **kwargs: object) -> list[checks.CheckMessage]:
    private = conf.private_root().resolve()
    roots = [root for root in (settings.MEDIA_ROOT, settings.STATIC_ROOT) if root]
    if not any(private.is_relative_to(Path(root).resolve()) for root in roots):
        return []
    return [
        checks.Error(
            "PENGADUAN_PRIVATE_ROOT lies inside a folder that the web server hands out.",
            hint="Choose a folder outside MEDIA_ROOT and STATIC_ROOT for attachments.",
            id="pengaduan.E002",
        )
    ]


def check_vault(app_configs: Apps, **kwargs: object) -> list[checks.CheckMessage]:
    if conf.get("PENGADUAN_VAULT_KEYS"):
        return []
    return [
        checks.Error(
            "PENGADUAN_VAULT_KEYS is empty, so no reporter can be stored.",
            hint="Make a key with cryptography's Fernet.generate_key() and set it.",
            id="pengaduan.E003",
        )
    ]


def check_sop(app_configs: Apps, **kwargs: object) -> list[checks.CheckMessage]:
    """The SOP and Wagtail's tasks must have the same steps, in the same order."""
    if tuple(task.step for task in TASKS) == sop.WORKFLOW_STEPS:
        return []
    return [
        checks.Error(
            "The workflow's tasks don't match the SOP's steps.",
            hint="Keep workflow.TASKS and sop.WORKFLOW_STEPS in step.",
            id="pengaduan.E004",
        )
    ]


def check_publish(app_configs: Apps, **kwargs: object) -> list[checks.CheckMessage]:
    if not getattr(settings, "WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT", False):
        return []
    return [
        checks.Error(
            "WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT would restart the procedure at each edit.",
            hint="Remove that setting.",
            id="pengaduan.E005",
        )
    ]


def check_public_pages(app_configs: Apps, **kwargs: object) -> list[checks.CheckMessage]:
    """Each public page must have been given the function that makes its template's context."""
    return [
        checks.Error(
            f"{model.__name__} has nothing to show: its public_context is missing.",
            hint="Let AppConfig.ready call pengaduan_app.publication.present().",
            id="pengaduan.E007",
        )
        for model in apps.get_models()
        if issubclass(model, PublicPage) and model.public_context is None
    ]


def check_library_forms(app_configs: Apps, **kwargs: object) -> list[checks.CheckMessage]:
    """A site's own forms count if they inherit from ours."""
    return [
        checks.Error(
            "Files of editors would be opened in the web worker, where one can end it.",
            hint=f"Set {setting} = '{ours}', or to a form that inherits from it.",
            id="pengaduan.E020",
        )
        for setting, ours in FORMS.items()
        if not _inherits(getattr(settings, setting, ""), ours)
    ]


def _inherits(path: str, ours: str) -> bool:
    try:
        return bool(path) and issubclass(import_string(path), import_string(ours))
    except ImportError:
        return False


def check_invitations(app_configs: Apps, **kwargs: object) -> list[checks.CheckMessage]:
    """Invited staff choose their password at Wagtail's page for a new one, which can be off."""
    managed = getattr(settings, "WAGTAIL_PASSWORD_MANAGEMENT_ENABLED", True)
    if getattr(settings, "WAGTAIL_PASSWORD_RESET_ENABLED", managed):
        return []
    return [
        checks.Error(
            "Staff who are invited by e-mail could choose no password.",
            hint="Remove WAGTAIL_PASSWORD_RESET_ENABLED and WAGTAIL_PASSWORD_MANAGEMENT_ENABLED.",
            id="pengaduan.E021",
        )
    ]


def check_calendar(
    app_configs: Apps, databases: Collection[str] | None = None, **kwargs: object
) -> list[checks.CheckMessage]:
    """Reads the database, so it runs only with `migrate` and `check --database default`."""
    if "default" not in (databases or ()):
        return []
    try:
        clock.next_opening(timezone.now(), office_calendar.calendar_of())
    except DatabaseError:
        # Before the first migrate there are no tables.
        return []
    except ValueError as error:
        return [
            checks.Warning(
                f"Steps on the service clocks run day and night. {error}",
                hint="Enter office hours in the admin, or run setup_site for the national ones.",
                id="pengaduan.W001",
            )
        ]
    return []


def check_foundations(
    app_configs: Apps, databases: Collection[str] | None = None, **kwargs: object
) -> list[checks.CheckMessage]:
    """What the procedure rests on is rows that somebody could have removed. Reads the database."""
    if "default" not in (databases or ()):
        return []
    try:
        missing = foundations.missing()
    except DatabaseError:
        return []
    return [
        checks.Warning(
            sentence,
            hint="Run manage.py setup_site, or manage.py pengaduan_setup, which puts it back.",
            id="pengaduan.W002",
        )
        for sentence in missing
    ]
