"""Each line gets a kind: 第一章 总则 is a heading, （一）… a 项, everything unmarked is text.

Floor 1, between normalising and the tree. The kind is read off the line alone; what needs its
neighbours (whether 第五条 at the start of a line is an article or a wrapped citation) is decided
in `tracker.parse.marks.order`. Lines are expected to be normalised.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from tracker.law.numbering import NUMERAL, Number
from tracker.parse.document import Place

__all__ = [
    "ANNEX",
    "ARABIC",
    "ARTICLE",
    "CAPTION_OPENS",
    "CONTENTS",
    "DASH",
    "ENDS_SENTENCE",
    "FIRST",
    "HAN",
    "LIST_MARKS",
    "LONGEST_HEADING",
    "MOST_HEADS",
    "NUMBERED",
    "PAREN_HAN",
    "PREAMBLE",
    "TEXT",
    "UNIT_KINDS",
    "Kind",
    "Line",
    "Mark",
    "head_of",
    "item_mark",
    "new_mark",
    "number_of",
    "other_mark",
    "scan",
    "scan_line",
    "without",
]  # fmt: skip


class Kind(StrEnum):
    """What a line is: the first group is read off the line, the second its part in the source."""

    __hash__ = str.__hash__  # half of the time of a lookup by kind went into Enum's own

    BLANK = "blank"
    PART = "part"
    SUBPART = "subpart"
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    HAN = "outline_1"  # 一、
    PAREN_HAN = "subparagraph"  # （一）
    ARABIC = "item"  # 1．
    PAREN_ARABIC = "outline_4"  # （1）
    DASH = "outline_5"  # ——
    ANNEX = "annex"
    CONTENTS = "contents"  # 目录
    PREAMBLE = "preamble"  # 序言, 引言
    TEXT = "text"

    TITLE = "title"
    STAGE_LINE = "stage_line"
    ENACTMENT_NOTE = "enactment_note"
    EXPLANATORY_NOTE = "explanatory_note"
    NOTICE = "notice"
    DROPPED = "dropped"


ANNEX: Final = Kind.ANNEX
ARABIC: Final = Kind.ARABIC
ARTICLE: Final = Kind.ARTICLE
CONTENTS: Final = Kind.CONTENTS
DASH: Final = Kind.DASH
HAN: Final = Kind.HAN
PAREN_HAN: Final = Kind.PAREN_HAN
PREAMBLE: Final = Kind.PREAMBLE
TEXT: Final = Kind.TEXT
"""The kinds that are asked for most, by names of their own: before Python 3.12 a look-up in an
enumeration takes 0.1 µs, and to read a law of a hundred lines took 170 of them, 2 % of its time."""


@dataclass(init=False, slots=True)
class Mark:
    """A line, read: its kind, its number where it has one, and what stands after the mark.

    `set_off` tells whether a space or a bracket followed the number (第五条　…), which a citation
    at the start of a wrapped line (第五条规定的…) does not have. `line` is the whole line; where it
    is `narrow`, a plain space still sets its number off. Of plain text `rest` is all.

    Nobody changes a mark once it is made. It is not frozen, and has no method to begin with, since
    there is one for each line: to make it takes a sixth of the time of a frozen dataclass, and to
    ask it half of that of a named tuple.
    """

    kind: Kind
    number: Number | None
    rest: str
    line: str
    set_off: bool
    narrow: bool

    @property
    def text(self) -> str:
        """The whole line, its number set off by a full-width space: made when it is asked for,
        which for nine of ten articles nobody does."""
        return self.line.replace(" ", "\u3000", 1) if self.narrow else self.line


def new_mark(kind: Kind, number: Number | None, rest: str, line: str, set_off: bool = True) -> Mark:
    """A mark of a line in which nothing is left to be set right."""
    mark = Mark()
    mark.kind = kind
    mark.number = number
    mark.rest = rest
    mark.line = line
    mark.set_off = set_off
    mark.narrow = False
    return mark


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source with its kind, as `tracker parse --show lines` lists it."""

    kind: Kind
    text: str
    place: Place


