"""docs/directory.md names what is in the tree, all of it and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import directory
from tests.architecture.test_architecture import ROOT, shipped
from tests.architecture.test_layers import LAYERS

PAGE = directory.PAGE.read_text(encoding="utf-8")


@pytest.fixture
def tree(tmp_path, monkeypatch) -> Path:
    """A small project with a page that fits it."""
    (tmp_path / "code").mkdir()
    (tmp_path / "code/sop.py").write_text('"""The steps. And more."""', encoding="utf-8")
    (tmp_path / "code/style.css").write_text("a {}", encoding="utf-8")
    (tmp_path / "page.md").write_text("# Map\n\n## Code\n\n- `code/`: By hand.\n", encoding="utf-8")
    monkeypatch.setattr(directory, "ROOT", tmp_path)
    monkeypatch.setattr(directory, "PAGE", tmp_path / "page.md")
    monkeypatch.setattr(directory, "PARTS", {"Code": ("code",)})
    return tmp_path


def test_the_page_is_what_make_directory_writes():
    """Fails when a file or folder comes, goes or moves, and when a docstring changes."""
    assert directory.directory() == PAGE


def test_no_line_is_left_empty():
    assert [path for path, words in directory.lines_of(PAGE).items() if not words] == []


def test_every_line_names_something_that_is_there():
    assert [path for path in directory.lines_of(PAGE) if not (ROOT / path).exists()] == []


def test_every_file_of_the_code_has_a_line():
    """Asked in another way than the page is made: of all Python that is shipped or a tool."""
    named = directory.lines_of(PAGE)
    files = [*shipped(), *(ROOT / "scripts").glob("*.py"), *(ROOT / "bench").glob("*.py")]
    files = [path for path in files if path.name != "__init__.py"]
    assert [path for path in files if path.relative_to(ROOT).as_posix() not in named] == []


def test_the_wings_stand_in_the_order_of_the_layers():
    wings = [f"pengaduan_app/{wing}/" for wing in LAYERS]
    assert [path for path in directory.lines_of(PAGE) if path in wings] == wings


def test_a_docstring_gives_the_line_and_words_by_hand_stay(tree):
    assert directory.directory() == (
        "# Map\n\n## Code\n\n- `code/`: By hand.\n  - `sop.py`: The steps.\n"
    )


def test_a_new_folder_gets_a_line_and_an_empty_one_gets_none(tree):
    (tree / "code/new").mkdir()
    (tree / "code/empty").mkdir()
    (tree / "code/new/words.txt").write_text("a", encoding="utf-8")
    (tree / "code/empty/__init__.py").touch()
    assert list(directory.lines_of(directory.directory())) == [
        "code/",
        "code/sop.py",
        "code/new/",
    ]


def test_what_a_run_leaves_behind_gets_no_line(tree):
    (tree / "code/artifacts").mkdir()
    (tree / "code/artifacts/failed.html").write_text("a", encoding="utf-8")
    assert list(directory.lines_of(directory.directory())) == ["code/", "code/sop.py"]


def test_a_file_that_went_leaves_the_page(tree):
    directory.PAGE.write_text(directory.directory(), encoding="utf-8")
    (tree / "code/sop.py").unlink()
    assert "sop.py" not in directory.directory()
