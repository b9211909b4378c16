"""The process that opens a file: bounded, without secrets, and gone when it is over."""

from __future__ import annotations

import os
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from pengaduan_app.privacy import attachments, guard
from pengaduan_app.privacy.opening import bounds
from pengaduan_app.privacy.opening.verdict import Purpose, Reason, Refused
from tests.support.files import deflated_twice, pdf, picture, said_to_be, scene, upload, written

LARGE = (9000, 13_400)  # 120 megapixels


def refused(content: bytes, purpose=Purpose.ATTACHMENT, **options) -> Reason:
    with pytest.raises(Refused) as refusal:
        guard.open_file(content, purpose, **options)
    return refusal.value.reason


def instead(monkeypatch, program: str) -> None:
    """Let the process run this, within the limits, instead of opening the file."""
    monkeypatch.setattr(guard, "_work", lambda *_file: program)


HARMFUL = {
    "a stream deflated twice": lambda: deflated_twice(600),
    "a large progressive photo": lambda: said_to_be(LARGE, picture("JPEG", progressive=True)),
    "a progressive photo from a print shop": lambda: said_to_be(
        LARGE, written(Image.new("CMYK", (60, 40)), "JPEG", progressive=True)
    ),
}


@pytest.mark.parametrize("case", HARMFUL)
def test_what_takes_too_much_ends_in_a_sentence_and_not_in_a_dead_worker(case):
    before = time.monotonic()
    assert refused(HARMFUL[case]()) == Reason.COMPLICATED
    assert time.monotonic() - before < guard.PATIENCE


def test_the_sentence_names_the_file_and_the_remedy():
    with pytest.raises(ValidationError) as refusal:
        attachments.clean(upload(deflated_twice(600), "surat.pdf"))
    assert "surat.pdf" in refusal.value.message
    assert refusal.value.code == "complicated"


@pytest.mark.parametrize(
    "program",
    [
        "bytearray(2 * 1024 ** 3)",
        "exec('while True: pass')",
        "import time; time.sleep(999)",
        "import os; os.abort()",
        "import ctypes; ctypes.string_at(0)",
        "import os; os.write(1, bytes(40_000_000)); os.write(1, b'x')",
    ],
    ids=["memory", "computing", "sleeping", "giving up", "crashing", "writing"],
)
def test_whatever_the_process_does_its_parent_goes_on(monkeypatch, program):
    monkeypatch.setattr(guard, "PATIENCE", 1.5)
    instead(monkeypatch, program)
    assert refused(b"x") in (Reason.COMPLICATED, Reason.FAULT)


def test_a_process_that_never_ends_goes_with_all_its_children(monkeypatch, tmp_path):
    monkeypatch.setattr(guard, "PATIENCE", 1.0)
    note = tmp_path / "group"
    program = (
        f"import os, time; open({str(note)!r}, 'w').write(str(os.getpgid(0))); "
        "os.fork(); time.sleep(999)"
    )
    instead(monkeypatch, program)
    assert refused(b"x") == Reason.COMPLICATED
    group = int(note.read_text())
    deadline = time.monotonic() + 5
    while is_there(group) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_there(group)


def is_there(group: int) -> bool:
    """Whether a process of this group still runs; one that only waits to be collected doesn't."""
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat", encoding="ascii", errors="replace") as stat:
                state, _parent, of_group = stat.read().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(of_group) == group and state not in "ZX":
            return True
    return False


def test_no_secret_and_no_connection_reaches_the_process(monkeypatch):
    monkeypatch.setenv("VAULT_KEYS", "rahasia")
    ours = socket.socket()
    ours.set_inheritable(True)
    program = (
        "import os, json; listed = [os.readlink(f'/proc/self/fd/{n}') "
        "for n in os.listdir('/proc/self/fd') if os.path.exists(f'/proc/self/fd/{n}')]; "
        'os.write(1, b\'{"suffix": "x"}\\n\' + repr([dict(os.environ), listed]).encode())'
    )
    instead(monkeypatch, program)
    seen = guard.open_file(b"x", Purpose.ATTACHMENT).content.decode()
    ours.close()
    assert "LANG" in seen
    assert "rahasia" not in seen
    assert "socket:" not in seen


