"""More ways around that were once open: by odd signs, by spreadsheets, by bad timing."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import FormState

from pengaduan_app import actions
from pengaduan_app.contrib.search.models import Word
from pengaduan_app.models import ComplaintPage
from pengaduan_app.procedure.sop import State
from pengaduan_app.reports.catalogue import REPORTS
from tests.support.crowd import person
from tests.support.factories import CategoryFactory
from tests.support.process import page_of, write_answer

STOCK = (State.EDITING,)

# What a word processor leaves behind, and what no XML may hold.
UNPRINTABLE = "\x0b\x0c\x01\x1f\ufffe"


@pytest.mark.parametrize("address", ["/feed/", "/feed/atom/"])
@pytest.mark.parametrize("field", ["title", "answer"])
def test_no_sign_in_one_answer_takes_the_feeds_from_everybody(office, client, address, field):
    complaint = office.complaint(to=State.EDITING)
    write_answer(complaint, office.editor, **{field: f"Lampu{UNPRINTABLE}menyala"})
    office.advance(complaint, State.PUBLISHED)
    response = client.get(address)
    text = "".join(ElementTree.fromstring(response.content).itertext())  # noqa: S314  our own
    assert "Lampu" in text
    assert "menyala" in text


@pytest.mark.parametrize("sign", ["\ufb03", "\u33a5", "\ufdfa", "\u01c4", "\u0149"])
def test_signs_that_stand_for_many_letters_make_no_word_too_long_for_the_index(office, sign):
    """PostgreSQL would refuse the word, and with it the publication, each time again."""
    complaint = office.complaint(to=State.EDITING)
    write_answer(complaint, office.editor, question=f"Warga {sign * 39} dan {sign * 200}")
    office.advance(complaint, State.PUBLISHED)
    assert max(len(word) for word in Word.objects.values_list("word", flat=True)) <= 40


def test_no_name_is_a_formula_in_a_reports_spreadsheet(office):
    formula = '=HYPERLINK("https://contoh.example";"klik")'
    office.agency.name = f"{formula} dinas"
    office.agency.save()
    category = CategoryFactory(slug="rumus", name=formula)
    complaint = office.complaint(to=State.VERIFIED, category=category)
    office.advance(complaint, State.PUBLISHED)
    browser, first = person("the coordinator", office.coordinator).browser, []
    for name in REPORTS:
        address = reverse(f"pengaduan_reports:{name}")
        month = f"{timezone.localdate():%Y-%m}"
        for table in ("agencies", "categories", "category"):
            query = {"export": "csv", "table": table, "preset": "year", "month": month}
            response = browser.get(address, query)
            text = b"".join(response).decode()
            first += [row[0] for row in csv.reader(io.StringIO(text)) if row]
    assert any("HYPERLINK" in cell for cell in first)
    assert [cell for cell in first if cell.startswith(("=", "+", "-", "@"))] == []


@pytest.mark.parametrize("address", ["/api/v2/complaints/", "/api/v2/pages/"])
@pytest.mark.parametrize("name", ["agency", "category", "village", "id", "child_of"])
def test_a_number_too_large_for_the_database_is_no_error_page(office, client, address, name):
    client.raise_request_exception = False
    query = {name: "9" * 30, "type": "pengaduan_app.ComplaintPage"}
    assert client.get(address, query).status_code < 500


@pytest.mark.parametrize("end", ["created_at_from", "created_at_to"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_too_far_away_for_the_database_is_no_error_page(office, end, day):
    browser = person("the coordinator", office.coordinator).browser
    assert browser.get("/admin/complaints/", {end: day}).status_code == 200


def test_what_an_editor_typed_and_never_saved_is_gone_with_the_draft(office):
    """Wagtail keeps the form of a preview for a while, with the words that B1 took out."""
    complaint, other = office.complaint(to=State.EDITING), office.complaint(to=State.EDITING)
    kind = ContentType.objects.get_for_model(ComplaintPage)
    for each in (complaint, other):
        FormState.objects.create(
            data="answer=Ibu+Wulan", user=office.editor, content_type=kind,
            object_id=str(page_of(each).pk),
            last_updated_at=timezone.now(),
        )  # fmt: skip
    actions.approve(complaint.pk, office.editor)
    assert list(FormState.objects.values_list("object_id", flat=True)) == [str(page_of(other).pk)]
