"""Acts of any words at all: nothing is raised, nothing is lost, the base stays whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.amend.laws import act, base
from tracker.amend.act import read_act
from tracker.amend.apply import amend
from tracker.law.model import Unit
from tracker.law.problems import TrackerError
from tracker.parse.canonical import read, write

PIECES = (
    "将", "在", "第二条", "第三条第一项", "第二款", "第四条、第六条", "第九条", "第二章", "引言",
    "中的", "“书亭”", "“第四条 甲。”", "“甲：\n“（一）乙；\n“丙。”", "“", "”", "修改为：", "改为",
    "作为", "删去", "增加一条，", "增加一款，", "增加一项，", "增加一章，", "后", "合并，",
    "分为两条，", "条文顺序作相应调整", "章名", "，", "；", "。", "\n", "\n二、", "\n三、",
    "\n本决定自公布之日起施行。", "天气",
)  # fmt: skip
LABELS = ("\n二、", "\n三、")


@given(st.lists(st.sampled_from(PIECES), max_size=14))
@settings(derandomize=True, deadline=None, max_examples=400)
def test_any_act_can_be_read_and_applied(pieces: list[str]) -> None:
    law = base()
    found = act("一、" + "".join(pieces))
    done = amend(law, found)
    assert law == base()
    assert len(done.applied) + len(done.unapplied) == len(found.instructions)
    assert len(found.unread) <= len(done.unapplied)
    if not done.applied:
        assert done.law == law


@given(st.lists(st.sampled_from(PIECES), max_size=14))
@settings(derandomize=True, deadline=None, max_examples=200)
def test_no_han_character_of_an_act_is_lost(pieces: list[str]) -> None:
    found = act("一、" + "".join(pieces))
    kept = Counter("".join((found.head, *(i.words for i in found.instructions), *found.laws)))
    given_ = Counter(c for p in pieces if p not in LABELS for c in p if "\u4e00" <= c <= "\u9fff")
    assert given_ <= kept


VALID = (
    "将第四条修改为：“甲。”",
    "第二条增加一款，作为第二款：“乙。”",
    "删去第三条第一项。",
    "删去第六条。",
    "增加一条，作为第三条：“丙。”",
    "将第五条中的“第四条”修改为“第五条”。",
    "将第二条第三款改为第三条。",
    "将第四条、第五条合并，作为第五条，修改为：“丁。”",
    "增加一章，作为第二章：“第二章 图书\n“第五条 戊。”",
    "第三条增加一项，作为第二项：“己；”",
)


@given(st.lists(st.sampled_from(VALID), min_size=1, max_size=6, unique=True))
@settings(derandomize=True, deadline=None, max_examples=200)
def test_an_outcome_is_a_law_with_rising_numbers(lines: list[str]) -> None:
    done = amend(
        base(), act(*(f"{n}.{line}" for n, line in enumerate(lines, 1)), "条文顺序作相应调整。")
    )
    numbers = [article.number for article in done.law.articles()]
    assert [str(n) for n in numbers] == [str(n) for n in range(1, len(numbers) + 1)]
    assert read(write(done.law)) == done.law


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"%PDF-1.7 x"])
def test_bytes_that_are_no_text_are_an_error_that_names_the_file(data: bytes) -> None:
    with pytest.raises(TrackerError) as caught:
        read_act(data, name="决定.bin")
    assert "决定.bin" in caught.value.message


def test_a_range_that_no_law_has_is_not_spelled_out() -> None:
    found = act("一、删去第一条至第九千万条。二、删去" + "第一条至第九千条、" * 2 + "第一条。")
    assert found.unread


def test_an_introduction_that_the_base_has_not_is_a_problem() -> None:
    law = base()
    law = replace(law, body=tuple(one for one in law.body if one.unit is not Unit.INTRODUCTION))
    done = amend(law, act("一、将引言修改为：“甲。”"))
    assert [problem.code for problem in done.problems] == ["missing-target"]


def test_more_provisions_than_any_law_has_are_refused() -> None:
    with pytest.raises(TrackerError, match="超过 100,000 处"):
        act("一、" + "删去第一条至第九千条。\n" * 12)


def test_more_instructions_than_can_be_carried_out_are_refused() -> None:
    found = act("一、" + "删去第九条；" * 11_000)
    with pytest.raises(TrackerError, match="11000 条修改指令"):
        amend(base(), found)


def test_a_sentence_that_lists_very_many_words_is_refused_and_a_long_list_is_read() -> None:
    listed = "一、将第一条中的{}“甲”修改为“乙”。"
    assert len(act(listed.format("“丁”、" * 500)).instructions) == 501
    with pytest.raises(TrackerError, match="列举的各处文字"):
        act(listed.format("“丁”、" * 3_000))
