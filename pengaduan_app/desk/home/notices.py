"""The bell: what is new for a member of staff, read and unread, and how their mail comes."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.forms import ModelForm, RadioSelect
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import Context
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page as WagtailPage
from wagtail.users.models import UserProfile

from ... import permissions
from ...messaging import step_of
from ...models import Complaint, ComplaintPage, MailChoice, Notice, NoticeQuerySet
from ...permissions import Staff, StaffRequest
from ..complaint.complaint_facts import admin_url

PER_PAGE = 50


def notices_of(user: Staff) -> NoticeQuerySet:
    """The user's, of complaints that they may still see, the newest first."""
    return Notice.objects.of(user.pk).filter(complaint__in=Complaint.objects.visible_to(user))


def mark_read(user: Staff, complaint_id: int) -> None:
    """What was new of this complaint is read once its page was looked at."""
    Notice.objects.of(user.pk).filter(complaint=complaint_id).mark_read()


def mark_read_in_editor(request: StaffRequest, page: WagtailPage) -> None:
    """The same for whoever goes straight to the editor."""
    if isinstance(page, ComplaintPage) and request.method == "GET":
        mark_read(request.user, page.complaint_id)


class Bell(MenuItem):
    """The menu's entry, with how much is unread."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("Notifications"),
            reverse("pengaduan_notices"),
            name="pengaduan-notices",
            icon_name="pengaduan-bell",
            order=105,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(permissions.roles_of(cast(Staff, request.user)))

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        count = notices_of(cast(Staff, request.user)).unread().count()
        # Menu items are shared by all requests, so nothing is stored in this one.
        label = f"{self.label} ({count})" if count else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


class NewsPanel(Component):
    """How much is unread, on the home: a telephone hides the menu."""

    name = "notices"
    order = 60
    template_name = "pengaduan_app/desk/notices_panel.html"

    def __init__(self, total: int) -> None:
        self.total = total

    def get_context_data(self, parent_context: Context) -> dict[str, object]:
        return {"total": self.total, "url": reverse("pengaduan_notices")}


def add_panel(request: StaffRequest, panels: list[Component]) -> None:
    """On the home of whoever has something unread."""
    if permissions.roles_of(request.user):
        total = notices_of(request.user).unread().count()
        if total:
            panels.append(NewsPanel(total))


class NoticeRow:
    """One notice as a list shows it."""

    def __init__(self, notice: Notice) -> None:
        self.notice, self.complaint = notice, notice.complaint
        self.step_label = step_of(notice)
        self.url = admin_url("inspect", notice.complaint)
        self.is_unread = notice.read_at is None and not notice.is_over


class NoticesView(WagtailAdminTemplateMixin, TemplateView):
    """`/admin/notices/`: all that was new in the last weeks; a POST marks all as read."""

    template_name = "pengaduan_app/desk/notices.html"
    header_icon = "pengaduan-bell"
    _show_breadcrumbs = True

    @cached_property
    def user(self) -> Staff:
        return cast(Staff, self.request.user)

    def get_page_title(self) -> str:
        return _("Notifications")

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        notices = notices_of(self.user).select_related("complaint__agency", "step", "reminder")
        page: Page[Notice] = Paginator(notices, PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            page=page,
            rows=[NoticeRow(notice) for notice in page],
            unread=notices_of(self.user).unread().count(),
            when=MailChoice.objects.of(self.user.pk).get_when_display(),
            account_url=f"{reverse('wagtailadmin_account')}#tab-notifications",
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        count = Notice.objects.of(self.user.pk).mark_read()
        text = ngettext("%(count)d is marked as read.", "%(count)d are marked as read.", count)
        messages.success(request, text % {"count": count})
        return redirect("pengaduan_notices")


class MailChoiceForm(ModelForm):
    class Meta:
        model = MailChoice
        fields = ["when"]
        widgets = {"when": RadioSelect}


class MailPanel(BaseSettingsPanel):
    """In Wagtail's account page: at once, or once a day."""

    name = "pengaduan_mail"
    title = gettext_lazy("E-mails about complaints")
    tab = notifications_tab
    order = 50
    form_class = MailChoiceForm

    def is_active(self) -> bool:
        return bool(permissions.roles_of(self.user))

    def get_form(self) -> MailChoiceForm:
        choice = MailChoice.objects.of(self.user.pk)
        # A hand-made form without this part leaves the choice as it is.
        sent = self.request.POST if f"{self.name}-when" in self.request.POST else None
        return MailChoiceForm(sent, instance=choice, prefix=self.name)


def mail_panel(request: HttpRequest, user: Staff, profile: UserProfile) -> MailPanel:
    return MailPanel(request, user, profile)
