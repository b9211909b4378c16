"""The vault: who sent a complaint stands there, encrypted, and nowhere else."""

import logging

import pytest
from cryptography.fernet import Fernet
from django.contrib.sessions.models import Session
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection
from django.urls import reverse
from django.utils.encoding import force_str
from django_q.models import OrmQ
from wagtail.models import ModelLogEntry

from pengaduan_app import actions, tasks
from pengaduan_app.models import Reporter
from pengaduan_app.procedure.sop import State
from tests.support.citizen import code_of
from tests.support.process import ANSWER, editor_form, page_of

IDENTITY = actions.Identity(
    name="Zubaidah Qwertana Xylofia",
    phone="0877-1234-9876",
    email="zubaidahqx@kotaksurat.example",
    address="Gang Kupu-Kupu Ungu 77",
)
# Parts that would give her away, in any table, message or page.
TRACES = (
    "zubaidah",
    "qwertan",
    "xylofi",
    "1234-9876",
    "12349876",
    "kotaksurat",
    "kupu-kupu",
)


def traces_in(text) -> list[str]:
    lower = force_str(text, errors="replace").casefold()
    return [trace for trace in TRACES if trace in lower]


def all_tables() -> dict[str, str]:
    """Every row of every table of the database, as text."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            cells = (cell for row in cursor.fetchall() for cell in row if cell is not None)
            found[table] = " ".join(
                force_str(bytes(c) if isinstance(c, memoryview) else c, errors="replace")
                for c in cells
            )
        return found


@pytest.fixture
def published(office, client, caplog, mailoutbox):
    """A complaint by somebody distinctive, published after drafts that named her."""
    caplog.set_level(logging.DEBUG)
    complaint = office.complaint(
        to=State.DECISION,
        identity=IDENTITY,
        body="Saya Zubaidah Qwertana Xylofia (0877-1234-9876), lampu padam sejak Senin.",
    )
    named = "<p>Ibu <b>Zubaidah</b> Qwertana Xylofia, kami hubungi 0877 1234 9876.</p>"
    edit(client, office.head, complaint, answer=named, title="Lampu Zubaidah Qwertana")
    office.advance(complaint, State.EDITING)
    assert traces_in(page_of(complaint).latest_revision.content)
    edit(client, office.editor, complaint, answer=ANSWER, title="Lampu jalan padam")
    office.advance(complaint, State.PUBLISHED)
    client.logout()
    tasks.deliver_outbox()
    return complaint


def edit(client, person, complaint, **changes):
    """Save a draft in Wagtail's page editor."""
    client.force_login(person)
    url = reverse("wagtailadmin_pages:edit", args=[page_of(complaint).pk])
    assert client.post(url, editor_form(complaint, **changes)).status_code == 302


# At rest.


