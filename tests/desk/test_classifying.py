"""What a complaint is about and where: said by who reads it first and who edits it (SOP A1, B1)."""

from __future__ import annotations

import pytest
from wagtail.models import ModelLogEntry

from pengaduan_app import actions
from pengaduan_app.models import Complaint
from pengaduan_app.procedure.sop import Kind, State
from tests.support.factories import CategoryFactory, VillageFactory
from tests.support.process import editor_form, page_of

ADDRESS = "/admin/complaints/{}/classify/"
NEXT = {"action-workflow-action": "true", "workflow-action-name": "approve"}


@pytest.fixture
def words(city):
    return CategoryFactory(slug="lampu"), VillageFactory(slug="meri", name="Meri")


def about(complaint) -> tuple:
    complaint = Complaint.objects.get(pk=complaint.pk)
    return complaint.kind, complaint.category, complaint.village


@pytest.mark.parametrize("state", [State.RECEIVED, State.VERIFIED])
def test_the_operator_says_what_it_is_about_and_the_draft_begins_with_it(
    office, client, words, state
):
    category, village = words
    complaint = office.complaint(to=state)
    client.force_login(office.operator)
    data = {"kind": "suggestion", "category": category.pk, "village": village.pk}
    assert client.post(ADDRESS.format(complaint.pk), data).status_code == 302
    assert about(complaint) == (Kind.SUGGESTION, category, village)
    complaint.refresh_from_db()
    office.advance(complaint, State.STUDY)
    page = page_of(complaint)
    assert (page.kind, page.category, page.village) == (Kind.SUGGESTION, category, village)


def test_the_form_shows_what_is_known_and_the_log_what_it_was(office, client, words):
    category, _village = words
    complaint = office.complaint(category=category)
    client.force_login(office.operator)
    form = client.get(ADDRESS.format(complaint.pk)).context["form"]
    assert [form[name].value() for name in ("kind", "category")] == ["complaint", category.pk]
    other = CategoryFactory(slug="jalan")
    actions.classify(complaint.pk, office.operator, Kind.CRITICISM, other)
    entry = ModelLogEntry.objects.get(action="pengaduan_app.classify")
    assert entry.user == office.operator
    assert entry.data == {
        "from": "received",
        "to": "received",
        "kind": ["complaint", "criticism"],
        "category": [category.name, other.name],
    }


@pytest.mark.parametrize("field", ["kind", "category", "village"])
@pytest.mark.parametrize("value", ["", "x", "-1", "999999", "\x00"])
def test_nonsense_is_refused_and_changes_nothing(office, client, words, field, value):
    complaint = office.complaint(category=words[0], village=words[1])
    before = about(complaint)
    client.force_login(office.operator)
    data = {"kind": "complaint", "category": words[0].pk, "village": words[1].pk, field: value}
    status = client.post(ADDRESS.format(complaint.pk), data).status_code
    optional = value == "" and field != "kind"
    assert status == (302 if optional else 400)
    assert optional or about(complaint) == before


# At B1, in the page editor.


def edit(client, user, complaint, **changes):
    client.force_login(user)
    address = f"/admin/pages/{page_of(complaint).pk}/edit/"
    return client.post(address, editor_form(complaint, **changes))


def test_the_editor_is_asked_for_the_category_before_the_answer_goes_on(office, client, words):
    category, village = words
    complaint = office.complaint(to=State.EDITING)
    kind = {"kind": "criticism"}
    answer = edit(client, office.editor, complaint, **NEXT, **kind)
    assert "Pilih kategorinya" in answer.content.decode()
    with pytest.raises(actions.NotNow, match="Pilih kategorinya"):
        actions.approve(complaint.pk, office.editor)
    complaint.refresh_from_db()
    assert complaint.state == State.EDITING
    chosen = {"category": category.pk, "village": village.pk}
    assert edit(client, office.editor, complaint, **NEXT, **kind, **chosen).status_code == 302
    complaint.refresh_from_db()
    assert complaint.state == State.PUBLICATION
    assert about(complaint) == (Kind.CRITICISM, category, village)
    office.advance(complaint, State.PUBLISHED)
    page = page_of(complaint)
    assert (page.kind, page.category, page.village) == (Kind.CRITICISM, category, village)
    log = ModelLogEntry.objects.filter(action="pengaduan_app.approve")
    noted = [entry.data for entry in log if "category" in entry.data]
    assert [(data["category"], data["kind"]) for data in noted] == [
        (["", category.name], ["complaint", "criticism"])
    ]


def test_where_a_site_has_no_categories_nobody_is_asked(office):
    complaint = office.complaint(to=State.EDITING)
    assert actions.approve(complaint.pk, office.editor).state == State.PUBLICATION


@pytest.mark.parametrize("state", [State.STUDY, State.DECISION, State.ENTRY, State.PUBLICATION])
def test_in_other_steps_the_page_keeps_it_whatever_a_browser_sends(office, client, words, state):
    complaint = office.complaint(to=state, category=words[0])
    people = {"study": "official", "decision": "head", "entry": "operator"}
    person = getattr(office, people.get(state, "coordinator"))
    other = CategoryFactory(slug="jalan")
    client.force_login(person)
    address = f"/admin/pages/{page_of(complaint).pk}/edit/"
    assert 'name="category"' not in client.get(address).content.decode()
    sent = {"kind": "suggestion", "category": other.pk, "village": words[1].pk}
    assert edit(client, person, complaint, **sent).status_code == 302
    draft = page_of(complaint).get_latest_revision_as_object()
    assert (draft.kind, draft.category, draft.village) == (Kind.COMPLAINT, words[0], None)


def test_the_editor_may_do_it_at_the_desk_too_and_the_draft_follows(office, client, words):
    complaint = office.complaint(to=State.EDITING)
    actions.classify(complaint.pk, office.editor, Kind.COMPLAINT, words[0])
    assert about(complaint)[1] == words[0]
    assert page_of(complaint).get_latest_revision_as_object().category == words[0]
    assert actions.approve(complaint.pk, office.editor).state == State.PUBLICATION
