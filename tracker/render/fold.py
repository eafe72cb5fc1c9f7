"""Where a line of Han may break, and how wide it is.

Floor 4. Pure. Marks like ，。） do not begin a line and （《 do not end one (避头避尾); a word of
Latin, a number and a number with its unit stay whole.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["break_points", "cells"]

_NOT_FIRST: Final = "，。、；：？！）》〉”’】」』…%％ \u3000"
_NOT_LAST: Final = "（《〈“‘【「『"
_NUMERAL: Final = "第零〇一二三四五六七八九十百千万亿0123456789"
_UNIT: Final = "条款项目章节编年月日元"
_SHORT: Final = 16  # a cell of a table, which the next row often has again
_LOOK_BACK: Final = 32  # characters a break is moved back at most; a longer word is cut


@lru_cache(maxsize=8192)
def _cell(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cells(text: str) -> int:
    """Width in cells of a terminal.

    >>> cells("第2条")
    5
    """
    return _few(text) if len(text) <= _SHORT else sum(map(_cell, text))


@lru_cache(maxsize=4096)
def _few(text: str) -> int:
    return sum(map(_cell, text))


def break_points(text: str, width: int) -> list[int]:
    """Positions at which to break a line so that no part is wider than `width` cells.

    >>> break_points("处一万元以上十万元以下罚款。", 10)
    [5, 10]
    >>> break_points("应当依照规定，报送数据。", 12)
    [5, 10]
    >>> break_points("违反第二十三条", 12)  # 违反 / 第二十三条
    [2]
    """
    points: list[int] = []
    start = used = 0
    for at, char in enumerate(text):
        size = _cell(char)
        if used + size > width and at > start and char != " ":
            start = _best(text, start, at)
            points.append(start)
            used = cells(text[start:at])
        used += size
    return points


def _best(text: str, start: int, at: int) -> int:
    """The last place to break from `at` backwards; `at` itself where there is none near."""
    for cut in range(at, max(start, at - _LOOK_BACK), -1):
        if _may_break(text, cut):
            return cut
    return at


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    if before == " ":
        return not (at > 1 and text[at - 2].isdigit())
    if before in _NUMERAL and (after in _NUMERAL or after in _UNIT):
        return False
    return not (before.isascii() and after.isascii())
