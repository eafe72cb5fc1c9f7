"""A Word file is read as the same law as its text."""

from __future__ import annotations

import pytest

from tests.parse.extract.word.making import (
    abstract,
    deleted,
    docx,
    inserted,
    lvl,
    num,
    numbered,
    numbering,
    p,
)
from tracker.law.problems import TrackerError
from tracker.parse import canonical
from tracker.parse.document import Tracked
from tracker.parse.reading import read_source

LISTS = numbering(
    abstract(
        0,
        lvl(0, "chineseCounting", "第%1章"),
        lvl(1, "chineseCountingThousand", "第%2条", more='<w:lvlRestart w:val="0"/>'),
        lvl(2, "japaneseCounting", "（%3）", more='<w:suff w:val="nothing"/>'),
    ),
    num(1, 0),
)
LAW = """\
某市条例
（草案）

第一章　总则

第一条　为了规范甲，制定本条例。

第二条　本条例适用于下列活动：
（一）甲；
（二）乙。

第二章　附则

第三条　本条例自2024年1月1日起施行。
"""


def _blocks(third: str) -> list[str]:
    return [
        p("某市条例"),
        p("（草案）"),
        numbered("总则", level=0),
        numbered("为了规范甲，制定本条例。", level=1),
        numbered("本条例适用于下列活动：", level=1),
        numbered("甲；", level=2),
        numbered("乙。", level=2),
        numbered("附则", level=0),
        third,
    ]


def test_automatic_numbers_make_the_same_law_as_the_text() -> None:
    data = docx(*_blocks(numbered("本条例自2024年1月1日起施行。", level=1)), numbers=LISTS)
    document = read_source(data, name="draft.docx")
    assert canonical.write(document.law) == LAW
    assert document.format == "word"
    assert document.tracked is None
    assert dict(document.ledger.rewrites)["list-number"] == 7


def test_a_file_with_tracked_changes_is_read_in_the_view_that_is_asked_for() -> None:
    third = p(
        "本条例自", deleted("2023"), inserted("2024", "乙"), "年1月1日起施行。",
        properties='<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>',
    )  # fmt: skip
    data = docx(*_blocks(third), numbers=LISTS)
    with pytest.raises(TrackerError, match=r"draft\.docx 有 2 处修订（2 人）") as caught:
        read_source(data, name="draft.docx")
    assert caught.value.code == "tracked-changes"
    assert "--tracked final" in caught.value.hint
    final = read_source(data, name="draft.docx", tracked=Tracked.FINAL)
    assert canonical.write(final.law) == LAW
    assert [(one.text, one.reason) for one in final.ledger.dropped] == [
        ("2023", "tracked-deletion")
    ]
    before = read_source(data, name="draft.docx", tracked=Tracked.ORIGINAL)
    assert canonical.write(before.law) == LAW.replace("2024", "2023")
    assert before.tracked is Tracked.ORIGINAL
