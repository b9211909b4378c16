"""Who may write what, and where a state may be compared. The layers: test_layers.py."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLUGIN = ROOT / "pengaduan_app"
PROJECT = ("pengaduan_app", "home", "search", "config")
# These compare the states one by one; all others ask for a named set.
KNOW_STATES = ("procedure/", "permissions/", "actions/", "messaging/")
WRITES = {"save", "update", "create", "bulk_create", "bulk_update", "get_or_create", "delete"}


def sources(*folders: str) -> list[Path]:
    """The Python files below these folders of the project; migrations apart."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def shipped() -> list[Path]:
    return sources("pengaduan_app", "home", "search", "site")


def plugin_files(*but: str) -> list[Path]:
    """The plugin's files, leaving out names or folders (ending in a slash)."""
    files = {path: path.relative_to(PLUGIN).as_posix() for path in sources("pengaduan_app")}
    return [path for path, name in files.items() if not name.startswith(but)]


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def at(path: Path, node) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def imports_of(path: Path, tree=None) -> list[tuple[ast.AST, str]]:
    """Each imported module with its full dotted name, relative ones resolved."""
    found = []
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(tree or tree_of(path)):
        if isinstance(node, ast.Import):
            found += [(node, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            # `from . import sop` names a module; `from .sop import Role` names one already.
            names = [f"{module}.{alias.name}" for alias in node.names]
            found += [(node, name) for name in (names if not node.module else [module])]
    return found


def functions_of(path: Path) -> list:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, kinds)]


# Nothing is hidden inside a function.


def test_nothing_of_the_project_is_imported_inside_a_function():
    wrong = [
        f"{at(path, node)} imports {module}"
        for path in shipped()
        if path.name != "apps.py"
        for function in functions_of(path)
        for node, module in imports_of(path, function)
        if module.split(".")[0] in PROJECT
    ]
    assert wrong == []


# One place a rule, one write path.


def attributes_assigned(tree) -> list[ast.Attribute]:
    kinds = (ast.Assign, ast.AugAssign, ast.AnnAssign)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, kinds):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found += [sub for target in targets for sub in ast.walk(target)]
    return [node for node in found if isinstance(node, ast.Attribute)]


def is_written(node) -> bool:
    """`setattr(x, "state", …)`, or a call like `.update(state=…)` or `.save(["state"])`."""
    if not isinstance(node, ast.Call):
        return False
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name == "setattr":
        return any(isinstance(arg, ast.Constant) and arg.value == "state" for arg in node.args)
    return name in WRITES and any(keyword.arg == "state" for keyword in node.keywords)


def state_writes(path: Path) -> list[str]:
    tree = tree_of(path)
    nodes = [node for node in attributes_assigned(tree) if node.attr == "state"]
    nodes += [node for node in ast.walk(tree) if is_written(node)]
    return [at(path, node) for node in nodes]


def test_only_the_actions_write_a_complaints_state():
    assert [line for path in plugin_files("actions/") for line in state_writes(path)] == []
    assert [line for path in sources("home", "search", "site") for line in state_writes(path)] == []


def test_complaints_and_ledger_rows_are_made_and_saved_by_the_actions_alone():
    making = re.compile(
        r"\b(?:Complaint|StepRecord)(?:\.objects\.(?:create|bulk_create|update|get_or_create))?\("
    )
    saving = re.compile(r"\b(?:complaint|record)\.(?:save|delete)\(")
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in [*plugin_files("actions/"), *sources("home", "search", "site")]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (making.search(line) or saving.search(line)) and not line.startswith("class ")
    ]
    assert wrong == []


def is_one_state(node) -> bool:
    """`State.RECEIVED`, `sop.State.RECEIVED`, or the bare word of a state."""
    if isinstance(node, ast.Attribute):
        owner = getattr(node.value, "attr", getattr(node.value, "id", ""))
        return owner == "State"
    if isinstance(node, ast.Set | ast.Tuple | ast.List):
        return any(is_one_state(item) for item in node.elts)
    return isinstance(node, ast.Call) and any(is_one_state(arg) for arg in node.args)


def is_state_of_something(node) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "state"


def state_comparisons(path: Path) -> list[str]:
    """Comparisons with one state, or of a state with anything that isn't a named set."""
    wrong = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            equal = any(isinstance(op, ast.Eq | ast.NotEq | ast.Is) for op in node.ops)
            of_state = any(map(is_state_of_something, sides))
            if any(map(is_one_state, sides)) or (equal and of_state):
                wrong.append(at(path, node))
        elif isinstance(node, ast.keyword) and (node.arg or "").startswith("state"):
            wrong += [at(path, node.value)] if is_one_state(node.value) else []
    return wrong


def test_states_are_compared_through_named_sets():
    files = [*plugin_files(*KNOW_STATES), *sources("home", "search")]
    files = [path for path in files if "demo" not in path.parts]
    assert [line for path in files for line in state_comparisons(path)] == []


@pytest.mark.parametrize(
    "line",
    [
        'complaint.state = "verified"',
        "Complaint.objects.filter(pk=1).update(state=State.STUDY)",
        'setattr(complaint, "state", value)',
    ],
)
def test_the_rule_on_writing_catches(tmp_path, monkeypatch, line):
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    (tmp_path / "bad.py").write_text(line, encoding="utf-8")
    assert state_writes(tmp_path / "bad.py") == ["bad.py:1"]


@pytest.mark.parametrize(
    "line",
    [
        "complaint.state == State.STUDY",
        'complaint.state != "study"',
        "complaint.state in {State.STUDY, State.ENTRY}",
        "Complaint.objects.filter(state=State.STUDY)",
        "rows.exclude(state__in=[sop.State.STUDY])",
    ],
)
def test_the_rule_on_comparing_catches(tmp_path, monkeypatch, line):
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    (tmp_path / "bad.py").write_text(line, encoding="utf-8")
    assert state_comparisons(tmp_path / "bad.py") == ["bad.py:1"]
