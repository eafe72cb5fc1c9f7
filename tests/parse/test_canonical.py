"""Round trips of canonical text, on examples and on generated laws."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.law.model import Law, Provision, Unit
from tracker.law.numbering import Number
from tracker.law.problems import TrackerError
from tracker.parse import canonical
from tracker.parse.reading import read_source

EXAMPLE = """示例市公共数据条例
（草案）
（2023年3月15日示例市数据主管部门发布）

序言
数据是资源。

第一编　通则

第一章　总则

第一条　【立法目的】为了规范管理，制定本条例。

第二条　任何单位不得有下列行为：
（一）违反规定收集数据，包括：
1．超出职责范围；
2．重复收集；
（二）泄露数据。
前款规定不适用于个人。

第二条之一　【名称】

第一节　程序

第三条　（一）甲；
（二）乙。

附则

第四条　本条例自××××年×月×日起施行。

附件一　目录
（一）甲
乙

附表：丙
"""

OUTLINE = """某市方案

为了甲，制定本方案。

一、总体要求

（一）产业定义。数字经济产业是新兴产业。（责任单位：甲局、乙委（丙办））
——规模扩大。到2023年，翻一番。
——能力提升。
1．平台。建设平台。
（1）甲平台；
后面的话。

二、保障措施
各部门应当配合。
"""


@pytest.mark.parametrize("text", [EXAMPLE, OUTLINE, "\n\n第一条　甲\n", "某批复\n\n同意。\n"])
def test_canonical_text_survives_reading_and_writing(text: str) -> None:
    law = canonical.read(text)
    assert canonical.write(law) == text
    document = read_source(text.encode(), name="canonical")
    assert document.law == law
    assert document.ledger.rewrites == ()
    assert document.ledger.dropped == ()


def test_the_example_has_the_levels_it_shows() -> None:
    law = canonical.read(EXAMPLE)
    assert law.stage_line == "（草案）"
    assert [p.unit for p in law.body] == [
        Unit.INTRODUCTION, Unit.PART, Unit.CHAPTER, Unit.ANNEX, Unit.ANNEX,
    ]  # fmt: skip
    second = law.articles()[1]
    assert [p.unit for p in second.children] == [Unit.PARAGRAPH, Unit.PARAGRAPH]
    assert [len(p.children) for p in second.children[0].children] == [2, 0]
    assert law.articles()[2].number == Number(2, (1,))
    assert law.articles()[2].children == ()


def test_an_outline_knows_its_responsible_units() -> None:
    clause = canonical.read(OUTLINE).body[1].children[0]
    assert clause.caption == "产业定义"
    assert clause.text == "数字经济产业是新兴产业。"
    assert clause.responsible == "甲局、乙委（丙办）"


@pytest.mark.parametrize(
    "said",
    ["牵头单位：甲局；配合单位：乙委（丙办）", "责任部门：甲局", "主办单位：甲局，协办单位：乙委"],
)
def test_an_outline_knows_who_leads_and_who_helps(said: str) -> None:
    text = OUTLINE.replace("责任单位：甲局、乙委（丙办）", said)
    law = canonical.read(text)
    clause = law.body[1].children[0]
    assert (clause.text, clause.responsible) == ("数字经济产业是新兴产业。", said)
    assert canonical.write(law) == text


def test_a_list_that_goes_on_keeps_the_line_between() -> None:
    law = canonical.read("某法\n\n第一条　提交：\n（一）申请书；\n由申请人签名。\n（二）证明。\n")
    (paragraph,) = law.articles()[0].children
    assert [p.unit for p in paragraph.children] == [Unit.SUBPARAGRAPH, Unit.SUBPARAGRAPH]
    assert paragraph.children[0].children[0].text == "由申请人签名。"


@pytest.mark.parametrize(
    "text",
    ["", "某法", "某法\n\n第一条 甲\n", "某法\n\n第一条　甲\n第二条　乙\n",
     "某法\n\n\n第一条　甲\n", "某法\n\n第01条　甲\n", "某法\n\n第一条　甲\n\n",
     "某法\n第一条　甲\n\n1. 乙\n"],
)  # fmt: skip
def test_what_is_not_canonical_is_refused(text: str) -> None:
    with pytest.raises(TrackerError) as caught:
        canonical.read(text)
    assert caught.value.code == "not-canonical"
    assert "行" in caught.value.message


# Laws made up of the words below are inside the format: no text begins like another unit.
WORDS = st.lists(
    st.sampled_from(["数据", "市人民政府", "应当", "公开", "管理", "BIM", "2021年", "共享"]),
    min_size=1,
    max_size=5,
).map("".join)
TEXT = st.builds(lambda words, end: words + end, WORDS.filter(lambda w: not w[0].isdigit()),
                 st.sampled_from(["。", "；", "；但是，另有规定的除外。"]))  # fmt: skip
NAME = st.sampled_from(["管理", "数据公开", "市场监督管理", "权利义务"])


Provisions = st.SearchStrategy[tuple[Provision, ...]]


def numbered(unit: Unit, children: Provisions, size: int) -> Provisions:
    return st.lists(st.tuples(TEXT, children), max_size=size).map(
        lambda rows: tuple(
            Provision(unit, Number(n), None, text, below) for n, (text, below) in enumerate(rows, 1)
        )
    )


ITEMS = numbered(Unit.ITEM, st.just(()), 3)
SUBPARAGRAPHS = numbered(Unit.SUBPARAGRAPH, ITEMS, 3)
PARAGRAPH = st.builds(lambda text, below: Provision(Unit.PARAGRAPH, None, None, text, below),
                      TEXT, SUBPARAGRAPHS)  # fmt: skip
PARAGRAPHS = st.lists(PARAGRAPH, max_size=4).map(tuple)
ARTICLE = st.tuples(st.none() | NAME, PARAGRAPHS, st.booleans())


@st.composite
def laws(draw: st.DrawFn) -> Law:
    value, suffix = 0, 0
    body: list[Provision] = []
    if draw(st.booleans()):
        caption = draw(st.sampled_from([None, "序言"]))
        below = draw(st.lists(PARAGRAPH, min_size=1, max_size=2).map(tuple))
        body.append(Provision(Unit.INTRODUCTION, None, caption, "", below))
    chapters = draw(st.integers(0, 3))
    for chapter in range(max(chapters, 1)):
        articles: list[Provision] = []
        for caption, paragraphs, inserted in draw(st.lists(ARTICLE, min_size=1, max_size=4)):
            value, suffix = (value, suffix + 1) if inserted and value else (value + 1, 0)
            number = Number(value, (suffix,) if suffix else ())
            articles.append(Provision(Unit.ARTICLE, number, caption, "", paragraphs))
        if chapters:
            name = draw(NAME)
            body.append(Provision(Unit.CHAPTER, Number(chapter + 1), name, "", tuple(articles)))
        else:
            body.extend(articles)
    if draw(st.booleans()):
        body.append(Provision(Unit.ANNEX, Number(1), draw(NAME), "", draw(PARAGRAPHS)))
    stage_line = draw(st.sampled_from([None, "（草案）", "（草案二次审议稿）"]))
    note = draw(st.sampled_from([None, "（2021年6月10日某市人大常委会通过）",
                                 "2018年9月6日通过\n2019年3月1日施行"]))  # fmt: skip
    return Law("某市数据条例", tuple(body), stage_line, note)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(laws())
def test_every_law_survives_writing_and_reading(law: Law) -> None:
    text = canonical.write(law)
    assert canonical.read(text) == law
    document = read_source(text.encode(), name="canonical")
    assert document.law == law
    assert document.ledger.rewrites == ()
    assert document.ledger.dropped == ()


@settings(max_examples=80, derandomize=True, deadline=None)
@given(laws())
def test_every_body_can_be_put_back(law: Law) -> None:
    for provision in law.walk():
        if provision.unit in (Unit.ARTICLE, Unit.INTRODUCTION, Unit.ANNEX):
            assert canonical.with_body(provision, canonical.body(provision)) == provision


@st.composite
def outlines(draw: st.DrawFn) -> Law:
    def unit(kind: Unit, number: int | None, below: tuple[Provision, ...]) -> Provision:
        caption = draw(st.none() | NAME)
        text = draw(TEXT) if caption is None else draw(st.just("") | TEXT)
        responsible = draw(st.sampled_from([None, "甲局、乙委", "牵头单位：甲局；配合单位：乙委"]))
        return Provision(
            kind, Number(number) if number else None, caption, text, below, responsible
        )

    sections = []
    for n in range(1, draw(st.integers(2, 3)) + 1):
        clauses = []
        for m in range(1, draw(st.integers(0, 3)) + 1):
            dashes = tuple(unit(Unit.OUTLINE_5, None, ()) for _ in range(draw(st.integers(0, 2))))
            lines = tuple(
                Provision(Unit.PARAGRAPH, text=t) for t in draw(st.lists(TEXT, max_size=2))
            )
            clauses.append(unit(Unit.OUTLINE_2, m, lines + dashes))
        sections.append(unit(Unit.OUTLINE_1, n, tuple(clauses)))
    return Law("某市实施方案", tuple(sections))


@settings(max_examples=80, derandomize=True, deadline=None)
@given(outlines())
def test_every_outline_survives_writing_and_reading(law: Law) -> None:
    text = canonical.write(law)
    assert canonical.read(text) == law
    assert read_source(text.encode(), name="canonical").law == law
    for provision in law.walk():
        if provision.unit.is_outline:
            assert canonical.with_body(provision, canonical.body(provision)) == provision


def test_a_section_under_a_numbered_heading_is_written_and_read_back() -> None:
    text = (
        "某院关于某问题的解释\n一、管辖\n第一条　甲。\n第一节　一般规定\n第二条　乙。\n"
        "二、证据\n第三条　丙。\n"
    )
    law = read_source(text.encode(), name="source.txt").law
    assert [p.unit for p in law.body[0].children] == [Unit.ARTICLE, Unit.SECTION]
    assert "\n\n第一节　一般规定\n\n第二条　乙。\n\n二、证据\n\n" in canonical.write(law)
    assert canonical.read(canonical.write(law)) == law


def test_an_annex_with_lines_like_articles_and_chapters_is_put_back_as_it_was() -> None:
    articles = "第一条　甲。\n第二条　乙。\n"
    text = f"甲条例\n\n{articles}\n附件\n第一章　总则\n第一条　为了考核。\n第二条　应当公告。\n"
    law = read_source(text.encode(), name="a.txt").law
    (annex,) = (p for p in law.body if p.unit is Unit.ANNEX)
    assert "第一条　为了考核。" in canonical.body(annex)
    assert canonical.with_body(annex, canonical.body(annex)) == annex
