"""An answer's pictures as Wagtail's API gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from rest_framework.fields import Field

if TYPE_CHECKING:
    from .pages import ComplaintPage


class PicturesField(Field):
    """Of each picture that the website shows with the answer: its words and its files. Read from
    the public row, so that no draft's can be among them."""

    def __init__(self) -> None:
        super().__init__(source="*", read_only=True)

    def to_representation(self, page: ComplaintPage) -> list[dict[str, Any]]:
        answer = getattr(page, "published", None)
        return [
            {
                "alt": picture["alt"],
                "caption": picture["caption"],
                "files": [
                    {"url": self._url(picture["key"], *file), "width": file[0], "height": file[1]}
                    for file in picture["files"]
                ],
            }
            for picture in (answer.pictures if answer else [])
        ]

    def _url(self, key: int, width: int, _height: int, suffix: str) -> str:
        # Not above: a newer Wagtail can't import it while models load.
        from wagtail.api.v2.utils import get_full_url

        address = reverse("pengaduan:picture", args=(key, width, suffix))
        return str(get_full_url(self.context["request"], address))
