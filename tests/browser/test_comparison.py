"""A comparison in use: filters, layouts, keys, print, and all of it without a script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.browser.conftest import SCREENSHOTS, page_paths


def test_changes_are_filtered_by_what_they_do(site: Path, open_tab: Any) -> None:
    tab = open_tab()
    tab.go(page_paths(site)["comparison-first-last"])
    page = tab.page
    changes = page.locator(".tracker-change:visible")
    every = changes.count()
    page.locator("[data-tracker-effect]").select_option("fine")
    assert 0 < changes.count() < every
    assert "罚款" in changes.first.text_content()
    tab.shot("comparison-filtered-by-effect")
    page.locator("[data-tracker-effect]").select_option("")
    assert changes.count() == every


def test_a_link_leads_to_its_entry_though_those_before_it_are_not_laid_out(comparison: Any) -> None:
    page = comparison.page
    shown = "getComputedStyle(document.querySelector('.tracker-change')).contentVisibility"
    assert page.evaluate(shown) == "auto"
    name = page.locator(".tracker-change").last.get_attribute("id")
    page.evaluate("name => { location.hash = name }", name)
    page.wait_for_function(
        """name => {
             const at = document.getElementById(name).getBoundingClientRect();
             return at.top >= 0 && at.top < innerHeight;
           }""",
        arg=name,
    )
    page.emulate_media(media="print")
    assert page.evaluate(shown) == "visible"


def test_marks_are_announced_to_a_screen_reader(comparison: Any) -> None:
    tree = comparison.page.locator("#new-art-15 .tracker-inline").aria_snapshot()
    assert "insertion: 〔新增〕" in tree
    assert "deletion: 〔删除〕" in tree


def test_what_can_be_used_shows_where_the_focus_is(comparison: Any) -> None:
    page = comparison.page
    page.locator("[data-tracker-view]").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        inside = page.evaluate("!!document.activeElement.closest('.tracker')")
        assert not inside or outline == "solid"


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
    tab.go(page_paths(site)["comparison"])
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
    tab.go(page_paths(site)["comparison"])
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


def test_the_keys_are_named_and_v_switches_the_layout(comparison: Any) -> None:
    page = comparison.page
    keys = page.locator(".tracker-keys").inner_text()
    assert page.locator(".tracker-keys").is_visible()
    assert [key for key in "njpkv" if key in keys] == list("njpkv")
    page.keyboard.press("v")
    assert page.locator(".tracker-columns").first.is_visible()


def test_keys_leave_the_search_box_alone(comparison: Any) -> None:
    page = comparison.page
    page.locator("input[name=query]").focus()
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.className").startswith("md-search")


def test_the_permalink_of_a_folded_article_opens_it(site: Path, open_tab: Any) -> None:
    tab = open_tab()
    path = page_paths(site)["comparison"]
    tab.go(path)
    name = tab.page.evaluate("document.querySelector('.tracker-same').id")
    tab.go("laws/")
    tab.go(f"{path}#{name}")
    assert tab.page.locator(f"[id='{name}'] p").first.is_visible()


def test_without_a_script_everything_is_there_but_the_filters(site: Path, open_tab: Any) -> None:
    tab = open_tab(java_script_enabled=False)
    tab.go(page_paths(site)["comparison"])
    assert not tab.page.locator(".tracker-tools").is_visible()
    assert tab.page.locator(".tracker-inline").first.is_visible()
    tab.page.locator(".tracker-aside summary").first.click()
    assert tab.page.locator(".tracker-columns").first.is_visible()
    tab.shot("comparison-without-script", ".tracker-changes")


def test_a_comparison_prints_as_a_document(comparison: Any) -> None:
    page = comparison.page
    page.emulate_media(media="print")
    for hidden in (".md-header", ".md-footer", ".tracker-tools", ".tracker-way", ".tracker-map"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator(".tracker-inline").first.is_visible()
    assert page.locator(".tracker-banner").is_visible()
    comparison.shot("comparison-print")
    page.pdf(path=str(SCREENSHOTS / "comparison.pdf"), format="A4")


def test_print_is_black_on_white_whatever_the_screen_shows(site: Path, open_tab: Any) -> None:
    tab = open_tab(color_scheme="dark")
    tab.go(page_paths(site)["comparison"])
    tab.page.emulate_media(media="print", color_scheme="dark")
    for place in ("h1", ".tracker-inline p", ".tracker-inline ins", ".tracker-inline del"):
        colour = "getComputedStyle(document.querySelector(place)).color"
        assert tab.page.evaluate(f"place => {colour}", place) == "rgb(0, 0, 0)", place


def test_marks_are_outlined_where_colours_are_forced(site: Path, open_tab: Any) -> None:
    tab = open_tab(forced_colors="active")
    tab.go(page_paths(site)["comparison"])
    style = tab.page.evaluate(
        "getComputedStyle(document.querySelector('.tracker-inline ins')).outlineStyle"
    )
    assert style == "solid"


def test_on_a_narrow_window_the_buttons_stay_and_the_filters_come_out_when_asked_for(
    site: Any, open_tab: Any
) -> None:
    tab = open_tab(360)
    page = tab.page
    tab.go(page_paths(site)["comparison"])
    tools, box = page.locator(".tracker-tools"), page.locator("[data-tracker-kind=reworded]")
    forward, opener = tools.get_by_role("button", name="下一处"), page.locator(".tracker-opener")
    for _ in range(3):
        forward.click()
    entry = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert tools.bounding_box()["y"] >= 0
    assert entry >= tools.bounding_box()["y"] + tools.bounding_box()["height"]
    assert not box.is_visible()
    assert not page.locator(".tracker-keys").is_visible()
    opener.click()
    assert opener.get_attribute("aria-expanded") == "true"
    box.uncheck()
    forward.click()
    assert not box.is_visible()
    assert page.locator("[data-tracker-shown]").inner_text().startswith("显示 ")
    assert tab.said == []


def test_a_mark_that_ends_with_its_line_opens_no_empty_one(comparison: Any) -> None:
    empty = comparison.page.evaluate("""() => {
      const found = new Set(), page = document.querySelector('.tracker-changes')
      for (let width = 260; width < 460; width++) {
        page.style.width = `${width}px`
        for (const mark of page.querySelectorAll('ins, del')) {
          const lines = [...mark.getClientRects()]
          if (lines.length > 1 && lines.at(-1).width < 4) found.add(mark.textContent)
        }
      }
      page.style.width = ''
      return [...found]
    }""")
    assert empty == []
