"""The site in a real browser: readable at every width, usable by keys, quiet, and its own host."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.site.conftest import LAW


def _pages(site: Path) -> dict[str, str]:
    """One page of each kind: its name and its path."""
    versions = sorted(p.name for p in (site / "laws" / LAW).iterdir() if p.name[:2] == "20")
    compared = sorted(p.name for p in (site / "laws" / LAW / "compare").iterdir())
    neighbours = f"{versions[1]}--{versions[2]}"
    assert neighbours in compared
    return {
        "home": "",
        "laws": "laws/",
        "law": f"laws/{LAW}/",
        "version": f"laws/{LAW}/{versions[1]}/",
        "comparison": f"laws/{LAW}/compare/{neighbours}/",
        "provisions": f"laws/{LAW}/provisions/",
        "hostile-law": "laws/hostile/",
        "hostile-version": "laws/hostile/2021-01-01-draft/",
        "hostile-comparison": "laws/hostile/compare/2021-01-01-draft--2021-02-01-second_reading/",
    }


KINDS = (
    "home", "laws", "law", "version", "comparison", "provisions", "hostile-law",
    "hostile-version", "hostile-comparison",
)  # fmt: skip


@pytest.fixture
def comparison(site: Path, open_tab: Any) -> Any:
    """A comparison, open at full width."""
    tab = open_tab()
    tab.go(_pages(site)["comparison"])
    return tab


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_page_is_quiet_and_fits_the_window(
    site: Path, open_tab: Any, kind: str, width: int, scheme: str
) -> None:
    tab = open_tab(width, color_scheme=scheme)
    tab.go(_pages(site)[kind])
    tab.page.wait_for_load_state("networkidle")
    tab.shot(f"{kind}-{width}-{scheme}")
    assert tab.said == []
    assert tab.foreign == []
    wide = tab.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide == 0
    cut = tab.page.evaluate(
        """[...document.querySelectorAll('.tracker *')].filter(e =>
             e.getBoundingClientRect().right > innerWidth + 1 &&
             e.getClientRects().length && !e.closest('.tracker-scroll, .tracker-spoken'))
           .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert cut == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_in_our_markup(site: Path, open_tab: Any, kind: str, scheme: str) -> None:
    axe_module = pytest.importorskip("axe_playwright_python.sync_playwright")
    tab = open_tab(color_scheme=scheme)
    tab.go(_pages(site)[kind])
    tab.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = axe_module.Axe().run(tab.page, context=".tracker")
    assert [
        (violation["id"], [node["html"][:160] for node in violation["nodes"]][:3])
        for violation in found.response["violations"]
    ] == []


def test_the_button_switches_to_side_by_side_and_is_remembered(comparison: Any) -> None:
    page = comparison.page
    button = page.locator("[data-tracker-view]")
    assert button.get_attribute("aria-pressed") == "false"
    assert page.locator(".tracker-inline").first.is_visible()
    assert not page.locator(".tracker-columns").first.is_visible()
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert not page.locator(".tracker-inline").first.is_visible()
    assert page.locator(".tracker-columns").first.is_visible()
    comparison.shot("comparison-side-by-side-1280", ".tracker-changes")
    page.reload()
    assert button.get_attribute("aria-pressed") == "true"


def test_side_by_side_is_one_column_on_a_phone(site: Path, open_tab: Any) -> None:
    tab = open_tab(360)
    tab.go(_pages(site)["comparison"])
    tab.page.locator("[data-tracker-view]").click()
    tab.shot("comparison-side-by-side-360", ".tracker-changes")
    wide = tab.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360
    lefts = tab.page.evaluate(
        """new Set([...document.querySelector('.tracker-columns').children]
             .filter(e => e.getClientRects().length)
             .map(e => Math.round(e.getBoundingClientRect().left))).size"""
    )
    assert lefts <= 2


def test_a_page_works_where_storage_is_forbidden(site: Path, open_tab: Any) -> None:
    tab = open_tab()
    tab.page.add_init_script(
        "Storage.prototype.setItem = Storage.prototype.getItem = (k) => {"
        " if (String(k).startsWith('tracker')) throw new Error('forbidden'); return null }"
    )
    tab.go(_pages(site)["comparison"])
    tab.page.locator("[data-tracker-view]").click()
    assert tab.page.locator(".tracker-columns").first.is_visible()
    assert tab.said == []


