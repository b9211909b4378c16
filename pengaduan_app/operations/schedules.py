"""What the cluster does by itself, and when."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django_q.models import Schedule
from wagtail.models import Page, Revision

from ..models import AgencyPage, ComplaintIndexPage, ComplaintPage

# The task, and its interval in minutes.
SCHEDULES = {
    # Messages left in the outbox, for instance after the mail server was down.
    "pengaduan: outbox": ("deliver_outbox", 1),
    "pengaduan: reminders": ("send_reminders", 1),
    # The weekly letter, on Monday morning or when the office opens after it.
    "pengaduan: weekly letter": ("send_league", 60),
    "pengaduan: heartbeat": ("heartbeat", 1),
    "pengaduan: answers": ("draw_answers", 1),
    # Pages of the site that editors gave a moment of publication or expiry.
    "pengaduan: scheduled pages": ("publish_scheduled", 1),
    # Steps that other processes opened while office hours or days off changed.
    "pengaduan: due times": ("recompute_due_times", 10),
    # The figures of `/statistik/`.
    "pengaduan: statistics": ("count_statistics", 15),
    # Attachments of forms that were never sent.
    "pengaduan: kept files": ("clear_kept_files", 10),
    # Attachments that a killed process or a deleted complaint left behind: once a day.
    "pengaduan: stray files": ("remove_stray_files", 24 * 60),
    # What is new, for staff who want it once a day, in the morning.
    "pengaduan: daily letters": ("send_daily_letters", 10),
    # Counters of hours that are over, and sessions that have ended.
    "pengaduan: counters": ("clear_counters", 60),
    "pengaduan: sessions": ("clear_sessions", 24 * 60),
}


def ensure_schedules() -> None:
    """Make the cluster's schedules, or put them right."""
    for name, (task, minutes) in SCHEDULES.items():
        Schedule.objects.update_or_create(
            name=name,
            defaults={
                "func": _path(task),
                "schedule_type": Schedule.MINUTES,
                "minutes": minutes,
                "repeats": -1,
            },
        )


def missing_schedules() -> list[str]:
    """The names of those that aren't there, or don't run any more; one query."""
    there = set(Schedule.objects.filter(repeats=-1).values_list("name", "func"))
    return [
        name for name, (task, _minutes) in SCHEDULES.items() if (name, _path(task)) not in there
    ]


def publish_scheduled() -> None:
    """Publish and take down what editors of the site have given a moment.

    The procedure's own pages know no schedule (models/pages.py). One that was written past
    the models would stop Wagtail's command each time, before the other pages' turn.
    """
    ours = ContentType.objects.get_for_models(AgencyPage, ComplaintIndexPage, ComplaintPage)
    pages = Page.objects.filter(content_type__in=ours.values())
    pages.exclude(go_live_at=None, expire_at=None).update(go_live_at=None, expire_at=None)
    revisions = Revision.objects.filter(content_type__in=ours.values())
    revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
    call_command("publish_scheduled")


def _path(task: str) -> str:
    return f"pengaduan_app.tasks.{task}"
