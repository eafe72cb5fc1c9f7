"""Sources of many forms become the same law, and what is not law is accounted for."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from tests.parse.conftest import account, han
from tracker.law.model import Stage, Unit
from tracker.law.numbering import Number
from tracker.law.problems import TrackerError
from tracker.parse import canonical
from tracker.parse.document import Document
from tracker.parse.marks.kinds import Kind
from tracker.parse.reading import read_lines, read_source

Read = Callable[[str], Document]


def numbers(document: Document) -> list[str]:
    return [str(a.number) for a in document.law.articles()]


def codes(document: Document) -> list[str]:
    return [p.code for p in document.problems]


LAW = "某市条例（草案）\n第一章 总则\n第一条 为了甲。\n第二条 乙。\n第二章 附则\n第三条 丙。\n"


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: x\n---\n# 某市条例（草案）\n\n## 第一章 总则\n\n**第一条** 为了甲。\n\n"
        "**第二条** 乙。\n\n## 第二章 附则\n\n**第三条** 丙。\n",
        "某市条例\n（草案）\n目录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 为了甲。\n"
        "第二条 乙。\n第二章 附则\n第三条 丙。\n",
        "某市条例(草案)\r\n第1章　总　　则\r\n　　第1条　为了甲。\r\n　　第 2 条　乙。\r\n"
        "第二章附则\r\n第三条 丙。",
        "<html><head><title>某网</title></head><body><div>首页</div><div id='content'>"
        "<h1>某市条例（草案）</h1><p>第一章 总则</p><p>第一条&nbsp;为了甲。</p><p>第二条 乙。"
        "<br>第二章 附则</p><p>第三条 <span>丙</span>。</p></div></body></html>",
    ],
)
def test_one_law_in_many_forms_is_one_canonical_text(text: str, read: Read) -> None:
    assert canonical.write(read(text).law) == canonical.write(read(LAW).law)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gb2312"])
def test_one_law_in_many_encodings_is_one_law(encoding: str) -> None:
    expected = read_source(LAW.encode(), name="x").law
    assert read_source(LAW.encode(encoding), name="x").law == expected


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "空文件"), (b"%PDF-1.7 x", "PDF"), (b"PK\x03\x04xx", "压缩包"),
     (b"\xd0\xcf\x11\xe0", "Word"), (b"\x00\x01\xff\xfe\x00" * 9, "二进制"),
     (b"\xff\xff\xff\xd6", "第 0 字节"),
     (b"a" * (32 * 1024 * 1024 + 1), "32 MB")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_hint(data: bytes, words: str) -> None:
    with pytest.raises(TrackerError) as caught:
        read_source(data, name="来源.bin")
    assert caught.value.code == "unreadable-source"
    assert "来源.bin" in caught.value.message
    assert words in caught.value.message
    assert caught.value.hint


def test_control_characters_are_refused_by_place() -> None:
    with pytest.raises(TrackerError, match=r"第 3 行第 2 列.*U\+202E"):
        read_source("某法\n第一条 甲\n乙\u202e丙\n".encode(), name="x")


def test_a_wrapped_citation_is_no_article(read: Read) -> None:
    document = read(
        "某法\n第一条 甲依照本法\n第九条的规定处罚。\n第二条 按照\n第一条 处理。\n第三条 乙。\n"
    )
    assert numbers(document) == ["1", "2", "3"]


def test_an_article_that_counts_down_is_text_and_a_problem(read: Read) -> None:
    document = read("某法\n第一条 甲。\n第二条 乙。\n第一条 丙。\n第三条 丁。\n")
    assert numbers(document) == ["1", "2", "3"]
    problem = next(p for p in document.problems if p.code == "number-goes-down")
    assert problem.line == 4


def test_an_article_far_ahead_is_text_where_its_successor_still_comes(read: Read) -> None:
    document = read("某法\n第一条 甲。\n第九十条 乙。\n第二条 丙。\n")
    assert numbers(document) == ["1", "2"]
    assert "wrapped-line" in codes(document)


@pytest.mark.parametrize(
    ("text", "found", "code"),
    [("第一条 甲。\n第三条 乙。\n", ["1", "3"], "numbering-gap"),
     ("第一条 甲。\n第二条 乙。\n第二条 丙。\n第三条 丁。\n", ["1", "2", "2", "3"],
      "repeated-number"),
     ("第九百八十九条 甲。\n第九百九十条 乙。\n", ["989", "990"], "first-article"),
     ("第一条 甲。\n第二条 乙。\n第一条 丙。\n第二条 丁。\n", ["1", "2", "1", "2"],
      "numbering-restart")],
)  # fmt: skip
def test_odd_numbers_are_kept_with_a_problem(
    text: str, found: list[str], code: str, read: Read
) -> None:
    document = read(f"某法\n{text}")
    assert numbers(document) == found
    assert code in codes(document)


def test_suffixed_articles_follow_their_number(read: Read) -> None:
    document = read("某法\n第十条 甲。\n第十条之一 乙。\n第十条之二 丙。\n第十一条 丁。\n")
    assert numbers(document) == ["10", "10-1", "10-2", "11"]
    assert codes(document).count("numbering-gap") == 0


def test_annexes_are_not_swallowed_by_the_last_article(read: Read) -> None:
    document = read(
        "某法\n第一条 甲。\n第二条 自公布之日起施行。\n附件1：名录\n一、乙\n第一条 丙\n附表\n丁\n"
    )
    last = document.law.articles()[-1]
    assert canonical.body(last) == "自公布之日起施行。"
    annexes = [p for p in document.law.body if p.unit is Unit.ANNEX]
    assert [(a.number, a.caption) for a in annexes] == [(Number(1), "名录"), (None, "附表")]


def test_headings_of_judicial_interpretations_hold_articles(read: Read) -> None:
    document = read(
        "某解释\n为正确审理，制定本解释。\n一、管辖\n第一条 甲。\n二、回避\n第二条 乙：\n"
        "一、丙；\n二、丁。\n"
    )
    intro, first, second = document.law.body
    assert intro.unit is Unit.INTRODUCTION
    assert (first.unit, first.caption) == (Unit.OUTLINE_1, "管辖")
    assert [p.unit for p in second.children] == [Unit.ARTICLE]
    assert not document.law.is_outline


def test_a_difference_between_contents_and_headings_is_a_problem(read: Read) -> None:
    text = LAW.replace("第一章 总则\n", "目录\n第一章 总 则…1\n第二章 罚则…2\n第一章 总则\n", 1)
    document = read(text)
    problem = next(p for p in document.problems if p.code == "contents-differ")
    assert "罚则" in problem.message
    assert account(document) == han(text)


def test_round_brackets_are_captions_only_where_most_articles_have_them(read: Read) -> None:
    many = read("某法\n第一条(目的)甲。\n第二条(范围)乙。\n第三条(原则)丙。\n第四条 丁。\n")
    assert [a.caption for a in many.law.articles()] == ["目的", "范围", "原则", None]
    one = read("某法\n第一条 （删除）\n第二条 乙。\n第三条 丙。\n第四条 丁。\n")
    assert [a.caption for a in one.law.articles()] == [None] * 4


def test_lines_cut_at_a_width_are_joined(read: Read) -> None:
    row = "为了维护社会治安秩序保障公共安全保护公民法人和其他组织的合法"
    wrapped = "".join(f"第{n}条　{row}\n权益规范和保障执法。\n" for n in "一二三四五六七八九")
    document = read(f"某法\n{wrapped}- 3 -\n")
    assert all(len(a.children) == 1 for a in document.law.articles())
    assert dict(document.ledger.rewrites)["line-join"] == 9
    assert [d.reason for d in document.ledger.dropped] == ["page-number"]


def test_a_single_line_without_a_full_stop_is_left_alone(read: Read) -> None:
    document = read("某法\n第一条 依法追究刑事责任\n构成犯罪的，处罚。\n第二条 乙。\n")
    assert len(document.law.articles()[0].children) == 2


def test_enactment_note_gives_stage_and_dates(read: Read) -> None:
    document = read(
        "某法\n（1991年3月4日国务院令第76号发布 2018年9月6日修订通过 "
        "2018年11月6日国务院令第706号公布 自2019年3月1日起施行）\n"
        "第一条 甲。\n第二条 乙。\n"
    )
    assert document.facts.stage is Stage.REVISED
    dates = document.facts.dates
    assert (dates.adopted, dates.promulgated) == (date(2018, 9, 6), date(2018, 11, 6))
    assert dates.in_force == date(2019, 3, 1)


def test_events_of_an_enactment_note_that_spaces_set_apart_have_a_line_each(read: Read) -> None:
    source = (
        "某法\n（1994年8月31日 某大会通过　根据2009年8月27日《关于修改〈某法〉的决定》第一次修正　"
        "2017年9月1日修订）\n第一条 甲。\n第二条 乙。\n"
    )
    document = read(source)
    note = (
        "（1994年8月31日某大会通过\n根据2009年8月27日《关于修改〈某法〉的决定》第一次修正\n"
        "2017年9月1日修订）"
    )
    assert document.law.enactment_note == note
    assert dict(document.ledger.rewrites)["line-end"] == 2
    again = read(canonical.write(document.law))
    assert (again.law, again.facts) == (document.law, document.facts)
    assert not again.ledger.rewrites


@pytest.mark.parametrize(
    "printed",
    [
        "（1999年3月1日某部 公布）",
        "（1999年3月1日某部公布　自公布之日起施行）",
        "1999年3月1日　2000年3月1日公布",
    ],
)
def test_other_spaces_in_an_enactment_note_part_nothing(read: Read, printed: str) -> None:
    document = read(f"某法\n{printed}\n第一条 甲。\n第二条 乙。\n")
    assert document.law.enactment_note == re.sub(r"\s", "", printed)


def test_a_fictional_law_says_so(read: Read) -> None:
    document = read("某条例\n（虚构示例：为演示而编写。）\n第一条 甲。\n第二条 乙。\n")
    assert document.facts.fictional


def test_a_title_printed_twice_keeps_the_enactment_note(read: Read) -> None:
    document = read(
        "甲、乙关于适用法律若干问题的解释\n2019年3月1日 施行\n甲 乙\n关于适用法律\n"
        "若干问题的解释\n第一条 丙。\n第二条 丁。\n"
    )
    assert document.law.title == "甲、乙关于适用法律若干问题的解释"
    assert document.law.enactment_note == "2019年3月1日施行"
    assert {d.reason for d in document.ledger.dropped} == {"repeated-title"}


def test_a_given_title_wins_and_the_other_goes_to_the_ledger() -> None:
    document = read_source(LAW.encode(), name="x", title="另一条例")
    assert document.law.title == "另一条例"
    assert document.law.stage_line == "（草案）"
    assert [d.reason for d in document.ledger.dropped] == ["title-replaced"]


def test_lines_show_kind_and_place() -> None:
    lines = read_lines("某市条例\n（草案）\n\n第一章 总则\n第一条 甲：\n（一）乙。\n".encode(), "x")
    assert [(line.kind, line.place.line) for line in lines] == [
        (Kind.TITLE, 1), (Kind.STAGE_LINE, 2), (Kind.CHAPTER, 4), (Kind.ARTICLE, 5),
        (Kind.PAREN_HAN, 6),
    ]  # fmt: skip


def test_a_page_keeps_what_is_outside_its_article_in_the_ledger(read: Read) -> None:
    page = (
        "<html><head><meta name='PubDate' content='2023-06-21'><title>某市条例_某网</title>"
        "<script>var x=1;</script></head><body><ul><li>首页</li><li>法规</li></ul>"
        "<div class='TRS_Editor'><p>某市条例</p><p>（征求意见稿）</p><p>第一条 "
        + "甲" * 200 + "。</p><p>第二条 乙。</p><table><tr><td>氨</td><td>9</td></tr></table></div>"
        "<div style='display:none'>隐藏</div><footer>版权</footer></body></html>"
    )  # fmt: skip
    document = read(page)
    assert document.format == "html"
    assert document.facts.dates.published == date(2023, 6, 21)
    assert [d.reason for d in document.ledger.dropped] == [
        "page-title", "page-furniture", "page-furniture", "hidden", "page-furniture",
    ]  # fmt: skip
    assert canonical.body(document.law.articles()[1]) == "乙。\n氨｜9"


def test_a_notice_before_a_draft_gives_period_and_publisher(read: Read) -> None:
    document = read(
        "关于公开征求《某市条例（草案）》意见的公告\n现将草案公布，征求意见时间为2023年6月5日至7月5日。\n"
        "联系地址：某市某路1号。\n某市司法局\n二〇二三年六月四日\n附件\n某市条例（草案）\n"
        "第一条 甲。\n第二条 乙。\n"
    )
    assert document.notice is not None
    assert document.notice.publisher == "某市司法局"
    assert document.notice.address == "某市某路1号"
    dates = document.facts.dates
    assert (dates.comment_start, dates.comment_end) == (date(2023, 6, 5), date(2023, 7, 5))
    assert dates.published == date(2023, 6, 4)


def test_a_contents_page_without_its_name_is_found_where_a_heading_lost_its_number() -> None:
    listed = "第一章 总则\n第二章 管理\n第三章 附则\n"
    body = "总则\n第一条 甲。\n第二章 管理\n第二条 乙。\n第三章 附则\n第三条 丙。\n"
    document = read_source(f"示例市试验条例\n{listed}{body}".encode(), name="a.txt")
    headings = [p for p in document.law.walk() if p.unit is Unit.CHAPTER]
    assert [p.number.value for p in headings if p.number] == [2, 3]


def test_the_head_of_a_list_without_its_colon_is_not_joined_to_its_first_entry(read: Read) -> None:
    heads = (
        "有下列情形之一的，由县级以上人民政府公安机关责令改正，处五百元罚款",
        "本市各级国家机关、社会团体、企业事业单位、居民应当遵守下列规则",
        "市人民政府应当组织公安、交通运输、城市管理等部门制定下列目录",
    )
    entries = "不得损坏公共设施；\n不得乱扔垃圾。\n"
    lines = [f"第{n}条　{head}\n{entries}" for n, head in zip("一二三", heads, strict=True)]
    document = read("某市活动条例\n" + "".join(lines))
    assert [len(article.children) for article in document.law.articles()] == [3, 3, 3]
    assert [p.line for p in document.problems if p.code == "unfinished-line"] == [2, 5, 8]
