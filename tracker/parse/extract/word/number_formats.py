"""How a number of a list is written: 12 → 十二, ⑫, xii, 12 (ECMA-376 part 1, 17.18.59).

Floor 1, for `numbering`. The Chinese ways of counting are all written as law texts write them,
since the number is known: where a program shows 101 as 一○一 (chineseCounting has no sign for 百)
or 百一, the article is 第一百零一条 all the same. What is not known is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from tracker.law.numbering import write_numeral

__all__ = ["UNNUMBERED", "write_number"]

UNNUMBERED: Final = frozenset({"none", "bullet"})
"""Formats without a number."""
MOST_ROMAN: Final = 3_999
MOST_LETTERS: Final = 26 * 30
"""Word writes 27 as AA, 53 as AAA; its own limit of pages and lists is 30 letters (780)."""

_CUSTOM: Final = re.compile(r"(0{1,8})1, 0{0,8}2, 0{0,8}3, \.\.\.")
"""001, 002, 003, ...: the formats with zeros that Word writes as custom."""
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_SIMPLIFIED: Final = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_TRADITIONAL: Final = str.maketrans("零一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟")
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def write_number(number: int, form: str, custom: str | None = None) -> str | None:
    """A number in a format of Word; None where the format is not known, or has no such number.

    `custom` is the pattern of the format ``custom``.

    >>> forms = ("chineseCounting", "japaneseCounting", "decimalEnclosedCircle", "upperRoman")
    >>> [write_number(12, form) for form in forms]
    ['十二', '十二', '⑫', 'XII']
    >>> write_number(101, "chineseCountingThousand"), write_number(3, "hebrew1")
    ('一百零一', None)
    """
    if form in UNNUMBERED:
        return ""
    if form == "custom":
        found = _CUSTOM.fullmatch(custom or "")
        return None if found is None else str(number).zfill(len(found[1]) + 1)
    write = _FORMS.get(form)
    return None if write is None else write(number)


def _from(signs: str) -> Callable[[int], str | None]:
    """One sign for each number; Word has none for those that follow."""
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else None


def _signs(first: str, count: int) -> str:
    return "".join(chr(ord(first) + n) for n in range(count))


def _roman(number: int) -> str | None:
    if not 1 <= number <= MOST_ROMAN:
        return None
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def _letters(number: int) -> str | None:
    """27 is AA and 28 BB.

    >>> [_letters(n) for n in (1, 26, 27, 28)]
    ['A', 'Z', 'AA', 'BB']
    """
    if not 1 <= number <= MOST_LETTERS:
        return None
    times, letter = divmod(number - 1, 26)
    return chr(ord("A") + letter) * (times + 1)


def _lower(write: Callable[[int], str | None]) -> Callable[[int], str | None]:
    def lower(number: int) -> str | None:
        return None if (upper := write(number)) is None else upper.lower()

    return lower


def _counted(number: int) -> str | None:
    return write_numeral(number) if 0 <= number < 10**8 else None


def _digits(zero: str) -> Callable[[int], str]:
    """二〇三 for 203."""
    table = str.maketrans("0123456789", zero + "一二三四五六七八九")
    return lambda number: str(number).translate(table)


def _legal(table: dict[int, int]) -> Callable[[int], str | None]:
    """壹拾贰 for 12: amounts have 壹 before every 拾."""

    def write(number: int) -> str | None:
        if not 0 <= number < 10_000:
            return None
        counted = write_numeral(number)
        return (f"一{counted}" if counted.startswith("十") else counted).translate(table)

    return write


def _sexagenary(number: int) -> str | None:
    if not 1 <= number <= 60:
        return None
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]


_FORMS: Final[dict[str, Callable[[int], str | None]]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: str(number).zfill(2),
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _from(_signs("①", 20)),
    "decimalEnclosedCircleChinese": _from(_signs("①", 20)),
    "decimalEnclosedFullstop": _from(_signs("⒈", 20)),
    "decimalEnclosedParen": _from(_signs("⑴", 20)),
    "numberInDash": lambda number: f"- {number} -",
    "upperRoman": _roman,
    "lowerRoman": _lower(_roman),
    "upperLetter": _letters,
    "lowerLetter": _lower(_letters),
    "chineseCounting": _counted,
    "chineseCountingThousand": _counted,
    "japaneseCounting": _counted,
    "taiwaneseCounting": _counted,
    "taiwaneseCountingThousand": _counted,
    "ideographDigital": _digits("〇"),
    "japaneseDigitalTenThousand": _digits("〇"),
    "taiwaneseDigital": _digits("○"),
    "chineseLegalSimplified": _legal(_SIMPLIFIED),
    "ideographLegalTraditional": _legal(_TRADITIONAL),
    "ideographEnclosedCircle": _from(_signs("㊀", 10)),
    "ideographTraditional": _from(_STEMS),
    "ideographZodiac": _from(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
}
