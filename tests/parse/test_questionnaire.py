"""A form for comments in its variants: the draft alone is left, and all of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

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


NOTICE = "关于征求《示例条例（草案）》意见的公告\n现将《示例条例（草案）》公布，征求意见。\n"
ARTICLES = (
    "第一条 甲应当。 乙可以。",
    "第二条 丙。",
    "第三条 丁。",
    "第四条 本条例自公布之日起施行。",
)


@pytest.mark.parametrize(
    "label",
    [
        "您对本条的意见：",
        "□赞成 □反对 修改意见：",
        "我要提意见", "对本条的修改意见和建议（选填）：0/500",
        "修改意见：\n\n提交", "意见建议：____________\n我要评论（{n}）", "您的意见\n赞成\n反对",
        "第{n}条的意见或建议：请输入您的意见 限500字",
    ],
)  # fmt: skip
def test_a_field_below_each_article_is_no_text_whatever_its_label(
    read: Callable[[str], Document], label: str
) -> None:
    numbered = zip("一二三四", ARTICLES, strict=True)
    form = "".join(f"{text}\n{label.format(n=n)}\n" for n, text in numbered)
    source = f"{NOTICE}示例条例\n（草案）\n{form}"
    document = read(source)
    assert canonical.write(document.law) == (
        "示例条例\n（草案）\n\n第一条　甲应当。\n乙可以。\n\n第二条　丙。\n\n第三条　丁。\n\n"
        "第四条　本条例自公布之日起施行。\n"
    )
    assert document.notice is not None
    assert account(document) == han(source)


def test_a_page_that_asks_below_each_article_is_read_as_a_form_is(
    read: Callable[[str], Document],
) -> None:
    form = "".join(
        f"<p>{text}</p><div><label>对第{n}条的意见：</label><textarea></textarea>"
        "<span>0/500</span></div>"
        for n, text in zip("一二三四", ARTICLES, strict=True)
    )
    document = read(
        f"<html><body><h1>示例条例（草案）</h1>{form}<button>提交</button></body></html>"
    )
    assert document.format == "html"
    assert "意见" not in canonical.write(document.law)
    assert {d.text for d in document.ledger.dropped} >= {"对第一条的意见：0/500"}


def test_an_opinion_that_is_asked_for_in_a_law_or_its_annex_stays(
    read: Callable[[str], Document],
) -> None:
    articles = "".join(f"{text}\n" for text in ARTICLES)
    table = "附件：审批表\n申请人\n意见：\n科室\n意见：\n局长\n意见：\n备注\n"
    written = canonical.write(read(f"示例条例\n{articles}\n{table}").law)
    assert written.count("意见：") == 3
    assert written.endswith("备注\n")


def test_a_table_with_a_button_beside_each_article_only_lays_out_the_law(
    read: Callable[[str], Document],
) -> None:
    rows = "".join(f"<tr><td>{text}</td><td><a>我要提意见</a></td></tr>" for text in ARTICLES)
    document = read(f"<html><body><h1>示例条例（草案）</h1><table>{rows}</table></body></html>")
    assert len(document.law.articles()) == 4
    assert [d.text for d in document.ledger.dropped] == ["我要提意见"] * 4


def test_a_table_about_articles_stays_a_table(read: Callable[[str], Document]) -> None:
    rows = "".join(f"<tr><td>{text}</td><td>理由{n}</td></tr>" for n, text in enumerate(ARTICLES))
    written = canonical.write(
        read(f"<html><body><h1>示例条例（草案）</h1><table>{rows}</table></body></html>").law
    )
    assert "｜理由0" in written
