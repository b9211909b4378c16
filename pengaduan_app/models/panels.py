"""Panels of the page editor that are our own."""

from __future__ import annotations

from django.utils.functional import cached_property
from wagtail.admin.compare import diff_text
from wagtail.admin.panels import Panel

from ..procedure import Outcome


class CitizenWordsPanel(Panel):
    """What the citizen wrote, and how the public question differs from it (SOP B1)."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pengaduan_app/desk/citizen_words_panel.html"

        @cached_property
        def complaint(self):
            return self.instance.complaint

        @cached_property
        def record(self):
            """The step that the page is in, with its due time; None once it is answered."""
            return self.complaint.open_record

        @cached_property
        def sent_back(self):
            """Why the page came back to this step: one row of the ledger or none."""
            last = self.complaint.steps.closed().first()
            return [last] if last and last.outcome == Outcome.SENT_BACK else []

        @cached_property
        def last_note(self):
            """What a colleague last wrote for the next one, where that isn't said above."""
            return [] if self.sent_back else self.complaint.steps.closed().exclude(note="")[:1]

        @cached_property
        def differences(self):
            """Word by word, as HTML: what the edited question dropped and added."""
            subject = diff_text(self.complaint.subject, self.instance.title)
            body = diff_text(self.complaint.body, self.instance.question)
            return {"subject": subject.to_html(), "body": body.to_html()}

        @cached_property
        def is_unchanged(self):
            return (self.complaint.subject, self.complaint.body) == (
                self.instance.title,
                self.instance.question,
            )
