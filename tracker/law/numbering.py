"""Numbers of provisions: 第二百零三条之一 ⇄ Number(203, (1,)), and their order.

Floor 0. Chinese numerals are read and written here and nowhere else. Written numbers use 零
(第一百零一条), as 立法技术规范（试行）（一）asks; reading also takes 〇 ○ O, Arabic digits of
either width and spaces inside, because sources hold all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

__all__ = ["NUMERAL", "Number", "read_numeral", "write_numeral"]

_DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
    "O": 0,
    "０": 0,
    "0": 0,
    "两": 2,
    "兩": 2,
}
_SCALES: Final = {"十": 10, "百": 100, "千": 1000}
_WIDE_TO_ASCII: Final = str.maketrans("０１２３４５６７８９", "0123456789")

NUMERAL: Final = "[零〇○OＯ一二三四五六七八九十百千万两兩0-9０-９]"
"""A character class, for use inside other patterns: what a number may be made of."""

_LONGEST: Final = 16  # 九千九百九十九万九千九百九十九 has 15; longer runs are no number


@lru_cache(maxsize=16384)
def read_numeral(text: str) -> int:
    """The value of a Chinese or Arabic numeral.

    >>> [read_numeral(text) for text in ("二百零三", "一百〇一", "１２", "二十")]
    [203, 101, 12, 20]
    >>> read_numeral("二〇二三"), read_numeral("一百 二十八"), read_numeral("三百0九")
    (2023, 128, 309)

    Raises ValueError for anything else, an empty text included.
    """
    compact = re.sub(r"[ \u00a0\u3000]", "", text)
    if not compact or len(compact) > _LONGEST:
        raise ValueError(f"not a number: {text!r}")
    arabic = compact.translate(_WIDE_TO_ASCII)
    if arabic.isascii() and arabic.isdigit():
        return int(arabic)
    if len(compact) > 1 and all(c in _DIGITS for c in compact):  # 二〇二三, digit by digit
        return int("".join(str(_DIGITS[c]) for c in compact))
    high, wan, low = compact.rpartition("万")
    if wan:
        return _below_wan(high) * 10_000 + (_below_wan(low) if low else 0)
    return _below_wan(compact)


def _below_wan(text: str) -> int:
    total, digit, last_scale = 0, None, 10_000
    for char in text:
        if char in _DIGITS:
            if digit:  # 一二十: two digits in a row without a scale
                raise ValueError(f"not a number: {text!r}")
            digit = _DIGITS[char]
        elif char in _SCALES:
            scale = _SCALES[char]
            if scale >= last_scale:  # 一十百: scales must fall
                raise ValueError(f"not a number: {text!r}")
            total += (1 if digit is None else digit or 1) * scale
            digit, last_scale = None, scale
        else:
            raise ValueError(f"not a number: {text!r}")
    if not text:
        raise ValueError("not a number: ''")
    return total + (digit or 0)


@lru_cache(maxsize=16384)
def write_numeral(value: int) -> str:
    """A whole number from 0 to 99,999,999 as a Chinese numeral.

    >>> [write_numeral(n) for n in (0, 7, 10, 12, 20, 101, 110, 1005, 1260)]
    ['零', '七', '十', '十二', '二十', '一百零一', '一百一十', '一千零五', '一千二百六十']
    """
    if not 0 <= value < 10**8:
        raise ValueError(f"outside 0 to 99,999,999: {value}")
    high, low = divmod(value, 10_000)
    if high:
        tail = _write_below_wan(low) if low else ""
        gap = "零" if 0 < low < 1000 else ""
        return f"{_write_below_wan(high)}万{gap}{tail}"
    text = _write_below_wan(low)
    return text[1:] if text.startswith("一十") else text


def _write_below_wan(value: int) -> str:
    if value == 0:
        return "零"
    out, pending_zero = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, scale)
        if digit:
            out += ("零" if pending_zero else "") + "零一二三四五六七八九"[digit] + name
            pending_zero = False
        elif out:
            pending_zero = value > 0
    return out


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """The number of a provision; 第十条之一 is Number(10, (1,)). Ordered as laws order them.

    >>> Number(10) < Number(10, (1,)) < Number(10, (2,)) < Number(11)
    True
    >>> str(Number(10, (1,)))
    '10-1'
    """

    value: int
    suffix: tuple[int, ...] = ()

    def __hash__(self) -> int:
        """Of the first number alone: numbers are looked up by the thousand, and a tuple of both
        takes three times as long. 第十条 and 第十条之一 fall together, and few laws have many."""
        return self.value

    def __reduce__(self) -> tuple[type[Number], tuple[int, tuple[int, ...]]]:
        """For other processes; a fifth of the time of a dataclass's own getting and setting."""
        return Number, (self.value, self.suffix)

    def __str__(self) -> str:
        if not self.suffix:
            return str(self.value)
        return "-".join(str(n) for n in (self.value, *self.suffix))

    @classmethod
    def of(cls, text: str) -> Number:
        """Read ``"10-1"``, the form that `str` writes. Raises ValueError."""
        head, *rest = text.split("-")
        if not all(part.isascii() and part.isdigit() for part in (head, *rest)):
            raise ValueError(f"not a number: {text!r}")
        return cls(int(head), tuple(int(part) for part in rest))

    @classmethod
    def read(cls, numeral: str, suffix: str = "") -> Number:
        """From the parts of 第十条之一: ``Number.read("十", "之一")``. Raises ValueError."""
        parts = [part for part in suffix.split("之") if part.strip()]
        return cls(read_numeral(numeral), tuple(read_numeral(part) for part in parts))

    def written(self, unit: str) -> str:
        """With its unit, as laws print it.

        >>> Number(10, (1,)).written("条")
        '第十条之一'
        """
        number = f"第{write_numeral(self.value)}{unit}"
        if not self.suffix:
            return number
        return number + "".join(f"之{write_numeral(n)}" for n in self.suffix)

    def follows(self, previous: Number) -> bool:
        """Whether this number comes next after `previous`, with no gap between them.

        >>> Number(11).follows(Number(10)), Number(11).follows(Number(10, (2,)))
        (True, True)
        >>> Number(10, (1,)).follows(Number(10)), Number(12).follows(Number(10))
        (True, False)
        """
        if self.suffix:
            before = self.suffix[:-1] + ((self.suffix[-1] - 1,) if self.suffix[-1] > 1 else ())
            return (previous.value, previous.suffix) == (self.value, before)
        return self.value == previous.value + 1
