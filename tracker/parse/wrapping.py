"""Lines that were cut at a fixed width (text out of PDF) are joined again.

Floor 1, between the kinds of lines and segmenting. Only a text whose unfinished lines are all about
equally long is taken for wrapped; a single line without 。 at its end is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tracker.parse.lines import Kind, Mark, scan_line

__all__ = ["is_wrapped", "join_headings", "unwrap"]

FEWEST: Final = 8
"""Unfinished lines below which nothing can be said about a width."""
SHARE: Final = 0.2
"""Share of unfinished lines from which a text may be wrapped: 0.00 to 0.06 in ordinary laws, 0.5
and more in text out of PDF."""
SPREAD: Final = 6
"""By how many columns full lines differ: a line breaks before a bracket or a word."""

NARROWEST: Final = 40
"""Columns below which lines are a list of labels and no cut text: 20 Han a line."""

_ENDS: Final = frozenset("。；：！？”’】》）.…")
_HEADINGS: Final = frozenset({Kind.PART, Kind.SUBPART, Kind.CHAPTER, Kind.SECTION, Kind.CONTENTS})
_PAGE_NUMBER: Final = re.compile(r"[-—–]? ?[0-9]{1,4} ?[-—–]?$")


def _width(text: str) -> int:
    return len(text) * 2 - sum(char.isascii() for char in text)


def _unfinished(marks: Sequence[Mark]) -> list[int]:
    """Lines that end without punctuation and are followed by a line without a mark."""
    text = Kind.TEXT
    return [
        i
        for i, (mark, below) in enumerate(pairwise(marks))
        if below[0] is text and mark[3] and mark[3][-1] not in _ENDS and mark[0] not in _HEADINGS
    ]


def is_wrapped(marks: Sequence[Mark]) -> int | None:
    """The width at which a text is cut, in columns (Han count 2); None where it is not."""
    lines = _unfinished(marks)
    if len(lines) < FEWEST:
        return None
    total = sum(1 for m in marks if m.text and m.kind not in _HEADINGS)
    if len(lines) < SHARE * total:
        return None
    widths = sorted(_width(marks[i].text) for i in lines)
    full = widths[int(len(widths) * 0.9)]
    if full < NARROWEST:
        return None
    alike = sum(1 for width in widths if full - SPREAD <= width <= full + SPREAD)
    return full if alike >= 0.7 * len(widths) else None


def unwrap(marks: Sequence[Mark]) -> tuple[Sequence[Mark], Sequence[int], Sequence[int]]:
    """Joined lines, the index of the first line of each, and the indexes of page numbers.

    Before: 保障公共安全，保护公⏎民、法人和其他组织…
    After:  保障公共安全，保护公民、法人和其他组织…
    """
    full = is_wrapped(marks)
    if full is None:
        return marks, range(len(marks)), ()
    pages = [i for i, m in enumerate(marks) if m.text and _PAGE_NUMBER.match(m.text)]
    kept = [i for i in range(len(marks)) if i not in set(pages)]
    out: list[Mark] = []
    first: list[int] = []
    index = 0
    while index < len(kept):
        start = index
        pieces = [marks[kept[index]].text]
        while (
            index + 1 < len(kept)
            and _goes_on(marks[kept[index]], full)
            and marks[kept[index + 1]].kind is Kind.TEXT
        ):
            index += 1
            pieces.append(marks[kept[index]].text)
        mark = marks[kept[start]]
        out.append(mark if len(pieces) == 1 else scan_line(_glue(pieces)))
        first.append(kept[start])
        index += 1
    return out, first, pages


LONGEST_REST: Final = 20
"""Longest second line of a heading; 与审查决定 has 5 characters."""
_GOES_ON: Final = frozenset("、与和及或的")
_UNITS: Final = _HEADINGS - {Kind.CONTENTS}


def join_headings(marks: Sequence[Mark], first: Sequence[int]) -> tuple[list[Mark], list[int], int]:
    """Headings that were cut in two, joined; `first` as `unwrap` gives it, and how many were.

    A heading goes on in the next line where it ends in 与, 、 and the like, or where the two
    together are an entry of the contents page; behind them must come an article or a heading.

    Before: 第二章　申请、受理与⏎审查决定⏎第七条　…
    After:  第二章　申请、受理与审查决定⏎第七条　…
    """
    if not any(mark.kind in _UNITS for mark in marks):
        return list(marks), list(first), 0
    filled = [i for i, mark in enumerate(marks) if mark.text]
    names = {mark.text for mark in marks if mark.kind in _UNITS}
    gone: set[int] = set()
    out = list(marks)
    for here, below, behind in zip(filled, filled[1:], [*filled[2:], None], strict=False):
        mark, rest = marks[here], marks[below]
        if mark.kind not in _UNITS or rest.kind is not Kind.TEXT or here in gone:
            continue
        joined = mark.text + rest.text
        cut = mark.text[-1] in _GOES_ON and mark.set_off and bool(mark.rest)
        if not cut and joined not in names:
            continue
        if len(rest.text) > LONGEST_REST or rest.text[-1] in "。；：，、":
            continue
        if behind is not None and marks[behind].kind not in (_UNITS | {Kind.ARTICLE, Kind.BLANK}):
            continue
        out[here] = scan_line(joined)
        gone.add(below)
    kept = [i for i in range(len(marks)) if i not in gone]
    return [out[i] for i in kept], [first[i] for i in kept], len(gone)


def _goes_on(mark: Mark, full: int) -> bool:
    return (
        bool(mark.text)
        and mark.text[-1] not in _ENDS
        and mark.kind not in _HEADINGS
        and _width(mark.text) >= full - SPREAD
    )


def _glue(pieces: list[str]) -> str:
    out = pieces[0]
    for piece in pieces[1:]:
        latin = out[-1:].isascii() and out[-1:].isalpha() and piece[:1].isascii()
        out += (" " if latin and piece[:1].isalpha() else "") + piece
    return out