def test_the_process_knows_neither_django_nor_the_project(monkeypatch):
    program = (
        "from opening import documents; documents.draw(sys.stdin.buffer.read()); import os; "
        "os.write(1, b'{\"suffix\": \"x\"}\\n' + ' '.join(sys.modules).encode())"
    )
    instead(monkeypatch, program)
    loaded = guard.open_file(pdf(), Purpose.ATTACHMENT).content.decode().split()
    assert "pypdfium2" in loaded
    assert not {"django", "wagtail", "pengaduan_app"} & set(loaded)


def test_a_process_that_can_not_work_is_our_fault_and_is_logged(monkeypatch, caplog):
    monkeypatch.setattr(guard, "START", "raise SystemExit('no such module')")
    assert refused(picture("PNG")) == Reason.FAULT
    assert "can't work" in caplog.text


def test_only_so_many_are_opened_at_once(monkeypatch):
    """Four files in four threads: each in its turn, and all of them in the end."""
    instead(
        monkeypatch, 'import time; time.sleep(0.4); import os; os.write(1, b\'{"suffix": "x"}\\n\')'
    )
    before = time.monotonic()
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _n: guard.open_file(b"x", Purpose.ATTACHMENT), range(4)))
    assert len(made) == 4
    assert time.monotonic() - before > 0.8


def test_who_waits_too_long_for_a_turn_is_told_so(monkeypatch):
    monkeypatch.setattr(guard, "SLOTS", 0)
    assert refused(picture("PNG"), until=time.monotonic() + 0.05) == Reason.BUSY


def test_what_lost_its_time_waiting_for_its_turn_is_not_called_complicated(monkeypatch):
    monkeypatch.setattr(guard, "SLOTS", 1)
    monkeypatch.setattr(guard, "LONG_WAIT", 0.3)
    instead(monkeypatch, "import time; time.sleep(60)")
    with ThreadPoolExecutor(2) as threads:
        until = time.monotonic() + 1.5
        first = threads.submit(refused, b"x", until=until - 0.5)
        time.sleep(0.2)
        second = threads.submit(refused, b"x", until=until)
    assert (first.result(), second.result()) == (Reason.COMPLICATED, Reason.BUSY)


def test_only_the_time_in_which_it_was_open_counts(monkeypatch):
    """Whoever waits for others' files isn't held to account for them."""
    monkeypatch.setattr(guard, "SLOTS", 1)
    instead(
        monkeypatch, 'import time; time.sleep(0.5); import os; os.write(1, b\'{"suffix": "x"}\\n\')'
    )

    def spent(_number: int) -> float:
        with guard.measured() as measure:
            guard.open_file(b"x", Purpose.ATTACHMENT)
        return measure.seconds

    with ThreadPoolExecutor(3) as threads:
        alone = list(threads.map(spent, range(3)))
    assert all(0.5 <= seconds < 1.5 for seconds in alone), alone
    assert spent(0) < 1.5


def test_one_harmful_file_costs_a_form_neither_its_time_nor_its_others(monkeypatch):
    uploads = [
        upload(picture("JPEG"), "satu.jpg"),
        upload(deflated_twice(600), "dua.pdf"),
        upload(written(scene(), "PNG"), "tiga.png"),
    ]
    files, errors = attachments.clean_all(uploads)
    assert [file.suffix for file in files] == ["jpg", "png"]
    assert ["dua.pdf" in error.message for error in errors] == [True]


def test_a_form_whose_time_is_up_opens_nothing_more(monkeypatch):
    monkeypatch.setattr(attachments, "PATIENCE", 0)
    files, errors = attachments.clean_all([upload(picture("JPEG"))])
    assert (files, [error.code for error in errors]) == ([], ["complicated"])


def test_a_two_hundred_megapixel_photo_is_made_smaller():
    made = guard.open_file(picture("JPEG", (12_240, 16_320), quality=20), Purpose.ATTACHMENT)
    with Image.open(upload(made.content)) as image:
        assert max(image.size) == bounds.MAX_SIDE
