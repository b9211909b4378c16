"""Scheduled publication: the site's own pages follow it, the procedure's pages never do."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone
from django_q.models import Schedule
from wagtail.models import Page, Revision, Site

from home.models import ContentPage
from pengaduan_app import tasks
from pengaduan_app.models import AgencyPage, ComplaintIndexPage, ComplaintPage
from pengaduan_app.procedure.sop import State
from tests.support.process import page_of

MINUTE = timedelta(minutes=1)


@pytest.fixture
def about(city):
    home = Site.objects.get(is_default_site=True).root_page
    about = ContentPage(title="Tentang", slug="tentang", body="<p>Kami.</p>", live=False)
    return home.add_child(instance=about)


def a_moment_later() -> None:
    with time_machine.travel(timezone.now() + 2 * MINUTE):
        tasks.publish_scheduled()


def test_the_cluster_is_told_to_do_it_each_minute(city):
    schedule = Schedule.objects.get(func="pengaduan_app.tasks.publish_scheduled")
    assert (schedule.minutes, schedule.repeats) == (1, -1)


def test_a_page_of_the_site_goes_live_and_expires(about, client):
    about.go_live_at = timezone.now() + MINUTE
    about.save_revision().publish()
    tasks.publish_scheduled()
    assert not Page.objects.get(pk=about.pk).live
    a_moment_later()
    assert client.get(about.url).status_code == 200
    Page.objects.filter(pk=about.pk).update(expire_at=timezone.now() - MINUTE)
    tasks.publish_scheduled()
    assert client.get(about.url).status_code == 404


def schedule_by_any_way(page, how: str) -> None:
    """A moment that has come, however somebody wrote it."""
    past = timezone.now() - MINUTE
    if how == "save":
        page.go_live_at, page.expire_at = past, past
        page.save()
    elif how == "revision":
        page.go_live_at = timezone.now() + MINUTE
        page.moved_by_procedure = True
        page.save_revision(approved_go_live_at=past)
    elif how == "row":
        Page.objects.filter(pk=page.pk).update(go_live_at=past, expire_at=past)
    else:
        Revision.objects.filter(object_id=str(page.pk)).update(approved_go_live_at=past)


WAYS = pytest.mark.parametrize("how", ["save", "revision", "row", "revision row"])


@WAYS
@pytest.mark.parametrize("state", [State.STUDY, State.PUBLICATION, State.ANSWERED_PRIVATELY])
def test_a_complaints_page_never_goes_live_by_schedule(office, about, how, state):
    about.go_live_at = timezone.now() + MINUTE
    about.save_revision().publish()
    page = page_of(office.complaint(to=state))
    schedule_by_any_way(page, how)
    a_moment_later()
    assert not page_of(page.complaint).live
    # And it holds up nobody else's.
    assert Page.objects.get(pk=about.pk).live


@WAYS
def test_a_published_answer_never_expires(office, how):
    page = page_of(office.complaint(to=State.PUBLISHED))
    schedule_by_any_way(page, how)
    tasks.publish_scheduled()
    assert page_of(page.complaint).live


@WAYS
def test_nor_do_the_index_and_a_section(office, how):
    for model in (ComplaintIndexPage, AgencyPage):
        schedule_by_any_way(model.objects.first(), how)
    tasks.publish_scheduled()
    assert AgencyPage.objects.get().live and ComplaintIndexPage.objects.get().live


@pytest.mark.parametrize(
    ("state", "how"), [(State.PUBLICATION, "revision row"), (State.PUBLISHED, "row")]
)
def test_wagtails_own_command_does_nothing_to_it_either(office, state, how):
    """A cron job that runs it past our task, on a row that was written past the models."""
    page = page_of(office.complaint(to=state))
    schedule_by_any_way(page, how)
    with pytest.raises(PermissionDenied):
        call_command("publish_scheduled")
    assert page_of(page.complaint).live == (state == State.PUBLISHED)


def test_b2_publishes_at_once_whatever_the_draft_says(office):
    complaint = office.complaint(to=State.PUBLICATION)
    revision = page_of(complaint).latest_revision
    revision.content["go_live_at"] = (timezone.now() + 60 * MINUTE).isoformat()
    revision.save()
    office.advance(complaint, State.PUBLISHED)
    assert page_of(complaint).live
    assert ComplaintPage.objects.get(complaint=complaint).go_live_at is None
