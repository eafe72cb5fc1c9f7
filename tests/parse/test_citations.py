"""Citations: what is found in a text, where it points, and how it follows a renumbering."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.law.address import Address
from tracker.law.model import Law, Provision, Unit
from tracker.law.numbering import Number, write_numeral
from tracker.parse.citations import (
    Base,
    CitationKind,
    Places,
    Target,
    citation_numbers,
    citations_follow,
    find_citations,
    mask_citations,
    resolve,
)
from tracker.parse.reading import read_source

CASES = Path(__file__).resolve().parents[1] / "cases"


def kinds(text: str) -> list[tuple[str, str]]:
    return [(c.text, c.kind.value) for c in find_citations(text)]


def step(unit: Unit, value: int, *suffix: int) -> tuple[Unit, Number]:
    return unit, Number(value, suffix)


ART, PARA, SUB = Unit.ARTICLE, Unit.PARAGRAPH, Unit.SUBPARAGRAPH


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("依照本法第十条的规定", [("本法第十条", "internal")]),
        ("本条例第三条至第五条", [("本条例第三条至第五条", "internal")]),
        ("第三条、第五条和第七条规定的", [("第三条、第五条和第七条", "internal")]),
        ("第四十四至第四十六条", [("第四十四至第四十六条", "internal")]),
        ("第十、十一条以及第12条", [("第十、十一条以及第12条", "internal")]),
        ("违反本条例六十条第四款", [("本条例六十条第四款", "internal")]),
        ("刑法第三百零七条前三款行为", [("刑法第三百零七条前三款", "external")]),
        ("第三十一条、三十二条第一款", [("第三十一条、三十二条第一款", "internal")]),
        ("第十条之一第二款第（三）项第1目", [("第十条之一第二款第（三）项第1目", "internal")]),
        ("前款规定的期限", [("前款", "relative")]),
        ("前两款和本条第三款", [("前两款", "relative"), ("本条第三款", "relative")]),
        ("依照前条第一款", [("前条第一款", "relative")]),
        ("第二款规定的", [("第二款", "relative")]),
        ("本章第三节", [("本章第三节", "relative")]),
        ("前款（一）、（四）项所列情形", [("前款（一）、（四）项", "relative")]),
        ("刑法第二百三十二条", [("刑法第二百三十二条", "external")]),
        ("《民法典》第十条、第十一条", [("《民法典》第十条、第十一条", "external")]),
        (
            "《广告法》第三条和本办法第四条",
            [("《广告法》第三条", "external"), ("本办法第四条", "internal")],
        ),
    ],
)
def test_each_way_of_citing_is_found(text: str, found: list[tuple[str, str]]) -> None:
    assert kinds(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "制定本条例。",
        "本章程另有规定的",
        "该项目的第一条件",
        "第一审人民法院、第三人",
        "基本条件、成本项目、日本条约",
        "第三届全国人民代表大会第二次会议",
        "以前款项已经付清",
        "第一章程、第二条例",
        "有下列情形之一的",
        "违反本条例规定",
        "第一、第二、第三名",
        "第一二十条",
    ],
)
def test_words_that_only_look_like_citations_are_left_alone(text: str) -> None:
    assert find_citations(text) == ()


def test_a_list_after_a_title_stays_external_until_its_sentence_part_ends() -> None:
    text = "《民法典》第十条规定的效力和第十一条规定的期限，依照第三条执行"
    assert [(c.kind, c.title) for c in find_citations(text)] == [
        (CitationKind.EXTERNAL, "民法典"),
        (CitationKind.EXTERNAL, "民法典"),
        (CitationKind.INTERNAL, None),
    ]


def test_two_conditions_joined_by_and_are_of_one_law() -> None:
    text = "符合民事诉讼法第一百二十二条的规定，且不属于第一百二十七条规定情形的"
    assert [c.title for c in find_citations(text)] == ["民事诉讼法", "民事诉讼法"]


def test_crimes_listed_with_their_articles_are_of_one_law() -> None:
    text = "刑法第二百二十一条规定的甲罪，第二百七十八条规定的乙罪，依照第三条处理"
    assert [c.title for c in find_citations(text)] == ["刑法", "刑法", None]


def test_an_article_of_another_law_cited_again_by_number_is_still_the_other_law() -> None:
    text = "诉讼时效依据民法典第一百九十五条的规定中断后，再次出现第一百九十五条规定的事由"
    assert [c.title for c in find_citations(text)] == ["民法典", "民法典"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("应当认定为刑法第二百八十五条规定的", "刑法"),
        ("依照中华人民共和国刑法第九条", "中华人民共和国刑法"),
        ("适用公司法第二百一十九条", "公司法"),
        ("条例第三十一条所称国务院知识产权行政部门", "条例"),
        ("依据香港法例第13章", "香港法例"),
        ("根据联合国宪章第七章", "联合国宪章"),
        ("关于香港特别行政区基本法第一条和第十二条", "香港特别行政区基本法"),
        ("不符合刑法分则第九章第三百九十八条", "刑法"),
        ("根据民法总则第三条", "民法总则"),
        ("根据土地管理法实施条例第三条", "土地管理法实施条例"),
        ("根据涉外民事关系法律适用法第十条", "涉外民事关系法律适用法"),
        ("有权采取统计法第三十五条规定的措施", "统计法"),
        ("在本省从事慈善法第三条规定的活动", "慈善法"),
        ("许可所依据的出口管制法第十三条", "出口管制法"),
        ("《关于适用〈刑法〉的解释》（法释〔2015〕11号）第一条", "关于适用〈刑法〉的解释"),
    ],
)
def test_the_other_law_is_named_as_written(text: str, title: str) -> None:
    (citation,) = find_citations(text)
    assert (citation.kind, citation.title) == (CitationKind.EXTERNAL, title)


def test_a_bare_item_of_another_law_stays_there() -> None:
    text = "税法第十三条第一项规定的支出，按年限分期摊销；第二项规定的支出，另行规定"
    assert [c.kind.value for c in find_citations(text)] == ["external", "external"]


def test_targets_keep_ranges_and_inherit_what_is_not_repeated() -> None:
    (citation,) = find_citations("本法第十条第一款至第三款、第十二条第二款第一项、第四项")
    assert citation.targets == (
        Target((step(ART, 10), step(PARA, 1)), (step(ART, 10), step(PARA, 3))),
        Target((step(ART, 12), step(PARA, 2), step(SUB, 1))),
        Target((step(ART, 12), step(PARA, 2), step(SUB, 4))),
    )


def test_a_base_says_where_a_relative_citation_starts() -> None:
    (citation,) = find_citations("前三款规定")
    assert (citation.base, citation.targets) == (Base("前", PARA, 3), ())


def test_that_article_points_where_the_citation_before_points() -> None:
    text = "违反《种子法》第十条规定的，依照该条第二款处罚"
    second = find_citations(text)[1]
    assert second.title == "种子法"
    assert second.targets == (Target((step(ART, 10), step(PARA, 2))),)


# --- where they point ---------------------------------------------------------------------------


def paragraph(text: str, *items: str) -> Provision:
    children = tuple(Provision(SUB, Number(i), text=t) for i, t in enumerate(items, start=1))
    return Provision(PARA, text=text, children=children)


def article(number: int, *paragraphs: Provision, suffix: tuple[int, ...] = ()) -> Provision:
    return Provision(ART, Number(number, suffix), children=paragraphs)


LAW = Law(
    "示例市试验条例",
    (
        Provision(
            Unit.CHAPTER,
            Number(1),
            "总则",
            children=(
                article(1, paragraph("为了试验，制定本条例。")),
                article(
                    2,
                    paragraph("不得有下列行为：", "甲；", "乙；", "丙。"),
                    paragraph("前款第二项规定的行为，包括丁；第三项规定的行为，包括戊。"),
                    paragraph("前两款另有规定的除外。"),
                ),
            ),
        ),
        Provision(
            Unit.CHAPTER,
            Number(2),
            "法律责任",
            children=(
                article(
                    3,
                    paragraph(
                        "违反本条例第二条规定的，按下列规定处理：", "违反第二款规定的，警告。"
                    ),
                ),
                article(3, paragraph("单款。"), suffix=(1,)),
                article(4, paragraph("本条例自公布之日起施行。")),
            ),
        ),
    ),
)


def where(text: str, at: str) -> list[str]:
    (citation, *_) = find_citations(text)
    found = resolve(citation, Address.of(at), LAW)
    assert found.problem is None, found
    return [str(address) for address in found.targets]


def missing(text: str, at: str) -> str:
    (citation, *_) = find_citations(text)
    found = resolve(citation, Address.of(at), LAW)
    assert found.problem is not None, found
    return found.problem.code


@pytest.mark.parametrize(
    ("text", "at", "places"),
    [
        ("本条例第二条第一款第三项", "art_1__para_1", ["art_2__para_1__subpara_3"]),
        ("第二条第三项", "art_1__para_1", ["art_2__para_1__subpara_3"]),
        ("第二条至第四条", "art_1__para_1", ["art_2", "art_3", "art_3-1", "art_4"]),
        ("第三条之一", "art_1__para_1", ["art_3-1"]),
        ("前款", "art_2__para_2", ["art_2__para_1"]),
        ("前款第一项至第三项", "art_2__para_2", [f"art_2__para_1__subpara_{i}" for i in (1, 2, 3)]),
        ("前两款", "art_2__para_3", ["art_2__para_1", "art_2__para_2"]),
        ("前项", "art_2__para_1__subpara_2", ["art_2__para_1__subpara_1"]),
        ("前条", "art_4__para_1", ["art_3-1"]),
        ("前两条", "art_4__para_1", ["art_3", "art_3-1"]),
        ("本条", "art_2__para_1", ["art_2"]),
        ("本条第三款", "art_2__para_1", ["art_2__para_3"]),
        ("第三款", "art_2__para_1", ["art_2__para_3"]),
        ("本章", "art_3__para_1", ["chp_2"]),
        ("第一章", "art_3__para_1", ["chp_1"]),
        ("《示例市试验条例》第四条", "art_1__para_1", ["art_4"]),
        ("《民法典》第九百条", "art_1__para_1", []),
    ],
)
def test_a_citation_resolves_to_addresses(text: str, at: str, places: list[str]) -> None:
    assert where(text, at) == places


@pytest.mark.parametrize(
    ("text", "at", "code"),
    [
        ("本条例第九条", "art_1__para_1", "no-such-article"),
        ("第三条至第九条", "art_1__para_1", "no-such-article"),
        ("第二条第四款", "art_1__para_1", "no-such-paragraph"),
        ("第二条第一款第五项", "art_1__para_1", "no-such-subparagraph"),
        ("第二条第一款第一项第一目", "art_1__para_1", "no-such-item"),
        ("前款", "art_2__para_1", "no-such-paragraph"),
        ("前条", "art_1__para_1", "no-such-article"),
        ("第八章", "art_1__para_1", "no-such-chapter"),
        ("本章第一节", "art_1__para_1", "no-such-section"),
        ("本法第三编", "art_1__para_1", "no-such-part"),
    ],
)
def test_a_citation_without_target_is_a_problem_that_names_it(
    text: str, at: str, code: str
) -> None:
    assert missing(text, at) == code


@pytest.mark.parametrize(
    ("text", "at", "places", "missing"),
    [
        ("第二条、第九条", "art_1__para_1", ["art_2"], "第九条"),
        ("第八条、第二条和第九条", "art_1__para_1", ["art_2"], "第八条、第九条"),
        ("第三条至第六条", "art_1__para_1", ["art_3", "art_3-1", "art_4"], "第五条、第六条"),
        ("第四条至第九十条", "art_1__para_1", ["art_4"], "第五条至第九十条"),
        ("第二条第二款、第五款、第九款", "art_1__para_1", ["art_2__para_2"],
         "第二条第五款、第九款"),
        ("第二条第三项至第五项", "art_1__para_1", ["art_2__para_1__subpara_3"],
         "第二条第四项、第五项"),
        ("第三条之一至第三条之三", "art_1__para_1", ["art_3-1"], "第三条之三"),
        ("第九条第一项至第三项、第四条", "art_1__para_1", ["art_4"], "第九条"),
        ("本条第一款、第九款", "art_2__para_3", ["art_2__para_1"], "第二条第九款"),
    ],
)  # fmt: skip
def test_a_list_that_lacks_a_target_keeps_the_others_and_names_each_that_is_missing(
    text: str, at: str, places: list[str], missing: str
) -> None:
    (citation,) = find_citations(text)
    found = resolve(citation, Address.of(at), LAW)
    assert [str(address) for address in found.targets] == places
    assert found.problem is not None
    assert found.problem.message == f"引用“{text}”，但是没有{missing}"


def test_items_that_its_own_list_lacks_are_not_said_to_be_of_it() -> None:
    (citation,) = find_citations("第一项、第九项")
    found = resolve(citation, Address.of("art_2__para_1__subpara_1"), LAW)
    assert found.targets == ()
    assert found.problem is not None


def test_a_bare_item_goes_on_from_the_citation_before() -> None:
    text = LAW.articles()[1].children[1].text
    second = find_citations(text)[1]
    found = resolve(second, Address.of("art_2__para_2"), LAW)
    assert [str(a) for a in found.targets] == ["art_2__para_1__subpara_3"]


def test_a_bare_paragraph_in_a_list_of_penalties_goes_on_from_the_introduction() -> None:
    assert where("违反第二款规定的", "art_3__para_1__subpara_1") == ["art_2__para_2"]


def test_a_bare_paragraph_goes_on_from_the_article_whose_paragraph_was_cited() -> None:
    second = find_citations("违反第二条第一款规定的，警告；违反第二款规定的，罚款")[1]
    found = resolve(second, Address.of("art_3__para_1"), LAW)
    assert [str(a) for a in found.targets] == ["art_2__para_2"]


# --- renumbering --------------------------------------------------------------------------------


def test_masking_leaves_other_laws_and_everything_else_alone() -> None:
    text = "依照第十条之一第二款和《民法典》第九条、刑法第三条处理；前款规定除外。"
    assert mask_citations(text) == (
        "依照第※条第※款和《民法典》第九条、刑法第三条处理；前款规定除外。"
    )


def test_masking_takes_the_suffix_with_its_number() -> None:
    assert mask_citations("第十条之一第二款、第十二条之二。") == "第※条第※款、第※条。"


def test_numbers_stand_where_they_say() -> None:
    text = "违反第十条第（三）项、第十二、十三条"
    assert [text[n.start : n.end] for n in citation_numbers(text)] == ["十", "三", "十二", "十三"]


def test_citations_follow_only_where_each_number_does() -> None:
    mapping = {Number(3): (Number(5), Number(6)), Number(4): ()}
    assert citations_follow("依照第三条", "依照第六条", mapping)
    assert not citations_follow("依照第四条", "依照第四条", mapping)
    assert not citations_follow("依照第四条", "依照第五条", mapping)
    assert not citations_follow("依照第三条", "按照第五条", mapping)
    assert not citations_follow("《民法典》第三条", "《民法典》第五条", mapping)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=8), st.sampled_from("、和及"))
@settings(derandomize=True, max_examples=200)
def test_any_list_of_articles_is_read_back(numbers: list[int], joint: str) -> None:
    text = joint.join(f"第{write_numeral(n)}条" for n in numbers)
    (citation,) = find_citations(f"违反本条例{text}规定的，")
    assert [target.first[0][1].value for target in citation.targets] == numbers


@given(st.text("第前本条款项章节一二三十（）、和至《》，。法民依照之该同例", max_size=80))
@settings(derandomize=True, deadline=None, max_examples=400)
def test_any_text_is_scanned_and_spans_fit(text: str) -> None:
    end = 0
    for citation in find_citations(text):
        assert text[citation.start : citation.end] == citation.text
        assert end <= citation.start < citation.end
        end = citation.end
    assert mask_citations(mask_citations(text)) == mask_citations(text)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("《甲法》（以下简称甲法）第三条规定的，依照该法第四条处罚", ["甲法", "甲法"]),
        ("违反《甲法》第三条，依照乙条例第四条、该条例第五条", ["甲法", "乙条例", "乙条例"]),
        ("申请执行《甲公约》的，依照该公约第五条审查", ["甲公约"]),
        ("适用甲法第三条；同法第四条另有规定的除外", ["甲法", "甲法"]),
        ("双方订立的《某某合同》符合该法第三条的", ["该法"]),
        ("依照劳动合同法第三条", ["劳动合同法"]),
    ],
)  # fmt: skip
def test_that_law_is_the_law_that_was_named_last(text: str, titles: list[str]) -> None:
    assert [c.title for c in find_citations(text)] == titles


def test_a_bare_item_goes_on_from_the_article_that_the_paragraph_before_cites() -> None:
    data = (
        "示例条例\n第一条　禁止下列行为：\n（一）甲；\n（二）乙；\n（三）丙。\n"
        "第二条　违反本条例第一条第一项规定的，处以警告。\n违反第三项规定的，处以罚款。\n"
    )
    law = read_source(data.encode(), name="a.txt").law
    at = Address.of("art_2__para_2")
    (citation,) = find_citations("违反第三项规定的，处以罚款。")
    assert resolve(citation, at, law).targets == (Address.of("art_1__para_1__subpara_3"),)


def test_rules_in_an_annex_cite_their_own_articles() -> None:
    source = CASES / "structures" / "rules-in-an-annex" / "source.txt"
    places = Places.of(read_source(source.read_bytes(), name="rules").law)
    pointed = {
        (str(located.address), citation.text): resolve(citation, located.address, places)
        for located in places.located
        for citation in find_citations(located.provision.text)
    }
    found = {
        key: None if value.problem else [str(address) for address in value.targets]
        for key, value in pointed.items()
    }
    assert found == {
        ("art_2__para_1", "附件"): ["annex_1"],
        ("annex_1__para_2", "本细则第一条、第三条"): ["annex_1__para_1", "annex_1__para_3"],
        ("annex_1__para_3", "第二条"): ["annex_1__para_2"],
        ("annex_1__para_3", "《某市办法》第二条"): ["art_2"],
    }


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("依照国务院令第七百一十二号第二条的规定", ("国务院令第七百一十二号", "external")),
        ("违反部门规章第三条的", (None, "external")),
        ("依照上述两法第四条的规定", (None, "external")),
        ("违反本规章第三条的", (None, "internal")),
    ],
)
def test_an_article_of_an_order_or_of_laws_not_named_is_no_own_one(
    text: str, cited: tuple[str | None, str]
) -> None:
    assert [(c.title, c.kind.value) for c in find_citations(text)] == [cited]


@pytest.mark.parametrize("text", ["处于第二条线路的", "第三条跑道的使用", "第一条生产线"])
def test_the_second_line_of_a_network_is_no_article(text: str) -> None:
    assert find_citations(text) == ()
