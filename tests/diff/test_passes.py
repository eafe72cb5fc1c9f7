"""Each way of making a link is one that the schema of tracker-diff/1 allows, and no other is."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import tracker.diff
import tracker.render

LINKING = ("passes.py", "splits.py")  # the modules that make links


def _names_in_code() -> set[str]:
    """The names given to links: the only lower-case words that these modules hand to calls."""
    names = set()
    for name in LINKING:
        path = Path(tracker.diff.__path__[0]) / "align" / name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                names |= {
                    argument.value
                    for argument in node.args
                    if isinstance(argument, ast.Constant)
                    and isinstance(argument.value, str)
                    and re.fullmatch(r"[a-z]+(-[a-z]+)*", argument.value)
                }
    return names


def _allowed(node: object) -> list[str]:
    if isinstance(node, dict):
        if "enum" in node.get("matched_by", {}):
            return list(node["matched_by"]["enum"])
        return next((found for value in node.values() if (found := _allowed(value))), [])
    return []


def test_the_schema_knows_every_way_of_making_a_link_and_no_other() -> None:
    schema = Path(tracker.render.__path__[0]) / "schema" / "tracker-diff-1.json"
    allowed = _allowed(json.loads(schema.read_text(encoding="utf-8")))
    assert _names_in_code() - {"override-does-not-fit"} | {""} == set(allowed)
