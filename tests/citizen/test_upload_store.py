"""A form's files between two pages: whose they are, how long, and how many fit."""

from __future__ import annotations

import os
import time
import uuid
from pathlib import Path

import pytest
import time_machine
from django.core import signing

from pengaduan_app import conf
from pengaduan_app.actions import CleanFile
from pengaduan_app.citizen import upload_store

JPG = CleanFile(b"j" * 100, "image/jpeg", "jpg")
PDF = CleanFile(b"p" * 50, "application/pdf", "pdf")
KEY = uuid.UUID(int=7)


def folders() -> list[Path]:
    root = conf.private_root() / "kept"
    return sorted(root.iterdir()) if root.exists() else []


def test_files_come_back_as_they_were_in_their_order():
    ticket = upload_store.store([JPG, PDF, JPG], KEY)
    assert upload_store.load(ticket, KEY) == [JPG, PDF, JPG]
    assert len(upload_store.names(ticket, KEY)) == 3


@pytest.mark.parametrize("key", [uuid.UUID(int=8), None])
def test_with_another_forms_key_there_is_nothing(key):
    ticket = upload_store.store([JPG], KEY)
    with pytest.raises(upload_store.UploadExpired):
        upload_store.load(ticket, key)
    assert len(upload_store.names(ticket, key)) == 0
    upload_store.discard(ticket, key)
    assert upload_store.load(ticket, KEY) == [JPG]


def test_a_ticket_lives_for_two_hours():
    with time_machine.travel("2026-02-23T02:00:00Z", tick=False) as clock:
        ticket = upload_store.store([JPG], KEY)
        clock.shift(upload_store.LIFE)
        assert len(upload_store.names(ticket, KEY)) == 1
        clock.shift(1)
        assert len(upload_store.names(ticket, KEY)) == 0
        with pytest.raises(upload_store.UploadExpired):
            upload_store.load(ticket, KEY)


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "x" + t, lambda t: t + "0"])
def test_a_ticket_that_was_changed_opens_nothing(change):
    ticket = upload_store.store([JPG], KEY)
    with pytest.raises(upload_store.UploadExpired):
        upload_store.load(change(ticket), KEY)


def test_what_the_site_signed_for_another_purpose_is_no_ticket():
    [folder] = folders() if upload_store.store([JPG], KEY) else []
    elsewhere = signing.dumps([folder.name, str(KEY), 1])
    with pytest.raises(upload_store.UploadExpired):
        upload_store.load(elsewhere, KEY)


def test_a_page_that_was_open_before_an_update_still_has_its_files():
    """Its ticket was signed under the module's earlier name."""
    [folder] = folders() if upload_store.store([JPG], KEY) else []
    ticket = signing.dumps([folder.name, str(KEY), 1], salt="pengaduan_app.kept_files")
    assert upload_store.load(ticket, KEY) == [JPG]


def test_where_a_file_is_missing_none_is_given():
    """Half of what a citizen attached must not go out as if it were all."""
    ticket = upload_store.store([JPG, PDF], KEY)
    [folder] = folders()
    (folder / "1.pdf").unlink()
    with pytest.raises(upload_store.UploadExpired):
        upload_store.load(ticket, KEY)


def test_sent_files_are_gone_at_once_and_a_second_time_is_no_error():
    ticket = upload_store.store([JPG], KEY)
    for _time in range(2):
        upload_store.discard(ticket, KEY)
        assert folders() == []
    with pytest.raises(upload_store.UploadExpired):
        upload_store.load(ticket, KEY)


def test_only_what_has_outlived_its_time_is_cleared_away():
    old, fresh = upload_store.store([JPG], KEY), upload_store.store([PDF], KEY)
    [folder] = [path for path in folders() if (path / "0.jpg").exists()]
    moment = time.time() - upload_store.LIFE
    os.utime(folder, (moment + 60, moment + 60))
    assert upload_store.clear() == 0
    os.utime(folder, (moment - 60, moment - 60))
    assert upload_store.clear() == 1
    assert upload_store.load(fresh, KEY) == [PDF]
    with pytest.raises(upload_store.UploadExpired):
        upload_store.load(old, KEY)


def test_without_a_store_there_is_nothing_to_clear():
    assert upload_store.clear() == 0


def test_the_store_takes_so_many_forms(monkeypatch):
    monkeypatch.setattr(upload_store, "MOST_FORMS", 2)
    tickets = [upload_store.store([PDF], KEY) for _number in range(3)]
    assert [bool(ticket) for ticket in tickets] == [True, True, False]
    upload_store.discard(tickets[0], KEY)
    assert upload_store.store([PDF], KEY)


def test_the_store_takes_so_many_bytes_in_all_forms_together(monkeypatch):
    monkeypatch.setattr(upload_store, "MOST_BYTES", 250)
    tickets = [upload_store.store([JPG], KEY), upload_store.store([JPG], KEY)]
    assert all(tickets)
    assert upload_store.store([JPG], KEY) is None
    assert upload_store.store([PDF], KEY)
    assert upload_store.store([CleanFile(b"x", "application/pdf", "pdf")], KEY) is None
    assert len(folders()) == 3


def test_no_two_forms_share_a_folder_and_no_name_says_whose_it_is():
    for _number in range(2):
        upload_store.store([JPG], KEY)
    names = [folder.name for folder in folders()]
    assert len(set(names)) == 2
    assert all(len(name) == 32 and str(KEY) not in name for name in names)
