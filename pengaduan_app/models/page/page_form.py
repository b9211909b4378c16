"""The editing form of a complaint's page: what stops a text on its way to the public."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm

from ... import permissions
from ...privacy import redaction
from ...procedure import Action, sop
from ...text import is_blank, kept, one_line
from ..office.known_names import known_names
from .page_checks import (
    CHECKED_FIELDS,
    HIDDEN_LINK,
    NO_CATEGORY,
    NO_CORRECTION,
    blanks_message,
    field_findings,
    hidden_links,
    needs_category,
)

ONE_LINE = {"title", "correction"}
CLASSIFIED_FIELDS = {
    "kind": gettext_lazy("Kind"),
    "category": gettext_lazy("Category"),
    "village": gettext_lazy("Village"),
}


class ComplaintPageForm(WagtailAdminPageForm):
    """Shows beside the field what actions/answering.py would refuse, so that no text is lost."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        complaint = self.instance.complaint
        left_out = [] if complaint.is_being_corrected else ["correction"]
        if not permissions.may(self.for_user, Action.CLASSIFY, complaint):
            left_out += CLASSIFIED_FIELDS
        for name in left_out:
            self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._keep_texts(cleaned)
        if hidden_links(cleaned.get("answer") or ""):
            self.add_error("answer", HIDDEN_LINK)
        if self._passes_on():
            self._require_answer(cleaned)
            if self.instance.complaint.state in sop.CHECKED_STATES:
                self._check_personal_data(cleaned)
            if "category" in self.fields and needs_category(cleaned.get("category")):
                self.add_error("category", NO_CATEGORY)
        return cleaned

    def _keep_texts(self, cleaned: dict[str, Any]) -> None:
        """The same rule as for the citizen's own fields: what nobody sees is nothing."""
        for field in CHECKED_FIELDS:
            if typed := cleaned.get(field):
                cleaned[field] = one_line(typed) if field in ONE_LINE else kept(typed)
        if "title" in cleaned and is_blank(cleaned["title"]):
            self.add_error("title", _("Write a title that can be read."))

    def _passes_on(self) -> bool:
        wanted = {Action.APPROVE, Action.PUBLISH_PRIVATELY}
        return (
            "action-workflow-action" in self.data
            and self.data.get("workflow-action-name") in wanted
        )

    def _require_answer(self, cleaned: dict[str, Any]) -> None:
        for field in ("question", "answer"):
            if field in self.fields and is_blank(redaction.plain(cleaned.get(field) or "")):
                self.add_error(field, _("Write this text before you pass the page on."))
        if "correction" in self.fields and is_blank(cleaned.get("correction") or ""):
            self.add_error("correction", NO_CORRECTION)
        if message := blanks_message(cleaned.get("answer") or ""):
            self.add_error("answer", message)

    def _check_personal_data(self, cleaned: dict[str, Any]) -> None:
        name, known = self.instance.complaint.reporter.name, known_names()
        for field in CHECKED_FIELDS:
            for message in field_findings(field, cleaned.get(field) or "", name, known):
                self.add_error(field, message)
