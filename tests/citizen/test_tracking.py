"""`/lacak/`: for who has number and code, and for nobody else."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import identify_hasher
from django.utils import timezone

from pengaduan_app import actions
from pengaduan_app.actions import CleanFile, intake
from pengaduan_app.models import Attachment
from pengaduan_app.procedure.sop import State
from tests.support.citizen import code_of
from tests.support.factories import submit
from tests.support.process import open_record

STOCK = (State.STUDY, State.DECISION, State.EDITING, State.PUBLICATION, State.PUBLISHED)

FILE = CleanFile(b"%PDF-1.4 %%EOF", "application/pdf", "pdf")


def track(client, ticket, code):
    return client.post("/lacak/", {"ticket": ticket, "code": code}, follow=True)


def right_pair(complaint):
    return complaint.ticket, code_of(complaint)


def shown(response) -> str:
    """A page without what differs in every answer, or was typed."""
    html = re.sub(r'(name="csrfmiddlewaretoken" )?value="[^"]*"', "", response.content.decode())
    return re.sub(r'nonce="[^"]*"', "", html)


@pytest.mark.parametrize("state", [s for s in State if s != State.DUPLICATE])
def test_number_and_code_show_state_and_words_at_every_stage(office, client, state):
    complaint = office.complaint(to=state, body="Lampu padam; pohonnya juga rimbun sekali.")
    response = track(client, *right_pair(complaint))
    assert response.status_code == 200
    assert response.context["state_label"]
    assert "pohonnya juga rimbun" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("change", [str.lower, lambda t: t.replace("-", ""), lambda t: f" {t} "])
def test_number_and_code_are_read_as_people_type_them(office, client, change):
    complaint = office.complaint()
    ticket, code = right_pair(complaint)
    assert track(client, change(ticket), change(code)).status_code == 200


def test_a_wrong_pair_does_not_tell_which_half_was_wrong(office, client):
    complaint, other = office.complaint(), office.complaint()
    ticket, code = right_pair(complaint)
    unknown = track(client, "MJK26-2222-2222", code)
    wrong = track(client, ticket, right_pair(other)[1])
    assert unknown.status_code == wrong.status_code == 400
    assert shown(unknown) == shown(wrong)


@pytest.mark.parametrize("known", [True, False])
def test_an_unknown_number_takes_as_much_work_as_a_wrong_code(office, monkeypatch, known):
    """Else the time of the answer would tell which numbers there are."""
    asked = []
    real = intake.check_password

    def check(code, encoded):
        asked.append((code, identify_hasher(encoded).algorithm, len(encoded)))
        return real(code, encoded)

    monkeypatch.setattr(intake, "check_password", check)
    complaint = office.complaint()
    ticket = complaint.ticket if known else "MJK26-2222-2222"
    assert intake.find(ticket, "AAAAA-AAAAA") is None
    stored = complaint.code_hash
    assert asked == [("AAAAA-AAAAA", identify_hasher(stored).algorithm, len(stored))]


def test_no_code_opens_an_unknown_number_not_even_that_of_nothing(office, monkeypatch):
    monkeypatch.setattr(intake, "check_password", lambda code, encoded: True)
    assert intake.find("MJK26-2222-2222", "AAAAA-AAAAA") is None


def test_a_number_that_is_taken_is_not_given_again(office, monkeypatch):
    taken = office.complaint().ticket
    signs = iter([taken[-9:].replace("-", ""), "ABCDEFGH"])
    monkeypatch.setattr(intake, "get_random_string", lambda *args: next(signs))
    assert intake._free_ticket(timezone.now()) == f"{taken[:-9]}ABCD-EFGH"


@pytest.mark.parametrize(
    ("ticket", "code"),
    [("", ""), ("x", "y"), ("\x00", "\x00"), ("😀" * 8, "'; --"), ("M" * 5000, "A" * 5000)],
)
def test_nonsense_is_refused_in_the_same_calm_way(city, client, ticket, code):
    assert track(client, ticket, code).status_code == 400


def test_guessing_is_stopped_even_with_the_right_pair_at_last(office, client, settings):
    settings.PENGADUAN_TRACKING_TRIES_PER_HOUR = 3
    complaint = office.complaint()
    ticket, code = right_pair(complaint)
    tries = [track(client, ticket, "AAAAA-AAAAA").status_code for _number in range(3)]
    assert tries == [400, 400, 400]
    assert track(client, ticket, code).status_code == 429


def test_following_ones_own_complaint_often_is_no_guessing(office, client, settings):
    settings.PENGADUAN_TRACKING_TRIES_PER_HOUR = 3
    pair = right_pair(office.complaint())
    assert {track(client, *pair).status_code for _number in range(6)} == {200}


def test_the_notes_and_names_of_staff_stay_inside(office, client):
    complaint = office.complaint(to=State.DECISION)
    actions.send_back(complaint.pk, office.head, "Catatan hanya untuk rekan.")
    html = track(client, *right_pair(complaint)).content.decode()
    assert "Catatan hanya" not in html
    for person in (office.operator, office.official, office.head):
        assert person.last_name not in html
        assert person.username not in html


# Attachments.


def test_an_attachment_opens_in_the_session_that_tracked_its_complaint(office, client):
    complaint = submit(office.agency, files=[FILE]).complaint
    url = f"/lacak/lampiran/{Attachment.objects.get().pk}/"
    assert client.get(url).status_code == 404
    track(client, *right_pair(complaint))
    response = client.get(url)
    assert b"".join(response.streaming_content) == FILE.content
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Content-Disposition"].startswith("attachment")


def test_an_attachment_of_another_complaint_stays_shut(office, client):
    submit(office.agency, files=[FILE])
    track(client, *right_pair(office.complaint()))
    url = f"/lacak/lampiran/{Attachment.objects.get().pk}/"
    assert client.get(url).status_code == 404


def test_a_wrong_code_opens_no_attachment(office, client):
    complaint = submit(office.agency, files=[FILE]).complaint
    track(client, complaint.ticket, "AAAAA-AAAAA")
    url = f"/lacak/lampiran/{Attachment.objects.get().pk}/"
    assert client.get(url).status_code == 404


def test_a_step_that_is_overdue_says_so_while_it_is_open(office, client):
    complaint = office.complaint()
    assert "terlambat" not in track(client, *right_pair(complaint)).content.decode()
    with time_machine.travel(open_record(complaint).due_at + timedelta(hours=28)):
        html = track(client, *right_pair(complaint)).content.decode()
    assert "terlambat 1 hari 4 jam" in html


def test_each_step_names_who_does_it_and_not_only_the_agency(office, client):
    """An agency is not blamed for public relations' delay."""
    complaint = office.complaint(to=State.PUBLISHED)
    rows = track(client, *right_pair(complaint)).context["timeline"]
    who = {row.step.value: str(row.who) for row in rows}
    assert {who[step] for step in ("A1", "A2", "A5", "A6", "A8")} == {office.agency.name}
    assert (who["B1"], who["B2"]) == ("Redaktur Humas", "Koordinator Humas")
    html = client.get(complaint.page.get_url()).content.decode()
    assert "Koordinator Humas" in html


def test_a_question_stands_above_everything_else(office, client):
    complaint = office.complaint(to=State.STUDY)
    assert "Perangkat daerah bertanya" not in track(client, *right_pair(complaint)).content.decode()
    actions.ask(complaint.pk, office.official, "Lampu yang mana tepatnya?")
    html = track(client, *right_pair(complaint)).content.decode()
    assert html.index("Perangkat daerah bertanya kepada Anda.") < html.index('class="state"')
    assert '<a href="#jawab">' in html


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.DECLINED, "dengan kata-kata lain"),
        (State.REFERRED, "Hubungi Inspektorat"),
        (State.RETRACTED, "kirim pengaduan baru"),
    ],
)
def test_an_end_without_an_answer_says_what_can_be_done(office, client, state, words):
    html = track(client, *right_pair(office.complaint(to=state))).content.decode()
    assert words in html
    assert "Kirim pengaduan baru" in html


def test_what_is_still_open_is_found_from_the_first_page(office, client):
    complaint = office.complaint()
    assert complaint.ticket not in client.get("/lacak/").content.decode()
    track(client, *right_pair(complaint))
    html = client.get("/lacak/").content.decode()
    assert f'<a href="/lacak/aduan/">{complaint.ticket}</a>' in html
