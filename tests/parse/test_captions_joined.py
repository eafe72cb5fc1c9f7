"""A lone 第X条 and the line below it: joined where it is an article, kept wherever it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.parse.conftest import account, han
from tracker.law.numbering import write_numeral
from tracker.parse import canonical
from tracker.parse.document import Document
from tracker.parse.reading import read_source

ANNEX = (
    "某市数据条例\n\n第一条　为了促进数据发展，制定本条例。\n\n第二条　章程见附件。\n\n"
    "第三条　本条例自2024年1月1日起施行。\n\n附件　示范章程\n\n第一条\n本章程由理事会制定。\n\n"
    "第二条\n理事会由九人组成。\n"
)
LINK = "示例条例\n第一条　甲。\n第二条　违反本条例\n第一条\n的规定，处五万元罚款。\n第三条　乙。\n"
CONTENTS = (
    "示例条例\n目录\n第一章　总则\n第一条\n立法目的\n第一章　总则\n第一条　甲。\n第二条　乙。\n"
)


@pytest.mark.parametrize("text", [ANNEX, LINK, CONTENTS])
def test_the_line_below_a_lone_mark_is_never_lost(
    text: str, read: Callable[[str], Document]
) -> None:
    document = read(text)
    assert han(text) == account(document)
    assert canonical.read(canonical.write(document.law)) == document.law


def test_the_articles_of_an_annex_keep_their_sentences(read: Callable[[str], Document]) -> None:
    written = canonical.write(read(ANNEX).law)
    assert "本章程由理事会制定。" in written
    assert "理事会由九人组成。" in written


def test_a_caption_below_its_lone_mark_is_a_caption(read: Callable[[str], Document]) -> None:
    law = read("示例条例\n第一条\n立法目的】为了甲。\n第二条\n【适用范围】乙。\n").law
    assert [a.caption for a in law.articles()] == ["立法目的", "适用范围"]


NUMBERS = st.integers(min_value=1, max_value=6).map(write_numeral)
SENTENCES = st.sampled_from(
    ("为了甲，制定本条例。", "立法目的】为了乙。", "【适用】丙", "违反本条例", "的规定，处罚款。",
     "（一）丁；", "（删除）", "示范章程", "1．戊。", "一、管辖", "二、附则", "")
)  # fmt: skip
LINES = st.one_of(
    NUMBERS.map(lambda n: f"第{n}条"),
    NUMBERS.map(lambda n: f"第{n}条"),
    st.builds(lambda n, s: f"第{n}条　{s}", NUMBERS, SENTENCES),
    st.builds(lambda n, s: f"第{n}条{s}", NUMBERS, SENTENCES),
    st.builds(lambda n: f"第{n}章　总则", NUMBERS),
    st.builds(lambda n: f"第{n}节　一般规定", NUMBERS),
    st.sampled_from(("附件", "附件一　章程", "附：收费标准", "目录", "附则", "（征求意见稿）")),
    SENTENCES,
)
TITLES = st.sampled_from(
    ("示例条例", "示例条例（草案）", "示例条例（修订草案）\n（征求意见稿）", "某院关于某问题的解释")
)


@settings(derandomize=True, deadline=None, max_examples=400)
@given(TITLES, st.lists(LINES, max_size=14))
def test_no_han_is_lost_or_made_in_small_documents(title: str, lines: list[str]) -> None:
    text = "\n".join([title, *lines]) + "\n"
    document = read_source(text.encode(), name="source.txt")
    assert han(text) == account(document)
    assert canonical.read(canonical.write(document.law)) == document.law
