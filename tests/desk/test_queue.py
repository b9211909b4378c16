"""The queue: where a complaint stands in it, and what opens once a step is done."""

from __future__ import annotations

from html import unescape

import pytest
from django.http import QueryDict
from django.urls import reverse

from pengaduan_app.desk.listing import queue
from pengaduan_app.models import Contribution
from pengaduan_app.procedure.sop import State, Step
from tests.desk.test_classifying import NEXT, edit
from tests.desk.test_home_panel import due_in, many_complaints, queries_of
from tests.support.crowd import superuser
from tests.support.factories import AgencyFactory, CategoryFactory

HOME = "/admin/"


def inspect(complaint, scope: str = "") -> str:
    address = reverse("pengaduan_admin:inspect", args=[complaint.pk])
    if not scope:
        return address
    query = QueryDict(mutable=True)
    query["queue"] = scope
    return f"{address}?{query.urlencode()}"


def waiting(office, minutes, **fields):
    """A complaint whose open step is due in so many minutes."""
    complaint = office.complaint(**fields)
    due_in(complaint, minutes)
    return complaint


def verify(client, complaint):
    return client.post(reverse("pengaduan_admin:action", args=[complaint.pk, "verify"]))


def place(client, complaint, scope: str = ""):
    return client.get(inspect(complaint, scope)).context["place"]


@pytest.fixture
def three(office, client):
    """Three complaints at A1, the soonest first, and the operator's browser."""
    made = [waiting(office, minutes) for minutes in (5, 10, 20)]
    client.force_login(office.operator)
    return made


# Going through it.


def test_the_page_says_where_the_complaint_stands_and_leads_both_ways(three, client):
    first, second, third = three
    here = place(client, second)
    assert (here.position, here.total) == (2, 3)
    assert here.previous_url.startswith(inspect(first))
    assert here.next_url.startswith(inspect(third))
    assert place(client, first).previous_url == ""
    assert place(client, third).next_url == ""
    text = client.get(inspect(second)).content.decode()
    assert "2 dari 3 dalam antrean ini" in text
    assert 'data-w-kbd-key-value="j"' in text
    assert 'data-w-kbd-key-value="k"' in text


def test_the_links_keep_to_the_queue_and_its_list_shows_the_same(three, client, office):
    waiting(office, 1, to=State.VERIFIED)
    here = place(client, three[0])
    assert here.total == 3
    again = client.get(here.next_url).context["place"]
    assert (again.position, again.total) == (2, 3)
    listed = client.get(unescape(here.list_url)).context["object_list"]
    assert [row.pk for row in listed] == [complaint.pk for complaint in three]


def test_from_the_list_one_goes_through_what_the_list_was_narrowed_to(three, client, office):
    agency = AgencyFactory()
    client.force_login(office.coordinator)
    here = place(client, three[1], f"agency={office.agency.pk}&overdue=false")
    assert (here.position, here.total) == (2, 3)
    assert place(client, three[1], f"agency={agency.pk}").position is None


def test_whoever_has_no_turn_and_comes_from_nowhere_sees_no_queue(three, client, office):
    for user in (office.coordinator, office.official, superuser()):
        client.force_login(user)
        assert place(client, three[0]) is None


@pytest.mark.parametrize("scope", ["x=1", "mine=%00", "step=A9&mine=yes", "q=%00", "agency=abc"])
def test_a_made_up_queue_never_breaks_the_page(three, client, scope):
    assert client.get(inspect(three[0], scope)).status_code == 200


def test_a_made_up_queue_counts_no_complaint_of_another_agency(three, client, other_office):
    theirs = other_office.complaint()
    assert place(client, three[0], f"agency={theirs.agency_id}&status=all").total == 3


# What opens after an action.


def test_after_an_action_the_most_urgent_of_the_same_step_opens(three, client, office):
    first, second, third = three
    waiting(office, 1, to=State.VERIFIED)
    response = verify(client, second)
    assert response.url.startswith(inspect(first))
    text = client.get(response.url).content.decode()
    assert second.ticket in text
    assert f'href="{inspect(second)}"' in text
    assert verify(client, first).url.startswith(inspect(third))


def test_the_same_complaint_never_opens_again_and_the_last_leads_home(three, client):
    for complaint in three:
        response = verify(client, complaint)
    assert response.url == HOME
    assert "Masih ada 3 langkah lain" in client.get(HOME).content.decode()