_N: Final = f"{NUMERAL}{{1,16}}"
_UNIT: Final = re.compile(rf"第({_N})(分编|编|章|节|条)((?:之{NUMERAL}{{1,4}})*)(\u3000?)")
_PAREN: Final = re.compile(r"（(?:([零〇○一二三四五六七八九十百]{1,7})|([0-9０-９]{1,3}))")
_LIST_GOES_ON: Final = re.compile("[、和至]（|项(?!目)")
"""What follows （一） in a citation: （一）、（二）项; （一）项目名称； is a 项."""
_MAY_GO_ON: Final = "、和至项"
_HAN: Final = re.compile(r"([零〇一二三四五六七八九十百]{1,7})、")
_ARABIC: Final = re.compile(r"([0-9０-９]{1,3})(?:[．、]|\.(?![0-9]))")
_ANNEX: Final = re.compile(rf"附件({_N})?(?:[\u3000：]|$)")
_ANNEX_OTHER: Final = re.compile(
    r"附[表录图][一二三四五六七八九十0-9A-Z]{0,3}(?:[：（\u3000]|$)|附："
)
_CONTENTS: Final = frozenset({"目录", "目次", "目錄"})
_CONTENTS_RUN: Final = re.compile("目[录次][ ：\u3000]?第一[编章]")
"""目录 第一章 总则 第二章 … in one line."""
_PREAMBLE: Final = frozenset({"序言", "引言", "前言", "序"})
_BARE_CHAPTER: Final = frozenset({"总则", "分则", "附则", "罚则", "總則", "分則", "附則", "罰則"})
"""Chapters that some laws print without a number."""

UNIT_KINDS: Final = {
    "编": Kind.PART, "分编": Kind.SUBPART, "章": Kind.CHAPTER, "节": Kind.SECTION,
    "条": ARTICLE,
}  # fmt: skip

LONGEST_HEADING: Final = 60
"""Longest name of a 编, 章 or 节 (and of an annex) in characters; in 3,423 laws the longest
has 46, and a line that begins with 第三章 and is longer is a sentence."""

_CITES: Final = re.compile(
    rf"第{NUMERAL}{{1,16}}[款项目条章节]|[、，。；：）》”]|(?:的|和|或者|或|及|以及|与|至|到|规定|所列|"
    r"所称|所规定|之规定|中的|修改为|改为|以外|以上|以下|之间|等|处罚|处理|执行)"
    r"(?![^，。；：]{0,12}】)"
)
"""What follows 第X条 in a citation: 第五条、第六条, 第五条第二款, 第五条规定的…"""
_GLUED_NAME: Final = re.compile("(?:处罚|处理|执行)[\u4e00-\u9fff]{0,12}(?<![的时中内])")
_STOPPED_NAME: Final = re.compile("[^，；：！？。]{1,20}。|[^；：！？。]{1,40}、")
"""第一章　总则。: some sources print a full stop behind a heading, or cut it behind a 、."""
ENDS_SENTENCE: Final = "。；，：、！？"
LIST_MARKS: Final = frozenset("（0123456789０１２３４５６７８９零〇一二三四五六七八九十百")
"""How a 项, a 目 or 一、 can begin."""
NUMBERED: Final = "第笫苐弟"
"""How a line with a number begins, and what stands for 第 where its character was mistaken."""
FIRST: Final = LIST_MARKS | frozenset("第附目序引前总分罚總罰—")
"""How a line begins that may be more than text."""


CAPTION_OPENS: Final = ("（", "【", "〖", "［", "[", "〔")
"""What a 条旨 may open with: it sets a number off as a space does."""

_BLANK: Final = new_mark(Kind.BLANK, None, "", "")


MOST_HEADS: Final = 16384
"""More than any law has articles: a full store helps nobody."""


@lru_cache(maxsize=MOST_HEADS)
def number_of(numeral: str, suffix: str = "") -> Number | None:
    """The number that 十 and 之一 write, None where they write none."""
    try:
        return Number.read(numeral, suffix)
    except ValueError:
        return None


def scan(lines: Iterable[str]) -> list[Mark]:
    """The mark of each line, one for one."""
    return [scan_line(text) for text in lines]


def head_of(mark: Mark) -> str:
    """The number of a line as it is written, without what stands behind it.

    >>> head_of(scan_line("第三条　本法适用于…")), head_of(scan_line("第三条.甲"))
    ('第三条', '第三条')
    """
    return mark.text[: len(mark.text) - len(mark.rest)].rstrip("\u3000")


def without(
    gone: Container[int], marks: Sequence[Mark], first: Sequence[int]
) -> tuple[list[Mark], list[int]]:
    """Marks, and the number of the first line of each, but for those at the indexes `gone`."""
    kept = [i for i in range(len(marks)) if i not in gone]
    return [marks[i] for i in kept], [first[i] for i in kept]


def scan_line(text: str) -> Mark:
    """What one normalised line is by itself.

    >>> scan_line("第三条　本法适用于…").kind, scan_line("第三条规定的期限").kind
    (<Kind.ARTICLE: 'article'>, <Kind.TEXT: 'text'>)
    >>> scan_line("（二）警告；").number, scan_line("第二章　罚则").rest
    (Number(value=2, suffix=()), '罚则')
    """
    if not text:
        return _BLANK
    first = text[0]
    if first not in FIRST:
        return new_mark(TEXT, None, text, text)
    return _unit(text) if first == "第" else other_mark(text)


