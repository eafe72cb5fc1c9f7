"""A comparison table is told as one in every format; a law that has a table is not."""

from __future__ import annotations

import pytest

from tests.parse.extract.word.making import docx, p, row, table
from tracker.parse.reading import read_source

ROWS = [
    ("第一条　为了规范甲，制定本条例。", "第一条　为了促进甲，制定本条例。", ""),
    ("第二条　甲可以公开。", "第二条　甲应当公开。", "根据实践需要"),
]


def _told(data: bytes) -> list[tuple[int | None, str]]:
    problems = read_source(data, name="source").problems
    return [(one.line, one.message) for one in problems if one.code == "comparison-table"]


@pytest.mark.parametrize(
    "head",
    [
        ("现行法", "修订草案征求意见稿", "修改理由"),
        ("修改前", "修改后", "说明"),
        ("序号", "原条文", "修改后条文"),
        ("现行条例", "修正草案", "备注"),
        ("现行规定", "某市条例（草案）", "理由"),
    ],
)
def test_heads_of_old_and_new_above_rows_tell_a_table(head: tuple[str, ...]) -> None:
    word = docx(p("某市条例"), table(*(row(*cells) for cells in (head, *ROWS))))
    cells = ["".join(f"<td>{one}</td>" for one in cells) for cells in (head, *ROWS)]
    page = "<html><body><p>某市条例</p><table>" + "".join(f"<tr>{one}</tr>" for one in cells)
    text = "\n".join(["某市条例", *("｜".join(cells) for cells in (head, *ROWS))])
    for data in (word, text.encode(), page.encode()):
        assert len(_told(data)) == 1
    assert [line for line, _ in _told(word)] == [2]


@pytest.mark.parametrize("title", ["某市条例修订对照表", "《某市条例》修改前后对照表（征求意见）"])
def test_the_title_tells_it_in_every_format(title: str) -> None:
    lines = [title, "第一条　为了规范甲，制定本条例。", "第二条　甲应当公开。"]
    page = "".join(f"<p>{line}</p>" for line in lines)
    for data in ("\n".join(lines).encode(), docx(*map(p, lines)), f"<html>{page}".encode()):
        assert [message.partition("：")[0] for _, message in _told(data)] == ["标题是对照表"]


def test_a_law_with_a_table_of_the_kind_in_an_annex_is_a_law() -> None:
    articles = [f"第{n}条　甲应当公开乙。" for n in "一二三四五六七八九"]
    text = "\n".join(["某市条例", *articles, "附件", "新旧名称", "修改前｜修改后", "甲｜乙"])
    assert _told(text.encode()) == []
    assert _told("某市条例\n第一条　附件1为新旧名称对照表。\n第二条　乙。".encode()) == []
