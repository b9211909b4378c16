"""Ways around the procedure that were once open, each by whom and how it was tried."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, PageLogEntry, PageSubscription
from wagtail.search.models import IndexEntry

from pengaduan_app import actions, permissions
from pengaduan_app.models import Agency, Complaint, ComplaintPage
from pengaduan_app.procedure.sop import Role, State
from pengaduan_app.setup import ROLE_GROUPS
from tests.support.factories import REPORTER, AgencyFactory, UserFactory, citizen_form, submit
from tests.support.process import Office, page_of, write_answer

STOCK = (State.EDITING, State.STUDY, State.PUBLICATION, State.PUBLISHED)

HIDDEN_WORD = "rahasiaperkara"


def browser_of(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def api(page, action: str) -> str:
    return f"/admin/api/main/pages/{page.pk}/action/{action}/"


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.OFFICIAL, Role.HEAD])
def test_the_agency_cannot_bring_an_old_text_back_behind_humas(office, role):
    complaint = office.complaint(to=State.PUBLICATION)
    page = page_of(complaint)
    newest, oldest = page.latest_revision_id, page.revisions.order_by("pk").first().pk
    browser_of(office.person(role)).post(
        api(page, "revert_to_page_revision"), {"revision_id": oldest}
    )
    assert page_of(complaint).latest_revision_id == newest


@pytest.mark.parametrize("action", ["publish", "unpublish"])
def test_not_even_the_coordinator_publishes_or_unpublishes_by_the_admin_api(office, action):
    complaint = office.complaint(to=State.PUBLISHED)
    page = page_of(complaint)
    response = browser_of(office.coordinator).post(api(page, action))
    assert response.status_code == 403
    assert page_of(complaint).live


def test_a_draft_is_saved_only_by_whose_step_it_is(office):
    complaint = office.complaint(to=State.EDITING)
    with pytest.raises(PermissionDenied):
        write_answer(complaint, office.official)
    write_answer(complaint, office.editor)


def test_the_address_of_a_draft_says_nothing_and_that_of_an_answer_only_what_humas_wrote(office):
    complaint = office.complaint(to=State.EDITING, subject=f"Perkara {HIDDEN_WORD} tetangga")
    assert HIDDEN_WORD not in page_of(complaint).url_path
    write_answer(complaint, office.editor, title="Warga bertengkar di gang")
    office.advance(complaint, State.PUBLISHED)
    assert page_of(complaint).slug == f"warga-bertengkar-di-gang-{complaint.pk}"


def test_an_answer_cannot_link_to_a_page_that_is_not_public(office, other_office):
    foreign = page_of(other_office.complaint(to=State.STUDY))
    complaint = office.complaint(to=State.STUDY)
    write_answer(complaint, office.official, f'<p><a linktype="page" id="{foreign.pk}">ini</a></p>')
    with pytest.raises(actions.NotNow, match="tidak publik"):
        actions.approve(complaint.pk, office.official)


def test_who_follows_another_complaint_never_reads_a_private_answer(office):
    original = office.complaint(to=State.PUBLICATION)
    follower = office.complaint()
    actions.duplicate(follower.pk, office.operator, original)
    with pytest.raises(actions.NotNow):
        actions.publish_privately(original.pk, office.coordinator)
    answered = office.complaint(to=State.ANSWERED_PRIVATELY)
    with pytest.raises(actions.NotNow):
        actions.duplicate(office.complaint().pk, office.operator, answered)


def test_who_follows_a_withdrawn_answer_no_longer_reads_it(office, client):
    original = office.complaint(to=State.PUBLICATION)
    receipt = submit(office.agency)
    actions.duplicate(receipt.complaint.pk, office.operator, original)
    office.advance(original, State.PUBLISHED)
    pair = {"ticket": receipt.complaint.ticket, "code": receipt.code}
    words, track = "Lampu sudah kami ganti", reverse("pengaduan:track")
    assert words in client.post(track, pair, follow=True).content.decode()
    actions.withdraw(original.pk, office.coordinator)
    assert words not in client.post(track, pair, follow=True).content.decode()


def test_nobody_is_mailed_what_others_comment_on_a_complaint(office):
    page = page_of(office.complaint(to=State.STUDY))
    subscription = PageSubscription.objects.create(
        page=page, user=office.head, comment_notifications=True
    )
    assert not PageSubscription.objects.get(pk=subscription.pk).comment_notifications
    assert mail.outbox == []


def test_what_was_said_about_a_draft_is_gone_once_humas_has_edited_it(office):
    complaint = office.complaint(to=State.EDITING)
    page = page_of(complaint)
    said = f"Pelapornya {REPORTER.name}, {REPORTER.phone}"
    Comment.objects.create(page=page, user=office.official, text=said, contentpath="answer")
    write_answer(complaint, office.editor)
    PageLogEntry.objects.log_action(
        page, "wagtail.comments.create", user=office.editor, data={"comment": {"text": said}}
    )
    actions.approve(complaint.pk, office.editor)
    kept = [json.dumps(revision.content) for revision in page.revisions.all()]
    kept += [json.dumps(entry.data) for entry in PageLogEntry.objects.filter(page=page.pk)]
    assert not [text for text in kept if REPORTER.name in text]


def test_masking_the_history_leaves_plain_text_as_it_was(office):
    complaint = office.complaint(to=State.EDITING)
    odd = "Jalan A & B <rusak> sejak Senin"
    write_answer(complaint, office.editor, question=f"{odd} 0812-9999-0001")
    write_answer(complaint, office.editor, question=odd)
    actions.approve(complaint.pk, office.editor)
    questions = {revision.content["question"] for revision in page_of(complaint).revisions.all()}
    assert f"{odd} […]" in questions


@pytest.mark.parametrize("body", ["<a " * 1500, "&#" * 2000, "<![CDATA[" * 300, "<!--" * 900])
def test_no_citizen_can_write_what_can_never_be_answered(office, body):
    assert office.complaint(to=State.PUBLISHED, body=body).state == State.PUBLISHED


def test_angle_brackets_hide_nothing_from_the_editor(office):
    complaint = office.complaint(to=State.EDITING)
    write_answer(complaint, office.editor, question="Hubungi <hp 0812-9999-0001> untuk kabar")
    with pytest.raises(actions.NotNow):
        actions.approve(complaint.pk, office.editor)


def test_a_note_for_colleagues_holds_no_telephone_number(office):
    complaint = office.complaint()
    address = reverse("pengaduan_admin:action", args=[complaint.pk, "verify"])
    response = browser_of(office.operator).post(address, {"note": f"HP {REPORTER.phone}"})
    assert response.status_code == 400
    complaint.refresh_from_db()
    assert complaint.state == State.RECEIVED


def test_who_is_called_to_coordinate_cannot_open_the_identity(office, other_office):
    complaint = office.complaint(to=State.DECISION)
    actions.coordinate(complaint.pk, office.head, [other_office.agency])
    complaint.refresh_from_db()
    both = UserFactory(role=Role.OPERATOR, agency=other_office.agency)
    both.groups.add(other_office.official.groups.get(name=ROLE_GROUPS[Role.OFFICIAL]))
    assert permissions.may_see(both, complaint)
    assert not permissions.may_reveal(both, complaint)


@pytest.mark.parametrize("name", ["Operator", "Koordinator Humas"])
def test_no_agency_can_take_over_a_role_group_by_its_name(city, name):
    with pytest.raises(ValidationError):
        Agency(name=name, short_name="X", slug="x", remit="x").full_clean()


def test_an_agency_can_be_saved_again_under_its_own_name(city):
    AgencyFactory().full_clean()


@pytest.mark.parametrize("extra", ["[]", "1", "{", '{"task_state": 1}', '{"comment": {"a": 1}}'])
def test_garbled_workflow_data_is_refused_and_not_an_error(office, extra):
    complaint = office.complaint(to=State.EDITING)
    page = page_of(complaint)
    response = browser_of(office.editor).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        {
            "action-workflow-action": "1",
            "workflow-action-name": "approve",
            "workflow-action-extra-data": extra,
            "title": page.title,
            "question": page.question,
            "answer": "null",
        },
    )
    assert response.status_code < 500


def test_the_index_itself_is_nobodys_to_submit(office):
    index = page_of(office.complaint(to=State.STUDY)).get_parent().get_parent()
    response = browser_of(office.editor).post(
        reverse("wagtailadmin_pages:edit", args=[index.pk]), {"action-submit": "1", "title": "x"}
    )
    assert response.status_code == 302


def test_not_even_a_superuser_deletes_complaints_with_the_pages_above_them(office):
    page = page_of(office.complaint(to=State.STUDY))
    index = page.get_parent().get_parent()
    admin = UserFactory(is_superuser=True)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    browser_of(admin).post(f"{address}?id={index.pk}")
    assert ComplaintPage.objects.filter(pk=page.pk).exists()


def test_complaints_are_no_snippets_to_delete_in_bulk_for_anybody(office):
    """Wagtail's view would name each of them to every member of staff."""
    complaint = office.complaint(to=State.STUDY)
    address = reverse("wagtail_bulk_action", args=["pengaduan_app", "complaint", "delete"])
    for person in (UserFactory(is_superuser=True), Office().operator):
        for question in ("id=all", f"id={complaint.pk}"):
            assert browser_of(person).get(f"{address}?{question}").status_code == 404
            assert browser_of(person).post(f"{address}?{question}").status_code == 404
    assert Complaint.objects.filter(pk=complaint.pk).exists()


