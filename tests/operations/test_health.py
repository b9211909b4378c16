"""Is it alive? `/healthz/`, the sysadmin's command, and the banner for staff."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_q.models import Schedule
from django_q.signals import post_spawn

from pengaduan_app import tasks
from pengaduan_app.models import Heartbeat, NextReminder, OutboxMessage
from pengaduan_app.operations import health
from pengaduan_app.procedure.sop import State
from pengaduan_app.setup import ensure_schedules
from tests.support.crowd import colleagues, superuser

MINUTES = timedelta(minutes=1)
ADDRESS = "/healthz/"


def ago(minutes: int):
    return timezone.now() - minutes * MINUTES


def last_beat(minutes: int) -> None:
    Heartbeat.objects.update_or_create(pk=Heartbeat.ROW, defaults={"at": ago(minutes)})


def message(office, *, created: int, turn: int, sent: int | None = None, key="x") -> None:
    """A message that came `created` minutes ago, whose turn was `turn` minutes ago."""
    OutboxMessage.objects.create(
        complaint=office.complaint(),
        kind=OutboxMessage.Kind.RECEIVED,
        key=key,
        created_at=ago(created),
        send_after=ago(turn),
        sent_at=None if sent is None else ago(sent),
    )


def all_sent() -> None:
    """What the complaints of a test put into the outbox has gone out long ago."""
    waiting = OutboxMessage.objects.filter(sent_at=None).exclude(key__startswith="x")
    waiting.update(sent_at=ago(600), created_at=ago(600), send_after=ago(600))


def due_for_a_reminder(complaint, minutes: int) -> None:
    waiting = NextReminder.objects.filter(step__complaint=complaint)
    waiting.update(remind_at=ago(minutes))


def test_all_is_well_after_set_up(office, client):
    response = client.get(ADDRESS)
    assert response.status_code == 200
    answer = response.json()
    parts = ("database", "cluster", "outbox", "reminders", "procedure")
    assert {answer[part] for part in parts} == {"ok"}
    assert answer["last_heartbeat"]
    assert answer["oldest_unsent_seconds"] == answer["oldest_due_step_seconds"] == 0


@pytest.mark.parametrize(("minutes", "status"), [(0, 200), (1, 200), (3, 503), (600, 503)])
def test_a_cluster_that_is_silent_for_two_minutes_is_not_alive(office, client, minutes, status):
    last_beat(minutes)
    response = client.get(ADDRESS)
    assert response.status_code == status
    assert (response.json()["cluster"] == "ok") is (status == 200)


def test_a_cluster_that_was_never_set_up_is_not_alive(office, client):
    Heartbeat.objects.all().delete()
    response = client.get(ADDRESS)
    assert response.status_code == 503
    assert response.json()["last_heartbeat"] is None


@pytest.mark.parametrize(
    ("created", "turn", "alive"),
    [
        (1, 1, True),
        (15, 12, False),  # its turn came, and nobody took it up
        (50, -5, True),  # tried and refused; will be tried again
        (90, -5, False),  # and nothing got out since it came: the mail server
    ],
)
def test_an_outbox_that_stands_still_is_not_alive(office, client, created, turn, alive):
    message(office, created=created, turn=turn)
    all_sent()
    response = client.get(ADDRESS)
    assert response.status_code == (200 if alive else 503)
    assert (response.json()["outbox"] == "ok") is alive
    assert response.json()["oldest_unsent_seconds"] == pytest.approx(created * 60, abs=5)


def test_one_address_that_is_refused_for_ever_is_no_alarm(office, client):
    message(office, created=3000, turn=-60)
    message(office, created=20, turn=20, sent=19, key="x2")
    all_sent()
    assert client.get(ADDRESS).status_code == 200


@pytest.mark.parametrize(("minutes", "status"), [(-30, 200), (5, 200), (12, 503)])
def test_steps_that_nobody_reminds_of_are_a_finding(office, client, minutes, status):
    due_for_a_reminder(office.complaint(), minutes)
    all_sent()
    response = client.get(ADDRESS)
    assert response.status_code == status
    waited = max(0, minutes) * 60
    assert response.json()["oldest_due_step_seconds"] == pytest.approx(waited, abs=5)


def test_a_closed_step_calls_for_no_reminder(office, client):
    complaint = office.complaint()
    due_for_a_reminder(complaint, 60)
    office.advance(complaint, State.REFERRED)
    all_sent()
    assert client.get(ADDRESS).status_code == 200


def test_a_database_that_is_down_is_a_finding_and_no_error_page(db, client):
    def refuse(*args):
        raise OperationalError("could not connect to server at 10.0.0.5")

    with connection.execute_wrapper(refuse):
        response = client.get(ADDRESS)
    assert response.status_code == 503
    assert response.json()["database"] == "failing"
    assert b"10.0.0.5" not in response.content


def test_a_load_balancer_asks_for_the_database_alone(office, client):
    last_beat(60)
    assert client.get(ADDRESS).status_code == 503
    assert client.get(ADDRESS, {"only": "database"}).status_code == 200


def test_the_answer_is_not_stored_and_head_works(office, client):
    assert "no-store" in client.get(ADDRESS)["Cache-Control"]
    response = client.head(ADDRESS)
    assert (response.status_code, response.content) == (200, b"")
    assert client.post(ADDRESS).status_code == 405


def test_the_answer_holds_nothing_but_states_and_ages(office, client):
    message(office, created=15, turn=15)
    text = client.get(ADDRESS).content.decode()
    complaint = OutboxMessage.objects.first().complaint
    secrets = (complaint.ticket, "pengaduan_app", "sqlite", "postgres", "django", "/")
    assert not [word for word in secrets if word in text.lower()]


def test_it_is_cheap(office, client):
    message(office, created=90, turn=-5)
    with CaptureQueriesContext(connection) as captured:
        client.get(ADDRESS)
    assert len(captured) <= 12


# The heartbeat.


def test_the_schedule_leaves_a_heartbeat(office):
    last_beat(60)
    tasks.heartbeat()
    assert timezone.now() - health.last_heartbeat() < MINUTES
    assert Heartbeat.objects.count() == 1


def test_a_worker_that_starts_has_done_nothing_yet(office):
    """After a sudden death django-q2 starts new workers that can hang at once."""
    last_beat(60)
    post_spawn.send(sender="django_q", proc_name="Process-1:1")
    assert timezone.now() - health.last_heartbeat() > 59 * MINUTES


def test_setting_up_twice_hides_no_silence(office):
    last_beat(60)
    ensure_schedules()
    assert timezone.now() - health.last_heartbeat() > 59 * MINUTES
    assert Schedule.objects.filter(func="pengaduan_app.tasks.heartbeat").count() == 1


# The command.


def test_the_command_says_that_all_is_well(office, capsys):
    call_command("health")
    assert "NOT ALIVE" not in capsys.readouterr().out


def test_the_command_names_the_remedy_and_fails(office, capsys):
    last_beat(60)
    with pytest.raises(SystemExit) as ended:
        call_command("health")
    assert ended.value.code == 1
    told = capsys.readouterr().out
    assert "cluster    NOT ALIVE" in told
    assert "manage.py pengaduan_cluster" in told
    assert "outbox     alive" in told


# The banner.


def banner_in(response) -> bool:
    return "manage.py pengaduan_cluster" in response.content.decode()


@pytest.mark.parametrize("address", ["/admin/", "/admin/complaints/", "/admin/account/"])
def test_all_staff_see_the_banner_on_every_screen(office, address):
    last_beat(3)
    seen = {p.who: banner_in(p.browser.get(address)) for p in colleagues(office)}
    assert set(seen.values()) == {True}, seen


def test_there_is_no_banner_while_the_cluster_runs(office, client):
    last_beat(1)
    client.force_login(superuser())
    assert not banner_in(client.get("/admin/"))


def test_the_banner_goes_when_the_cluster_is_back(office, client):
    client.force_login(office.operator)
    last_beat(3)
    assert banner_in(client.get("/admin/"))
    health.beat()
    assert not banner_in(client.get("/admin/"))


def test_a_site_that_has_just_been_set_up_shows_no_banner_yet(office, client):
    client.force_login(office.operator)
    assert not banner_in(client.get("/admin/"))


def test_who_is_not_logged_in_reads_nothing_of_it(office, client):
    last_beat(60)
    assert not banner_in(client.get("/admin/login/"))
    assert not banner_in(client.get("/"))