def test_the_database_holds_only_tokens(office):
    complaint = office.complaint(identity=IDENTITY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone, email, address FROM pengaduan_app_reporter")
        row = cursor.fetchone()
    assert all(cell.startswith("gAAAA") for cell in row)
    assert complaint.reporter.name == IDENTITY.name
    assert complaint.reporter.email == IDENTITY.email


def test_equal_names_do_not_look_equal(office):
    for _number in range(2):
        office.complaint(identity=IDENTITY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT name FROM pengaduan_app_reporter")
        assert len(cursor.fetchall()) == 2


def test_nobody_can_search_the_vault(office):
    office.complaint(identity=IDENTITY)
    with pytest.raises(FieldError):
        Reporter.objects.filter(name=IDENTITY.name).exists()
    with pytest.raises(FieldError):
        Reporter.objects.filter(phone__startswith="0877").exists()


def test_after_a_change_of_keys_old_rows_are_still_read(office, settings):
    complaint = office.complaint(identity=IDENTITY)
    old, new = settings.PENGADUAN_VAULT_KEYS, Fernet.generate_key().decode()
    settings.PENGADUAN_VAULT_KEYS = [new, *old]
    reporter = Reporter.objects.get(complaint=complaint)
    assert reporter.name == IDENTITY.name
    reporter.save()
    settings.PENGADUAN_VAULT_KEYS = [new]
    assert Reporter.objects.get(complaint=complaint).phone == IDENTITY.phone


def test_without_its_key_the_vault_says_so_and_gives_nothing(office, settings):
    office.complaint(identity=IDENTITY)
    settings.PENGADUAN_VAULT_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(ImproperlyConfigured, match="VAULT_KEYS"):
        Reporter.objects.get()
    settings.PENGADUAN_VAULT_KEYS = []
    with pytest.raises(ImproperlyConfigured, match="generate_key"):
        Reporter.objects.get()


# In motion: after publication her name is where it belongs, and nowhere else.


def test_no_table_but_the_citizens_own_words_holds_her_name(published):
    found = {table: traces for table, text in all_tables().items() if (traces := traces_in(text))}
    assert set(found) == {"pengaduan_app_complaint"}


def test_what_the_editor_removed_is_not_in_the_pages_history(published):
    history = [str(revision.content) for revision in page_of(published).revisions.all()]
    assert len(history) >= 4
    assert not any(traces_in(content) for content in history)
    assert any("kami hubungi […]" in content for content in history)


def test_nothing_of_her_is_in_the_log_of_the_server(published, caplog):
    texts = [f"{r.getMessage()} {r.args} {r.exc_info} {r.exc_text}" for r in caplog.records]
    assert [text for text in texts if traces_in(text)] == []


def test_mail_to_staff_names_the_ticket_and_never_her(published, mailoutbox):
    to_staff = [mail for mail in mailoutbox if mail.to != [IDENTITY.email]]
    assert len(to_staff) == 6
    for mail in mailoutbox:
        assert published.ticket in mail.subject + mail.body
        assert not traces_in(mail.subject + mail.body + str(mail.extra_headers))
    assert not any(traces_in(mail.to) for mail in to_staff)


def test_queued_tasks_and_sessions_carry_nothing_of_her(published, client):
    track(client, published)
    assert OrmQ.objects.exists()
    assert not any(traces_in(task.task) for task in OrmQ.objects.all())
    assert not any(traces_in(session.get_decoded()) for session in Session.objects.all())


def track(client, complaint):
    code = code_of(complaint)
    return client.post("/lacak/", {"ticket": complaint.ticket, "code": code}, follow=True)


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/pengaduan/",
        "/cari/?q=Zubaidah",
        "/cari/?q=lampu",
        "/api/v2/complaints/?fields=*",
        "/api/v2/pages/?fields=*&type=pengaduan_app.ComplaintPage",
        "/sitemap.xml",
    ],
)
def test_no_public_answer_of_the_site_names_her(published, client, url):
    response = client.get(url)
    assert response.status_code == 200
    body = response.content.decode()
    assert not traces_in(body.replace("Zubaidah", "") if "q=Zubaidah" in url else body)


def test_the_published_page_and_its_api_entry_do_not_name_her(published, client):
    page = page_of(published)
    for url in (page.get_url(), f"/api/v2/complaints/{page.pk}/", f"/api/v2/pages/{page.pk}/"):
        response = client.get(url)
        assert response.status_code == 200
        assert not traces_in(response.content)


def test_the_tracking_page_does_not_repeat_her_contacts(office, client):
    complaint = office.complaint(to=State.PUBLISHED, identity=IDENTITY)
    response = track(client, complaint)
    assert complaint.ticket in response.content.decode()
    assert not traces_in(response.content)


@pytest.mark.parametrize("view", ["inspect", "print"])
def test_the_complaints_screens_do_not_name_her(office, client, view):
    complaint = office.complaint(to=State.STUDY, identity=IDENTITY)
    for person in (office.operator, office.coordinator):
        client.force_login(person)
        response = client.get(reverse(f"pengaduan_admin:{view}", args=[complaint.pk]))
        assert response.status_code == 200
        assert not traces_in(response.content)


def test_opening_the_vault_leaves_who_and_why_but_not_what(office):
    complaint = office.complaint(identity=IDENTITY)
    assert actions.reveal(complaint, office.operator, "Menanyakan lokasi.").name == IDENTITY.name
    entry = ModelLogEntry.objects.get(action="pengaduan_app.reveal")
    assert (entry.user, entry.data) == (office.operator, {"reason": "Menanyakan lokasi."})
    assert not traces_in(entry.label)


@pytest.mark.parametrize("reason", ["", " ", "\n\t "])
def test_without_a_reason_the_vault_stays_shut_and_nothing_is_logged(office, reason):
    complaint = office.complaint(identity=IDENTITY)
    with pytest.raises(actions.NotNow):
        actions.reveal(complaint, office.operator, reason)
    assert not ModelLogEntry.objects.filter(action="pengaduan_app.reveal").exists()


def test_who_may_not_open_the_vault_leaves_no_trace_of_having_done_so(office, other_office):
    complaint = office.complaint(identity=IDENTITY)
    for person in (other_office.operator, other_office.head, office.editor):
        with pytest.raises(actions.NotYours):
            actions.reveal(complaint, person, "Menanyakan lokasi.")
    assert not ModelLogEntry.objects.filter(action="pengaduan_app.reveal").exists()


def test_an_identity_or_reporter_in_an_error_message_shows_no_name(office):
    complaint = office.complaint(identity=IDENTITY)
    assert not traces_in(f"{IDENTITY!r} {complaint.reporter!r} {complaint!r}")
