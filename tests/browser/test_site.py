"""The site in a real browser: readable at every width, usable by keys, quiet, and its own host."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import SCREENSHOTS
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
        "comparison-first-last": f"laws/{LAW}/compare/{versions[0]}--{versions[-1]}/",
        "provisions": f"laws/{LAW}/provisions/",
        "hostile-law": "laws/hostile/",
        "hostile-version": "laws/hostile/2021-01-01-draft/",
        "hostile-comparison": "laws/hostile/compare/2021-01-01-draft--2021-02-01-second_reading/",
        "hostile-provisions": "laws/hostile/provisions/",
    }


OURS = ("home", "laws", "law", "version", "comparison", "provisions")
HOSTILE = ("hostile-law", "hostile-version", "hostile-comparison", "hostile-provisions")

_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_CUT = """[...document.querySelectorAll('.tracker *')].filter(e =>
     e.getBoundingClientRect().right > innerWidth + 1 &&
     e.getClientRects().length && !e.closest('.tracker-scroll, .tracker-spoken'))
   .map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture
def comparison(site: Path, open_tab: Any) -> Any:
    """A comparison, open at full width."""
    tab = open_tab()
    tab.go(_pages(site)["comparison"])
    return tab


def _fits(tab: Any, name: str, *widths: int) -> None:
    for width in widths:
        tab.page.set_viewport_size({"width": width, "height": 900})
        tab.shot(f"{name.format(width)}")
        assert tab.page.evaluate(_WIDE) == 0, width
        assert tab.page.evaluate(_CUT) == [], width


