"""The citations of a law as a list, and who cites a provision."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tracker.law.address import Address
from tracker.law.problems import TrackerError
from tracker.parse.citations import find_citations
from tracker.parse.citations import listing as citation_list
from tracker.parse.citations.listing import PlacedCitation, citing, citing_other, list_citations
from tracker.parse.reading import read_source

LAW = read_source(
    "示例市示例条例\n"
    "第一章 总则\n"
    "第一条 为了示例，依照民法典第九条至第十一条制定本条例。\n"
    "第二条 申请应当具备下列条件：\n（一）甲；\n（二）乙。\n"
    "前款规定的条件，见《民法典》第二十条第一款。\n"
    "第三条 违反本条例第二条第一款第二项的，警告。\n本条前款规定不适用于第一条至第二条。\n"
    "第四条 依照第九条处理。\n依照《中华人民共和国刑法》处理，该法第三条除外。\n"
    "第五条 适用本章规定。\n".encode(),
    name="a.txt",
).law
LISTED = list_citations(LAW)


def words(found: tuple[PlacedCitation, ...]) -> list[tuple[str, str]]:
    return [(one.at.citation, one.citation.text) for one in found]


def test_a_law_whose_citations_point_to_too_many_provisions_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    targets = sum(len(one.targets) for one in LISTED)
    monkeypatch.setattr(citation_list, "MOST_TARGETS", targets)
    assert list_citations(LAW) == LISTED
    monkeypatch.setattr(citation_list, "MOST_TARGETS", targets - 1)
    with pytest.raises(TrackerError, match="《示例市示例条例》") as refused:
        list_citations(LAW)
    assert refused.value.code == "too-many-citations"


def test_a_text_of_more_citations_than_any_law_has_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(citation_list, "MOST_CITATIONS", len(LISTED))
    assert list_citations(LAW) == LISTED
    monkeypatch.setattr(citation_list, "MOST_CITATIONS", len(LISTED) - 2)
    with pytest.raises(TrackerError, match="《示例市示例条例》") as refused:
        list_citations(LAW)
    assert refused.value.code == "too-many-citations"


def test_every_citation_is_listed_with_its_place_and_its_targets() -> None:
    assert [
        (str(one.at), one.citation.text, " ".join(map(str, one.targets))) for one in LISTED
    ] == [
        ("art_1__para_1", "民法典第九条至第十一条", ""),
        ("art_2__para_2", "前款", "art_2__para_1"),
        ("art_2__para_2", "《民法典》第二十条第一款", ""),
        ("art_3__para_1", "本条例第二条第一款第二项", "art_2__para_1__subpara_2"),
        ("art_3__para_2", "本条前款", "art_3__para_1"),
        ("art_3__para_2", "第一条至第二条", "art_1 art_2"),
        ("art_4__para_1", "第九条", ""),
        ("art_4__para_2", "《中华人民共和国刑法》", ""),
        ("art_4__para_2", "该法第三条", ""),
        ("art_5__para_1", "本章", "chp_1"),
    ]
    assert [one.problem.code for one in LISTED if one.problem] == ["no-such-article"]


def test_the_words_of_a_citation_stand_where_it_says() -> None:
    from tracker.law.address import locate

    texts = {located.address: located.provision.text for located in locate(LAW)}
    for one in LISTED:
        assert texts[one.at][one.citation.start : one.citation.end] == one.citation.text


@pytest.mark.parametrize(
    ("wanted", "by"),
    [
        ("art_2", [("第二条第二款", "前款"), ("第三条第一款", "本条例第二条第一款第二项"),
                   ("第三条第二款", "第一条至第二条")]),
        ("art_2__para_1__subpara_2", [("第三条第一款", "本条例第二条第一款第二项")]),
        ("art_4", []),
        ("chp_1", [("第五条第一款", "本章")]),
    ],
)  # fmt: skip
def test_who_cites_a_provision(wanted: str, by: list[tuple[str, str]]) -> None:
    assert words(citing(LISTED, (Address.of(wanted),))) == by


@pytest.mark.parametrize(
    ("wanted", "by"),
    [
        ("民法典第十条", ["民法典第九条至第十一条"]),
        ("《民法典》第二十条", ["《民法典》第二十条第一款"]),
        ("《中华人民共和国民法典》第十二条", []),
        ("刑法第三条", ["该法第三条"]),
    ],
)
def test_who_cites_another_law(wanted: str, by: list[str]) -> None:
    (asked,) = find_citations(wanted)
    assert [text for _, text in words(citing_other(LISTED, asked))] == by


def test_a_law_that_is_named_as_a_whole_is_cited_too() -> None:
    (numbered,) = find_citations("民法典第十条")
    whole = replace(numbered, targets=(), title="民法典")
    assert [text for _, text in words(citing_other(LISTED, whole))] == [
        "民法典第九条至第十一条",
        "《民法典》第二十条第一款",
    ]
    law = replace(whole, title="刑法")
    assert [text for _, text in words(citing_other(LISTED, law))] == [
        "《中华人民共和国刑法》",
        "该法第三条",
    ]


def test_a_document_that_is_no_law_is_not_cited() -> None:
    text = "第一条 应当取得《安全生产许可证》，并遵守《安全生产法》和《示例办法》。\n"
    law = read_source(f"示例办法\n{text}".encode(), name="a.txt").law
    assert [(one.citation.text, str(one.citation.kind)) for one in list_citations(law)] == [
        ("《安全生产法》", "external"),
        ("《示例办法》", "internal"),
    ]


def test_every_citation_of_the_example_law_leads_somewhere() -> None:
    path = Path(__file__).resolve().parents[1] / "cases" / "example-law" / "4-enacted.txt"
    listed = list_citations(read_source(path.read_bytes(), name=path.name).law)
    assert all(one.problem is None for one in listed)
    assert [one.citation.text for one in listed if not one.targets] == [
        "《中华人民共和国数据安全法》"
    ]


def test_a_short_name_that_the_text_gives_stands_for_the_law() -> None:
    text = (
        "示例细则\n第一条 根据《某省路灯条例》（以下简称《条例》）和《安全生产法》，制定本细则。\n"
        "第二条 依照《条例》第三条、条例第五条处理。\n"
        "第三条 违反《条例》的，依照安全生产法第二条处罚。\n"
    )
    listed = list_citations(read_source(text.encode(), name="a.txt").law)
    assert [(one.citation.text, one.citation.title) for one in listed][-4:] == [
        ("《条例》第三条", "某省路灯条例"),
        ("条例第五条", "某省路灯条例"),
        ("《条例》", "某省路灯条例"),
        ("安全生产法第二条", "安全生产法"),
    ]
    (wanted,) = find_citations("《某省路灯条例》第三条")
    assert [text for _, text in words(citing_other(listed, wanted))] == ["《条例》第三条"]
    (called,) = find_citations("《条例》第五条")
    assert [text for _, text in words(citing_other(listed, called))] == ["条例第五条"]


def test_a_short_name_that_the_text_gives_to_two_laws_stands_for_none() -> None:
    text = (
        "示例细则\n第一条 根据《甲省条例》（以下简称《条例》）和《乙省条例》（以下简称《条例》），"
        "制定本细则。\n第二条 依照《条例》第三条处理。\n"
    )
    listed = list_citations(read_source(text.encode(), name="a.txt").law)
    assert listed[-1].citation.title == "条例"