def test_a_receipt_that_nobody_opened_does_not_wait_for_the_next_person(city, client):
    client.post(reverse("pengaduan:submit"), citizen_form())
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        response = client.get(reverse("pengaduan:receipt"))
    assert response.status_code == 302


def test_guessing_a_password_is_braked(city, client, monkeypatch):
    monkeypatch.setattr("home.staff_login.limits.WRONG_PASSWORDS", 3)
    user = UserFactory(role=Role.OPERATOR)
    pair = {"username": user.username, "password": "salah"}
    for _attempt in range(3):
        client.post("/admin/login/", pair)
    right = client.post("/admin/login/", pair | {"password": "rahasia-uji-coba"})
    assert right.status_code == 200


def index_words() -> str:
    """Everything that the search index holds, as text."""
    return " ".join(f"{entry.title} {entry.body}" for entry in IndexEntry.objects.all())


def test_a_draft_and_a_withdrawn_answer_are_in_no_search_index(office):
    complaint = office.complaint(to=State.EDITING, subject=f"Lampu {HIDDEN_WORD} padam")
    page_of(complaint).save()
    assert HIDDEN_WORD not in index_words()
    office.advance(complaint, State.PUBLISHED)
    assert HIDDEN_WORD in index_words()
    actions.withdraw(complaint.pk, office.coordinator)
    assert HIDDEN_WORD not in index_words()
