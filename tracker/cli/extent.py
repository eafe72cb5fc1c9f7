"""What a text has where it lacks the provision that was asked for: 第六十一条共 3 款.

Floor 6, for the hint of a message.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tracker.law.model import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.law.address import Address
    from tracker.law.model import Law
    from tracker.law.numbering import Number
    from tracker.parse.citations.index import Places
    from tracker.parse.citations.model import Step, Target

__all__ = ["extent"]


def extent(law: Law, missing: Iterable[Target]) -> str:
    """How far the law goes where each of `missing` would be, as a sentence for a reader."""
    from tracker.parse.citations.index import Places

    places = Places.of(law)
    said = dict.fromkeys(_extent(target.first, places) for target in missing)
    return "；".join(said) or _articles(None, places)


def _extent(path: tuple[Step, ...], places: Places) -> str:
    from tracker.law.address import Address
    from tracker.parse.citations.index import MissingError
    from tracker.parse.citations.places import walk

    for depth in range(len(path) - 1, 0, -1):
        unit = path[depth][0]
        try:
            above = walk(path[:depth], Address(()), places)
        except MissingError:
            continue
        if unit is not Unit.ARTICLE:  # which is counted through all chapters
            return _inside(above, unit, places)
    unit, number = path[0]
    if unit.is_heading or unit is Unit.ANNEX:
        count = sum(address.steps[-1][0] is unit for address in places.by_address)
        return f"该文本共 {count} {unit.label}" if count else f"该文本没有{unit.label}"
    return _articles(number if unit is Unit.ARTICLE else None, places)


def _inside(above: Address, unit: Unit, places: Places) -> str:
    """第六十一条共 3 款; of an article asked for 项, each 款 that has some."""
    from tracker.law.address import Address

    depth = len(above.steps)
    counts = Counter(
        Address(address.steps[:-1])
        for address in places.by_address
        if address.steps[:depth] == above.steps
        and depth < len(address.steps) <= depth + 2
        and address.steps[-1][0] is unit
    )
    listed = [f"{holder.citation}共 {count} {unit.label}" for holder, count in counts.items()]
    return "，".join(listed) or f"{above.citation}没有{unit.label}"


def _articles(asked: Number | None, places: Places) -> str:
    """该文本到第八十一条为止; inside a text what stands around: 第六条之一后面是第七条."""
    numbers = places.articles
    if not numbers:
        return "该文本没有条"
    if asked is None or asked > max(numbers):
        return f"该文本到{numbers[-1].written('条')}为止"
    before = max((one for one in numbers if one < asked), default=None)
    after = min(one for one in numbers if one >= asked).written("条")
    return f"{before.written('条')}后面是{after}" if before else f"该文本从{after}开始"
