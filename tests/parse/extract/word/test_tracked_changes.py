"""Tracked changes: both texts of a file, what each leaves out, and none is taken in silence."""

from __future__ import annotations

import pytest

from tests.parse.extract.word.making import (
    W,
    abstract,
    cell,
    deleted,
    docx,
    inserted,
    lvl,
    num,
    numbered,
    numbering,
    p,
    r,
    row,
    style,
    styles,
    table,
)
from tracker.law.problems import TrackerError
from tracker.parse.document import Tracked
from tracker.parse.extract.word.reader import word

LISTS = numbering(abstract(0, lvl(0, "chineseCounting", "第%1条")), num(1, 0))
DELETED = '<w:del w:id="9" w:author="甲"/>'
INSERTED = '<w:ins w:id="9" w:author="甲"/>'
IN_LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def _both(*blocks: str, named: str = "") -> tuple[list[str], list[str]]:
    """The lines before, and the lines after."""
    data = docx(*blocks, numbers=LISTS, named=named)
    before = word(data, "draft.docx", Tracked.ORIGINAL)
    after = word(data, "draft.docx", Tracked.FINAL)
    assert before.tracked is Tracked.ORIGINAL
    assert after.tracked is Tracked.FINAL
    return list(before.lines), list(after.lines)


def test_words_inserted_and_deleted() -> None:
    block = p("依法", deleted("应当"), inserted("可以"), "公开。")
    assert _both(block) == (["依法应当公开。"], ["依法可以公开。"])


def test_words_inserted_by_one_and_deleted_by_another_were_never_there() -> None:
    inner = deleted("丁", "乙")
    block = p("甲", f'<w:ins w:id="1" w:author="甲">{r("丙")}{inner}</w:ins>', "。")
    assert _both(block) == (["甲。"], ["甲丙。"])


def test_words_that_moved() -> None:
    left = f'<w:moveFrom w:id="1" w:author="甲">{r("乙。")}</w:moveFrom>'
    arrived = f'<w:moveTo w:id="2" w:author="甲">{r("乙。")}</w:moveTo>'
    assert _both(p("甲。", left), p("丙。", arrived)) == (
        ["甲。乙。", "丙。"],
        ["甲。", "丙。乙。"],
    )


def test_a_whole_article_deleted_does_not_count() -> None:
    blocks = (
        numbered("甲。"), p(deleted("乙。"), properties=IN_LIST, mark=DELETED), numbered("丙。"),
    )  # fmt: skip
    assert _both(*blocks) == (
        ["第一条\u3000甲。", "第二条\u3000乙。", "第三条\u3000丙。"],
        ["第一条\u3000甲。", "第二条\u3000丙。"],
    )


def test_a_whole_article_inserted_counts_afterwards_only() -> None:
    blocks = (
        numbered("甲。"), p(inserted("乙。"), properties=IN_LIST, mark=INSERTED), numbered("丙。"),
    )  # fmt: skip
    assert _both(*blocks) == (
        ["第一条\u3000甲。", "第二条\u3000丙。"],
        ["第一条\u3000甲。", "第二条\u3000乙。", "第三条\u3000丙。"],
    )


def test_an_article_that_moved_as_a_whole() -> None:
    gone = '<w:moveFrom w:id="1" w:author="甲"/>'
    come = '<w:moveTo w:id="2" w:author="甲"/>'
    left = f'<w:moveFrom w:id="3" w:author="甲">{r("甲。")}</w:moveFrom>'
    arrived = f'<w:moveTo w:id="4" w:author="甲">{r("甲。")}</w:moveTo>'
    blocks = (
        p(left, properties=IN_LIST, mark=gone), numbered("乙。"),
        p(arrived, properties=IN_LIST, mark=come), numbered("丙。"),
    )  # fmt: skip
    assert _both(*blocks) == (
        ["第一条\u3000甲。", "第二条\u3000乙。", "第三条\u3000丙。"],
        ["第一条\u3000乙。", "第二条\u3000甲。", "第三条\u3000丙。"],
    )


