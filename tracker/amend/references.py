"""What an instruction points at: 第三条第一款、第二款和第五条 → addresses in the base.

Floor 2, used by `clauses`. A reference inside an item may lean on the one before it: 第二款 is a 款
of the article that was named last. Ranges are spelled out; one whose ends are 第X条之Y is not read,
because only the base knows what lies between.
"""

from __future__ import annotations

import re
from typing import Final

from tracker.law.address import Address
from tracker.law.model import Unit
from tracker.law.numbering import NUMERAL, Number

__all__ = [
    "HAN", "LIST", "UNITS", "Step", "UnreadableReferenceError", "read_list", "read_numbers",
]  # fmt: skip

Step = tuple[Unit, Number]

HAN: Final = "[一二三四五六七八九十百千零两]"
UNITS: Final = {
    "编": Unit.PART, "分编": Unit.SUBPART, "章": Unit.CHAPTER, "节": Unit.SECTION,
    "条": Unit.ARTICLE, "款": Unit.PARAGRAPH, "项": Unit.SUBPARAGRAPH, "目": Unit.ITEM,
    "段": Unit.PARAGRAPH, "部分": Unit.OUTLINE_1, "自然段": Unit.PARAGRAPH,
}  # fmt: skip
"""What acts call a level, and the level."""
_LEVELS: Final = (
    Unit.PART, Unit.SUBPART, Unit.CHAPTER, Unit.SECTION, Unit.ARTICLE, Unit.PARAGRAPH,
    Unit.SUBPARAGRAPH, Unit.ITEM,
)  # fmt: skip

_LAW = (
    r"(?:修改后的?)?(?:《[^》]*》"
    r"|(?=[^第原引序]{0,24}+[第原引序])"
    r"(?:本|该)?[\u4e00-\u9fff]{0,20}?(?:法|条例|办法|规定|解释|规则|细则))的?"
)
"""The name of a law, with 第三条, 原第三条, 引言 or 序言 next: where none of these begins within so
many characters, no end of a name is looked for."""
_STEP = (
    rf"(?:第|(?<=将))(?:（{HAN}+）|{NUMERAL}+)(?:编|分编|章|节|条|款|项|目|段|自然段|部分)"
    rf"(?:之{HAN}+)*"
)
_REF = (
    rf"(?:{_LAW}(?=第|原第|引言|序言))?原?(?:(?:正文)?(?:{_STEP})++"
    rf"|(?:该|本|这一)(?:条|款|项|自然段)|(?:引言|序言|前言)(?:{_STEP})?)"
)
_JOIN = r"(?:、|和|及|以及|与|或者)"
LIST: Final = rf"{_REF}(?:(?:{_JOIN}|至){_REF})*+"
"""A pattern, for use inside others: one or more references. Nothing that follows one begins as a
reference does, so that none is given back once it is read."""

_STEP_PARTS = re.compile(
    rf"(?:第（?|（|(?<!{NUMERAL}))(?P<number>{NUMERAL}+)）?(?P<unit>分编|自然段|部分|[编章节条款项目段])"
    rf"(?P<suffix>(?:之{HAN}+)*)"
)
_MOST: Final = 10_000
"""Provisions that a list names, ranges spelled out; the longest law has 1,260 articles. 第一条至第
九千万条 would not fit into memory."""
_CUT = re.compile(rf"({_JOIN}|至)(?={_REF})")


class UnreadableReferenceError(ValueError):
    """A reference that cannot be turned into addresses."""


def read_list(text: str, context: tuple[Step, ...] = ()) -> tuple[Address, ...]:
    """The addresses a list of references names; `context` is what was named last in the item.

    >>> [str(a) for a in read_list("第三条第一款、第二款和第五条至第七条")]
    ['art_3__para_1', 'art_3__para_2', 'art_5', 'art_6', 'art_7']
    >>> [str(a) for a in read_list("第二款", ((Unit.ARTICLE, Number(8)),))]
    ['art_8__para_2']

    Raises UnreadableReferenceError.
    """
    pieces = _CUT.split(text)
    found: list[tuple[Step, ...]] = []
    for index in range(0, len(pieces), 2):
        steps = _read_one(pieces[index], found[-1] if found else context)
        if index and pieces[index - 1] == "至":
            found.extend(_between(found[-1], steps))
        found.append(steps)
        if len(found) > _MOST:
            raise UnreadableReferenceError(text)
    return tuple(Address(steps) for steps in found)


def read_numbers(text: str) -> tuple[Unit, tuple[Number, ...]]:
    """The unit and the numbers that 作为第五条、第六条 gives. Raises UnreadableReferenceError."""
    last = [address.steps[-1] for address in read_list(text, ((Unit.ARTICLE, Number(1)),))]
    if len({unit for unit, _ in last}) != 1:
        raise UnreadableReferenceError(text)
    return last[0][0], tuple(number for _, number in last)


def _read_one(text: str, context: tuple[Step, ...]) -> tuple[Step, ...]:
    steps: list[Step] = []
    for match in _STEP_PARTS.finditer(text):
        try:
            number = Number.read(match["number"], match["suffix"])
        except ValueError:
            raise UnreadableReferenceError(text) from None
        steps.append((UNITS[match["unit"]], number))
    if not steps:
        return _read_word(text, context)
    first = steps[0][0]
    if re.search(r"段|引言|序言|前言", text) and first is Unit.PARAGRAPH:
        return ((Unit.INTRODUCTION, Number(1)), *steps)
    if first is Unit.ARTICLE or first not in _LEVELS:
        return tuple(steps)
    above = _LEVELS[: _LEVELS.index(first)]
    kept = tuple(step for step in context if step[0] in above)
    if first in (Unit.PARAGRAPH, Unit.SUBPARAGRAPH, Unit.ITEM):
        if not any(unit is Unit.ARTICLE for unit, _ in kept):
            raise UnreadableReferenceError(text)
    elif any(unit in (Unit.ARTICLE, *_LEVELS[5:]) for unit, _ in context):
        kept = ()
    return (*kept, *steps)


def _read_word(text: str, context: tuple[Step, ...]) -> tuple[Step, ...]:
    if text.endswith(("引言", "序言", "前言")):
        return ((Unit.INTRODUCTION, Number(1)),)
    unit = Unit.PARAGRAPH if text.endswith("段") else UNITS.get(text[-1])
    for index, step in enumerate(context):
        if step[0] is unit:
            return context[: index + 1]
    raise UnreadableReferenceError(text)


def _between(first: tuple[Step, ...], last: tuple[Step, ...]) -> list[tuple[Step, ...]]:
    (unit, low), (other, high) = first[-1], last[-1]
    alike = unit is other and first[:-1] == last[:-1] and not (low.suffix or high.suffix)
    if not alike or not low < high or high.value - low.value > _MOST:
        raise UnreadableReferenceError(f"{low}–{high}")
    return [(*first[:-1], (unit, Number(n))) for n in range(low.value + 1, high.value)]
