"""The page of all provisions of a law: each through all its stages, under links that last.

Floor 4. A section a line of descent. Its anchors are the names that each of its articles has in
each version (``#art_12@2021-08-29-draft``), so a link made today stays good whatever stage is
added: the name goes with the line.
"""

from __future__ import annotations

from typing import Final

from tracker.diff.model import Change
from tracker.render.pages.changed import changed_names, lost_articles
from tracker.render.pages.frame import cited, folded, frame, head
from tracker.render.pages.html import EMPTY, VARIES, Html, Page, element, escape, join, tag, varying
from tracker.render.pages.past import (
    BELOW,
    GONE,
    Past,
    called,
    caption_of,
    lost,
    name_of,
    subscribe,
)
from tracker.render.pages.story import Story
from tracker.render.pages.words import spoken
from tracker.store.history import Lineage

__all__ = ["provisions_page"]

_LEAD = (
    "每一条从第一次出现到最近一稿的历程：各稿中的条号、每次改动、每一款最后改动于哪一稿。"
    "改动过的条文另有一页，列出每次改动的文字。条号可以变，这里的链接不变。"
)


def provisions_page(story: Story) -> Page:
    """The page of one law with a section for each line of descent, in the order of the law."""
    path = story.provisions
    past = Past.on(story, path)
    lead = tag("p", escape(spoken(_LEAD, past.outline)), class_="tracker-lead")
    content = [
        head(story.title, escape(spoken("逐条历程", past.outline)), lead),
        _jumps(story, past),
    ]
    content += [_section(past, row) for row in story.rows]
    for name, (version, place) in lost_articles(story).items():
        title = _TITLE(escape(f"原{place.address.citation}"))
        content.append(GONE(name, title, lost(story, path, version, place)))
    if not story.rows:
        content.append(tag("p", escape(spoken("没有条文。", past.outline)), class_="tracker-lead"))
    body = frame(story, path, "provisions", *content, cited=cited(story.latest))
    day = story.last_day.isoformat() if story.last_day else None
    return Page(
        path,
        f"{story.title} {spoken('逐条历程', past.outline)}",
        body,
        updated=day,
        feed=story.feed,
    )


def _jumps(story: Story, past: Past) -> Html:
    """A short way to each section; those that the latest version has no more come apart."""
    parts = []
    for words, gone in (("", False), ("已经没有的：", True)):
        rows = [row for row in story.rows if past.is_gone(row) is gone]
        links = [_LINK(f"#{row.id}", escape(name_of(row))) for row in rows]
        lead = tag("span", escape(words)) if words else EMPTY
        if links:
            parts.append(tag("p", lead, join(links, escape(" ")), class_="tracker-jumps"))
    if not parts:
        return EMPTY
    words = spoken("条文一览", past.outline)
    summary = escape(f"{words}（{len(story.rows)} 项）")
    return tag("nav", folded(summary, *parts, name=_JUMPS), class_="tracker-jump", aria_label=words)


def _section(past: Past, row: Lineage) -> Html:
    permalink = tag(
        "a", escape("¶"), href=f"#{row.id}", class_="tracker-permalink",
        aria_label=f"{called(row)}的链接",
    )  # fmt: skip
    title = _TITLE(escape(called(row)), caption_of(row), permalink)
    parts = [*past.anchors(row), title, past.words(row), past.steps(row, _no_words)]
    back = _BACK(escape(spoken("↑ 条文一览", past.outline)))
    ways = [back]
    if row.id in changed_names(past.story):
        own = _OWN(f"{row.id}/", escape(f"{called(row)}每次改动的文字"))
        ways = [own, subscribe(f"{row.id}.xml", past.outline), back]
    return past.section(row, *parts, BELOW(*ways))


def _no_words(_: Change) -> Html:
    return EMPTY


_JUMPS: Final = "articles"  # the list of all sections at the top of the page
_BACK: Final = element("a", href=f"#{_JUMPS}", class_="tracker-back")
_TITLE: Final = element("h2")
_LINK: Final = varying("a", href=VARIES)
_OWN: Final = varying("a", href=VARIES, class_="tracker-own")
