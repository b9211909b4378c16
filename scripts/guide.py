"""Writes docs/panduan/, each role's day, from the pages of the admin: `python -m scripts.guide`.

The plugin's templates are the source, with the limits of the SOP in the place of those in force,
and pictures by relative paths. Markdown may hold HTML, so nothing is translated.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import django
from django.template.loader import render_to_string
from django.utils.translation import override

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs/panduan"
STATIC = re.compile(r'src="[^"]*?/?(pengaduan_app/guide/[^"/]+?)(?:\.[0-9a-f]{12})?\.webp"')
BACK = "Halaman ini dibuat dari panel admin (`make guide`); di sana ada di menu *Bantuan*."


def pages() -> dict[Path, str]:
    """Each page's file, and what stands in it."""
    from pengaduan_app.desk.home import guide
    from pengaduan_app.procedure import Role, labels, sop

    limits = guide.words_of({rule.step: rule.limit for rule in sop.STEPS.values()})
    found = {}
    with override(guide.LANGUAGE):
        for role in Role:
            body = render_to_string(guide.template_of(role), {"limits": limits}).strip()
            body = STATIC.sub(r'src="../../pengaduan_app/static/\1.webp"', body)
            text = f"# Hari kerja: {labels.ROLES[role]}\n\n{BACK}\n\n{body}\n"
            found[FOLDER / f"{role.value}.md"] = text
    return found


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    django.setup()
    write()
