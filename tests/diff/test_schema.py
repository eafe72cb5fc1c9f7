"""tracker-diff/1: what is written fits the schema that ships, and the page shows what fits it."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.diff.laws import LAMPS, NEW_ONE, numbered
from tracker.diff.changes import compare
from tracker.render.json.documents import diff_document
from tracker.render.side import SideInfo

PAGE = Path(__file__).resolve().parents[2] / "site/docs/reference/diff-json.md"


@pytest.fixture(scope="module")
def schema() -> Any:
    shipped = resources.files("tracker.render") / "schema" / "tracker-diff-1.json"
    return json.loads(shipped.read_text(encoding="utf-8"))


def test_the_schema_is_one(schema: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


def test_a_comparison_written_as_json_fits_the_schema(schema: Any) -> None:
    new = [*LAMPS[:3], NEW_ONE, LAMPS[3] + LAMPS[4], *LAMPS[6:]]
    changes = compare(numbered(LAMPS), numbered(new))
    side = SideInfo(title="虚构市路灯管理条例", sha256="0" * 64, articles=15)
    jsonschema.validate(diff_document(changes, side, side), schema)


def test_the_example_on_the_page_fits_the_schema(schema: Any) -> None:
    (block,) = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    example = json.loads(block.replace('"sha256": "…"', f'"sha256": "{"0" * 64}"'))
    jsonschema.validate(example, schema)
