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


@pytest.mark.parametrize(
    ("stage", "note", "name"),
    [
        (Stage.REVISED, "（根据2023年7月20日《国务院关于修改的决定》第五次修订）", None),
        (Stage.AMENDED, "（2023年7月20日国务院批准）", "approved"),
        (Stage.AMENDED, "（根据2023年7月20日常委会会议通过的《修改决定》第三次修正）", "adopted"),
        (Stage.AMENDED, None, "adopted"),
    ],
)
def test_a_date_is_called_what_the_source_says_of_it(
    stage: Stage, note: str | None, name: str | None
) -> None:
    dates = Dates(adopted=date(2023, 7, 20), in_force=date(2004, 7, 1))
    assert words.day_name(stage, dates, note) == name
    assert words.date_name("in_force", stage, dates, note) == "law_in_force"