def test_a_deleted_mark_joins_two_paragraphs() -> None:
    blocks = (p("甲，", mark=DELETED), p("乙。"), p("丙。"))
    assert _both(*blocks) == (["甲，", "乙。", "丙。"], ["甲，乙。", "丙。"])


def test_an_inserted_mark_cuts_one_paragraph_in_two() -> None:
    blocks = (numbered("甲。", mark=INSERTED), numbered("乙。"))
    assert _both(*blocks) == (["第一条\u3000甲。乙。"], ["第一条\u3000甲。", "第二条\u3000乙。"])


def test_several_deleted_marks_join_several_paragraphs() -> None:
    blocks = (p("甲，", mark=DELETED), p("乙，", mark=DELETED), p("丙。"))
    assert _both(*blocks)[1] == ["甲，乙，丙。"]


def test_a_deleted_mark_at_the_end_of_a_cell_or_the_text_joins_nothing() -> None:
    assert _both(p("甲。"), p("乙。", mark=DELETED))[1] == ["甲。", "乙。"]
    assert _both(p("甲。"), p(deleted("乙。"), mark=DELETED))[1] == ["甲。"]
    inside = table(row(cell(p("甲", mark=DELETED)), "乙"))
    assert _both(inside, "丙。")[1] == ["甲｜乙", "丙。"]
    above = (p("甲。", mark=DELETED), table(row("乙", "丙")))
    assert _both(*above)[1] == ["甲。", "乙｜丙"]


def test_rows_and_cells_of_tables() -> None:
    rows = table(
        row("甲", "乙"),
        row(cell(p(deleted("丙"))), cell(p(deleted("丁"))), properties=DELETED),
        row(cell(p(inserted("戊"))), cell(p(inserted("己"))), properties=INSERTED),
    )
    assert _both(rows) == (["甲｜乙", "丙｜丁"], ["甲｜乙", "戊｜己"])
    cells = table(row("甲", cell(p("乙"), properties='<w:cellDel w:id="1" w:author="甲"/>'), "丙"))
    assert _both(cells) == (["甲｜乙｜丙"], ["甲｜丙"])
    cells = table(row("甲", cell(p("乙"), properties='<w:cellIns w:id="1" w:author="甲"/>'), "丙"))
    assert _both(cells) == (["甲｜丙"], ["甲｜乙｜丙"])


def test_a_number_that_was_given_or_changed() -> None:
    given = p(
        "甲。", properties=f'{IN_LIST}<w:pPrChange w:id="1" w:author="甲"><w:pPr/></w:pPrChange>'
    )
    assert _both(given) == (["甲。"], ["第一条\u3000甲。"])
    marked = IN_LIST.replace("</w:numPr>", f"{INSERTED}</w:numPr>")
    assert _both(p("甲。", properties=marked)) == (["甲。"], ["第一条\u3000甲。"])
    taken = f'<w:pPrChange w:id="1" w:author="甲"><w:pPr>{IN_LIST}</w:pPr></w:pPrChange>'
    assert _both(p("甲。", properties=taken), numbered("乙。")) == (
        ["第一条\u3000甲。", "第二条\u3000乙。"], ["甲。", "第一条\u3000乙。"],
    )  # fmt: skip


def test_a_style_that_was_changed_changes_the_number() -> None:
    named = styles(style("Law", paragraph=IN_LIST), style("Plain"))
    before = (
        '<w:pPrChange w:id="1" w:author="甲"><w:pPr><w:pStyle w:val="Plain"/></w:pPr></w:pPrChange>'
    )
    block = p("甲。", style="Law", properties=before)
    assert _both(block, named=named) == (["甲。"], ["第一条\u3000甲。"])


