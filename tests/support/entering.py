"""What a browser posts to `/admin/complaints/enter/`, by invented people."""

from __future__ import annotations

import uuid

from django.urls import reverse
from django.utils import timezone

from pengaduan_app.models import Complaint
from pengaduan_app.procedure.sop import Channel, Kind

ENTER = "/admin/complaints/enter/"
RECEIPT = ENTER + "receipt/"
PDF = RECEIPT + "pdf/"
# Each leads to her; none stands in the complaint's own words.
REPORTER = {
    "reporter_name": "Zqnama Zqmarga",
    "reporter_phone": "0812-7777-0001",
    "reporter_email": "zqsurel@contoh.example",
    "reporter_address": "Jl. Zqalamat 7",
    "reporter_link": "https://sosial.example/zqakun/status/1",
}
NOBODY = dict.fromkeys(REPORTER, "")
TRACES = ("zqnama", "zqmarga", "0812-7777-0001", "77770001", "zqsurel", "zqalamat", "zqakun")
SUBJECT = "Lampu jalan padam di depan balai"


def entry_form(**changes) -> dict:
    """The form filled in rightly, with changes; a None leaves the field out."""
    data = {
        "key": str(uuid.uuid4()),
        "channel": Channel.TELEPHONE.value,
        "received_on": timezone.localdate().isoformat(),
        "letter_number": "",
        "letter_date": "",
        "kind": Kind.COMPLAINT.value,
        "subject": SUBJECT,
        "body": "Sudah tiga malam lampu jalan di depan balai kelurahan padam.",
        "agency": "",
        "category": "",
        "village": "",
        "place": "Jl. Fiktif",
        **REPORTER,
        "consent_how": "spoken",
        "consent": "on",
        **changes,
    }
    return {name: value for name, value in data.items() if value is not None}


def traces_in(text: str) -> list[str]:
    return [trace for trace in TRACES if trace in text.lower()]


def enter(client, user=None, **changes):
    """Post the form; as this person, if one is named."""
    if user:
        client.force_login(user)
    return client.post(ENTER, entry_form(**changes))


def entered(client, user, **changes) -> Complaint:
    """The complaint that this person has entered."""
    response = enter(client, user, **changes)
    assert response.status_code == 302, response.context["form"].errors
    assert response.url == reverse("pengaduan_admin:entered")
    return Complaint.objects.latest("pk")