def other_mark(text: str) -> Mark:
    """A line that begins like a mark, and not with 第."""
    first = text[0]
    mark = None
    if first == "（":
        mark = item_mark(text)
    elif first == "—":
        if text.startswith("——") and len(text) > 2:
            mark = new_mark(DASH, None, text[2:], text)
    elif first in "附目序引前总分罚總罰":
        mark = _word(text)
    else:
        mark = _counted(text)
    return mark or new_mark(TEXT, None, text, text)


class _Heads(dict[str, tuple[Kind, Number] | None]):
    """What 第一百二十八条 or （三 is where it stands alone before its space or bracket.

    The same few hundred marks are in every law: they are looked up and not matched again. What is
    no mark is not kept, and no more is kept than a law has articles.
    """

    def __init__(self, read: Callable[[str], tuple[Kind, Number] | None], longest: int) -> None:
        super().__init__()
        self._read, self._longest = read, longest

    def __missing__(self, head: str) -> tuple[Kind, Number] | None:
        found = self._read(head) if len(head) < self._longest else None
        if found is not None and len(self) < MOST_HEADS:
            self[head] = found
        return found


def _read_unit(head: str) -> tuple[Kind, Number] | None:
    found = _UNIT.fullmatch(head)
    if not found:
        return None
    number = number_of(found[1], found[3])
    return (UNIT_KINDS[found[2]], number) if number is not None else None


def _unit(text: str) -> Mark:
    head, gap, rest = text.partition("\u3000")
    known = _UNIT_HEADS[head] if gap else None
    if known is not None:
        kind, number = known
        if (
            kind is ARTICLE
            or not rest
            or (len(rest) <= LONGEST_HEADING and rest[-1] not in ENDS_SENTENCE)
        ):
            return new_mark(kind, number, rest, text)
    return _matched_unit(text) or new_mark(TEXT, None, text, text)


def _matched_unit(text: str) -> Mark | None:
    found = _UNIT.match(text)
    if not found:
        return None
    numeral, unit, suffix, gap = found.groups()
    number = number_of(numeral, suffix)
    rest = text[found.end() :]
    kind = UNIT_KINDS[unit]
    if number is None or (not gap and _CITES.match(rest) and not _is_glued_name(kind, rest)):
        return None
    if kind is ARTICLE:
        set_off = bool(gap) or not rest or rest[0] in CAPTION_OPENS
        return new_mark(kind, number, rest, text, set_off)
    no_name = len(rest) > LONGEST_HEADING or (bool(rest) and rest[-1] in ENDS_SENTENCE)
    if no_name and not (gap and _STOPPED_NAME.fullmatch(rest)):
        return None
    return new_mark(kind, number, rest, text, bool(gap) or not rest)


def _is_glued_name(kind: Kind, rest: str) -> bool:
    """第五章执行程序 is a heading without its space; 第五条执行 goes on with a sentence."""
    return kind is not ARTICLE and _GLUED_NAME.fullmatch(rest) is not None


def _read_list_number(head: str) -> tuple[Kind, Number] | None:
    found = _PAREN.fullmatch(head)
    if not found:
        return None
    han, arabic = found.groups()
    number = number_of(han or arabic)
    return None if number is None else (PAREN_HAN if han else Kind.PAREN_ARABIC, number)


def item_mark(text: str) -> Mark | None:
    """The mark of a line that begins with （, None where it is text: （一）、（二）项所列…"""
    head, end, rest = text.partition("）")
    known = _LIST_HEADS[head] if end else None
    if known is None or (rest and rest[0] in _MAY_GO_ON and _LIST_GOES_ON.match(rest)):
        return None
    return new_mark(known[0], known[1], rest, text)


_UNIT_HEADS: Final = _Heads(_read_unit, 24)
_LIST_HEADS: Final = _Heads(_read_list_number, 9)


def _counted(text: str) -> Mark | None:
    for pattern, kind in ((_ARABIC, ARABIC), (_HAN, HAN)):
        found = pattern.match(text)
        if found and (number := number_of(found[1])) is not None and found.end() < len(text):
            return new_mark(kind, number, text[found.end() :].lstrip(" "), text)
    return None


def _word(text: str) -> Mark | None:
    if text in _CONTENTS or _CONTENTS_RUN.match(text):
        return new_mark(CONTENTS, None, "", text)
    if text in _PREAMBLE:
        return new_mark(PREAMBLE, None, text, text)
    if text in _BARE_CHAPTER:
        return new_mark(Kind.CHAPTER, None, text, text)
    if len(text) > LONGEST_HEADING or text[-1] in "。；，、":
        return None
    found = _ANNEX.match(text)
    if found:
        number = number_of(found[1]) if found[1] else None
        return new_mark(ANNEX, number, text[found.end() :], text)
    if _ANNEX_OTHER.match(text):
        return new_mark(ANNEX, None, text, text)
    return None
