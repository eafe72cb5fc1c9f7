"""The full-text search in a real browser: typed, read aloud, opened, shared, and quiet."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.site.conftest import LAW

PAGE = "laws/search/"


def _search(tab: Any, words: str, said: str) -> Any:
    """Type, wait until the count is told; the results."""
    tab.page.locator("#tracker-words").fill(words)
    tab.page.locator("[role=status].tracker-told-found", has_text=said).wait_for()
    tab.page.locator(".tracker-found[aria-busy=false]").wait_for(state="attached")
    return tab.page.locator(".tracker-found > li")


def test_a_word_is_found_in_articles_and_a_result_opens_its_place(open_tab: Any) -> None:
    tab = open_tab()
    page = tab.page
    tab.go(PAGE)
    found = _search(tab, "数据 公共", "已列出 20 条")
    assert found.count() == 20
    page.get_by_role("button", name="继续查找").click()
    found.nth(20).wait_for()
    found = _search(tab, "公共数据条例 第十二条", "找到")
    more = page.locator("button.tracker-button", has_text="继续查找")
    assert more.evaluate("e => getComputedStyle(e).display") == "none"
    first = found.first
    assert first.locator("a").inner_text().startswith("《示例市公共数据条例（虚构）》第十二条")
    assert "公布（2024-01-25" in first.inner_text()
    tab.shot("search")
    page.locator("#tracker-words").press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/laws/{LAW}/2024-01-25-enacted/#art-12$"))
    page.go_back()
    page.wait_for_selector(".tracker-found > li")
    assert page.locator("#tracker-words").input_value() == "公共数据条例 第十二条"
    assert tab.said == []
    assert tab.foreign == []


def test_words_are_cut_folded_and_quoted_as_readers_expect(open_tab: Any) -> None:
    tab = open_tab()
    tab.go(PAGE)
    one = _search(tab, "数", "已列出 20 条").locator("mark").first.inner_text()
    assert one == "数"
    joined = _search(tab, "公共数据条例第12条", "找到").first.locator("a").inner_text()
    assert "第十二条" in joined
    marks = _search(tab, "“公共数据，是指”", "找到 1 条").locator("mark").all_inner_texts()
    assert marks == ["公共数据，是指"]
    assert _search(tab, "没有这样的词语", "没有找到").count() == 0
    assert _search(tab, "，", "请输入").count() == 0
    tab.go("")
    tab.go(f"{PAGE}#law=hostile&q=条旨")
    tab.page.locator(".tracker-found > li").first.wait_for()
    assert tab.page.locator("#tracker-only").input_value().startswith("某市")
    titles = _search(tab, "数据", "已列出").locator("a").all_inner_texts()
    assert all(title.startswith("《某市") for title in titles)
    assert tab.said == []


def test_an_amount_or_an_article_is_found_however_its_number_is_written(open_tab: Any) -> None:
    tab = open_tab()
    tab.go(f"{PAGE}#law={LAW}")
    for typed, stands in (
        ("20000元", "二万元"), ("2万元", "二万元"), ("两万元", "二万元"), ("20,000元", "二万元"),
        ("10个工作日", "十个工作日"), ("3年", "三年"), ("三年", "三年"),
    ):  # fmt: skip
        assert stands in _search(tab, typed, "。").locator("mark").all_inner_texts()
    assert _search(tab, "“20000元”", "没有找到").count() == 0
    for typed in ("第10条", "10条", "十条", "公共数据条例10条"):
        first = _search(tab, typed, "找到").first.locator("a").inner_text()
        assert first.startswith("《示例市公共数据条例（虚构）》第十条"), typed
    assert tab.said == []


def test_hostile_text_is_shown_as_text(open_tab: Any) -> None:
    tab = open_tab(360)
    tab.go(f"{PAGE}#q=script")
    tab.page.wait_for_selector(".tracker-found > li")
    found = tab.page.locator(".tracker-found")
    assert "<script>" in found.inner_text()
    names = found.evaluate("e => [...new Set([...e.querySelectorAll('*')].map(x => x.localName))]")
    assert set(names) <= {"li", "h2", "a", "p", "mark"}
    tab.check_fits("search-hostile-{}", 360)
    assert tab.said == []
    assert tab.foreign == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_can_be_read_by_all(open_tab: Any, scheme: str) -> None:
    tab = open_tab(color_scheme=scheme)
    tab.go(f"{PAGE}#q=数据")
    tab.page.wait_for_selector(".tracker-found > li")
    tab.check_fits(f"search-{{}}-{scheme}", 1280, 360)
    assert tab.violations() == []
    assert tab.said == []


def test_the_header_search_leads_on_to_all_texts(open_tab: Any) -> None:
    tab = open_tab()
    tab.go(f"laws/{LAW}/")
    page = tab.page
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill("目录")
    link = page.locator(".tracker-all-texts")
    assert link.inner_text() == "在法规全文中检索“目录”"
    link.click()
    page.wait_for_url("**/laws/search/#q=*")
    page.locator(".tracker-told-found", has_text="。").wait_for()
    assert page.locator("#tracker-words").input_value() == "目录"
    assert tab.said == []


def test_enter_in_the_header_leads_to_all_texts_whether_or_not_something_is_found(
    open_tab: Any,
) -> None:
    tab = open_tab()
    page = tab.page
    for start, words in ((f"laws/{LAW}/", "目录"), ("", "应当每日"), (PAGE, "立法目的")):
        tab.go(start)
        box = page.locator(".md-search__input")
        box.click()
        box.fill(words)
        if words == "应当每日":
            page.locator(".md-search-result__meta", has_text="按回车键在法规全文中检索").wait_for()
            tab.shot("search-header-none")
        box.press("Enter")
        page.wait_for_url("**/laws/search/#q=*")
        page.locator(".tracker-told-found", has_text="找到").wait_for()
        assert page.locator("#tracker-words").input_value() == words
        assert not page.locator("#__search").is_checked()
    assert tab.said == []


def test_enter_on_a_chosen_result_of_the_header_opens_it(open_tab: Any) -> None:
    tab = open_tab()
    page = tab.page
    tab.go("")
    box = page.locator(".md-search__input")
    box.click()
    box.fill("路灯")
    page.locator(".md-search-result__item a").first.wait_for()
    box.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/laws/lamps/**")
    assert tab.said == []


def test_without_a_script_the_page_leads_to_the_list_of_laws(open_tab: Any) -> None:
    tab = open_tab(java_script_enabled=False)
    tab.go(PAGE)
    assert not tab.page.locator("#tracker-words").is_visible()
    tab.page.locator(".tracker-without a").click()
    assert tab.page.url.endswith("/laws/")
