"""Keeps the Indonesian catalogues: `python scripts/messages.py [collect|compile|check]`.

collect  reads the msgids of the plugin and of the site out of the source
compile  writes each .mo beside its .po
check    fails where a msgid of the source has no entry, where an entry is empty, fuzzy or
         has lost a placeholder, and where a .mo is not what its .po says
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PLUGIN = ROOT / "pengaduan_app/locale/id/LC_MESSAGES"
SITE = ROOT / "site/locale/id/LC_MESSAGES"
# Words of Wagtail that it ships without Indonesian; maintained by hand.
WAGTAIL = ROOT / "site/wagtail_locale/id/LC_MESSAGES"
SOURCES = {
    PLUGIN: [ROOT / "pengaduan_app"],
    SITE: [ROOT / "home", ROOT / "search", ROOT / "templates", ROOT / "site/config"],
}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
CALL = re.compile(
    r"""\b(?:n?gettext|_)\((?:[^()"']|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')*\)""", re.DOTALL
)
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "id",
    "Plural-Forms": "nplurals=1; plural=0;",
}


settings.configure()


def catalogues() -> list[Path]:
    return sorted(path for folder in (PLUGIN, SITE, WAGTAIL) for path in folder.glob("*.po"))


def collect() -> None:
    """Update the catalogues of the plugin and the site to the msgids of the source."""
    for folder, sources in SOURCES.items():
        path = folder / "django.po"
        kept = polib.pofile(str(path)) if path.exists() else []
        known = {entry.msgid: entry for entry in kept}
        result = polib.POFile(wrapwidth=100)
        result.metadata = HEADER
        for msgid, plural in sorted(msgids(sources).items()):
            result.append(_entry(msgid, plural, known.get(msgid)))
        result.save(str(path))


def _entry(msgid: str, plural: str, known: polib.POEntry | None) -> polib.POEntry:
    if plural:
        texts = known.msgstr_plural if known and known.msgstr_plural else {0: ""}
        return polib.POEntry(msgid=msgid, msgid_plural=plural, msgstr_plural=texts)
    return polib.POEntry(msgid=msgid, msgstr=known.msgstr if known else "")


def msgids(folders: list[Path]) -> dict[str, str]:
    """Every msgid below these folders, with its plural or ""."""
    found: dict[str, str] = {}
    for path in _sources(folders):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # The result isn't valid Python as a whole, so only its calls are parsed.
            text = "\n".join(CALL.findall(templatize(text, origin=str(path))))
        for _line, message, _notes, _context in extract(
            "python", io.BytesIO(text.encode()), KEYWORDS, options={"encoding": "utf-8"}
        ):
            single, plural = message if isinstance(message, tuple) else (message, "")
            if single:
                found[single] = plural or found.get(single, "")
    return found


def _sources(folders: list[Path]) -> list[Path]:
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in {".py", ".html", ".txt"}
        and not {"migrations", "locale"} & set(path.parts)
    )


def compile_all() -> None:
    for path in catalogues():
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def check() -> list[str]:
    """What is wrong with the catalogues, one sentence each."""
    problems = [problem for path in catalogues() for problem in _problems(path)]
    for folder, sources in SOURCES.items():
        known = {entry.msgid for entry in polib.pofile(str(folder / "django.po"))}
        missing = sorted(set(msgids(sources)) - known)
        problems += [f"Not in the catalogue; run 'make messages': {msgid!r}" for msgid in missing]
    return problems


def _problems(path: Path) -> list[str]:
    name = path.relative_to(ROOT)
    catalogue = polib.pofile(str(path))
    problems = []
    for entry in catalogue:
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if entry.fuzzy or not all(texts):
            problems.append(f"{name}: not translated: {entry.msgid!r}")
            continue
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        lost = wanted - set(PLACEHOLDER.findall(texts[0]))
        if lost:
            problems.append(f"{name}: {sorted(lost)} is lost in: {texts[0]!r}")
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != catalogue.to_binary():
        problems.append(f"{name}: its .mo is out of step; run 'make messages'.")
    return problems


def main() -> int:
    command = sys.argv[1] if len(sys.argv) > 1 else "check"
    if command == "collect":
        collect()
        compile_all()
    elif command == "compile":
        compile_all()
    problems = check()
    print("\n".join(problems) or "The catalogues are complete.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
