"""The values of a law, their addresses and their dates."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from tracker.law import packed
from tracker.law.address import Address, locate
from tracker.law.model import Dates, Law, Provision, Stage, Unit
from tracker.law.numbering import Number


def paragraph(text: str, *children: Provision) -> Provision:
    return Provision(Unit.PARAGRAPH, text=text, children=children)


LAW = Law(
    "某条例",
    body=(
        Provision(
            Unit.CHAPTER,
            Number(2),
            "总则",
            children=(
                Provision(
                    Unit.ARTICLE,
                    Number(12),
                    children=(
                        paragraph("第一款。"),
                        paragraph(
                            "有下列情形：",
                            Provision(Unit.SUBPARAGRAPH, Number(1), text="甲；"),
                            Provision(Unit.SUBPARAGRAPH, Number(3), text="丙。"),
                        ),
                    ),
                ),
            ),
        ),
    ),
)


def test_an_address_in_an_article_does_not_name_its_chapter() -> None:
    found = [str(located.address) for located in locate(LAW)]
    assert found == [
        "chp_2",
        "art_12",
        "art_12__para_1",
        "art_12__para_2",
        "art_12__para_2__subpara_1",
        "art_12__para_2__subpara_3",
    ]


def test_an_address_reads_back_and_is_cited_as_people_write_it() -> None:
    address = Address.of("art_10-1__para_2__subpara_3")
    assert str(address) == "art_10-1__para_2__subpara_3"
    assert address.citation == "第十条之一第二款第三项"


@pytest.mark.parametrize("text", ["", "art", "第十条", "art_x", "art_1__", "../art_1"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        Address.of(text)


def test_a_section_is_addressed_within_its_chapter() -> None:
    section = Provision(Unit.SECTION, Number(1), "一般规定")
    chapter = Provision(Unit.CHAPTER, Number(3), "程序", children=(section,))
    assert [str(x.address) for x in locate(Law("某法", body=(chapter,)))] == [
        "chp_3",
        "chp_3__sec_1",
    ]


def test_each_located_provision_knows_what_it_lies_in() -> None:
    last = list(locate(LAW))[-1]
    assert [parent.unit for parent in last.parents] == [Unit.CHAPTER, Unit.ARTICLE, Unit.PARAGRAPH]


def test_an_outline_is_told_from_a_law_with_articles() -> None:
    assert not LAW.is_outline
    assert Law("某方案", body=(Provision(Unit.OUTLINE_1, Number(1), "总体要求"),)).is_outline


def test_the_legal_date_is_never_the_date_of_entry_into_force() -> None:
    assert Dates(in_force=date(2022, 1, 1)).legal is None
    assert Dates(in_force=date(2022, 1, 1), adopted=date(2021, 6, 1)).legal == date(2021, 6, 1)
    assert Dates(issued=date(2020, 12, 25), published=date(2021, 1, 14)).legal == date(2020, 12, 25)


def test_every_unit_and_stage_has_a_chinese_name() -> None:
    assert all(unit.label for unit in Unit)
    assert [stage.label for stage in Stage][1:3] == ["草案", "征求意见稿"]
    assert Stage.ENACTED.is_final
    assert not Stage.VOTING_DRAFT.is_final


def test_a_law_comes_back_from_another_process_as_it_went() -> None:
    annex = Provision(
        Unit.ANNEX, None, "附件：表", children=(paragraph("甲"), Provision(Unit.OUTLINE_5))
    )
    clause = Provision(Unit.OUTLINE_1, Number(3, (1, 2)), "要求", "建设。", (), "市司法局")
    law = Law("某条例", (*LAW.body, clause, annex), "（草案）", "（2024年1月1日通过）")
    sent = pickle.dumps((law, clause, Law("")))
    assert pickle.loads(sent) == (law, clause, Law(""))
    assert packed.unpacked.__name__.encode() in sent
