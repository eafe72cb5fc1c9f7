"""A draft behind its call for opinions: contact lines, signature and day are of the notice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.parse.conftest import account, han
from tracker.law.model import Stage
from tracker.law.problems import Severity
from tracker.parse.document import Document
from tracker.parse.reading import read_source

Read = Callable[[str], Document]

NAMES = ["江州市停车管理条例", "虚构市停车管理条例", "江州市停车管理若干事项"]
CALL = (
    "关于《{0}（征求意见稿）》公开征求意见的公告\n"
    "现将《{0}（征求意见稿）》公布，公开征求意见。意见征集时间为2025年6月18日至2025年7月18日。\n"
)
CONTACT = (
    "电子邮箱：fgw@example.cn\n联系电话：010-12345678\n地址：江州市某路1号\n邮编：100000\n"
    "传真：010-12345679\n联系人：张某\n"
)
SIGNED = "江州市人大常委会法制工作委员会\n2025年6月18日\n"
DRAFT = "{0}（征求意见稿）\n"
BODY = "第一章　总则\n第一条　为了甲，制定本条例。\n第二章　附则\n第二条　乙。\n"
CONTENTS = "目录\n第一章　总则\n第二章　附则\n"
FORMS = {
    "contact, signature, day": CALL + CONTACT + SIGNED + DRAFT + BODY,
    "stage below": CALL + CONTACT + SIGNED + "{0}\n（征求意见稿）\n" + BODY,
    "signature above": CALL + SIGNED + CONTACT + DRAFT + BODY,
    "no contact": CALL + SIGNED + DRAFT + BODY,
    "no signature": CALL + CONTACT + DRAFT + BODY,
    "table of contents": CALL + CONTACT + SIGNED + DRAFT + CONTENTS + BODY,
    "attachment": CALL + CONTACT + SIGNED + "附件：\n" + DRAFT + BODY,
    "no heading": "现将草案公布，公开征求意见。\n" + CONTACT + SIGNED + DRAFT + BODY,
    "title above the contact": DRAFT + CONTACT + SIGNED + BODY,
    "title above the call": DRAFT + CALL + CONTACT + SIGNED + BODY,
}


@pytest.mark.parametrize("given", [False, True], ids=["found", "given"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", FORMS)
def test_the_line_that_repeats_the_name_is_the_title_and_the_rest_the_notice(
    form: str, name: str, given: bool
) -> None:
    text = FORMS[form].format(name)
    document = read_source(text.encode(), name="a.txt", title=name if given else None)
    law = document.law
    assert (law.title, law.stage_line, law.enactment_note) == (name, "（征求意见稿）", None)
    assert law.body[0].caption == "总则"
    assert document.facts.stage is Stage.CONSULTATION_DRAFT
    assert account(document) == han(text)
    assert document.notice is not None
    for line in (*CONTACT.splitlines(), *SIGNED.splitlines()):
        assert (line in document.notice.text) == (line in text)


def test_the_notice_says_who_signs_and_how_long_opinions_are_taken(read: Read) -> None:
    document = read(FORMS["contact, signature, day"].format(NAMES[0]))
    assert document.notice is not None
    assert document.notice.publisher == "江州市人大常委会法制工作委员会"
    dates = document.facts.dates
    assert (dates.published, dates.comment_start) == (date(2025, 6, 18), date(2025, 6, 18))
    assert dates.comment_end == date(2025, 7, 18)


def test_without_a_line_that_names_the_draft_there_is_no_title(read: Read) -> None:
    document = read((CALL + CONTACT + SIGNED + BODY).format(NAMES[0]))
    assert (document.law.title, document.law.enactment_note) == ("", None)
    assert "missing-title" in {p.code for p in document.problems}


def test_a_page_whose_name_is_its_headline_still_names_the_draft(read: Read) -> None:
    lines = (CALL + CONTACT + SIGNED + BODY).format(NAMES[0]).splitlines()
    named = f"<title>{NAMES[0]}（征求意见稿）公开征求意见 - 江州市人大网</title>"
    body = "".join(f"<p>{line}</p>" for line in lines)
    document = read(f"<html><head>{named}</head><body>{body}</body></html>")
    assert (document.law.title, document.law.stage_line) == (NAMES[0], "（征求意见稿）")


def test_a_city_called_invented_is_no_note_that_the_text_is(read: Read) -> None:
    for note in ("（虚构示例：为演示而编写。）", "本文纯属虚构", "虚构示例，仅作演示"):
        document = read(f"虚构市停车条例\n{note}\n{BODY}")
        assert (document.law.title, document.law.enactment_note) == ("虚构市停车条例", note)
        assert document.facts.fictional


@pytest.mark.parametrize(
    ("note", "day"),
    [
        ("（2025年3月10日江州市人大常委会会议第一次审议）", date(2025, 3, 10)),
        ("（2025年3月10日第一次审议　2025年6月10日第二次审议）", date(2025, 6, 10)),
        ("（2025年9月1日）", date(2025, 9, 1)),
    ],
)
def test_a_draft_is_dated_by_its_note_and_a_problem_says_so(
    note: str, day: date, read: Read
) -> None:
    document = read(f"某市条例（草案）\n{note}\n{BODY}")
    assert document.facts.dates.published == day
    assert [(p.code, p.severity) for p in document.problems] == [("date-from-note", Severity.INFO)]


def test_a_day_without_a_word_dates_no_law_and_the_message_says_where_it_stands(
    read: Read,
) -> None:
    document = read(f"某市条例\n（2025年9月1日）\n{BODY}")
    assert document.facts.dates.legal is None
    told = next(p.message for p in document.problems if p.code == "missing-date")
    assert told == "题注里有日期（2025-09-01），但没有写明是通过、公布还是发布的日期"
