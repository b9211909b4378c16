"""Each role's day on one page: true to the procedure, to the screens and to docs/panduan/."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import polib
import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from PIL import Image

from pengaduan_app.models import StepLimit
from pengaduan_app.procedure import Role
from scripts import guide
from tests.architecture.test_architecture import ROOT

PAGES = guide.pages()
CATALOGUE = ROOT / "pengaduan_app/locale/id/LC_MESSAGES/django.po"
PICTURE = re.compile(r'src="([^"]+)" alt="([^"]+)" width="(\d+)" height="(\d+)"')


def words_of_the_screens() -> set[str]:
    """All that the plugin's screens say in Indonesian."""
    entries = polib.pofile(str(CATALOGUE))
    said = [text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values())]
    return {text.casefold() for text in said}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_docs_are_what_make_guide_writes(path):
    assert path.read_text(encoding="utf-8") == PAGES[path]


def test_every_role_has_its_page():
    assert {path.stem for path in PAGES} == {role.value for role in Role}
    assert {path.stem for path in guide.FOLDER.glob("*.md")} == {role.value for role in Role}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_button_that_a_page_names_is_on_a_screen(path):
    """Renamed on the screen, it must be renamed here."""
    named = re.findall(r"<strong>(.*?)</strong>", PAGES[path])
    parts = {part.strip(" …").casefold() for name in named for part in name.split("→")}
    there = words_of_the_screens()
    assert {part for part in parts if not any(said.startswith(part) for said in there)} == set()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_picture_is_there_in_its_size(path):
    pictures = PICTURE.findall(PAGES[path])
    assert pictures
    for source, words, width, height in pictures:
        file = Path(path.parent / source).resolve()
        with Image.open(file) as picture:
            assert picture.size == (int(width), int(height))
        assert len(words) > 20
        assert finders.find(f"pengaduan_app/guide/{file.name}") == str(file)


@pytest.mark.parametrize("role", Role)
def test_everybody_finds_their_own_page_in_the_help(client, office, role):
    client.force_login(office.person(role))
    assert f"/admin/guide/{role.value}/" in client.get("/admin/").content.decode()
    text = client.get(f"/admin/guide/{role.value}/").content.decode()
    assert "<h2>" in text


def test_the_limits_are_those_in_force(client, office):
    StepLimit.objects.create(step="A1", minutes=45, valid_from=timezone.now() - timedelta(days=1))
    client.force_login(office.operator)
    text = client.get("/admin/guide/operator/").content.decode()
    assert "batas 45 menit" in text
    assert "batas 30 menit" not in text


@pytest.mark.parametrize("word", ["nobody", "reporter", "..", "operator.html"])
def test_other_words_are_no_page(client, office, word):
    client.force_login(office.operator)
    assert client.get(f"/admin/guide/{word}/").status_code == 404
