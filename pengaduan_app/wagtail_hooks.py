"""Registers what the plugin adds to Wagtail's admin; the code is in the wings."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.contrib.settings.registry import register_setting
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from .actions import ENTERED, HANDED_ON
from .desk import (
    BULK_ACTIONS,
    ComplaintSearchArea,
    ComplaintViewSet,
    NoBulkDelete,
    ReferenceViewSetGroup,
    accounts,
    calendar_viewsets,
    library,
    unsent_forms,
    wagtail_reports,
)
from .desk.complaint import assigned
from .desk.editor import checklist_viewset, page_editor
from .desk.entry import entering
from .desk.home import guide, home_panels, menus, notices, warnings
from .models import (
    NOT_THE_PERSON,
    OPENING,
    PHOTO_CHOSEN,
    PICTURE_ADDED,
    PICTURES_ARRANGED,
    Inspectorate,
    Letterhead,
    ReminderSettings,
)
from .people import account_item, leave_viewset, people_viewset
from .people import words as people_words
from .procedure import labels
from .registers import Registers
from .reports import REPORTS
from .reports import views as reports

register_snippet(ComplaintViewSet)
register_snippet(ReferenceViewSetGroup)
register_snippet(calendar_viewsets.ClockViewSetGroup)
modeladmin_register(Registers)
register_setting(ReminderSettings, icon="time", order=200)
register_setting(Letterhead, icon="doc-full", order=210)
register_setting(Inspectorate, icon="help", order=220)

wagtail_reports.guard_exports()
library.guard_account()

hooks.register("register_admin_viewset", lambda: people_viewset)
hooks.register("register_admin_viewset", lambda: leave_viewset)
hooks.register("register_account_menu_item", account_item)

hooks.register("register_admin_menu_item", entering.menu_item)
hooks.register("construct_homepage_panels", home_panels.replace_panels)
hooks.register("construct_homepage_panels", notices.add_panel)
hooks.register("construct_homepage_summary_items", home_panels.remove_summary)
hooks.register("register_admin_search_area", ComplaintSearchArea)
hooks.register("register_admin_menu_item", notices.Bell)
hooks.register("register_help_menu_item", guide.GuideMenuItem)
hooks.register("register_account_settings_panel", notices.mail_panel)
hooks.register("construct_main_menu", warnings.warn_when_silent)
hooks.register("construct_reports_menu", menus.keep_reports_of_the_role)
hooks.register("construct_page_action_menu", page_editor.keep_procedure_buttons)
hooks.register("after_edit_page", page_editor.return_to_my_steps)
hooks.register("construct_page_chooser_queryset", page_editor.limit_page_chooser)
hooks.register("before_edit_page", page_editor.refuse_stale_button)
hooks.register("before_edit_page", notices.mark_read_in_editor)
hooks.register("before_edit_page", assigned.say_in_editor)
hooks.register("before_unpublish_page", page_editor.withdraw_through_actions)
for name in ("before_move_page", "before_copy_page", "before_delete_page"):
    hooks.register(name, page_editor.refuse_tree_change)
hooks.register("before_bulk_action", page_editor.refuse_bulk_action)
hooks.register("before_delete_user", accounts.refuse_deletion)
hooks.register("before_bulk_action", accounts.refuse_bulk_deletion)
# The last one registered for a model counts; Wagtail's own comes with order 0.
hooks.register("register_bulk_action", NoBulkDelete, order=100)
for bulk_action in BULK_ACTIONS:
    hooks.register("register_bulk_action", bulk_action)
for name in ("before_edit_snippet", "before_delete_snippet"):
    hooks.register(name, calendar_viewsets.keep_limit_that_holds)
for name in ("after_create_snippet", "after_edit_snippet", "after_delete_snippet"):
    hooks.register(name, calendar_viewsets.follow_change)
for name in ("after_create_snippet", "after_edit_snippet"):
    hooks.register(name, warnings.warn_without_operator)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    patterns = (reports.urlpatterns(), reports.NAMESPACE)
    return [
        path("reports/complaints/", include(patterns, namespace=reports.NAMESPACE)),
        path("guide/<slug:role>/", guide.GuideView.as_view(), name="pengaduan_guide"),
        path("notices/", notices.NoticesView.as_view(), name="pengaduan_notices"),
        path("unsent/<int:pk>/", unsent_forms.UnsentFormView.as_view(), name="pengaduan_unsent"),
    ]


for name in REPORTS:
    hooks.register("register_reports_menu_item", partial(reports.menu_item, name))


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    return [*icons, "pengaduan_app/icons/bell.svg"]


@hooks.register("insert_global_admin_css")
def insert_global_admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("pengaduan_app/admin.css"))


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Offers the permissions of the procedure's roles and the vault in the group editor."""
    return Permission.objects.filter(
        content_type__app_label="pengaduan_app", codename__regex="^(act_as_|reveal_)"
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for action, label in labels.ACTIONS.items():
        formatter = checklist_viewset.formatter_of(label)
        actions.register_action(f"pengaduan_app.{action.value}")(formatter)
    actions.register_action(OPENING, _("Open the reporter's identity"), _("Opened the identity"))
    actions.register_action(
        NOT_THE_PERSON,
        _("This is not the person"),
        _("Said that words are not the reporter's name"),
    )
    actions.register_action(PICTURE_ADDED, _("Add a picture"), _("Added a picture to the answer"))
    actions.register_action(
        PHOTO_CHOSEN, _("Publish this photo"), _("Chose a citizen's photo for the answer")
    )
    actions.register_action(
        PICTURES_ARRANGED, _("Save words and order"), _("Changed the pictures of the answer")
    )
    actions.register_action(HANDED_ON, _("Hand it on"), _("Handed it on to another official"))
    actions.register_action(ENTERED, _("Enter it"), _("Entered it for its reporter"))
    for name, (label, done) in people_words.LOG.items():
        actions.register_action(name, label, done)
