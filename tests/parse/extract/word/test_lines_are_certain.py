"""A paragraph and a row of a Word file are lines: no rule for text cut at a width joins them."""

from __future__ import annotations

import pytest

from tests.parse.extract.word.making import docx, p, row, table
from tracker.parse import canonical
from tracker.parse.document import Document
from tracker.parse.reading import read_source

FULL = "为了维护社会秩序保障公共安全保护公民法人和其他组织合法权"
ROW = ("经营者在经营活动中实施混淆行为引人误认", "第十八条第一款", "责令停止违法行为没收违法商品")
LAW = [p("某市条例"), p("第一条　为了规范甲，制定本条例。"), p("第二条　甲应当公开。")]


def _read(*blocks: str) -> Document:
    return read_source(docx(*LAW, *blocks), name="draft.docx")


def _lines(document: Document) -> list[str]:
    return [line for line in canonical.write(document.law).splitlines() if line]


@pytest.mark.parametrize("count", [3, 28, 60])
def test_rows_of_a_long_table_stay_lines(count: int) -> None:
    rows = [row(*(f"{words}{n}" for words in ROW)) for n in range(1, count + 1)]
    document = _read(p("附件"), p("行政处罚事项表"), table(*rows))
    assert _lines(document)[-count:] == [
        "｜".join(f"{words}{n}" for words in ROW) for n in range(1, count + 1)
    ]
    assert "line-join" not in dict(document.ledger.rewrites)


def test_paragraphs_of_a_long_list_stay_lines() -> None:
    entries = [f"{FULL}{n}" for n in range(10, 70)]
    assert _lines(_read(p("附件"), p("目录清单"), *map(p, entries)))[-60:] == entries


def test_sentences_cut_into_paragraphs_are_told_once_and_not_joined() -> None:
    cut = [piece for _ in range(10) for piece in (p(FULL), p("益，规范和保障执法。"))]
    document = _read(*cut)
    assert _lines(document)[-20:] == [FULL, "益，规范和保障执法。"] * 10
    told = [one for one in document.problems if one.code == "unfinished-line"]
    assert len(told) == 1
    assert "10 处" in told[0].message
    assert told[0].line == 4


def test_a_heading_and_a_caption_set_on_two_lines_are_still_put_together() -> None:
    heading = p("<w:r><w:t>第二章　申请、受理与</w:t><w:br/><w:t>审查决定</w:t></w:r>")
    document = _read(p("第一章　总则"), p("第三条　甲。"), heading, p("第四条　乙。"))
    assert "第二章　申请、受理与审查决定" in _lines(document)
