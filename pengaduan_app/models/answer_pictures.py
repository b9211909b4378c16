"""The pictures of an answer: which ones a page shows, with what words, and their files.

Which pictures a page shows is part of its content: drafts hold them in their revisions, and the
page itself those of the answer that was given. A picture's files never change; who gets one is
decided by the pages that show it (ADR 17).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from .complaint import Attachment, Complaint, attachment_storage

# The log's names; actions/picturing.py writes them.
PICTURE_ADDED = "pengaduan_app.picture_added"
PHOTO_CHOSEN = "pengaduan_app.photo_chosen"
PICTURES_ARRANGED = "pengaduan_app.pictures_arranged"
TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
LONGEST_WORDS = 250
# What the columns of a picture's key and width hold.
LARGEST_KEY, WIDEST = 2**63 - 1, 2**15 - 1


class Picture(models.Model):
    """A picture that was made for a complaint's answer, whether a page shows it or not."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="pictures")
    # The citizen's photo that it was made from; empty for the agency's own. It stays private.
    attachment = models.ForeignKey(
        Attachment, on_delete=models.SET_NULL, null=True, blank=True, related_name="pictures"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.complaint_id}/{self.pk}"


def picture_path(file: PictureFile, filename: str) -> str:
    """A random path, as attachments have."""
    suffix = filename.rpartition(".")[2]
    return f"pictures/{file.picture.complaint_id}/{get_random_string(20)}.{suffix}"


class PictureFileQuerySet(models.QuerySet["PictureFile"]):
    def at(self, key: int, width: int, suffix: str) -> PictureFileQuerySet:
        """The one that an address names, or none: the numbers come from a browser."""
        if key > LARGEST_KEY or width > WIDEST:
            return self.none()
        return self.filter(picture=key, width=width, content_type=TYPES.get(suffix, ""))

    def public(self) -> PictureFileQuerySet:
        """Those that the website shows now: with the answer they go too, however it goes."""
        return self.filter(picture__shown_in__page__published__isnull=False)


class PictureFile(models.Model):
    """One width of a picture. It lies among the private files, whoever may have it."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="files")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    content_type = models.CharField(max_length=40)
    file = models.FileField(upload_to=picture_path, storage=attachment_storage)

    objects = PictureFileQuerySet.as_manager()

    class Meta:
        ordering = ["width", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["picture", "width", "content_type"], name="picture_file_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.picture_id}-{self.width}"


class AnswerPicture(models.Model):
    """A picture on a page, with its words. Whoever can't see it is told what is to be seen."""

    page = ParentalKey(
        "pengaduan_app.ComplaintPage", on_delete=models.CASCADE, related_name="pictures"
    )
    # CASCADE: a revision that names a picture which is gone is shown without it.
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="shown_in")
    alt = models.CharField(_("what is to be seen"), max_length=LONGEST_WORDS)
    caption = models.CharField(_("caption"), max_length=LONGEST_WORDS, blank=True)
    sort_order = models.PositiveSmallIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["sort_order"]
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.page_id}/{self.picture_id}"


def publishable_photos(complaint: Complaint) -> list[Attachment]:
    """The photos that came with the complaint or in its talk, which public relations may choose
    from. None of a confidential complaint: nothing of it is for the public."""
    if complaint.is_confidential:
        return []
    return list(complaint.attachments.filter(content_type__startswith="image/"))


class ShownPicture(TypedDict):
    """A picture as a page's public row holds it; each file is width, height and suffix."""

    key: int
    alt: str
    caption: str
    files: list[tuple[int, int, str]]


def shown_pictures(children: Iterable[AnswerPicture]) -> dict[int, list[ShownPicture]]:
    """The pictures of pages, by the page's key and in their order; one query for their files."""
    children = list(children)
    suffixes = {kind: suffix for suffix, kind in TYPES.items()}
    files: dict[int, list[tuple[int, int, str]]] = {}
    if keys := {child.picture_id for child in children}:
        for row in PictureFile.objects.filter(picture__in=keys):
            kept = files.setdefault(row.picture_id, [])
            kept.append((row.width, row.height, suffixes[row.content_type]))
    shown: dict[int, list[ShownPicture]] = {}
    for child in children:
        shown.setdefault(child.page_id, []).append(
            ShownPicture(
                key=child.picture_id,
                alt=child.alt,
                caption=child.caption,
                files=files.get(child.picture_id, []),
            )
        )
    return shown
