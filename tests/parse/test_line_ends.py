"""Line ends of every kind: each is one, and the lines keep their numbers in the source."""

from __future__ import annotations

from tests.parse.conftest import account, han
from tracker.parse.reading import read_source

PAGES = (
    "示例条例\n\n第一条 为了规范示例活动，保障各方的合法权益，根据有关法律、行政\n"
    "法规的规定，结合本市实际，制定本条例。\n第二条 本市行政区域内的示例活动以及对其实施的\n"
    "监督管理，适用本条例；法律、行政法规另有规定的，\n\n"
    "— 1 —\n\x0c从其规定。\n第三条 数据。\n\n— 2 —\n\x0c"
)


def test_a_text_made_from_a_pdf_is_read_across_its_page_breaks() -> None:
    document = read_source(PAGES.encode(), name="x")
    second = document.law.articles()[1]
    assert second.children[0].text.endswith("另有规定的，从其规定。")
    assert [d.text for d in document.ledger.dropped] == ["— 1 —", "— 2 —"]
    assert account(document) == han(PAGES)


def test_lines_are_told_by_their_numbers_in_the_source_whatever_breaks_them() -> None:
    text = "示例条例\n第一条 甲，\x0b乙：\x0b（一）丙；\n\x0c第二条 丁\ue000。\n"
    problem = next(
        p for p in read_source(text.encode(), name="x").problems
        if p.code == "private-use-character"
    )  # fmt: skip
    assert problem.line == 3
    assert "第 7 列" in problem.message
    assert problem.line == 3


def test_breaks_inside_a_markdown_file_and_a_form_keep_the_places_too() -> None:
    marked = "# 示例条例\n\n**第一条** 甲。\x0c\n<!-- 注释 -->\n**第二条** 乙。\n"
    document = read_source(marked.encode(), name="x")
    assert [(d.text, d.place.line) for d in document.ledger.dropped] == [("<!-- 注释 -->", 4)]
    form = "示例条例\n\x0c" + "".join(f"第{n}条 甲。\x0b\n对第{n}条的意见\n" for n in "一二三")
    document = read_source(form.encode(), name="x")
    assert [d.place.line for d in document.ledger.dropped] == [3, 5, 7]
    assert len(document.law.articles()) == 3
