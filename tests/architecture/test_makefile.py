"""What `make` says to somebody whose Python doesn't fit, and that all ask the same checks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Answers `-c` as if it were another version, and makes no environment.
FAKE = """#!/bin/sh
if [ "$1" = -c ]; then
    exec "{python}" -c "import sys; sys.version_info = ({major}, {minor}, 0, 'final', 0)
$2"
fi
echo "$@" >> "{log}"
exit 1
"""


def classifiers() -> list[str]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["classifiers"]


def supported() -> list[tuple[int, int]]:
    """The Pythons that the package says it was tested with."""
    found = (re.fullmatch(r"Programming Language :: Python :: 3\.(\d+)", c) for c in classifiers())
    return sorted((3, int(match[1])) for match in found if match)


def make(goal: str, tmp_path: Path, version: tuple[int, int] | None) -> tuple[str, str]:
    """What `make goal` says where python3 has this version, and what it then asked of it."""
    log, folder = tmp_path / "log", tmp_path / "bin"
    folder.mkdir()
    log.touch()
    if version:
        major, minor = version
        fake = FAKE.format(python=sys.executable, major=major, minor=minor, log=log)
        (folder / "python3").write_text(fake)
        (folder / "python3").chmod(0o755)
    environment = {"PATH": f"{folder}:{os.defpath}", "LANG": "C.UTF-8"}
    command = ["make", goal, f"VENV={tmp_path / 'venv'}"]
    command += [] if version else ["PYTHON=python3-nowhere"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode != 0
    assert not (tmp_path / "venv").exists()
    return done.stderr, log.read_text()


def own_words(said: str) -> list[str]:
    """Without what make itself adds."""
    return [line for line in said.splitlines() if not line.startswith("make:")]


@pytest.mark.parametrize("goal", ["run", "test"])
@pytest.mark.parametrize("version", [(2, 7), (3, 10), (3, 14), (4, 0)])
def test_a_python_that_was_never_tested_is_refused_in_one_sentence(tmp_path, goal, version):
    said, asked = make(goal, tmp_path, version)
    (sentence,) = own_words(said)
    assert "Python 3.11 to 3.13" in sentence
    assert "python3 is Python {}.{}".format(*version) in sentence
    assert "PYTHON=" in sentence
    assert asked == ""


@pytest.mark.parametrize("version", supported())
def test_every_python_that_the_package_names_gets_its_environment(tmp_path, version):
    said, asked = make("run", tmp_path, version)
    assert own_words(said) == []
    assert asked.startswith("-m venv ")


def test_the_package_names_the_pythons_on_both_edges_of_what_make_accepts():
    assert (supported()[0], supported()[-1]) == ((3, 11), (3, 13))


def test_without_any_python_it_says_which_to_install(tmp_path):
    (sentence,) = own_words(make("run", tmp_path, None)[0])
    assert "There is no python3-nowhere here: install Python 3.11 to 3.13" in sentence


def test_the_hooks_before_a_commit_are_the_checks_of_make_check():
    """By the same commands, so that neither passes what the other refuses."""
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (checks,) = re.findall(r"^check: ([a-z ]+)", makefile, re.MULTILINE)
    assert re.findall(r"entry: make (\w+)", hooks) == checks.split()


def test_the_readme_names_the_share_that_make_cover_asks_for():
    report = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["coverage"]["report"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (named,) = re.findall(r"at least (\d+) %", readme)
    assert int(named) == report["fail_under"]
