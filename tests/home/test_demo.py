"""The demo: every state, a ledger that could be true, and nothing sent to anybody.

The load is slow, so it runs once for this module, in a transaction that is taken back.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F, Max, Q
from django.test import override_settings
from django.utils import timezone
from django_q.models import OrmQ
from wagtail.models import PageLogEntry, Revision, TaskState

from home.demo import people
from home.demo.complaints import PHOTOS, mark_of
from home.setup import load, setup_site
from pengaduan_app import permissions
from pengaduan_app.models import (
    Attachment,
    Complaint,
    ComplaintPage,
    OutboxMessage,
    StepRecord,
    ThreadEntry,
)
from pengaduan_app.procedure import sop
from pengaduan_app.procedure.sop import CORRECTED_STATES, Entry, Role, State, Step
from pengaduan_app.setup import ROLE_GROUPS
from pengaduan_app.statistics import counting
from tests.support.city import plant_roots

SLUGS = ("dinkes", "dpuprperakim", "dlh", "dishub", "disdukcapil")
MODELS = (Complaint, StepRecord, ComplaintPage, Revision, TaskState, Attachment, get_user_model())


@pytest.fixture(scope="module")
def demo_files(tmp_path_factory):
    return str(tmp_path_factory.mktemp("demo"))


@pytest.fixture(autouse=True)
def _private_files(settings, demo_files):
    settings.PENGADUAN_PRIVATE_ROOT = demo_files


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, demo_files):
    """The real command on a site that is set up; returns the e-mails that it sent."""
    files = override_settings(PENGADUAN_PRIVATE_ROOT=demo_files)
    with files, django_db_blocker.unblock(), transaction.atomic():
        plant_roots()
        setup_site("localhost", 80)
        before = len(getattr(mail, "outbox", []))
        call_command("load_demo", verbosity=0)
        # Now, or PostgreSQL would check all of its references again after each test.
        connection.check_constraints()
        yield len(getattr(mail, "outbox", [])) - before
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    """The loaded demo; what a test changes is taken back."""
    return loaded


def case_of(complaint) -> dict:
    """The row of the demo file that a complaint was made from."""
    return next(row for row in load("complaints") if mark_of(row["key"]) == complaint.form_key)


def test_every_complaint_of_the_file_stands_in_its_state(demo):
    assert Complaint.objects.count() == len(load("complaints")) >= 60
    for complaint in Complaint.objects.all():
        assert complaint.state == case_of(complaint)["target"], complaint.subject


def test_every_state_of_the_procedure_is_there(demo):
    assert set(Complaint.objects.values_list("state", flat=True)) == {
        state.value for state in State
    }


def test_published_answers_are_live_and_complete(demo):
    pages = ComplaintPage.objects.live()
    assert pages.count() >= 25
    others = pages.exclude(complaint__state__in={State.PUBLISHED} | CORRECTED_STATES)
    # What is handled again keeps its first answer on the website meanwhile.
    assert set(others) == set(pages.filter(complaint__thread__kind=Entry.REOPENING))
    assert not pages.filter(Q(answer="") | Q(question="") | Q(answered_at=None)).exists()


def test_a_published_question_is_the_editors_copy(demo):
    page = ComplaintPage.objects.get(complaint__form_key=mark_of("pju-mati-blooto"))
    assert page.question == case_of(page.complaint)["public_question"] != page.complaint.body
    writers = [revision.user.username for revision in page.revisions.order_by("created_at")]
    assert writers == ["operator.dishub", "pejabat.dishub", "redaktur", "koordinator"]


def test_one_step_is_open_for_each_open_complaint_and_none_for_the_others(demo):
    for complaint in Complaint.objects.prefetch_related("steps"):
        rows = [
            row.step for row in complaint.steps.all() if not row.finished_at and row.step != Step.C1
        ]
        assert rows == ([complaint.open_step] if complaint.is_open else []), complaint.state


def test_no_step_ends_before_it_starts_and_each_begins_where_the_last_ended(demo):
    assert not StepRecord.objects.filter(finished_at__lt=F("started_at")).exists()
    for complaint in Complaint.objects.prefetch_related("steps"):
        rows = list(complaint.steps.all())
        assert rows[0].started_at == complaint.created_at
        for earlier, later in pairwise(rows):
            if earlier.judged_step != Step.B2:
                assert earlier.finished_at == later.started_at


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Complaint, "created_at"),
        (Complaint, "closed_at"),
        (StepRecord, "started_at"),
        (StepRecord, "finished_at"),
        (Revision, "created_at"),
        (TaskState, "started_at"),
        (PageLogEntry, "timestamp"),
        (ComplaintPage, "first_published_at"),
    ],
)
def test_nothing_has_happened_in_the_future(demo, model, field):
    assert model.objects.aggregate(last=Max(field))["last"] <= timezone.now()


def test_the_past_is_spread_over_months_and_the_open_ones_reach_to_today(demo):
    now = timezone.now()
    assert Complaint.objects.filter(created_at__lt=now - timedelta(days=120)).count() >= 5
    for complaint in Complaint.objects.open():
        age = timedelta(days=case_of(complaint)["days_ago"])
        assert abs(now - age - complaint.created_at) < timedelta(minutes=15), complaint.subject


def test_quick_complaints_kept_every_limit_and_late_ones_did_not(demo):
    for complaint in Complaint.objects.prefetch_related("steps"):
        late = [row.judged_step for row in complaint.steps.all() if row.was_late]
        overran = case_of(complaint)["pace"] == "late" and not complaint.is_open
        assert len(late) in ((1, 2) if overran else (0,)), complaint.subject


def test_late_open_complaints_are_overdue_now(demo):
    for complaint in Complaint.objects.open().with_open_step():
        if case_of(complaint)["pace"] == "late":
            assert complaint.open_due_at < timezone.now(), complaint.subject


def test_a_transferred_complaint_was_reported_misrouted_and_began_again(demo):
    complaint = Complaint.objects.get(form_key=mark_of("genangan-kedundung"))
    assert (complaint.agency.slug, complaint.bounces) == ("dpuprperakim", 1)
    steps = [row.judged_step.value for row in complaint.steps.all()]
    assert steps == ["A1", "A3", "C2", "A1", "A2", "A5", "A6", "A8", "B1", "B2"]
    reported = complaint.steps.get(judged_as=Step.A3)
    assert reported.finished_by.username == "operator.kecmagersari"
    assert case_of(complaint)["note"] in reported.note


@pytest.mark.parametrize(
    ("key", "sender"),
    [("zebra-cross-sekolah-wates", "kepala.dishub"), ("antrean-online-dukcapil", "redaktur")],
)
def test_an_answer_that_was_sent_back_was_written_anew(demo, key, sender):
    complaint = Complaint.objects.get(form_key=mark_of(key))
    row = complaint.steps.get(outcome=sop.Outcome.SENT_BACK)
    assert (row.finished_by.username, row.note) == (sender, case_of(complaint)["note"])
    assert complaint.page.answer == case_of(complaint)["answer"]


def test_a_complaint_was_reopened_after_a_poor_rating_and_is_studied_again(demo):
    complaint = Complaint.objects.get(thread__kind=Entry.REOPENING)
    steps = [row.judged_step.value for row in complaint.steps.all()]
    assert steps == ["A1", "A2", "A5", "A6", "A8", "B1", "B2", "A5"]
    entries = list(complaint.thread.order_by("created_at"))
    assert [entry.kind for entry in entries] == [Entry.RATING, Entry.REOPENING]
    assert entries[0].score == 2
    answered, again = complaint.steps.get(step=Step.B2), complaint.steps.last()
    assert answered.finished_at < entries[0].created_at < entries[1].created_at
    assert again.started_at == entries[1].created_at
    assert complaint.page.live


def test_some_answers_are_rated_and_some_agencies_can_be_compared(demo):
    ratings = ThreadEntry.objects.filter(kind=Entry.RATING)
    assert ratings.count() == sum("rating" in case for case in load("complaints")) >= 8
    lines = counting.count(timezone.now())["agencies"]
    assert sum(line["rank"] is not None for line in lines) >= 3


def test_coordination_names_the_other_agencies(demo):
    complaint = Complaint.objects.get(form_key=mark_of("lansia-sendiri-gedongan"))
    called = set(complaint.coordination.values_list("slug", flat=True))
    assert called == {"dinkes", "dpuprperakim", "kecmagersari"}


def test_a_duplicate_follows_an_answer(demo):
    for complaint in Complaint.objects.filter(state=State.DUPLICATE):
        assert complaint.answer_holder.state == State.PUBLISHED


def test_some_complaints_have_a_photo(demo):
    photos = Attachment.objects.all()
    assert {case_of(photo.complaint)["key"] for photo in photos} == set(PHOTOS)
    assert all(photo.is_image and photo.file.size == photo.size for photo in photos)


def test_nobody_is_sent_anything_about_the_past(demo):
    assert demo == 0
    assert not OutboxMessage.objects.exists()
    assert not OrmQ.objects.exists()


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("role", [Role.OPERATOR, Role.OFFICIAL, Role.HEAD])
def test_each_agency_has_its_people(demo, slug, role):
    user = authenticate(username=people.username_of(role, slug), password="demo-mojokerto")
    assert user.has_perm("wagtailadmin.access_admin")
    assert permissions.roles_of(user) == {role}
    assert user.groups.filter(agency__slug=slug).count() == 1
    assert user.email == f"{user.username}@mojokerto.example"


@pytest.mark.parametrize(
    ("username", "role"),
    [("redaktur", Role.EDITOR), ("koordinator", Role.COORDINATOR), ("adminpengaduan", Role.ADMIN)],
)
def test_the_city_has_its_people(demo, username, role):
    user = authenticate(username=username, password="demo-mojokerto")
    assert [group.name for group in user.groups.all()] == [ROLE_GROUPS[role]]


def test_the_superuser_has_no_role_of_the_procedure(demo):
    user = authenticate(username="admin", password="demo-mojokerto")
    assert user.is_superuser
    assert permissions.roles_of(user) == frozenset()


def test_a_second_run_adds_nothing(demo, capsys):
    before = [model.objects.count() for model in MODELS]
    call_command("load_demo")
    assert [model.objects.count() for model in MODELS] == before
    assert "0 new complaints" in capsys.readouterr().out


def test_another_password_is_given_to_everybody(demo, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "sandi-lain")
    call_command("load_demo", verbosity=0)
    assert authenticate(username="kepala.dlh", password="sandi-lain")
    assert authenticate(username="admin", password="sandi-lain")
    assert not authenticate(username="admin", password="demo-mojokerto")


def test_the_log_ins_are_printed_one_line_a_role(capsys):
    call_command("load_demo", logins_only=True)
    lines = capsys.readouterr().out.splitlines()
    for name in ("operator.<slug>", "pejabat.<slug>", "kepala.<slug>"):
        assert len([line for line in lines if name in line]) == 1
    for word in ("redaktur", "koordinator", "adminpengaduan", "demo-mojokerto", *SLUGS):
        assert any(word in line for line in lines)


@pytest.mark.parametrize("allowed", [False, None, "yes"])
def test_it_refuses_outside_development(db, allowed):
    before = [model.objects.count() for model in MODELS]
    with override_settings(DEMO_ALLOWED=allowed), pytest.raises(CommandError, match="development"):
        call_command("load_demo")
    assert [model.objects.count() for model in MODELS] == before


def test_it_refuses_where_the_setting_is_missing(db, settings):
    del settings.DEMO_ALLOWED
    with pytest.raises(CommandError, match="development"):
        call_command("load_demo", logins_only=True)
