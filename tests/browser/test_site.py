"""The site in a real browser: readable at every width, usable by keys, quiet, and its own host."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import page_paths
from tests.site.conftest import LAW

OURS = ("home", "laws", "law", "version", "comparison", "provisions", "provision")
HOSTILE = (
    "hostile-law", "hostile-version", "hostile-comparison", "hostile-provisions",
    "hostile-provision",
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", OURS)
def test_each_kind_of_page_is_quiet_fits_the_window_and_can_be_read_by_all(
    site: Path, open_tab: Any, kind: str, scheme: str
) -> None:
    tab = open_tab(color_scheme=scheme)
    tab.go(page_paths(site)[kind])
    tab.page.wait_for_load_state("networkidle")
    tab.check_fits(f"{kind}-{{}}-{scheme}", 1280, 360)
    assert tab.said == []
    assert tab.foreign == []
    # Colours are all that differ in the dark.
    assert tab.violations(*(["color-contrast"] if scheme == "dark" else [])) == []


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_page_is_as_quiet_as_any_other(site: Path, open_tab: Any, kind: str) -> None:
    tab = open_tab(360)
    tab.go(page_paths(site)[kind])
    tab.page.wait_for_load_state("networkidle")
    tab.check_fits(f"{kind}-{{}}", 360)
    assert tab.said == []
    assert tab.foreign == []
    if kind == "hostile-version":
        assert tab.violations() == []


def test_the_list_of_laws_is_filtered_and_the_choice_can_be_linked_to(open_tab: Any) -> None:
    tab = open_tab()
    page = tab.page
    tab.go("laws/")
    shown = page.locator(".tracker-laws > li:visible")
    every = shown.count()
    assert every == 3
    page.locator("[data-tracker-by=stage]").select_option("公布")
    assert shown.count() == 1
    assert "示例市公共数据条例" in shown.inner_text()
    assert page.locator("[data-tracker-shown]").inner_text() == "显示 1 / 3 部"
    address = page.url
    tab.shot("laws-filtered")
    page.locator("[data-tracker-by=words]").fill("没有这样的名称")
    assert shown.count() == 0
    tab.go("")
    page.goto(address)
    assert shown.count() == 1
    tab.go("")
    page.locator(".tracker-facets a", has_text="二次审议稿").click()
    assert shown.count() == 1
    assert "条例" in shown.inner_text()
    assert tab.said == []


def test_without_a_script_all_laws_are_listed(open_tab: Any) -> None:
    tab = open_tab(java_script_enabled=False)
    tab.go("laws/#stage=公布")
    assert not tab.page.locator(".tracker-filter").is_visible()
    assert tab.page.locator(".tracker-laws > li:visible").count() == 3


def test_the_text_of_the_home_page_begins_where_other_pages_do(open_tab: Any) -> None:
    tab = open_tab()
    lefts = []
    for path, places in (("", ("h1", "h1 + p", ".tracker-home h2")), ("laws/", ("h1",))):
        tab.go(path)
        for place in places:
            lefts.append(tab.page.locator(f".md-content {place}").first.bounding_box()["x"])
    assert len(set(lefts)) == 1
    tab.go("")
    tab.shot("home-aligned")


def test_a_wide_table_says_on_a_narrow_window_that_it_moves(site: Path, open_tab: Any) -> None:
    for width, said in ((360, True), (1280, False)):
        tab = open_tab(width)
        tab.go(page_paths(site)["law"])
        assert tab.page.locator("#concordance ~ p .tracker-swipe").is_visible() is said
        tab.shot(f"concordance-{width}", "#concordance")


def test_the_list_of_articles_leads_to_a_section_and_back(site: Path, open_tab: Any) -> None:
    tab = open_tab()
    tab.go(page_paths(site)["provisions"])
    tab.shot("provisions-top")
    tab.page.locator("#articles summary").click()
    tab.shot("provisions-list")
    tab.page.locator(".tracker-jumps a", has_text="第三十条").first.click()
    assert tab.page.evaluate("document.querySelector(':target').className").startswith(
        "tracker-provision"
    )
    tab.page.locator(":target .tracker-back").click()
    assert tab.page.locator("#articles").evaluate("e => e.getBoundingClientRect().top") < 300


@pytest.mark.parametrize("kind", [*OURS[1:], "search"])
def test_whatever_is_hidden_takes_no_room(site: Path, open_tab: Any, kind: str) -> None:
    tab = open_tab()
    tab.go({**page_paths(site), "search": "laws/search/"}[kind])
    shown = tab.page.evaluate(
        """[...document.querySelectorAll('.tracker :is(div, section, nav, ol, ul, li, p, table,'
             + 'tr, button, a, details, label, span)')].filter(e => { e.hidden = true;
             return getComputedStyle(e).display !== 'none' }).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert shown == []


