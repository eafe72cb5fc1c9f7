"""The page on problems names each code that the code uses, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "site" / "docs" / "reference" / "problems.md"
CODE = re.compile("[a-z]+(?:-[a-z]+)+")
MAKERS = re.compile("(?:^|_)(?:problem|Problem|TrackerError)$")


def _sources() -> Iterator[ast.Module]:
    for path in sorted((ROOT / "tracker").rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _words(node: ast.AST) -> set[str]:
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant)
        and isinstance(part.value, str)
        and CODE.fullmatch(part.value)
    }


def _used() -> set[str]:
    """The first argument, or `code`, of whatever makes a Problem or a TrackerError."""
    used: set[str] = set()
    for tree in _sources():
        for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            name = call.func.id if isinstance(call.func, ast.Name) else name
            if not MAKERS.search(name):
                continue
            for argument in call.args[:1]:
                used |= _words(argument)
            for keyword in call.keywords:
                used |= _words(keyword.value) if keyword.arg == "code" else set()
    return used


def _written() -> set[str]:
    return {word for tree in _sources() for word in _words(tree)}


def _on_page() -> list[str]:
    return re.findall("(?m)^### `([^`]+)`$", PAGE.read_text(encoding="utf-8"))


def test_every_code_stands_on_the_page() -> None:
    assert sorted(_used() - set(_on_page())) == []


def test_every_code_on_the_page_is_used() -> None:
    assert sorted(set(_on_page()) - _written()) == []


def test_no_code_stands_twice() -> None:
    codes = _on_page()
    assert len(codes) == len(set(codes))


def test_each_code_has_its_severity_and_its_remedy() -> None:
    _, *entries = re.split("(?m)^### ", PAGE.read_text(encoding="utf-8"))
    for entry in entries:
        assert re.search(r"(?m)^\*(?:error|warning|info|stops the command)", entry), entry
        assert "- Remedy: " in entry, entry


_PLEASE = re.compile("(?:^|[，；。：（])请(?!求|示|假|看)")
_ASKED_OF_OTHERS = {"核对日期；原文确实如此的，请发布机关更正"}


def test_messages_and_hints_say_what_to_do_in_one_way() -> None:
    """Short imperatives, as in 核对日期: some with 请 and some without read like two programs."""
    polite = [
        node.value
        for tree in _sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and "\n" not in node.value
        and _PLEASE.search(node.value)
    ]
    assert sorted(set(polite) - _ASKED_OF_OTHERS) == []
