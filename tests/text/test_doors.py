"""Every door that takes a text: what nobody sees is nothing there, and nothing ends in a 500."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from pengaduan_app import actions
from pengaduan_app.actions import ActionRefused, Identity
from pengaduan_app.models import Agency, Category, Complaint
from pengaduan_app.models.office.reference_data import ANSWER_FEATURES
from pengaduan_app.procedure.sop import State
from tests.support.citizen import Citizen
from tests.support.crowd import superuser
from tests.support.factories import REPORTER, citizen_form, submit
from tests.support.process import editor_form, page_of, write_answer

BLANKS = ["\u200b" * 20, "\u3164" * 20, "\u2800" * 20, "\U000e0041" * 20, "\u00ad \u2060" * 10]
ids = [ascii(blank[:2]) for blank in BLANKS]
blanks = pytest.mark.parametrize("blank", BLANKS, ids=ids)


@blanks
@pytest.mark.parametrize("field", ["subject", "body", "name"])
def test_the_citizens_form_refuses_what_it_needs_and_nobody_sees(city, client, field, blank):
    response = client.post("/lapor/", citizen_form(**{field: blank}))
    assert response.status_code == 400
    assert set(response.context["form"].errors) == {field}


@blanks
def test_what_it_does_not_need_is_left_empty(city, client, blank):
    response = client.post("/lapor/", citizen_form(place=blank, address=blank, email=blank))
    assert response.status_code == 302
    complaint = Complaint.objects.get()
    assert (complaint.place, complaint.reporter.address, complaint.reporter.email) == ("", "", "")


def test_signs_that_nobody_sees_make_no_sentence_long_enough(city, client):
    form = citizen_form(subject="x\u200b\u200b\u200b\u200b", body="y" + "\u3164" * 20)
    assert set(client.post("/lapor/", form).context["form"].errors) == {"subject", "body"}


@blanks
@pytest.mark.parametrize("field", ["subject", "body", "name"])
def test_no_other_door_takes_such_a_complaint_either(city, field, blank):
    given = {"identity": Identity(blank, "0812-9999-0001")} if field == "name" else {field: blank}
    with pytest.raises(ActionRefused):
        submit(**given)
    assert not Complaint.objects.exists()


@blanks
@pytest.mark.parametrize(
    ("word", "state"), [("tambah", State.RECEIVED), ("buka-lagi", State.PUBLISHED)]
)
def test_the_reporter_adds_nothing_that_nobody_sees(office, client, word, state, blank):
    citizen = Citizen(client, office.complaint(to=state))
    assert citizen.send(word, text=blank).status_code == 400
    assert citizen.said() == []


@blanks
def test_staff_write_no_reason_question_or_answer_that_nobody_sees(office, client, blank):
    client.force_login(office.operator)
    complaint = office.complaint(to=State.VERIFIED)
    answer = rich_text(f"<p>{blank}</p>", features=ANSWER_FEATURES)
    for action, field, text in (
        ("misrouted", "reason", blank),
        ("ask", "question", blank),
        ("answer", "answer", answer),
    ):
        address = reverse("pengaduan_admin:action", args=[complaint.pk, action])
        response = client.post(address, {field: text})
        assert (response.status_code, set(response.context["form"].errors)) == (400, {field})
    with pytest.raises(ActionRefused):
        actions.reveal(complaint, office.operator, blank)
    with pytest.raises(ActionRefused):
        actions.inform(complaint.pk, uuid.uuid4(), blank)
    complaint.refresh_from_db()
    assert complaint.state == State.VERIFIED


@blanks
@pytest.mark.parametrize("field", ["title", "question", "answer"])
def test_no_page_passes_on_without_what_a_reader_would_see(office, client, field, blank):
    complaint = office.complaint(to=State.EDITING)
    client.force_login(office.editor)
    pressed = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    sent = editor_form(complaint, **{field: blank}, **pressed)
    response = client.post(f"/admin/pages/{page_of(complaint).pk}/edit/", sent)
    assert response.status_code == 200 and set(response.context["form"].errors) == {field}
    complaint.refresh_from_db()
    assert complaint.state == State.EDITING


@pytest.mark.parametrize("field", ["title", "question", "answer"])
def test_nor_past_the_editors_form(office, field):
    complaint = office.complaint(to=State.EDITING)
    write_answer(complaint, office.editor, **{"answer": "<p>Sudah.</p>", field: BLANKS[0]})
    with pytest.raises(ActionRefused):
        actions.approve(complaint.pk, office.editor)


@pytest.mark.parametrize("way", ["forward", "answer"])
def test_a_complaint_taken_in_before_the_rule_goes_its_way(office, way):
    complaint = office.complaint(to=State.VERIFIED)
    Complaint.objects.filter(pk=complaint.pk).update(subject=BLANKS[0][:6], body=BLANKS[1])
    if way == "forward":
        actions.forward(complaint.pk, office.operator, office.official)
    else:
        actions.answer(complaint.pk, office.operator, "<p>Sudah kami perbaiki.</p>")
    page = page_of(complaint)
    assert (page.title, page.question) == ("Pengaduan", "[…]")


@blanks
def test_no_agency_or_category_gets_a_name_that_nobody_sees(city, client, blank):
    client.force_login(superuser())
    for model, extra in ((Agency, {"short_name": "X", "remit": "Urusan."}), (Category, {})):
        address = reverse(model.snippet_viewset.get_url_name("add"))
        response = client.post(address, {"name": blank, "slug": "tak-tampak", **extra})
        assert response.status_code == 200 and "name" in response.context["form"].errors
        assert not model.objects.filter(slug="tak-tampak").exists()


def test_an_agencys_address_keeps_no_sign_that_nobody_sees(city, client):
    client.force_login(superuser())
    form = {"name": "Dinas  Uji\u2028Coba", "short_name": "DUC", "slug": "duc", "remit": "Urusan."}
    form |= {"email": "duc@kota.example\u202c", "active": "on"}
    client.post(reverse(Agency.snippet_viewset.get_url_name("add")), form)
    agency = Agency.objects.get(slug="duc")
    assert (agency.name, agency.email) == ("Dinas  Uji Coba", "duc@kota.example")


# As it went in, and counted as the browser counts.


def test_400_lines_are_as_long_as_the_browser_says(city, client):
    body = "\r\n".join(["baris lampu"] * 400)
    assert client.post("/lapor/", citizen_form(body=body)).status_code == 302
    assert len(Complaint.objects.get().body) == 4799


@pytest.mark.parametrize("word", ["tambah", "buka-lagi"])
def test_so_are_those_of_a_follow_up_to_the_last_sign(office, client, word):
    state = State.PUBLISHED if word == "buka-lagi" else State.RECEIVED
    citizen = Citizen(client, office.complaint(to=state))
    text = "\r\n".join(["baris lampu"] * 166) + "lampuxxx"
    assert citizen.send(word, text=text).status_code == 302
    assert (
        citizen.said()[-1][1] == text.replace("\r\n", "\n") and len(citizen.said()[-1][1]) == 1999
    )


def test_the_public_reads_what_the_citizen_wrote(office, client):
    words = "Sudah 1½ bulan lampu mati, lubang 10² cm, № 5 ½ﬁ Ｗ"
    complaint = office.complaint(to=State.PUBLISHED, subject=words[:60], body=words)
    shown = client.get(page_of(complaint).address).content.decode()
    assert words in shown
    assert Complaint.objects.get(pk=complaint.pk).body == words


def test_a_subject_that_grows_by_its_marks_still_has_a_page(office):
    identity = Identity("Bo", "0812-9999-0001")
    complaint = office.complaint(
        to=State.STUDY, identity=identity, subject="Bo " * 39, body="Bo " * 1600
    )
    page = page_of(complaint)
    assert page.title.startswith("[…] […]") and len(page.title) <= 255
    assert REPORTER.name not in page.question and "Bo" not in page.question


def test_a_subject_from_another_door_is_cut_to_what_the_database_takes(office):
    complaint = office.complaint(to=State.STUDY, subject="W" * 400, place="W" * 400)
    assert (len(complaint.subject), len(complaint.place)) == (120, 200)
    assert complaint.subject.endswith("W…")