def test_an_old_name_of_a_provision_leads_to_its_section(site: Path, open_tab: Any) -> None:
    tab = open_tab()
    tab.go("laws/")
    tab.go(f"laws/{LAW}/provisions/#art_9@2023-09-28-second_reading")
    top = tab.page.evaluate(
        "document.getElementById('art_28@2023-03-15-draft').getBoundingClientRect().top"
    )
    assert -10 < top < 300
    heading = tab.page.locator("[id='art_28@2023-03-15-draft'] h2")
    assert "第九条" in heading.inner_text()


def test_the_page_of_a_provision_leads_through_the_law_and_shows_each_change(
    site: Path, open_tab: Any
) -> None:
    tab = open_tab()
    tab.go(page_paths(site)["provisions"])
    section = tab.page.locator("[id='art_36@2023-03-15-draft']")
    section.locator(".tracker-own").click()
    assert tab.page.url.endswith("/provisions/art_36@2023-03-15-draft/")
    assert tab.page.locator("h1").inner_text().startswith("第三十八条")
    shown = tab.page.locator(".tracker-redline del")
    assert "第九条第二款" in shown.first.inner_text()
    assert shown.first.is_visible()
    tab.shot("provision")
    tab.page.locator(".tracker-siblings a[rel=next]").click()
    assert tab.page.locator("h1").inner_text().startswith("第三十九条")
    tab.page.locator(".tracker-siblings a", has_text="全部条文").click()
    assert tab.page.url.endswith("/provisions/")


def test_the_line_of_stages_shows_how_much_each_changed(site: Path, open_tab: Any) -> None:
    tab = open_tab()
    tab.go(page_paths(site)["law"])
    bars = tab.page.locator("svg.tracker-bar")
    assert bars.count() == 3
    for bar in bars.all():
        box = bar.bounding_box()
        assert box["height"] >= 6
        assert box["width"] > 300


@pytest.mark.parametrize("width", [1280, 360])
def test_the_header_search_finds_chinese_words_of_laws(open_tab: Any, width: int) -> None:
    tab = open_tab(width)
    tab.go("?q=数据")
    result = tab.page.locator(".md-search-result__item").first
    result.wait_for(state="attached", timeout=15_000)
    tab.shot(f"search-{width}")
    words = tab.page.locator(".md-search-result__list").inner_text().replace("\u200b", "")
    assert "示例市公共数据条例（虚构）" in words
    assert "条" in words
    links = tab.page.evaluate(
        "[...document.querySelectorAll('.md-search-result__link')].map(a => a.href)"
    )
    assert not any("/compare/" in link or "draft/" in link.split("#")[0] for link in links)
    assert tab.said == []


def test_the_search_finds_a_law_by_its_id(open_tab: Any) -> None:
    tab = open_tab()
    tab.go(f"?q={LAW}")
    tab.page.locator(".md-search-result__item").first.wait_for(state="attached", timeout=15_000)
    tab.shot("search-id")
    words = tab.page.locator(".md-search-result__list").inner_text().replace("\u200b", "")
    assert "示例市公共数据条例（虚构）" in words


def test_the_header_search_finds_a_caption_and_names_its_law(open_tab: Any) -> None:
    tab = open_tab()
    tab.go("?q=巡查维护")
    found = tab.page.locator(".md-search-result__item").first
    found.wait_for(state="attached", timeout=15_000)
    words = found.inner_text().replace("\u200b", "")
    assert "某市路灯条例" in words
    assert "巡查维护" in words


@pytest.mark.parametrize("width", [1280, 360])
def test_what_the_check_finds_unfolds_and_fits(site: Path, open_tab: Any, width: int) -> None:
    tab = open_tab(width)
    (reading,) = (p.name for p in (site / "laws" / LAW).glob("*-second_reading"))
    tab.go(f"laws/{LAW}/{reading}/")
    fold = tab.page.locator("#findings")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    assert fold.locator("li").first.is_visible()
    assert "引用" in fold.inner_text()
    tab.shot(f"findings-{width}", "#problems")
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width


def test_words_that_come_without_a_key_are_searched_too(open_tab: Any) -> None:
    # An input method whose candidates are clicked, a paste, speech.
    tab = open_tab()
    tab.go("")
    tab.page.locator(".md-search__input").click()
    tab.page.keyboard.insert_text("数据")
    found = tab.page.locator(".md-search-result__item").first
    found.wait_for(state="attached", timeout=15_000)
    assert tab.said == []


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("kind", ["version", "comparison"])
def test_the_way_back_to_the_top_covers_nothing(
    site: Path, open_tab: Any, kind: str, width: int
) -> None:
    tab = open_tab(width)
    tab.go(page_paths(site)[kind])
    tab.page.mouse.move(width / 2, 400)
    tab.page.mouse.wheel(0, 1500)
    tab.wait_until("scrollY > 1000")
    tab.page.mouse.wheel(0, -300)
    button = tab.page.locator(".md-top")
    if kind == "comparison" or width == 360:
        assert not button.is_visible()
        return
    tab.page.locator(".md-top:not([hidden])").wait_for()
    right = tab.page.evaluate(
        "Math.max(...[...document.querySelectorAll('.tracker-clause, .tracker-article a')]"
        ".map(e => e.getBoundingClientRect().right))"
    )
    assert button.bounding_box()["x"] >= right
