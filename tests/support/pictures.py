"""Pictures of answers: who adds one, which the public sees, what a file holds."""

from __future__ import annotations

import io
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from pengaduan_app import actions
from pengaduan_app.models import Picture, PictureFile, PublishedAnswer
from tests.support.factories import submit
from tests.support.files import scene, written
from tests.support.process import page_of

ALT = "Lampu jalan yang baru menyala"
CAPTION = "Perbaikan pada malam hari"


@cache
def photo(size=(320, 240)) -> bytes:
    return written(scene(size), "JPEG", quality=95)


def upload(content: bytes | None = None, name="IMG_wulan.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or photo())


def give_picture(complaint, user, alt=ALT, caption=CAPTION, content=None) -> Picture:
    return actions.add_picture(complaint.pk, user, upload(content), alt, caption)


def with_photo(office, to, content: bytes | None = None, **fields):
    """A complaint that came with a photo, and that photo."""
    file = actions.CleanFile(content or photo(), "image/jpeg", "jpg")
    complaint = submit(office.agency, files=[file], **fields).complaint
    return office.advance(complaint, to), complaint.attachments.get()


def choose(complaint, user, attachment, regions=((100, 100, 300, 300),), **options) -> Picture:
    return actions.publish_photo(complaint.pk, user, attachment.pk, regions, ALT, **options)


def drafted(complaint) -> list[int]:
    """The keys of the pictures in the latest draft, in their order."""
    page = page_of(complaint).get_latest_revision_as_object()
    return [shown.picture_id for shown in page.pictures.all()]


def published(complaint) -> list[int]:
    """The keys of the pictures that the public sees, in their order."""
    rows = PublishedAnswer.objects.filter(complaint=complaint)
    return [shown["key"] for row in rows for shown in row.pictures]


def addresses(picture) -> list[str]:
    """Of all its files, as the public would guess them."""
    return [
        f"/pengaduan/foto/{picture.pk}-{file.width}.{file.file.name.rpartition('.')[2]}"
        for file in picture.files.all()
    ]


def statuses(client, picture) -> set[int]:
    return {client.get(address).status_code for address in addresses(picture)}


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def file_ids(complaint, attachment: int) -> dict[str, list]:
    """What addresses call its files: an attachment, and a picture of its answer or one that isn't
    there."""
    file = PictureFile.objects.filter(picture__complaint=complaint).first()
    return {
        "attachment_pk": [attachment],
        "key": [file.picture_id if file else 999_999],
        "width": [file.width if file else 480],
        "suffix": ["webp"],
    }
