"""Where an editor says that what looks like the reporter's name is a word or a place (SOP B1)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ... import actions
from ...models import marked_words
from ...workflow import ActionForm
from ..complaint.complaint_views import ComplaintFormView


class NameMarksView(ComplaintFormView):
    """`/admin/complaints/<id>/not_the_person/`: the words in question, and one button."""

    form_class = ActionForm
    template_name = "pengaduan_app/desk/not_the_person.html"

    @cached_property
    def words(self) -> list[str]:
        return marked_words(self.complaint.page.get_latest_revision_as_object())

    def check_allowed(self) -> None:
        actions.check_workflow_step(self.complaint, self.user)
        if not self.words:
            raise actions.NotNow(actions.NOTHING_MARKED)

    def get_page_title(self) -> str:
        return _("This is not the person")

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        return super().get_context_data(words=self.words, **kwargs)

    def form_valid(self, form: ActionForm) -> HttpResponse:
        actions.not_the_person(self.complaint.pk, self.user)
        messages.success(self.request, _("Noted. These words are not marked any more."))
        return redirect("wagtailadmin_pages:edit", self.complaint.page.pk)
