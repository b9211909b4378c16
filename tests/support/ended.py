"""Complaints that were answered already, as rows alone: what the suggestion learns from."""

from __future__ import annotations

import uuid

from django.utils import timezone

from pengaduan_app.contrib.search.advice import learning
from pengaduan_app.models import Complaint, Reporter
from pengaduan_app.procedure.sop import Kind, State
from tests.support.factories import AgencyFactory

REMITS = {
    "perhubungan": "Merawat rambu dan lampu penerangan jalan.",
    "lingkungan": "Mengangkut sampah dan merawat pohon.",
    "kesehatan": "Mengurus puskesmas dan imunisasi.",
}
# What citizens wrote to each of them; learned three times over.
WROTE = {
    "perhubungan": "Lampu di gang padam, parkir motor semrawut menutup trotoar",
    "lingkungan": "Sampah menumpuk dan bau menyengat, pohon tumbang menutup gang",
    "kesehatan": "Antrean dokter puskesmas lama sekali, obat habis terus",
}


def ended(agency, body: str, times: int = 3, name: str = "Tanpa Nama", **fields) -> None:
    """So many complaints with these words that the agency answered."""
    for _number in range(times):
        key = uuid.uuid4()
        values = {"subject": "Mohon bantuan", "state": State.PUBLISHED, **fields}
        complaint = Complaint.objects.create(
            ticket=key.hex[:16],
            submission_key=key,
            kind=Kind.COMPLAINT,
            body=body,
            agency=agency,
            created_at=timezone.now(),
            **values,
        )
        Reporter.objects.create(complaint=complaint, name=name, consent_at=timezone.now())


def small_city() -> dict:
    """Three agencies whose work is learned; by their slugs."""
    agencies = {slug: AgencyFactory(slug=slug, remit=remit) for slug, remit in REMITS.items()}
    for slug, text in WROTE.items():
        ended(agencies[slug], text)
    learning.learn()
    return agencies
