"""What the citizen sent, and how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from ..procedure import Action, Channel, Privacy, State, Transition, labels, sop, transitions
from .complaint_queries import ComplaintQuerySet, LockedComplaints
from .course.contributions import Contribution
from .course.undoable_ends import UndoableEnd
from .office.agency import Agency
from .private_storage import PrivateStorage
from .staff.assignments import Assigned

if TYPE_CHECKING:
    from .course.steps import StepRecord

CITIZENS_WORDS = frozenset({"subject", "body", "place"})


class Complaint(Assigned):
    """One complaint, criticism or suggestion. Only pengaduan_app.actions changes it.

    The citizen's words never change; what is published is a copy that public relations edit
    (ComplaintPage). The reporter's identity is in the vault (Reporter) and nowhere here.
    """

    ticket = models.CharField(_("ticket number"), max_length=20, unique=True, editable=False)
    code_hash = models.CharField(max_length=128, editable=False)
    # Keyed hashes (actions/form_marks.py) of the form that it was sent with: with these words it
    # makes one complaint, and whoever reads them here has no key.
    submission_key = models.CharField(max_length=64, unique=True, editable=False)
    form_key = models.CharField(max_length=64, db_default="", db_index=True, editable=False)

    kind = models.CharField(_("kind"), max_length=12, choices=labels.choices(labels.KINDS))
    subject = models.CharField(_("subject"), max_length=120)
    body = models.TextField(_("complaint"))
    category = models.ForeignKey(
        "pengaduan_app.Category",
        verbose_name=_("category"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    village = models.ForeignKey(
        "pengaduan_app.Village",
        verbose_name=_("village"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    channel = models.CharField(
        _("channel"),
        max_length=8,
        choices=labels.choices(labels.CHANNELS),
        default=Channel.WEB.value,
    )
    privacy = models.CharField(
        _("privacy"),
        max_length=12,
        choices=labels.choices(labels.PRIVACY),
        default=Privacy.OPEN.value,
    )

    state = models.CharField(_("state"), max_length=20, choices=labels.choices(labels.STATES))
    agency = models.ForeignKey(
        "pengaduan_app.Agency",
        verbose_name=_("agency"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="complaints",
    )
    official = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("official in charge"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    # The agencies that the head called to coordinate the answer (SOP A7).
    coordination = models.ManyToManyField(
        "pengaduan_app.Agency",
        verbose_name=_("coordinating agencies"),
        blank=True,
        related_name="coordinated_complaints",
    )
    duplicate_of = models.ForeignKey(
        "self",
        verbose_name=_("earlier complaint"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicates",
    )
    # The agency that the operator suggested when reporting the complaint misrouted (SOP A3).
    suggested_agency = models.ForeignKey(
        "pengaduan_app.Agency",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    bounces = models.PositiveSmallIntegerField(_("times misrouted"), default=0)
    ground = models.CharField(
        _("ground for declining"),
        max_length=16,
        choices=labels.choices(labels.GROUNDS),
        blank=True,
    )
    message = models.TextField(_("message to the reporter"), blank=True)
    created_at = models.DateTimeField(_("received"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    # True while its answer is published: the page is live if and only if this is set.
    is_public = models.BooleanField(default=False, editable=False)
    reopened_at = models.DateTimeField(_("reopened"), null=True, blank=True)

    objects = ComplaintQuerySet.as_manager()
    locked = LockedComplaints()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        default_permissions = []
        indexes = [
            models.Index(fields=["agency", "state", "-created_at"], name="complaint_desk"),
            models.Index(fields=["state", "-created_at"], name="complaint_state"),
            models.Index(fields=["-created_at"], name="complaint_newest"),
            # Covers all that the reports count, so that they never read the rows themselves.
            models.Index(
                fields=[
                    "created_at",
                    "agency",
                    "kind",
                    "category",
                    "village",
                    "channel",
                    "bounces",
                    "closed_at",
                ],
                name="complaint_received",
            ),
            models.Index(fields=["closed_at", "agency", "state"], name="complaint_closed"),
        ]

    def __str__(self) -> str:
        return self.ticket

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            changed = kwargs.get("update_fields")
            if changed is None or CITIZENS_WORDS & set(changed):
                raise ValueError(
                    "A complaint's words never change; pass update_fields with what did."
                )
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        return self.state in sop.OPEN_STATES

    @property
    def is_confidential(self) -> bool:
        return self.privacy == Privacy.CONFIDENTIAL

    @property
    def is_referred(self) -> bool:
        """True once the inspectorate handles it."""
        return self.state in sop.REFERRED_STATES

    @property
    def is_answered(self) -> bool:
        return self.state in sop.ANSWERED_STATES

    @property
    def is_being_corrected(self) -> bool:
        return self.state in sop.CORRECTED_STATES

    @property
    def is_handled_again(self) -> bool:
        """True from its reopening until it is answered again."""
        return self.was_reopened and not self.is_answered

    @property
    def was_reopened(self) -> bool:
        return self.reopened_at is not None

    @property
    def has_answer(self) -> bool:
        """True from the first answer on, even while the complaint is handled again."""
        return self.is_answered or self.was_reopened

    def move_for(self, action: Action) -> Transition | None:
        """The move that `action` makes from where the complaint stands; None where the SOP
        has none."""
        back = UndoableEnd.leads_to(self.pk, self.state) if action == Action.UNDO else None
        state, privacy = State(self.state), Privacy(self.privacy)
        return transitions.find_transition(
            action, state, privacy, self.was_reopened, self.is_public, back
        )

    @property
    def open_step(self) -> sop.Step | None:
        """The step that the complaint waits for, or None if it is closed."""
        return sop.OPEN_STEP.get(State(self.state))

    @property
    def open_record(self) -> StepRecord | None:
        """The ledger row of the open step, or None if the complaint is closed."""
        return self.steps.open().exclude(step=sop.Step.C1).select_related("agency").first()

    @property
    def coordination_request(self) -> str:
        """What the head last asked of the other agencies (SOP A7)."""
        rows = self.steps.filter(outcome=sop.Outcome.COORDINATED).order_by("-started_at", "-pk")
        return rows.values_list("note", flat=True).first() or ""

    @property
    def coordination_row(self) -> StepRecord | None:
        """The ledger row of the newest coordination, or None if none was called (SOP A7)."""
        rows = self.steps.filter(step=sop.Step.A7.value)
        return rows.order_by("-started_at", "-pk").first()

    @property
    def contributions(self) -> models.QuerySet[Contribution]:
        """What the called agencies have answered in the newest coordination."""
        found = Contribution.objects.filter(step=self.coordination_row)
        return found.select_related("agency", "author")

    @property
    def silent_agencies(self) -> models.QuerySet[Agency]:
        """The called agencies that are still to answer; empty once the coordination is over."""
        row = self.coordination_row
        if row is None or row.finished_at:
            return self.coordination.none()
        return self.coordination.exclude(pk__in=row.contributions.values("agency"))

    @property
    def calls(self) -> list[tuple[Agency, Contribution | None]]:
        """The agencies of the newest coordination with what they answered, the silent ones last."""
        given: list[tuple[Agency, Contribution | None]] = [
            (c.agency, c) for c in self.contributions
        ]
        return [*given, *((agency, None) for agency in self.silent_agencies)]

    @property
    def answer_holder(self) -> Complaint:
        """The complaint whose answer this one's reporter gets: the earlier one, if joined."""
        return self.duplicate_of or self


def attachment_storage() -> PrivateStorage:
    """Where attachments are stored; migrations name this function."""
    return PrivateStorage(file_permissions_mode=0o600, directory_permissions_mode=0o700)


def attachment_path(attachment: Attachment, filename: str) -> str:
    """A random path: the file's own name can be personal data."""
    suffix = filename.rpartition(".")[2]
    return f"attachments/{attachment.complaint_id}/{get_random_string(20)}.{suffix}"


class Attachment(models.Model):
    """A photo or PDF of a complaint, cleaned of metadata (privacy/attachments.py)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="attachments")
    # The entry of the thread that it was sent with; empty if it came with the complaint.
    entry = models.ForeignKey(
        "pengaduan_app.ThreadEntry",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="attachments",
    )
    file = models.FileField(upload_to=attachment_path, storage=attachment_storage)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(_("size in bytes"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.complaint_id}/{self.pk}"

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")
