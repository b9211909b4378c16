"""What a page's text has changed since the agency entered it, word by word (SOP B1, B2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.compare import TextDiff, diff_text
from wagtail.models import TaskState

from ...privacy import redaction
from ...procedure import Outcome, Step, sop
from .page_checks import CHECKED_FIELDS
from .page_form import CLASSIFIED_FIELDS

if TYPE_CHECKING:
    from .pages import ComplaintPage

# What the coordinator answers for at B2, in the order of the form.
COMPARED_FIELDS = ("title", "question", "answer", "correction", *CLASSIFIED_FIELDS)
# Stands for the mask while texts are compared: one sign, so that it stays whole.
_MASK = "\ue000"


@dataclass(frozen=True)
class Change:
    """One field that differs, as HTML with what was dropped and what was added."""

    label: str
    html: SafeString


@dataclass(frozen=True)
class Changes:
    """What differs from an earlier text, and whether personal data stood in that."""

    fields: list[Change]
    is_masked: bool


def earlier_text(page: ComplaintPage) -> ComplaintPage | None:
    """What the present text is compared with: in a correction the answer that was given,
    before that the one as the agency entered it. None before B1."""
    if page.complaint.state not in sop.CHECKED_STATES:
        return None
    if page.complaint.state in sop.CORRECTED_STATES:
        given: ComplaintPage = type(page).objects.get(pk=page.pk)
        return given
    return _as_entered(page)


def _as_entered(page: ComplaintPage) -> ComplaintPage | None:
    """The revision with which B1 first began after the agency's last word (A8, or A4)."""
    ends = page.complaint.steps.closed()
    entered = ends.filter(step=Step.A8, outcome=Outcome.DONE) | ends.filter(
        outcome=Outcome.ANSWERED
    )
    last = entered.first()
    begun = last and TaskState.objects.filter(
        workflow_state__in=page.workflow_states, started_at__gte=last.finished_at
    ).exclude(status=TaskState.STATUS_SKIPPED)
    # What came after the agency's word began with it; B1 again, later, began with B1's own.
    state = begun and begun.select_related("revision").order_by("started_at", "pk").first()
    return state.revision.as_object() if state and state.revision else None


def changes_between(before: ComplaintPage, after: ComplaintPage) -> Changes:
    """The fields that differ. Whoever reads them sees both texts: ask for the step first."""
    read = [(name, _read(before, name), _read(after, name)) for name in COMPARED_FIELDS]
    fields = [Change(_label(after, name), _marked(a, b)) for name, a, b in read if a != b]
    return Changes(fields, any(_removed() in change.html for change in fields))


def _removed() -> str:
    return _("(personal data, removed)")


def _marked(before: str, after: str) -> SafeString:
    """The differing words as HTML, by Wagtail's own comparison."""
    diff = diff_text(before, after)
    shown = [(kind, _unmasked(kind, text)) for kind, text in diff.changes]
    html: SafeString = TextDiff(shown).to_html()
    return html


def _unmasked(kind: str, text: str) -> str:
    # The history doesn't keep what was taken out (actions/page_history.py).
    return text.replace(_MASK, _removed() if kind == "deletion" else redaction.MASK)


def _read(page: ComplaintPage, name: str) -> str:
    """A field as a reader sees it, with the addresses of its links."""
    if name == "kind":
        return str(page.kind_label)
    value = str(getattr(page, name) or "")
    text = redaction.plain(value) if CHECKED_FIELDS.get(name) else value
    return "\n".join(_lines(text)).replace(redaction.MASK, _MASK)


def _lines(text: str) -> Iterable[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def _label(page: ComplaintPage, name: str) -> str:
    if name in CLASSIFIED_FIELDS:
        return str(CLASSIFIED_FIELDS[name])
    return str(capfirst(page._meta.get_field(name).verbose_name))
