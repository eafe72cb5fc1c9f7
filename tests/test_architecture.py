"""The shape of the code: imports go down, powers have one place, modules and functions stay small.

Everything is read from the syntax tree; nothing is imported. A justified exception is a line in
EXCEPTIONS, with its reason.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "tracker"

FLOORS = {
    "law": 0,
    "parse": 1,
    "diff": 2,
    "amend": 2,
    "store": 3,
    "render": 4,
    "check": 5,
    "site": 5,
    "cli": 6,
    "api": 6,
    "__init__": 6,  # the package's front: it names what tracker.api offers
    "__main__": 6,
}
"""Each folder or top module of tracker/ and its floor."""

# Who may import what. A module is allowed when its dotted name starts with one of the prefixes.
POWERS = {
    "git": ("tracker.store.git.process",),
    "click": ("tracker.cli",),
    "rich": ("tracker.cli", "tracker.render.terminal"),
    "mkdocs": ("tracker.site",),
}
# Loaded by few commands: never at the top of a module that every command imports.
HEAVY = ("git", "lxml", "mkdocs", "rjieba", "diff_match_patch")
LIGHT_MODULES = ("tracker", "tracker.__main__", "tracker.api", "tracker.cli")

MODULE_LINES = 400
FUNCTION_LINES = 60
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}

EXCEPTIONS: dict[tuple[str, str], str] = {
    # (rule, module or module:name): why
    ("imports", "tracker.site.findings"): "the page of a version shows what the check finds",
}


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _folder(module: str) -> str:
    """The part of tracker/ that a module belongs to: tracker.diff.align.passes is of diff."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def _imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The dotted name of everything imported, and its line; lazy imports too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno


def _top_imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from _imports(node)


def _excused(rule: str, what: str) -> bool:
    return (rule, what) in EXCEPTIONS


IDS = [_name(path) for path in _modules()]
each_module = pytest.mark.parametrize("path", _modules(), ids=IDS)


def test_every_folder_of_the_package_has_a_floor() -> None:
    found = {_folder(_name(path)) for path in _modules()}
    assert found <= set(FLOORS)


@each_module
def test_imports_go_down(path: Path) -> None:
    module = _name(path)
    folder = _folder(module)
    for imported, line in _imports(_tree(path)):
        if not imported.startswith("tracker."):
            continue
        target = _folder(imported)
        if target not in FLOORS or target == folder:  # a name of the package itself: __version__
            continue
        down = FLOORS[target] < FLOORS[folder] or FLOORS[folder] == FLOORS["cli"]
        assert down or _excused("imports", module), f"{module}:{line} imports {imported}"


@each_module
def test_relative_imports_are_not_used(path: Path) -> None:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{_name(path)}:{node.lineno}"


def _names(tree: ast.Module) -> tuple[set[str], set[str]]:
    """What a module says that it offers (``__all__``), and all that it defines."""
    offered: set[str] = set()
    defined: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            defined.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            named = {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
            defined |= named
            if "__all__" in named and node.value is not None:
                offered = set(ast.literal_eval(node.value))
    return offered, defined


def test_what_a_module_takes_from_another_is_offered_there() -> None:
    """A reader sees in ``__all__`` what others use, and what may be changed without asking."""
    modules = {_name(path): _names(_tree(path)) for path in _modules()}
    for path in _modules():
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.ImportFrom) and node.module in modules:
                offered, defined = modules[node.module]
                taken = {alias.name for alias in node.names} & defined
                where = f"{_name(path)}:{node.lineno}"
                assert taken <= offered | {"__version__"}, f"{where}: {sorted(taken - offered)}"


@each_module
def test_each_power_has_one_place(path: Path) -> None:
    module = _name(path)
    for imported, line in _imports(_tree(path)):
        allowed = POWERS.get(imported.split(".")[0])
        if allowed is None:
            continue
        excused = _excused("powers", module)
        assert module.startswith(allowed) or excused, f"{module}:{line} imports {imported}"


@each_module
def test_what_every_command_loads_is_light(path: Path) -> None:
    module = _name(path)
    if module not in LIGHT_MODULES:
        return
    for imported, line in _top_imports(_tree(path)):
        assert imported.split(".")[0] not in HEAVY, f"{module}:{line} imports {imported}"


@each_module
def test_modules_stay_short(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MODULE_LINES or _excused("module-lines", _name(path)), f"{lines} lines"


@each_module
def test_functions_stay_short(path: Path) -> None:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            what = f"{_name(path)}:{node.name}"
            assert lines <= FUNCTION_LINES or _excused("function-lines", what), f"{what}: {lines}"


@each_module
def test_no_module_is_a_drawer_for_everything(path: Path) -> None:
    assert not FORBIDDEN_NAMES & set(_name(path).split("."))


@each_module
def test_every_module_opens_with_what_it_is(path: Path) -> None:
    doc = ast.get_docstring(_tree(path))
    assert doc, f"{_name(path)} has no docstring"


@each_module
def test_everything_public_says_what_it_does(path: Path) -> None:
    tree = _tree(path)
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if node.name.startswith("_"):
            continue
        what = f"{_name(path)}:{node.name}"
        assert ast.get_docstring(node) or _excused("docstring", what), f"{what} has no docstring"
        if isinstance(node, ast.ClassDef):
            _check_methods(node, what)


def _check_methods(node: ast.ClassDef, what: str) -> None:
    if any(ast.unparse(base).startswith("Protocol") for base in node.bases):
        return  # its docstring says what its members are
    for method in node.body:
        if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
            name = f"{what}.{method.name}"
            documented = ast.get_docstring(method) or _excused("docstring", name)
            overload = any("override" in ast.unparse(d) for d in method.decorator_list)
            assert documented or overload, f"{name} has no docstring"


@each_module
def test_files_are_opened_with_an_encoding(path: Path) -> None:
    for node in ast.walk(_tree(path)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr in ("read_text", "write_text"):
            keywords = {keyword.arg for keyword in node.keywords}
            assert keywords & {"encoding", None}, f"{_name(path)}:{node.lineno}"


def test_every_exception_is_still_needed() -> None:
    known = set(IDS)
    for rule, what in EXCEPTIONS:
        assert what.split(":")[0] in known, f"{rule} {what}: no such module"


def test_tests_mirror_the_package() -> None:
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}
    own = {"cases", "browser", "ci", "long", "__pycache__"}
    assert folders - own <= set(FLOORS), "a folder of tests/ names no folder of tracker/"