def test_a_filter_hides_the_changes_of_its_kind_in_text_and_table(comparison: Any) -> None:
    page = comparison.page
    gone = page.locator(".tracker-change[data-kinds~=deleted]")
    rows = page.locator("tr[data-kinds~=deleted]")
    assert gone.first.is_visible()
    assert rows.first.is_visible()
    page.locator("[data-tracker-kind=deleted]").uncheck()
    assert not gone.first.is_visible()
    assert not rows.first.is_visible()
    assert "/" in page.locator("[data-tracker-shown]").inner_text()
    page.locator("[data-tracker-kind=deleted]").check()
    assert gone.first.is_visible()


def test_consequential_changes_can_be_hidden(comparison: Any) -> None:
    page = comparison.page
    flagged = page.locator(".tracker-change[data-kinds~=consequential]")
    assert flagged.count() > 0
    assert flagged.first.is_visible()
    page.locator("[data-tracker-hide=consequential]").check()
    assert not any(flagged.nth(i).is_visible() for i in range(flagged.count()))


def test_keys_step_from_change_to_change(comparison: Any) -> None:
    page = comparison.page
    ids = page.evaluate("[...document.querySelectorAll('.tracker-change')].map(e => e.id)")
    seen = []
    for key in ("n", "j", "n", "p", "k"):
        page.keyboard.press(key)
        seen.append(page.evaluate("document.activeElement.id"))
    assert seen == [ids[0], ids[1], ids[2], ids[1], ids[0]]
    hidden = page.evaluate(
        """(() => { const title = document.activeElement.querySelector('h2, h3, h4');
             const e = title.getBoundingClientRect();
             const t = document.querySelector('.tracker-tools').getBoundingClientRect();
             return e.top < t.bottom })()"""
    )
    assert hidden is False


def test_keys_leave_the_search_box_alone(comparison: Any) -> None:
    page = comparison.page
    page.locator("input[name=query]").focus()
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.className").startswith("md-search")


def test_the_permalink_of_a_folded_article_opens_it(site: Path, open_tab: Any) -> None:
    tab = open_tab()
    path = _pages(site)["comparison"]
    tab.go(path)
    name = tab.page.evaluate("document.querySelector('.tracker-same').id")
    tab.go("laws/")
    tab.go(f"{path}#{name}")
    assert tab.page.locator(f"[id='{name}'] p").first.is_visible()


def test_without_a_script_everything_is_there_but_the_filters(site: Path, open_tab: Any) -> None:
    tab = open_tab(java_script_enabled=False)
    tab.go(_pages(site)["comparison"])
    assert not tab.page.locator(".tracker-tools").is_visible()
    assert tab.page.locator(".tracker-inline").first.is_visible()
    tab.page.locator(".tracker-aside summary").first.click()
    assert tab.page.locator(".tracker-columns").first.is_visible()
    tab.shot("comparison-without-script", ".tracker-changes")


def test_copied_text_holds_no_words_for_screen_readers(comparison: Any) -> None:
    text = comparison.page.evaluate(
        """(() => { const r = document.createRange();
             r.selectNodeContents(document.querySelector('.tracker-inline:has(ins)'));
             getSelection().removeAllRanges(); getSelection().addRange(r);
             return getSelection().toString() })()"""
    )
    assert text.strip()
    assert "〔" not in text


@pytest.mark.parametrize("width", [1280, 360])
def test_the_search_finds_chinese_words_in_the_latest_text(open_tab: Any, width: int) -> None:
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
    assert any("#art-" in link for link in links)
    assert not any("/compare/" in link or "draft/" in link.split("#")[0] for link in links)
    assert tab.said == []


def test_the_search_finds_a_law_by_its_id(open_tab: Any) -> None:
    tab = open_tab()
    tab.go(f"?q={LAW}")
    tab.page.locator(".md-search-result__item").first.wait_for(state="attached", timeout=15_000)
    tab.shot("search-id")
    words = tab.page.locator(".md-search-result__list").inner_text().replace("\u200b", "")
    assert "示例市公共数据条例（虚构）" in words


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


def test_a_comparison_prints_as_a_document(comparison: Any) -> None:
    page = comparison.page
    page.emulate_media(media="print")
    for hidden in (".md-header", ".md-footer", ".tracker-tools", ".tracker-way", ".tracker-map"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator(".tracker-inline").first.is_visible()
    assert page.locator(".tracker-banner").is_visible()
    comparison.shot("comparison-print")


def test_marks_are_outlined_where_colours_are_forced(site: Path, open_tab: Any) -> None:
    tab = open_tab(forced_colors="active")
    tab.go(_pages(site)["comparison"])
    style = tab.page.evaluate(
        "getComputedStyle(document.querySelector('.tracker-inline ins')).outlineStyle"
    )
    assert style == "solid"
