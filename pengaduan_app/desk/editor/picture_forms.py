"""The forms of an answer's pictures: a new one, their words and order, a citizen's photo."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...actions import PictureRow
from ...models import LONGEST_WORDS, AnswerPicture
from ...privacy import MOST_REGIONS, PARTS, Region
from ...text import LineField
from ...workflow import ActionForm

ALT = gettext_lazy("What is to be seen")
ALT_HELP = gettext_lazy("For people who can't see the picture. Name nobody.")
CAPTION = gettext_lazy("Caption (optional)")
CAPTION_HELP = gettext_lazy("Stands below the picture.")
# A percentage as people write it: 12, 12.5 or 12,5.
PERCENT = re.compile(r"\d{1,3}(?:[.,]\d)?")


class RegionsField(forms.CharField):
    """Places in a photo, one a line: left, top, width and height in per cent of the photo."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[Region]:
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_REGIONS:
            raise forms.ValidationError(
                _("These are more than %(most)s places. Use a larger brush.")
                % {"most": MOST_REGIONS}
            )
        return [self._region(line) for line in lines]

    def _region(self, line: str) -> Region:
        numbers = line.split()
        if len(numbers) == 4 and all(map(PERCENT.fullmatch, numbers)):
            parts = [round(float(number.replace(",", ".")) * PARTS / 100) for number in numbers]
            left, top, width, height = parts
            if min(width, height) and left + width <= PARTS and top + height <= PARTS:
                return left, top, width, height
        raise forms.ValidationError(
            _(
                "“%(line)s” is no place in the photo. Write four numbers from 0 to 100: left, "
                "top, width and height in per cent, such as “40 25 10 8”."
            )
            % {"line": line[:60]}
        )


class WordsForm(ActionForm):
    """What every picture needs before anybody sees it."""

    alt = LineField(label=ALT, help_text=ALT_HELP, max_length=LONGEST_WORDS)
    caption = LineField(
        label=CAPTION, help_text=CAPTION_HELP, max_length=LONGEST_WORDS, required=False
    )


class AddPictureForm(WordsForm):
    photo = forms.FileField(
        label=gettext_lazy("Photo"),
        help_text=gettext_lazy(
            "JPEG, PNG, WebP or HEIC, 10 MB at most. Its place and time aren't stored with it."
        ),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    field_order = ("photo", "alt", "caption")


class PhotoForm(WordsForm):
    """A citizen's photo, with what is to be hidden in it."""

    regions = RegionsField(
        label=gettext_lazy("Places to hide"),
        required=False,
        max_length=40 * MOST_REGIONS,
        help_text=gettext_lazy(
            "One a line: left, top, width and height in per cent, such as “40 25 10 8”. "
            "The brush writes them here."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "data-places": "", "spellcheck": "false"}),
    )
    nothing_to_hide = forms.BooleanField(
        label=gettext_lazy("No face and no number plate can be seen in this photo."),
        required=False,
        help_text=gettext_lazy("Needed only where nothing is hidden."),
    )
    field_order = ("regions", "alt", "caption", "nothing_to_hide")

    class Media:
        js = ["pengaduan_app/js/blur.js"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("regions") == [] and not cleaned.get("nothing_to_hide"):
            self.add_error(
                "nothing_to_hide",
                _("Hide faces and number plates first, or confirm that there are none."),
            )
        return cleaned


class ArrangeForm(ActionForm):
    """The draft's pictures: their words, their order, and which of them go."""

    def __init__(self, *args: Any, pictures: Sequence[AnswerPicture], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [shown.picture_id for shown in pictures]
        for number, shown in enumerate(pictures, start=1):
            key = shown.picture_id
            self.fields[f"alt-{key}"] = LineField(
                label=ALT, max_length=LONGEST_WORDS, initial=shown.alt, required=False
            )
            self.fields[f"caption-{key}"] = LineField(
                label=CAPTION, max_length=LONGEST_WORDS, initial=shown.caption, required=False
            )
            self.fields[f"place-{key}"] = forms.IntegerField(
                label=gettext_lazy("Number in the order"), min_value=1, max_value=99, initial=number
            )
            self.fields[f"remove-{key}"] = forms.BooleanField(
                label=gettext_lazy("Remove this picture"), required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for key in self.keys:
            if not cleaned.get(f"alt-{key}") and not cleaned.get(f"remove-{key}"):
                self.add_error(
                    f"alt-{key}",
                    _("Say what is to be seen in the picture, for people who can't see it."),
                )
        return cleaned

    def fields_of(self, key: int) -> list[BoundField]:
        """The fields of one picture, for the template."""
        return [self[f"{name}-{key}"] for name in ("alt", "caption", "place", "remove")]

    @property
    def cards(self) -> list[tuple[int, list[BoundField]]]:
        """Each picture's key with its fields."""
        return [(key, self.fields_of(key)) for key in self.keys]

    def rows(self) -> list[PictureRow]:
        given = self.cleaned_data
        return [
            PictureRow(
                key,
                given[f"alt-{key}"],
                given[f"caption-{key}"],
                given[f"place-{key}"],
                given[f"remove-{key}"],
            )
            for key in self.keys
        ]
