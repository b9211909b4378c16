"""The workflow can't be clicked away: by Wagtail's forms, its buttons, or a script."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse
from wagtail.models import (
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from pengaduan_app.models import AgencyPage, ComplaintIndexPage
from pengaduan_app.operations import foundations
from pengaduan_app.procedure.sop import State
from pengaduan_app.workflow import keeping
from tests.support.crowd import superuser
from tests.support.workflows import foreign_workflow

STAYS = "Tidak ada yang diubah"


@pytest.fixture
def admin(office, client):
    client.force_login(superuser())
    return client


@pytest.fixture
def ours(office) -> Workflow:
    return ComplaintIndexPage.objects.get().get_workflow()


@pytest.fixture
def foreign(office) -> Workflow:
    return foreign_workflow()


def told(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def form_of(workflow: Workflow, pages: list[Page], tasks: list[Task]) -> dict[str, object]:
    """Wagtail's form of a workflow, as a browser sends it."""
    rows = {row.task_id: row.pk for row in workflow.workflow_tasks.all()}
    gone = [pk for task, pk in rows.items() if task not in [t.pk for t in tasks]]
    sent: list[tuple[int, object, bool]] = [(t.pk, rows.get(t.pk, ""), False) for t in tasks]
    sent += [(key, pk, True) for key, pk in rows.items() if pk in gone]
    # Rows that are there come first, as they are stored; their new place is in ORDER.
    stored = list(rows.values())
    sent.sort(key=lambda row: stored.index(row[1]) if row[1] else len(stored))
    data: dict[str, object] = {
        "name": workflow.name,
        "active": "on",
        "workflow_tasks-TOTAL_FORMS": len(sent),
        "workflow_tasks-INITIAL_FORMS": len(rows),
        "workflow_tasks-MIN_NUM_FORMS": 0,
        "workflow_tasks-MAX_NUM_FORMS": 1000,
    }
    order = [task.pk for task in tasks]
    for number, (task, pk, deleted) in enumerate(sent):
        data[f"workflow_tasks-{number}-task"] = task
        data[f"workflow_tasks-{number}-id"] = pk
        place = order.index(task) + 1 if task in order else 99
        data[f"workflow_tasks-{number}-ORDER"] = place
        if deleted:
            data[f"workflow_tasks-{number}-DELETE"] = "1"
    there = list(workflow.workflow_pages.values_list("page", flat=True))
    keys = [page.pk for page in pages]
    data |= {
        "pages-TOTAL_FORMS": len({*there, *keys}),
        "pages-INITIAL_FORMS": len(there),
        "pages-MIN_NUM_FORMS": 0,
        "pages-MAX_NUM_FORMS": 1000,
    }
    for number, key in enumerate([*there, *(key for key in keys if key not in there)]):
        data[f"pages-{number}-page"] = key
        data[f"pages-{number}-workflow"] = workflow.pk
        if key not in keys:
            data[f"pages-{number}-DELETE"] = "1"
    return data


def send(admin, workflow: Workflow, pages: list[Page], tasks: list[Task]):
    address = reverse("wagtailadmin_workflows:edit", args=[workflow.pk])
    data = form_of(workflow, pages, tasks)
    return admin.post(address, data, follow=True, headers={"referer": address})


def snapshot(workflow: Workflow) -> tuple:
    rows = WorkflowTask.objects.filter(workflow=workflow).order_by("sort_order")
    pages = WorkflowPage.objects.filter(workflow=workflow).values_list("page", flat=True)
    return list(rows.values_list("task", "sort_order")), list(pages)


def test_the_form_may_be_saved_as_it_is_and_the_workflow_renamed(admin, ours):
    before = snapshot(ours)
    ours.name = "Pengaduan warga"
    response = send(admin, ours, [ComplaintIndexPage.objects.get()], list(ours.tasks))
    assert STAYS not in told(response)
    assert Workflow.objects.get(pk=ours.pk).name == "Pengaduan warga"
    assert snapshot(ours) == before


@pytest.mark.parametrize("what", ["a task", "the order", "the page", "one task more"])
def test_the_form_takes_nothing_away(admin, ours, foreign, what):
    before = snapshot(ours)
    pages, tasks = [ComplaintIndexPage.objects.get()], list(ours.tasks)
    if what == "a task":
        del tasks[4]
    elif what == "the order":
        tasks[0], tasks[1] = tasks[1], tasks[0]
    elif what == "the page":
        pages = []
    else:
        tasks.insert(2, foreign.tasks.first())
    response = send(admin, ours, pages, tasks)
    assert response.status_code == 200 and STAYS in told(response)
    assert snapshot(ours) == before


@pytest.mark.parametrize("below", [False, True], ids=["the index", "a section"])
def test_no_other_workflow_takes_a_page_of_ours(office, foreign, below):
    page = (AgencyPage if below else ComplaintIndexPage).objects.first()
    with pytest.raises(keeping.WorkflowKept), transaction.atomic():
        WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": foreign})
    assert foundations.missing() == []


def test_nor_does_ours_take_a_page_of_the_site(office, ours):
    home = ComplaintIndexPage.objects.get().get_parent()
    with pytest.raises(keeping.WorkflowKept), transaction.atomic():
        WorkflowPage.objects.create(page=home, workflow=ours)


@pytest.mark.parametrize("busy", [False, True])
def test_workflow_and_tasks_are_not_disabled(admin, office, ours, busy):
    if busy:
        office.complaint(to=State.STUDY)
    addresses = [reverse("wagtailadmin_workflows:disable", args=[ours.pk])]
    addresses += [
        reverse("wagtailadmin_workflows:disable_task", args=[task.pk]) for task in ours.tasks
    ]
    for address in addresses:
        response = admin.post(address, follow=True, headers={"referer": address})
        assert response.status_code == 200 and STAYS in told(response)
    assert foundations.missing() == []


def test_nor_deleted_or_disabled_by_a_script(office, ours):
    task = ours.tasks.first()
    for attempt in (
        ours.deactivate,
        ours.delete,
        task.deactivate,
        task.specific.deactivate,
        task.delete,
        Task.objects.all().delete,
        Workflow.objects.all().delete,
        WorkflowPage.objects.all().delete,
        WorkflowTask.objects.all().delete,
    ):
        with pytest.raises(keeping.WorkflowKept), transaction.atomic():
            attempt()
    assert foundations.missing() == []


def test_workflows_of_the_site_are_the_sites_own(admin, foreign):
    home = ComplaintIndexPage.objects.get().get_parent()
    send(admin, foreign, [home], [])
    assert snapshot(foreign) == ([], [home.pk])
    foreign.deactivate()
    assert not Workflow.objects.get(pk=foreign.pk).active


def test_the_index_stays(admin, office):
    index = ComplaintIndexPage.objects.get()
    place = index.path
    for name in ("delete", "unpublish", "move"):
        admin.post(reverse(f"wagtailadmin_pages:{name}", args=[index.pk]))
    for action in ("delete", "unpublish", "move"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        admin.post(f"{address}?id={index.pk}")
    assert ComplaintIndexPage.objects.get().live
    assert ComplaintIndexPage.objects.get().path == place