def _violations(tab: Any, *rules: str) -> list[Any]:
    """What axe finds in our markup; all its rules where none is named."""
    axe_module = pytest.importorskip("axe_playwright_python.sync_playwright")
    # Of a page of forty alike sections ten are enough.
    tab.page.evaluate("document.querySelectorAll('.tracker-provision:nth-of-type(n + 11)')"
                      ".forEach(e => e.remove())")  # fmt: skip
    tab.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    found = axe_module.Axe().run(tab.page, context=".tracker", options=options)
    return [
        (violation["id"], [node["html"][:160] for node in violation["nodes"]][:3])
        for violation in found.response["violations"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", OURS)
def test_each_kind_of_page_is_quiet_fits_the_window_and_can_be_read_by_all(
    site: Path, open_tab: Any, kind: str, scheme: str
) -> None:
    tab = open_tab(color_scheme=scheme)
    tab.go(_pages(site)[kind])
    tab.page.wait_for_load_state("networkidle")
    _fits(tab, f"{kind}-{{}}-{scheme}", 1280, 360)
    assert tab.said == []
    assert tab.foreign == []
    # Colours are all that differ in the dark.
    assert _violations(tab, *(["color-contrast"] if scheme == "dark" else [])) == []


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_page_is_as_quiet_as_any_other(site: Path, open_tab: Any, kind: str) -> None:
    tab = open_tab(360)
    tab.go(_pages(site)[kind])
    tab.page.wait_for_load_state("networkidle")
    _fits(tab, f"{kind}-{{}}", 360)
    assert tab.said == []
    assert tab.foreign == []
    if kind == "hostile-version":
        assert _violations(tab) == []


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


def test_changes_are_filtered_by_what_they_do(site: Path, open_tab: Any) -> None:
    tab = open_tab()
    tab.go(_pages(site)["comparison-first-last"])
    page = tab.page
    changes = page.locator(".tracker-change:visible")
    every = changes.count()
    page.locator("[data-tracker-effect]").select_option("fine")
    assert 0 < changes.count() < every
    assert "罚款" in changes.first.inner_text()
    tab.shot("comparison-filtered-by-effect")
    page.locator("[data-tracker-effect]").select_option("")
    assert changes.count() == every


def _wait_until_copied(tab: Any, place: str) -> None:
    tab.page.wait_for_function(
        f"document.querySelector('{place} .tracker-quote').textContent === '已复制'"
    )


def _copied(tab: Any) -> str:
    return str(tab.page.evaluate("navigator.clipboard.readText()"))


def test_a_copied_quotation_brings_citation_version_and_address(site: Path, open_tab: Any) -> None:
    tab = open_tab(permissions=["clipboard-read", "clipboard-write"])
    path = _pages(site)["version"]
    tab.go(path)
    article = tab.page.locator(".tracker-article", has=tab.page.locator("#art-4"))
    article.locator(".tracker-quote").click()
    _wait_until_copied(tab, "section:has(> div > #art-4)")
    words, source, address, end = _copied(tab).split("\n")
    assert words.startswith("“公共数据管理应当")
    assert words.endswith("依法有序、安全可控的原则。”")
    assert source == "——《示例市公共数据条例（虚构）》（征求意见稿，2023-06-05）第四条"
    assert address == f"{tab.address}{path}#art-4"
    assert end == ""


def test_of_an_article_only_the_selected_words_are_quoted(site: Path, open_tab: Any) -> None:
    tab = open_tab(permissions=["clipboard-read", "clipboard-write"])
    tab.go(_pages(site)["version"])
    tab.page.evaluate(
        """(() => { const words = document.querySelector('#art-4 + p').firstChild;
             const r = document.createRange(); r.setStart(words, 0); r.setEnd(words, 6);
             getSelection().removeAllRanges(); getSelection().addRange(r) })()"""
    )
    tab.page.locator("section:has(> div > #art-4) .tracker-quote").click()
    _wait_until_copied(tab, "section:has(> div > #art-4)")
    assert _copied(tab).startswith("“公共数据管理”\n——《")


def test_a_quotation_from_a_comparison_has_both_sides(site: Path, open_tab: Any) -> None:
    tab = open_tab(permissions=["clipboard-read", "clipboard-write"])
    path = _pages(site)["comparison"]
    tab.go(path)
    tab.page.locator("#new-art-15 .tracker-quote").click()
    _wait_until_copied(tab, "#new-art-15")
    said = _copied(tab)
    assert "十五日内核实处理" in said.split("新：")[0]
    assert "十个工作日内核实处理" in said.split("新：")[1]
    assert "（征求意见稿，2023-06-05）第十三条" in said
    assert "（二次审议稿，2023-09-28）第十五条" in said
    assert said.endswith(f"{path}#new-art-15\n")
    assert "〔" not in said


def test_a_quotation_from_the_history_of_a_provision_names_its_place_only(
    site: Path, open_tab: Any
) -> None:
    tab = open_tab(permissions=["clipboard-read", "clipboard-write"])
    path = _pages(site)["provisions"]
    tab.go(path)
    section = '[id="art_1@2023-03-15-draft"]'
    for _ in range(2):  # the second time the button says that it copied
        tab.page.locator(f"{section} .tracker-quote").click()
        _wait_until_copied(tab, section)
    words, source, address, end = _copied(tab).split("\n")
    assert words.startswith("“为了")
    assert source == "——《示例市公共数据条例（虚构）》（公布，2024-01-25）第一条"
    assert address == f"{tab.address}{path}#art_1@2023-03-15-draft"
    assert end == ""


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
        tab.go(_pages(site)["law"])
        assert tab.page.locator("#concordance ~ p .tracker-swipe").is_visible() is said
        tab.shot(f"concordance-{width}", "#concordance")


def test_the_list_of_articles_leads_to_a_section_and_back(site: Path, open_tab: Any) -> None:
    tab = open_tab()
    tab.go(_pages(site)["provisions"])
    tab.shot("provisions-top")
    tab.page.locator("#articles summary").click()
    tab.shot("provisions-list")
    tab.page.locator(".tracker-jumps a", has_text="第三十条").first.click()
    assert tab.page.evaluate("document.querySelector(':target').className").startswith(
        "tracker-provision"
    )
    tab.page.locator(":target .tracker-back").click()
    assert tab.page.locator("#articles").evaluate("e => e.getBoundingClientRect().top") < 300


@pytest.mark.parametrize("kind", ["laws", "law", "version", "comparison", "provisions", "search"])
def test_whatever_is_hidden_takes_no_room(site: Path, open_tab: Any, kind: str) -> None:
    tab = open_tab()
    tab.go({**_pages(site), "search": "laws/search/"}[kind])
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


def test_the_line_of_stages_shows_how_much_each_changed(site: Path, open_tab: Any) -> None:
    tab = open_tab()
    tab.go(_pages(site)["law"])
    bars = tab.page.locator("svg.tracker-bar")
    assert bars.count() == 3
    for bar in bars.all():
        box = bar.bounding_box()
        assert box["height"] >= 6
        assert box["width"] > 300


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
    tab.go(_pages(site)["comparison"])
    tab.page.emulate_media(media="print", color_scheme="dark")
    for place in ("h1", ".tracker-inline p", ".tracker-inline ins", ".tracker-inline del"):
        colour = "getComputedStyle(document.querySelector(place)).color"
        assert tab.page.evaluate(f"place => {colour}", place) == "rgb(0, 0, 0)", place


def test_marks_are_outlined_where_colours_are_forced(site: Path, open_tab: Any) -> None:
    tab = open_tab(forced_colors="active")
    tab.go(_pages(site)["comparison"])
    style = tab.page.evaluate(
        "getComputedStyle(document.querySelector('.tracker-inline ins')).outlineStyle"
    )
    assert style == "solid"


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
    tab.go(_pages(site)[kind])
    tab.page.mouse.move(width / 2, 400)
    tab.page.mouse.wheel(0, 1500)
    tab.page.wait_for_function("scrollY > 1000")
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
