"""The page of a law: its facts, the line of its stages, the article × stage table.

Floor 4. The line is an ordered list that the style sheet draws; stages that are known to have
happened but whose text is not held stand in it as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tracker.diff.model import Changes, Kind
from tracker.law.address import Located
from tracker.law.model import Event
from tracker.render.overview import citation
from tracker.render.pages.changed import past_from
from tracker.render.pages.frame import facts, folded, frame, head, to
from tracker.render.pages.html import (
    EMPTY,
    VARIES,
    Html,
    Page,
    element,
    escape,
    join,
    tag,
    varying,
)
from tracker.render.pages.search import outline, search_link
from tracker.render.pages.story import Comparison, Story
from tracker.render.pages.tools import FLAGS
from tracker.render.pages.words import (
    anchor,
    badge,
    named_dates,
    on,
    on_version,
    shape,
    spoken,
    stage_name,
    version_words,
)  # fmt: skip
from tracker.store.history import Lineage
from tracker.store.model import Version

__all__ = ["figures", "law_page"]

_COUNTED = (
    Kind.INSERTED, Kind.DELETED, Kind.REWORDED, Kind.MOVED, Kind.SPLIT, Kind.MERGED,
)  # fmt: skip


_BAR = 1000  # units of width of a bar
_LONG_TABLE = 120  # rows; a longer one would push everything else out of reach


def law_page(story: Story) -> Page:
    """The page of one law, with all its versions."""
    path = story.path()
    record = story.record
    entries = [
        ("地域", escape(record.jurisdiction)),
        ("制定机关", escape(record.issuing_body)),
        ("类别", escape(record.kind)),
        ("版本", escape(f"{len(story.versions)} 个")),
        ("最近版本", join([escape(f"{story.latest.stage.label} "), on_version(story.latest)])),
    ]
    content = [
        head(story.title, EMPTY, facts([e for e in entries if e[1]])),
        _names(story),
        _timeline(story, path),
        _ways(story, path),
        _comparisons(story, path),
        outline(story, path),
        _concordance(story, path),
    ]
    body = frame(story, path, "law", *content)
    day = story.last_day.isoformat() if story.last_day else None
    return Page(path, story.title, body, indexed=True, updated=day, feed=story.feed)


def _names(story: Story) -> Html:
    """The id and the other titles, outside of the head so that the search finds them."""
    parts = [escape("标识 "), tag("code", escape(story.record.law_id))]
    if story.record.aliases:
        parts.append(escape(f"；又称 {'、'.join(story.record.aliases)}"))
    return tag("p", *parts, class_="tracker-lead tracker-names")


def _timeline(story: Story, path: str) -> Html:
    items = []
    for stage in story.stages:
        if isinstance(stage, Event):
            items.append(_event(stage))
        else:
            items.append(_version(story, stage, path))
    title = tag("h2", escape("立法进程"), id="timeline")
    return tag("section", title, tag("ol", *items, class_="tracker-line"))


def _ways(story: Story, path: str) -> Html:
    """The ways to all provisions through all stages, and to the feed."""
    words = tag("small", escape(spoken("每一条的条号和历次改动", story.outline)))
    link = tag(
        "a",
        escape(spoken("逐条历程", story.outline)),
        words,
        href=to(path, story.provisions),
        class_="tracker-button",
    )
    feed = tag("a", escape("订阅本法规的变动"), tag("small", escape("Atom")), href="feed.xml",
               class_="tracker-button")  # fmt: skip
    search = search_link(path, story.record.law_id)
    buttons = (link, search, feed)
    return tag("p", *buttons, class_="tracker-buttons", data_search_exclude="1")


def _event(event: Event) -> Html:
    words = [tag("span", escape(event.stage.label), class_="tracker-stage")]
    note = [tag("p", escape(event.note))] if event.note else []
    missing = tag("p", escape("未公布文本"), class_="tracker-missing")
    return tag(
        "li", tag("p", on(event.day), class_="tracker-day"),
        tag("div", tag("h3", *words), *note, missing), class_="tracker-textless",
    )  # fmt: skip


def _version(story: Story, version: Version, path: str) -> Html:
    link = tag("a", escape(stage_name(version)), href=to(path, story.path(version)))
    words = shape(version.law)
    # The stage and its day stand beside it already.
    dates = [
        tag("span", escape(f"{name} "), on(day))
        for name, day in named_dates(version)
        if (name, day) != (version.stage.label, version.day)
    ]
    parts = [tag("h3", link), tag("p", *dates, tag("span", escape(words)), class_="tracker-meta")]
    before = story.before(version)
    comparison = story.comparison(before, version) if before else None
    if comparison is not None:
        parts.append(_size(story, comparison, path))
    return tag("li", tag("p", on_version(version), class_="tracker-day"), tag("div", *parts))


def _size(story: Story, comparison: Comparison, path: str) -> Html:
    """How much changed since the stage before: a bar, the figures, and the link to all of it."""
    shown = figures(comparison.changes) or [escape(spoken("条文没有变动", story.outline))]
    link = tag("a", escape(story.compared_words(comparison)), href=to(path, comparison.path))
    return tag(
        "div", bar(comparison.changes), tag("p", *shown, class_="tracker-figures"),
        tag("p", link, class_="tracker-more"), class_="tracker-size",
    )  # fmt: skip


def figures(changes: Changes) -> list[Html]:
    """How many changes there are of each kind that is more than a new number, and how many of them
    say nothing new."""
    summary = changes.summary
    codes = (*(kind.value for kind in _COUNTED), *FLAGS)
    return [badge(code, summary[code]) for code in codes if summary[code]]


def bar(changes: Changes) -> Html:
    """A strip that shows what share of the articles was changed in which way. Decoration only."""
    order = (
        ("inserted", Kind.INSERTED), ("deleted", Kind.DELETED), ("reworded", Kind.REWORDED),
        ("moved", Kind.MOVED), ("unchanged", Kind.UNCHANGED),
    )  # fmt: skip
    counts = dict.fromkeys((name for name, _ in order), 0)
    for change in changes.changes:
        kinds = set(change.kinds)
        if kinds & {Kind.SPLIT, Kind.MERGED}:
            counts["reworded"] += 1
        else:
            counts[next((name for name, kind in order if kind in kinds), "unchanged")] += 1
    total = sum(counts.values())
    if not total:
        return EMPTY
    parts, at = [], 0
    for name, count in counts.items():
        if not count:
            continue
        left, right = (round(_BAR * n / total) for n in (at, at + count))
        parts.append(
            tag("rect", x=str(left), y="0", width=str(max(right - left, 1)), height="1",
                class_=f"tracker-bar-{name}")
        )  # fmt: skip
        at += count
    return tag(
        "svg", *parts, class_="tracker-bar", viewBox=f"0 0 {_BAR} 1", preserveAspectRatio="none",
        aria_hidden="true", focusable="false",
    )  # fmt: skip


def _comparisons(story: Story, path: str) -> Html:
    count = len(story.versions)
    if count < 3:
        return EMPTY
    items = []
    for comparison in story.comparisons:
        ends = [tag("span", escape(version_words(v))) for v in (comparison.old, comparison.new)]
        link = tag("a", join(ends, escape(" → ")), href=to(path, comparison.path))
        items.append(tag("li", link))
    every = len(story.comparisons) == count * (count - 1) // 2
    title = tag("h2", escape("全部比较" if every else "各稿比较"), id="comparisons")
    words = "" if every else "列出相邻两稿、首末两稿，以及先前已有页面的比较。"
    lead = tag("p", escape(words), class_="tracker-lead") if words else EMPTY
    return tag("section", title, lead, tag("ul", *items, class_="tracker-list"))


def _concordance(story: Story, path: str) -> Html:
    if len(story.versions) < 2:
        return EMPTY
    heads = [
        tag("th", tag("span", escape(stage_name(v))), tag("span", on_version(v)), scope="col")
        for v in story.versions
    ]
    heads.append(tag("th", tag("span", escape("历程"), class_="tracker-spoken"), scope="col"))
    texts = [to(path, story.path(version)) for version in story.versions]
    link = past_from(story, path)
    lines = [_ROW(*_cells(row, texts), _past(row, link(row))) for row in story.rows]
    table = tag(
        "table", tag("thead", tag("tr", *heads)), tag("tbody", *lines),
        class_="tracker-table tracker-concordance",
    )  # fmt: skip
    scroll = tag(
        "div", table, class_="tracker-scroll", tabindex="0", role="region",
        aria_label=spoken("条文对应表", story.outline), data_search_exclude="1",
    )  # fmt: skip
    lead = tag(
        "p",
        escape(spoken("每一行是同一条文在各阶段的条号；“—”表示该阶段没有这一条。", story.outline)),
        tag("span", escape("表比屏幕宽时可以左右滑动。"), class_="tracker-swipe"),
        class_="tracker-lead",
        data_search_exclude="1",
    )
    title = tag("h2", escape(spoken("条文对应表", story.outline)), id="concordance")
    fold = folded(escape(f"{len(story.rows)} 行"), scroll, opened=len(story.rows) <= _LONG_TABLE)
    return tag("aside", title, lead, fold)


_LINK: Final = varying("a", href=VARIES)
_SPOKEN: Final = element("span", class_="tracker-spoken")
_PAST: Final = element("td", class_="tracker-past")
_CELL: Final = element("td")
_NEW_CELL: Final = element("td", class_="tracker-cell-new")
_LAST_CELL: Final = element("td", class_="tracker-cell-gone")
_ROW: Final = element("tr")
_OF, _HISTORY = escape("的"), escape("历程")


def _past(row: Lineage, link: str) -> Html:
    """The link to the history of a row."""
    spoken = _SPOKEN(escape(citation(next(cell for cell in row.cells if cell))), _OF)
    return _PAST(_LINK(link, spoken, _HISTORY))


def _cells(row: Lineage, texts: Sequence[str]) -> list[Html]:
    """A cell a version; `texts` are the links to their pages."""
    cells = []
    before: tuple[Located, ...] | None = None
    for text, places in zip(texts, row.cells, strict=True):
        links = [
            _LINK(f"{text}#{anchor(place.address)}", escape(place.address.citation))
            for place in places
        ]
        cell = _CELL
        if before is not None and bool(before) != bool(places):
            cell = _NEW_CELL if places else _LAST_CELL
        cells.append(cell(join(links, escape("、")) if links else escape("—")))
        before = places
    return cells
