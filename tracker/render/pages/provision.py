"""The page of one provision that changed: its words today and those of each change before.

Floor 4. Small enough to be sent to somebody: the page of all provisions of a long law is not. Its
address is the name of its line of descent, so it stays good through renumbering; its feed lies
beside it under the same name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tracker.diff.model import Change
from tracker.render.pages.change import changed_words
from tracker.render.pages.changed import changed_names, lost_articles, past_from
from tracker.render.pages.frame import cited, frame, head, to
from tracker.render.pages.html import EMPTY, Html, Page, element, escape, tag
from tracker.render.pages.past import BELOW, GONE, Past, called, caption_of, lost, subscribe
from tracker.render.pages.story import Story
from tracker.render.pages.words import spoken
from tracker.store.history import Lineage

__all__ = ["provision_pages"]


def provision_pages(story: Story) -> Iterator[Page]:
    """A page for each provision that changed, under each name that its line of descent ever had."""
    names = changed_names(story)
    past = Past.on(story, f"{story.provisions}/any")
    rows = [None, *story.rows, None]
    at = {row.id: index for index, row in enumerate(rows) if row}
    day = story.last_day.isoformat() if story.last_day else None
    of_latest = cited(story.latest)
    for name, row in names.items():
        path = f"{story.provisions}/{name}"
        before, _, after = rows[at[row.id] - 1 : at[row.id] + 2]
        content = [_section(past, row, name), _ways(past, before, after)]
        body = frame(story, path, "lineage", *content, cited=of_latest)
        title = f"{story.title} {called(row)} 历程"
        # Under an id that it had once the page is the same: one of them is enough for a search.
        robots = None if name == row.id else "noindex"
        yield Page(path, title, body, updated=day, atom=f"{name}.xml", robots=robots)
    for name, (version, place) in lost_articles(story).items():
        path = f"{story.provisions}/{name}"
        said = lost(story, path, version, place)
        top = head(f"原{place.address.citation}", escape(story.title), said)
        body = frame(story, path, "lineage", GONE(name, top), cited=of_latest)
        title = f"{story.title} 原{place.address.citation} 历程"
        yield Page(path, title, body, atom=f"{name}.xml", robots="noindex")


def _section(past: Past, row: Lineage, name: str) -> Html:
    feed = BELOW(subscribe(f"../{name}.xml", past.outline))
    lead = tag("p", escape(spoken(_LEAD, past.outline)), class_="tracker-lead")
    title = head(called(row), escape(past.story.title), lead, feed, beside=caption_of(row))
    words = [past.words(row)]
    if not past.is_gone(row):
        words.insert(0, _NOW)
    steps = past.steps(row, _words)
    return past.section(row, *past.anchors(row), title, *words, _PAST, steps)


def _words(change: Change) -> Html:
    """The words of a change; an article that only moved has those that stand above already."""
    moved = change.old and change.new and not change.is_reworded
    return EMPTY if moved else _REDLINE(changed_words(change))


def _ways(past: Past, before: Lineage | None, after: Lineage | None) -> Html:
    """To the provisions before and behind it in the law, and to all of them."""
    page, link = to(past.path, past.story.provisions), past_from(past.story, past.path)
    links = []
    for row, rel, sign in ((before, "prev", "← {}"), (after, "next", "{} →")):
        if row is not None:
            words = escape(sign.format(called(row)))
            links.append(tag("a", words, href=link(row), rel=rel))
    links.insert(1 if before else 0, tag("a", escape(spoken("全部条文", past.outline)), href=page))
    return tag(
        "nav", *links, class_="tracker-siblings", aria_label=spoken("前后条文", past.outline)
    )


_LEAD: Final = "条号可以变，本页的网址不变。"
_NOW: Final = tag("h2", escape("最新文字"))
_PAST: Final = tag("h2", escape("历次改动"))
_REDLINE: Final = element("div", class_="tracker-redline")
