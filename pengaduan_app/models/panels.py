"""The page editor's own panel: the citizen's words."""

from __future__ import annotations

from django.utils.functional import cached_property
from wagtail.admin.compare import diff_text
from wagtail.admin.panels import Panel

from ..procedure import Outcome
from .complaint import Complaint
from .steps import StepRecord


class CitizenWordsPanel(Panel):
    """What the citizen wrote, and how the public question differs from it (SOP B1)."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pengaduan_app/desk/citizen_words_panel.html"

        @cached_property
        def complaint(self) -> Complaint:
            return self.instance.complaint

        @cached_property
        def record(self) -> StepRecord | None:
            """The step that the page is in, with its due time; None once it is answered."""
            return self.complaint.open_record

        @cached_property
        def sent_back(self) -> StepRecord | None:
            """The row of the ledger by which the page came back to this step, if it did."""
            last = self.complaint.steps.closed().first()
            return last if last and last.outcome == Outcome.SENT_BACK else None

        @cached_property
        def last_note(self) -> StepRecord | None:
            """The row with a colleague's last note to the next; None where `sent_back` says it."""
            if self.sent_back:
                return None
            return self.complaint.steps.closed().exclude(note="").first()

        @cached_property
        def differences(self) -> dict[str, str]:
            """Word by word, as HTML: what the edited question dropped and added."""
            subject = diff_text(self.complaint.subject, self.instance.title)
            body = diff_text(self.complaint.body, self.instance.question)
            return {"subject": subject.to_html(), "body": body.to_html()}

        @cached_property
        def is_unchanged(self) -> bool:
            return (self.complaint.subject, self.complaint.body) == (
                self.instance.title,
                self.instance.question,
            )
