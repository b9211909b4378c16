"""The part of an address that a row of reference data has: made from its name, and editable."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.widgets import SlugInput

from .text_form import TextModelForm


class NamePanel(TitleFieldPanel):
    """The name, which fills in the slug while a new row is typed. A row that is there keeps its
    slug when it is renamed: its address is known to others."""

    def __init__(self, **options: Any) -> None:
        super().__init__("name", **{"classname": "", "placeholder": False, **options})

    def clone_kwargs(self) -> dict[str, Any]:
        options = super().clone_kwargs()
        options.pop("field_name")
        return options

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_should_apply(self) -> bool:
            return not (self.instance and self.instance.pk)


def slug_panel() -> FieldPanel:
    """The slug, cleaned by Wagtail's script; as the database takes it, so without accents."""
    return FieldPanel("slug", widget=SlugInput({"data-w-slug-allow-unicode-value": "false"}))


class SluggedModelForm(TextModelForm):
    """Fills in an empty slug from the name, without scripts too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "The end of its address. Left empty it is made from the name."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "slug" not in self.fields or "slug" in self.errors:
            return cleaned
        slug = cleaned.get("slug") or self._made_from(cleaned.get("name") or "")
        cleaned["slug"] = slug
        if not slug and "name" not in self.errors:
            self.add_error(
                "slug", _("The name has no letters for it. Write some: a to z and 0 to 9.")
            )
        elif slug and self._is_taken(slug):
            text = _(
                "Another entry has “%(slug)s” already. Write another one, for example “%(other)s”."
            )
            self.add_error("slug", text % {"slug": slug, "other": self._free_beside(slug)})
        return cleaned

    def _made_from(self, name: str) -> str:
        return slugify(name)[: self.fields["slug"].max_length].strip("-")

    def _is_taken(self, slug: str) -> bool:
        others = self._meta.model._default_manager.filter(slug=slug)
        return others.exclude(pk=self.instance.pk).exists()

    def _free_beside(self, slug: str) -> str:
        number = 2
        while self._is_taken(f"{slug}-{number}"):
            number += 1
        return f"{slug}-{number}"
