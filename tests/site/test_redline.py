"""A redline on a page: both texts are there, marked by element and word, whatever the layout."""

from __future__ import annotations

import re

from tests.site.reading import read_html
from tracker.diff.changes import compare
from tracker.diff.model import Op, Redline, new_text, old_text
from tracker.law.model import Law
from tracker.parse import canonical
from tracker.render.pages.html import Html
from tracker.render.pages.parts import parts_line
from tracker.render.pages.redline import columns, inline, phrase, stacked

AMOUNT: Redline = (
    (Op.EQUAL, "处"), (Op.DELETE, "一万元"), (Op.INSERT, "五万元"), (Op.EQUAL, "以上罚款。"),
)  # fmt: skip


def _without(html: Html, element: str) -> str:
    """What is left of a page when one kind of mark is taken out, with the spoken words."""
    left = re.sub(rf"<{element}>.*?</{element}>", "", html)
    return read_html(re.sub(r'<span class="tracker-spoken">.*?</span>', "", left)).text


def test_marks_are_elements_with_words_for_screen_readers() -> None:
    html = phrase(AMOUNT)
    assert read_html(html).elements["ins"] == read_html(html).elements["del"] == 1
    assert "〔新增〕五万元〔止〕" in read_html(html).text
    assert "〔删除〕一万元〔止〕" in read_html(html).text


def test_both_texts_can_be_read_off_the_inline_redline() -> None:
    html = inline(AMOUNT, ["第三条"], ["第五条"])
    assert _without(html, "del") == new_text(AMOUNT)
    assert _without(html, "ins") == old_text(AMOUNT)


def test_an_added_paragraph_is_a_line_of_its_own_without_a_break_mark() -> None:
    html = inline(((Op.EQUAL, "甲。"), (Op.INSERT, "\n乙。")), ["第一条"], ["第一条"])
    assert read_html(html).elements["p"] == 2
    assert "↵" not in read_html(html).text


def test_a_paragraph_that_was_only_cut_in_two_shows_the_break() -> None:
    html = inline(((Op.EQUAL, "甲。"), (Op.INSERT, "\n"), (Op.EQUAL, "乙。")), ["一"], ["一"])
    assert read_html(html).elements["p"] == 2
    assert "〔新增〕↵〔止〕" in read_html(html).text


def test_a_split_names_each_new_article_where_it_begins() -> None:
    for redline in (
        ((Op.EQUAL, "甲。\n"), (Op.INSERT, "\n"), (Op.EQUAL, "乙。")),
        ((Op.EQUAL, "甲。"), (Op.INSERT, "\n"), (Op.EQUAL, "\n乙。")),
    ):
        _check_split(redline)


def _check_split(redline: Redline) -> None:
    text = read_html(inline(redline, ["第十七条"], ["第十八条", "第十九条"])).text
    assert text == "新第十八条甲。新第十九条乙。"
    side = read_html(columns(redline, ["第十七条"], ["第十八条", "第十九条"])).text
    assert side == "旧第十七条新第十八条、第十九条甲。乙。新第十八条甲。新第十九条乙。"


def test_a_merger_names_each_old_article_where_it_begins() -> None:
    redline: Redline = ((Op.EQUAL, "甲。\n"), (Op.DELETE, "\n"), (Op.EQUAL, "乙。"))
    text = read_html(inline(redline, ["第七条", "第八条"], ["第九条"])).text
    assert text == "旧第七条甲。旧第八条乙。"


def test_side_by_side_shows_each_side_without_the_marks_of_the_other() -> None:
    html = columns(AMOUNT, ["第三条"], ["第五条"])
    cells = re.findall(r"<div[^>]*>(?!<div)(.*?)</div>", html)
    assert [read_html(Html(cell)).elements.get("ins", 0) for cell in cells[2:]] == [0, 1]
    assert [read_html(Html(cell)).elements.get("del", 0) for cell in cells[2:]] == [1, 0]


def test_of_two_texts_one_above_the_other_the_words_that_differ_are_marked() -> None:
    redline: Redline = ((Op.EQUAL, "养护单位应当"), (Op.DELETE, "登记。"), (Op.INSERT, "编号。"))
    seen = read_html(stacked(redline, ["第一条"], ["第二条"]))
    assert seen.text == ("原文养护单位应当〔删除〕登记。〔止〕新文养护单位应当〔新增〕编号。〔止〕")


def test_texts_with_no_words_in_common_are_shown_whole_one_above_the_other() -> None:
    redline: Redline = ((Op.DELETE, "旧文。"), (Op.INSERT, "新文。"))
    seen = read_html(stacked(redline, ["第一条"], ["第二条"]))
    assert seen.text == "原文旧文。新文新文。"
    assert not seen.elements.keys() & {"ins", "del"}


def test_a_paragraph_that_went_with_its_items_is_told_once() -> None:
    kept = "路灯应当每日巡查，巡查记录保存三年。"
    listed = "路灯管理单位履行下列职责：\n（一）登记路灯；\n（二）更换灯泡。"
    old, new = (
        canonical.read(f"示例条例\n\n第一条　{kept}\n{below}\n")
        for below in (listed, "本条规定由城市管理部门解释，并向社会公布。")
    )
    (change,) = compare(old, new).changes
    assert read_html(parts_line(change)).text == "删去原第二款；增加第二款。"


def test_a_paragraph_that_came_apart_is_told_as_that() -> None:
    kept = "路灯应当每日巡查，巡查记录保存三年。"
    more = "任何人不得损毁路灯和附属设施。"
    one, two = (
        canonical.read(f"示例条例\n\n第一条　{body}\n") for body in (kept + more, f"{kept}\n{more}")
    )
    for old, new, words in (
        (one, two, "原第一款分为第一款、第二款。"), (two, one, "原第一款、第二款合并为第一款。")
    ):  # fmt: skip
        (change,) = compare(old, new).changes
        assert read_html(parts_line(change)).text == words


def test_what_happened_to_several_in_a_row_is_said_once() -> None:
    signs = "一二三四五六七"
    duties = ["登记路灯；", "更换灯泡；", "清洗灯罩；", "修复灯杆；", "停用旧灯。"]
    more = ["编制预算；", "公布名录；"]

    def law(items: list[str]) -> Law:
        listed = "\n".join(f"（{sign}）{words}" for sign, words in zip(signs, items, strict=False))
        return canonical.read(f"示例条例\n\n第一条　路灯管理单位履行下列职责：\n{listed}\n")

    for old, new, words in (
        (duties, duties[:1] + more + duties[1:],
         "增加第一款第二项、第三项；原第一款第二项至第五项改为第一款第四项至第七项。"),
        (duties, duties[:1] + duties[4:],
         "删去原第一款第二项至第四项；原第一款第五项改为第一款第二项。"),
    ):  # fmt: skip
        (change,) = compare(law(old), law(new)).changes
        assert read_html(parts_line(change)).text == words


def test_a_paragraph_that_changed_places_but_kept_its_number_is_not_moved_to_itself() -> None:
    first, last = "路灯应当每日巡查，巡查记录保存三年。", "任何人不得损毁路灯和附属设施。"
    come = "路灯的亮度和间距应当符合国家标准。"
    third = "路灯的巡查办法由市人民政府另行制定并且公布。"
    old, new = (
        canonical.read("示例条例\n\n第一条　" + "\n".join(texts) + "\n")
        for texts in ((first, third, last), (first, come, last, third))
    )
    (change,) = compare(old, new).changes
    assert read_html(parts_line(change)).text == "增加第二款；第三款的先后次序变动。"
