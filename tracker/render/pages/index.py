"""The page that lists all laws: what each is, how many stages it has, what changed last.

Floor 4. The builder keeps one small `Listed` a law, so that memory does not grow with the texts.
Everything is on the page without a script; the script only filters by place, kind and stage.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.render.pages.frame import to
from tracker.render.pages.html import EMPTY, Html, Page, escape, join, tag, void
from tracker.render.pages.recent import Facet, Recent, excerpt
from tracker.render.pages.search import search_link
from tracker.render.pages.story import Story
from tracker.render.pages.words import on, on_version, shape

__all__ = ["Listed", "index_page", "listed"]


@dataclass(frozen=True, slots=True)
class Listed:
    """One law in the list: where it stands by its last day (``""`` unknown), and its entry.

    `facets` are what it can be filtered by: its place, its kind, its latest stage, in that order.
    """

    law_id: str
    day: str
    versions: int
    facets: tuple[str, str, str]
    entry: Html


_FACETS = (("place", "地域"), ("kind", "类别"), ("stage", "阶段"))
"""What laws are filtered by: the name in the address, the word on the page."""


def listed(story: Story) -> Listed:
    """The entry of a law."""
    record = story.record
    facets = (record.jurisdiction, record.kind, story.latest.stage.label)
    day = story.last_day.isoformat() if story.last_day else ""
    return Listed(record.law_id, day, len(story.versions), facets, _entry(story, facets))


def index_page(laws: Sequence[Listed], recent: Sequence[Recent] = ()) -> Page:
    """All laws, the one that changed last first; undated ones at the end, then by id.

    `recent` is what the home page of the site shows of them.
    """
    ordered = sorted(laws, key=lambda law: law.law_id)
    ordered.sort(key=lambda law: law.day, reverse=True)
    total = sum(law.versions for law in ordered)
    lead = tag("p", escape(f"共 {len(ordered)} 部法规，{total} 个版本。"), class_="tracker-lead")
    search = tag("p", search_link(""), class_="tracker-buttons") if ordered else EMPTY
    facets = [
        Facet(name, words, _counted(law.facets[index] for law in ordered))
        for index, (name, words) in enumerate(_FACETS)
    ]
    if ordered:
        listing = tag("ul", *(law.entry for law in ordered), class_="tracker-laws")
    else:
        listing = tag("p", escape("还没有收录法规。"), class_="tracker-lead")
    content = [
        tag("h1", escape("法规")),
        lead,
        search,
        _filter(facets) if len(ordered) > 1 else EMPTY,
    ]
    body = tag("div", *content, listing, class_="tracker tracker-index", lang="zh-CN")
    updated = ordered[0].day if ordered and ordered[0].day else None
    # Not indexed: it repeats what the page of each law tells the search.
    return Page("", "法规", body, excerpt=excerpt(recent, facets), updated=updated)


def _counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Each value and how often it is there, the most frequent first; empty ones left out."""
    counts: dict[str, int] = {}
    for value in values:
        if value:
            counts[value] = counts.get(value, 0) + 1
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _filter(facets: Sequence[Facet]) -> Html:
    """The switches. They need a script, which takes away the `hidden`."""
    fields = []
    for facet in facets:
        if not facet.values:
            continue
        options = [tag("option", escape("全部"), value="")]
        options += [
            tag("option", escape(f"{value}（{count}）"), value=value)
            for value, count in facet.values
        ]
        select = tag("select", *options, data_tracker_by=facet.name)
        fields.append(tag("label", escape(facet.words), select))
    box = void("input", type="search", data_tracker_by="words", autocomplete="off")
    fields.insert(0, tag("label", escape("名称"), box))
    shown = tag("span", class_="tracker-shown", role="status", data_tracker_shown=True)
    return tag(
        "div", *fields, shown, class_="tracker-tools tracker-filter", hidden=True, role="search",
        aria_label="筛选法规",
    )  # fmt: skip


def _entry(story: Story, facets: tuple[str, str, str]) -> Html:
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
    stages = join((tag("span", escape(story.called(v))) for v in story.versions), escape(" → "))
    return tag(
        "li",
        tag("h2", link, stamp),
        tag("p", *meta, class_="tracker-meta"),
        tag("p", stages, class_="tracker-stages") if len(story.versions) > 1 else EMPTY,
        last,
        data_place=facets[0],
        data_kind=facets[1],
        data_stage=facets[2],
    )
