"""The title is found among a page's own lines, and an announcement gives stage and dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.parse.conftest import account, han
from tracker.law.model import Dates, Stage
from tracker.law.problems import Severity
from tracker.parse.document import Document

Read = Callable[[str], Document]

TITLE = "江州市养老服务条例"
BODY = (
    "第一章　总则\n第一条　为了加强管理，制定本条例。\n第二章　附则\n"
    "第二条　本条例自2025年1月1日起施行。\n"
)
NOTE = "（2024年9月26日江州市第十四届人民代表大会常务委员会第二十次会议通过）\n"
ORDER = (
    "江州市人民代表大会常务委员会公告\n第12号\n《江州市养老服务条例》已由江州市第十四届人民代表大会"
    "常务委员会第二十次会议于2024年9月26日通过，现予公布，自2025年1月1日起施行。\n"
    "江州市人民代表大会常务委员会\n2024年9月30日\n"
)
DECREE = (
    "江州市人民政府令\n第88号\n《江州市养老服务条例》已经2024年9月26日市政府常务会议审议通过，现予公布，"
    "自2025年1月1日起施行。\n市长　张三\n2024年9月30日\n"
)
FINAL = Dates(
    adopted=date(2024, 9, 26), promulgated=date(2024, 9, 30), in_force=date(2025, 1, 1)
)  # fmt: skip


@pytest.mark.parametrize(
    ("head", "stage"),
    [
        (f"{TITLE}（草案征求意见稿）\n来源：市司法局\n", "（草案征求意见稿）"),
        (f"{TITLE}\n发布日期：2024-05-01\n（征求意见稿）\n", "（征求意见稿）"),
        (f"{TITLE}（征求意见稿）\n日期：2024-05-01 浏览次数：200\n", "（征求意见稿）"),
        (f"{TITLE}\n发布时间：2024-03-18 来源：某局 字号：[大 中 小]\n（草案）\n", "（草案）"),
        (f"{TITLE}（草案）\n【字体：大 中 小】\n浏览次数：12\n打印本页\n", "（草案）"),
        (f"首页 > 政务公开 > 法规规章 > 征求意见\n{TITLE}（草案）\n", "（草案）"),
        (f"索 引 号：0001/2024\n标    题：{TITLE}\n{TITLE}（送审稿）\n", "（送审稿）"),
        (f"标题：{TITLE}（送审稿）\n发布日期：2024-05-01\n", "（送审稿）"),
        (f"《{TITLE}（草案）》征求意见\n2024-05-01 10:22 某网\n{TITLE}\n（草案）\n", "（草案）"),
        (f"{TITLE}（草案）\n发布时间：2024-05-01\n{TITLE}\n", "（草案）"),
    ],
)  # fmt: skip
def test_lines_about_the_page_do_not_hide_the_title_or_its_stage(
    head: str, stage: str, read: Read
) -> None:
    document = read(head + BODY)
    assert (document.law.title, document.law.stage_line) == (TITLE, stage)
    assert document.law.enactment_note is None
    assert account(document) == han(head + BODY)
    assert {p.code for p in document.problems} <= {"missing-date", "text-left-out"}


@pytest.mark.parametrize("head", [f"《{TITLE}（草案）》征求意见\n", "首页 > 政务公开\n"])
def test_a_headline_and_a_breadcrumb_are_never_the_title(head: str, read: Read) -> None:
    document = read(head + BODY)
    assert document.law.title == ""
    assert [p.message for p in document.problems if p.code == "missing-title"] == ["来源里没有标题"]
    assert account(document) == han(head + BODY)


def test_the_decision_named_in_a_note_is_no_breadcrumb(read: Read) -> None:
    note = "2009年11月27日某会议《关于修改＜江州市养老服务条例＞的决定》修正\n"
    document = read(f"{TITLE}\n2001年12月28日某会议通过\n{note}{BODY}")
    assert document.facts.stage is Stage.AMENDED
    assert document.ledger.dropped == ()


def test_a_title_unlike_that_of_a_law_is_doubted(read: Read) -> None:
    document = read(f"{TITLE}全文\n来源：江州日报\n{BODY}")
    problem = next(p for p in document.problems if p.code == "doubtful-title")
    assert (problem.severity, problem.line) == (Severity.WARNING, 1)
    assert f"{TITLE}全文" in problem.message


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2024-05-01", "发布日期：2024年5月1日", "日期：2024-05-01 浏览次数：3",
        "2024-05-01 10:22 来源：市人大", "江州市司法局 2024-05-01",
    ],
)  # fmt: skip
def test_a_page_says_its_date_alike_in_text_and_html(line: str, read: Read) -> None:
    text = read(f"{TITLE}（草案）\n{line}\n{BODY}")
    assert text.facts.dates.published == date(2024, 5, 1)
    page = (
        f"<html><body><h1>{TITLE}（草案）</h1><p>{line}</p><div id='content'><p>第一条　"
        + "甲" * 200 + "。</p><p>第二条　乙。</p></div></body></html>"
    )  # fmt: skip
    if not line.startswith(("2024", "江州")):
        assert read(page).facts.dates.published == date(2024, 5, 1)


@pytest.mark.parametrize("announcement", [ORDER, DECREE])
@pytest.mark.parametrize("note", ["", NOTE])
def test_an_announcement_gives_stage_and_dates(announcement: str, note: str, read: Read) -> None:
    text = f"{announcement}{TITLE}\n{note}{BODY}"
    document = read(text)
    assert document.law.title == TITLE
    assert document.facts.stage is Stage.ENACTED
    assert document.facts.dates == FINAL
    assert document.facts.dates.legal_name == "promulgated"
    assert document.facts.issuing_body is not None
    assert account(document) == han(text)


def test_an_announcement_between_title_and_text_is_notice(read: Read) -> None:
    text = f"{TITLE}\n发布时间：2024-10-08\n{ORDER}{BODY}"
    document = read(text)
    assert document.law.title == TITLE
    assert document.notice is not None
    assert document.notice.text.startswith("江州市人民代表大会常务委员会公告")
    assert document.facts.dates.promulgated == date(2024, 9, 30)
    assert document.facts.dates.published == date(2024, 10, 8)
    assert account(document) == han(text)


@pytest.mark.parametrize(
    ("old", "new", "stage"),
    [("26日通过", "26日修订通过", Stage.REVISED), ("26日通过", "26日修正", Stage.AMENDED),
     ("《江州市养老服务条例》已由", "《关于修改〈江州市养老服务条例〉的决定》已由", Stage.AMENDED)],
)  # fmt: skip
def test_an_announcement_tells_revision_from_amendment(
    old: str, new: str, stage: Stage, read: Read
) -> None:
    document = read(f"{ORDER.replace(old, new)}{TITLE}\n{BODY}")
    assert document.facts.stage is stage


def test_an_old_announcement_does_not_date_a_later_text(read: Read) -> None:
    note = "（2024年9月26日通过　2026年3月1日某会议修订）\n"
    document = read(f"{ORDER}{TITLE}\n{note}{BODY}")
    assert document.facts.stage is Stage.REVISED
    assert document.facts.dates.adopted == date(2026, 3, 1)
    assert document.facts.dates.promulgated is None


def test_a_notice_about_a_draft_enacts_nothing(read: Read) -> None:
    notice = (
        f"关于公开征求《{TITLE}（草案）》意见的公告\n现将草案予以公布，征求意见。\n某市司法局\n"
    )
    document = read(f"{notice}2024年9月30日\n{TITLE}\n（草案）\n{BODY}")
    assert document.facts.stage is Stage.DRAFT
    assert document.facts.dates == Dates(published=date(2024, 9, 30))


def test_an_approval_by_the_province_amends_nothing(read: Read) -> None:
    note = "（2024年8月20日某市某会议通过　2024年9月26日某省某会议批准）\n"
    assert read(f"{TITLE}\n{note}{BODY}").facts.stage is Stage.ENACTED


def test_a_law_known_by_its_adoption_is_in_force_by_its_last_article(read: Read) -> None:
    document = read(f"{TITLE}\n{NOTE}{BODY}")
    assert document.facts.dates == Dates(adopted=date(2024, 9, 26), in_force=date(2025, 1, 1))
    assert document.facts.dates.legal_name == "adopted"


def test_a_heading_of_a_page_that_repeats_the_title_is_listed_as_such(read: Read) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in f"{ORDER}{TITLE}\n{BODY}".splitlines())
    page = (
        f"<html><body><h1>{TITLE}</h1><p>发布时间：2024-10-08</p>"
        f"<div id='content'>{paragraphs}</div></body></html>"
    )
    document = read(page)
    reasons = [d.reason for d in document.ledger.dropped]
    assert reasons == ["repeated-title", "page-furniture"]
    assert document.notice is not None
    assert not document.notice.text.startswith(TITLE)
    assert document.facts.dates.published == date(2024, 10, 8)
