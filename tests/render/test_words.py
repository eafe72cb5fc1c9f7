"""Labels exist in both languages, and none is left over."""

from __future__ import annotations

import re
import string
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tracker.law.model import Dates, Stage
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


def test_a_law_known_by_its_adoption_is_not_shown_as_promulgated() -> None:
    adopted = Dates(adopted=date(2024, 9, 26), published=date(2024, 9, 30))
    name = words.day_name(Stage.ENACTED, adopted)
    assert words.day_label("zh", adopted.legal, name) == "2024-09-26 通过"
    assert words.day_label("en", adopted.legal, name) == "2024-09-26 adopted"
    promulgated = replace(adopted, promulgated=date(2024, 9, 30))
    assert words.day_name(Stage.ENACTED, promulgated) is None
    assert words.day_name(Stage.ISSUED, Dates(issued=date(2020, 12, 25))) is None
    assert words.day_name(Stage.DRAFT, Dates(comment_start=date(2021, 8, 12))) is None
    assert words.day_label("zh", None) == "日期不明"
