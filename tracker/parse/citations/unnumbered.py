"""Where a citation points that the text does not number: annexes, and lists that lost their marks.

Floor 1, beside `places`, which walks where everything is numbered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tracker.law.address import Address
from tracker.law.model import Unit
from tracker.law.numbering import NUMERAL, Number
from tracker.parse.citations.index import MissingError, Places

__all__ = ["AS_SUBPARAGRAPH", "annex", "annexes", "has_articles_of_its_own", "in_annex", "unmarked"]

# What a law calls 项 is （一） today, but 一、 or 1． right below the 款 in older and odd texts.
AS_SUBPARAGRAPH = (
    Unit.SUBPARAGRAPH, Unit.OUTLINE_1, Unit.ITEM, Unit.OUTLINE_4, Unit.OUTLINE_2,
)  # fmt: skip
_ANNEX_NUMBER: Final = re.compile(f"附[件表录]({NUMERAL}{{1,3}})")
_RUN_IN: Final = re.compile(f"(?<=[：；。，、])（({NUMERAL}{{1,3}})）")
"""The mark of a 项 inside a line."""
MOST_RUN_IN: Final = 200
"""款 of an article that are searched for such marks."""
_INTRODUCES: Final = "："
_LIST_GOES_ON: Final = "；，、"


def annexes(at: Address, places: Places) -> tuple[Address, ...]:
    """本附件: the one that holds this place, else the annexes of the law."""
    if at.steps and at.steps[0][0] is Unit.ANNEX:
        return (Address(at.steps[:1]),)
    found = tuple(a for a in places.by_address if a.steps[-1][0] is Unit.ANNEX)
    if not found:
        raise MissingError(Unit.ANNEX, Unit.ANNEX.label)
    return found


def annex(number: Number, places: Places) -> Address:
    """附件二: by its number, or by its name where it has no number (附录二　……)."""
    for address, located in places.by_address.items():
        if address.steps[-1][0] is Unit.ANNEX:
            named = _ANNEX_NUMBER.match(located.provision.caption or "")
            if number in (located.provision.number, _numeral(named[1]) if named else None):
                return address
    raise MissingError(Unit.ANNEX, Address(((Unit.ANNEX, number),)).citation)


def has_articles_of_its_own(at: Address, places: Places) -> bool:
    """Whether a place lies in an annex with a 第一条: its 第三条 is no article of the law."""
    if not at.steps or at.steps[0][0] is not Unit.ANNEX:
        return False
    first = Number(1).written(Unit.ARTICLE.label)
    inside = (one for a, one in places.by_address.items() if a.steps[:1] == at.steps[:1])
    return any(one.provision.text.startswith(f"{first}\u3000") for one in inside)


def _numeral(written: str) -> Number | None:
    try:
        return Number.read(written)
    except ValueError:
        return None


def in_annex(annex: Address, unit: Unit, number: Number, places: Places) -> Address:
    """本规定附录第一条: the 款 of the annex that begins with 第一条, or else its 一、."""
    depths = len(annex.steps)
    inside = [a for a in places.by_address if a.steps[:depths] == annex.steps and a != annex]
    numbered = [a for a in inside if a.steps[-1][0] in AS_SUBPARAGRAPH]
    top = min((len(a.steps) for a in numbered), default=0)
    found = [a for a in numbered if len(a.steps) == top and a.steps[-1][1] == number]
    written = number.written(unit.label)
    found = [a for a in inside if places.by_address[a].provision.text.startswith(written)] + found
    if unit is Unit.PARAGRAPH:
        found = [annex.below(unit, number)] if annex.below(unit, number) in inside else []
    if not found:
        raise MissingError(unit, f"{annex.citation}{written}")
    return found[0]


def unmarked(at: Address, number: Number, places: Places) -> Iterator[Address]:
    """第三项 where the text has lost （一）（二）, or never had them, and the list can be counted.

    Before: 税率如下：⏎市区的，7%；⏎县城的，5%；⏎其他的，1%。
    After:  第三项 is the third line behind the ：.
    `at` is the article, or a 款 of it: the line that ends in ：, or one of the list.
    """
    if not at.steps or at.steps[0][0] is not Unit.ARTICLE or len(at.steps) > 2:
        return
    article = Address(at.steps[:1])
    if article not in places.lists:
        places.lists[article] = _unmarked_lists(article, places)
    lists = places.lists[article]
    if len(at.steps) == 2:
        lists = [one for one in lists if at in one]
    if len(lists) == 1 and number.value < len(lists[0]) and not number.suffix:
        yield lists[0][number.value]
    elif not lists:
        yield from _run_in(at, number, places)


def _run_in(at: Address, number: Number, places: Places) -> Iterator[Address]:
    """第二项 of 有下列情形之一的：（一）甲；（二）乙。 in one line: the 款 that holds it.

    Only where the marks of that line count up from （一）, and one 款 alone has them.
    """
    count = len(places.by_address[at].provision.children) if len(at.steps) == 1 else 0
    among = [at.below(Unit.PARAGRAPH, Number(n)) for n in range(1, count + 1)] or [at]
    found = []
    for address in among:
        held = places.by_address.get(address)
        marks = [_numeral(one) for one in _RUN_IN.findall(held.provision.text)] if held else []
        if number in marks and marks == [Number(n) for n in range(1, len(marks) + 1)]:
            found.append(address)
    if len(found) == 1 and len(among) <= MOST_RUN_IN:
        yield found[0]


def _unmarked_lists(article: Address, places: Places) -> list[list[Address]]:
    """Each line that ends in ： with the items and lines behind it, as far as 。 ends the list.

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
        elif paragraph.text.endswith(_INTRODUCES):
            lists.append([address])
        for item in paragraph.children if lists else ():
            if item.number is None or item.number.value != len(lists[-1]):
                return []
            lists[-1].append(address.below(item.unit, item.number))
        last = paragraph.children[-1].text if paragraph.children else paragraph.text
        goes_on = bool(lists) and last.endswith((_INTRODUCES, *_LIST_GOES_ON))
    return [found for found in lists if len(found) > 2]
