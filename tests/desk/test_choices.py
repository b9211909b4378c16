"""What the desk's forms offer to choose from, and what they refuse: by agency, role and state."""

from __future__ import annotations

import re

import pytest
from wagtail.test.utils.form_data import rich_text

from pengaduan_app import actions
from pengaduan_app.models import Complaint
from pengaduan_app.models.office.reference_data import ANSWER_FEATURES
from pengaduan_app.procedure.sop import Role, State
from tests.support.crowd import superuser
from tests.support.factories import AgencyFactory, UserFactory, staff
from tests.support.process import open_record, page_of

STOCK = (State.VERIFIED, State.STUDY, State.ROUTING)


def address(complaint, action: str) -> str:
    return f"/admin/complaints/{complaint.pk}/{action}/"


def choices(client, user, complaint, action: str, field: str) -> dict[str, bool]:
    """What a form offers for a field: by its words whether it is chosen already."""
    client.force_login(user)
    text = client.get(address(complaint, action)).content.decode()
    select = re.search(rf'<select name="{field}".*?</select>', text, re.DOTALL)[0]
    found = re.findall(r'<option value="\d+"( selected)?>([^<]*)</option>', select)
    return {words: bool(chosen) for chosen, words in found}


def send(client, user, complaint, action: str, **data) -> Complaint:
    """Send the form as the browser does; returns the complaint as it is afterwards."""
    client.force_login(user)
    form = {"seen": open_record(complaint).pk, **data}
    client.post(address(complaint, action), form)
    return Complaint.objects.get(pk=complaint.pk)


# To whom: the officials in charge of this agency, and nobody else.


def test_a_complaint_is_forwarded_to_officials_of_its_own_agency_alone(
    office, other_office, client
):
    complaint = office.complaint(State.VERIFIED)
    officials = (office.official, staff(Role.OFFICIAL, office.agency))
    names = {person.get_full_name() for person in officials}
    for nobody in (office.head, office.operator, other_office.official, office.editor):
        assert nobody.get_full_name() not in names
    gone = staff(Role.OFFICIAL, office.agency)
    gone.is_active = False
    gone.save()
    offered = choices(client, office.operator, complaint, "forward", "official")
    assert offered.keys() == names


def test_the_only_official_is_chosen_already_and_one_of_several_is_not(office, client):
    complaint = office.complaint(State.VERIFIED)
    first = office.official.get_full_name()
    assert choices(client, office.operator, complaint, "forward", "official") == {first: True}
    staff(Role.OFFICIAL, office.agency)
    offered = choices(client, office.operator, complaint, "forward", "official")
    assert len(offered) == 2 and not any(offered.values())


def test_an_official_without_a_name_is_called_by_the_log_in(office, client):
    complaint = office.complaint(State.VERIFIED)
    person = UserFactory(
        first_name="", last_name="", role=Role.OFFICIAL, agency=office.agency, username="petugas-x"
    )
    assert person.username in choices(client, office.operator, complaint, "forward", "official")


@pytest.mark.parametrize("who", ["head", "operator", "editor"])
def test_a_made_up_choice_of_an_official_is_refused(office, client, who):
    complaint = office.complaint(State.VERIFIED)
    chosen = office.person(Role(who)).pk
    assert send(client, office.operator, complaint, "forward", official=chosen).state == "verified"
    found = send(client, office.operator, complaint, "forward", official=office.official.pk)
    assert (found.state, found.official) == ("study", office.official)


# Where it belongs: agencies that take complaints.


def test_an_agency_reports_a_complaint_to_any_other_that_takes_complaints(office, client):
    complaint = office.complaint(State.VERIFIED)
    other, closed = AgencyFactory(), AgencyFactory(active=False)
    offered = choices(client, office.operator, complaint, "misrouted", "agency")
    assert str(other) in offered
    assert str(office.agency) not in offered and str(closed) not in offered


@pytest.mark.parametrize("which", ["own", "closed"])
def test_a_made_up_choice_of_an_agency_is_refused(office, client, which):
    complaint = office.complaint(State.VERIFIED)
    chosen = {"own": office.agency, "closed": AgencyFactory(active=False)}[which]
    sent = send(client, office.operator, complaint, "misrouted", agency=chosen.pk, reason="Bukan.")
    assert sent.state == State.VERIFIED


def test_the_administrator_sends_to_agencies_that_take_complaints_alone(office, client):
    complaint = office.complaint(State.ROUTING)
    closed = AgencyFactory(active=False, name="Dinas Yang Ditutup")
    offered = choices(client, office.admin, complaint, "transfer", "agency")
    assert office.agency.name in offered
    assert not any("Ditutup" in words for words in offered)
    assert send(client, office.admin, complaint, "transfer", agency=closed.pk).state == "routing"


