"""Articles that go on counting are articles: behind an annex line, behind one missed."""

from __future__ import annotations

from collections.abc import Callable

from tests.parse.conftest import account, han
from tracker.parse import canonical
from tracker.parse.document import Document


def test_articles_behind_an_annex_line_go_on(read: Callable[[str], Document]) -> None:
    text = "示例条例\n第一条　甲。\n第二条　乙。\n附件：申请表\n第三条　丙。\n第四条　丁。\n"
    document = read(text)
    assert len(document.law.articles()) == 4
    assert account(document) == han(text)
    assert canonical.read(canonical.write(document.law)) == document.law


def test_the_articles_of_an_annex_stay_in_it(read: Callable[[str], Document]) -> None:
    text = "示例条例\n第一条　甲。\n附件　章程\n第一条　乙。\n第二条　丙。\n第三条　丁。\n"
    document = read(text)
    assert len(document.law.articles()) == 1
    assert canonical.read(canonical.write(document.law)) == document.law


def test_one_missed_mark_condemns_no_later_ones(read: Callable[[str], Document]) -> None:
    text = (
        "示例条例\n第一条为了甲。\n第二条规定机关应当乙。\n第三条公民应当丙。\n"
        "第四条机关应当丁。\n第五条本条例自公布之日起施行。\n"
    )
    document = read(text)
    assert [a.number.value for a in document.law.articles() if a.number][-3:] == [3, 4, 5]
    assert account(document) == han(text)


def test_a_series_without_spaces_is_kept_whole(read: Callable[[str], Document]) -> None:
    text = (
        "示例条例\n第一条为了甲。\n第二条处理个人信息应当乙。\n第三条及时公开丙。\n"
        "第四条等级保护丁。\n第五条本条例自公布之日起施行。\n"
    )
    document = read(text)
    assert len(document.law.articles()) == 5
    assert account(document) == han(text)
    assert canonical.read(canonical.write(document.law)) == document.law


def test_a_wrapped_citation_is_no_article_of_a_series(read: Callable[[str], Document]) -> None:
    text = "示例条例\n第一条为了甲，依照\n第二条处理。\n第二条机关应当乙。\n第三条丙。\n"
    assert len(read(text).law.articles()) == 3
