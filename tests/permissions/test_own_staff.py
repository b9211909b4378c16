"""Whose complaint it is can't do by address either what only the procedure's actions do."""

from __future__ import annotations

import pytest
from wagtail.models import Page, PageViewRestriction, TaskState, WorkflowState

from pengaduan_app.models import Complaint, StepRecord
from pengaduan_app.procedure.sop import Role, State
from tests.support.admin_addresses import Target, addresses, everything
from tests.support.cheaper import bare_admin, watched
from tests.support.crowd import colleagues, person, standing_city, superuser, undone
from tests.support.process import Office, editor_form, page_of

STATES = (State.ENTRY, State.PUBLICATION, State.PUBLISHED, State.ANSWERED_PRIVATELY)
WHO = [*(role.value for role in Role), "superuser"]
# The procedure's own ways to change where a complaint or its page stands.
PROCEDURE = ("/admin/pages/workflow/action/", "/admin/bulk/pengaduan_app/complaint/")
BUTTONS = {
    "publish": {"action-publish": "1"},
    "submit to the workflow": {"action-submit": "1"},
    "restart the workflow": {"action-restart-workflow": "1"},
    "cancel the workflow": {"action-cancel-workflow": "1"},
    "reject": {"action-workflow-action": "1", "workflow-action-name": "reject"},
    "withdraw": {"action-workflow-action": "1", "workflow-action-name": "withdraw"},
    "schedule": {"go_live_at": "2030-01-01 08:00", "expire_at": "2031-01-01 08:00"},
    "another address": {"slug": "alamat-lain"},
}


class Scene:
    """One complaint in each state that has a page, and all who work on it."""

    def __init__(self):
        self.office = Office()
        Office()  # somewhere to move a page to
        self.complaints = {state: self.office.complaint(to=state) for state in STATES}
        people = [*colleagues(self.office), person("superuser", superuser())]
        self.people = {someone.who: someone for someone in people}


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with bare_admin(), standing_city(django_db_blocker):
        yield Scene()


def standing() -> dict:
    """Where everything stands: what saving a draft leaves as it is."""
    pages = Page.objects.order_by("pk").values_list
    return {
        "pages": list(pages("pk", "path", "slug", "live", "alias_of", "go_live_at", "expire_at")),
        "complaints": list(Complaint.objects.order_by("pk").values_list("pk", "state", "agency")),
        "ledger": list(StepRecord.objects.order_by("pk").values_list("pk", "outcome")),
        "workflows": list(WorkflowState.objects.order_by("pk").values_list("pk", "status")),
        "tasks": list(TaskState.objects.order_by("pk").values_list("pk", "status")),
        "restrictions": PageViewRestriction.objects.count(),
    }


def moved(before: dict) -> list[str]:
    after = standing()
    return [name for name in before if before[name] != after[name]]


def is_withdrawal(who, state, address) -> bool:
    """The one address of Wagtail's own that carries an action of the procedure."""
    return (who, state) == ("coordinator", State.PUBLISHED) and address.endswith("/unpublish/")


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("state", STATES)
def test_no_address_of_wagtail_moves_publishes_copies_or_deletes(db, scene, who, state):
    someone, complaint = scene.people[who], scene.complaints[state]
    target = Target(complaint, scene.office.operator)
    data, before, wrong = everything(target), standing(), []
    page = page_of(complaint)
    for address in addresses(target, ("pages/", "bulk/wagtailcore", "bulk/<", "api/main/^pages/")):
        if address.startswith(PROCEDURE) or is_withdrawal(who, state, address):
            continue
        with undone():
            with watched() as writes:
                code = someone.browser.post(f"{address}?id={page.pk}", data).status_code
            changed = moved(before) if writes.any else []
            wrong += [f"{address} changed the {name}" for name in changed]
        wrong += [f"{address}: status {code}"] if code >= 500 else []
    assert wrong == []


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("button", BUTTONS)
def test_the_editor_takes_no_buttons_but_the_procedures(db, scene, who, button):
    """What a browser sends when somebody adds Wagtail's own buttons to the form."""
    wrong, before = [], standing()
    for state, complaint in scene.complaints.items():
        address = f"/admin/pages/{page_of(complaint).pk}/edit/"
        with undone():
            form = editor_form(complaint, **BUTTONS[button])
            code = scene.people[who].browser.post(address, form).status_code
            wrong += [f"{state}: changed the {name}" for name in moved(before)]
        wrong += [f"{state}: status {code}"] if code >= 500 else []
    assert wrong == []


def test_the_coordinator_withdraws_by_the_address_of_unpublishing(db, scene):
    complaint = scene.complaints[State.PUBLISHED]
    address = f"/admin/pages/{page_of(complaint).pk}/unpublish/"
    with undone():
        assert scene.people["coordinator"].browser.post(address).status_code == 302
        assert not page_of(complaint).live
        assert Complaint.objects.get(pk=complaint.pk).state == State.ANSWERED_PRIVATELY


@pytest.mark.parametrize("who", WHO)
def test_a_page_outside_its_step_is_not_edited(db, scene, who):
    """A saved draft counts only from the person whose step it is."""
    turns = {"operator": State.ENTRY, "coordinator": State.PUBLICATION}
    for state, complaint in scene.complaints.items():
        page = page_of(complaint)
        before = page.revisions.count()
        with undone():
            form = editor_form(complaint, answer="<p>Tulisan orang lain.</p>")
            scene.people[who].browser.post(f"/admin/pages/{page.pk}/edit/", form)
            saved = page.revisions.count() > before
        assert saved == (turns.get(who) == state), state