# Which earlier complaint: one that the person may see.


@pytest.mark.parametrize("change", [str, str.lower, lambda text: f"  {text} "])
def test_a_ticket_is_read_as_people_type_it(office, client, change):
    original, again = office.complaint(State.STUDY), office.complaint()
    found = send(client, office.operator, again, "duplicate", original=change(original.ticket))
    assert (found.state, found.duplicate_of) == (State.DUPLICATE, original)


@pytest.mark.parametrize("which", ["another agency's", "unknown", "empty"])
def test_a_ticket_that_the_agency_does_not_have_joins_nothing(office, other_office, client, which):
    again = office.complaint()
    foreign = other_office.complaint()
    typed = {"another agency's": foreign.ticket, "unknown": "MJK-0000-0000", "empty": ""}[which]
    assert send(client, office.operator, again, "duplicate", original=typed).state == "received"


def test_an_unknown_ticket_and_another_agencys_are_refused_in_the_same_words(
    office, other_office, client
):
    """Else the form would tell which numbers there are."""
    again, foreign = office.complaint(), other_office.complaint()
    client.force_login(office.operator)
    said = []
    for typed in (foreign.ticket, "MJK-0000-0000"):
        form = {"seen": open_record(again).pk, "original": typed}
        response = client.post(address(again, "duplicate"), form)
        said.append(response.context["form"].errors["original"])
    assert said[0] == said[1]


@pytest.mark.parametrize(("length", "taken"), [(500, True), (501, False)])
def test_a_question_to_the_reporter_is_short(office, client, length, taken):
    complaint = office.complaint(State.VERIFIED)
    send(client, office.operator, complaint, "ask", question="x" * length)
    assert complaint.thread.exists() == taken


@pytest.mark.parametrize(("typed", "taken"), [("  ", False), ("\u00a0", False), ("Sudah.", True)])
def test_an_answer_without_a_word_is_none(office, client, typed, taken):
    complaint = office.complaint(State.VERIFIED)
    answer = rich_text(f"<p>{typed}</p>", features=ANSWER_FEATURES)
    sent = send(client, office.operator, complaint, "answer", answer=answer)
    assert (sent.state == State.EDITING) == taken


# What is told beside a complaint.


def inspect(client, user, complaint) -> str:
    client.force_login(user)
    return client.get(f"/admin/complaints/{complaint.pk}/").content.decode()


def test_a_joined_complaint_is_named_to_who_may_see_it_and_to_nobody_else(
    office, other_office, client
):
    """A complaint that was joined by the city's hand may lie with another agency."""
    original, own, foreign = (
        office.complaint(State.STUDY), office.complaint(), other_office.complaint(),
    )  # fmt: skip
    actions.duplicate(own.pk, office.operator, original)
    Complaint.objects.filter(pk=foreign.pk).update(duplicate_of=original)
    text = inspect(client, office.operator, original)
    assert own.ticket in text and foreign.ticket not in text
    assert foreign.ticket in inspect(client, office.admin, original)


def test_the_times_of_misrouting_count_each_report(office, client):
    complaint = office.complaint(State.ROUTING)
    label = "Kali dilaporkan salah alamat"
    assert label in inspect(client, office.admin, complaint)
    assert label not in inspect(client, office.admin, office.complaint())


# Wagtail's own chooser: published pages and one's own.


def test_the_page_chooser_shows_an_agency_no_draft_of_another(office, other_office, client):
    own = office.complaint(State.STUDY, subject="Pohon kami tumbang")
    foreign = other_office.complaint(State.STUDY, subject="Selokan mereka mampet")
    own_page, foreign_page = page_of(own), page_of(foreign)

    def below(page) -> str:
        return client.get(f"/admin/choose-page/{page.get_parent().pk}/").content.decode()

    client.force_login(office.official)
    assert own_page.title in below(own_page)
    assert foreign_page.title not in below(foreign_page)
    client.force_login(superuser())
    assert foreign_page.title in below(foreign_page)


# An agency without an operator.


@pytest.mark.parametrize(("active", "warned"), [(True, True), (False, False)])
def test_only_an_agency_that_takes_complaints_is_warned_to_lack_an_operator(
    office, client, active, warned
):
    agency = AgencyFactory(active=active)
    client.force_login(superuser())
    url = f"/admin/snippets/pengaduan_app/agency/edit/{agency.pk}/"
    page = client.get(url)
    data = {
        name: value
        for name in page.context["form"].fields
        if (value := page.context["form"][name].value()) not in (None, False)
    }
    text = client.post(url, data, follow=True).content.decode()
    assert ("belum memiliki operator" in text) == warned
