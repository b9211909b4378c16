"""Declining and referring: the operator sees what the reporter will be told before it is done,
and the reporter learns where to turn."""

from __future__ import annotations

import re
from html import unescape

import pytest

from pengaduan_app import actions
from pengaduan_app.models import Inspectorate, OutboxMessage
from pengaduan_app.procedure.sop import State
from tests.support.factories import REPORTER, submit
from tests.support.waiting import deliver_all

STOCK = (State.VERIFIED,)
WHERE = ("Inspektorat Kota Contoh", "Jl. Contoh 12", "(000) 12345", "tanya@inspektorat.example")
WORDS = "Mohon gunakan kata yang santun."
ENDINGS = {
    "decline": ({"ground": "sara", "message": WORDS}, State.DECLINED),
    "refer": ({"message": WORDS}, State.REFERRED),
}


@pytest.fixture
def inspectorate(city):
    return Inspectorate.objects.create(
        name=WHERE[0], address=WHERE[1], phone=WHERE[2], email=WHERE[3]
    )


def post(client, office, complaint, action: str, **data):
    client.force_login(office.operator)
    return client.post(f"/admin/complaints/{complaint.pk}/{action}/", data)


def hidden(text: str) -> dict[str, str]:
    """The hidden fields of the second question."""
    form = text[text.index('name="seen"') - 200 :]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def letter(mailoutbox, complaint) -> str:
    """The last e-mail to the complaint's reporter."""
    deliver_all()
    return [m.body for m in mailoutbox if m.to == [REPORTER.email] and complaint.ticket in m.body][
        -1
    ]


def news_of(complaint) -> set[str]:
    return set(
        OutboxMessage.objects.filter(complaint=complaint, recipient=None).values_list(
            "kind", flat=True
        )
    )


@pytest.mark.parametrize("action", ENDINGS)
def test_the_first_press_shows_what_the_reporter_is_told_and_does_nothing(client, office, action):
    data, _state = ENDINGS[action]
    complaint = office.complaint(to=State.VERIFIED)
    response = post(client, office, complaint, action, **data)
    text = unescape(response.content.decode())
    assert response.status_code == 200
    assert complaint.ticket in text
    assert WORDS in text
    complaint.refresh_from_db()
    assert (complaint.state, complaint.message) == (State.VERIFIED, "")
    assert news_of(complaint) == {"received"}


@pytest.mark.parametrize("action", ENDINGS)
def test_the_second_does_it_with_the_same_words(client, office, mailoutbox, action):
    data, state = ENDINGS[action]
    complaint = office.complaint(to=State.VERIFIED)
    asked = post(client, office, complaint, action, **data)
    shown = unescape(re.sub(r"<[^>]+>", " ", asked.content.decode()))
    response = post(
        client, office, complaint, action, **hidden(asked.content.decode()), asked="yes"
    )
    assert response.status_code == 302
    complaint.refresh_from_db()
    assert (complaint.state, complaint.message) == (state, WORDS)
    deliver_all()
    mail = next(mail for mail in mailoutbox if WORDS in mail.body)
    squeezed = " ".join(shown.split())
    assert [line for line in mail.body.splitlines() if line.strip() not in squeezed] == []


@pytest.mark.parametrize("action", ENDINGS)
def test_who_changes_the_message_finds_it_in_the_form(client, office, action):
    data, _state = ENDINGS[action]
    complaint = office.complaint(to=State.VERIFIED)
    response = post(client, office, complaint, action, **data, asked="change")
    text = unescape(response.content.decode())
    assert response.status_code == 200
    assert re.search(rf"<textarea[^>]*>\s*{re.escape(WORDS)}</textarea>", text)
    complaint.refresh_from_db()
    assert complaint.state == State.VERIFIED


@pytest.mark.parametrize("asked", ["", "no", "yes"])
@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("decline", {}),
        ("decline", {"ground": "entah"}),
        ("decline", {"ground": "sara", "message": "Hubungi 0812-3456-7890"}),
        ("refer", {"message": f"Pak {REPORTER.name} yang terhormat"}),
    ],
)
def test_a_form_with_an_error_comes_back_before_any_question(client, office, action, data, asked):
    complaint = office.complaint(to=State.VERIFIED)
    response = post(client, office, complaint, action, **data, asked=asked)
    assert response.status_code == 400
    complaint.refresh_from_db()
    assert complaint.state == State.VERIFIED


