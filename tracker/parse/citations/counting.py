"""What the numbers of a citation count out: each target of a list, ranges written out.

Floor 1. Where a target is missing, what is there of the others is kept: 第二条、第九条 in a law of
eight articles points to 第二条, and lacks 第九条.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import count as count_up
from itertools import islice
from typing import Final

from tracker.law.address import Address
from tracker.law.model import Unit
from tracker.law.numbering import Number
from tracker.parse.citations.index import MissingError, Places, Written
from tracker.parse.citations.model import Citation, Step, Target
from tracker.parse.citations.places import walk

__all__ = ["between", "count"]

_LONGEST_LIST: Final = 60
"""项 that a range without marks can have; the longest list of 3,423 laws has 54."""


def count(citation: Citation, bases: tuple[Address, ...], places: Places) -> Iterable[Address]:
    """The targets of a citation counted from each of `bases`, ranges written out.

    Raises MissingError where a target is not there; it holds those that are.
    """
    if not citation.targets:
        return bases
    found: list[Address] = []
    lost: list[tuple[Target, MissingError]] = []
    alone = len(citation.targets) == len(bases) == 1
    for target in citation.targets:
        for base in bases:
            try:
                part = _target(target, base, places)
                if alone and isinstance(part, Written):
                    return part  # as it is kept
                found += part
            except MissingError as error:
                there, gone = _rest_of_range(target, base, places)
                found += there
                lost += gone or [(target, _freed(error))]
    if lost:
        raise _lacking(found, lost)
    return found


def _target(target: Target, base: Address, places: Places) -> Iterable[Address]:
    first = walk(target.first, base, places)
    if target.last is None:
        return (first,)
    last = walk(target.last, base, places)
    lost = target.first[-1][0] is Unit.SUBPARAGRAPH and first.steps[:-1] != last.steps[:-1]
    if lost:  # a list that has lost some of its marks
        return (walk(path, base, places) for path in _written_out(target))
    return between(first, last, places)


def _written_out(target: Target) -> Iterator[tuple[Step, ...]]:
    """第一项至第三项: 第一项, 第二项, 第三项."""
    *above, (unit, first) = target.first
    last = target.last[-1][1] if target.last else first
    for value in range(first.value, min(last.value, first.value + _LONGEST_LIST) + 1):
        yield (*above, (unit, Number(value)))


def between(first: Address, last: Address, places: Places) -> Written:
    """Every provision of the range that is of the unit of its first end.

    Kept: a law can cite 第一条至第九百条 in each article, and to write it out takes time.
    """
    found = places.ranges.get((first, last))
    if found is None:
        if not places.order:
            places.order.update(zip(places.by_address, count_up(), strict=False))
        unit, depth = first.steps[-1][0], len(first.steps)
        start, end = places.order.get(first, 0), places.order.get(last, -1)
        inside = islice(places.by_address, start, end + 1)
        found = Written(
            [one for one in inside if len(one.steps) == depth and one.steps[-1][0] is unit]
        )
        places.ranges[first, last] = found
    return found


def _lacking(found: list[Address], lost: list[tuple[Target, MissingError]]) -> MissingError:
    """One error for all that is not there; it holds what is."""
    if len(lost) == 1:
        target, only = lost[0]
        return MissingError(
            only.unit, only.words, only.unclear, found=tuple(found), targets=(target,)
        )
    errors = (error for _, error in lost)
    first = min(errors, key=lambda one: (not one.words, one.unit is Unit.ANNEX))  # the gravest
    return MissingError(
        first.unit,
        _listed((target, error.words) for target, error in lost),
        _listed((target, error.unclear) for target, error in lost),
        found=tuple(found),
        targets=tuple(dict.fromkeys(target for target, _ in lost)),
    )


def _freed(error: MissingError) -> MissingError:
    """An error without the way it came, in which the list stands that holds it: such a cycle is
    not freed while no cycles are looked for, and 250,000 citations of nothing took 2 GB."""
    return error.with_traceback(None)


def _listed(said: Iterable[tuple[Target, str]]) -> str:
    """第十六条第六项、第七项: what holds several is said once."""
    listed: list[str] = []
    before = ""
    for target, words in dict.fromkeys(said):
        if words:
            above, own, more = words.partition(Address(target.first[-1:]).citation)
            listed.append(own + more if own and above == before else words)
            before = above
    return "、".join(dict.fromkeys(listed))


def _rest_of_range(
    target: Target, base: Address, places: Places
) -> tuple[list[Address], list[tuple[Target, MissingError]]]:
    """What is there of a range that lacks an end, and what is not, in stretches.

    第二条至第九条 in a law of seven articles: 第二条 … 第七条, and 第八条至第九条.
    """
    if target.last is None or target.last[:-1] != target.first[:-1]:
        return [], []
    above, (unit, first), last = target.first[:-1], target.first[-1], target.last[-1][1]
    known = {address.steps[-1][1] for address in places.by_address}
    found: dict[Number, Address] = {}
    for number in sorted(one for one in known | {first, last} if first <= one <= last):
        with suppress(MissingError):
            found[number] = walk((*above, (unit, number)), base, places)
    lost: list[tuple[Target, MissingError]] = []
    for begin, end in _gaps(first, last, found):
        gap = Target((*above, (unit, begin)), (*above, (unit, end)) if begin < end else None)
        try:
            walk(gap.first, base, places)
        except MissingError as error:
            lost.append((gap, _through(_freed(error), unit, begin, end)))
    return list(found.values()), lost


def _gaps(first: Number, last: Number, found: Iterable[Number]) -> Iterator[tuple[Number, Number]]:
    """Stretches of whole numbers that are not `found`, and an end like 第八条之一 that is not.

    >>> [f"{a}–{b}" for a, b in _gaps(Number(2), Number(9, (1,)), [Number(2), Number(5)])]
    ['3–4', '6–9', '9-1–9-1']
    """
    there = set(found)
    if first.suffix and first not in there:
        yield first, first
    before = first.value if first.suffix else first.value - 1
    whole = sorted(one.value for one in there if not one.suffix)
    for value in (*whole, last.value + 1):
        if value > before + 1:
            yield Number(before + 1), Number(value - 1)
        before = value
    if last.suffix and last not in there and last != first:
        yield last, last


def _through(error: MissingError, unit: Unit, begin: Number, end: Number) -> MissingError:
    """The error for `begin` as one for all up to `end`: 第八条、第九条, 第八条至第十条."""
    if begin == end or error.unit is not unit:  # of an article that is not there, nothing is
        return error
    word = "、" if end.value == begin.value + 1 else "至"
    more = f"{word}{Address(((unit, end),)).citation}"
    words, unclear = (said and said + more for said in (error.words, error.unclear))
    return MissingError(unit, words, unclear)
