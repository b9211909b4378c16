"""Views of the list: what is kept of a query string, whose they are, which columns show."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.http import QueryDict

from pengaduan_app.models import MOST_VIEWS, SavedView
from pengaduan_app.procedure.sop import State
from tests.desk.test_home_panel import due_in, many_complaints, queries_of, tickets_in
from tests.support.crowd import superuser
from tests.support.factories import UserFactory

LIST, VIEWS = "/admin/complaints/", "/admin/complaints/views/"


def save(client, query: str = "state=study", name: str = "Ditelaah", **data):
    return client.post(VIEWS, {"do": "save", "query": query, "name": name, **data})


def views_of(client) -> list[str]:
    return [view.label for view in client.get(LIST).context["views"]]


@pytest.fixture
def operator(office, client):
    client.force_login(office.operator)
    return client


def test_the_list_opens_on_what_is_open_soonest_due_first(office, operator):
    soon, later = office.complaint(), office.complaint()
    office.complaint(to=State.DECLINED)
    due_in(later, 50)
    due_in(soon, 5)
    assert tickets_in(operator.get(LIST)) == [soon.ticket, later.ticket]


def test_taking_the_opening_filter_away_shows_all(office, operator):
    closed = office.complaint(to=State.DECLINED)
    response = operator.get(LIST)
    [chip] = response.context["view"].active_filters
    assert closed.ticket not in response.content.decode()
    assert closed.ticket in operator.get(chip.removed_filter_url).content.decode()


def test_my_turn_is_what_waits_for_me(office, operator):
    mine = office.complaint()
    office.complaint(to=State.STUDY)
    assert tickets_in(operator.get(LIST, {"mine": "yes"})) == [mine.ticket]
    operator.force_login(superuser())
    assert "mine" not in operator.get(LIST).context["filters"].form.fields


def test_a_person_saves_a_view_opens_it_and_deletes_it(office, operator):
    wanted = office.complaint(to=State.STUDY)
    office.complaint()
    save(operator, "state=study&ordering=-created_at", columns=["state", "category"])
    view = SavedView.objects.get()
    assert QueryDict(view.query).dict() == {
        "state": "study",
        "ordering": "-created_at",
        "columns": "state,category",
    }
    response = operator.get(f"{LIST}?{view.query}")
    assert tickets_in(response) == [wanted.ticket]
    assert list(response.context["table"].columns) == [
        # The tick boxes stand before all that can be chosen.
        "bulk_actions",
        "ticket",
        "subject",
        "get_state_display",
        "category",
    ]
    assert [each.label for each in response.context["views"] if each.is_current] == ["Ditelaah"]
    operator.post(VIEWS, {"do": "delete", "view": view.pk})
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("state=study", "state=study"),
        ("state=x&step=A1", "step=A1"),
        ("reporter__name=Budi&code_hash=x&p=4&next=//lain.example", ""),
        ("ordering=code_hash", ""),
        ("created_at_from=2026-01-01&created_at_to=bukan", ""),
        ("created_at_from=2026-01-01", "created_at_from=2026-01-01"),
        ("q=lampu&columns=state,password", "q=lampu&columns=state"),
    ],
)
def test_only_what_the_list_knows_is_kept(operator, query, kept):
    columns = QueryDict(query).get("columns", "").split(",")
    save(operator, query, columns=columns)
    assert SavedView.objects.get().query == QueryDict(kept).urlencode()


def test_a_view_is_its_owners_alone(office, other_office, operator):
    save(operator)
    assert "Ditelaah" in views_of(operator)
    view = SavedView.objects.get()
    for user in (office.official, other_office.operator, office.admin):
        operator.force_login(user)
        assert "Ditelaah" not in views_of(operator)
        assert operator.post(VIEWS, {"do": "delete", "view": view.pk}).status_code == 404
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_the_administrator_saves_for_a_role_which_then_sees_it(office, other_office, client):
    client.force_login(office.admin)
    save(client, role="operator")
    view = SavedView.objects.get()
    assert (view.owner, view.role) == (None, "operator")
    for user, sees in (
        (office.operator, True),
        (other_office.operator, True),
        (office.head, False),
    ):
        client.force_login(user)
        assert any(label.startswith("Ditelaah (") for label in views_of(client)) is sees
        assert client.post(VIEWS, {"do": "delete", "view": view.pk}).status_code == 404
    client.force_login(office.admin)
    assert [each.key for each in client.get(LIST).context["deletable"]] == [view.pk]
    client.post(VIEWS, {"do": "delete", "view": view.pk})
    assert not SavedView.objects.exists()


def test_nobody_else_saves_for_a_role_by_a_hand_made_request(office, client):
    for user in (office.operator, office.coordinator):
        client.force_login(user)
        assert "pgd-view-role" not in client.get(LIST).content.decode()
        save(client, role="operator")
        assert SavedView.objects.get().owner == user
        SavedView.objects.all().delete()


@pytest.mark.parametrize("name", ["", "  ", "x" * 41, "a\x00b", "\u200b"])
def test_a_view_needs_a_name(operator, name):
    save(operator, name=name)
    assert not SavedView.objects.exists()
    assert "Beri tampilan ini nama" in operator.get(LIST).content.decode()


def test_the_same_name_replaces_and_there_are_not_too_many(operator):
    for number in range(MOST_VIEWS + 2):
        save(operator, name=f"Tampilan {number}")
    save(operator, "state=entry", "Tampilan 0")
    assert SavedView.objects.count() == MOST_VIEWS
    assert SavedView.objects.get(name="Tampilan 0").query == "state=entry"


@pytest.mark.parametrize("key", ["", "x", "-1", "9" * 30, "1.0"])
def test_a_made_up_view_is_not_deleted(operator, key):
    assert operator.post(VIEWS, {"do": "delete", "view": key}).status_code == 404


def test_whoever_has_no_list_has_no_views(city, client):
    reader = UserFactory()
    reader.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(reader)
    assert save(client).status_code == 404
    client.logout()
    assert save(client).url.startswith("/admin/login/")
    assert not SavedView.objects.exists()


def test_a_view_belongs_to_a_person_or_to_a_role(office):
    for whose in ({"owner": office.operator, "role": "head"}, {"owner": None, "role": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedView.objects.create(name="x", query="", **whose)


@pytest.mark.parametrize("person", ["operator", "coordinator", "superuser"])
def test_the_list_takes_the_same_queries_for_10_and_for_300_with_all_columns(
    office, client, person
):
    client.force_login(superuser() if person == "superuser" else getattr(office, person))
    address = f"{LIST}?columns=agency,state,step,due,remaining,category,channel,received"
    many_complaints(office.agency, 10)
    few = queries_of(client, address)
    many_complaints(office.agency, 290)
    assert queries_of(client, address) <= few + 1


def test_a_cell_of_the_list_says_what_it_holds(office, operator):
    office.complaint()
    text = operator.get(LIST).content.decode()
    for label in ("Perangkat daerah", "Status", "Batas waktu", "Sisa waktu"):
        assert f'data-label="{label}"' in text
