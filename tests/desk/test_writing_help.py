"""Reply templates and earlier answers beside the editor, for every step of the answer."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail import hooks
from wagtail.test.utils.form_data import rich_text

from pengaduan_app import actions
from pengaduan_app.actions import NotNow
from pengaduan_app.citizen import SimilarAnswer
from pengaduan_app.desk.editor.writing_help import MOST_ANSWERS, filled
from pengaduan_app.models import CannedAnswer
from pengaduan_app.models.office.reference_data import ANSWER_FEATURES
from pengaduan_app.procedure.sop import State
from tests.support.factories import REPORTER, AgencyFactory, CategoryFactory, submit
from tests.support.process import page_of, write_answer

STOCK = (State.STUDY, State.DECISION, State.ENTRY, State.EDITING, State.PUBLICATION)
HOOK = "pengaduan_similar_answers"


def editor(client, user, complaint):
    client.force_login(user)
    address = reverse("wagtailadmin_pages:edit", args=[page_of(complaint).pk])
    return BeautifulSoup(client.get(address).content, "html.parser")


def inserted(soup) -> list[str]:
    """The text of each thing that a button would put into the answer."""
    raws = [json.loads(button["data-pgd-insert"]) for button in soup.select("[data-pgd-insert]")]
    return [" ".join(block["text"] for block in raw["blocks"]) for raw in raws]


@pytest.mark.parametrize(
    ("state", "person"),
    [
        (State.STUDY, "official"),
        (State.DECISION, "head"),
        (State.ENTRY, "operator"),
        (State.EDITING, "editor"),
        (State.PUBLICATION, "coordinator"),
    ],
)
def test_each_step_of_the_answer_is_offered_templates_with_the_data_in_them(
    office, client, state, person
):
    CannedAnswer.objects.create(title="Terima", body="<p>Laporan {tiket}: <b>[tanggal]</b>.</p>")
    CannedAnswer.objects.create(title="Lain", body="<p>Lain.</p>", agency=AgencyFactory())
    complaint = office.complaint(to=state)
    found = inserted(editor(client, getattr(office, person), complaint))
    assert found == [f"Laporan {complaint.ticket}: [tanggal]."]


def test_who_may_not_write_is_offered_none(office, client):
    CannedAnswer.objects.create(title="Terima", body="<p>Terima kasih.</p>")
    complaint = office.complaint(to=State.STUDY)
    assert not inserted(editor(client, office.head, complaint))


def test_a_template_brings_no_personal_data_and_no_markup_into_an_answer(office):
    complaint = submit(
        office.agency,
        subject=f"Lampu {REPORTER.name} <b>padam</b>",
        place="Depan rumah, 0812-3456-7890",
    ).complaint
    text = filled("<p>{judul} | {tempat}</p>", complaint)
    assert REPORTER.name not in text
    assert "0812" not in text
    assert "&lt;b&gt;" in text


def test_every_placeholder_is_filled_and_what_is_not_known_stays_a_blank(office):
    category = CategoryFactory(name="Penerangan")
    complaint = submit(office.agency, subject="Lampu", place="Jalan Meri", category=category)
    complaint = complaint.complaint
    body = "{tiket}|{judul}|{instansi}|{tempat}|{kategori}"
    expected = f"{complaint.ticket}|Lampu|{office.agency.name}|Jalan Meri|Penerangan"
    assert filled(body, complaint) == expected
    assert filled("{tanggal}", complaint).endswith(str(complaint.created_at.year))
    bare = submit(office.agency).complaint
    bare.place, bare.category = "", None
    assert filled("{tempat} {kategori}", bare) == "[tempat] [kategori]"


def test_a_direct_answer_starts_from_a_template_that_is_filled_in(office, client):
    canned = CannedAnswer.objects.create(title="Terima", body="<p>Laporan {tiket}.</p>")
    complaint = office.complaint(to=State.VERIFIED)
    client.force_login(office.operator)
    shown = client.get(f"/admin/complaints/{complaint.pk}/answer/", {"template": canned.pk})
    assert shown.context["form"].initial["answer"] == f"<p>Laporan {complaint.ticket}.</p>"


@pytest.mark.parametrize("blank", ["____", "pada _______ nanti", "{tiket}", "[kategori]"])
def test_no_step_ends_with_a_blank(office, blank):
    complaint = office.complaint(to=State.STUDY)
    write_answer(complaint, office.official, f"<p>Selesai {blank}.</p>")
    with pytest.raises(NotNow):
        actions.approve(complaint.pk, office.official)
    direct = office.complaint(to=State.VERIFIED)
    with pytest.raises(NotNow):
        actions.answer(direct.pk, office.operator, f"<p>Selesai {blank}.</p>")


@pytest.mark.parametrize("text", ["a_b", "__", "{lain} dan {}", "[…]"])
def test_what_is_no_blank_goes_on(office, text):
    complaint = office.complaint(to=State.STUDY)
    write_answer(complaint, office.official, f"<p>Selesai {text}.</p>")
    actions.approve(complaint.pk, office.official)


@pytest.mark.parametrize(
    ("body", "taken"),
    [
        ("Laporan {tiket} di {tempat}, [tanggal] ____.", True),
        ("Yth. {nama}", False),
        ("Nomor {Tiket}", False),
        ("Nomor {tiket", False),
        ("Nomor {<b>tiket</b>}", False),
    ],
)
def test_a_placeholder_that_does_not_exist_is_refused(office, client, body, taken):
    client.force_login(office.admin)
    html = rich_text(f"<p>{body}</p>", features=ANSWER_FEATURES)
    sent = {"title": "Baru", "agency": "", "body": html}
    client.post(reverse("wagtailsnippets_pengaduan_app_cannedanswer:add"), sent)
    assert CannedAnswer.objects.filter(title="Baru").exists() is taken


def similar_of(*pages):
    return lambda text, limit: [
        SimilarAnswer(p.title, p.url or "", "", p.answered_at, p.pk) for p in pages
    ][:limit]


def test_earlier_answers_are_published_ones_and_not_the_own(office, client):
    other, private, withdrawn = (
        office.complaint(to=State.PUBLISHED),
        submit(office.agency, confidential=True).complaint,
        office.complaint(to=State.PUBLISHED),
    )
    office.advance(private, State.ANSWERED_PRIVATELY)
    actions.withdraw(withdrawn.pk, office.coordinator)
    own = office.reopened(State.STUDY)
    pages = [page_of(each) for each in (own, private, withdrawn, other)]
    with hooks.register_temporarily(HOOK, similar_of(*pages), order=-1):
        soup = editor(client, office.official, own)
    (link,) = soup.select(".pgd-help a")
    assert link["href"] == page_of(other).url
    assert (link["target"], link["rel"]) == ("_blank", ["noopener"])
    see_also, text = inserted(soup)
    assert page_of(other).title in see_also
    assert "Lampu sudah kami ganti" in text


def test_no_more_than_five_are_shown(office, client):
    pages = [page_of(office.complaint(to=State.PUBLISHED)) for _ in range(MOST_ANSWERS + 1)]
    complaint = office.complaint(to=State.STUDY)
    with hooks.register_temporarily(HOOK, similar_of(*pages), order=-1):
        assert len(editor(client, office.official, complaint).select(".pgd-help a")) == MOST_ANSWERS
