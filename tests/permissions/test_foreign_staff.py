"""Staff of another agency, and their own: what they can't do by typing an address."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.test import override_settings
from wagtail.admin.models import EditingSession
from wagtail.models import (
    Comment,
    GroupPagePermission,
    ModelLogEntry,
    Page,
    PageViewRestriction,
    Revision,
    Task,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
)

from pengaduan_app import actions
from pengaduan_app.models import (
    Agency,
    Attachment,
    CannedAnswer,
    Category,
    Complaint,
    ComplaintPage,
    OutboxMessage,
    Reporter,
    StepRecord,
    Village,
)
from pengaduan_app.procedure.sop import State
from tests.support import admin_addresses
from tests.support.admin_addresses import Target, addresses, everything, questions
from tests.support.cheaper import bare_admin, watched
from tests.support.crowd import foreigners, standing_city, undone
from tests.support.process import Office, write_answer

# Stands in every complaint, so that a search finds it.
WORD = "lampukata"
# Addresses that take the id of a complaint or of its page.
OBJECTS = (
    "complaints/",
    "pages/",
    "api/main/^pages/",
    "bulk/",
    "editing-sessions/",
    "choose-page/",
)
WATCHED = (
    Agency,
    Attachment,
    CannedAnswer,
    Category,
    Comment,
    Complaint,
    ComplaintPage,
    EditingSession,
    Group,
    GroupPagePermission,
    ModelLogEntry,
    OutboxMessage,
    Page,
    PageViewRestriction,
    Reporter,
    Revision,
    StepRecord,
    Task,
    TaskState,
    Village,
    Workflow,
    WorkflowPage,
    WorkflowState,
)


class Scene:
    """A foreign agency's complaints: just in, drafted, answered privately, published."""

    def __init__(self):
        self.mine, self.theirs = Office(), Office()
        self.foreigners = {person.who.split()[-1]: person for person in foreigners(self.mine)}
        # The secret ones last: lists of what was edited or done last would begin with them.
        self.targets = {
            "published": self._target(State.PUBLISHED),
            "just received": self._target(State.RECEIVED),
            "being entered": self._target(State.ENTRY),
            "answered privately": self._target(State.ANSWERED_PRIVATELY, confidential=True),
        }
        actions.reveal(self.targets["being entered"].complaint, self.theirs.operator, "zqalasan")

    def _target(self, state, **fields) -> Target:
        early = State.RECEIVED if state == State.RECEIVED else State.STUDY
        mark = state.value
        complaint = self.theirs.complaint(
            to=early,
            subject=f"{WORD} zqsubjek{mark}",
            body=f"{WORD} zqkeluhan{mark} di balai.",
            place=f"{WORD} zqtempat{mark}",
            files=[actions.CleanFile(f"zqlampiran{mark}".encode(), "image/png", "png")],
            **fields,
        )
        if early != state:
            write_answer(complaint, self.theirs.official, f"<p>{WORD} zqjawaban{mark}</p>")
            actions.approve(complaint.pk, self.theirs.official)
            complaint.refresh_from_db()
            self.theirs.advance(complaint, to=state)
        attachment = complaint.attachments.get().pk
        return Target(complaint, self.theirs.operator, attachment)

    def words(self) -> list[str]:
        """What nobody outside may read: the invented words of all that isn't public."""
        secret = [
            target.complaint for stage, target in self.targets.items() if stage != "published"
        ]
        kinds = ("zqsubjek", "zqkeluhan", "zqjawaban", "zqtempat", "zqlampiran")
        texts = [kind + complaint.state for complaint in secret for kind in kinds]
        return ["zqalasan", *texts, *(complaint.ticket.lower() for complaint in secret)]


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker, tmp_path_factory):
    private = str(tmp_path_factory.mktemp("private"))
    settings = override_settings(PENGADUAN_PRIVATE_ROOT=private)
    with settings, bare_admin(), standing_city(django_db_blocker):
        yield Scene()


def whole_database() -> dict:
    return {model: list(model._base_manager.order_by("pk").values_list()) for model in WATCHED}


def said(response) -> str:
    """All that the person gets to read: the page, and what the next page will tell them."""
    told = " ".join(str(message) for message in get_messages(response.wsgi_request))
    body = b"".join(response) if response.streaming else response.content
    return f"{body.decode(errors='replace')} {told} {response.headers.get('Location', '')}".lower()


def visit(browser, address, data=None, *, words, before) -> list[str]:
    """Send one request and undo it; returns what was wrong with the answer."""
    with undone():
        with watched() as writes:
            response = browser.get(address) if data is None else browser.post(address, data)
        text = said(response)
        # What was told once would otherwise be told again on the next page.
        browser.cookies.pop("messages", None)
        after = whole_database() if writes.any else before
    problems = [f"{word} shows" for word in words if word in text]
    problems += [f"{model.__name__} changed" for model in after if after[model] != before[model]]
    if response.status_code >= 500:
        problems.append(f"status {response.status_code}")
    verb = "GET" if data is None else "POST"
    return [f"{verb} {address}: {problem}" for problem in problems]


def knock_at_every_door(person, target, words, only) -> list[str]:
    """GET and POST to every address; returns all that went wrong."""
    data, problems, before = everything(target), [], whole_database()
    for address in addresses(target, only):
        asked = [f"{address}?{q}" if q else address for q in questions(target, address, WORD)]
        for full in asked:
            problems += visit(person.browser, full, words=words, before=before)
        for full in (asked[0], asked[-1]):
            problems += visit(person.browser, full, data, words=words, before=before)
    return problems


# Every role tries where the page is a draft; a private answer is closed by the same rule, so that
# the one who could answer it is enough.
STAGES = [
    ("just received", "operator"),
    *(("being entered", role) for role in ("operator", "official", "head")),
    ("answered privately", "head"),
]


@pytest.mark.parametrize(("stage", "role"), STAGES)
def test_another_agency_reads_and_changes_nothing_by_address(db, scene, stage, role):
    person = scene.foreigners[role]
    assert knock_at_every_door(person, scene.targets[stage], scene.words(), OBJECTS) == []


def test_another_agency_changes_nothing_of_a_published_answer(db, scene):
    """Its words are public, so only those of the others count."""
    person = scene.foreigners["operator"]
    assert knock_at_every_door(person, scene.targets["published"], scene.words(), OBJECTS) == []


def test_no_other_screen_of_the_admin_shows_or_changes_it_either(db, scene):
    """Reports, choosers, site history, search, snippets, users, settings and the rest."""
    starts = {route.split("/")[0] + "/" for route in admin_addresses.routes()}
    rest = starts - {start.split("/")[0] + "/" for start in OBJECTS} | {"api/main/^documents"}
    person, target = scene.foreigners["operator"], scene.targets["being entered"]
    assert knock_at_every_door(person, target, scene.words(), tuple(rest)) == []
