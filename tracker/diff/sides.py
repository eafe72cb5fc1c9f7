"""A law taken apart for comparing: units of alignment, headings, and everything else.

The first stage of a comparison. A unit is an article (条); in an outline document it is each level
（一）, and each level 一、 with no （一） below it. What holds units is a heading; what is left
(introduction, annexes, text that stands loose under a heading) is compared by its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tracker.diff.wording import body_text, folded, masked
from tracker.law.address import Located, locate
from tracker.law.model import Law, Provision, Unit

__all__ = ["Block", "Item", "Place", "Side", "holds_units", "take_apart"]


@dataclass(frozen=True, slots=True)
class Item:
    """One unit of alignment.

    `index` is its position among the units of its side, `body` its text without number and
    caption, `key` the body folded (width, quotation marks, spaces), `masked` the key with the
    numbers of citations masked, `headings` the positions of the headings it stands under.
    """

    index: int
    located: Located
    body: str
    key: str
    masked: str
    headings: tuple[int, ...]

    @property
    def caption(self) -> str:
        """The 条旨, empty where there is none."""
        return self.located.provision.caption or ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading without what stands below it, or a loose provision with all of it."""

    index: int
    located: Located
    headings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the text: how deep, in which list, and at which index there."""

    depth: int
    part: str
    index: int


@dataclass(frozen=True)
class Side:
    """A law taken apart. `places` lists units, headings and loose text in the order of the law."""

    law: Law
    items: tuple[Item, ...]
    headings: tuple[Block, ...]
    loose: tuple[Block, ...]
    places: tuple[Place, ...]

    @cached_property
    def citable(self) -> dict[str, int]:
        """Number of an article → its index, for numbers that occur once."""
        seen: dict[str, list[int]] = {}
        for item in self.items:
            if item.located.provision.unit is Unit.ARTICLE:
                seen.setdefault(str(item.located.provision.number), []).append(item.index)
        return {number: found[0] for number, found in seen.items() if len(found) == 1}


def holds_units(provision: Provision) -> bool:
    """Whether units of alignment lie below: then it is a heading, whatever its level.

    >>> holds_units(Provision(Unit.OUTLINE_1, children=(Provision(Unit.OUTLINE_2),)))
    True
    """
    strong = (Unit.ARTICLE, Unit.OUTLINE_1, Unit.OUTLINE_2)
    return any(child.unit in strong or holds_units(child) for child in provision.children)


def take_apart(law: Law) -> Side:
    """Take a law apart; every provision of it ends in exactly one list."""
    collector = _Collector(locate(law))
    collector.level(law.body, (), 0)
    return Side(
        law,
        tuple(collector.items),
        tuple(collector.headings),
        tuple(collector.loose),
        tuple(collector.places),
    )


class _Collector:
    """Walks the law once, in step with `locate`, and sorts what it meets."""

    def __init__(self, located: Iterator[Located]) -> None:
        self.located = located
        self.items: list[Item] = []
        self.headings: list[Block] = []
        self.loose: list[Block] = []
        self.places: list[Place] = []

    def level(self, siblings: tuple[Provision, ...], above: tuple[int, ...], depth: int) -> None:
        for provision in siblings:
            here = next(self.located)
            if provision.unit is Unit.ARTICLE:
                self._unit(here, above, depth)
            elif provision.unit.is_heading or holds_units(provision):
                self._heading(here, above, depth)
                continue
            elif provision.unit.is_outline:
                self._unit(here, above, depth)
            else:
                self.places.append(Place(depth, "loose", len(self.loose)))
                self.loose.append(Block(len(self.loose), here, above))
            self._skip(provision)

    def _skip(self, provision: Provision) -> None:
        for _ in range(sum(1 for _ in provision.walk()) - 1):
            next(self.located)

    def _unit(self, here: Located, above: tuple[int, ...], depth: int) -> None:
        body = body_text(here.provision)
        key = folded(body)
        index = len(self.items)
        self.places.append(Place(depth, "changes", index))
        self.items.append(Item(index, here, body, key, masked(key), above))

    def _heading(self, here: Located, above: tuple[int, ...], depth: int) -> None:
        children = here.provision.children
        index = len(self.headings)
        self.places.append(Place(depth, "headings", index))
        self.headings.append(Block(index, here, above))
        self.level(children, (*above, index), depth + 1)
