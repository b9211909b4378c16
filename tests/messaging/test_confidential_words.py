"""What e-mails call the last step of a confidential complaint, whose answer nobody publishes."""

from __future__ import annotations

import pytest
from django.core import mail

from pengaduan_app.messaging import deliver_outbox
from pengaduan_app.procedure.sop import State
from tests.support.factories import submit

PUBLISHING = ("Menerbitkan jawaban", "Menunggu penerbitan", "diterbitkan tanpa identitas")


@pytest.mark.parametrize("confidential", [True, False])
def test_no_letter_promises_to_publish_a_confidential_answer(office, confidential):
    complaint = submit(office.agency, confidential=confidential).complaint
    office.advance(complaint, State.ANSWERED_PRIVATELY if confidential else State.PUBLISHED)
    deliver_outbox()
    letters = [f"{letter.subject}\n{letter.body}" for letter in mail.outbox]
    assert any(word in text for text in letters for word in PUBLISHING) != confidential
    told = [text for text in letters if "rahasia: hanya Anda" in text]
    assert len(told) == (1 if confidential else 0)
    received = [text for text in letters if "hanya diberikan kepada Anda" in text]
    assert len(received) == (1 if confidential else 0)
