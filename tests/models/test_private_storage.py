"""The folder of attachments: what can't be written leaves nothing, and nobody else's file goes."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from pengaduan_app.conf import private_root
from pengaduan_app.models.private_storage import PrivateStorage

OTHERS = b"milik orang lain"


class FullDisk(ContentFile):
    """Its second half finds no room."""

    def chunks(self, chunk_size=None):
        yield b"separuh"
        raise OSError(28, "No space left on device")


@pytest.fixture
def storage():
    return PrivateStorage()


def names() -> list[str]:
    return sorted(path.name for path in private_root().rglob("*.*"))


@pytest.mark.parametrize("content", [FullDisk(b"x"), ContentFile(b"baru")], ids=["full", "written"])
def test_a_file_that_came_meanwhile_keeps_its_place(storage, content):
    """Between the choice of a name and the writing another process has taken it."""
    private_root().mkdir(parents=True)
    (private_root() / "foto.jpg").write_bytes(OTHERS)
    try:
        stored = storage._save("foto.jpg", content)
    except OSError:
        assert names() == ["foto.jpg"]
    else:
        assert (private_root() / stored).read_bytes() == b"baru"
    assert (private_root() / "foto.jpg").read_bytes() == OTHERS


def test_half_a_file_takes_no_room(storage):
    with pytest.raises(OSError, match="No space left"):
        storage.save("attachments/1/foto.jpg", FullDisk(b"x"))
    assert names() == []


def test_what_is_stored_keeps_its_folder_and_its_kind(storage):
    stored = storage.save("attachments/1/foto.jpg", ContentFile(b"baru"))
    assert stored.startswith("attachments/1/foto-")
    assert stored.endswith(".jpg")
