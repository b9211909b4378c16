"""Panels of the page editor that help with the text: what was changed, and what to write from."""

from __future__ import annotations

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from .. import permissions
from ..procedure import sop
from .checklist import ChecklistItem
from .page_changes import Changes, changes_between, earlier_text


class ChangesPanel(Panel):
    """What differs from the answer as the agency entered it, or from the one that is corrected,
    and what will be asked before it goes on (SOP B1, B2). Only for whoever holds the step: the
    earlier text may hold what the page will not."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pengaduan_app/desk/changes_panel.html"

        def is_shown(self) -> bool:
            complaint = self.instance.complaint
            return complaint.state in sop.CHECKED_STATES and permissions.has_workflow_step(
                self.request.user, complaint
            )

        @cached_property
        def changes(self) -> Changes | None:
            """None where no earlier text is known."""
            before = earlier_text(self.instance)
            return changes_between(before, self.instance) if before else None

        @cached_property
        def is_correction(self) -> bool:
            return self.instance.complaint.is_being_corrected

        @cached_property
        def points(self) -> list[str]:
            """The check-list, which the step's button asks for."""
            complaint = self.instance.complaint
            return ChecklistItem.objects.to_confirm(complaint.open_step, complaint.is_confidential)
