"""项 that run on in the line that announces them: …下列情形：（一）甲；（二）乙。

Floor 1, between the kinds of lines and the tree. Copies of web pages and printed pages have them.
A line is divided only where every cut is certain; else it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tracker.law.numbering import write_numeral
from tracker.parse.marks.kinds import (
    ARABIC,
    ARTICLE,
    PAREN_HAN,
    TEXT,
    Kind,
    Mark,
    item_mark,
    new_mark,
)

__all__ = ["split_items"]

ANNOUNCED: Final = "：（一）"
_ITEM: Final = re.compile("(?<=[：；。])（[一二三四五六七八九十百]{1,4}）(?![、和至项])")
_OF_AN_ARTICLE: Final = (TEXT, PAREN_HAN, ARABIC, Kind.PAREN_ARABIC)
"""What stands in an article; in an outline （一） is a level above its text, and no 项."""
FEWEST: Final = 2
"""项 in a list; one alone may be a remark in brackets."""


def split_items(marks: list[Mark], first: Sequence[int]) -> tuple[list[Mark], Sequence[int]]:
    """The marks with each run-in 项 on a line of its own, and the number of the first line of each;
    both as they are where there is none.

    The numbers count up from 一 behind the ：, each 项 but the last ends with ；, or each with 。,
    and the last one ends the line; nothing of it stands in quotation marks. Only in articles.

    Before: 第九条　有下列情形之一的，责令改正：（一）擅自拆除的；（二）拒绝检查的。
    After:  第九条　有下列情形之一的，责令改正：⏎（一）擅自拆除的；⏎（二）拒绝检查的。
    """
    out: list[Mark] = []
    lines: list[int] = []
    inside = False
    for line, mark in zip(first, marks, strict=True):
        inside = mark.kind is ARTICLE or (inside and mark.kind in _OF_AN_ARTICLE)
        parts = _divided(mark.rest) if inside and mark.kind in (TEXT, ARTICLE) else []
        items = [found for part in parts[1:] if (found := item_mark(part))]
        if len(items) < FEWEST:
            out.append(mark)
            lines.append(line)
            continue
        whole, head = mark.text, parts[0]
        above = whole[: len(whole) - len(mark.rest)] + head
        out += [new_mark(mark.kind, mark.number, head, above, mark.set_off), *items]
        lines += [line] * (1 + len(items))
    return (out, lines) if len(out) > len(marks) else (marks, first)


def _divided(text: str) -> list[str]:
    """What announces the 项, and each of them; nothing where it is not certain.

    >>> _divided("下列路灯：（一）路边的；（二）公园里的。")
    ['下列路灯：', '（一）路边的；', '（二）公园里的。']
    >>> _divided("下列路灯：（一）路边的；（三）公园里的。")
    []
    """
    start = text.find(ANNOUNCED)
    if start < 0 or text.count(ANNOUNCED) > 1 or text.count("“") != text.count("”"):
        return []
    if text.count("“", 0, start) != text.count("”", 0, start):
        return []
    cuts = [found.start() for found in _ITEM.finditer(text, start)]
    numbers = [f"（{write_numeral(n)}）" for n in range(1, len(cuts) + 1)]
    if len(cuts) < FEWEST or not all(map(text.startswith, numbers, cuts)):
        return []
    parts = [text[begin:end] for begin, end in pairwise([0, *cuts, len(text)])]
    ends = {part[-1] for part in parts[1:-1]}
    stops = sum(part.count("。") for part in parts[1:])
    if parts[-1][-1] != "。" or len(ends) != 1:
        return []
    return parts if stops == (1 if ends == {"；"} else len(parts) - 1) else []
