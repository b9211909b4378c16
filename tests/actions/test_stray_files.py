"""Stored files that no row names go once a day, and no other file ever."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from django_q.models import Schedule

from pengaduan_app import tasks
from pengaduan_app.actions import attaching
from pengaduan_app.conf import private_root
from pengaduan_app.models import Attachment
from pengaduan_app.operations.schedules import ensure_schedules
from pengaduan_app.privacy import CleanFile
from tests.support.factories import submit

FILE = CleanFile(b"%PDF-1.4 %%EOF", "application/pdf", "pdf")
OLD = attaching.GRACE + 60


@pytest.fixture
def complaint(office):
    """A complaint with two attachments, from long ago."""
    complaint = submit(office.agency, files=[FILE, FILE]).complaint
    for path in stored():
        age(path)
    return complaint


def stored() -> list[Path]:
    return sorted((private_root() / "attachments").rglob("*.*"))


def age(path: Path, seconds: float = OLD) -> Path:
    moment = time.time() - seconds
    os.utime(path, (moment, moment))
    return path


def stray(complaint_id: int = 999, name: str = "sisa.jpg") -> Path:
    path = private_root() / "attachments" / str(complaint_id) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return age(path)


def test_a_file_without_a_row_goes_and_its_empty_folder_with_it(complaint):
    kept = stored()
    alone, beside = stray(), stray(complaint.pk)
    assert tasks.remove_stray_files() == 2
    assert stored() == kept
    assert not alone.parent.exists()
    assert beside.parent.exists()
    assert tasks.remove_stray_files() == 0


def test_a_young_one_may_belong_to_a_form_that_is_being_stored(complaint):
    young = age(stray(), attaching.GRACE - 60)
    assert tasks.remove_stray_files() == 0
    assert young.exists()


def test_what_a_deleted_complaint_left_behind_goes(complaint, office):
    other = submit(office.agency, files=[FILE]).complaint
    Attachment.objects.filter(complaint=complaint).delete()
    assert tasks.remove_stray_files() == 2
    assert [path.parent.name for path in stored()] == [str(other.pk)]


def test_forms_that_are_not_sent_yet_are_left_alone(complaint):
    kept = private_root() / "kept" / "abc" / "0.jpg"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"x")
    age(kept)
    assert tasks.remove_stray_files() == 0
    assert kept.exists()


def test_before_the_wrong_database_nothing_is_removed(complaint, caplog):
    many = [stray(name=f"{number}.jpg") for number in range(attaching.MANY + 1)]
    assert tasks.remove_stray_files() == 0
    assert all(path.exists() for path in many)
    assert "left alone" in caplog.text


def test_without_any_attachment_there_is_nothing_to_do(city):
    assert tasks.remove_stray_files() == 0


def test_the_cluster_does_it_once_a_day(city):
    ensure_schedules()
    schedule = Schedule.objects.get(func="pengaduan_app.tasks.remove_stray_files")
    assert (schedule.schedule_type, schedule.minutes) == (Schedule.MINUTES, 24 * 60)
