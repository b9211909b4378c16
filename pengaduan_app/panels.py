"""Panels of the page editor that are our own."""

from __future__ import annotations

from django.utils.functional import cached_property
from wagtail.admin.compare import diff_text
from wagtail.admin.panels import Panel


class CitizenWordsPanel(Panel):
    """What the citizen wrote, and how the public question differs from it (SOP B1)."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pengaduan_app/admin/citizen_words_panel.html"

        @cached_property
        def complaint(self):
            return self.instance.complaint

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
