"""The five real documents are read exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from tests.parse.conftest import QINGDAO_TITLE, SEEDS, account, han
from tracker.law.model import Provision, Stage, Unit
from tracker.law.problems import Severity
from tracker.parse import canonical
from tracker.parse.document import Document
from tracker.parse.reading import read_source

Seed = Callable[[str], Document]


def units(document: Document) -> Counter[Unit]:
    return Counter(p.unit for p in document.law.walk())


def reasons(document: Document) -> set[str]:
    return {d.reason for d in document.ledger.dropped}


def article(document: Document, number: int) -> Provision:
    return next(
        a for a in document.law.articles() if a.number is not None and a.number.value == number
    )


@pytest.mark.parametrize("name", SEEDS)
def test_no_han_character_of_a_seed_is_lost_or_invented(
    name: str, seed: Seed, seed_bytes: Callable[[str], bytes]
) -> None:
    given = han(QINGDAO_TITLE) if name == "qingdao" else Counter()
    assert account(seed(name)) == han(seed_bytes(name).decode()) + given


@pytest.mark.parametrize("name", SEEDS)
def test_a_seed_survives_writing_and_reading(name: str, seed: Seed) -> None:
    law = seed(name).law
    text = canonical.write(law)
    assert canonical.read(text) == law
    again = read_source(text.encode(), name="again")
    assert again.law == law
    assert again.ledger.rewrites == ()
    assert again.ledger.dropped == ()


@pytest.mark.parametrize("name", SEEDS)
def test_every_body_of_a_seed_can_be_put_back(name: str, seed: Seed) -> None:
    for p in seed(name).law.walk():
        if p.unit is Unit.ARTICLE or p.unit.is_outline:
            assert canonical.with_body(p, canonical.body(p)) == p


def test_shenzhen_has_its_chapters_articles_and_captions(seed: Seed) -> None:
    document = seed("shenzhen")
    found = units(document)
    assert (found[Unit.CHAPTER], found[Unit.ARTICLE]) == (9, 74)
    assert all(a.caption for a in document.law.articles())
    assert article(document, 2).caption == "适用范围"
    assert article(document, 72).caption == "宣传教育科普"
    assert article(document, 47).caption == "交通业应用场景"


def test_shenzhen_article_70_has_four_subparagraphs(seed: Seed) -> None:
    below = Counter(p.unit for p in article(seed("shenzhen"), 70).walk())
    assert below[Unit.SUBPARAGRAPH] == 4


def test_shenzhen_says_its_stage_dates_and_events(seed: Seed) -> None:
    document = seed("shenzhen")
    assert document.law.title == "深圳经济特区数字经济产业促进条例"
    assert document.law.stage_line == "（征求意见稿）"
    assert document.facts.stage is Stage.CONSULTATION_DRAFT
    assert document.facts.dates.published == date(2021, 11, 12)
    assert [(e.stage, e.day) for e in document.facts.events] == [
        (Stage.DRAFT, date(2021, 8, 29)),
        (Stage.DRAFT, date(2021, 10, 28)),
    ]


def test_an_inferred_year_is_announced(seed: Seed) -> None:
    problems = {p.code: p for p in seed("shenzhen").problems}
    assert problems["year-inferred"].severity is Severity.INFO


def test_shenzhen_keeps_its_note_and_drops_news_contents_and_furniture(seed: Seed) -> None:
    document = seed("shenzhen")
    assert document.note is not None
    first, *_, last = document.note.split("\n")
    assert first == "关于《深圳经济特区数字经产业促进条例（征求意见稿）》的说明"
    assert last.endswith("（第六十一条）")
    assert reasons(document) == {"before-law", "contents", "page-furniture"}
    assert document.ledger.dropped[0].place.line == 1


@pytest.mark.parametrize("name", ["shenzhen", "shijiazhuang", "guangzhou"])
def test_an_open_date_has_one_form(name: str, seed: Seed) -> None:
    last = seed(name).law.articles()[-1]
    assert canonical.body(last).startswith("本条例自××××年×月×日起施行")


def test_shijiazhuang_has_a_notice_with_publisher_and_address(seed: Seed) -> None:
    document = seed("shijiazhuang")
    assert document.notice is not None
    assert document.notice.publisher == "石家庄市发展和改革委员会"
    assert document.notice.address == "石家庄市长安区中山东路216号石家庄市发展和改革委员会"
    assert document.facts.stage is Stage.CONSULTATION_DRAFT
    assert document.facts.dates.published == date(2023, 6, 21)
    assert units(document)[Unit.CHAPTER] == 9
    assert units(document)[Unit.ARTICLE] == 72


def test_guangzhou_run_together_paragraphs_are_apart_again(seed: Seed) -> None:
    document = seed("guangzhou")
    found = units(document)
    assert found[Unit.ARTICLE] == 94
    assert found[Unit.PARAGRAPH] == 202
    assert found[Unit.SUBPARAGRAPH] == 20
    assert sum(len(a.children) > 1 for a in document.law.articles()) == 55


def test_a_space_behind_a_comma_is_no_line_end(seed: Seed) -> None:
    body = canonical.body(article(seed("guangzhou"), 90))
    assert "出现失误或者偏差，未达到预期效果" in body
    assert "另有规定的，从其规定。" in body


def test_guangzhou_says_its_comment_period_and_that_chapters_are_missing(seed: Seed) -> None:
    document = seed("guangzhou")
    assert document.facts.stage is Stage.DRAFT
    assert document.facts.dates.comment_start == date(2021, 8, 12)
    assert document.facts.dates.comment_end == date(2021, 9, 11)
    assert "no-chapters" in {p.code for p in document.problems}
    assert reasons(document) == {"form-label"}


def test_qingdao_without_a_title_is_a_problem(seed_bytes: Callable[[str], bytes]) -> None:
    document = read_source(seed_bytes("qingdao"), name="qingdao")
    codes = {p.code: p.severity for p in document.problems}
    assert document.law.title == ""
    assert codes["missing-title"] is Severity.ERROR
    assert "missing-stage" in codes
    assert "missing-date" in codes


def test_qingdao_bookmarks_go_to_the_ledger(seed: Seed) -> None:
    document = seed("qingdao")
    assert document.law.title == QINGDAO_TITLE
    found = units(document)
    assert (found[Unit.CHAPTER], found[Unit.ARTICLE]) == (8, 61)
    assert document.law.body[0].caption == "总则"
    assert document.ledger.dropped[0].text == "[bookmark: 第一章 总则]"
    assert reasons(document) == {"bookmark"}


def test_the_plan_is_an_outline(seed: Seed) -> None:
    document = seed("plan")
    sections = [p for p in document.law.body if p.unit is Unit.OUTLINE_1]
    clauses = [[c for c in s.children if c.unit is Unit.OUTLINE_2] for s in sections]
    assert document.law.is_outline
    assert [len(c) for c in clauses] == [3, 12, 9, 4]
    assert all(c.caption for group in clauses for c in group)
    assert clauses[0][0].caption == "产业定义"
    found = units(document)
    assert found[Unit.OUTLINE_5] == 4
    assert sum(p.responsible is not None for p in document.law.walk()) == 25


def test_the_plan_says_who_issued_it_and_when(seed: Seed) -> None:
    document = seed("plan")
    assert document.law.title == "深圳市数字经济产业创新发展实施方案（2021—2023年）"
    assert dict(document.ledger.rewrites)["year-range"] == 5
    assert document.facts.stage is Stage.ISSUED
    assert document.facts.dates.issued == date(2020, 12, 25)
    assert document.facts.dates.published == date(2021, 1, 14)
    assert document.facts.issuing_body == "深圳市人民政府办公厅"
    assert document.notice is not None
    assert document.notice.text.startswith("深圳市人民政府办公厅关于印发")
    assert reasons(document) == {"page-furniture"}
