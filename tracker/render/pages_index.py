"""The page that lists all laws: what each is, how many stages it has, what changed last.

Floor 4.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.render.pages_frame import to
from tracker.render.pages_html import EMPTY, Html, Page, escape, join, tag
from tracker.render.pages_recent import Recent, excerpt
from tracker.render.pages_story import Story
from tracker.render.pages_words import on, on_version, shape

__all__ = ["index_page"]


def index_page(stories: Sequence[Story], recent: Sequence[Recent] = ()) -> Page:
    """All laws, the one that changed last first; undated ones at the end, then by id.

    `recent` is what the home page of the site shows of them.
    """
    ordered = sorted(stories, key=lambda s: s.record.law_id)
    ordered.sort(key=lambda s: s.last_day.isoformat() if s.last_day else "", reverse=True)
    total = sum(len(s.versions) for s in ordered)
    lead = tag("p", escape(f"共 {len(ordered)} 部法规，{total} 个版本。"), class_="tracker-lead")
    title = tag("h1", escape("法规"))
    items = [_entry(story) for story in ordered]
    listing = tag("ul", *items, class_="tracker-laws") if items else tag(
        "p", escape("还没有收录法规。"), class_="tracker-lead"
    )  # fmt: skip
    body = tag("div", title, lead, listing, class_="tracker tracker-index", lang="zh-CN")
    return Page("", "法规", body, indexed=True, excerpt=excerpt(recent))


def _entry(story: Story) -> Html:
    record, latest = story.record, story.latest
    stamp = tag("strong", escape("虚构"), class_="tracker-stamp") if record.fictional else EMPTY
    link = tag("a", escape(story.title), href=to("", story.path()))
    place = [word for word in (record.jurisdiction, record.kind) if word]
    meta = [tag("span", escape(word)) for word in place]
    meta.append(tag("span", escape(f"{len(story.versions)} 个版本")))
    meta.append(tag("span", escape(shape(latest.law))))
    day = on_version(latest) if latest.day == story.last_day else on(story.last_day)
    last = tag(
        "p", tag("span", escape(latest.stage.label), class_="tracker-stage"), day,
        class_="tracker-last",
    )  # fmt: skip
    stages = join((tag("span", escape(v.stage.label)) for v in story.versions), escape(" → "))
    return tag(
        "li",
        tag("h2", link, stamp),
        tag("p", *meta, class_="tracker-meta"),
        tag("p", stages, class_="tracker-stages") if len(story.versions) > 1 else EMPTY,
        last,
    )
