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


def test_the_last_article_without_a_field_keeps_all_its_paragraphs(
    read: Callable[[str], Document],
) -> None:
    fields = "".join(f"第{n}条 甲。 乙。\n对第{n}条的意见\n\n" for n in "一二三")
    last = "第四条 下列：\n（一）丙；\n（二）丁。\n本条例自公布之日起施行。\n提交\n验证码\n"
    document = read(f"示例条例\n{fields}{last}")
    assert document.format == "questionnaire"
    assert len(document.law.articles()[3].children) == 2
    assert [d.text for d in document.ledger.dropped][-2:] == ["提交", "验证码"]
