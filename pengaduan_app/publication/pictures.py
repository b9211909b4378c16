"""An answer's pictures as a page shows them, and the address at which the public gets them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..models import PictureFile, ShownPicture
from ..presentation import picture_response

# Address of one file, from the picture's key, its width and its suffix.
Address = Callable[[int, int, str], str]


@dataclass(frozen=True)
class ReadyPicture:
    """What a template needs for a figure; the JPEG is for programs that read nothing newer."""

    alt: str
    caption: str
    address: str
    srcset: str
    width: int
    height: int


def public_address(key: int, width: int, suffix: str) -> str:
    """Where the public gets it, while the answer is on the website."""
    return reverse("pengaduan:picture", args=(key, width, suffix))


def staff_address(complaint_id: int) -> Address:
    """Where staff get the pictures of a draft, if they may see the complaint."""
    return lambda *file: reverse("pengaduan_admin:picture", args=(complaint_id, *file))


def reporter_address(key: int, width: int, suffix: str) -> str:
    """Where the complaint's own reporter gets it, also of a private answer."""
    return reverse("pengaduan:tracked_picture", args=(key, width, suffix))


def ready(shown: Sequence[ShownPicture], address: Address) -> list[ReadyPicture]:
    """The pictures with the addresses of their files; one whose files are lost is left out."""
    return [_ready(picture, address) for picture in shown if picture["files"]]


def _ready(picture: ShownPicture, address: Address) -> ReadyPicture:
    files = sorted(picture["files"], key=lambda file: (file[2] != "jpg", file[0]))
    width, height, suffix = files[0]
    return ReadyPicture(
        picture["alt"],
        picture["caption"],
        address(picture["key"], width, suffix),
        ", ".join(
            f"{address(picture['key'], across, kind)} {across}w"
            for across, _down, kind in files
            if kind == "webp"
        ),
        width,
        height,
    )


@require_safe
def picture(request: HttpRequest, key: int, width: int, suffix: str) -> HttpResponseBase:
    """`/pengaduan/foto/<key>-<width>.<suffix>`: one file, while a public answer shows it. Raises
    Http404 otherwise, whether there is such a picture or not."""
    found = PictureFile.objects.public().at(key, width, suffix).first()
    if found is None:
        raise Http404
    return picture_response(request, found, is_public=True)
