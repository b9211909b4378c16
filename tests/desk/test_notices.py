"""The bell: what is new, read and unread; and the mail of whoever wants it once a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from pengaduan_app import actions, tasks
from pengaduan_app.models import MailChoice, Notice, OutboxMessage
from pengaduan_app.models.staff.notices import LIFE
from pengaduan_app.procedure import ReminderKind, labels
from pengaduan_app.procedure.sop import Role, State
from tests.support.factories import REPORTER, AgencyFactory, staff
from tests.support.process import open_record, page_of

ADDRESS = "/admin/notices/"
# A Monday, 09.30 WIB.
START = datetime(2026, 2, 23, 2, 30, tzinfo=UTC)
MORNING = timedelta(hours=22)
PRIVATE = (REPORTER.name, REPORTER.email, REPORTER.phone)


def unread(person) -> list[tuple[str, str]]:
    found = Notice.objects.of(person.pk).unread().select_related("complaint")
    return [(notice.kind, notice.complaint.ticket) for notice in found]


def wants_daily(person) -> None:
    MailChoice.objects.create(user=person, when=MailChoice.When.DAILY)


@pytest.fixture
def clock(db):
    with time_machine.travel(START, tick=False) as frozen:
        yield frozen


# Under the bell.


def test_each_step_is_told_to_those_whose_turn_it_is(office):
    office.person(Role.OPERATOR), office.person(Role.OFFICIAL)
    complaint = office.complaint(to=State.VERIFIED)
    assert unread(office.official) == []
    actions.forward(complaint.pk, office.operator, office.official)
    assert unread(office.official) == [("step", complaint.ticket)]


def test_a_step_that_somebody_else_did_is_no_news(office):
    colleague = staff(Role.OPERATOR, office.agency)
    complaint = office.complaint()
    assert unread(colleague) == [("step", complaint.ticket)]
    actions.verify(complaint.pk, office.operator)
    assert ("step", complaint.ticket) in unread(colleague)
    assert len(unread(colleague)) == 1, "the second step alone"


def test_looking_at_the_complaint_reads_its_notices_and_no_others(client, office):
    office.person(Role.OPERATOR)
    seen, other = office.complaint(), office.complaint()
    client.force_login(office.operator)
    assert client.get(f"/admin/complaints/{seen.pk}/").status_code == 200
    assert unread(office.operator) == [("step", other.ticket)]


def test_looking_at_the_page_in_the_editor_reads_them_too(client, office):
    office.person(Role.EDITOR)
    complaint = office.complaint(to=State.EDITING)
    client.force_login(office.editor)
    client.get(f"/admin/pages/{page_of(complaint).pk}/edit/")
    assert unread(office.editor) == []


def test_nobody_reads_for_a_colleague(client, office):
    colleague = staff(Role.OPERATOR, office.agency)
    complaint = office.complaint()
    client.force_login(office.operator)
    client.get(f"/admin/complaints/{complaint.pk}/")
    client.post(ADDRESS)
    assert unread(colleague) == [("step", complaint.ticket)]


def test_the_list_shows_what_is_new_and_marks_all_as_read(client, office):
    office.person(Role.OPERATOR)
    tickets = {office.complaint().ticket for _each in range(3)}
    client.force_login(office.operator)
    text = client.get(ADDRESS).content.decode()
    assert all(ticket in text for ticket in tickets)
    assert text.count("belum dibaca") >= 3
    assert client.post(ADDRESS).status_code == 302
    assert unread(office.operator) == []
    assert "belum dibaca" not in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize("number", [0, 1, 3])
def test_menu_and_home_say_how_much_is_unread(client, office, number):
    office.person(Role.OPERATOR)
    for _each in range(number):
        office.complaint()
    client.force_login(office.operator)
    text = client.get("/admin/").content.decode()
    assert (f"Pemberitahuan ({number})" in text) == bool(number)
    assert ("pgd-news" in text) == bool(number)


def test_a_reminder_is_told_under_the_bell(clock, office):
    office.person(Role.OPERATOR)
    complaint = office.complaint()
    Notice.objects.of(office.operator.pk).mark_read()
    clock.move_to(open_record(complaint).due_at)
    tasks.send_reminders()
    [notice] = Notice.objects.of(office.operator.pk).unread()
    assert (notice.kind, notice.complaint) == ("reminder", complaint)
    assert notice.title == labels.REMINDERS[ReminderKind.DUE]


def test_who_no_longer_sees_the_complaint_finds_it_no_more(client, office):
    """The agency reported it as wrongly addressed, and it was moved."""
    office.person(Role.OPERATOR)
    complaint = office.complaint(to=State.ROUTING)
    actions.transfer(complaint.pk, office.admin, AgencyFactory())
    client.force_login(office.operator)
    assert complaint.ticket not in client.get(ADDRESS).content.decode()
    assert "Pemberitahuan (" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}?p={10**20}", f"{ADDRESS}?p=x"])
def test_staff_without_a_role_find_an_empty_list(client, admin_user, address):
    client.force_login(admin_user)
    assert client.get(address).status_code == 200


def test_the_number_of_queries_does_not_grow(client, office, django_assert_max_num_queries):
    office.person(Role.OPERATOR)
    client.force_login(office.operator)
    office.complaint()
    client.get(ADDRESS)
    with django_assert_max_num_queries(60) as few:
        client.get(ADDRESS)
    for _each in range(8):
        office.complaint()
    with django_assert_max_num_queries(len(few)):
        client.get(ADDRESS)


def test_old_notices_are_forgotten(clock, office):
    office.person(Role.OPERATOR)
    office.complaint()
    clock.shift(LIFE - timedelta(hours=1))
    tasks.send_daily_letters()
    assert Notice.objects.exists()
    clock.shift(timedelta(hours=2))
    tasks.send_daily_letters()
    assert not Notice.objects.exists()


def test_nothing_of_the_reporter_stands_there(client, office):
    office.person(Role.OPERATOR)
    complaint = office.complaint()
    client.force_login(office.operator)
    text = client.get(ADDRESS).content.decode()
    for private in (*PRIVATE, complaint.subject, complaint.body):
        assert private not in text


# Once a day.


def letters_to(person, mailoutbox) -> list:
    tasks.deliver_outbox()
    return [letter for letter in mailoutbox if letter.to == [person.email]]


def test_who_wants_it_once_a_day_gets_one_mail_in_the_morning(clock, office, mailoutbox):
    wants_daily(office.official)
    complaints = [office.complaint(to=State.STUDY) for _each in range(3)]
    assert letters_to(office.official, mailoutbox) == []
    clock.move_to(START + MORNING)
    assert tasks.send_daily_letters() == 1
    assert tasks.send_daily_letters() == 0
    [letter] = letters_to(office.official, mailoutbox)
    assert all(complaint.ticket in letter.body for complaint in complaints)
    for private in (*PRIVATE, complaints[0].subject):
        assert private not in letter.body + letter.subject


def test_not_before_the_morning(clock, office):
    wants_daily(office.official)
    office.complaint(to=State.STUDY)
    clock.move_to(START + MORNING - timedelta(hours=1))
    assert tasks.send_daily_letters() == 0


def test_each_thing_stands_in_one_mail(clock, office, mailoutbox):
    """Also what comes while the morning's mail is on its way, and when that is sent late."""
    wants_daily(office.official)
    clock.move_to(START + MORNING + timedelta(minutes=5))
    late = office.complaint(to=State.STUDY)
    assert tasks.send_daily_letters() == 0
    clock.shift(timedelta(days=1, hours=9))
    assert tasks.send_daily_letters() == 1
    clock.shift(timedelta(days=1))
    assert tasks.send_daily_letters() == 0
    [letter] = letters_to(office.official, mailoutbox)
    assert late.ticket in letter.body


