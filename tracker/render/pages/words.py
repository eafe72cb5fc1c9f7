"""The words and signs that pages use for kinds, dates, places and numbers of provisions.

Floor 4. A kind of change is always a word and a sign; colour only repeats them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from tracker.diff.model import Change, Kind
from tracker.law.address import Address, Located
from tracker.law.kept import kept
from tracker.law.model import Law, Provision, Unit
from tracker.law.numbering import write_numeral
from tracker.render.pages.html import Html, element, escape, join, tag
from tracker.render.words import date_name, day_label, day_name, say, text_label
from tracker.store.model import Version

__all__ = [
    "SIGNS", "Anchors", "anchor", "badge", "dated", "heading_words", "kind_badges", "kind_codes",
    "mark", "named_dates", "on", "on_version", "said_of_articles", "shape", "spoken",
    "stage_name", "version_words", "whole_citations",
]  # fmt: skip

# Signs that every Chinese font holds (GB/T 2312, rows 1 and 3).
SIGNS: Final[Mapping[str, str]] = MappingProxyType({
    Kind.UNCHANGED: "＝", Kind.RENUMBERED: "№", Kind.REWORDED: "≠", Kind.MOVED: "→",
    Kind.INSERTED: "＋", Kind.DELETED: "－", Kind.SPLIT: "÷", Kind.MERGED: "∪",
    "consequential": "※", "typographic": "·",
})  # fmt: skip

_FLAGS: Final = {"consequential": "适应性修改", "typographic": "仅字形、标点"}

_DATES: Final = (
    ("发布", "published"), ("征求意见开始", "comment_start"), ("征求意见截止", "comment_end"),
    ("印发", "issued"), ("通过", "adopted"), ("公布", "promulgated"), ("施行", "in_force"),
)  # fmt: skip


def on(day: date | None) -> Html:
    """A date as an element, or the words for an unknown one."""
    if day is None:
        return tag("span", escape("日期不明"), class_="tracker-unknown")
    return tag("time", escape(day.isoformat()), datetime=day.isoformat())


def on_version(version: Version) -> Html:
    """The legal date of a version; a law known only by its adoption says so: 2024-09-26 通过."""
    name = day_name(version.stage, version.dates, version.law.enactment_note)
    words = day_label("zh", version.day, name).removeprefix(str(version.day))
    return join([on(version.day), escape(words)]) if name else on(version.day)


@kept(16)
def named_dates(version: Version) -> tuple[tuple[str, date], ...]:
    """The known dates of a version with their Chinese names, in the order of making a law."""
    known = ((label, name, getattr(version.dates, name)) for label, name in _DATES)
    return tuple((_called(version, name, label), day) for label, name, day in known if day)


def _called(version: Version, name: str, label: str) -> str:
    """The name of a date, another where the 题注 says 修订 and not 通过."""
    told = date_name(name, version.stage, version.dates, version.law.enactment_note)
    return label if told == name else say("zh", told)


@kept(16)
def dated(version: Version) -> str:
    """The legal date as text: 2021-11-12, 2024-09-26 通过, or 日期不明."""
    return day_label(
        "zh", version.day, day_name(version.stage, version.dates, version.law.enactment_note)
    )


def stage_name(version: Version) -> str:
    """The stage of a version; of a Word file with tracked changes which text: 草案（修订前）."""
    return text_label("zh", version.stage, version.tracked)


def version_words(version: Version) -> str:
    """A version in words: 征求意见稿（2021-11-12）."""
    return f"{stage_name(version)}（{dated(version)}）"


def said_of_articles(version: Version) -> dict[Address, tuple[str, ...]]:
    """What the 说明 of a version says about each of its articles, in the order of the 说明."""
    said: dict[Address, tuple[str, ...]] = {}
    for claim in version.claims:
        for article in claim.articles:
            said[article] = (*said.get(article, ()), claim.text)
    return said


def anchor(address: Address | str) -> str:
    """The id of a provision in a page: art_12__para_2 → art-12-para-2."""
    return _anchor(str(address))


@lru_cache(maxsize=16384)
def _anchor(address: str) -> str:
    return address.replace("__", "-").replace("_", "-")


class Anchors:
    """Gives each place of a page its anchor once; where a law repeats a number, the second has --2.

    >>> anchors = Anchors()
    >>> anchors.take("art-3"), anchors.take("art-3"), anchors.count("art-3")
    ('art-3', 'art-3--2', 2)
    """

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def take(self, name: str) -> str:
        """The anchor for the next place of this name."""
        self._seen[name] = count = self._seen.get(name, 0) + 1
        return name if count == 1 else f"{name}--{count}"

    def count(self, name: str) -> int:
        """How many places of this name there were so far."""
        return self._seen.get(name, 0)


def shape(law: Law) -> str:
    """How large a law is: 9 章 74 条; an outline document counts its two upper levels."""
    counts = Counter(provision.unit for provision in law.walk())
    units = [(Unit.PART, "编"), (Unit.CHAPTER, "章"), (Unit.ARTICLE, "条")]
    if not counts[Unit.ARTICLE]:
        units = [(Unit.OUTLINE_1, "部分"), (Unit.OUTLINE_2, "项")]
    return " ".join(f"{counts[unit]} {word}" for unit, word in units if counts[unit])


_WHOLE: Final = element("span", class_="tracker-nowrap")


def whole_citations(places: tuple[Located, ...]) -> Html:
    """The citations of a side for a narrow cell, none broken in the middle; — where it is empty."""
    spans = [_WHOLE(escape(place.address.citation)) for place in places]
    return join(spans, escape("、")) if spans else escape("—")


def mark(provision: Provision) -> str:
    """What stands before the words of a 项, 目 or outline level: （一）, 1．, 一、, ——."""
    if provision.unit is Unit.OUTLINE_5:
        return "——"
    if provision.number is None:
        return ""
    value = provision.number.value
    name = write_numeral(value) + "".join(f"之{write_numeral(n)}" for n in provision.number.suffix)
    match provision.unit:
        case Unit.SUBPARAGRAPH | Unit.OUTLINE_2:
            return f"（{name}）"
        case Unit.ITEM | Unit.OUTLINE_3:
            return f"{value}．"
        case Unit.OUTLINE_1:
            return f"{name}、"
        case Unit.OUTLINE_4:
            return f"（{value}）"
        case Unit.ANNEX:
            return f"附件{name}"
        case _:
            return provision.number.written(provision.unit.label)


def heading_words(provision: Provision) -> str:
    """A heading as the text prints it: 第一章　总则, 一、总体要求."""
    between = "" if provision.unit.is_outline else "　"
    return between.join(part for part in (mark(provision), provision.caption or "") if part)


def kind_codes(change: Change) -> str:
    """The kinds and flags of a change for the filters of a page, separated by spaces.

    A new number goes without saying where more happened, as nearly every article of a new draft
    has one; it counts alone only.
    """
    return _codes(change.kinds, _flags(change))


def _flags(change: Change) -> tuple[str, ...]:
    if not (change.consequential or change.typographic):  # as nearly all
        return ()
    return tuple(name for name in _FLAGS if getattr(change, name))


@lru_cache(maxsize=256)  # there are few, and a page has them a hundred times
def _codes(kinds: tuple[Kind, ...], flags: tuple[str, ...]) -> str:
    if len(kinds) > 1:
        kinds = tuple(kind for kind in kinds if kind is not Kind.RENUMBERED)
    return " ".join([*kinds, *flags])


_OF_POINTS: Final = (
    ("条文没有变动", "文字没有变动"), ("没有条文", "没有内容"), ("条文（", "全文（"),
    ("条文比较", "文本比较"), ("条文目录", "目录"), ("全部条文", "全文各点"),
    ("同一条文", "同一点"), ("条文", "各点"), ("条旨", "小标题"), ("条号", "编号"),
    ("逐条", "逐点"), ("本条", "本点"),
    ("一条", "一点"), (" 条", " 点"),
)  # fmt: skip
"""What pages say of articles, and what of the points of a 方案 or 规划, which has no 条."""


@lru_cache(maxsize=256)
def spoken(words: str, outline: bool) -> str:
    """Words of our own on a page, as they fit the text: an outline document has points, no 条.

    >>> spoken("逐条对照", False), spoken("逐条对照", True), spoken("没有这一条", True)
    ('逐条对照', '逐点对照', '没有这一点')
    """
    if outline:
        for article, point in _OF_POINTS:
            words = words.replace(article, point)
    return words


@lru_cache(maxsize=256)  # there are few of them, and a comparison shows each a hundred times
def badge(
    code: str, count: int | None = None, words: str | None = None, outline: bool = False
) -> Html:
    """One kind or flag: its sign, its word (or `words`), and how many where a number is given."""
    word = spoken(words or (_FLAGS[code] if code in _FLAGS else Kind(code).label), outline)
    parts = [
        tag("span", escape(SIGNS[code]), class_="tracker-sign", aria_hidden="true"),
        escape(word),
    ]
    if count is not None:
        parts.append(tag("b", escape(str(count))))
    return tag("span", *parts, class_=f"tracker-kind tracker-kind-{code}")


def kind_badges(change: Change, outline: bool = False) -> Html:
    """All kinds and flags of a change."""
    return _badges(change.kinds, _flags(change), outline)


@lru_cache(maxsize=256)
def _badges(kinds: tuple[Kind, ...], flags: tuple[str, ...], outline: bool) -> Html:
    codes = [*[kind.value for kind in kinds], *flags]
    return join([badge(code, outline=outline) for code in codes])
