"""The provisions of a law, indexed, and the way from a place along a path: 本条 → 第二款 → 第三项.

Floor 1. `citation_reading` asks this for each way a citation can be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tracker.law.address import Address, Located, locate
from tracker.law.model import Law, Unit
from tracker.law.numbering import Number, write_numeral
from tracker.parse.citation_model import Base, Citation, Step, Target

__all__ = [
    "MISSING_CODES", "MissingError", "Places", "bases", "between", "count", "from_base", "only",
    "up_to", "walk",
]  # fmt: skip

MISSING_CODES = {
    Unit.PART: "no-such-part", Unit.SUBPART: "no-such-part", Unit.CHAPTER: "no-such-chapter",
    Unit.SECTION: "no-such-section", Unit.ARTICLE: "no-such-article",
    Unit.PARAGRAPH: "no-such-paragraph", Unit.SUBPARAGRAPH: "no-such-subparagraph",
    Unit.ITEM: "no-such-item",
}  # fmt: skip
# What a law calls 项 is （一） today, but 一、 or 1． right below the 款 in older and odd texts.
_AS_SUBPARAGRAPH = (
    Unit.SUBPARAGRAPH, Unit.OUTLINE_1, Unit.ITEM, Unit.OUTLINE_4, Unit.OUTLINE_2,
)  # fmt: skip


class MissingError(Exception):
    """A provision that a citation needs and the law has not: its unit, and how it is called."""

    def __init__(self, unit: Unit, words: str) -> None:
        super().__init__(words)
        self.unit, self.words = unit, words


@dataclass(frozen=True, slots=True)
class Places:
    """A law, indexed by address. Where a number is repeated, the first one stands for it.

    `located` are all its provisions, the repeated ones too, in the order of the text.
    """

    law: Law
    by_address: dict[Address, Located]
    articles: tuple[Number, ...]
    located: tuple[Located, ...] = ()

    @classmethod
    def of(cls, law: Law) -> Places:
        """Index a law."""
        located = tuple(locate(law))
        found: dict[Address, Located] = {}
        for one in located:
            found.setdefault(one.address, one)
        numbers = tuple(a.number for a in law.articles() if a.number is not None)
        return cls(law, found, numbers, located)

    def headings_above(self, at: Address) -> tuple[Step, ...]:
        """编章节 that hold this place, outermost first."""
        located = self.by_address.get(at)
        parents = located.parents if located else ()
        steps = [(p.unit, p.number) for p in parents if p.unit.is_heading and p.number]
        if located and located.provision.unit.is_heading:
            return located.address.steps
        return tuple(steps)


def only(path: tuple[Step, ...], places: Places) -> Address:
    """The one 1．, 2．… of this number in a text that counts them through; else MissingError."""
    wanted = (Unit.OUTLINE_3, path[0][1])
    found = [address for address in places.by_address if address.steps[-1] == wanted]
    if len(path) != 1 or len(found) != 1:
        raise MissingError(path[0][0], path[0][1].written(path[0][0].label))
    return found[0]


def count(citation: Citation, bases: tuple[Address, ...], places: Places) -> Iterable[Address]:
    """The targets of a citation counted from each of `bases`, ranges written out.

    Raises MissingError where a target is not there.
    """
    if not citation.targets:
        return bases
    return [a for target in citation.targets for a in _target(target, bases, places)]


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
    return (up_to(at, citation.targets[0].first[0][0], places),)


def up_to(at: Address, unit: Unit, places: Places) -> Address:
    """The provision that a bare number of `unit`, standing at `at`, is counted in."""
    order = list(MISSING_CODES)
    if order.index(unit) <= order.index(Unit.ARTICLE):
        above = places.headings_above(Address(at.steps))
        return Address(tuple(s for s in above if order.index(s[0]) < order.index(unit)))
    steps = (s for s in at.steps if s[0] not in order or order.index(s[0]) < order.index(unit))
    return Address(tuple(steps))


def from_base(base: Base, at: Address, places: Places) -> tuple[Address, ...]:
    """What 本条, 前两款, 本章 mean at `at`; MissingError where they mean nothing there."""
    if base.unit.is_heading:
        above = places.headings_above(at)
        for depth, (unit, _) in enumerate(above):
            if unit is base.unit:
                return (Address(above[: depth + 1]),)
        if base.unit is Unit.PART and places.articles and places.articles[0].value > 1:
            return (Address(()),)  # a part of a code, published by itself, is 本编
        raise MissingError(base.unit, f"{base.word}{base.unit.label}")
    units = [unit for unit, _ in at.steps]
    known = _AS_SUBPARAGRAPH if base.unit is Unit.SUBPARAGRAPH else (base.unit,)
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
    if unit is Unit.ARTICLE:
        known = list(places.articles)
    else:
        outer = Address(tuple(above))
        children = places.by_address[outer].provision.children if outer in places.by_address else ()
        same = [c for c in children if c.unit is unit]
        known = [c.number or Number(i) for i, c in enumerate(same, start=1)]
    position = known.index(number) if number in known else -1
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


def _target(target: Target, bases: tuple[Address, ...], places: Places) -> Iterator[Address]:
    for base in bases:
        first = walk(target.first, base, places)
        if target.last is None:
            yield first
            continue
        last = walk(target.last, base, places)
        yield from between(first, last, places)


def between(first: Address, last: Address, places: Places) -> Iterator[Address]:
    """Every provision of the range that is of the unit of its first end."""
    unit, depth = first.steps[-1][0], len(first.steps)
    inside = False
    for address in places.by_address:
        inside = inside or address == first
        if inside and len(address.steps) == depth and address.steps[-1][0] is unit:
            yield address
        if address == last:
            return


def walk(path: tuple[Step, ...], base: Address, places: Places) -> Address:
    """From `base` down a path, which may name a level that the text leaves out (第十条第三项)."""
    at = base
    for unit, number in path:
        at = _step(at, unit, number, places)
    return at


def _step(at: Address, unit: Unit, number: Number, places: Places) -> Address:
    if unit is Unit.ARTICLE:
        found = Address(((unit, number),))
    elif unit.is_heading:
        return _heading(at, unit, number, places)
    elif unit is Unit.SUBPARAGRAPH and at.steps and at.steps[-1][0] is Unit.ARTICLE:
        return _subparagraph(at, number, places)
    elif unit is Unit.SUBPARAGRAPH:
        found = next(_items(at, number, places), at.below(unit, number))
    else:
        found = at.below(unit, number) if at.steps else Address(((unit, number),))
    if found not in places.by_address:
        raise MissingError(unit, found.citation)
    return found


def _heading(at: Address, unit: Unit, number: Number, places: Places) -> Address:
    """第三章: in the same 编 where it is there, else wherever only one 编 has it."""
    exact = at.below(unit, number) if at.steps else Address(((unit, number),))
    if exact in places.by_address:
        return exact
    found = [a for a in places.by_address if a.steps[-1] == (unit, number)]
    if len(found) != 1:
        raise MissingError(unit, exact.citation)
    return found[0]


def _items(above: Address, number: Number, places: Places) -> Iterator[Address]:
    """The 项 of this number right below a 款, whatever its mark."""
    if above.steps:
        tries = (above.below(unit, number) for unit in _AS_SUBPARAGRAPH)
        yield from (address for address in tries if address in places.by_address)


def _subparagraph(article: Address, number: Number, places: Places) -> Address:
    """第十条第三项 without 款: the one 款 of that article which has such a 项."""
    if article not in places.by_address:
        raise MissingError(Unit.ARTICLE, article.citation)
    paragraphs = len(places.by_address[article].provision.children)
    holders = (article.below(Unit.PARAGRAPH, Number(i)) for i in range(1, paragraphs + 1))
    found = [address for holder in holders for address in _items(holder, number, places)]
    if not found:
        raise MissingError(Unit.SUBPARAGRAPH, article.below(Unit.SUBPARAGRAPH, number).citation)
    if len(found) > 1:
        raise MissingError(Unit.SUBPARAGRAPH, "ambiguous")
    return found[0]
