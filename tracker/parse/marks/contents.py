"""The contents page (目录): found, left out, and checked against the headings of the text.

Floor 1, used by segmenting and reading. A contents page is a second copy of the headings; canonical
text does not keep it, but a difference between the two is a problem worth telling.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from tracker.law.address import Address
from tracker.law.model import Provision, Unit
from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity
from tracker.parse.marks.kinds import ANNEX, ARTICLE, CONTENTS, HAN, PREAMBLE, Kind, Mark
from tracker.parse.marks.survey import Survey

__all__ = [
    "annex_problems",
    "compare_contents",
    "find_contents",
    "is_listed",
    "list_of_annexes",
]

_ENTRY: Final = {
    Kind.PART: Unit.PART, Kind.SUBPART: Unit.SUBPART, Kind.CHAPTER: Unit.CHAPTER,
    Kind.SECTION: Unit.SECTION,
}  # fmt: skip
_LEVELS: Final = {kind: level for level, kind in enumerate(_ENTRY)}
_BODY: Final = frozenset({ARTICLE, *_ENTRY})
"""What stands below the contents page of a law and never above it."""
_LEADERS: Final = r"[.…·．\-—]"
# A run of dots is read from its first one only, however long it is.
_PAGE: Final = re.compile(
    rf"(?:（第[^（）]{{1,24}}条）)?(?:(?<!{_LEADERS}){_LEADERS}++)? ?[0-9]{{0,4}}+$"
)
_LISTED: Final = re.compile("([0-9一二三四五六七八九十]{1,2})[、.．　](.{2,60})")
_LEFT_OUT: Final = ("（略）", "（另发）", "（另附）")
"""What an entry says of itself whose annex is not printed."""
FEWEST_HEADINGS: Final = 3
"""Lines 一、… in a row from which they may be a contents page without the word 目录."""
LONGEST_WORD: Final = 6
"""目录, with whatever spaces stand in it."""
LONGEST_ENTRY: Final = 40
"""Longest line without a mark (附则 ……12) that can be part of a contents page."""


def find_contents(
    marks: Sequence[Mark], seen: Survey, apart: Callable[[int], bool]
) -> tuple[int, int] | None:
    """Where the contents page starts and ends (exclusive), None where there is none.

    It begins with 目录, or is the first of two runs of the same headings; it ends where its first
    entry comes again. `seen` is the survey of the marks, `apart` tells whether a blank line stands
    above the n-th.
    """
    kinds = seen.kinds
    start = kinds.index(CONTENTS) if CONTENTS in seen.present else None
    if start is not None and not _BODY.isdisjoint(kinds[:start]):
        start = None  # 目录 inside an annex
    if start is not None:
        if len(marks[start].text) > LONGEST_WORD:  # 目录 第一章 总则 第二章 … in one line
            return start, start + 1
        return start, _entries_end(marks, start + 1)
    if HAN in seen.present:
        listed = _list_of_headings(marks, kinds, apart)
        if listed is not None:
            return listed
    return _headings_twice(marks, seen.headings) if seen.headings else None


def _headings_twice(marks: Sequence[Mark], headings: Sequence[int]) -> tuple[int, int] | None:
    """The first of two runs of the same headings, without the word 目录."""
    first = headings[0]
    again = None
    for index in range(first + 1, len(marks)):
        mark = marks[index]
        if mark.kind not in _ENTRY:
            break
        if (mark.kind, mark.number) == (marks[first].kind, marks[first].number):
            again = index
    if again is not None:
        return first, again
    return _headings_in_a_row(marks, headings)


def _headings_in_a_row(marks: Sequence[Mark], headings: Sequence[int]) -> tuple[int, int] | None:
    """Headings of one kind with no text between them, half of which come again further down.

    第一章 总则, 第二章 …, 第八章 附则 above a text whose own first heading lost its number.
    """
    first = headings[0]
    row = sum(1 for index, here in enumerate(headings) if here == first + index)
    if row < FEWEST_HEADINGS:
        return None
    stop = first + row
    listed = {(m.kind, m.number) for m in marks[first:stop]}
    later = {(marks[i].kind, marks[i].number) for i in headings[row:]}
    most = max(sum(kind is one for kind, _ in listed) for one in _ENTRY)
    enough = most >= FEWEST_HEADINGS and 2 * len(listed & later) >= len(listed)
    return (first, stop) if enough else None


def _list_of_headings(
    marks: Sequence[Mark], kinds: list[Kind], apart: Callable[[int], bool]
) -> tuple[int, int] | None:
    """一、管辖 二、回避 三、诉讼参加人 line after line, and the same again further down."""
    start = kinds.index(HAN)
    stop = start + 1
    while stop < len(marks) and kinds[stop] is HAN and not apart(stop):
        stop += 1
    if stop - start < FEWEST_HEADINGS:
        return None
    entries = {(m.number, m.rest) for m in marks[start:stop]}
    again = {(m.number, m.rest) for m in marks[stop:] if m.kind is HAN}
    return (start, stop) if len(entries & again) * 3 >= len(entries) * 2 else None


def _entries_end(marks: Sequence[Mark], start: int) -> int:
    first: tuple[Kind, object] | None = None
    end = start
    of_articles = _lists_articles(marks, start)
    for index in range(start, len(marks)):
        mark = marks[index]
        key = (mark.kind, mark.number)
        listed = mark.kind in _ENTRY or mark.kind in (PREAMBLE, HAN, ANNEX)
        if listed or (of_articles and mark.kind is ARTICLE):
            if key == first:
                return _with_those_above(marks, start, index)
            if first is not None and mark.kind is PREAMBLE:
                return index  # it comes first in a contents page, or is that of the text
            first = first or key
        elif len(mark.text) > LONGEST_ENTRY or mark.text[-1] in "。；：）" or first is None:
            return end
        end = index + 1
    return end


def _with_those_above(marks: Sequence[Mark], start: int, index: int) -> int:
    """Where the body begins whose first listed heading stands at `index`: a heading of a higher
    level right above it is no entry, or it would have been the first one.

    目录⏎第一章 甲⏎第二章 乙⏎第一编 总则⏎第一章 甲: the body begins with 第一编.
    """
    level = _LEVELS.get(marks[index].kind, 0)
    while index > start and _LEVELS.get(marks[index - 1].kind, level) < level:
        index -= 1
    return index


def _lists_articles(marks: Sequence[Mark], start: int) -> bool:
    """目录⏎第一条 立法目的⏎第二条 适用范围 …⏎第一条 …: the articles of a text without chapters."""
    if start >= len(marks) or marks[start].kind is not ARTICLE:
        return False
    first = marks[start].number
    return any(m.kind is ARTICLE and m.number == first for m in marks[start + 1 :])


def is_listed(entry: str) -> bool:
    """Whether a line, or what follows 附件：, is an entry of a list: 1．甲表."""
    return _LISTED.match(entry) is not None


def list_of_annexes(marks: Sequence[Mark], seen: Survey, signed: range) -> range:
    """附件：1．甲表⏎2．乙表 behind the last article, where 甲表 and 乙表 follow as annexes.

    A list whose annexes are not there is all that the source says of them, and stays. Where only
    some are there, the others are told by `annex_problems`. `signed` are the lines that sign the
    law: they may stand below the list.
    """
    if ANNEX not in seen.present:
        return range(0)
    annexes = [i for i, kind in enumerate(seen.kinds) if kind is ANNEX]
    if len(annexes) < 2:
        return range(0)
    start, first = annexes[0], _LISTED.match(marks[annexes[0]].rest)
    if marks[start].number is not None:
        return _numbered_list(marks, annexes)
    if first is None:
        return range(0)
    names = [_name_of(first[2])]
    stop = start + 1
    while stop < annexes[1] and (entry := _LISTED.match(marks[stop].text)):
        names.append(_name_of(entry[2]))
        stop += 1
    if annexes[1] not in (stop, signed.stop if signed.start == stop else stop):
        return range(0)
    below = [
        {_name_of(marks[i].rest)} | {_name_of(m.text) for m in marks[i + 1 : i + 2]}
        for i in annexes[1:]
    ]
    all_there = set(names) <= set().union(*below)
    by_name = names[0] in below[0] and all(not own.isdisjoint(names) for own in below)
    return range(start, stop) if all_there or by_name else range(0)


def _numbered_list(marks: Sequence[Mark], annexes: Sequence[int]) -> range:
    """附件1：甲表⏎附件2：乙表⏎附件1：甲表⏎…: the first run, where annexes follow by these names.

    One that does not follow is told by `annex_problems`; the first has to be there, and none may
    be there by another name.
    """
    start = annexes[0]
    names: dict[object, str] = {}
    for expected, index in enumerate(annexes):
        number = marks[index].number
        if number != Number(expected + 1) or index != start + expected or not marks[index].rest:
            break
        names[number] = _name_of(marks[index].rest)
    below = annexes[len(names) :]
    if len(names) < 2 or not below or below[0] != start + len(names):
        return range(0)
    if marks[below[0]].number != Number(1):
        return range(0)
    for index in below:
        own = marks[index].rest or (marks[index + 1].text if index + 1 < len(marks) else "")
        if names.get(marks[index].number) != _name_of(own):
            return range(0)
    return range(start, start + len(names))


def annex_problems(
    listed: Sequence[Mark], body: Sequence[Provision], line: int | None
) -> Iterator[Problem]:
    """Annexes that a list names and that do not follow, and numbers that stand twice.

    `listed` are the entries of the list that was left out, none where there is no list.
    """
    annexes = [p for p in body if p.unit is Unit.ANNEX]
    there = Counter(p.number for p in annexes if p.number is not None)
    names = {_name_of(text) for p in annexes for text in (p.caption, *_first_text(p)) if text}
    for mark in listed:
        entry = _LISTED.match(mark.rest if mark.kind is ANNEX else mark.text)
        name = _name_of(entry[2]) if entry else None
        if mark.number not in there and name not in names and not (name or "").endswith(_LEFT_OUT):
            message = f"附件目录中的“{mark.text}”在后面没有"
            yield _differs(message, line)
    for number, times in there.items():
        if times > 1:
            yield Problem(
                code="repeated-number",
                severity=Severity.WARNING,
                message=f"{Address(((Unit.ANNEX, number),)).citation}出现了不止一次",
                hint="一个是附件目录的，在来源中删去目录；一个附件丢了编号的，对照原件补上",
            )


def _first_text(annex: Provision) -> list[str]:
    return [p.text for p in annex.children[:1]]


def _name_of(annex: str) -> str:
    return annex.strip("：:　 《》")


def compare_contents(
    contents: Sequence[Mark], body: Sequence[Provision], line: int
) -> tuple[Problem, ...]:
    """The first difference between the contents page and the headings, if there is one."""
    listed = [
        (_ENTRY[m.kind], m.number, _PAGE.sub("", m.rest)) for m in contents if m.kind in _ENTRY
    ]
    found = [
        (p.unit, p.number, p.caption or "") for top in body for p in top.walk() if p.unit.is_heading
    ]
    if not listed or listed == found:
        return ()
    only_chapters = [entry for entry in found if entry[0] is not Unit.SECTION]
    if listed == only_chapters:
        return ()
    if len(listed) < len(found) and _run_on(contents, only_chapters):
        return ()
    there, named = set(found), set(listed)
    for entry in listed:
        if entry not in there:
            return (_differs(f"目录中的“{_named(entry)}”在正文中没有相同的标题", line),)
    missing = next((entry for entry in found if entry not in named), None)
    if missing is None:
        return (_differs("目录与正文标题的顺序不同", line),)
    return (_differs(f"正文中的“{_named(missing)}”不在目录中", line),)


def _run_on(contents: Sequence[Mark], headings: Sequence[tuple[Unit, object, str]]) -> bool:
    """Whether a contents page with several entries in a line names these headings, in order."""
    run = "".join(m.text for m in contents).replace("\u3000", "")
    at = 0
    for heading in headings:
        at = run.find(_named(heading).replace("\u3000", ""), at)
        if at < 0:
            return False
    return True


def _named(entry: tuple[Unit, object, str]) -> str:
    unit, number, caption = entry
    mark = number.written(unit.label) if hasattr(number, "written") else ""
    return f"{mark}　{caption}".strip("\u3000")


def _differs(message: str, line: int | None) -> Problem:
    return Problem(code="contents-differ", severity=Severity.WARNING, message=message, line=line)
