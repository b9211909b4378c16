"""docs/architecture.md: its picture of the wings is the imports', and what it names is there."""

from __future__ import annotations

import re

from scripts import directory
from tests.architecture import test_layers
from tests.architecture.test_architecture import PLUGIN, ROOT, sources
from tests.architecture.test_layers import LAYERS, SOCKETS, arrows

TEXT = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`([\w./]+(?:/|\.(?:py|md|html|css)))`")


def picture() -> dict[str, list[str]]:
    """The wings of the picture in its order, each with those that its arrow leads from."""
    (drawn,) = re.findall(r"^```wings\n(.+?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    rows = (line.split("<-") for line in drawn.splitlines())
    return {wing.strip(): below.split() for wing, below in rows}


def section(title: str) -> str:
    return TEXT.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_the_picture_has_the_wings_from_the_ground_up():
    assert tuple(picture()) == LAYERS


def test_the_picture_shows_what_each_wing_imports_and_nothing_else():
    imports = {
        wing: {arrow[1] for path in sources(f"pengaduan_app/{wing}") for arrow in arrows(path)}
        for wing in LAYERS
    }
    assert {wing: set(below) for wing, below in picture().items()} == imports


def test_every_arrow_of_the_picture_leads_from_a_wing_above():
    wrong = [
        f"{wing} <- {name}"
        for wing, below in picture().items()
        for name in below
        if LAYERS.index(name) >= LAYERS.index(wing)
    ]
    assert wrong == []


def test_a_new_import_changes_the_picture(tmp_path, monkeypatch):
    bad = test_layers.written_in(tmp_path, monkeypatch, "privacy", "from ..procedure import sop")
    monkeypatch.setattr(directory, "sources", lambda folder: [bad] if "privacy" in folder else [])
    drawn = directory.with_picture("# Wings\n\n```wings\nold\n```\n")
    assert "privacy       <- procedure\n" in drawn
    assert "old" not in drawn


def test_every_wing_has_its_row_and_says_what_it_does_and_may_touch():
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", section("The wings"), re.MULTILINE)
    assert tuple(name for name, _does, _touches in rows) == LAYERS


def test_every_socket_at_the_root_says_who_names_it():
    named = re.findall(r"`(\w+\.py)`", section("The plugin's root"))
    assert set(named) >= SOCKETS


def test_every_file_and_folder_that_the_page_names_is_there():
    """By its path from the root of the project, or of the plugin."""
    named = NAMED.findall(TEXT)
    assert len(named) > 40
    missing = [name for name in named if not (ROOT / name).exists() and not in_plugin(name)]
    assert missing == []


def in_plugin(name: str) -> bool:
    return any((PLUGIN / folder / name).exists() for folder in (".", "contrib/search"))
