"""One median, one share and one length of time, wherever figures are shown."""

from __future__ import annotations

import pytest
import time_machine
from django.utils import timezone

from pengaduan_app.models import PublishedAnswer, StepRecord
from pengaduan_app.presentation.quantities import FEW, Share, median
from pengaduan_app.procedure.sop import State
from pengaduan_app.publication import facets
from pengaduan_app.statistics import snapshot


@pytest.mark.parametrize(
    ("values", "found"),
    [([], None), ([7], 7), ([9, 1], 1), ([5, 1, 9], 5), ([40, 10, 30, 20], 20)],
)
def test_a_median_is_a_time_that_something_took(values, found):
    """Half of them took no longer: of two in the middle it is the shorter one."""
    assert median(values) == found


@pytest.mark.parametrize(
    ("share", "text"),
    [(Share(0, 0), "–"), (Share(4, 4), "100% *"), (Share(FEW, FEW), "100%"), (Share(4, 5), "80%")],
)
def test_a_share_of_few_cases_is_marked(share, text):
    assert share.text == text


@pytest.fixture
def answers(office):
    """Two answers of one agency; the second took an hour longer."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        for minutes in (0, 60):
            complaint = office.complaint(to=State.VERIFIED)
            traveller.shift(minutes * 60)
            office.advance(complaint, State.PUBLISHED)
    facets.forget()
    return list(PublishedAnswer.objects.all())


def test_an_agencys_page_and_the_statistics_say_the_same_of_the_same_answers(office, answers):
    found = facets.figures(office.agency.pk)
    [line] = snapshot.refresh().figures["agencies"]
    assert found.median_seconds == line["median_seconds"] < 60
    total = snapshot.refresh().figures["total"]
    assert (found.on_time.part, found.on_time.whole) == (total["on_time"], total["answered"])


def test_a_late_reminder_makes_no_answer_late_on_either_page(office, answers):
    """C1 is the coordinator's own step (SOP C1)."""
    step = {"step": "C1", "judged_as": "C1", "late": True, "limit_minutes": 120}
    moment = timezone.now()
    moments = {"started_at": moment, "due_at": moment, "finished_at": moment}
    StepRecord.objects.create(complaint_id=answers[0].complaint_id, **step, **moments)
    assert facets.figures(office.agency.pk).on_time == Share(2, 2)
    assert snapshot.refresh().figures["total"]["on_time"] == 2


def test_an_agencys_page_says_how_its_figures_differ_and_that_they_are_few(office, answers, client):
    html = client.get(f"/pengaduan/{office.agency.slug}/").content.decode()
    assert "<dd>100% *</dd>" in html
    assert "kurang dari 5 kasus" in html
    assert "langkah perangkat daerah sendiri" in html
