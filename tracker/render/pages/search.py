"""The page of the full-text search, and the captions by which the header search finds a law.

Floor 4. The page itself holds no text of laws: `search.js` fetches the small files of the index
and shows what it finds. Without a script the page says so and leads to the list of laws.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from tracker.law.address import located_in
from tracker.law.model import Unit
from tracker.render.pages.frame import folded, to
from tracker.render.pages.html import EMPTY, Html, Page, escape, join, tag, void
from tracker.render.pages.story import Story
from tracker.render.pages.words import anchor, mark, spoken

__all__ = ["SEARCH", "outline", "search_link", "search_page"]

SEARCH = "search"
"""The folder of the search under ``laws/``; no law has this id."""

_COUNTED: Final = {Unit.OUTLINE_1: "部分", Unit.OUTLINE_2: "项"}

_HINT = (
    "在各部法规的最近版本（可能是草案）中查找，条旨也在内。几个词用空格隔开，须同时出现；加引号则整句查找，"
    "标点也须相同。可以写“法规名称 第十二条”；条号、金额、期限写数字或者汉字都能找到。"
)


def search_page() -> Page:
    """The page of the search; its results are filled in by a script."""
    words = void(
        "input", type="search", id="tracker-words", autocomplete="off", spellcheck="false",
        aria_describedby="tracker-hint",
    )  # fmt: skip
    law = void(
        "input", type="search", id="tracker-only", autocomplete="off", list="tracker-titles",
        placeholder="全部法规",
    )  # fmt: skip
    fields = tag(
        "div",
        tag("label", escape("词语"), words, class_="tracker-words"),
        tag("label", escape("限定法规"), law),
        tag("datalist", id="tracker-titles"),
        class_="tracker-tools tracker-filter",
        role="search",
        aria_label="全文检索",
        hidden=True,
    )
    without = tag(
        "p",
        escape("全文检索需要浏览器运行脚本。不用脚本，可以从"),
        tag("a", escape("法规列表"), href=to(SEARCH, "")),
        escape("打开各部法规，再用浏览器在页内查找。"),
        class_="tracker-without",
    )
    way = tag("ol", tag("li", tag("a", escape("法规"), href=to(SEARCH, ""))))
    more = tag("button", escape("继续查找"), type="button", class_="tracker-button", hidden=True)
    body = tag(
        "div",
        tag("nav", way, class_="tracker-way", aria_label="位置"),
        tag("h1", escape("全文检索")),
        tag("p", escape(_HINT), class_="tracker-lead", id="tracker-hint"),
        without,
        fields,
        tag("p", class_="tracker-told-found", role="status", aria_live="polite"),
        tag("ol", class_="tracker-found", aria_label="检索结果"),
        tag("p", more),
        tag("script", src=f"{to(SEARCH, 'assets')}search.js", defer=True),
        class_="tracker tracker-search",
        lang="zh-CN",
    )
    return Page(SEARCH, "全文检索", body)


def search_link(origin: str, law_id: str | None = None) -> Html:
    """The way to the search from a page under ``laws/``; within one law where its id is given."""
    fragment = f"law={law_id}" if law_id else ""
    words = "在本法规中检索" if law_id else "全文检索"
    return tag("a", escape(words), href=to(origin, SEARCH, fragment), class_="tracker-button")


def outline(story: Story, path: str) -> Html:
    """The headings and captions of the current text, each leading to its place; empty without any.

    This is what the search in the header of the site knows of a text. It does not know the numbers,
    which every law has.
    """
    page = to(path, story.path(story.latest))
    seen: set[str] = set()
    items, units = [], []
    for place in located_in(story.latest.law):
        provision, name = place.provision, anchor(place.address)
        known = provision.unit.is_heading or provision.unit in (
            Unit.ARTICLE, Unit.OUTLINE_1, Unit.OUTLINE_2, Unit.ANNEX,
        )  # fmt: skip
        if not (known and provision.caption) or name in seen:
            continue
        seen.add(name)
        units.append(provision.unit)
        number = tag("span", escape(mark(provision)), data_search_exclude="1")
        words = join([number, escape(f"　{provision.caption}")])
        depth = min(len([p for p in place.parents if p.unit.is_heading]), 3)
        link = tag("a", words, href=f"{page}#{name}")
        items.append(tag("li", link, class_=f"tracker-depth-{depth}"))
    if not items:
        return EMPTY
    title = tag("h2", escape(spoken("条文目录", story.outline)), id="contents")
    listing = tag("ol", *items, class_="tracker-outline")
    counted = Counter(units)
    said = "，".join(
        f"{counted[unit]} {_COUNTED.get(unit, unit.label)}" for unit in Unit if counted[unit]
    )
    count = tag("span", escape(f"最近版本：{said}"), data_search_exclude="1")
    return tag("section", title, folded(count, listing))
