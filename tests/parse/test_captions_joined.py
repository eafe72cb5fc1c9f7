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


CAPTIONED = (
    "某市租赁办法\n第一条　立法目的\n为了规范租赁，制定本办法。\n第二条　适用范围\n"
    "本办法适用于本市。\n第三条　管理部门\n市住房部门负责管理。\n第四条　公众参与\n"
    "应急预案由市住房部门公布。\n第五条　施行日期\n本办法自公布之日起施行。\n"
)
CONTRACT = "附件\n合同\n第一条　甲方出租房屋。\n第二条　租期一年。\n第三条　租金一千元。\n"
CONTRACT_WITH_CAPTIONS = (
    "附件\n合同\n第一条　房屋\n甲方出租房屋。\n第二条　期限\n租期一年。\n"
    "第三条　租金\n每月一千元。\n"
)


@pytest.mark.parametrize("annex", ["", CONTRACT, CONTRACT_WITH_CAPTIONS])
def test_an_annexed_contract_does_not_change_how_captions_are_read(
    annex: str, read: Callable[[str], Document]
) -> None:
    law = read(CAPTIONED + annex).law
    captions = [article.caption for article in law.articles()]
    assert captions == ["立法目的", "适用范围", "管理部门", "公众参与", "施行日期"]


def test_captions_of_an_annexed_contract_are_none_of_the_law(
    read: Callable[[str], Document],
) -> None:
    document = read(f"某市租赁办法\n第一条　甲。\n第二条　乙。\n{CONTRACT_WITH_CAPTIONS}")
    assert "caption" not in dict(document.ledger.rewrites)
    assert [a.caption for a in document.law.articles()] == [None, None]


BROKEN = (
    "县级以上人民政府⏎应当加强农机工作。", "农机主管部门⏎负责农机监督。",
    "农机使用者⏎不得超载。", "县级以上⏎人民政府应当投入。", "本条例⏎自2024年1月1日起施行。",
)  # fmt: skip


def test_the_subject_of_a_broken_sentence_is_no_caption(read: Callable[[str], Document]) -> None:
    lines = [f"第{write_numeral(n)}条　{text}" for n, text in enumerate(BROKEN, 1)]
    document = read("某省农机条例\n" + "\n".join(lines).replace("⏎", "\n") + "\n")
    assert [a.caption for a in document.law.articles()] == [None] * 5
    told = [p.line for p in document.problems if p.code == "unfinished-line"]
    assert told == [2, 4, 6, 8, 10]


def test_one_broken_sentence_among_captions_stays_and_is_told(
    read: Callable[[str], Document],
) -> None:
    text = CAPTIONED + "第六条　任何单位\n不得超载。\n"
    document = read(text)
    assert [a.caption for a in document.law.articles()][4:] == ["施行日期", None]
    assert [p.line for p in document.problems if p.code == "unfinished-line"] == [12]


@pytest.mark.parametrize("opens", ["（", ""])
def test_captions_between_a_lone_number_and_its_text_are_captions(
    opens: str, read: Callable[[str], Document]
) -> None:
    closes = "）" if opens else ""
    names = ("目的和依据", "定义", "基本原则")
    numbers = ("第一条", "第二条", "第三条")
    source = "示例办法\n" + "".join(
        f"{number}\n{opens}{name}{closes}\n本市依法推进{name}。\n乙方依照规定办理。\n"
        for number, name in zip(numbers, names, strict=True)
    )
    document = read(source)
    assert tuple(a.caption for a in document.law.articles()) == names
    assert [len(a.children) for a in document.law.articles()] == [2, 2, 2]
    assert account(document) == han(source)
    assert canonical.read(canonical.write(document.law)) == document.law


def test_text_below_lone_numbers_is_no_caption_where_only_some_have_one(
    read: Callable[[str], Document],
) -> None:
    source = (
        "示例办法\n第一条\n立法目的\n为了甲，制定本办法。\n第二条\n本市适用本办法。\n第三条\n"
        "县级以上人民政府\n应当加强管理。\n第四条\n本办法自公布之日起施行。\n"
    )
    assert {a.caption for a in read(source).law.articles()} == {None}


def test_captions_above_their_articles_are_those_of_the_articles(
    read: Callable[[str], Document],
) -> None:
    source = (
        "示例条例\n【立法目的】\n第一条 甲。\n【范围】\n第二条 乙。\n丙。\n【原则】\n第三条 丁。\n"
    )
    document = read(source)
    assert [a.caption for a in document.law.articles()] == ["立法目的", "范围", "原则"]
    assert account(document) == han(source)
    alone = read(source.replace("【范围】\n", "").replace("【原则】\n", ""))
    assert {a.caption for a in alone.law.articles()} == {None}


def test_a_chapter_and_its_first_article_in_one_line_are_two_and_told(
    read: Callable[[str], Document],
) -> None:
    source = (
        "示例条例\n第一章 总则 第一条 为了甲，制定本条例。\n第二条 依照第一章第一条。\n"
        "第二章　罚则第三条　丙。\n第四条 第二章第三条除外。\n"
    )
    document = read(source)
    assert canonical.write(document.law) == (
        "示例条例\n\n第一章　总则\n\n第一条　为了甲，制定本条例。\n\n第二条　依照第一章第一条。\n\n"
        "第二章　罚则\n\n第三条　丙。\n\n第四条　第二章第三条除外。\n"
    )
    told = [(p.line, p.citation) for p in document.problems if p.code == "run-in-articles"]
    assert told == [(2, "第一条"), (4, "第三条")]


def test_a_caption_may_stand_above_a_list(read: Callable[[str], Document]) -> None:
    source = (
        "示例办法\n第一条 目的\n为了甲，制定本办法。\n第二条 范围\n本办法适用于本市。\n"
        "第三条 职责\n（一）办公室负责甲；\n（二）财务处负责乙。\n"
        "第四条 解释\n本办法由办公室负责解释。\n"
    )
    captions = [a.caption for a in read(source).law.articles()]
    assert captions == ["目的", "范围", "职责", "解释"]


def test_the_mark_of_an_item_alone_in_its_line_goes_with_the_line_below(
    read: Callable[[str], Document],
) -> None:
    source = "示例办法\n第一条\n\n下列：\n\n（一）\n\n甲；\n\n（二）\n\n乙。\n第二条 丙。\n"
    document = read(source)
    assert "第一条　下列：\n（一）甲；\n（二）乙。" in canonical.write(document.law)
    assert account(document) == han(source)


def test_a_long_heading_that_was_cut_is_one_line(read: Callable[[str], Document]) -> None:
    rest = "社会发展计划、预算的执行情况报告，听取和审议审计工作报告"
    head = "示例监督法\n第一章 总则\n第一条 甲。\n第二章 审查决算，听取国民经济和\n"
    source = f"{head}{rest}\n第二条 乙。\n"
    document = read(source)
    assert document.law.body[1].caption == f"审查决算，听取国民经济和{rest}"
    assert account(document) == han(source)
