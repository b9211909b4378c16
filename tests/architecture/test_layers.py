"""Which way the plugin's wings depend: downwards, and through each other's faces."""

from __future__ import annotations

import ast
import re
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from . import test_architecture
from .test_architecture import PLUGIN, at, imports_of, plugin_files, sources, tree_of

ROOT = test_architecture.ROOT
# The wings of the plugin, from the ground up: none imports one that stands later here.
LAYERS = (
    "procedure",
    "presentation",
    "text",
    "privacy",
    "permissions",
    "models",
    "deadlines",
    "messaging",
    "actions",
    "operations",
    "publication",
    "registers",
    "reports",
    "statistics",
    "api",
    "workflow",
    "citizen",
    "people",
    "desk",
)
# What stays at the plugin's root: Django, Wagtail, settings, migrations and queued tasks name
# these, and they do nothing but register and pass on.
SOCKETS = {
    "apps.py",
    "checks.py",
    "conf.py",
    "middleware.py",
    "process_cache.py",
    "setup.py",
    "signal_handlers.py",
    "tasks.py",
    "throttle.py",
    "urls.py",
    "vault.py",
    "views.py",
    "wagtail_hooks.py",
}
# The exceptions. `vault` is named by migrations, `process_cache` used by wings far apart; they
# and `conf` know no wing. `throttle` is used by the site too, and knows the models alone.
TOOLS = {"conf.py", "process_cache.py", "throttle.py", "vault.py"}
# In lines. A wing with more files than fit has rooms, each with a table of its own.
LONGEST_TABLE = 36


def wing_of(module: str) -> str | None:
    """The wing that a dotted name of the plugin belongs to; None for the sockets at its root."""
    parts = module.split(".")
    return parts[1] if parts[0] == "pengaduan_app" and parts[1:2] and parts[1] in LAYERS else None


def imported_names(path: Path) -> list[tuple[ast.stmt, str, str]]:
    """Each `from module import name` with the module's full dotted name, and each
    `import module` with an empty name."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            found += [(node, module, alias.name) for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [(node, alias.name, "") for alias in node.names]
    return found


def arrows(path: Path) -> list[tuple[ast.stmt, str, str, str]]:
    """What a file takes from wings other than its own: the node, the wing, module and name."""
    own = wing_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
    found = []
    for node, module, name in imported_names(path):
        wing = wing_of(module) or wing_of(f"{module}.{name}")
        if wing and wing != own:
            found.append((node, wing, module, name))
    return found


def climbing_imports(files: list[Path]) -> list[str]:
    """Imports of a wing that stands later in LAYERS than the file's own."""
    wrong = []
    for path in files:
        own = wing_of(".".join(path.relative_to(ROOT).parts))
        if own:
            wrong += [
                f"{at(path, node)} imports {wing}"
                for node, wing, _module, _name in arrows(path)
                if LAYERS.index(wing) > LAYERS.index(own)
            ]
    return wrong


def face_of(wing: str) -> set[str]:
    """The names that a wing offers to others: its `__all__`."""
    for node in tree_of(PLUGIN / wing / "__init__.py").body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def imports_past_a_face(files: list[Path]) -> list[str]:
    """Imports of what a wing's face doesn't offer, or of a file behind it."""
    return [
        f"{at(path, node)} imports {name} from {module}"
        for path in files
        for node, wing, module, name in arrows(path)
        if module != "pengaduan_app"
        and (module != f"pengaduan_app.{wing}" or name not in face_of(wing))
    ]


def sockets_taken(files: list[Path]) -> list[str]:
    """Imports of files at the plugin's root that aren't TOOLS: these know wings."""
    closed = {f"pengaduan_app.{name.removesuffix('.py')}" for name in SOCKETS - TOOLS}
    return [
        f"{at(path, node)} imports {name} from {module}"
        for path in files
        for node, module, name in imported_names(path)
        if {module, f"{module}.{name}"} & closed
    ]


def in_wings(*but: str) -> list[Path]:
    """The plugin's files but the sockets at its root, which may name any file of a wing."""
    return [path for path in plugin_files(*but) if path.parent != PLUGIN]


def test_every_folder_of_code_is_a_wing():
    no_wings = {"contrib", "management", "migrations", "templatetags"}
    folders = {path.parent.name for path in PLUGIN.glob("*/__init__.py")}
    assert folders - no_wings == set(LAYERS)


def test_the_root_holds_sockets_alone():
    files = {path.name for path in PLUGIN.glob("*.py")} - {"__init__.py"}
    assert files == SOCKETS


def test_no_wing_imports_one_above_it():
    assert climbing_imports(plugin_files()) == []


def test_wings_and_apps_take_from_each_other_through_their_faces():
    files = [*in_wings(), *sources("home", "search")]
    assert imports_past_a_face(files) == []


def test_a_wing_takes_nothing_from_the_root_but_tools():
    assert sockets_taken(in_wings("contrib/", "management/")) == []


