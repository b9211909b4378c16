"""The complaint's own page in the admin: which button leads, what limits a choice, who did it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import gettext as _

from pengaduan_app import actions, tasks
from pengaduan_app.desk.complaint import complaint_page
from pengaduan_app.desk.complaint.complaint_facts import facts
from pengaduan_app.procedure.sop import Action, State
from tests.support.process import Office, open_record

STOCK = (
    State.VERIFIED,
    State.STUDY,
    State.DECISION,
    State.ENTRY,
    State.EDITING,
    State.PUBLICATION,
    State.PUBLISHED,
)


def links(complaint, user) -> list[complaint_page.Link]:
    return complaint_page.links(complaint, user, complaint_page.Reminded.of(complaint, user))


def labels_of(complaint, user) -> list[str]:
    return [str(link.label) for link in links(complaint, user)]


def filled_of(complaint, user) -> list[str]:
    return [
        str(link.label) for link in links(complaint, user) if link.style == complaint_page.FILLED
    ]


# Which button leads.


@pytest.mark.parametrize(
    ("state", "person"),
    [
        (State.STUDY, "official"),
        (State.DECISION, "head"),
        (State.COORDINATION, "head"),
        (State.ENTRY, "operator"),
        (State.EDITING, "editor"),
        (State.PUBLICATION, "coordinator"),
    ],
)
def test_whose_step_is_on_the_page_goes_there_first(office, state, person):
    complaint, user = office.complaint(to=state), getattr(office, person)
    assert labels_of(complaint, user)[0] == "Buka halaman jawaban"
    assert filled_of(complaint, user) == ["Buka halaman jawaban"]


def test_the_coordinator_of_a_confidential_answer_goes_to_the_page_first(office):
    complaint = office.complaint(to=State.PUBLICATION, confidential=True)
    assert filled_of(complaint, office.coordinator) == ["Buka halaman jawaban"]


@pytest.mark.parametrize(
    ("state", "person", "label"),
    [
        (State.RECEIVED, "operator", "Verifikasi"),
        (State.VERIFIED, "operator", "Teruskan ke pejabat"),
        (State.ROUTING, "admin", "Kirim ke perangkat daerah"),
        (State.STUDY, "coordinator", "Ingatkan perangkat daerah"),
    ],
)
def test_at_the_desk_the_steps_own_action_leads(office, state, person, label):
    assert filled_of(office.complaint(to=state), getattr(office, person)) == [label]


@pytest.mark.parametrize("state", [State.STUDY, State.DECISION, State.COORDINATION])
def test_while_others_answer_no_button_of_the_operator_is_filled(office, state):
    assert filled_of(office.complaint(to=state), office.operator) == []


@pytest.mark.parametrize("state", [State.RECEIVED, State.VERIFIED, State.STUDY, State.ENTRY])
def test_the_ways_out_come_last_and_never_filled(office, state):
    found = links(office.complaint(to=state), office.operator)
    exits = [link.style == complaint_page.EXIT for link in found]
    assert any(exits)
    assert exits == sorted(exits)


def test_an_answer_on_the_website_is_one_press_away(office, client):
    complaint = office.complaint(to=State.PUBLISHED)
    client.force_login(office.operator)
    text = client.get(f"/admin/complaints/{complaint.pk}/").content.decode()
    address = re.search(r'href="([^"]+)">Lihat di situs', text)[1]
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("state", [State.STUDY, State.ANSWERED_PRIVATELY])
def test_what_is_not_on_the_website_has_no_such_link(office, state):
    assert "Lihat di situs" not in labels_of(office.complaint(to=state), office.operator)


# The limits that judge a choice (SOP A3, A4).


limit_of = complaint_page.limit_of_choice


@pytest.mark.parametrize(("action", "minutes"), [(Action.MISROUTED, 60), (Action.ANSWER, 120)])
def test_the_limit_of_a_choice_stands_under_its_button_and_on_its_form(
    office, client, action, minutes
):
    complaint = office.complaint(to=State.VERIFIED)
    due = open_record(complaint).started_at + timedelta(minutes=minutes)
    client.force_login(office.operator)
    words = f"batas {minutes} menit: sampai {complaint_page.moment_today(due, timezone.now())}"
    for address in ("", f"{action}/"):
        text = client.get(f"/admin/complaints/{complaint.pk}/{address}").content.decode()
        assert words in text


def test_a_limit_that_has_passed_says_so_in_the_overdue_style(office, client, monkeypatch):
    complaint = office.complaint(to=State.VERIFIED)
    later = timezone.now() + timedelta(minutes=90)
    monkeypatch.setattr(complaint_page.timezone, "now", lambda: later)
    assert limit_of(complaint, Action.ANSWER).urgency == "in-time"
    left = limit_of(complaint, Action.MISROUTED)
    assert left.urgency == "overdue"
    assert "batas 60 menit: lewat sejak" in left.words


def test_the_shown_limit_is_the_one_that_judges(office):
    complaint = office.complaint(to=State.VERIFIED)
    shown = limit_of(complaint, Action.MISROUTED).due_at
    actions.misrouted(complaint.pk, office.operator, "Bukan kewenangan kami.")
    assert complaint.steps.get(judged_as="A3").judged_due_at == shown


def test_what_has_no_limit_of_its_own_shows_none(office):
    verified, entered = office.complaint(to=State.VERIFIED), office.complaint(to=State.ENTRY)
    assert limit_of(verified, Action.FORWARD) is None
    # Found out later: the open step is judged by its own limit.
    assert limit_of(entered, Action.MISROUTED) is None


# Who did it.


def results_of(client, complaint) -> str:
    return client.get(f"/admin/complaints/{complaint.pk}/").content.decode()


def test_a_reminder_that_nobody_gave_was_given_automatically(office, client):
    complaint = office.complaint()
    with time_machine.travel(open_record(complaint).due_at, tick=False):
        tasks.send_reminders()
        client.force_login(office.operator)
        text = results_of(client, complaint)
    assert "<small>otomatis</small>" in text
    assert "<small>None<" not in text


def test_what_the_reporter_ended_was_ended_by_the_reporter(client, office: Office):
    complaint = office.complaint(to=State.RETRACTED)
    client.force_login(office.operator)
    assert "<small>Pelapor</small>" in results_of(client, complaint)


def test_a_form_that_comes_after_the_end_is_refused_with_its_text(office, client):
    complaint = office.complaint(to=State.PUBLISHED)
    client.force_login(office.operator)
    response = client.post(f"/admin/complaints/{complaint.pk}/misrouted/", {"reason": "Terlambat."})
    assert response.status_code == 409
    assert "Terlambat." in response.content.decode()


# A form that was opened before a colleague moved the complaint on.


def seen_in(client, address: str) -> str:
    return re.search(r'name="seen" value="(\d+)"', client.get(address).content.decode())[1]


def test_an_old_form_does_not_undo_what_a_colleague_did_meanwhile(office, client):
    complaint = office.complaint(to=State.VERIFIED)
    address = f"/admin/complaints/{complaint.pk}/misrouted/"
    client.force_login(office.operator)
    sent = {"reason": "Tiang milik dinas lain.", "seen": seen_in(client, address)}
    actions.forward(complaint.pk, office.operator, office.official)

    response = client.post(address, sent)
    text = response.content.decode()
    assert response.status_code == 409
    assert "Sejak formulir ini dibuka, pengaduan sudah sampai pada langkah lain" in text
    assert "Tiang milik dinas lain." in text
    complaint.refresh_from_db()
    assert complaint.state == State.STUDY


def test_who_has_read_the_warning_may_send_it_all_the_same(office, client):
    complaint = office.complaint(to=State.STUDY)
    client.force_login(office.operator)
    sent = {"reason": "Bukan kami.", "seen": "1"}
    address = f"/admin/complaints/{complaint.pk}/misrouted/"
    warned = client.post(address, sent).content.decode()
    sent["seen"] = re.search(r'name="seen" value="(\d+)"', warned)[1]
    assert client.post(address, sent).status_code == 302


def test_the_same_step_a_second_time_is_another_step(office, client):
    complaint = office.complaint(to=State.VERIFIED)
    client.force_login(office.operator)
    seen = seen_in(client, f"/admin/complaints/{complaint.pk}/forward/")
    actions.forward(complaint.pk, office.operator, office.official)
    actions.send_back(complaint.pk, office.official, "Keliru orang.")
    sent = {"official": office.official.pk, "seen": seen}
    assert client.post(f"/admin/complaints/{complaint.pk}/forward/", sent).status_code == 409


@pytest.mark.parametrize("seen", ["", "x", "-1", "\u0661", "9" * 30, "9" * 5000])
def test_a_made_up_key_of_the_step_breaks_nothing(office, client, seen):
    complaint = office.complaint()
    client.force_login(office.operator)
    response = client.post(f"/admin/complaints/{complaint.pk}/verify/", {"seen": seen})
    assert response.status_code == 302


def test_an_official_without_a_full_name_is_still_shown_as_the_one_in_charge(office):
    complaint = office.complaint(to=State.VERIFIED)
    type(office.official).objects.filter(pk=office.official.pk).update(first_name="", last_name="")
    actions.forward(complaint.pk, office.operator, office.official)
    complaint.refresh_from_db()
    shown = {row.label: row.value for row in facts(complaint, office.operator)}
    assert shown[_("Official in charge")] == office.official.get_username()
