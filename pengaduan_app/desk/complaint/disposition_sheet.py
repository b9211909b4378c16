"""The printed disposition sheet of a complaint (SOP A2), and the referral sheet with which a
referred one is carried to the inspectorate. Never the reporter's identity.

The sheet travels through hands that no screen guards, and lies on desks and in cars. So the
citizen's words are masked on it as on the answer's page, and whoever needs a telephone number
opens it on the complaint's own screen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import segno
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...deadlines import limits
from ...deadlines import words as time_in_words
from ...models import Arrival, Complaint, Inspectorate, Letterhead, StepRecord, known_names
from ...presentation import person_name
from ...privacy import mask_personal_data
from ...procedure import Channel, Outcome, Privacy, Role, Step, labels

# Who signs, in the order of the procedure.
SIGNATURES = (Role.OPERATOR, Role.OFFICIAL, Role.HEAD)
# The steps that the sheet travels through, with their limits.
SHEET_STEPS = (Step.A2, Step.A5, Step.A6, Step.A7, Step.A8)


@dataclass(frozen=True)
class Words:
    """What people wrote, as the sheet prints it."""

    subject: str
    body: str
    place: str
    note: str
    # True if something of it was masked.
    are_masked: bool


def words_of(complaint: Complaint, letterhead: Letterhead) -> Words:
    """The citizen's words and the operator's note; masked, unless the complaint is open and the
    administrator has chosen otherwise. What leaves the agency is masked always: its reporter is
    told so."""
    texts = (complaint.subject, complaint.body, complaint.place, _forwarding_note(complaint))
    stays_unmasked = letterhead.contacts_on_sheet and not complaint.is_referred
    if stays_unmasked and not complaint.is_confidential:
        return Words(*texts, are_masked=False)
    name, known = complaint.reporter.name, known_names()
    subject, body, place, note = (mask_personal_data(text, name, known) for text in texts)
    return Words(subject, body, place, note, are_masked=(subject, body, place, note) != texts)


def context_of(complaint: Complaint, absolute: Callable[[str], str]) -> dict[str, object]:
    """What the sheet shows. `absolute` turns a path into the full URL for the QR code."""
    admin_url = absolute(reverse("pengaduan_admin:inspect", args=[complaint.pk]))
    records = {record.step: record for record in complaint.steps.all()}
    in_force, now = limits.current_limits(), timezone.now()
    letterhead = Letterhead.current()
    left = complaint.open_record
    referred = complaint.is_referred
    return {
        "complaint": complaint,
        "arrival": Arrival.of(complaint),
        "channel_label": labels.CHANNELS[Channel(complaint.channel)],
        "official": person_name(complaint.official),
        "words": words_of(complaint, letterhead),
        "letterhead": letterhead,
        "attachments": _attachments(complaint),
        "remaining": f"{left.step} · {time_in_words(left.due_at, now)}" if left else "",
        "privacy_label": labels.PRIVACY[Privacy(complaint.privacy)],
        "steps": []
        if referred
        else [_step_row(step, records.get(step), in_force[step]) for step in SHEET_STEPS],
        "signatures": _receipt_signatures() if referred else [labels.ROLES[r] for r in SIGNATURES],
        "referred_to": _inspectorate_lines() if referred else [],
        "admin_url": admin_url,
        "qr_svg": segno.make(admin_url, error="m").svg_inline(scale=3, border=1, omitsize=True),
        "printed_at": now,
        "pdf_url": reverse("pengaduan_admin:print", args=[complaint.pk]) + "?format=pdf",
    }


def _inspectorate_lines() -> list[str]:
    """Where a referred complaint is carried with this sheet (SOP, “What the service takes”)."""
    inspectorate = Inspectorate.current()
    return inspectorate.lines or [inspectorate.name or str(_("Inspectorate"))]


def _receipt_signatures() -> list[str]:
    """Who signs a referral: whoever hands it over, and whoever receives it."""
    return [str(labels.ROLES[Role.OPERATOR]), str(_("Received by the inspectorate"))]


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
