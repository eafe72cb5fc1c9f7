"""Sources as they are published: each text is short, invented, and was once read wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.parse.conftest import account, han
from tracker.law.address import locate
from tracker.law.model import Stage, Unit
from tracker.parse import canonical
from tracker.parse.citations.listing import list_citations
from tracker.parse.document import Document

Read = Callable[[str], Document]


def addresses(document: Document) -> list[str]:
    return [str(one.address) for one in locate(document.law)]


def test_an_item_about_a_project_is_an_item_and_no_citation(read: Read) -> None:
    document = read("示例条例\n第一条　应当公布：\n（一）项目名称；\n（二）项目期限。\n前款甲。\n")
    assert addresses(document) == [
        "art_1",
        "art_1__para_1",
        "art_1__para_1__subpara_1",
        "art_1__para_1__subpara_2",
        "art_1__para_2",
    ]


def test_a_line_that_goes_on_with_the_name_of_the_unit_stays_a_citation(read: Read) -> None:
    document = read("示例条例\n第一条　依照第二条第\n（一）项规定处罚。\n第二条　乙。\n")
    assert "art_1__para_1__subpara_1" not in addresses(document)


NOTICE = (
    "某部关于《甲管理条例（征求意见稿）》公开征求意见的通知\n"
    "现将《甲管理条例（征求意见稿）》公布，征求意见。可以在2023年8月10日前提出意见：\n"
    "1.登录网站。\n附件：1.甲管理条例（征求意见稿）\n"
    "2.关于《甲管理条例（征求意见稿）》的说明\n某部\n2023年7月11日\n附件1\n"
)
DRAFT = "甲管理条例\n（征求意见稿）\n第一条　甲。\n第二条　乙。\n"


@pytest.mark.parametrize("label", ["附件2\n", "附件2：", ""])
def test_a_list_of_attachments_is_no_explanatory_note_and_the_attached_one_is(
    label: str, read: Read
) -> None:
    document = read(f"{NOTICE}{DRAFT}{label}关于《甲管理条例（征求意见稿）》的说明\n现说明如下。\n")
    assert addresses(document) == ["art_1", "art_1__para_1", "art_2", "art_2__para_1"]
    assert document.note is not None
    assert document.note.endswith("关于《甲管理条例（征求意见稿）》的说明\n现说明如下。")
    assert document.notice is not None
    assert document.notice.publisher == "某部"
    assert document.facts.dates.comment_end == date(2023, 8, 10)
    assert document.facts.dates.published == date(2023, 7, 11)


@pytest.mark.parametrize("sign", ["：", "、"])
def test_articles_with_a_sign_behind_their_numbers_are_articles(sign: str, read: Read) -> None:
    document = read(f"示例公约\n第一条{sign}甲。\n第二条{sign}违反第一条、第二条的，乙。\n")
    assert canonical.write(document.law).endswith(
        "\n第一条　甲。\n\n第二条　违反第一条、第二条的，乙。\n"
    )


def test_an_enactment_note_that_a_page_cut_into_lines_is_one(read: Read) -> None:
    document = read(
        "某市办法\n1990年1月8日 某市人大常委会\n通过\n"
        "２０２０年３月２６日某省人大常委会批准的《关于修改\n废止部分地方性法规的决定》第五次修正\n"
        "第一条　甲。\n"
    )
    assert document.law.enactment_note is not None
    assert document.law.enactment_note.endswith("\n废止部分地方性法规的决定》第五次修正")
    assert document.facts.stage is Stage.AMENDED
    assert document.facts.dates.adopted == date(2020, 3, 26)


def test_days_in_full_width_digits_and_with_a_zero_are_read(read: Read) -> None:
    for written in ("２０21年１月１日", "二0二一年一月一日", "2021年1月1日零时"):
        text = f"某市办法\n（2020年9月1日公布）\n第一条　本办法自{written}起施行。\n"
        assert read(text).facts.dates.in_force == date(2021, 1, 1)


def test_an_article_with_an_arabic_zero_in_its_number_is_one(read: Read) -> None:
    document = read("示例法\n第一百零八条　甲。\n第一百0九条　乙。\n")
    assert [str(p.number.value) for p in document.law.articles() if p.number] == ["108", "109"]


def test_a_headline_that_calls_for_opinions_is_not_the_title(read: Read) -> None:
    document = read("示例保护法（草案）征求意见\n示例保护法（草案）\n第一条　甲。\n第二条　乙。\n")
    assert (document.law.title, document.law.stage_line) == ("示例保护法", "（草案）")


TREATY = (
    "甲国和乙国关于示例的条约\n第一条　定义\n在本条约中，“示例”系指甲。\n第二条　中央机关\n"
    "一、双方应当指定机关。\n二、本条第一款所述机关由各方指定。\n第三条　生效\n"
    "本条约自签署之日起生效。\n"
)


def test_the_articles_of_a_treaty_have_captions_and_counted_paragraphs(read: Read) -> None:
    document = read(TREATY)
    assert [p.caption for p in document.law.articles()] == ["定义", "中央机关", "生效"]
    [cited] = [c for c in list_citations(document.law) if "第一款" in c.citation.text]
    assert [str(target) for target in cited.targets] == ["art_2__para_1__l1_1"]
    assert not [p for p in document.problems if p.code in ("doubtful-title", "unfinished-line")]


def test_a_preamble_behind_the_contents_page_is_the_preamble_of_the_law(read: Read) -> None:
    document = read(
        "示例自治条例\n目录\n第一章　总则\n第二章　附则\n序言\n本州团结。\n第一章　总则\n"
        "第一条　甲。\n"
        "第二章　附则\n第二条　乙。\n"
    )
    assert (document.law.body[0].unit, document.law.body[0].caption) == (
        Unit.INTRODUCTION,
        "序言",
    )


@pytest.mark.parametrize("above", ["第一编　总则", "第一编　总则\n第一分编　一般规定"])
def test_a_part_that_the_contents_page_leaves_out_is_in_the_body(read: Read, above: str) -> None:
    document = read(
        f"示例法\n目录\n第一章　基本规定\n第二章　附则\n{above}\n第一章　基本规定\n"
        "第一条　甲。\n第二章　附则\n第二条　乙。\n"
    )
    headings = [line for line in canonical.write(document.law).splitlines() if "编" in line]
    assert headings == above.splitlines()
    assert addresses(document)[0] == "part_1"


def test_a_line_below_the_heading_of_a_chapter_is_told(read: Read) -> None:
    document = read("示例法\n第一章　逃匿案件\n没收程序\n第一条　甲。\n第二条　乙。\n")
    [problem] = [p for p in document.problems if p.code == "heading-like-line"]
    assert "“第一章 逃匿案件”下面" in problem.message


def test_links_of_markdown_leave_their_words_and_are_listed(read: Read) -> None:
    document = read(
        "# 示例条例\n## 目录\n- [第一章 总则](#c1)\n## 第一章 总则\n"
        "**第一条** 根据[《示例法》](https://example.cn/a)，甲。\n**第二条** 见[表](表)。\n"
    )
    text = canonical.write(document.law)
    assert text == (
        "示例条例\n\n第一章　总则\n\n第一条　根据《示例法》，甲。\n\n第二条　见[表]（表）。\n"
    )
    dropped = [(one.reason, one.text) for one in document.ledger.dropped]
    assert ("link", "https://example.cn/a") in dropped


def test_how_a_character_is_read_is_not_in_the_text(read: Read) -> None:
    page = "<html><body><p>示例法</p><p>第一条　<ruby>亍<rt>chù</rt></ruby>甲。</p></body></html>"
    document = read(page)
    assert canonical.write(document.law) == "示例法\n\n第一条　亍甲。\n"
    assert ("ruby", "chù") in [(one.reason, one.text) for one in document.ledger.dropped]


def test_a_chapter_that_ran_in_is_one_though_the_first_heading_is_lost(read: Read) -> None:
    document = read("示例法\n第一条　甲。第二章　管理\n第二条　乙。\n第三章　附则\n第三条　丙。\n")
    assert [str(a) for a in addresses(document) if a.startswith("chp")][:1] == ["chp_2"]


def test_a_line_of_the_note_that_begins_with_an_article_is_no_article(read: Read) -> None:
    document = read(
        "关于《某市停车条例（草案）》的起草说明\n二、主要内容\n第一条明确目的；第五条规定收费。\n"
        "某市停车条例（草案）\n第一条 为了停车。\n第二条 停车应当缴费。\n"
    )
    assert [a for a in addresses(document) if "para" not in a] == ["art_1", "art_2"]
    assert document.law.title == "某市停车条例"


def test_the_name_of_a_military_order_cites_nothing(read: Read) -> None:
    document = read("示例条令（试行）\n第一条　本条令适用于甲。\n第二条　乙。\n")
    assert list_citations(document.law) == ()
    assert "doubtful-title" not in [p.code for p in document.problems]


def test_a_text_without_articles_says_when_it_is_in_force_and_who_signed_it(read: Read) -> None:
    document = read(
        "示例会关于保护耕地的决定\n（2022年2月1日示例会通过）\n甲。\n"
        "本决定自2022年6月1日起施行。\n示例委员会\n2022年2月2日\n"
    )
    assert document.facts.dates.in_force == date(2022, 6, 1)
    assert [d.text for d in document.ledger.dropped if d.reason == "signature"] == [
        "示例委员会",
        "2022年2月2日",
    ]


def test_the_table_of_a_law_database_and_titles_between_are_left_out(read: Read) -> None:
    document = read(
        "示例条例\n示例条例\n【发布部门】示例会\n【时效性】有效\n（2015年1月1日通过）\n示例条例\n"
        "第一条　甲。\n"
    )
    assert canonical.write(document.law) == "示例条例\n（2015年1月1日通过）\n\n第一条　甲。\n"


def test_a_stage_alone_is_no_title(read: Read) -> None:
    document = read("（征求意见稿）\n第一条　甲。\n第二条　乙。\n")
    assert (document.law.title, document.law.stage_line) == ("", "（征求意见稿）")


def test_an_article_of_an_annex_is_cited_before_an_item_of_its_number(read: Read) -> None:
    document = read(
        "示例办法\n第一条　甲。\n附件：合同\n第一条　乙：\n（一）丙；\n（二）丁。\n第二条　戊。\n"
        "第三条　违反第二条的，赔偿。\n"
    )
    [cited] = list_citations(document.law)
    [target] = cited.targets
    texts = {str(one.address): one.provision.text for one in locate(document.law)}
    assert texts[str(target)] == "第二条　戊。"


@pytest.mark.parametrize("title", ["", "示例纪要\n"])
@pytest.mark.parametrize(
    "entry", ["一、关于甲\n二、关于乙\n", "第一章　总纲\n", "序言\n第一章　总纲\n"]
)
def test_a_contents_page_with_nothing_behind_it_is_told(title: str, entry: str, read: Read) -> None:
    document = read(f"{title}目 录\n{entry}")
    assert account(document) == han(f"{title}目录{entry}")
    assert "empty-law" in [p.code for p in document.problems]


def test_an_article_runs_in_behind_a_number_that_holds_spaces(read: Read) -> None:
    document = read("示例法\n第 三 条 丙。第四条 丁应当登记。\n第五条 戊。\n")
    assert [p.number.value for p in document.law.articles() if p.number] == [3, 4, 5]


@pytest.mark.parametrize("named", ["示例条例", "示例条例（试行）"])
def test_an_enactment_note_in_the_line_of_the_title_is_no_part_of_it(
    named: str, read: Read
) -> None:
    document = read(f"{named}（2001年1月1日示例会通过）\n第一条 甲。\n")
    assert document.law.title == named
    assert document.law.enactment_note == "（2001年1月1日示例会通过）"
    assert document.facts.dates.adopted == date(2001, 1, 1)


def test_an_enactment_note_alone_is_no_title(read: Read) -> None:
    document = read("（2001年1月1日通过）\n第一条 甲。\n")
    assert (document.law.title, document.facts.dates.adopted) == ("", date(2001, 1, 1))


def test_a_chapter_runs_in_though_the_contents_page_lists_it(read: Read) -> None:
    document = read(
        "示例法\n目录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。第二章 附则\n第二条 乙。\n"
    )
    assert [a for a in addresses(document) if a.startswith("chp")] == ["chp_1", "chp_2"]
