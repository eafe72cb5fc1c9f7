"""Every rule rewrites what it says, counts it, and has nothing left to do the second time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.law.problems import TrackerError
from tracker.parse.document import Place
from tracker.parse.normalise.radicals import RADICALS
from tracker.parse.normalise.rules import RULES, normalise


def at(index: int) -> Place:
    return Place(index + 1)


def one(text: str) -> tuple[str, dict[str, int]]:
    done = normalise([text], at)
    return "\n".join(done.lines), done.rewrites


@pytest.mark.parametrize(
    ("code", "before", "after", "count"),
    [
        ("zero-width", "数\u200b据\ufeff", "数据", 2),
        ("variation-selector", "数\ufe0f据", "数据", 1),
        ("radical", "\u2f47\u2ea0", "日民", 2),
        ("composed", "\uf900", "\u8c48", 1),
        ("table-column", "氨\t9.09\t备注", "氨｜9.09｜备注", 2),
        ("margin", "　　为了　", "为了", 3),
        ("other-space", "A\u00a0B", "A B", 1),
        ("run-of-spaces", "A   B", "A B", 2),
        ("open-date", "自  年  月  日起", "自××××年×月×日起", 1),
        ("open-date", "自20××年×月×日起", "自××××年×月×日起", 1),
        ("open-date", "自2024年 月 日起", "自2024年×月×日起", 1),
        ("year-range", "2021-2023年", "2021—2023年", 1),
        ("heading-number", "第12条　甲", "第十二条　甲", 1),
        ("heading-number", "第一百〇一条　甲", "第一百零一条　甲", 1),
        ("heading-number", "附件1：甲", "附件一：甲", 1),
        ("heading-space", "第一条 甲", "第一条　甲", 1),
        ("list-mark", "㈠甲", "（一）甲", 1),
        ("title-mark", "依照«刑法»", "依照《刑法》", 2),
        ("full-stop", "某法\n制定本法.", "某法\n制定本法。", 1),
        ("width", "条例(草案),见:甲", "条例（草案），见：甲", 4),
        ("space", "共 3 项", "共3项", 2),
    ],
)
def test_a_rule_rewrites_and_counts(code: str, before: str, after: str, count: int) -> None:
    text, rewrites = one(before)
    assert text == after
    assert rewrites[code] == count
    assert one(after) == (after, {})


def test_every_rule_is_tried_by_a_case() -> None:
    tried = {mark.args[1][i][0] for mark in test_a_rule_rewrites_and_counts.pytestmark
             for i in range(len(mark.args[1]))}  # fmt: skip
    assert {rule.code for rule in RULES} == tried


@pytest.mark.parametrize(
    "text",
    [
        "增长6.5%，8:30开始", "f(x, y); ok?", "见http://a.cn/x?b=1,2", "（，：；①㈠㎡…—·〔2009〕",
        "二〇二一年", "生产日期和出生年月日", "1,900亿元",
    ],
)  # fmt: skip
def test_what_is_right_stays(text: str) -> None:
    assert one(text) == (text, {})


def test_brackets_change_in_pairs() -> None:
    assert (
        one("模型(BIM)等(CAD、EDA),IaaS(即服务)")[0] == "模型（BIM）等（CAD、EDA），IaaS（即服务）"
    )


def test_spaces_inside_a_number_go() -> None:
    assert one("第一百二十八 条为了")[0] == "第一百二十八条为了"


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\x85", "\u202e", "\u2066", "\u2028", "\ufffe"])
def test_control_and_bidirectional_characters_are_refused(char: str) -> None:
    with pytest.raises(TrackerError) as caught:
        normalise(["甲", f"乙丙{char}"], at)
    assert caught.value.code == "control-character"
    assert f"第 2 行第 3 列有不允许的控制字符 U+{ord(char):04X}" in caught.value.message


def test_private_use_characters_are_kept_with_a_problem() -> None:
    done = normalise(["甲\ue003乙\ufffd"], at)
    assert done.lines == ["甲\ue003乙\ufffd"]
    assert [p.code for p in done.problems] == ["private-use-character", "replacement-character"]


def test_all_radicals_but_one_have_an_ideograph() -> None:
    assert len(RADICALS) == 328
    assert RADICALS["\u2fd5"] == "\u9fa0"
    assert "\u2e80" not in RADICALS


SOUP = st.text(
    st.sampled_from(
        list("第一二〇12条章之附件年月日×自20 　\u00a0\t(（),，.:：;?!)）甲乙aB—-\u200b\u2f47%")
    ),
    max_size=40,
)


@settings(max_examples=600, derandomize=True, deadline=None)
@given(st.lists(SOUP, max_size=4))
def test_normalising_twice_changes_nothing_more(lines: list[str]) -> None:
    first = normalise(lines or [""], at)
    second = normalise(first.lines, at)
    assert second.lines == first.lines
    assert second.rewrites == {}


@pytest.mark.parametrize("text", ["第" * 300_000, " " * 300_000, "(" * 300_000, "1" * 300_000,
                                  "年 " * 150_000, "第一" * 150_000, "，(" * 100_000])  # fmt: skip
def test_hostile_runs_take_linear_time(text: str) -> None:
    assert len(normalise([text], at).lines) == 1


@pytest.mark.parametrize(
    "marks", [("a.", "b."), ("1)", "2)"), ("①", "②"), ("●", "●"), ("（1）", "（2）")]
)
def test_a_tab_behind_the_marks_of_a_list_of_word_makes_no_table(marks: tuple[str, str]) -> None:
    text, rewrites = one("\n".join(f"{mark}\t甲；" for mark in marks))
    assert "｜" not in text
    assert "table-column" not in rewrites
