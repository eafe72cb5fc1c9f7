"""A line with ｜ is a row of a table: whatever is cut around it, no rule joins it."""

from __future__ import annotations

from collections.abc import Callable

from tests.parse.conftest import account, han
from tracker.parse import canonical
from tracker.parse.document import Document

Read = Callable[[str], Document]
FULL = "为了维护社会秩序保障公共安全保护公民法人和其他组织合法权"
WRAPPED = "示例法\n" + "".join(
    f"第{n}条　{FULL[:24]}\n{FULL}\n益，规范和保障执法。\n" for n in "一二三四五六七八九"
)
ROWS = [f"{n}｜经营者在经营活动中实施混淆行为引人误认｜第十八条第一款" for n in range(60)]


def test_rows_as_long_as_one_another_do_not_make_a_text_wrapped(read: Read) -> None:
    source = "示例法\n第一条　甲。\n第二条　乙。\n附件\n处罚事项表\n" + "\n".join(ROWS)
    document = read(source)
    assert canonical.write(document.law).splitlines()[-60:] == ROWS
    assert account(document) == han(source)


def test_rows_stay_lines_in_a_text_that_is_wrapped(read: Read) -> None:
    source = f"{WRAPPED}第十条　按下表执行：\n{FULL}\n" + "\n".join(ROWS)
    document = read(source)
    assert canonical.write(document.law).splitlines()[-60:] == ROWS
    assert FULL + "益" in canonical.write(document.law)


def test_an_item_alone_and_a_citation_are_not_joined_with_a_row(read: Read) -> None:
    source = "示例法\n第一条　按下表执行：\n（一）\n甲项｜乙项\n违反｜依照\n第二条　乙。\n"
    lines = canonical.write(read(source).law).splitlines()
    assert "甲项｜乙项" in lines
    assert "违反｜依照" in lines
