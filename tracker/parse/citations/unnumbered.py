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
from tracker.parse.citations.article_items import (
    AS_SUBPARAGRAPH,
    MOST_RUN_IN,
    ArticleItems,
    items_of,
    marks_in,
)
from tracker.parse.citations.index import MissingError, Places

__all__ = ["annex", "annexes", "has_articles_of_its_own", "in_annex", "unmarked"]

_ANNEX_NUMBER: Final = re.compile(f"附[件表录]({NUMERAL}{{1,3}})")


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
    items = items_of(article, places)
    below = len(at.steps) == 2
    lists = items.holding.get(at, []) if below else items.lists
    if len(lists) == 1 and number.value < len(lists[0]) and not number.suffix:
        yield lists[0][number.value]
    elif not lists:
        yield from _run_in(items, at if below else None, number)


def _run_in(items: ArticleItems, at: Address | None, number: Number) -> Iterator[Address]:
    """第二项 of 有下列情形之一的：（一）甲；（二）乙。 in one line: the 款 that holds it.

    Only where the marks of that line count up from （一）, and one 款 alone has them: `at`, or any
    of the article.
    """
    if at is not None:
        found = [at] if number in marks_in(at, items.places) else []
    else:
        found = items.run_in.get(number, []) if items.paragraphs <= MOST_RUN_IN else []
    if len(found) == 1:
        yield found[0]
