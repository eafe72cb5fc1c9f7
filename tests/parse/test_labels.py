"""Every rule and reason of the ledger has one label, and the reference page lists them all."""

from __future__ import annotations

import re
from pathlib import Path

from tracker.parse.labels import REASONS, RULE_LABELS
from tracker.parse.normalise.rules import RULES

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "site" / "docs" / "reference" / "canonical-text.md"
ROW = re.compile(r"^\| `([a-z-]+)` \| ([^|]+) \|", re.MULTILINE)
PARSE = PROJECT / "tracker" / "parse"
REWRITE = re.compile(r'rewrites\["([a-z-]+)"\]|\{"([a-z-]+)": (?:marks|ends)\}')
DROPPED = re.compile(r'Dropped\([^\n]*, "([a-z-]+)"\)|dropped\[[^\n]+\] = "([a-z-]+)"')


def test_the_page_and_the_labels_are_equal() -> None:
    rows = dict(ROW.findall(PAGE.read_text(encoding="utf-8")))
    assert {code: label.strip() for code, label in rows.items()} == {**RULE_LABELS, **REASONS}


def test_every_rule_of_the_table_has_a_label() -> None:
    assert {rule.code for rule in RULES} <= set(RULE_LABELS)


def test_every_code_that_the_code_writes_has_a_label_and_every_label_a_code() -> None:
    source = "\n".join(p.read_text(encoding="utf-8") for p in sorted(PARSE.rglob("*.py"))
                       if p.name != "labels.py")  # fmt: skip
    written = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', source))
    assert set(RULE_LABELS) | set(REASONS) <= written
    rewritten = {code for pair in REWRITE.findall(source) for code in pair if code}
    left_out = {code for pair in DROPPED.findall(source) for code in pair if code}
    assert rewritten
    assert left_out
    assert rewritten <= set(RULE_LABELS)
    assert left_out <= set(REASONS)
