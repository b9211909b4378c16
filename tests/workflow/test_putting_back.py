"""What the procedure rests on was taken away past every guard: it is named, and put back."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import transaction
from django_q.models import Schedule
from wagtail.models import (
    GroupPagePermission,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from pengaduan_app import actions
from pengaduan_app.models import AgencyPage, ComplaintIndexPage
from pengaduan_app.operations import foundations
from pengaduan_app.procedure.sop import State
from pengaduan_app.setup import ensure_procedure
from pengaduan_app.workflow import keeping
from tests.support.crowd import superuser
from tests.support.process import page_of
from tests.support.workflows import foreign_workflow


@pytest.fixture
def ours(office) -> Workflow:
    return ComplaintIndexPage.objects.get().get_workflow()


@pytest.fixture
def foreign(office) -> Workflow:
    return foreign_workflow()


def by_force(model, **values) -> None:
    """As SQL would: no signal, no cascade."""
    rows = model.objects.filter(**values)
    rows._raw_delete(rows.db)


def without_a_step(ours):
    by_force(WorkflowTask, workflow=ours, task=list(ours.tasks)[4].pk)


def in_another_order(ours):
    WorkflowTask.objects.filter(workflow=ours, sort_order=0).update(sort_order=50)


def with_a_task_disabled(ours):
    Task.objects.filter(pk=ours.tasks.first().pk).update(active=False)


def disabled(ours):
    Workflow.objects.filter(pk=ours.pk).update(active=False)


def without_its_page(ours):
    by_force(WorkflowPage, workflow=ours)


def without_a_schedule(ours):
    Schedule.objects.filter(name="pengaduan: scheduled pages").delete()


def with_a_schedule_that_ends(ours):
    Schedule.objects.filter(name="pengaduan: reminders").update(repeats=0)


def without_a_role(ours):
    group = Group.objects.get(name="Redaktur Humas")
    by_force(Group.permissions.through, group=group)


def without_an_agencys_permission(ours):
    by_force(GroupPagePermission, page=AgencyPage.objects.first().pk)


def without_the_citys_permission(ours):
    by_force(GroupPagePermission, page=ComplaintIndexPage.objects.get().pk)


HARM = pytest.mark.parametrize(
    "harm",
    [
        without_a_step,
        in_another_order,
        with_a_task_disabled,
        disabled,
        without_its_page,
        without_a_schedule,
        with_a_schedule_that_ends,
        without_a_role,
        without_an_agencys_permission,
        without_the_citys_permission,
    ],
)


@HARM
def test_it_is_named_and_put_back(office, client, ours, harm, capsys):
    assert client.get("/healthz/").json()["procedure"] == "ok"
    harm(ours)
    found = run_checks(tags=["database"], databases=["default"])
    assert {one.id for one in found} == {"pengaduan.W002"}
    response = client.get("/healthz/")
    assert (response.status_code, response.json()["procedure"]) == (503, "failing")
    with pytest.raises(SystemExit):
        call_command("health")
    assert foundations.missing()[0] in capsys.readouterr().out
    call_command("pengaduan_setup")
    assert foundations.missing() == []
    assert client.get("/healthz/").json()["procedure"] == "ok"
    office.complaint(to=State.PUBLISHED)


STUCK = pytest.mark.parametrize(
    "harm", [without_a_step, in_another_order, with_a_task_disabled, disabled, without_its_page]
)


@STUCK
def test_meanwhile_complaints_stay_where_they_are(office, ours, foreign, harm, mailoutbox):
    """A page that would start a foreign workflow starts none, and nobody is mailed its title."""
    home = ComplaintIndexPage.objects.get().get_parent()
    WorkflowPage.objects.create(page=home, workflow=foreign)
    complaint = office.complaint(to=State.VERIFIED)
    harm(ours)
    with pytest.raises(actions.NotNow, match="pengaduan_setup"):
        actions.forward(complaint.pk, office.operator, office.official)
    complaint.refresh_from_db()
    assert complaint.state == State.VERIFIED
    assert not WorkflowState.objects.exists() and mailoutbox == []
    call_command("pengaduan_setup")
    office.advance(complaint, State.PUBLISHED)


@pytest.mark.parametrize("harm", [without_a_step, in_another_order, with_a_task_disabled])
def test_and_those_under_way_wait_and_go_on(office, ours, harm):
    complaint = office.complaint(to=State.ENTRY)
    harm(ours)
    with pytest.raises(actions.NotNow):
        actions.approve(complaint.pk, office.operator)
    call_command("pengaduan_setup")
    office.advance(complaint, State.PUBLISHED)


def test_a_complaints_page_starts_no_foreign_workflow_by_hand(office, foreign, mailoutbox):
    page = page_of(office.complaint(to=State.ANSWERED_PRIVATELY))
    with pytest.raises(keeping.WorkflowKept), transaction.atomic():
        foreign.start(page, superuser())
    assert mailoutbox == []


def test_a_renamed_group_and_workflow_are_found_again(office, ours):
    Group.objects.filter(name="Operator").update(name="Petugas loket")
    Workflow.objects.filter(pk=ours.pk).update(name="Pengaduan warga")
    before = Group.objects.count(), Workflow.objects.count()
    ensure_procedure(ComplaintIndexPage.objects.get())
    assert (Group.objects.count(), Workflow.objects.count()) == before


def test_without_an_index_there_is_nothing_to_put_back(city):
    by_force(ComplaintIndexPage)
    with pytest.raises(CommandError, match="ComplaintIndexPage"):
        call_command("pengaduan_setup")
    assert len(foundations.missing()) == 1
