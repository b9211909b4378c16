"""The yardstick of docs/architecture.md: how large things may grow, and what is documented."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from statistics import mean

import pytest

from pengaduan_app import conf
from tests.architecture.test_architecture import (
    ROOT,
    at,
    functions_of,
    plugin_files,
    shipped,
    sources,
    tree_of,
)

LONGEST_FILE, LONGEST_FUNCTION, MEAN_FUNCTION = 300, 40, 12
MOST_SETTINGS = 10
# Lines of tests to lines of source.
LEAST_TESTS = 1.1
EXPLAINED = (
    "procedure/",
    "privacy/",
    "permissions/",
    "deadlines/",
    "actions/",
)


def lines_of(node) -> int:
    return node.end_lineno - node.lineno + 1


def templates() -> list[Path]:
    folders = (ROOT / "templates", ROOT / "pengaduan_app/templates")
    return [path for folder in folders for path in sorted(folder.rglob("*.*"))]


def test_no_file_is_longer_than_a_person_reads():
    files = [*shipped(), *sources("tests", "scripts")]
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    long = {str(p.relative_to(ROOT)): n for p, n in lengths.items() if n > LONGEST_FILE}
    assert long == {}


def test_no_function_is_longer_than_a_screen():
    files = [*shipped(), *sources("tests")]
    long = [
        f"{at(path, node)} {node.name}: {lines_of(node)}"
        for path in files
        for node in functions_of(path)
        if lines_of(node) > LONGEST_FUNCTION
    ]
    assert long == []


def test_most_functions_are_short():
    lengths = [lines_of(node) for path in shipped() for node in functions_of(path)]
    assert mean(lengths) <= MEAN_FUNCTION


def test_there_are_more_lines_of_tests_than_of_what_they_test():
    """Helpers and fixtures count; migrations, demo data and the bench's tools don't."""

    def count(files: list[Path]) -> int:
        return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files)

    assert count(sources("tests")) >= LEAST_TESTS * count(shipped())


# Whether something is there, or isn't: a name, perhaps with `not` before it.
PRESENCE = re.compile(r"(?:not )?[\w.]+")


def decisions(text: str) -> list[str]:
    """The conditions of a template that ask for more than presence."""
    asked = re.findall(r"\{%-?\s*(?:el)?if\s+(.*?)\s*-?%\}", text)
    return [condition for condition in asked if not PRESENCE.fullmatch(condition)]


def test_templates_decide_nothing():
    """No comparison, no `and` or `or`, no filter with a rule in it: Python decides, and gives
    the template a name for what it decided."""
    wrong = [
        f"{path.relative_to(ROOT)}: {condition}"
        for path in templates()
        # A copy of Wagtail's own, kept as it is there.
        if "wagtailadmin" not in path.parts
        for condition in decisions(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "condition", ["state == 'open'", "a and b", "not a or b", "rows|length", "x in rows"]
)
def test_the_rule_on_conditions_catches(condition):
    assert decisions("{% if " + condition + " %}") == [condition]
    assert decisions("{% if a %}{% elif not b.c %}") == []


def test_the_plugin_has_few_settings_each_with_a_default():
    assert len(conf.DEFAULTS) <= MOST_SETTINGS
    assert all(name.startswith("PENGADUAN_") for name in conf.DEFAULTS)


def test_the_plugins_settings_are_read_through_conf_alone():
    """No file asks Django's settings for one, and none asks conf for one it doesn't know."""
    wrong = []
    for path in plugin_files("conf.py"):
        text = path.read_text(encoding="utf-8")
        wrong += [str(path)] if re.search(r"settings(?:\.|,\s*\")PENGADUAN_", text) else []
        asked = re.findall(r"conf\.get\(\s*\"(\w+)\"", text)
        wrong += [name for name in asked if name not in conf.DEFAULTS]
    assert wrong == []


def public_functions():
    """A module's own functions without a leading underscore; methods answer to their class."""
    chosen = set(plugin_files()) - set(plugin_files(*EXPLAINED))
    for path in sorted(chosen):
        for node in tree_of(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield path, node


def test_public_functions_of_the_core_say_why_they_are_there():
    wrong = [
        f"{at(path, node)} {node.name}"
        for path, node in public_functions()
        if not ast.get_docstring(node)
    ]
    assert wrong == []


def test_every_module_says_what_it_is_for():
    # A command says it in its help text.
    exempt = ("__init__.py", "apps.py", "setup_site.py", "load_demo.py")
    wrong = [
        str(path.relative_to(ROOT))
        for path in [*shipped(), *sources("tests")]
        if path.name not in exempt and path.read_text(encoding="utf-8").strip()
        if not ast.get_docstring(tree_of(path))
    ]
    assert wrong == []
