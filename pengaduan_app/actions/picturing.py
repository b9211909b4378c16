"""The pictures of an answer: an agency's own, and a citizen's photo that public relations choose.

They stand in the draft, as its text does: nobody outside sees one before B2 publishes the draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from .. import permissions
from ..models import (
    PHOTO_CHOSEN,
    PICTURE_ADDED,
    PICTURES_ARRANGED,
    TYPES,
    AnswerPicture,
    Attachment,
    Complaint,
    ComplaintPage,
    Picture,
    PictureFile,
    publishable_photos,
)
from ..permissions import Staff
from ..privacy import MOST_REGIONS, PARTS, Region, SizedPicture, answer_pictures, attachments
from ..text import one_line
from .attaching import none_left_behind, store
from .core import NotNow, NotYours, require_no_personal_data, require_text


@dataclass(frozen=True)
class PictureRow:
    """What a form says of one picture of the draft; those with the lowest place come first."""

    key: int
    alt: str
    caption: str = ""
    place: int = 0
    is_removed: bool = False


def check_pictures(complaint: Complaint, user: Staff) -> None:
    """Raises NotYours or NotNow for whoever may not change the draft's pictures now: they belong
    to the step, as the text does."""
    if not permissions.may_edit_page(user, complaint):
        raise NotYours(
            _("The pictures of an answer belong to whoever has the open step of its page.")
        )
    lock = ComplaintPage.objects.get(complaint=complaint).get_lock()
    if lock and lock.for_user(user):
        raise NotNow(_("Somebody has locked this page. Ask them to unlock it first."))


def add_picture(
    complaint_id: int, user: Staff, photo: File[bytes], alt: str, caption: str = ""
) -> Picture:
    """The agency's own photo, or public relations', comes into the draft.

    Raises ValidationError where the photo can't be opened: its message names the remedy.
    """
    _check_words(complaint_id, user, alt, caption)
    return _add(complaint_id, user, answer_pictures.made(photo), alt, caption)


def publish_photo(
    complaint_id: int,
    user: Staff,
    attachment_id: int,
    regions: Sequence[Region],
    alt: str,
    caption: str = "",
    *,
    nothing_to_hide: bool = False,
) -> Picture:
    """A citizen's photo comes into the draft, with the regions burnt in (SOP B1, B2).

    The photo itself stays private and as it is. Where nothing is hidden, `nothing_to_hide` says
    that somebody has looked. Raises ValidationError as `add_picture` does.
    """
    complaint = _check_words(complaint_id, user, alt, caption)
    attachment = _photo(complaint, user, attachment_id)
    if not regions and not nothing_to_hide:
        raise NotNow(_("Hide faces and number plates first, or confirm that there are none."))
    if len(regions) > MOST_REGIONS or not all(map(_lies_inside, regions)):
        raise NotNow(_("These places don't lie in the photo, or are too many. Draw them again."))
    try:
        with attachment.file.open("rb") as file:
            photo = ContentFile(file.read(), _("The photo"))
    except FileNotFoundError as error:
        raise NotNow(_("The photo's file is lost, so it can't be published.")) from error
    files = answer_pictures.made(photo, regions)
    return _add(complaint_id, user, files, alt, caption, attachment, len(regions))


def arrange_pictures(complaint_id: int, user: Staff, rows: Sequence[PictureRow]) -> None:
    """New words and a new order for the draft's pictures; some may go. A picture that the form
    doesn't know of, because a colleague has added it since, stays at the end."""
    for row in rows:
        if not row.is_removed:
            _check_words(complaint_id, user, row.alt, row.caption)
    with transaction.atomic():
        complaint, page = _draft(complaint_id, user)
        shown = {child.picture_id: child for child in page.pictures.all()}
        known = {row.key: row for row in rows if row.key in shown}
        for key, row in known.items():
            shown[key].alt, shown[key].caption = one_line(row.alt), one_line(row.caption)
        left = [key for key in shown if key not in known or not known[key].is_removed]
        left.sort(key=lambda key: (key not in known, known[key].place if key in known else 0))
        for number, key in enumerate(left):
            shown[key].sort_order = number
        page.pictures.set([shown[key] for key in left])
        page.save_revision(user=user, clean=False)
        removed = [key for key in shown if key not in left]
        log(instance=complaint, action=PICTURES_ARRANGED, user=user, data={"removed": removed})


def _check_words(complaint_id: int, user: Staff, alt: str, caption: str) -> Complaint:
    """The complaint, if this person may change its pictures and the words are fit for the public.

    The first look, before a file is opened for somebody who may not; `_draft` looks again.
    """
    complaint: Complaint = Complaint.objects.get(pk=complaint_id)
    check_pictures(complaint, user)
    require_text(alt, _("Say what is to be seen in the picture, for people who can't see it."))
    require_no_personal_data(complaint, f"{alt}\n{caption}")
    return complaint


def _photo(complaint: Complaint, user: Staff, attachment_id: int) -> Attachment:
    """Raises NotYours or NotNow unless this photo of the complaint may be chosen now."""
    if not permissions.may_publish_photo(user, complaint):
        raise NotYours(
            _("Only public relations choose a citizen's photo, while they check the answer.")
        )
    if complaint.is_confidential:
        raise NotNow(_("This complaint is confidential: none of its photos is ever published."))
    for photo in publishable_photos(complaint):
        if photo.pk == attachment_id:
            return photo
    raise NotNow(_("This complaint has no such photo."))


def _lies_inside(region: Region) -> bool:
    left, top, width, height = region
    return (
        min(left, top) >= 0
        and min(width, height) > 0
        and left + width <= PARTS
        and top + height <= PARTS
    )


def _draft(complaint_id: int, user: Staff) -> tuple[Complaint, ComplaintPage]:
    """The locked complaint and its latest draft, if the step is still this person's."""
    complaint = Complaint.locked.get(pk=complaint_id)
    check_pictures(complaint, user)
    page = ComplaintPage.objects.get(complaint=complaint).get_latest_revision_as_object()
    return complaint, page


def _add(
    complaint_id: int,
    user: Staff,
    files: Sequence[SizedPicture],
    alt: str,
    caption: str,
    attachment: Attachment | None = None,
    hidden: int = 0,
) -> Picture:
    with none_left_behind() as stored, transaction.atomic():
        complaint, page = _draft(complaint_id, user)
        if attachment:
            _photo(complaint, user, attachment.pk)
        shown = list(page.pictures.all())
        if len(shown) >= attachments.MAX_FILES:
            raise NotNow(
                _("An answer has at most %(most)s pictures. Remove one first.")
                % {"most": attachments.MAX_FILES}
            )
        picture: Picture = Picture.objects.create(
            complaint=complaint, attachment=attachment, made_by=user
        )
        for file in files:
            kind = TYPES[file.suffix]
            row = PictureFile(
                picture=picture, width=file.width, height=file.height, content_type=kind
            )
            store(row, file.suffix, file.content, stored)
        place = max((child.sort_order for child in shown), default=-1) + 1
        words = {"alt": one_line(alt), "caption": one_line(caption)}
        page.pictures.add(AnswerPicture(picture=picture, sort_order=place, **words))
        page.save_revision(user=user, clean=False)
        log(
            instance=complaint,
            action=PHOTO_CHOSEN if attachment else PICTURE_ADDED,
            user=user,
            data={"picture": picture.pk, "hidden": hidden},
        )
    return picture
