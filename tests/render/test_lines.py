"""A redline in lines says the same as the redline."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.redline import PAIRS
from tests.render.conftest import NEW, OLD
from tracker.diff.changes import compare
from tracker.diff.model import Changes, Op, Redline, new_text, old_text
from tracker.diff.patch import JOINT
from tracker.parse.canonical import read
from tracker.parse.reading import read_source
from tracker.render.lines import (
    Line,
    breaks_first,
    excerpt,
    marked,
    redline_lines,
    shown_lines,
    whole_items,
    with_breaks,
)
from tracker.render.overview import side_names

PIECES = st.lists(
    st.tuples(st.sampled_from(list(Op)), st.text(alphabet="甲乙丙\n", min_size=1, max_size=6)),
    max_size=8,
).map(tuple)


@given(PIECES)
@settings(derandomize=True, max_examples=300, deadline=None)
def test_lines_hold_every_piece_of_the_redline(redline: Redline) -> None:
    joined = [
        (op, char) for line in redline_lines(redline) for op, text in line.pieces for char in text
    ]
    assert joined == [(op, char) for op, text in redline for char in text if char != "\n"]


@given(PIECES)
@settings(derandomize=True, max_examples=300, deadline=None)
def test_folding_unchanged_lines_keeps_count_of_them(redline: Redline) -> None:
    lines = redline_lines(redline)
    shown = excerpt(lines)
    assert sum(line.skipped or 1 for line in shown) == len(lines)
    assert [line for line in shown if line.changed] == [line for line in lines if line.changed]


ITEMS = st.lists(
    st.tuples(
        st.sampled_from(list(Op)),
        st.lists(st.sampled_from(["\n（一）", "\n（二）", "甲", "乙；"]), min_size=1).map("".join),
    ),
    max_size=8,
).map(tuple)


@given(ITEMS)
@settings(derandomize=True, max_examples=300, deadline=None)
def test_items_marked_whole_leave_both_texts_as_they_are(redline: Redline) -> None:
    whole = whole_items(redline)
    assert (old_text(whole), new_text(whole)) == (old_text(redline), new_text(redline))


def test_the_number_of_an_item_goes_and_comes_with_its_words() -> None:
    kept, last = (Op.EQUAL, "甲。\n（一）乙；\n（二）"), (Op.EQUAL, "丁。")
    gone = whole_items((kept, (Op.DELETE, "丙；\n（三）"), last))
    assert [marked(line.pieces) for line in redline_lines(gone)] == [
        "甲。", "（一）乙；", "[-（二）丙；-]", "[-（三）-]{+（二）+}丁。"
    ]  # fmt: skip
    come = whole_items((kept, (Op.INSERT, "丙；\n（三）"), last))
    assert [marked(line.pieces) for line in redline_lines(come)] == [
        "甲。", "（一）乙；", "{+（二）丙；+}", "[-（二）-]{+（三）+}丁。"
    ]  # fmt: skip


def test_a_long_list_shows_only_the_lines_round_the_change(changes: Changes) -> None:
    last = changes.changes[-1]
    shown = excerpt(redline_lines(last.redline))
    assert shown[0] == Line(skipped=4)
    assert marked(shown[-1].pieces) == "（五）戊，是指戊类{+和己类+}活动。"


def test_a_split_says_where_each_article_begins(changes: Changes) -> None:
    split = next(change for change in changes.changes if len(change.new) == 2)
    lines = redline_lines(split.redline, *side_names(split, "zh"))
    assert [line.label for line in lines if line.label] == ["新 第四条", "新 第五条"]
    assert lines[1].pieces[0][1].startswith("市主管部门")
    assert lines[3].pieces[0][1].startswith("区主管部门")


def test_a_merger_whose_words_all_stay_is_shown_in_full() -> None:
    redline: Redline = ((Op.EQUAL, "甲。\n"), (Op.DELETE, "\n"), (Op.EQUAL, "乙。"))
    lines = excerpt(redline_lines(redline, ["旧 第一条", "旧 第二条"], ["新 第一条"]))
    assert [line.label or marked(line.pieces) for line in lines] == [
        "旧 第一条", "甲。", "旧 第二条", "乙。",
    ]  # fmt: skip


def test_articles_that_became_one_say_which_one() -> None:
    back = compare(read(NEW), read(OLD))
    merger = next(change for change in back.changes if len(change.old) == 2)
    assert side_names(merger, "zh")[0] == [
        "旧 第四条，并入新 第三条", "旧 第五条，并入新 第三条",
    ]  # fmt: skip


def test_a_line_break_that_is_all_that_came_or_went_is_shown() -> None:
    come: Redline = ((Op.EQUAL, "甲。"), (Op.INSERT, "\n"), (Op.EQUAL, "乙。"))
    lone: Redline = ((Op.EQUAL, "甲"), (Op.DELETE, "丁"), (Op.INSERT, "\n"), (Op.EQUAL, "乙。"))
    assert [marked(line.pieces) for line in shown_lines(come, "zh")] == ["甲。{+↵+}", "乙。"]
    assert [marked(line.pieces) for line in shown_lines(lone, "zh")] == ["甲[-丁-]{+↵+}", "乙。"]
    joined: Redline = ((Op.EQUAL, "甲。\n"), (Op.DELETE, "\n"), (Op.EQUAL, "乙。"))
    names = (["旧 第一条", "旧 第二条"], ["新 第一条"])
    assert "↵" not in "".join(marked(line.pieces) for line in shown_lines(joined, "zh", names))


def test_a_text_replaced_as_a_whole_is_stacked() -> None:
    redline: Redline = ((Op.DELETE, "甲" * 30), (Op.INSERT, "乙" * 30))
    assert len(redline_lines(redline)) == 2
    short: Redline = ((Op.DELETE, "甲"), (Op.INSERT, "乙"))
    assert len(redline_lines(short)) == 1


def test_what_moved_between_two_texts_that_stand_apart_is_not_before_or_behind_anything() -> None:
    moved = "未经批准不得迁移路灯设施"
    redline: Redline = (
        (Op.DELETE, moved), (Op.DELETE, "；应当每日巡查并且记录，"), (Op.EQUAL, "路灯"),
        (Op.INSERT, "由主管部门统一编号，逐杆登记在册；"), (Op.INSERT, moved),
    )  # fmt: skip
    shown = [line.label or marked(line.pieces) for line in shown_lines(redline, "zh", stacked=True)]
    assert shown == [
        "原文", f"[-〔移位：{moved}〕-][-；应当每日巡查并且记录，-]路灯",
        "新文", f"路灯{{+由主管部门统一编号，逐杆登记在册；+}}{{+〔移位：{moved}〕+}}",
    ]  # fmt: skip
    split: Redline = (
        (Op.EQUAL, "甲。\n"), (Op.DELETE, "同"), (Op.INSERT, "\n其他同"), (Op.EQUAL, "乙。"),
    )  # fmt: skip
    lines = shown_lines(split, "zh", (["旧 第一条"], ["新 第一条", "新 第二条"]))
    assert [line.label or marked(line.pieces) for line in lines] == [
        "新 第一条", "甲。", "新 第二条", "[-同-]{+其他同+}乙。",
    ]  # fmt: skip
    begins: Redline = (
        (Op.EQUAL, "甲。\n"),
        (Op.DELETE, "各级"),
        (Op.INSERT, "\n"),
        (Op.EQUAL, "乙。"),
    )
    lines = shown_lines(begins, "zh", (["旧 第一条"], ["新 第一条", "新 第二条"]))
    assert [line.label or marked(line.pieces) for line in lines] == [
        "新 第一条", "甲。", "新 第二条", "[-各级-]乙。",
    ]  # fmt: skip


@pytest.mark.skipif(not PAIRS.exists(), reason="needs the pairs in ../shared")
@pytest.mark.parametrize(
    "name", ["公司法_2018_2023", "妇女权益保障法_2018_2022", "行政复议法_2017_2023"]
)
def test_below_the_name_of_an_article_stand_its_words_and_no_others(name: str) -> None:
    old, new = (
        read_source((PAIRS / name / f"{side}.raw.txt").read_bytes(), name=side).law
        for side in ("old", "new")
    )
    for change in compare(old, new).changes:
        names = side_names(change, "zh")
        lines = redline_lines(with_breaks(whole_items(breaks_first(change.redline))), *names)
        for here, other, bodies in zip(
            names, (Op.INSERT, Op.DELETE), (old_text, new_text), strict=True
        ):
            if len(here) < 2:
                continue
            found, now = dict.fromkeys(here, ""), ""
            for line in lines:
                now = line.label if line.label in here else now
                kept = (text for op, text in line.pieces if op is not other)
                found[now] = found.get(now, "") + "".join(kept).replace("↵", "")
            texts = (text.replace("\n", "") for text in bodies(change.redline).split(JOINT))
            assert {name: text for name, text in found.items() if text} == dict(
                zip(here, texts, strict=True)
            )
