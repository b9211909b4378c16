"""Each role's day, with forty complaints in the city: how many clicks and pages it takes."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from pengaduan_app.models import Complaint, Reminder
from pengaduan_app.procedure.sop import State
from tests.support.factories import AgencyFactory
from tests.support.process import Office, write_answer

from .conftest import DESKTOP, PHONE
from .pages import Desk, Editor, fits

# Of the office's forty complaints so many wait in each state.
WAITING = {
    State.RECEIVED: 24,
    State.VERIFIED: 2,
    State.STUDY: 3,
    State.DECISION: 3,
    State.ENTRY: 2,
    State.EDITING: 2,
    State.PUBLICATION: 2,
    State.ROUTING: 2,
}
ANSWER = "Sudah kami kerjakan hari ini."
both_widths = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1280", "360"])


class Day:
    """Somebody's browser that counts what was pressed and which pages were opened."""

    def __init__(self, desk: Desk):
        self.page: Page = desk.page
        self.desk, self.pages, self.presses = desk, 0, 0
        self.page.expose_function("pressedOnce", self._press)
        self.page.add_init_script("addEventListener('pointerup', () => window.pressedOnce());")
        self.page.on("framenavigated", self._go)
        self.page.goto("/admin/")

    def _press(self) -> None:
        self.presses += 1

    def _go(self, frame) -> None:
        self.pages += frame == self.page.main_frame

    def count_from_here(self) -> None:
        self.pages = self.presses = 0

    def open_first(self) -> None:
        """The most urgent of the home's queue."""
        panel = self.page.locator("#my-steps-section")
        panel.locator("td a[href*='/complaints/']").first.click()
        expect(self.page.locator(".pgd-complaint")).to_be_visible()

    def open_answer(self) -> Editor:
        return self.desk.open_answer_page()


@pytest.fixture
def busy(office) -> Office:
    """The office on a busy morning."""
    for state, number in WAITING.items():
        for _each in range(number):
            complaint = office.complaint(to=state)
            if state == State.STUDY:
                write_answer(complaint, office.official)
    assert Complaint.objects.count() == 40
    return office


@pytest.fixture
def begin(sit_down):
    """`begin(office.operator, PHONE)`: that person's day begins at the home."""
    return lambda person, viewport: Day(sit_down(person, viewport))


def in_state(state: State) -> int:
    return Complaint.objects.filter(state=state).count()


@both_widths
def test_the_operator_verifies_and_forwards_ten_in_twelve_clicks(busy, begin, picture, viewport):
    day = begin(busy.operator, viewport)
    panel = day.page.locator("#my-steps-section")
    expect(panel).to_contain_text("28 langkah menunggu Anda")
    expect(panel).to_contain_text("24 menunggu")
    picture(day.page, f"80-pagi-operator-{viewport['width']}")
    panel.get_by_role("link", name="A1 · Memverifikasi pengaduan").click()
    boxes = day.page.locator("tbody input[type=checkbox]")
    expect(boxes.first).to_be_visible()
    day.count_from_here()
    for number in range(10):
        boxes.nth(number).check()
    day.page.get_by_role("link", name="Verifikasi dan teruskan pengaduan yang dipilih").click()
    day.page.locator("form.pgd-form button[type=submit]").click()
    expect(day.page.locator(".pgd-bulk .pgd-summary")).to_contain_text("10 pengaduan")
    picture(day.page, f"81-sepuluh-sekaligus-{viewport['width']}")
    assert fits(day.page)
    assert day.presses <= 12
    assert day.pages <= 2
    assert in_state(State.STUDY) == WAITING[State.STUDY] + 10


@both_widths
def test_the_operator_goes_from_one_to_the_next(busy, begin, viewport):
    """Verify and forward, each on its own page: two clicks each, and no list in between."""
    day = begin(busy.operator, viewport)
    panel = day.page.locator("#my-steps-section")
    panel.get_by_role("link", name="A1 · Memverifikasi pengaduan").click()
    day.page.locator("tbody a[href*='/complaints/']").first.click()
    day.count_from_here()
    for number in range(3):
        left = WAITING[State.RECEIVED] - number
        expect(day.page.get_by_text(f"1 dari {left} dalam antrean ini")).to_be_visible()
        day.desk.choose("Verifikasi dan teruskan")
        day.desk.confirm()
    expect(day.page.get_by_text(f"1 dari {left - 1} dalam antrean ini")).to_be_visible()
    # On a telephone “More” is pressed before.
    assert day.presses <= 3 * (3 if viewport == PHONE else 2)
    assert in_state(State.STUDY) == WAITING[State.STUDY] + 3


@both_widths
def test_official_and_head_pass_their_answers_on(busy, begin, viewport):
    for person, label, state in (
        (busy.official, "Laporkan ke pimpinan", State.DECISION),
        (busy.head, "Berikan jawaban tertulis ini", State.ENTRY),
    ):
        before, day = in_state(state), begin(person, viewport)
        day.open_first()
        day.count_from_here()
        for _each in range(2):
            day.open_answer().pass_on(label)
            expect(day.page.locator(".pgd-complaint")).to_be_visible()
        assert in_state(state) == before + 2
        # The answer's page, the step's own button; then the next complaint is there.
        assert day.presses <= 4
        assert fits(day.page)


@both_widths
def test_public_relations_publish_before_the_deadline(busy, begin, picture, viewport):
    for complaint in Complaint.objects.filter(state=State.EDITING):
        write_answer(complaint, busy.editor, f"<p>{ANSWER}</p>")
    day = begin(busy.editor, viewport)
    day.open_first()
    day.open_answer().pass_on("Sudah disunting: teruskan ke koordinator")
    day = begin(busy.coordinator, viewport)
    day.open_first()
    day.count_from_here()
    day.open_answer().pass_on("Terbitkan di situs web")
    picture(day.page, f"82-terbit-{viewport['width']}")
    assert day.presses <= 2
    assert in_state(State.PUBLISHED) == 1


@both_widths
def test_the_coordinator_reminds_two_agencies_at_once(office, begin, picture, viewport):
    other = Office()
    with time_machine.travel(timezone.now() - timedelta(hours=3), tick=False):
        for place in (office, other):
            place.operator  # noqa: B018  somebody is there to be reminded
            for _each in range(3):
                place.complaint()
    day = begin(office.coordinator, viewport)
    day.page.goto("/admin/complaints/owed/")
    day.count_from_here()
    for box in day.page.locator("input[name=agencies]").all():
        box.check()
    day.page.get_by_role("button", name="Ingatkan yang dicentang").click()
    expect(day.page.locator(".pgd-bulk tbody tr")).to_have_count(2)
    picture(day.page, f"83-tunggakan-{viewport['width']}")
    assert day.presses == 3
    assert Reminder.objects.filter(kind="manual").count() == 6


@both_widths
def test_the_administrator_moves_what_was_wrongly_addressed(busy, begin, viewport):
    right = AgencyFactory(name="Dinas Perhubungan", short_name="Dishub")
    Office(right).operator  # noqa: B018  somebody receives it there
    day = begin(busy.admin, viewport)
    day.open_first()
    day.desk.choose("Kirim ke perangkat daerah")
    day.page.get_by_label("Perangkat daerah yang tepat").select_option(str(right.pk))
    day.desk.confirm()
    expect(day.desk.messages).to_contain_text("Dinas Perhubungan")
    assert Complaint.objects.filter(agency=right, state=State.RECEIVED).count() == 1
