"""A law in columns, for its way to another process: a few lists go there, not hundreds of values.

Floor 0. Who sends laws to other processes imports this module; pickling one is then all that is
needed. In columns it takes a quarter of the time, there and back.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import count, islice
from typing import Final, NamedTuple

from tracker.law.model import Law, Provision, Unit, provision
from tracker.law.numbering import Number

__all__ = ["Columns", "packed", "unpacked"]


class Columns(NamedTuple):
    """Every provision of a law in the order of the text, a row each.

    `numbers` are value and suffix, or the value alone; `below` tells how many of the rows that
    follow are its children, those below them not counted. `others` holds caption and responsible
    units by row, where one has either.
    """

    units: list[Unit]
    numbers: list[int | tuple[int, tuple[int, ...]] | None]
    texts: list[str]
    below: list[int]
    others: dict[int, tuple[str | None, str | None]]


_Row = tuple[int, Unit, Number | None, str, int]
_NEITHER: Final = (None, None)


def packed(body: tuple[Provision, ...]) -> Columns:
    """The body of a law in columns.

    >>> packed((Provision(Unit.ARTICLE, Number(3), None, "", (Provision(Unit.PARAGRAPH),)),))[1:4]
    ([3, None], ['', ''], [1, 0])
    """
    columns = Columns([], [], [], [], {})
    _lay_down(body, columns)
    return columns


def _lay_down(siblings: tuple[Provision, ...], columns: Columns) -> None:
    units, numbers, texts, below, others = columns
    for one in siblings:
        number, children = one.number, one.children
        if one.caption is not None or one.responsible is not None:
            others[len(units)] = one.caption, one.responsible
        units.append(one.unit)
        if number is None:
            numbers.append(None)
        else:
            numbers.append((number.value, number.suffix) if number.suffix else number.value)
        texts.append(one.text)
        below.append(len(children))
        if children:
            _lay_down(children, columns)


def unpacked(
    title: str, stage_line: str | None, enactment_note: str | None, columns: Columns
) -> Law:
    """The law whose body was packed."""
    units, numbers, texts, below, others = columns
    read = [None if one is None else _number(one) for one in numbers]
    rows = zip(count(), units, read, texts, below)
    return Law(title, _built(rows, len(units), others), stage_line, enactment_note)


def _built(
    rows: Iterator[_Row], most: int, others: dict[int, tuple[str | None, str | None]]
) -> tuple[Provision, ...]:
    """So many siblings; what is below one is taken from the rows before the next of them is."""
    out: list[Provision] = []
    for row, unit, number, text, below in islice(rows, most):
        children = _built(rows, below, others) if below else ()
        caption, responsible = others.get(row, _NEITHER)
        out.append(provision(unit, number, caption, text, children, responsible))
    return tuple(out)


@lru_cache(maxsize=16384)
def _number(packed: int | tuple[int, tuple[int, ...]]) -> Number:
    return Number(packed) if isinstance(packed, int) else Number(*packed)


def _reduced(law: Law) -> tuple[Callable[..., Law], tuple[object, ...]]:
    return unpacked, (law.title, law.stage_line, law.enactment_note, packed(law.body))


copyreg.pickle(Law, _reduced)
