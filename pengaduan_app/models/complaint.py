"""What the citizen sent, and how far it has come."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from .. import conf, permissions
from ..procedure import Action, Channel, Privacy, State, Transition, labels, sop, transitions

CITIZENS_WORDS = frozenset({"subject", "body", "place", "kind"})


class ComplaintQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Only what this member of staff may see; `permissions.may_see` has the same rule for one.

        Agency staff see their agency's complaints, and those on which the head of another
        agency asked theirs for coordination, for as long as that lasts (SOP A7).
        """
        if user.is_active and permissions.sees_city(user):
            return self.all()
        if not user.is_active or not permissions.roles_of(user) & sop.AGENCY_ROLES:
            return self.none()
        agencies = permissions.agency_ids_of(user)
        called = Complaint.coordination.through.objects.filter(agency__in=agencies)
        in_coordination = models.Q(state__in=sop.CALLED_STATES, pk__in=called.values("complaint"))
        return self.filter(models.Q(agency__in=agencies) | in_coordination)

    def open(self):
        return self.filter(state__in=sop.OPEN_STATES)

    def with_open_step(self):
        """Adds `open_step_code`, `open_limit_minutes` and `open_due_at` of the ledger row that
        is open: a join, so that a filter or an ordering by them can use the row's index."""
        # Named one by one and not as “other than C1”, which the ledger's index can't serve.
        open_row = models.Q(
            steps__finished_at__isnull=True,
            steps__step__in=[step.value for step in sop.OPEN_STEP.values()],
        )
        return self.annotate(
            open_row=models.FilteredRelation("steps", condition=open_row),
            open_step_code=models.F("open_row__step"),
            open_limit_minutes=models.F("open_row__limit_minutes"),
            open_due_at=models.F("open_row__due_at"),
        )


class LockedComplaints(models.Manager.from_queryset(ComplaintQuerySet)):
    """Complaints whose rows are locked as they are read; the actions' way to them.

    Not with Django's usual lock, which also holds back rows that only point here: a batch
    of reminders adds such rows (C1) while an action waits for the batch.
    """

    def get_queryset(self):
        return super().get_queryset().select_for_update(no_key=True)


class Complaint(models.Model):
    """One complaint, criticism or suggestion. Changed by pengaduan_app.actions alone.

    The citizen's words never change; what is published is a copy that public relations
    edit (ComplaintPage). Who sent it stands in the vault (Reporter) and nowhere here.
    """

    ticket = models.CharField(_("ticket number"), max_length=20, unique=True, editable=False)
    code_hash = models.CharField(max_length=128, editable=False)
    # One form, one complaint: the key of the form that made it.
    submission_key = models.UUIDField(unique=True, editable=False)

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
    # Agencies that the head asked to help with the answer (SOP A7).
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
    # Where it seems to belong, as its operator said when reporting it misrouted (SOP A3).
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
    # An answer of it stands on the website: its page is live if and only if this is true.
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
            # All that the reports count, so that they never read the complaints themselves.
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

    def __str__(self):
        return self.ticket

    def save(self, *args, **kwargs):
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
    def is_answered(self) -> bool:
        return self.state in sop.ANSWERED_STATES

    @property
    def was_reopened(self) -> bool:
        return self.reopened_at is not None

    @property
    def has_answer(self) -> bool:
        """True from the first answer on, also while it is handled again."""
        return self.is_answered or self.was_reopened

    def move_for(self, action: Action) -> Transition | None:
        """The move that `action` makes from where the complaint stands; None where the SOP
        has none."""
        return transitions.find_transition(
            action, State(self.state), Privacy(self.privacy), self.was_reopened
        )

    @property
    def open_step(self) -> sop.Step | None:
        """The step that the complaint waits for, or None when it is closed."""
        return sop.OPEN_STEP.get(State(self.state))

    @property
    def open_record(self):
        """The row of the ledger that the complaint waits for, or None when it is closed."""
        return self.steps.open().exclude(step=sop.Step.C1).select_related("agency").first()

    @property
    def coordination_request(self) -> str:
        """What the head asked of the other agencies when calling them last (SOP A7)."""
        rows = self.steps.filter(outcome=sop.Outcome.COORDINATED).order_by("-started_at", "-pk")
        return rows.values_list("note", flat=True).first() or ""

    @property
    def answer_holder(self) -> "Complaint":
        """The complaint whose answer this one's reporter follows."""
        return self.duplicate_of or self


class PrivateStorage(FileSystemStorage):
    """A folder that no web server hands out; what lies in it has no address of its own."""

    base_url = None

    @property
    def location(self):
        return str(conf.private_root().resolve())

    base_location = location


def attachment_storage():
    return PrivateStorage(file_permissions_mode=0o600, directory_permissions_mode=0o700)


def attachment_path(attachment, filename):
    """A random name: what the citizen called the file can be personal data."""
    suffix = filename.rpartition(".")[2]
    return f"attachments/{attachment.complaint_id}/{get_random_string(20)}.{suffix}"


class Attachment(models.Model):
    """A photo or PDF of a complaint, cleaned of metadata (pengaduan_app.attachments)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="attachments")
    # Sent later, with an entry of the thread; empty for what came with the complaint.
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

    def __str__(self):
        return f"{self.complaint_id}/{self.pk}"

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")
