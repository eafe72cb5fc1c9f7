"""Atom feeds (RFC 4287): of the whole site, of a law, of a provision that has changed.

Floor 4. Dates come from the law, never from a clock: an entry is dated by the day of its stage.
Text from outside passes through `escape`, which leaves nothing that XML could take for a mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha1
from html import escape as escape_xml
from typing import Final
from uuid import UUID

from tracker.diff.model import Change
from tracker.render.overview import arrow, effect_labels, label
from tracker.render.pages.change import change_name, changed_words, is_quiet
from tracker.render.pages.changed import Told
from tracker.render.pages.html import VARIES, Html, element, escape, join, tag, varying
from tracker.render.pages.past import called
from tracker.render.pages.story import Comparison, Story
from tracker.render.pages.words import spoken, version_words
from tracker.store.history import Lineage
from tracker.store.model import Version

__all__ = [
    "FeedEntry", "law_feed", "lost_feed", "provision_feed", "site_feed", "stage_entries",
]  # fmt: skip

_SPACE: Final = UUID("8c0bd1c6-5d5b-5b0e-9d4a-6f2b1f3c7a10")
"""The name space of our ids: an entry has the same one in each feed and on each day."""

_LATEST: Final = 60  # entries in the feed of the site; that of a law has them all
_LISTED: Final = 80  # changed articles that an entry names; of more it gives the number
_UNKNOWN: Final = "1970-01-01"  # Atom demands a date; the words beside it say 日期不明
_AUTHOR: Final = "法规版本与修改"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry: its day (ISO, ``""`` unknown), the law, its place among the stages, its XML."""

    day: str
    law_id: str
    stage: int
    xml: str


def _urn(name: str) -> str:
    """An address made of a name, as `uuid.uuid5` makes it in three times the time.

    >>> from uuid import uuid5
    >>> _urn("laws") == uuid5(_SPACE, "laws").urn
    True
    """
    number = bytearray(sha1(_SPACE.bytes + name.encode("utf-8"), usedforsecurity=False).digest())
    number[6] = number[6] & 0x0F | 0x50  # version 5
    number[8] = number[8] & 0x3F | 0x80  # and the variant, RFC 9562
    told = number.hex()
    return f"urn:uuid:{told[:8]}-{told[8:12]}-{told[12:16]}-{told[16:20]}-{told[20:32]}"


def _moment(day: str) -> str:
    return f"{day or _UNKNOWN}T00:00:00+08:00"


def _day(version: Version) -> str:
    return version.day.isoformat() if version.day else ""


