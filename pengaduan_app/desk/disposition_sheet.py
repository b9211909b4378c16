"""The printed disposition sheet of a complaint (SOP A2). Never the reporter's identity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import segno
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from ..deadlines import limits, words
from ..models import Complaint, Letterhead, StepRecord
from ..presentation import person_name
from ..procedure import Outcome, Privacy, Role, Step, labels

# Who signs, in the order of the procedure.
SIGNATURES = (Role.OPERATOR, Role.OFFICIAL, Role.HEAD)
# The steps that the sheet travels through, with their limits.
SHEET_STEPS = (Step.A2, Step.A5, Step.A6, Step.A7, Step.A8)


def context_of(complaint: Complaint, absolute: Callable[[str], str]) -> dict[str, object]:
    """What the sheet shows. `absolute` turns a path into the full URL for the QR code."""
    admin_url = absolute(reverse("pengaduan_admin:inspect", args=[complaint.pk]))
    records = {record.step: record for record in complaint.steps.all()}
    in_force, now = limits.current_limits(), timezone.now()
    left = complaint.open_record
    return {
        "complaint": complaint,
        "official": person_name(complaint.official),
        "letterhead": Letterhead.current(),
        "attachments": _attachments(complaint),
        "forwarding_note": _forwarding_note(complaint),
        "remaining": f"{left.step} · {words(left.due_at, now)}" if left else "",
        "privacy_label": labels.PRIVACY[Privacy(complaint.privacy)],
        "steps": [_step_row(step, records.get(step), in_force[step]) for step in SHEET_STEPS],
        "signatures": [labels.ROLES[role] for role in SIGNATURES],
        "admin_url": admin_url,
        "qr_svg": segno.make(admin_url, error="m").svg_inline(scale=3, border=1),
        "printed_at": now,
        "pdf_url": reverse("pengaduan_admin:print", args=[complaint.pk]) + "?format=pdf",
    }


def _attachments(complaint: Complaint) -> str:
    """How many photos and documents came with the complaint or later."""
    kinds = Counter(attachment.is_image for attachment in complaint.attachments.all())
    photos = ngettext("%(count)d photo", "%(count)d photos", kinds[True])
    documents = ngettext("%(count)d document", "%(count)d documents", kinds[False])
    parts = [(photos, kinds[True]), (documents, kinds[False])]
    return ", ".join(text % {"count": count} for text, count in parts if count) or "–"


def _forwarding_note(complaint: Complaint) -> str:
    """What the operator wrote when last forwarding the complaint (SOP A2); often nothing."""
    forwarded = complaint.steps.filter(outcome=Outcome.FORWARDED.value).order_by("finished_at")
    last = forwarded.last()
    return last.note if last else ""


def _step_row(step: Step, record: StepRecord | None, limit: timedelta) -> dict[str, object]:
    return {
        "code": step.value,
        "title": labels.STEPS[step],
        "limit": limit,
        "started_at": record and record.started_at,
        "due_at": record and record.due_at,
        "finished_at": record and record.finished_at,
    }