def test_reminders_come_at_once_all_the_same(clock, office, mailoutbox):
    wants_daily(office.operator)
    complaint = office.complaint()
    clock.move_to(open_record(complaint).due_at)
    tasks.send_reminders()
    [letter] = letters_to(office.operator, mailoutbox)
    assert complaint.ticket in letter.subject


def test_no_mail_where_all_was_read_or_done(clock, office):
    wants_daily(office.official)
    office.complaint(to=State.DECISION)
    office.complaint(to=State.STUDY)
    Notice.objects.of(office.official.pk).filter(step__step="A5").mark_read()
    clock.move_to(START + MORNING)
    assert tasks.send_daily_letters() == 0


def test_a_mail_that_was_overtaken_is_not_sent(clock, office, mailoutbox):
    wants_daily(office.official)
    complaint = office.complaint(to=State.STUDY)
    clock.move_to(START + MORNING)
    tasks.send_daily_letters()
    office.advance(complaint, State.DECISION)
    assert letters_to(office.official, mailoutbox) == []
    assert not OutboxMessage.objects.unsent().filter(kind="daily").exists()


def test_who_has_left_gets_none(clock, office):
    wants_daily(office.official)
    office.complaint(to=State.STUDY)
    office.official.is_active = False
    office.official.save()
    clock.move_to(START + MORNING)
    assert tasks.send_daily_letters() == 0


def test_colleagues_keep_their_mails(clock, office, mailoutbox):
    wants_daily(office.operator)
    colleague = staff(Role.OPERATOR, office.agency)
    office.complaint()
    assert len(letters_to(colleague, mailoutbox)) == 1


ACCOUNT = {
    "name_email-first_name": "Sari",
    "name_email-email": "sari@mojokerto.example",
    "theme-theme": "system",
    "theme-contrast": "system",
    "theme-density": "default",
    "locale-preferred_language": "",
    "locale-current_time_zone": "",
    "theme-keyboard_shortcuts": "on",
}


@pytest.mark.parametrize("chosen", ["daily", "at_once"])
def test_staff_choose_in_their_account(client, office, chosen):
    client.force_login(office.operator)
    assert "Sekali sehari" in client.get("/admin/account/").content.decode()
    sent = client.post("/admin/account/", {**ACCOUNT, "pengaduan_mail-when": chosen})
    assert sent.status_code == 302, sent.context["form"].errors if sent.context else ""
    assert MailChoice.objects.of(office.operator.pk).when == chosen


def test_nonsense_is_refused_and_nothing_chosen(client, office):
    client.force_login(office.operator)
    sent = client.post("/admin/account/", {**ACCOUNT, "pengaduan_mail-when": "hourly"})
    assert sent.status_code == 200
    assert not MailChoice.objects.exists()
