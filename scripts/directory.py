"""Writes the maps of the code that tests hold to the tree: `python -m scripts.directory`.

docs/directory.md     a line for each folder and file. A Python file's line is the first sentence
                      of its docstring, a package's that of its own; all other lines are written
                      by hand, in the page itself, and stay when the page is written again
docs/architecture.md  the picture of the wings, with what each of them imports
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.architecture.test_architecture import sources
from tests.architecture.test_layers import LAYERS, arrows

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/directory.md"
PICTURE = ROOT / "docs/architecture.md"
PARTS = {
    "The plugin's root": ("pengaduan_app",),
    "The plugin's wings": tuple(f"pengaduan_app/{wing}" for wing in LAYERS),
    "The plugin's optional apps": ("pengaduan_app/contrib",),
    "What Django looks for in the plugin": tuple(
        f"pengaduan_app/{name}"
        for name in ("management", "templatetags", "templates", "static", "locale", "migrations")
    ),
    "The city's site": ("home", "search", "site", "templates"),
    "Tools": ("scripts", "bench"),
    "Tests": ("tests",),
    "Docs": ("docs",),
}
# Named, but not looked into: tools make what they hold, or they have an index of their own.
CLOSED = {"migrations", "locale", "wagtail_locale", "adr"}
# No line: what running the code and the tests leaves behind.
LEFT_BEHIND = {"__pycache__", "artifacts"}
LINE = re.compile(r"^ *- `([^`]+)`: ?(.*)$", re.MULTILINE)


def folders(top: str) -> list[Path]:
    """This folder and those below it that hold files of their own, each before what is in it."""
    folder = ROOT / top
    if folder.name in CLOSED:
        return [folder]
    found = (
        [folder] if any(path.is_file() and path.stat().st_size for path in folder.iterdir()) else []
    )
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in LEFT_BEHIND:
            found += folders(path.relative_to(ROOT).as_posix())
    return found


def files(folder: Path) -> list[Path]:
    """The files that have a line: Python in all folders but the tests', and the docs' pages."""
    if folder.name in CLOSED or folder.is_relative_to(ROOT / "tests"):
        return []
    found = [*folder.glob("*.py"), *folder.glob("*.md")]
    return sorted(path for path in found if path.name != "__init__.py")


def paths_of(tops: tuple[str, ...]) -> list[Path]:
    """The folders and files of one part of the page, in its order."""
    found = []
    for top in tops:
        # What is below the plugin's root comes in parts of its own.
        inside = [ROOT / top] if top == "pengaduan_app" else folders(top)
        found += [path for folder in inside for path in (folder, *files(folder))]
    return found


def sentence(path: Path) -> str:
    """The first sentence of a Python file's docstring; for a folder, of its package's."""
    module = path / "__init__.py" if path.is_dir() else path
    if module.suffix != ".py" or not module.exists():
        return ""
    text = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    paragraph = " ".join(text.split("\n\n")[0].split())
    return re.split(r"(?<=[.?])\s+(?=[A-Z`/])", paragraph)[0]


def lines_of(page: str) -> dict[str, str]:
    """What the page says, by path. A file's line names it within the folder above it."""
    found, folder = {}, ""
    for name, words in LINE.findall(page):
        folder = name if name.endswith("/") else folder
        found[name if name == folder else folder + name] = words
    return found


def directory() -> str:
    """The whole page, with what is written by hand taken over from the page that is there."""
    page = PAGE.read_text(encoding="utf-8")
    written = lines_of(page)
    parts = [page.split("## ")[0].rstrip() + "\n"]
    for title, tops in PARTS.items():
        lines = []
        for path in paths_of(tops):
            key = path.relative_to(ROOT).as_posix() + ("/" if path.is_dir() else "")
            words = sentence(path) or written.get(key, "")
            lines.append(f"- `{key}`: {words}" if path.is_dir() else f"  - `{path.name}`: {words}")
        parts.append("\n".join([f"## {title}", "", *lines, ""]))
    return "\n".join(parts)


def picture() -> str:
    """Each wing, from the ground up, with the wings that it imports."""
    lines = []
    for wing in LAYERS:
        found = {arrow[1] for path in sources(f"pengaduan_app/{wing}") for arrow in arrows(path)}
        below = "  ".join(name for name in LAYERS if name in found)
        lines.append(f"{wing:<13} <- {below}".rstrip())
    return "\n".join(lines)


def with_picture(text: str) -> str:
    """The text of docs/architecture.md with the picture as it is now."""
    return re.sub(r"(?<=```wings\n).*?(?=\n```)", picture(), text, flags=re.DOTALL)


def main() -> None:
    PAGE.write_text(directory(), encoding="utf-8")
    PICTURE.write_text(with_picture(PICTURE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
