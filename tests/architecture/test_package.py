"""What a site gets that installs the plugin: the wheel is built and looked into."""

from __future__ import annotations

import shutil
import subprocess
import sys
from email import message_from_bytes
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
# What stays at home: made by others, or made again.
LEFT = shutil.ignore_patterns(
    ".*", "var", "build", "dist", "docs", "bench", "artifacts", "__pycache__", "*.egg-info"
)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory) -> ZipFile:
    """Built from a copy, because setuptools leaves its work beside the source and would
    pack what an earlier build has left there."""
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT, folder / "source", ignore=LEFT)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), "./source"]
    subprocess.run(command, cwd=folder, check=True, timeout=120)
    (path,) = folder.glob("*.whl")
    return ZipFile(path)


@pytest.fixture(scope="session")
def metadata(wheel):
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return message_from_bytes(wheel.read(name))


def test_the_wheel_holds_every_file_of_the_plugin_but_the_translators_own(wheel):
    shipped = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "pengaduan_app").rglob("*")
        if path.is_file() and path.suffix not in {".po", ".pyc"}
    }
    packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packed == shipped


@pytest.mark.parametrize(
    "name",
    [
        "migrations/0001_initial.py",
        "templates/pengaduan_app/base.html",
        "static/pengaduan_app/admin.css",
        "locale/id/LC_MESSAGES/django.mo",
        "management/commands/health.py",
        "py.typed",
    ],
)
def test_the_wheel_holds_what_a_site_cannot_do_without(wheel, name):
    assert f"pengaduan_app/{name}" in wheel.namelist()


def test_the_citys_own_site_and_the_tests_stay_out(wheel):
    packages = {name.split("/")[0] for name in wheel.namelist()}
    assert {name for name in packages if not name.endswith(".dist-info")} == {"pengaduan_app"}


def test_the_licence_comes_along_and_is_named(wheel, metadata):
    (name,) = (name for name in wheel.namelist() if name.endswith("/licenses/LICENSE"))
    assert wheel.read(name) == (ROOT / "LICENSE").read_bytes()
    assert metadata["License-Expression"] == "BSD-3-Clause"


def test_an_index_can_say_what_it_is_and_what_it_runs_on(metadata):
    classifiers = metadata.get_all("Classifier")
    assert {"Framework :: Wagtail :: 7", "Framework :: Wagtail :: 8"} <= set(classifiers)
    assert "Framework :: Django :: 5.2" in classifiers
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["Keywords"]
    assert {url.split(", ")[0] for url in metadata.get_all("Project-URL")} >= {
        "Documentation",
        "Changelog",
        "Issues",
    }
