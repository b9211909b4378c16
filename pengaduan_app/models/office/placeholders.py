"""Placeholders of reply templates: which there are, and that a template has no others."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from ...privacy import redaction
from ..page.text_form import TextModelForm

# Stored in templates, so the same in every language. None of them says who the reporter is.
PLACEHOLDERS = ("tiket", "judul", "instansi", "tanggal", "tempat", "kategori")
KNOWN = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
PLACEHOLDER = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")
_ANY = re.compile(r"\{([^{}\n]{1,60})\}")


class CannedAnswerForm(TextModelForm):
    """Refuses a placeholder that nothing would be filled in for."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        left = redaction.plain(PLACEHOLDER.sub("", cleaned.get("body") or ""))
        unknown = [name for name in _ANY.findall(left) if name not in PLACEHOLDERS]
        if unknown:
            text = _("There is no placeholder “%(name)s”. Known are: %(known)s.")
            self.add_error("body", text % {"name": unknown[0], "known": KNOWN})
        elif "{" in left or "}" in left:
            text = _(
                "A { or } stands without a placeholder. Write a placeholder without bold or "
                "italic inside it: %(known)s."
            )
            self.add_error("body", text % {"known": KNOWN})
        return cleaned
