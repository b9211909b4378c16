"""The editing form of a complaint's page: what stops a text on its way to the public."""

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from .. import redaction, sop
from ..redaction import Found
from ..sop import Action

CHECKED_FIELDS = ("title", "question", "answer")


def finding_message(finding: redaction.Finding) -> str:
    """The sentence that tells an editor what to remove."""
    messages = {
        Found.PHONE: _("The text still holds a telephone number (%(text)s). Remove it first."),
        Found.EMAIL: _("The text still holds an e-mail address (%(text)s). Remove it first."),
        Found.ID_NUMBER: _(
            "The text still holds a 16-digit number (%(text)s), perhaps a NIK. Remove it first."
        ),
        Found.NAME: _(
            "The text still holds the reporter's name. Remove it, or write “the reporter”."
        ),
    }
    return messages[finding.kind] % {"text": finding.text}


def page_findings(page, reporter_name: str) -> dict[str, list[str]]:
    """The messages for each checked field of a page (usually a revision's object)."""
    found = {}
    for field in CHECKED_FIELDS:
        findings = redaction.find_personal_data(getattr(page, field) or "", reporter_name)
        if findings:
            found[field] = [finding_message(finding) for finding in findings]
    return found


class ComplaintPageForm(WagtailAdminPageForm):
    """Shows beside the field what actions.answering would refuse, so nothing is lost."""

    def clean(self):
        cleaned = super().clean()
        if self._passes_on():
            self._require_answer(cleaned)
            if self.instance.complaint.state in sop.CHECKED_STATES:
                self._check_personal_data(cleaned)
        return cleaned

    def _passes_on(self) -> bool:
        wanted = {Action.APPROVE, Action.PUBLISH_PRIVATELY}
        return (
            "action-workflow-action" in self.data
            and self.data.get("workflow-action-name") in wanted
        )

    def _require_answer(self, cleaned):
        for field in ("question", "answer"):
            if field in self.fields and not redaction.plain(cleaned.get(field) or "").strip():
                self.add_error(field, _("Write this text before you pass the page on."))

    def _check_personal_data(self, cleaned):
        name = self.instance.complaint.reporter.name
        for field in CHECKED_FIELDS:
            for finding in redaction.find_personal_data(cleaned.get(field) or "", name):
                self.add_error(field, finding_message(finding))
