"""Labels exist in both languages, and none is left over."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from tracker.render import words

PACKAGE = Path(__file__).resolve().parents[2] / "tracker"


@pytest.mark.parametrize("key", sorted(words._WORDS))
def test_both_languages_take_the_same_values(key: str) -> None:
    zh, en = words._WORDS[key]
    fields = [{name for _, name, _, _ in string.Formatter().parse(one) if name} for one in (zh, en)]
    assert fields[0] == fields[1]
    assert not re.search("[\u4e00-\u9fff]", en)


def test_every_label_is_used() -> None:
    source = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("cli", "render")
        for path in (PACKAGE / folder).rglob("*.py")
    )
    assert [key for key in words._WORDS if not re.search(rf"[\"']{key}[\"'](?!: \()", source)] == []
