"""A line that ends in ； where a page cut it is no 款 of its own; an entry of a list stays one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.parse.conftest import account, han
from tracker.parse import canonical
from tracker.parse.document import Document

Read = Callable[[str], Document]
FULL = "为了维护社会秩序保障公共安全保护公民法人和其他组织合法权"
assert len(FULL) == 28
WRAPPED = "示例法\n" + "".join(
    f"第{n}条　{FULL[:24]}\n{FULL}\n益，规范和保障执法。\n" for n in "一二三四五六七八九"
)


def last_article(document: Document) -> str:
    return canonical.body(document.law.articles()[-1])


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (f"{FULL[:23]}；\n情节较重的，处罚款。", f"{FULL[:23]}；情节较重的，处罚款。"),
        (f"{FULL[:23]}；\n（站），甲。", f"{FULL[:23]}；（站），甲。"),
        (f"{FULL[:20]}\n（站），或者甲。", f"{FULL[:20]}（站），或者甲。"),
    ],
)
def test_a_full_line_that_ends_in_a_semicolon_goes_on_in_wrapped_text(
    lines: str, joined: str, read: Read
) -> None:
    source = f"{WRAPPED}第十条　{lines}\n"
    document = read(source)
    assert last_article(document) == joined
    assert [p for p in document.problems if p.code == "unfinished-line"] == []
    assert account(document) == han(source)


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (f"应当：\n不得{FULL[:25]}；\n不得{FULL[:25]}；\n不得甲。", 4),
        (f"应当：\n（一）{FULL[:25]}\n甲；\n（二）{FULL[:24]}；\n{FULL[:27]}；\n丙。", 4),
        ("甲的，处警告；\n情节较重的，处罚款。", 2),
        (f"{FULL[:23]}；\n二是情节较重的，处罚款。", 2),
        (f"{FULL[:23]}；\n（一）甲；\n（二）乙。", 3),
    ],
    ids=["list without numbers", "lines of an item", "short", "counted in words", "items"],
)
def test_entries_of_a_list_and_short_lines_stay_apart(lines: str, count: int, read: Read) -> None:
    document = read(f"{WRAPPED}第十条　{lines}\n")
    body = last_article(document).split("\n")
    assert all(len(line) < 32 for line in body)
    assert len(body) >= count


def test_in_text_that_is_not_wrapped_it_stays_and_is_told(read: Read) -> None:
    document = read("示例法\n第一条　甲，处警告；\n情节较重的，处罚款。\n第二条　乙。\n")
    assert [len(one.children) for one in document.law.articles()] == [2, 1]
    assert [p.line for p in document.problems if p.code == "unfinished-line"] == [2]