def test_an_empty_queue_is_called_empty(client, office):
    complaint = office.complaint()
    client.force_login(office.operator)
    data = {"ground": "unethical", "message": "Tidak pantas.", "asked": "yes"}
    address = reverse("pengaduan_admin:action", args=[complaint.pk, "decline"])
    assert client.post(address, data).url == HOME
    assert "Antrean Anda kosong" in client.get(HOME).content.decode()


def test_what_ends_no_step_leaves_the_complaint_open(three, client):
    address = reverse("pengaduan_admin:action", args=[three[0].pk, "ask"])
    assert client.post(address, {"question": "Di mana?"}).url == inspect(three[0])


def test_an_action_keeps_to_the_list_that_the_complaint_was_opened_from(three, client, office):
    channel = waiting(office, 90, channel="sms")
    last = waiting(office, 95, channel="sms")
    client.get(inspect(channel, "channel=sms"))
    assert verify(client, channel).url.startswith(inspect(last))


def test_next_is_always_somebodys_own_turn_and_their_own_agencys(client, office, other_office):
    mine = waiting(office, 9)
    waiting(other_office, 1)
    waiting(office, 2, to=State.STUDY)
    client.force_login(office.operator)
    client.get(inspect(mine, "status=open"))
    assert verify(client, mine).url == HOME


def test_after_a_button_of_the_workflow_the_next_complaint_opens(client, office):
    category = CategoryFactory()
    drafts = [waiting(office, minutes, to=State.EDITING, category=category) for minutes in (5, 9)]
    response = edit(client, office.editor, drafts[1], **NEXT)
    assert response.url.startswith(inspect(drafts[0]))
    text = client.get(response.url).content.decode()
    assert f'href="{inspect(drafts[1])}"' in text
    assert edit(client, office.editor, drafts[0], **NEXT).url == HOME
    assert "Antrean Anda kosong" in client.get(HOME).content.decode()


# What the home says of it.


def test_home_counts_each_step_and_leads_to_the_list_of_it(three, client, office):
    waiting(office, -5, to=State.VERIFIED)
    groups = {group.step: group for group in panel(client)["groups"]}
    assert list(groups) == ["A2", "A1"]
    assert (groups["A1"].total, groups["A1"].overdue) == (3, 0)
    assert (groups["A2"].total, groups["A2"].overdue) == (1, 1)
    for group in groups.values():
        listed = client.get(group.url).context["paginator"].count
        assert listed == group.total


def test_home_says_how_many_it_shows_and_leads_to_the_rest(client, office):
    many_complaints(office.agency, 42)
    client.force_login(office.operator)
    text = client.get(HOME).content.decode()
    assert "42 langkah menunggu Anda" in text
    assert "20 tampil di sini" in text
    assert client.get(panel(client)["all_url"]).context["paginator"].count == 42


def test_a_superusers_links_lead_to_as_many_as_they_say(three, client):
    client.force_login(superuser())
    shown = panel(client)
    assert shown["watches"]
    assert client.get(shown["all_url"]).context["paginator"].count == shown["total"] == 3


def test_the_head_sees_how_many_called_agencies_have_answered(client, office):
    complaint = office.complaint(to=State.COORDINATION)
    row = complaint.coordination_row
    called = [*complaint.coordination.all(), AgencyFactory()]
    complaint.coordination.set(called)
    client.force_login(office.head)
    assert f"0 dari {len(called)} perangkat daerah sudah menjawab" in text_of_home(client)
    Contribution.objects.create(
        step=row, agency=called[0], author=office.official, note="Ya.", created_at=row.started_at
    )
    assert f"1 dari {len(called)} perangkat daerah sudah menjawab" in text_of_home(client)


def panel(client) -> dict:
    """What the panel of one's own steps shows."""
    return next(
        dict(context.flatten())
        for context in client.get(HOME).context
        if "all_url" in context.flatten()
    )


def text_of_home(client) -> str:
    return client.get(HOME).content.decode()


# Cost.


@pytest.mark.parametrize("person", ["operator", "coordinator", "superuser"])
def test_one_complaint_of_a_queue_takes_the_same_queries_for_10_and_for_300(office, client, person):
    client.force_login(superuser() if person == "superuser" else getattr(office, person))
    middle = many_complaints(office.agency, 10)[5]
    few = queries_of(client, inspect(middle, "status=open"))
    many_complaints(office.agency, 290)
    assert queries_of(client, inspect(middle, "status=open")) <= few


def test_the_counts_take_one_query(office, django_assert_num_queries):
    many_complaints(office.agency, 30)
    steps = queue.steps_of(office.operator)
    with django_assert_num_queries(1):
        assert queue.counts_by_step(steps) == {Step.A1: (30, 1)}
