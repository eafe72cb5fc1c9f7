"""项 that run on in a line, and marks of one character: read where that is certain, else kept."""

from __future__ import annotations

import pytest

from tracker.law.model import Unit
from tracker.parse import canonical
from tracker.parse.reading import read_source


def _read(*articles: str) -> tuple[str, dict[str, int]]:
    lines = [f"第{n}条 {text}" for n, text in zip("一二三四", articles, strict=False)]
    source = "\n".join(["示例条例", *lines]).encode()
    document = read_source(source, name="a.txt")
    text = canonical.write(document.law)
    assert canonical.read(text) == document.law
    again = read_source(text.encode(), name="b.txt")
    assert canonical.write(again.law) == text
    return text.partition("\n\n")[2].rstrip(), dict(document.ledger.rewrites)


@pytest.mark.parametrize(
    "line",
    [
        "有下列情形之一的，责令改正：（一）擅自拆除的；（二）拒绝检查的。",
        "有下列情形之一的，责令改正： （一） 擅自拆除的； （二）拒绝检查的。",
        "有下列情形之一的，责令改正:(一)擅自拆除的;(二)拒绝检查的。",
    ],
)
@pytest.mark.parametrize("other", ["乙。", "下列路灯：\n（一）路边的；\n（二）公园里的。"])
def test_items_in_the_line_that_announces_them_get_lines_of_their_own(
    line: str, other: str
) -> None:
    text, rewrites = _read(line, other)
    assert text.partition("\n\n")[0] == (
        "第一条　有下列情形之一的，责令改正：\n（一）擅自拆除的；\n（二）拒绝检查的。"
    )
    assert rewrites["line-end"] == 2


def test_a_paragraph_below_items_that_ran_on_is_one_of_its_own() -> None:
    text, _ = _read("下列路灯：（一）路边的；（二）公园里的。\n其他路灯另行规定。")
    law = canonical.read(f"示例条例\n\n{text}\n")
    (article,) = law.articles()
    assert [child.unit for child in article.children] == [Unit.PARAGRAPH] * 2
    assert len(article.children[0].children) == 2


@pytest.mark.parametrize(
    "line",
    [
        "下列路灯：（一）路边的；（三）公园里的。",
        "下列路灯：（一）路边的；（二）公园里的。其他路灯另行规定。",
        "下列路灯：（一）路边的，（二）公园里的。",
        "下列路灯：（一）路边的。",
        "将第三条修改为：“下列路灯：（一）路边的；（二）公园里的。”",
        "依照第三条第（一）、（二）项：（一）处理。",
        "下列路灯：（一）路边的；（二）公园里的；",
        "下列路灯：（一）包括：（一）路边的；（二）公园里的。",
    ],
)
def test_a_line_that_may_be_cut_elsewhere_stays_whole(line: str) -> None:
    text, rewrites = _read(line)
    assert text == f"第一条　{line}"
    assert "line-end" not in rewrites


def test_a_point_of_a_plan_is_not_taken_apart() -> None:
    source = "示例方案\n一、任务\n（一）更换。包括：（一）灯具；（二）灯杆。\n二、保障\n"
    text = canonical.write(read_source(source.encode(), name="a.txt").law)
    assert "包括：（一）灯具；（二）灯杆。" in text


def test_marks_of_one_character_are_those_of_their_level() -> None:
    text, rewrites = _read("分为下列等级：\n㈠甲级：\n⒈一等；\n⒉二等。\n㈡乙级，依照第㈠项。")
    assert text == (
        "第一条　分为下列等级：\n（一）甲级：\n1．一等；\n2．二等。\n（二）乙级，依照第㈠项。"
    )
    assert rewrites["list-mark"] == 4
