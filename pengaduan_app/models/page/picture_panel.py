"""The page editor's panel with the answer's pictures.

They aren't fields of the editor's form: a form that was opened earlier would then bring back its
own list of them whenever it saves itself. They are kept on a screen of their own, and a form that
is saved takes over those of the latest draft.
"""

from __future__ import annotations

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from ... import permissions
from ..answer_pictures import AnswerPicture, publishable_photos
from ..complaint import Attachment, Complaint


class PicturesPanel(Panel):
    """The draft's pictures, and the way to the screen that changes them."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pengaduan_app/desk/pictures_panel.html"

        @cached_property
        def complaint(self) -> Complaint:
            return self.instance.complaint

        @cached_property
        def pictures(self) -> list[AnswerPicture]:
            return list(self.instance.pictures.all())

        @cached_property
        def may_change(self) -> bool:
            return permissions.may_edit_page(self.request.user, self.complaint)

        @cached_property
        def photos(self) -> list[Attachment]:
            """The citizen's photos, for whoever may choose one for the answer."""
            if not permissions.may_publish_photo(self.request.user, self.complaint):
                return []
            return publishable_photos(self.complaint)
