"""What a button or a selection copies: the words, where they stand, and nothing for other ears."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.browser.conftest import page_paths


def _wait_until_copied(tab: Any, place: str) -> None:
    tab.wait_until(f"document.querySelector('{place} .tracker-quote').textContent === '已复制'")


def _copied(tab: Any) -> str:
    return str(tab.page.evaluate("navigator.clipboard.readText()"))


def test_a_copied_quotation_brings_citation_version_and_address(site: Path, open_tab: Any) -> None:
    tab = open_tab(permissions=["clipboard-read", "clipboard-write"])
    path = page_paths(site)["version"]
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
    tab.go(page_paths(site)["version"])
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
    path = page_paths(site)["comparison"]
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
    path = page_paths(site)["provisions"]
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


def test_a_quotation_from_the_page_of_a_provision_leads_to_that_page(
    site: Path, open_tab: Any
) -> None:
    tab = open_tab(permissions=["clipboard-read", "clipboard-write"])
    path = page_paths(site)["provision"]
    tab.go(path)
    tab.page.locator(".tracker-quote").click()
    _wait_until_copied(tab, ".tracker-provision")
    words, source, address, end = _copied(tab).split("\n")
    assert words.startswith("“公共管理和服务机构违反本条例第十二条第二款")
    assert source == "——《示例市公共数据条例（虚构）》（公布，2024-01-25）第三十八条"
    assert address == f"{tab.address}{path}#art_36@2023-03-15-draft"
    assert end == ""


def test_copied_text_holds_no_words_for_screen_readers(comparison: Any) -> None:
    text = comparison.page.evaluate(
        """(() => { const r = document.createRange();
             r.selectNodeContents(document.querySelector('.tracker-inline:has(ins)'));
             getSelection().removeAllRanges(); getSelection().addRange(r);
             return getSelection().toString() })()"""
    )
    assert text.strip()
    assert "〔" not in text
