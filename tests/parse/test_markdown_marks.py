"""What Markdown strikes out, stresses or notes is not taken for text of the law in silence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.parse.conftest import account, han
from tracker.parse import canonical
from tracker.parse.document import Document

Read = Callable[[str], Document]


def first_article(document: Document) -> str:
    return canonical.body(document.law.articles()[0])


def left_out(document: Document) -> list[tuple[str, str]]:
    return [(one.reason, one.text) for one in document.ledger.dropped]


def test_struck_out_text_is_left_out_listed_and_told_and_emphasis_goes(read: Read) -> None:
    source = (
        "# 示例条例\n第一条 企业应当在~~三十日~~**十五日**内报送材料，逾期的处*一千元*罚款。\n"
        "~~第二条 已删。~~\n第二条 乙。\n"
    )
    document = read(source)
    assert first_article(document) == "企业应当在十五日内报送材料，逾期的处一千元罚款。"
    assert left_out(document) == [("struck-out", "三十日"), ("struck-out", "第二条 已删。")]
    assert [p.line for p in document.problems if p.code == "struck-out-text"] == [2]
    assert ("markdown", 3) in document.ledger.rewrites
    assert len(document.law.articles()) == 2
    assert account(document) == han(source)


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("面积为5*3，处*甲*。", "面积为5*3，处甲。"),
        ("第_条和a_b_c，（_重点_）企业。", "第_条和a_b_c，（重点）企业。"),
        (r"长\*宽\*高。", "长*宽*高。"),
        ("税额=税基*税率*系数。", "税额=税基*税率*系数。"),
        ("甲*、乙*适用。", "甲*、乙*适用。"),
        ("自20**年**月**日起施行。", "自××××年×月×日起施行。"),
        ("自*年*月*日起，至*年*月*日止。", "自××××年×月×日起，至××××年×月×日止。"),
        ("三~五日、3~~5日。", "三~五日、3~~5日。"),
    ],
)
def test_only_what_is_emphasis_loses_its_marks(printed: str, kept: str, read: Read) -> None:
    assert first_article(read(f"# 示例条例\n第一条 {printed}\n第二条 乙。\n")) == kept


def test_a_text_that_is_no_markdown_keeps_its_stars(read: Read) -> None:
    document = read("示例条例\n第一条 处*一千元*罚款，~~甲~~。\n第二条 乙。\n")
    assert first_article(document) == "处*一千元*罚款，~~甲~~。"


def test_a_strike_without_its_other_half_stays_and_is_told(read: Read) -> None:
    document = read("# 示例条例\n第一条 甲~~乙。\n第二条 丙。\n")
    assert first_article(document) == "甲~~乙。"
    [told] = [p for p in document.problems if p.code == "struck-out-text"]
    assert (told.line, "不成对" in told.message) == (2, True)


def test_footnotes_and_comments_are_no_text_of_the_law_and_are_listed(read: Read) -> None:
    source = (
        "# 示例条例\n第一条 甲[^1]。\n<!-- 编者：\n第九条 待定。\n-->\n第二条 乙。\n\n"
        "[^1]: 依照示例法。\n    另见某法。\n\n第三条 丙。\n"
    )
    document = read(source)
    assert first_article(document) == "甲。"
    assert len(document.law.articles()) == 3
    reasons = [reason for reason, _ in left_out(document)]
    assert reasons == ["footnote", "comment", "comment", "comment", "footnote", "footnote"]
    assert [p.line for p in document.problems if p.code == "text-left-out"] == [2]
    assert account(document) == han(source)


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ("date: 2025-03-01\n", date(2025, 3, 1)),
        ("date: 2025-03-01T08:00:00+08:00\n", date(2025, 3, 1)),
        ("date: 2025-03-01\npublish_date: 2025-02-01\n", date(2025, 2, 1)),
        ("date: 昨天\n", None),
    ],
)
def test_the_date_of_front_matter_is_the_day_of_publication_where_no_other_is(
    fields: str, day: date | None, read: Read
) -> None:
    document = read(f"---\n{fields}---\n# 示例条例\n第一条 甲。\n第二条 乙。\n")
    assert document.facts.dates.published == day


def test_comments_of_a_page_that_hold_words_are_listed_with_their_lines(read: Read) -> None:
    page = (
        "<html><body><!-- nav --><script>'<!-- 脚本 -->'</script>\n<p>示例条例</p>\n"
        "<p>第一条 甲<!-- 编者按 -->。</p><p>第二条 乙。</p></body></html>"
    )
    document = read(page)
    assert first_article(document) == "甲。"
    found = [(one.place.line, one.text) for one in document.ledger.dropped]
    assert found == [(3, "<!-- 编者按 -->")]


def test_the_rest_of_a_heading_with_an_article_number_is_its_caption(read: Read) -> None:
    document = read(
        "# 示例条例\n\n### 第一条 立法目的\n\n为了甲，制定本条例。\n\n"
        "### 第二条　适用范围\n乙适用。\n\n"
        "### 第三条 本条例自公布之日起施行。\n"
    )
    assert [a.caption for a in document.law.articles()] == ["立法目的", "适用范围", None]
    assert dict(document.ledger.rewrites)["caption"] == 2


def test_a_heading_that_is_the_whole_article_is_no_caption(read: Read) -> None:
    document = read("# 示例条例\n## 第一条 为了甲\n## 第二条 乙适用\n## 第三条 丙\n")
    assert {a.caption for a in document.law.articles()} == {None}


def test_names_for_links_code_marks_and_spaced_rules_go_and_are_accounted_for(read: Read) -> None:
    source = (
        "# 示例条例\n- [第一章 总则](#总则)\n- [第二章 附则](#附则)\n- [第三章 其他](#其他)\n\n"
        "## 第一章 总则 {#总则}\n**第一条** 处`200`元罚款。\n"
        "## 第二章 附则 {#附则}\n**第二条** 乙。\n"
        "## 第三章 其他 {#其他}\n**第三条** 丙。\n* * *\n"
    )
    document = read(source)
    written = canonical.write(document.law)
    assert "第一章　总则\n\n第一条　处200元罚款。" in written
    assert not set("{}`*[]") & set(written)
    assert account(document) == han(source)
