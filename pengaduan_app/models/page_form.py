"""The editing form of a complaint's page: what stops a text on its way to the public."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from ..privacy import Found, redaction
from ..procedure import Action, sop
from .agency import Agency

# What goes public, and whether it is rich text.
CHECKED_FIELDS = {"title": False, "question": False, "answer": True}

# As Wagtail stores it: <a linktype="page" id="12">, in either order.
PAGE_LINK = re.compile(
    r"""linktype=["']page["'][^>]*?\bid=["']?(\d{1,9})"""
    r"""|\bid=["']?(\d{1,9})["']?[^>]*?linktype=["']page["']"""
)
HIDDEN_LINK = gettext_lazy("The answer links to a page that is not public. Remove that link.")
REACHES = {Found.PHONE, Found.EMAIL}
OFFICE_CONTACT = gettext_lazy(
    "An office's number or e-mail address may stand in the answer once it is in that agency's data."
)
# "[lokasi]", as reply templates have them. The mask of redaction.py holds no letter.
BLANK = re.compile(r"\[[^\W\d_][^\[\]\n]{0,80}\]")


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


def office_contacts() -> frozenset[str]:
    """The telephone numbers and e-mail addresses of the agencies that work now."""
    rows = Agency.objects.filter(active=True).values_list("phone", "email")
    return redaction.contacts_in(contact for row in rows for contact in row)


def field_findings(field: str, text: str, reporter_name: str) -> list[str]:
    """The messages for the text of one checked field."""
    if not CHECKED_FIELDS[field]:
        found = redaction.find_personal_data(text, reporter_name)
        return [finding_message(finding) for finding in found]
    # The answer is an office's own text, and may say how to reach it.
    found = redaction.find_personal_data(redaction.plain(text), reporter_name, office_contacts())
    messages = [finding_message(finding) for finding in found]
    return [*messages, str(OFFICE_CONTACT)] if REACHES & {f.kind for f in found} else messages


def page_findings(page, reporter_name: str) -> dict[str, list[str]]:
    """The messages for each checked field of a page (usually a revision's object)."""
    found = {
        field: field_findings(field, getattr(page, field) or "", reporter_name)
        for field in CHECKED_FIELDS
    }
    return {field: messages for field, messages in found.items() if messages}


def hidden_links(html: str) -> bool:
    """True when rich text links to a page that isn't public: expanding such a link would
    tell where another agency's draft stands."""
    ids = {int(first or second) for first, second in PAGE_LINK.findall(html)}
    public = Page.objects.live().public().filter(pk__in=ids).values_list("pk", flat=True)
    return bool(ids - set(public))


def blanks_message(answer: str) -> str:
    """The sentence that names what is left to fill in of a reply template; empty where
    nothing is."""
    blanks = list(dict.fromkeys(BLANK.findall(redaction.plain(answer))))
    if not blanks:
        return ""
    return _(
        "The answer still holds blanks of a reply template: %(blanks)s. Fill them in, or "
        "remove them."
    ) % {"blanks": ", ".join(blanks)}


class ComplaintPageForm(WagtailAdminPageForm):
    """Shows beside the field what actions.answering would refuse, so nothing is lost."""

    def clean(self):
        cleaned = super().clean()
        if hidden_links(cleaned.get("answer") or ""):
            self.add_error("answer", HIDDEN_LINK)
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
        if message := blanks_message(cleaned.get("answer") or ""):
            self.add_error("answer", message)

    def _check_personal_data(self, cleaned):
        name = self.instance.complaint.reporter.name
        for field in CHECKED_FIELDS:
            for message in field_findings(field, cleaned.get(field) or "", name):
                self.add_error(field, message)