def test_the_question_is_still_of_the_step_that_was_read(client, office):
    complaint = office.complaint(to=State.VERIFIED)
    stale = post(client, office, complaint, "refer", seen="1").content.decode()
    assert hidden(stale)["seen"] == "1"
    response = post(client, office, complaint, "refer", **hidden(stale), asked="yes")
    assert response.status_code == 409


def test_joining_and_forwarding_ask_no_second_time(client, office):
    earlier, later = office.complaint(to=State.STUDY), office.complaint(to=State.VERIFIED)
    assert post(client, office, later, "duplicate", original=earlier.ticket).status_code == 302


def test_the_question_shows_nothing_of_who_sent_it(client, office):
    complaint = office.complaint(to=State.VERIFIED)
    for action, (data, _state) in ENDINGS.items():
        text = post(client, office, complaint, action, **data).content.decode()
        parts = (REPORTER.name, REPORTER.phone, REPORTER.email, REPORTER.address, "Wulan")
        assert [part for part in parts if part in text] == []


# Where to turn.


@pytest.mark.usefixtures("inspectorate")
def test_the_operator_reads_where_the_reporter_is_sent(client, office):
    complaint = office.complaint(to=State.VERIFIED)
    client.force_login(office.operator)
    form = client.get(f"/admin/complaints/{complaint.pk}/refer/").content.decode()
    asked = post(client, office, complaint, "refer").content.decode()
    for text in (form, asked):
        assert [part for part in WHERE if part not in text] == []


@pytest.mark.usefixtures("inspectorate")
def test_the_reporter_reads_it_in_the_mail_and_on_the_tracking_page(client, office, mailoutbox):
    receipt = submit(office.agency)
    actions.refer(receipt.complaint.pk, office.operator)
    body = letter(mailoutbox, receipt.complaint)
    assert [part for part in WHERE if part not in body] == []
    data = {"ticket": receipt.complaint.ticket, "code": receipt.code}
    text = client.post("/lacak/", data, follow=True).content.decode()
    assert [part for part in WHERE if part not in text] == []


@pytest.mark.usefixtures("inspectorate")
@pytest.mark.parametrize("action", ["decline", "open"])
def test_nobody_else_is_sent_there(client, office, mailoutbox, action):
    receipt = submit(office.agency)
    if action == "decline":
        actions.decline(receipt.complaint.pk, office.operator, "sara")
    data = {"ticket": receipt.complaint.ticket, "code": receipt.code}
    text = client.post("/lacak/", data, follow=True).content.decode()
    text += letter(mailoutbox, receipt.complaint)
    assert [part for part in WHERE if part in text] == []


@pytest.mark.parametrize("stored", [None, {}, {"name": "Inspektorat"}, {"phone": "000"}])
def test_an_inspectorate_that_is_not_filled_in_leaves_no_gap(client, office, mailoutbox, stored):
    if stored is not None:
        Inspectorate.objects.create(**stored)
    complaint = office.complaint(to=State.VERIFIED)
    client.force_login(office.operator)
    form = client.get(f"/admin/complaints/{complaint.pk}/refer/").content.decode()
    actions.refer(complaint.pk, office.operator)
    reached, body = bool(stored and "phone" in stored), letter(mailoutbox, complaint)
    assert ("Belum diisi" in form) == (not reached)
    assert ("menghubunginya sendiri" in body) == reached
    assert "\n\n\n" not in body


@pytest.mark.parametrize("person", ["admin", "operator", "head", "editor", "coordinator"])
def test_the_complaint_administrator_alone_fills_it_in(client, office, person):
    client.force_login(getattr(office, person))
    address = "/admin/settings/pengaduan_app/inspectorate/"
    at = client.get(address, follow=True).redirect_chain[-1][0]
    client.post(at, {"name": WHERE[0], "phone": WHERE[2]})
    assert (Inspectorate.current().phone == WHERE[2]) == (person == "admin")
