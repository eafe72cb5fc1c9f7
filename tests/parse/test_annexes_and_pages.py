"""Lists of annexes, running headers of pages, points behind numbers: told apart from law."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.parse.conftest import account, han
from tracker.law.model import Unit
from tracker.parse import canonical
from tracker.parse.citations import find_citations
from tracker.parse.citations.listing import list_citations
from tracker.parse.document import Document

Read = Callable[[str], Document]
ARTICLES = "示例办法\n第一条　甲见附件1，乙见附件2，丙见附件3。\n第二条　本办法自公布之日起施行。\n"
LIST = "附件：1.申请表\n2.承诺书\n3.流程图{}\n"
ANNEXES = "附件一\n申请表\n姓名：\n附件二\n承诺书\n本人承诺如下。\n"


@pytest.mark.parametrize("signed", ["", "示例局\n2025年1月1日\n"])
@pytest.mark.parametrize("left_out", ["", "（略）"])
def test_a_list_of_annexes_is_no_annex_though_one_is_not_printed(
    read: Read, signed: str, left_out: str
) -> None:
    source = f"{ARTICLES}{LIST.format(left_out)}{signed}{ANNEXES}"
    document = read(source)
    annexes = [p for p in document.law.body if p.unit is Unit.ANNEX]
    assert [str(p.number) for p in annexes] == ["1", "2"]
    told = [p.message for p in document.problems if p.code == "contents-differ"]
    assert told == ([] if left_out else ["附件目录中的“3.流程图”在后面没有"])
    assert account(document) == han(source)


def test_a_list_whose_annexes_have_other_names_stays(read: Read) -> None:
    document = read(f"{ARTICLES}{LIST.format('')}附件1\n收费标准\n小车五元。\n")
    assert "2.承诺书" in canonical.write(document.law)


LINE = "县级以上人民政府应当加强对示例工作的领导，把示例事业纳入国民经济和社会发展规划，确保"
HEADER = "示例省人民代表大会常务委员会公报"


def printed(header: str) -> str:
    pages = [
        f"第{n}条　{LINE}\n落实。\n－ {page} －\n{header}\n"
        for page, n in enumerate("一二三四五", 1)
    ]
    return "示例条例\n" + "".join(pages) + "第六条　丙。\n"


def test_the_line_beside_most_page_numbers_is_a_running_header(read: Read) -> None:
    document = read(printed(HEADER))
    assert HEADER not in canonical.write(document.law)
    assert [d.reason for d in document.ledger.dropped].count("page-number") == 10
    assert account(document) == han(printed(HEADER))


@pytest.mark.parametrize("line", ["其他示例工作依照本条例执行。", "（一）甲；"])
def test_a_sentence_beside_page_numbers_is_law(read: Read, line: str) -> None:
    assert canonical.write(read(printed(line)).law).count(line) == 5


@pytest.mark.parametrize("point", [".", "．", ". "])
def test_a_point_behind_the_number_of_an_article_goes_and_is_counted(
    read: Read, point: str
) -> None:
    document = read(
        f"示例办法\n第一条{point}甲。\n第二条{point}依照第一条处理。\n第三条{point}丙。\n"
    )
    assert canonical.write(document.law).endswith(
        "第一条　甲。\n\n第二条　依照第一条处理。\n\n第三条　丙。\n"
    )
    assert dict(document.ledger.rewrites)["heading-number"] == 3


def test_a_citation_behind_a_law_and_its_short_name_is_of_that_law() -> None:
    text = "根据《示例条例》（2020年修订，以下简称《条例》）第三十条、第五条，依照《条例》第六条"
    assert [(c.text, c.title) for c in find_citations(text)] == [
        ("《示例条例》（2020年修订，以下简称《条例》）第三十条、第五条", "示例条例"),
        ("《条例》第六条", "条例"),
    ]


def test_an_item_that_runs_on_in_its_line_is_found_in_its_paragraph(read: Read) -> None:
    law = read(
        "示例办法\n第一条 有下列情形之一的，处罚：（一）甲；（二）乙。从重的除外。\n"
        "第二条 依照第一条第（二）项处理，依照第一条第三项处理。\n"
    ).law
    found = list_citations(law)
    assert [[str(t) for t in one.targets] for one in found] == [["art_1__para_1"], []]


def test_a_number_behind_a_standard_is_of_the_standard() -> None:
    found = find_citations("符合ISO/IEC 27001:2022第5条和本办法第六条、GB 50016—2014第三章")
    assert [(c.title, c.kind.value) for c in found] == [
        ("ISO/IEC 27001:2022", "external"), (None, "internal"), ("GB 50016—2014", "external"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "title", "stage"),
    [
        ("中华人民共和国\n示例促进法\n（草案）", "中华人民共和国示例促进法", "草案"),
        (
            "示例省实施《中华人民共和国\n示例法》办法",
            "示例省实施《中华人民共和国示例法》办法",
            None,
        ),
        ("《示例市条例（修订草案送审稿）》", "示例市条例", "送审稿"),
    ],
)
def test_a_title_that_was_cut_or_stands_in_marks_is_whole(
    read: Read, head: str, title: str, stage: str | None
) -> None:
    document = read(f"{head}\n第一条 甲。\n第二条 乙。\n")
    assert document.law.title == title
    assert (document.facts.stage and document.facts.stage.label) == stage
    assert account(document) == han(f"{head}第一条 甲。第二条 乙。")


def test_what_the_owner_of_a_site_says_of_it_is_no_law_though_it_is_a_sentence(read: Read) -> None:
    document = read(
        "示例办法\n第一条 甲。\n第二条 乙。\n©示例数据库：专业提供法律信息的解决方案。\n"
    )
    assert [d.reason for d in document.ledger.dropped] == ["page-furniture"]


def test_a_chapter_of_a_part_is_found_in_its_subpart(read: Read) -> None:
    law = read(
        "示例法典\n第一编 总则\n第一分编 甲\n第一章 乙\n第一条 丙。\n第二编 分则\n第一章 丁\n"
        "第二条 依照本编第一章、第一编第一章。\n"
    ).law
    found = [str(t) for one in list_citations(law) for t in one.targets]
    assert found == ["part_2__chp_1", "part_1__subpart_1__chp_1"]


def test_lines_that_are_drawn_are_no_text_and_the_title_above_them_is_found(read: Read) -> None:
    document = read(
        "示例条例\n————————\n第一条 甲。\n----\n第二条 乙：\n* * *\n____\n第三条 丙。\n====\n"
    )
    assert canonical.write(document.law) == (
        "示例条例\n\n第一条　甲。\n\n第二条　乙：\n____\n\n第三条　丙。\n"
    )
    assert {d.reason for d in document.ledger.dropped} == {"page-furniture"}


def test_citations_in_traditional_characters_are_read(read: Read) -> None:
    law = read(
        "示例條例\n第一條 甲：\n（一）乙；\n（二）丙。\n"
        "第二條 依照本條例第一條第一款第二項、前條處理。\n"
    ).law
    found = [str(t) for one in list_citations(law) for t in one.targets]
    assert found == ["art_1__para_1__subpara_2", "art_1"]