def test_every_name_of_a_face_is_there():
    missing = [
        f"{wing}.{name}"
        for wing in LAYERS
        for name in face_of(wing)
        if not hasattr(import_module(f"pengaduan_app.{wing}"), name)
        and not find_spec(f"pengaduan_app.{wing}.{name}")
    ]
    assert missing == []


def tabled(face: Path) -> set[str]:
    """What the docstring of a wing or a room lists: files, and rooms with a slash."""
    text = ast.get_docstring(tree_of(face)) or ""
    assert len(text.splitlines()) <= LONGEST_TABLE, face
    return set(re.findall(r"^(\w+)/? {2,}\S", text, re.MULTILINE))


def test_a_face_is_a_table_of_its_files_and_what_it_offers():
    for wing in LAYERS:
        face = PLUGIN / wing / "__init__.py"
        rest = [type(node) for node in tree_of(face).body[1:]]
        assert set(rest) <= {ast.ImportFrom, ast.Assign}, wing
        there = {path.stem for path in face.parent.glob("*.py")} - {"__init__"}
        there |= {path.parent.name for path in face.parent.glob("*/__init__.py")}
        assert tabled(face) == there, wing


def test_a_room_is_a_table_of_its_files():
    for face in (face for wing in LAYERS for face in (PLUGIN / wing).glob("*/__init__.py")):
        there = {path.stem for path in face.parent.glob("*.py")} - {"__init__"}
        assert tabled(face) == there, face


def test_the_plugin_knows_nothing_of_the_site_around_it():
    around = ("home", "search", "config", "site", "tests")
    wrong = [
        f"{at(path, node)} imports {module}"
        for path in plugin_files()
        for node, module in imports_of(path)
        if module.split(".")[0] in around
    ]
    assert wrong == []


def test_the_plugin_works_without_its_optional_apps():
    wrong = [
        f"{at(path, node)} imports {module}"
        for path in plugin_files("contrib/")
        for node, module in imports_of(path)
        if module.startswith("pengaduan_app.contrib")
    ]
    assert wrong == []


def test_the_procedure_runs_without_django():
    """All of it but the labels: who follows a row by hand, or checks it, needs no framework."""
    wrong = [
        f"{at(path, node)} imports {module}"
        for path in sources("pengaduan_app/procedure")
        if path.name not in ("labels.py", "reader_labels.py", "__init__.py")
        for node, module in imports_of(path)
        if module.split(".")[0] not in {*sys.stdlib_module_names, "pengaduan_app"}
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("wing", "line"),
    [
        ("models", "from ..actions import ledger"),
        ("models", "from .. import actions"),
        ("models", "import pengaduan_app.desk.listing.filters"),
        ("procedure", "from pengaduan_app.desk import filters"),
        ("deadlines", "from ..messaging.emails import compose"),
    ],
)
def test_the_rule_on_layers_catches(tmp_path, monkeypatch, wing, line):
    bad = written_in(tmp_path, monkeypatch, wing, line)
    assert len(climbing_imports([bad])) == 1


@pytest.mark.parametrize(
    "line",
    [
        "from ..procedure.sop import STEPS",
        "from ..models.pages import ComplaintPage",
        "from ..permissions import nothing_of_that_name",
        "from pengaduan_app.permissions.roles import roles_of",
        "import pengaduan_app.permissions.roles",
    ],
)
def test_the_rule_on_faces_catches(tmp_path, monkeypatch, line):
    bad = written_in(tmp_path, monkeypatch, "desk", line)
    assert len(imports_past_a_face([bad])) == 1


@pytest.mark.parametrize(
    "line",
    [
        "from .. import tasks",
        "from ..setup import ensure_procedure",
        "from pengaduan_app import wagtail_hooks",
        "import pengaduan_app.middleware",
    ],
)
def test_the_rule_on_the_root_catches(tmp_path, monkeypatch, line):
    bad = written_in(tmp_path, monkeypatch, "desk", line)
    assert len(sockets_taken([bad])) == 1


def test_the_search_has_a_table_of_its_files_too():
    folder = PLUGIN / "contrib/search"
    text = ast.get_docstring(tree_of(folder / "__init__.py"))
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    listed = set(re.findall(r"`(\w+)/?`", " ".join(rows)))
    there = {path.stem for path in folder.glob("*.py")} - {"__init__", "apps"}
    there |= {path.parent.name for path in folder.glob("*/__init__.py")}
    assert listed == there - {"migrations", "management"}


def written_in(tmp_path, monkeypatch, wing: str, line: str) -> Path:
    """A file of that wing with one line, below another root."""
    for module in (sys.modules[__name__], test_architecture):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    bad = tmp_path / "pengaduan_app" / wing / "bad.py"
    bad.parent.mkdir(parents=True)
    bad.write_text(line, encoding="utf-8")
    return bad