def test_text_that_was_hidden_or_struck_out_by_a_change_of_its_form() -> None:
    change = '<w:rPrChange w:id="1" w:author="甲"><w:rPr/></w:rPrChange>'
    block = p("甲", r("乙", f"<w:vanish/>{change}"), r("丙", f"<w:strike/>{change}"), "。")
    assert _both(block) == (["甲乙丙。"], ["甲。"])


def test_changes_of_looks_alone_make_no_second_text() -> None:
    change = '<w:rPrChange w:id="1" w:author="甲"><w:rPr/></w:rPrChange>'
    block = p(r("甲。", f"<w:b/>{change}"))
    same = '<w:pPrChange w:id="1" w:author="甲"><w:pPr><w:pStyle w:val="No"/></w:pPr></w:pPrChange>'
    found = word(docx(block, p("乙。", properties=same)), "draft.docx")
    assert list(found.lines) == ["甲。", "乙。"]
    assert found.tracked is None
    assert found.problems == []


def test_the_error_says_how_many_changes_by_how_many_people_and_the_way_out() -> None:
    data = docx(p("甲", inserted("乙"), inserted("丙", "乙方"), deleted("丁", "乙方"), "。"))
    with pytest.raises(TrackerError) as caught:
        word(data, "draft.docx")
    assert caught.value.code == "tracked-changes"
    assert "draft.docx 有 3 处修订（2 人）" in caught.value.message
    assert "--tracked final" in caught.value.hint
    assert "--tracked original" in caught.value.hint
    assert "乙方" not in caught.value.message


def test_the_view_is_said_and_what_it_leaves_out_is_listed() -> None:
    data = docx(p("甲", deleted("乙一"), deleted("乙二"), inserted("丙"), "。"))
    after = word(data, "draft.docx", Tracked.FINAL)
    assert [(one.text, one.reason) for one in after.dropped] == [("乙一乙二", "tracked-deletion")]
    assert [one.code for one in after.problems] == ["tracked-view"]
    before = word(data, "draft.docx", Tracked.ORIGINAL)
    assert [(one.text, one.reason) for one in before.dropped] == [("丙", "tracked-insertion")]
    assert "修订前的文本" in before.problems[0].message


def test_a_view_asked_of_a_file_without_changes_is_no_view() -> None:
    found = word(docx("甲。"), "draft.docx", Tracked.ORIGINAL)
    assert found.tracked is None
    assert found.problems == []


def test_changes_in_the_footnotes_alone_do_not_ask_for_a_view() -> None:
    note = f'<w:footnote w:id="2">{p(inserted("注。"))}</w:footnote>'
    notes = f'<w:footnotes xmlns:w="{W}">{note}</w:footnotes>'
    found = word(docx("甲。", parts={"footnotes": ("footnotes", notes)}), "draft.docx")
    assert [(one.text, one.reason) for one in found.dropped] == [("注。", "footnote")]


def test_a_mark_of_a_change_around_nothing_is_no_change() -> None:
    marks = ('<w:ins w:id="1" w:author="甲"/>', deleted(""), inserted(""))
    found = word(docx(p("甲", *marks, "应当公开。")), "draft.docx")
    assert list(found.lines) == ["甲应当公开。"]
    assert (found.tracked, found.problems) == (None, [])
    with pytest.raises(TrackerError, match="有 1 处修订"):
        word(docx(p("甲", *marks, inserted("乙"), "。")), "draft.docx")
    for sign in ("<w:tab/>", "<w:br/>", "<w:footnoteReference w:id='2'/>"):
        one = f'<w:ins w:id="1" w:author="甲"><w:r>{sign}</w:r></w:ins>'
        with pytest.raises(TrackerError, match="有 1 处修订"):
            word(docx(p("甲", one, "。")), "draft.docx")
    with pytest.raises(TrackerError, match="有 1 处修订"):
        word(docx(p("甲，", mark=DELETED), p("乙。")), "draft.docx")
