"""The way from a place in a law along a path: 本条 → 第二款 → 第三项.

Floor 1. `reading` asks this for each way a citation can be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tracker.law.address import Address
from tracker.law.model import Unit
from tracker.law.numbering import Number, write_numeral
from tracker.parse.citations.article_items import AS_SUBPARAGRAPH, items_of
from tracker.parse.citations.index import MISSING_CODES, MissingError, Places, Ranks
from tracker.parse.citations.model import Base, Citation, CitationKind, Step
from tracker.parse.citations.unnumbered import (
    annex,
    annexes,
    has_articles_of_its_own,
    in_annex,
    unmarked,
)

__all__ = ["bases", "from_base", "only", "up_to", "walk"]

# A text that has no 第一条 may call its 一、 so (上条所述).
_DEPTHS: Final = {unit: depth for depth, unit in enumerate(MISSING_CODES)}
"""How far down a unit that can be cited is."""
_CALLED: Final = {
    Unit.SUBPARAGRAPH: AS_SUBPARAGRAPH, Unit.ARTICLE: (Unit.ARTICLE, Unit.OUTLINE_1),
}  # fmt: skip

_LAW: Final = Address(())


def only(path: tuple[Step, ...], places: Places) -> Address:
    """The one 1．, 2．… of this number in a text that counts them through; else MissingError."""
    found = places.ending((Unit.OUTLINE_3, path[0][1]))
    if len(path) != 1 or len(found) != 1:
        raise MissingError(path[0][0], path[0][1].written(path[0][0].label))
    return found[0]


def bases(citation: Citation, at: Address, places: Places) -> tuple[Address, ...]:
    """Where the numbers of a citation are counted from; the base itself where it has none."""
    if citation.base is not None:
        return from_base(citation.base, at, places)
    if citation.within:
        for address, located in places.by_address.items():
            named = located.provision.caption == citation.within
            if located.provision.unit in (Unit.PART, Unit.CHAPTER) and named:
                return (address,)
        raise MissingError(Unit.PART, citation.within)
    unit = citation.targets[0].first[0][0]
    named = citation.kind is CitationKind.INTERNAL
    if named and unit is Unit.ARTICLE and has_articles_of_its_own(at, places):
        return (Address(at.steps[:1]),)  # 本细则第三条 in a 细则 that is an annex
    return (up_to(at, unit, places),)


def up_to(at: Address, unit: Unit, places: Places) -> Address:
    """The provision that a bare number of `unit`, standing at `at`, is counted in."""
    depth = _DEPTHS[unit]
    if depth <= _DEPTHS[Unit.ARTICLE]:
        above = places.headings_above(at)
        return Address(tuple([step for step in above if _DEPTHS[step[0]] < depth]))
    return Address(tuple([step for step in at.steps if _DEPTHS.get(step[0], -1) < depth]))


def from_base(base: Base, at: Address, places: Places) -> tuple[Address, ...]:
    """What 本条, 前两款, 本章 mean at `at`; MissingError where they mean nothing there."""
    asked = (base, at)
    found = places.near.get(asked)
    if found is None:
        found = places.near[asked] = _from_base(base, at, places)
    return found


def _from_base(base: Base, at: Address, places: Places) -> tuple[Address, ...]:
    if base.unit is Unit.ANNEX:
        return annexes(at, places)
    if base.unit.is_heading:
        above = places.headings_above(at)
        for depth, (unit, _) in enumerate(above):
            if unit is base.unit:
                return (Address(above[: depth + 1]),)
        parts = any(address.steps[-1][0] is Unit.PART for address in places.by_address)
        if base.unit is Unit.PART and places.articles and not parts:
            return (Address(()),)  # a part of a code, published by itself, is 本编
        raise MissingError(base.unit, f"{base.word}{base.unit.label}")
    units = [unit for unit, _ in at.steps]
    known = _CALLED.get(base.unit, (base.unit,))
    named = next((unit for unit in known if unit in units), None)
    if named is None:
        raise MissingError(base.unit, f"{base.word}{base.unit.label}")
    here = Address(at.steps[: units.index(named) + 1])
    if base.word == "本":
        return (here,)
    return tuple(_neighbours(base, here, places))


def _neighbours(base: Base, here: Address, places: Places) -> Iterator[Address]:
    """前两款 from the fourth 款: the second and the third."""
    *above, (unit, number) = here.steps
    known, ranks = _siblings(tuple(above), unit, places)
    if unit is Unit.PARAGRAPH and _has_text(above, places):
        yield from _counted_with_text(base, here, known, ranks)
        return
    position = ranks.get(number, -1)
    first, last = (
        (position - base.count, position)
        if base.word == "前"
        else (position + 1, position + 1 + base.count)
    )
    if position < 0 or first < 0 or last > len(known):
        count = write_numeral(base.count) if base.count > 1 else ""
        raise MissingError(unit, f"{base.word}{count}{unit.label}")
    for found in known[first:last]:
        yield Address((*above, (unit, found)))


def _siblings(above: tuple[Step, ...], unit: Unit, places: Places) -> Ranks:
    """The numbers of all articles, or of what else of this unit one provision holds.

    Gathered once: in an article of 40,000 款 that each cite 前款 it took minutes.
    """
    asked = () if unit is Unit.ARTICLE else above, unit
    if asked not in places.ranks:
        known: Sequence[Number] = places.articles
        if unit is not Unit.ARTICLE:
            held = places.by_address.get(Address(above))
            children = held.provision.children if held else ()
            same = [c for c in (children if above else places.law.body) if c.unit is unit]
            known = [c.number or Number(i) for i, c in enumerate(same, start=1)]
        ranks = {number: i for i, number in reversed(tuple(enumerate(known)))}
        places.ranks[asked] = known, ranks
    return places.ranks[asked]


def _has_text(steps: list[Step], places: Places) -> bool:
    """Whether what holds a 款 has words of its own, which are its first 款: 35．甲。⏎前款的乙。"""
    held = places.by_address.get(Address(tuple(steps)))
    return held is not None and held.provision.unit.is_outline and bool(held.provision.text)


def _counted_with_text(
    base: Base, here: Address, known: Sequence[Number], ranks: Mapping[Number, int]
) -> Iterator[Address]:
    """前款 in the first 款 below 35．甲。 is 甲 itself, the text that stands at place 0."""
    above = Address(here.steps[:-1])
    position = ranks.get(here.steps[-1][1], -1) + 1
    first, last = (
        (position - base.count, position)
        if base.word == "前"
        else (position + 1, position + 1 + base.count)
    )
    if first < 0 or last > len(known) + 1:
        raise MissingError(Unit.PARAGRAPH, f"{base.word}{Unit.PARAGRAPH.label}")
    for place in range(first, last):
        yield above.below(Unit.PARAGRAPH, known[place - 1]) if place else above


def walk(path: tuple[Step, ...], base: Address, places: Places) -> Address:
    """From `base` down a path, which may name a level that the text leaves out (第十条第三项)."""
    at = base
    for unit, number in path:
        at = _step(at, unit, number, places)
    return at


def _step(at: Address, unit: Unit, number: Number, places: Places) -> Address:
    if unit is Unit.ANNEX:
        return annex(number, places)
    if at.steps and at.steps[0][0] is Unit.ANNEX and len(at.steps) == 1:
        return in_annex(at, unit, number, places)
    if unit is Unit.ARTICLE:
        found = _LAW.below(unit, number)
        if not places.articles and found not in places.by_address:
            found = Address(((Unit.OUTLINE_1, number),))  # 本安排第三条 of a text of 一、二、三、
    elif unit.is_heading:
        return _heading(at, unit, number, places)
    elif unit is Unit.SUBPARAGRAPH and at.steps and at.steps[-1][0] is Unit.ARTICLE:
        return _subparagraph(at, number, places)
    elif unit is Unit.PARAGRAPH and (counted := _counted_paragraph(at, number, places)):
        found = counted
    elif unit is Unit.SUBPARAGRAPH:
        listed = (*_items(at, number, places), *unmarked(at, number, places))
        found = next(iter(listed), at.below(unit, number))
    else:
        found = at.below(unit, number)
    if found not in places.by_address:
        named = _LAW.below(unit, number) if unit is Unit.ARTICLE else found
        raise MissingError(unit, named.citation)
    return found


def _counted_paragraph(article: Address, number: Number, places: Places) -> Address | None:
    """第二款 of an article that is nothing but 一、 二、 三、, as in treaties: 二、."""
    first = article.below(Unit.PARAGRAPH, Number(1))
    counted = first.below(Unit.OUTLINE_1, number)
    if counted not in places.by_address or places.by_address[first].provision.text:
        return None
    return counted


def _heading(at: Address, unit: Unit, number: Number, places: Places) -> Address:
    """第三章: in the same 编 or a 分编 of it where it is there, else wherever only one has it."""
    exact = at.below(unit, number)
    if exact in places.by_address:
        return exact
    found = places.ending((unit, number))
    inside = [address for address in found if address.steps[: len(at.steps)] == at.steps]
    found = inside or found
    if len(found) != 1:
        raise MissingError(unit, exact.citation)
    return found[0]


def _items(above: Address, number: Number, places: Places) -> Iterator[Address]:
    """The 项 of this number right below a 款, whatever its mark."""
    if above.steps:
        tries = (above.below(unit, number) for unit in AS_SUBPARAGRAPH)
        yield from (address for address in tries if address in places.by_address)


def _subparagraph(article: Address, number: Number, places: Places) -> Address:
    """第十条第三项 without 款: the one 款 of that article which has such a 项."""
    if article not in places.by_address:
        raise MissingError(Unit.ARTICLE, article.citation)
    found = items_of(article, places).marked.get(number) or []
    found = found or list(unmarked(article, number, places))
    if not found:
        raise MissingError(Unit.SUBPARAGRAPH, article.below(Unit.SUBPARAGRAPH, number).citation)
    if len(found) > 1:
        unclear = article.below(Unit.SUBPARAGRAPH, number).citation
        raise MissingError(Unit.SUBPARAGRAPH, "", unclear)
    return found[0]
