"""The plugin's own panels of the page editor."""

from __future__ import annotations

from django.utils.functional import cached_property
from wagtail.admin.compare import diff_text
from wagtail.admin.panels import Panel

from ... import permissions
from ...procedure import Action, Entry, Outcome, sop
from ..complaint import Attachment, Complaint
from ..course.steps import StepRecord
from ..course.thread import ThreadEntry
from ..office.checklist import ChecklistItem
from ..office.name_marks import marked_words
from .page_changes import Changes, changes_between, earlier_text


class CitizenWordsPanel(Panel):
    """What the citizen wrote, and how the public question differs from it (SOP B1)."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pengaduan_app/desk/citizen_words_panel.html"

        class Media:
            js = ["pengaduan_app/js/lightbox.js"]

        @cached_property
        def complaint(self) -> Complaint:
            return self.instance.complaint

        @cached_property
        def record(self) -> StepRecord | None:
            """The open step, with its due time; None once the complaint is answered."""
            return self.complaint.open_record

        @cached_property
        def sent_back(self) -> StepRecord | None:
            """The ledger row that sent the answer back to this step, or None if none did."""
            last = self.complaint.steps.closed().first()
            return last if last and last.outcome == Outcome.SENT_BACK else None

        @cached_property
        def last_note(self) -> StepRecord | None:
            """The row whose note was passed on with the open step, unless it is shown above.

            An older note has been acted on: a colleague has done a step since. A complaint that
            was reopened begins without one.
            """
            last = self.complaint.steps.closed().first()
            if self.sent_back or self.record is None or last is None or last.finished_at is None:
                return None
            reopened = self.complaint.reopened_at
            return last if last.note and not (reopened and last.finished_at < reopened) else None

        @cached_property
        def may_keep(self) -> bool:
            """Whether this person may end the correction."""
            return permissions.may(self.request.user, Action.KEEP, self.complaint)

        @cached_property
        def may_write(self) -> bool:
            """Whether this person may save the page. Enter in a field presses a form's first
            button, and is to save then, not to end the step."""
            return permissions.may_edit_page(self.request.user, self.complaint)

        @cached_property
        def thread(self) -> list[ThreadEntry]:
            """The talk with the reporter, oldest first: who writes the answer must know it."""
            entries = self.complaint.thread.select_related("author")
            return list(entries.prefetch_related("attachments"))

        @cached_property
        def reopening(self) -> ThreadEntry | None:
            """Why the reporter had it reopened, while that answer is still to come."""
            if not self.complaint.is_handled_again:
                return None
            asked = (e for e in reversed(self.thread) if e.kind == Entry.REOPENING)
            return next(asked, None)

        @cached_property
        def open_question(self) -> ThreadEntry | None:
            """What the reporter was asked and has not answered, while an answer is to come."""
            if not self.complaint.is_open:
                return None
            return self.complaint.thread.open_question()

        @cached_property
        def attachments(self) -> list[Attachment]:
            """What came with the complaint; what came later stands in the talk."""
            return list(self.complaint.attachments.filter(entry=None))

        @cached_property
        def marked_words(self) -> list[str]:
            """What may be the reporter's name, for whoever may write in this step."""
            if not permissions.may_edit_page(self.request.user, self.complaint):
                return []
            return marked_words(self.instance)

        @cached_property
        def differences(self) -> dict[str, str]:
            """What the edited question dropped and added, word by word, as HTML."""
            subject = diff_text(self.complaint.subject, self.instance.title)
            body = diff_text(self.complaint.body, self.instance.question)
            return {"subject": subject.to_html(), "body": body.to_html()}

        @cached_property
        def is_unchanged(self) -> bool:
            return (self.complaint.subject, self.complaint.body) == (
                self.instance.title,
                self.instance.question,
            )


class WritingHelpPanel(Panel):
    """Reply templates and earlier answers, to insert into the answer. A later wing finds them:
    the template asks for them."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pengaduan_app/desk/writing_help_panel.html"

        class Media:
            js = ["pengaduan_app/js/writing_help.js"]

        def is_shown(self) -> bool:
            return permissions.may_edit_page(self.request.user, self.instance.complaint)


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
