"""The 项 of an article by their number: marked ones, lists without marks, marks inside a line.

Floor 1, beside `unnumbered`. An article can have tens of thousands of 款 that each cite a 项 and
do not say of which 款: to go through all of them for each citation took minutes, so it is gone
through once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from tracker.law.address import Address
from tracker.law.model import Unit
from tracker.law.numbering import NUMERAL, Number
from tracker.parse.citations.index import Places

__all__ = ["AS_SUBPARAGRAPH", "MOST_RUN_IN", "ArticleItems", "items_of", "marks_in"]

# What a law calls 项 is （一） today, but 一、 or 1． right below the 款 in older and odd texts.
AS_SUBPARAGRAPH = (
    Unit.SUBPARAGRAPH, Unit.OUTLINE_1, Unit.ITEM, Unit.OUTLINE_4, Unit.OUTLINE_2,
)  # fmt: skip
_RUN_IN: Final = re.compile(f"(?<=[：；。，、])（({NUMERAL}{{1,3}})）")
"""The mark of a 项 inside a line."""
MOST_RUN_IN: Final = 200
"""款 of an article that are searched for such marks by a citation that names none."""
_LOOK_BACK: Final = 50
"""款 with the rarest of several 项 that are asked for the others. 违反第二项、第三项 stands before
the list in the same article or right behind it."""
_UNITS: Final = frozenset(AS_SUBPARAGRAPH)
_INTRODUCES: Final = "："
_LIST_GOES_ON: Final = "；，、"


@dataclass(frozen=True)
class ArticleItems:
    """What one article has of 项. Each is worked out when it is first asked for."""

    article: Address
    places: Places = field(repr=False)
    _places: dict[Number, list[int]] = field(default_factory=dict, repr=False)

    @cached_property
    def paragraphs(self) -> int:
        """How many provisions lie right below the article."""
        return len(self.places.by_address[self.article].provision.children)

    @cached_property
    def marked(self) -> dict[Number, list[Address]]:
        """The 项 right below a 款 by their number, in the order of the 款 and of the marks."""
        found: dict[Number, list[Address]] = {}
        for one in self.places.third.get(self.article.steps[0], ()):
            if one.steps[1][1].value <= self.paragraphs:
                found.setdefault(one.steps[2][1], []).append(one)
        for same in found.values():
            same.sort(key=lambda a: (a.steps[1][1].value, AS_SUBPARAGRAPH.index(a.steps[2][0])))
        return found

    @cached_property
    def lists(self) -> list[list[Address]]:
        """The lists without marks, see `_unmarked_lists`."""
        return _unmarked_lists(self.article, self.places)

    @cached_property
    def holding(self) -> dict[Address, list[list[Address]]]:
        """For each 款 the lists that it introduces or stands in."""
        found: dict[Address, list[list[Address]]] = {}
        for one in self.lists:
            for address in one:
                found.setdefault(address, []).append(one)
        return found

    @cached_property
    def run_in(self) -> dict[Number, list[Address]]:
        """The 款 that hold 项 of a number inside their line."""
        found: dict[Number, list[Address]] = {}
        for n in range(1, self.paragraphs + 1):
            address = self.article.below(Unit.PARAGRAPH, Number(n))
            for number in marks_in(address, self.places):
                found.setdefault(number, []).append(address)
        return found

    @cached_property
    def listed(self) -> tuple[list[int], list[int]]:
        """The places of the 款 that stand in lists without marks, rising, and how long each is."""
        rows = [(a.steps[1][1].value, len(all_)) for a, (all_, *_) in self.holding.items()
                if len(a.steps) == 2]  # fmt: skip
        return [place for place, _ in rows], [length for _, length in rows]

    def before(self, position: int, numbers: Sequence[Number]) -> list[int]:
        """The 款 before a place that are worth a look for 项 of these numbers, the nearest first:
        the nearest that has all of them, and the nearest that has any."""
        known = [self._holders(number) for number in dict.fromkeys(numbers)]
        found = {_last(one, position) for one in known}
        rarest = min(known, key=len, default=[])
        end = bisect_left(rarest, position)
        near = reversed(rarest[max(0, end - _LOOK_BACK) : end])
        found.add(next((n for n in near if all(_holds(one, n) for one in known)), 0))
        places, lengths = self.listed
        for least in {min(numbers), max(numbers)}:
            end = bisect_left(places, position)
            back = range(end - 1, max(-1, end - 1 - _LOOK_BACK), -1)
            found.add(next((places[i] for i in back if lengths[i] > least.value), 0))
        return sorted(found - {0}, reverse=True)

    def _holders(self, number: Number) -> list[int]:
        """The places of the 款 that have a 项 of this number, with a mark of its own or inside."""
        places = self._places.get(number)
        if places is None:
            held = (*self.marked.get(number, ()), *self.run_in.get(number, ()))
            places = self._places[number] = sorted({a.steps[1][1].value for a in held})
        return places


def items_of(article: Address, places: Places) -> ArticleItems:
    """What an article has of 项, kept with the law it is of."""
    found = places.items.get(article)
    if found is None:
        if not places.third:
            for one in places.by_address:
                steps = one.steps
                if len(steps) == 3 and steps[1][0] is Unit.PARAGRAPH and steps[2][0] in _UNITS:
                    places.third.setdefault(steps[0], []).append(one)
        found = places.items[article] = ArticleItems(article, places)
    return found


def marks_in(address: Address, places: Places) -> tuple[Number, ...]:
    """（一）甲；（二）乙。 in one line: 一, 二. None where they do not count up from （一）."""
    held = places.by_address.get(address)
    if held is None or "）" not in held.provision.text:
        return ()
    marks = [_numeral(one) for one in _RUN_IN.findall(held.provision.text)]
    counted = tuple(map(Number, range(1, len(marks) + 1)))
    return counted if marks == [*counted] else ()


def _numeral(written: str) -> Number | None:
    try:
        return Number.read(written)
    except ValueError:
        return None


def _last(places: Sequence[int], position: int) -> int:
    at = bisect_left(places, position)
    return places[at - 1] if at else 0


def _holds(places: Sequence[int], place: int) -> bool:
    at = bisect_left(places, place)
    return at < len(places) and places[at] == place


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
