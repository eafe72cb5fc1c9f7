"""A form for comments in its variants: the draft alone is left, and all of it."""

from __future__ import annotations

from collections.abc import Callable

from tests.parse.conftest import account, han
from tracker.parse import canonical
from tracker.parse.document import Document

FORM = (
    "标题 示例条例（草案）\n对标题的意见\n第一章 总则\n对第一章的意见\n第一条 甲。\n"
    "对第一条的意见：\n第二条 乙。\n对第二条的意见（选填）\n第二条之一 丙。\n对第二条之一的意见\n"
    "第三条 丁。\n"
)


def test_the_fields_of_a_form_are_no_text_of_the_law(read: Callable[[str], Document]) -> None:
    document = read(FORM)
    written = canonical.write(document.law)
    assert "意见" not in written
    assert [a.number.written("条") for a in document.law.articles() if a.number] == [
        "第一条", "第二条", "第二条之一", "第三条",
    ]  # fmt: skip
    assert document.law.title == "示例条例"
    assert "第一章　总则" in written
    assert account(document) == han(FORM)
