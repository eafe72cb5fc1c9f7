"""The provisions of a law, indexed, and the way from a place along a path: 本条 → 第二款 → 第三项.

Floor 1. `citation_reading` asks this for each way a citation can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tracker.law.address import Address, Located, located_in
from tracker.law.model import Law, Unit
from tracker.law.numbering import NUMERAL, Number, write_numeral
from tracker.parse.citation_model import Base, Citation, Step, Target

__all__ = [
    "AMENDS", "MISSING_CODES", "MissingError", "Places", "bases", "between", "count", "from_base",
    "only", "up_to", "walk",
]  # fmt: skip

MISSING_CODES = {
    Unit.ANNEX: "no-such-annex",
    Unit.PART: "no-such-part", Unit.SUBPART: "no-such-part", Unit.CHAPTER: "no-such-chapter",
    Unit.SECTION: "no-such-section", Unit.ARTICLE: "no-such-article",
    Unit.PARAGRAPH: "no-such-paragraph", Unit.SUBPARAGRAPH: "no-such-subparagraph",
    Unit.ITEM: "no-such-item",
}  # fmt: skip
# A text that has no 第一条 may call its 一、 so (上条所述).
# What a law calls 项 is （一） today, but 一、 or 1． right below the 款 in older and odd texts.
_AS_SUBPARAGRAPH = (
    Unit.SUBPARAGRAPH, Unit.OUTLINE_1, Unit.ITEM, Unit.OUTLINE_4, Unit.OUTLINE_2,
)  # fmt: skip


AMENDS: Final = re.compile("修正案(?:（[^（）]*）)?$|关于(?:修改|修订|废止).*的决定$")
"""Titles of acts that speak of the articles of other laws, and quote them."""
_ANNEX_NUMBER: Final = re.compile(f"附[件表录]({NUMERAL}{{1,3}})")
_LONGEST_LIST: Final = 60
"""项 that a range without marks can have; the longest list of 3,423 laws has 54."""
_INTRODUCES: Final = "："
_LIST_GOES_ON: Final = "；，、"


_CALLED: Final = {
    Unit.SUBPARAGRAPH: _AS_SUBPARAGRAPH, Unit.ARTICLE: (Unit.ARTICLE, Unit.OUTLINE_1),
}  # fmt: skip


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
    quoted: frozenset[Address] = frozenset()
    """In an amending act the provisions that begin inside a quotation opened further up."""

    @classmethod
    def of(cls, law: Law) -> Places:
        """Index a law."""
        located = located_in(law)
        found: dict[Address, Located] = {}
        for one in located:
            found.setdefault(one.address, one)
        numbers = tuple(a.number for a in law.articles() if a.number is not None)
        quoted = _quoted(found) if AMENDS.search(law.title) else frozenset()
        return cls(law, found, numbers, located, quoted)

    def headings_above(self, at: Address) -> tuple[Step, ...]:
        """编章节 that hold this place, outermost first."""
        located = self.by_address.get(at)
        parents = located.parents if located else ()
        steps = [(p.unit, p.number) for p in parents if p.unit.is_heading and p.number]
        if located and located.provision.unit.is_heading:
            return located.address.steps
        return tuple(steps)


def _quoted(provisions: Mapping[Address, Located]) -> frozenset[Address]:
    """Where “ of a provision above is still open; each 款 of what is quoted may open anew."""
    inside: set[Address] = set()
    is_open = False
    for address, located in provisions.items():
        if is_open:
            inside.add(address)
        text = located.provision.text
        mark = max(text.rfind("“"), text.rfind("”"))
        is_open = text[mark] == "“" if mark >= 0 else is_open
    return frozenset(inside)


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
    if base.unit is Unit.ANNEX:
        return _annexes(at, places)
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
    if unit is Unit.ARTICLE:
        known = list(places.articles)
    else:
        outer = Address(tuple(above))
        children = places.by_address[outer].provision.children if outer in places.by_address else ()
        children = children if above else places.law.body
        same = [c for c in children if c.unit is unit]
        known = [c.number or Number(i) for i, c in enumerate(same, start=1)]
    if unit is Unit.PARAGRAPH and _has_text(above, places):
        yield from _counted_with_text(base, here, known)
        return
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


def _has_text(steps: list[Step], places: Places) -> bool:
    """Whether what holds a 款 has words of its own, which are its first 款: 35．甲。⏎前款的乙。"""
    held = places.by_address.get(Address(tuple(steps)))
    return held is not None and held.provision.unit.is_outline and bool(held.provision.text)


def _counted_with_text(base: Base, here: Address, known: list[Number]) -> Iterator[Address]:
    """前款 in the first 款 below 35．甲。 is 甲 itself."""
    above = Address(here.steps[:-1])
    texts = [above, *(above.below(Unit.PARAGRAPH, number) for number in known)]
    position = texts.index(here) if here in texts else 0
    first, last = (
        (position - base.count, position)
        if base.word == "前"
        else (position + 1, position + 1 + base.count)
    )
    if first < 0 or last > len(texts):
        raise MissingError(Unit.PARAGRAPH, f"{base.word}{Unit.PARAGRAPH.label}")
    yield from texts[first:last]


def _annexes(at: Address, places: Places) -> tuple[Address, ...]:
    """本附件: the one that holds this place, else the annexes of the law."""
    if at.steps and at.steps[0][0] is Unit.ANNEX:
        return (Address(at.steps[:1]),)
    found = tuple(a for a in places.by_address if a.steps[-1][0] is Unit.ANNEX)
    if not found:
        raise MissingError(Unit.ANNEX, Unit.ANNEX.label)
    return found


def _target(target: Target, bases: tuple[Address, ...], places: Places) -> Iterator[Address]:
    for base in bases:
        first = walk(target.first, base, places)
        if target.last is None:
            yield first
            continue
        if first.steps[-1][0] is not target.first[-1][0]:  # 第一项至第三项 of a list without marks
            yield from (walk(path, base, places) for path in _written_out(target))
            continue
        last = walk(target.last, base, places)
        yield from between(first, last, places)


def _written_out(target: Target) -> Iterator[tuple[Step, ...]]:
    """第一项至第三项: 第一项, 第二项, 第三项."""
    *above, (unit, first) = target.first
    last = target.last[-1][1] if target.last else first
    for value in range(first.value, min(last.value, first.value + _LONGEST_LIST) + 1):
        yield (*above, (unit, Number(value)))


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
    if unit is Unit.ANNEX:
        return _annex(number, places)
    if at.steps and at.steps[0][0] is Unit.ANNEX and len(at.steps) == 1:
        return _in_annex(at, unit, number, places)
    if unit is Unit.ARTICLE:
        found = Address(((unit, number),))
        if not places.articles and found not in places.by_address:
            found = Address(((Unit.OUTLINE_1, number),))  # 本安排第三条 of a text of 一、二、三、
    elif unit.is_heading:
        return _heading(at, unit, number, places)
    elif unit is Unit.SUBPARAGRAPH and at.steps and at.steps[-1][0] is Unit.ARTICLE:
        return _subparagraph(at, number, places)
    elif unit is Unit.SUBPARAGRAPH:
        listed = (*_items(at, number, places), *_unmarked(at, number, places))
        found = next(iter(listed), at.below(unit, number))
    else:
        found = at.below(unit, number) if at.steps else Address(((unit, number),))
    if found not in places.by_address:
        raise MissingError(unit, found.citation)
    return found


def _annex(number: Number, places: Places) -> Address:
    """附件二: by its number, or by its name where it has no number (附录二　……)."""
    for address, located in places.by_address.items():
        if address.steps[-1][0] is Unit.ANNEX:
            named = _ANNEX_NUMBER.match(located.provision.caption or "")
            if number in (located.provision.number, _numeral(named[1]) if named else None):
                return address
    raise MissingError(Unit.ANNEX, Address(((Unit.ANNEX, number),)).citation)


def _numeral(written: str) -> Number | None:
    try:
        return Number.read(written)
    except ValueError:
        return None


def _in_annex(annex: Address, unit: Unit, number: Number, places: Places) -> Address:
    """本规定附录第一条: 一、 of the annex, or its 款 that begins with 第一条."""
    depths = len(annex.steps)
    inside = [a for a in places.by_address if a.steps[:depths] == annex.steps and a != annex]
    numbered = [a for a in inside if a.steps[-1][0] in _AS_SUBPARAGRAPH]
    top = min((len(a.steps) for a in numbered), default=0)
    found = [a for a in numbered if len(a.steps) == top and a.steps[-1][1] == number]
    written = number.written(unit.label)
    found += [a for a in inside if places.by_address[a].provision.text.startswith(written)]
    if unit is Unit.PARAGRAPH:
        found = [annex.below(unit, number)] if annex.below(unit, number) in inside else []
    if not found:
        raise MissingError(unit, f"{annex.citation}{written}")
    return found[0]


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
    found = found or list(_unmarked(article, number, places))
    if not found:
        raise MissingError(Unit.SUBPARAGRAPH, article.below(Unit.SUBPARAGRAPH, number).citation)
    if len(found) > 1:
        raise MissingError(Unit.SUBPARAGRAPH, "ambiguous")
    return found[0]


def _unmarked(at: Address, number: Number, places: Places) -> Iterator[Address]:
    """第三项 where the text has lost （一）（二）, or never had them, and the list can be counted.

    Before: 税率如下：⏎市区的，7%；⏎县城的，5%；⏎其他的，1%。
    After:  第三项 is the third line behind the ：.
    `at` is the article, or a 款 of it: the line that ends in ：, or one of the list.
    """
    if not at.steps or at.steps[0][0] is not Unit.ARTICLE or len(at.steps) > 2:
        return
    lists = _unmarked_lists(Address(at.steps[:1]), places)
    if len(at.steps) == 2:
        lists = [one for one in lists if at in one]
    if len(lists) == 1 and number.value < len(lists[0]) and not number.suffix:
        yield lists[0][number.value]


def _unmarked_lists(article: Address, places: Places) -> list[list[Address]]:
    """Each line that ends in ： with the lines of its list behind it, as far as 。 ends it.

    A （二） that stands further down must be where the count puts it, or the list is none.
    """
    lists: list[list[Address]] = []
    goes_on = False
    for position in range(1, len(places.by_address[article].provision.children) + 1):
        address = article.below(Unit.PARAGRAPH, Number(position))
        if address not in places.by_address:
            return []
        paragraph = places.by_address[address].provision
        if goes_on:
            lists[-1].append(address)
            for item in paragraph.children:
                if item.number is None or item.number.value != len(lists[-1]):
                    return []
                lists[-1].append(address.below(item.unit, item.number))
        last = paragraph.children[-1].text if paragraph.children else paragraph.text
        if last.endswith(_INTRODUCES):
            lists.append([address])
        goes_on = bool(lists) and last.endswith((_INTRODUCES, *_LIST_GOES_ON))
    return [found for found in lists if len(found) > 2]
