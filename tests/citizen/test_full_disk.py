"""A disk that takes no files: a sentence and 503, nothing typed is lost, and texts go on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pengaduan_app import conf
from pengaduan_app.models import Attachment, Complaint, OutboxMessage, ThreadEntry
from tests.support.citizen import Citizen
from tests.support.disks import may_mount, mount, unmount
from tests.support.factories import REPORTER, citizen_form
from tests.support.files import picture, scene, written

SENTENCE = "Saat ini berkas tidak dapat disimpan di sini."


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("foto.jpg", picture("JPEG"))


def large_photo() -> SimpleUploadedFile:
    """Larger than what is received in the memory, and than the full disk."""
    return SimpleUploadedFile("besar.jpg", written(scene(), "PNG") + bytes(3_000_000))


def no_folder() -> None:
    """Something else lies where the files belong."""
    conf.private_root().mkdir(parents=True, exist_ok=True)
    (conf.private_root() / "attachments").write_text("")
    (conf.private_root() / "kept").write_text("")


def full_disk() -> None:
    """A disk of a few kilobytes, filled to its last byte."""
    root = conf.private_root()
    root.mkdir(parents=True, exist_ok=True)
    assert mount(root, "32k")
    for folder in ("attachments", "kept"):
        (root / folder).mkdir()
    with (root / "filling").open("wb", buffering=0) as filling, pytest.raises(OSError):
        while True:
            filling.write(bytes(1024))


# Where nobody may make a disk, the one without a folder stands for both.
DISKS = {"no folder": no_folder} | ({"full": full_disk} if may_mount() else {})
RECEIVERS = ["nowhere_to_receive", *(["little_room_to_receive"] if may_mount() else [])]


@pytest.fixture(params=DISKS.values(), ids=DISKS)
def broken_disk(request, settings, tmp_path):
    settings.PENGADUAN_PRIVATE_ROOT = str(tmp_path / "disk")
    request.param()
    yield conf.private_root()
    if os.path.ismount(tmp_path / "disk"):
        unmount(tmp_path / "disk")


def test_a_form_with_files_comes_back_with_a_sentence(city, client, broken_disk):
    response = client.post("/lapor/", citizen_form(attachments=[photo()]))
    assert response.status_code == 503
    html = response.content.decode()
    assert SENTENCE in html
    assert REPORTER.name in html
    for model in (Complaint, Attachment, OutboxMessage):
        assert not model.objects.exists()
    # Without its files the same form goes through.
    key = response.context["form"]["key"].value()
    assert client.post("/lapor/", citizen_form(key=key)).status_code == 302


def test_a_form_with_an_error_comes_back_without_an_error_page(city, client, broken_disk):
    response = client.post("/lapor/", citizen_form(name="", attachments=[photo()]))
    assert response.status_code == 400
    assert "lampirkan lagi" in response.content.decode()


def test_texts_go_on(city, client, broken_disk):
    assert client.post("/lapor/", citizen_form()).status_code == 302


def test_a_follow_up_comes_back_too_and_its_text_goes_on(office, client, broken_disk):
    citizen = Citizen(client, office.complaint())
    response = citizen.send("tambah", text="Ini buktinya.", files=photo())
    assert response.status_code == 503
    assert SENTENCE in response.content.decode()
    assert "Ini buktinya." in response.content.decode()
    assert not ThreadEntry.objects.exists()
    assert citizen.send("tambah", text="Ini buktinya.").status_code == 302


def test_nothing_is_left_of_a_file_that_found_no_room(city, client, broken_disk):
    client.post("/lapor/", citizen_form(attachments=[photo()]))
    assert list((broken_disk / "attachments").rglob("*.*")) == []


# Large uploads are received on the disk, before any view is asked.


@pytest.fixture
def nowhere_to_receive(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "not there")


@pytest.fixture
def little_room_to_receive(settings, tmp_path):
    folder = tmp_path / "receiving"
    folder.mkdir()
    assert mount(folder, "64k")
    settings.FILE_UPLOAD_TEMP_DIR = str(folder)
    yield
    unmount(folder)


@pytest.mark.parametrize("lacking", RECEIVERS)
def test_an_upload_that_can_not_be_received_costs_no_word(city, client, request, lacking):
    request.getfixturevalue(lacking)
    response = client.post("/lapor/", citizen_form(attachments=[large_photo(), photo()]))
    assert response.status_code == 503
    assert SENTENCE in response.content.decode()
    assert REPORTER.name in response.content.decode()
    assert not Complaint.objects.exists()
    assert client.post("/lapor/", citizen_form(attachments=[photo()])).status_code == 302


def test_nor_does_it_in_a_follow_up(office, client, nowhere_to_receive):
    citizen = Citizen(client, office.complaint())
    response = citizen.send("tambah", text="Ini buktinya.", files=large_photo())
    assert response.status_code == 503
    assert "Ini buktinya." in response.content.decode()


# What a receipt promises.


def test_files_and_their_folders_are_on_the_disk_before_the_receipt(city, client, monkeypatch):
    flushed, flush = [], os.fsync

    def watched(descriptor):
        flushed.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")))
        assert not Attachment.objects.exists()
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    client.post("/lapor/", citizen_form(attachments=[photo()]))
    path = Path(Attachment.objects.get().file.path)
    assert flushed[:4] == [path, path.parent, path.parent.parent, path.parent.parent.parent]
