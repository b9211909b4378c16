"""An answer's page once it is answered: it says so, and offers what may still be done."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core.exceptions import PermissionDenied

from pengaduan_app import actions
from pengaduan_app.procedure.sop import State
from tests.support.crowd import superuser
from tests.support.process import page_of

STOCK = (State.PUBLICATION, State.PUBLISHED)
LOCKED = "sedang tidak berada pada langkah siapa pun"


def editor(client, user, complaint) -> str:
    client.force_login(user)
    return client.get(f"/admin/pages/{page_of(complaint).pk}/edit/").content.decode()


def buttons(text: str) -> list[str]:
    """The labels of the page's buttons, the main one first."""
    footer = text[text.index('<footer class="footer') :]
    found = re.findall(r"<(?:a|button)[^>]*>(.*?)</(?:a|button)>", footer, re.DOTALL)
    words = (" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in found)
    return [word for word in words if word]


PEOPLE = ("operator", "official", "head", "editor", "coordinator")


@pytest.mark.parametrize("person", PEOPLE)
def test_a_published_answer_is_not_shown_as_locked(client, office, person):
    complaint = office.complaint(to=State.PUBLISHED)
    text = editor(client, getattr(office, person), complaint)
    assert 'data-message-status="warning"' not in text
    assert "Halaman terkunci" not in text
    assert buttons(text)[0] == "Terbit: lihat di situs web"
    assert page_of(complaint).full_url in text


@pytest.mark.parametrize("person", PEOPLE)
def test_who_may_withdraw_finds_the_button(client, office, person):
    complaint = office.complaint(to=State.PUBLISHED)
    text = editor(client, getattr(office, person), complaint)
    assert ("Tarik dari situs web" in " ".join(buttons(text))) == (person == "coordinator")


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("state", [State.PUBLISHED, State.ANSWERED_PRIVATELY])
def test_public_relations_find_the_way_to_a_correction(client, office, person, state):
    complaint = office.complaint(to=state)
    text = editor(client, getattr(office, person), complaint)
    found = f'href="/admin/complaints/{complaint.pk}/correct/"' in text
    assert found == (person in ("editor", "coordinator"))


def test_the_button_withdraws(client, office):
    complaint = office.complaint(to=State.PUBLISHED)
    address = re.search(
        r'href="(/admin/pages/\d+/unpublish/)"', editor(client, office.coordinator, complaint)
    )
    assert client.get(address[1]).status_code == 200
    client.post(address[1])
    complaint.refresh_from_db()
    assert complaint.state == State.ANSWERED_PRIVATELY
    text = editor(client, office.coordinator, complaint)
    assert buttons(text)[0] == "Tidak di situs web: buka pengaduan"
    assert "unpublish" not in text


def test_a_private_answer_leads_to_its_complaint(client, office):
    complaint = office.complaint(to=State.ANSWERED_PRIVATELY, confidential=True)
    text = editor(client, office.coordinator, complaint)
    assert buttons(text)[0] == "Tidak di situs web: buka pengaduan"
    assert "Tarik dari situs web" not in " ".join(buttons(text))
    assert 'data-message-status="warning"' not in text


def test_a_superuser_is_offered_no_more(client, office):
    text = editor(client, superuser(), office.complaint(to=State.PUBLISHED))
    assert buttons(text) == ["Terbit: lihat di situs web"]


def test_a_reopened_answer_has_its_steps_buttons_again(client, office):
    text = editor(client, office.official, office.reopened())
    assert "Setujui" in " ".join(buttons(text)) or "Lapor" in " ".join(buttons(text))
    assert "Terbit: lihat" not in text


def test_an_answer_that_stands_still_cannot_be_saved(office):
    page = page_of(office.complaint(to=State.PUBLISHED)).get_latest_revision_as_object()
    with pytest.raises(PermissionDenied, match=LOCKED):
        page.save_revision(user=office.coordinator)


def test_a_draft_that_nobody_works_on_any_more_says_so(client, office):
    complaint = office.complaint(to=State.STUDY)
    actions.retract(complaint.pk, uuid.uuid4())
    text = editor(client, office.coordinator, complaint)
    assert LOCKED in text
    assert "Terbit: lihat" not in text
