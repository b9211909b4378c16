"""A citizen who follows a complaint up: `Citizen(client, complaint).send("tambah", text=…)`."""

from __future__ import annotations

import uuid

from django.contrib.auth.hashers import make_password

FILLED_IN = {
    "jawab": {"text": "Yang di sebelah timur."},
    "tambah": {"text": "Tadi malam padam lagi."},
    "nilai": {"score": "4", "text": "Cepat ditangani."},
    "buka-lagi": {"text": "Lampunya padam lagi."},
    "tarik": {"sure": "on", "text": "Sudah beres sendiri."},
}


def code_of(complaint) -> str:
    """A code that opens the complaint. Its own is shown once and stored nowhere, so it gets
    another one."""
    code = f"{complaint.pk:010}"
    code = f"{code[:5]}-{code[5:]}"
    complaint.code_hash = make_password(code)
    complaint.save(update_fields=["code_hash"])
    return code


class Citizen:
    """The reporter of one complaint, with a browser that has opened it by number and code."""

    def __init__(self, client, complaint, tracked=True):
        self.client, self.complaint = client, complaint
        if tracked:
            self.track()

    def track(self, **more):
        """Number and code at `/lacak/`, and the page that they lead to."""
        pair = {"ticket": self.complaint.ticket, "code": code_of(self.complaint)}
        return self.client.post("/lacak/", {**pair, **more}, follow=True)

    def look(self) -> str:
        """The page of the complaint, as HTML."""
        return self.client.get("/lacak/aduan/").content.decode()

    def send(self, word: str, **changes):
        """Send one of the page's forms, filled in rightly where nothing else is said."""
        data = {"ticket": self.complaint.ticket, "key": str(uuid.uuid4()), **FILLED_IN[word]}
        data |= changes
        sent = {name: value for name, value in data.items() if value is not None}
        response = self.client.post(f"/lacak/{word}/", sent)
        self.complaint.refresh_from_db()
        return response

    def said(self) -> list[tuple[str, str]]:
        """The thread as (kind, text), oldest first."""
        return list(self.complaint.thread.values_list("kind", "text"))