def _entry(name: str, title: str, link: str, day: str, content: Html) -> str:
    return (
        f"<entry><id>{_urn(name)}</id><title>{escape(title)}</title>"
        f'<link href="{escape_xml(link)}"/><updated>{_moment(day)}</updated>'
        f'<content type="html">{escape_xml(content, quote=False)}</content></entry>'
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a feed lies and what it tells of, from the root of the site at `base`."""

    base: str
    path: str
    page: str


def _feed(name: str, title: str, at: _Place, entries: Sequence[FeedEntry]) -> str:
    base, path, page = at.base, at.path, at.page
    up = "../" * path.count("/")
    # With an unknown address links stay relative to the root of the site, which is so far up.
    root = "" if base else f' xml:base="{up}"'
    latest = max((entry.day for entry in entries), default="")
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN"{root}>',
        f"<id>{_urn(name)}</id>",
        f"<title>{escape(title)}</title>",
        f"<updated>{_moment(latest)}</updated>",
        f"<author><name>{_AUTHOR}</name></author>",
        f'<link rel="self" type="application/atom+xml" href="{escape_xml(base + path)}"/>',
        f'<link href="{escape_xml(base + page)}"/>',
        *(entry.xml for entry in entries),
        "</feed>",
        "",
    ]
    return "\n".join(parts)


def _newest_first(entries: Iterable[FeedEntry]) -> list[FeedEntry]:
    ordered = sorted(entries, key=lambda one: (one.law_id, -one.stage))
    ordered.sort(key=lambda one: one.day, reverse=True)
    return ordered


def stage_entries(story: Story, base: str) -> tuple[FeedEntry, ...]:
    """An entry a version: which stage, and what it changed. `base` is the address of the site."""
    entries = []
    for stage, version in enumerate(story.versions):
        before = story.before(version)
        comparison = story.comparison(before, version) if before else None
        content = _changed(comparison, base) if comparison else tag("p", escape("第一个版本。"))
        page = comparison.path if comparison else story.path(version)
        xml = _entry(
            f"{version.name}#{version.source_sha256}",
            f"{story.title} {version_words(version)}",
            f"{base}laws/{page}/",
            _day(version),
            content,
        )
        entries.append(FeedEntry(_day(version), story.record.law_id, stage, xml))
    return tuple(entries)


_ITEM: Final = element("li")
_LINK: Final = varying("a", href=VARIES)


def _changed(comparison: Comparison, base: str) -> Html:
    outline = comparison.new.law.is_outline
    loud = [change for change in comparison.changes.changes if not is_quiet(change)]
    words = f"与{version_words(comparison.old)}比较，"
    words += f"{len(loud)} 处变动。" if loud else spoken("条文没有变动。", outline)
    page = f"{base}laws/{comparison.path}/"
    items = [
        _ITEM(_LINK(f"{page}#{change_name(comparison, change)}", escape(_what(change, outline))))
        for change in loud[:_LISTED]
    ]
    if len(loud) > _LISTED:
        items.append(tag("li", escape(f"另 {len(loud) - _LISTED} 处")))
    return join([tag("p", escape(words)), *([tag("ul", *items)] if items else [])])


def _what(change: Change, outline: bool) -> str:
    """第十三条 → 第十五条：修改（期限 15日→10个工作日）."""
    effects = effect_labels(change, "zh")
    said = f"（{'；'.join(effects)}）" if effects else ""
    return f"{arrow(change)}：{spoken(label(change, 'zh'), outline)}{said}"


def site_feed(entries: Iterable[FeedEntry], base: str) -> str:
    """The latest stages of all laws. An undated stage comes last."""
    latest = _newest_first(entries)[:_LATEST]
    return _feed("laws", _AUTHOR, _Place(base, "laws/feed.xml", "laws/"), latest)


def law_feed(story: Story, entries: Iterable[FeedEntry], base: str) -> str:
    """All stages of one law."""
    at = _Place(base, story.feed, f"laws/{story.path()}/")
    return _feed(f"law:{story.record.law_id}", story.title, at, _newest_first(entries))


def provision_feed(story: Story, row: Lineage, name: str, entries: Told, base: str) -> str:
    """Every change of one provision, with its words. `name` is the name of the file."""
    found, outline = [], story.outline
    for stage, (version, changes) in enumerate(zip(story.versions, entries.of(row), strict=True)):
        loud = [change for change in changes if not is_quiet(change)]
        if not loud:
            continue
        comparison = story.neighbours[stage - 1]
        xml = _entry(
            f"{row.id}#{version.name}#{version.source_sha256}",
            f"{version_words(version)}：{'；'.join(_what(change, outline) for change in loud)}",
            f"{base}laws/{comparison.path}/#{change_name(comparison, loud[0])}",
            _day(version),
            join(changed_words(change) for change in loud),
        )
        found.append(FeedEntry(_day(version), story.record.law_id, stage, xml))
    return _of_article(story, name, called(row), found, base)


def lost_feed(story: Story, name: str, called: str, base: str) -> str:
    """The feed of an article that only a corrected text had: nothing more is to be told of it."""
    return _of_article(story, name, f"原{called}", (), base)


def _of_article(
    story: Story, name: str, called: str, entries: Iterable[FeedEntry], base: str
) -> str:
    folder = f"laws/{story.provisions}/"
    at = _Place(base, f"{folder}{name}.xml", f"{folder}{name}/")
    whole = f"{story.record.law_id}:{name}"
    return _feed(whole, f"{story.title} {called}", at, _newest_first(entries))
