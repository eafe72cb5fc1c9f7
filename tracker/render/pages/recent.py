"""What the home page of the site shows: the laws, and what the last stage of each changed.

Floor 4. The builder keeps one small `Recent` a law; the list of the latest ones travels as an
`excerpt` in the front matter of the index, from where the theme puts it on the home page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from tracker.render.pages.frame import to
from tracker.render.pages.html import EMPTY, Html, escape, tag
from tracker.render.pages.law import figures
from tracker.render.pages.story import Story
from tracker.render.pages.words import on, spoken

__all__ = ["Facet", "Recent", "excerpt", "recently"]

_SHOWN: Final = 12  # laws on the home page: two screens; the index has them all


_VALUES: Final = 16  # of a facet on the home page, the most frequent ones; the index has them all


@dataclass(frozen=True, slots=True)
class Facet:
    """What laws can be filtered by: its name in an address, its word, its values counted."""

    name: str
    words: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Recent:
    """The entry of one law and where it stands: by its last day (``""`` unknown), then by id."""

    day: str
    law_id: str
    entry: Html


def recently(story: Story) -> Recent:
    """The entry of a law: its title, its last stage, and what that changed."""
    latest = story.latest
    link = tag("a", escape(story.title), href=f"laws/{to('', story.path())}")
    stamp = (
        tag("strong", escape("虚构"), class_="tracker-stamp") if story.record.fictional else EMPTY
    )
    stage = tag("a", escape(latest.stage.label), href=f"laws/{to('', story.path(latest))}")
    last = tag(
        "p", tag("span", stage, class_="tracker-stage"), on(story.last_day), class_="tracker-last"
    )
    parts = [tag("h3", link, stamp), _changed(story), last]
    day = story.last_day.isoformat() if story.last_day else ""
    return Recent(day, story.record.law_id, tag("li", *parts))


def _changed(story: Story) -> Html:
    before = story.before(story.latest)
    comparison = story.comparison(before, story.latest) if before else None
    if comparison is None:
        return tag("p", escape("只有一个版本"), class_="tracker-meta")
    link = tag(
        "a", escape(story.compared_words(comparison)), href=f"laws/{to('', comparison.path)}"
    )
    shown = figures(comparison.changes) or [escape(spoken("条文没有变动", story.outline))]
    return tag("p", link, *shown, class_="tracker-figures")


def excerpt(recent: Sequence[Recent], facets: Sequence[Facet] = ()) -> Html:
    """What the home page shows: the laws with the latest stages, and the ways to all of them.

    A value of a facet leads to the list of all laws, filtered by it where there is a script.
    """
    ordered = sorted(recent, key=lambda r: r.law_id)
    ordered.sort(key=lambda r: r.day, reverse=True)
    title = tag("h2", escape("最近的变动"), id="recent-laws")
    if not ordered:
        body = tag("p", escape("还没有收录法规。"), class_="tracker-lead")
        return tag("div", tag("section", title, body), class_="tracker tracker-home", lang="zh-CN")
    listing = tag("ul", *(r.entry for r in ordered[:_SHOWN]), class_="tracker-laws")
    parts = [tag("section", title, listing), _ways(len(ordered), facets)]
    return tag("div", *parts, class_="tracker tracker-home", lang="zh-CN")


def _ways(count: int, facets: Sequence[Facet]) -> Html:
    every = tag("a", escape(f"全部 {count} 部法规"), href="laws/")
    search = tag("a", escape("全文检索"), href="laws/search/")
    feed = tag("a", escape("订阅变动（Atom）"), href="laws/feed.xml")
    rows = []
    for facet in facets:
        links = [
            tag("a", escape(value), tag("small", escape(str(number))),
                href=f"laws/#{facet.name}={quote(value)}")
            for value, number in facet.values[:_VALUES]
        ]  # fmt: skip
        if links:
            rows.append(tag("div", tag("dt", escape(facet.words)), tag("dd", *links)))
    title = tag("h2", escape("全部法规"), id="all-laws")
    ways = tag("p", every, search, feed, class_="tracker-more tracker-ways")
    return tag("section", title, tag("dl", *rows, class_="tracker-facets"), ways)
