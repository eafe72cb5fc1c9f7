"""A law taken apart for comparing: units of alignment, headings, and everything else.

The first stage of a comparison. A unit is an article (条); in an outline document it is each level
（一）, and each level 一、 with no （一） below it. What holds units is a heading; what is left
(introduction, annexes, text that stands loose under a heading) is compared by its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from tracker.diff.wording import fold_all, mask_all
from tracker.law.address import Address, Located, locate_level
from tracker.law.kept import kept
from tracker.law.model import Law, Provision, Unit
from tracker.law.model import provision as make_provision
from tracker.parse.canonical import body, heading_line

__all__ = ["Block", "Item", "Place", "Side", "block_text", "holds_units", "take_apart"]

_ARTICLE: Final = Unit.ARTICLE


@dataclass(frozen=True, slots=True)
class Item:
    """One unit of alignment.

    `index` is its position among the units of its side, `body` its text without number and
    caption, `key` the body folded (width, quotation marks, spaces) or a stand-in where there is
    none, `masked` the key with the numbers of citations masked, `headings` the positions of the
    headings it stands under.
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
    """A heading with its own text only, or a loose provision with all of it.

    `text` is its name (of an annex: its whole heading line) and, on the lines below, its own text.
    """

    index: int
    located: Located
    headings: tuple[int, ...]
    text: str


Place = tuple[int, str, int]
"""Where something stands in the text: how deep, in which list, and at which index there."""


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
    if provision.unit in (Unit.ANNEX, Unit.INTRODUCTION):  # 附表 may be set out as 一、二、
        return _holds_article(provision.children)
    strong = (Unit.ARTICLE, Unit.OUTLINE_1, Unit.OUTLINE_2)
    return any(child.unit in strong or holds_units(child) for child in provision.children)


def _holds_article(siblings: tuple[Provision, ...]) -> bool:
    return any(
        one.unit is _ARTICLE or (one.children and _holds_article(one.children)) for one in siblings
    )


def block_text(provision: Provision, own: str) -> str:
    """The text by which a heading or a loose provision is compared, `own` being its body."""
    by_name = provision.unit.is_heading or provision.unit.is_outline
    name = (provision.caption or "") if by_name else heading_line(provision)
    return f"{name}\n{own}" if name and own else name or own


@kept(8)  # a version of a law is compared with several others
def take_apart(law: Law) -> Side:
    """Take a law apart; every provision of it ends in exactly one list."""
    collector = _Collector()
    collector.level(law.body, None, (), (), 0)
    return Side(
        law,
        tuple(collector.items()),
        tuple(collector.headings),
        tuple(collector.loose),
        tuple(collector.places),
    )


class _Collector:
    """Walks the law once and sorts what it meets; what lies below a unit is left alone."""

    def __init__(self) -> None:
        self.units: list[tuple[Located, tuple[int, ...]]] = []
        self.headings: list[Block] = []
        self.loose: list[Block] = []
        self.places: list[Place] = []

    def level(
        self, siblings: tuple[Provision, ...], address: Address | None,
        parents: tuple[Provision, ...], above: tuple[int, ...], depth: int,
    ) -> None:  # fmt: skip
        for here in locate_level(siblings, address, parents):
            provision = here.provision
            if provision.unit is _ARTICLE:
                self._unit(here, above, depth)
            elif above and _is_lead(provision):
                continue  # its heading has taken it
            elif provision.unit.is_heading or holds_units(provision):
                self._heading(here, above, depth)
            elif provision.unit.is_outline:
                self._unit(here, above, depth)
            else:
                self.places.append((depth, "loose", len(self.loose)))
                text = block_text(provision, body(provision))
                self.loose.append(Block(len(self.loose), here, above, text))

    def _unit(self, here: Located, above: tuple[int, ...], depth: int) -> None:
        self.places.append((depth, "changes", len(self.units)))
        self.units.append((here, above))

    def items(self) -> Iterator[Item]:
        """The units with the texts by which they are compared, folded in one go."""
        bodies = [body(here.provision) for here, _ in self.units]
        folded = zip(fold_all(bodies), self.units, strict=True)
        keys = [key or _stand_in(here) for key, (here, _) in folded]
        rows = zip(self.units, bodies, keys, mask_all(keys), strict=True)
        for index, ((here, above), text, key, masked) in enumerate(rows):
            yield Item(index, here, text, key, masked, above)

    def _heading(self, here: Located, above: tuple[int, ...], depth: int) -> None:
        provision = here.provision
        index = len(self.headings)
        self.places.append((depth, "headings", index))
        children = provision.children
        lead = tuple([c for c in children if c.unit is not _ARTICLE and _is_lead(c)])
        some = bool(lead) or provision.unit.is_outline
        own = body(_with_children(provision, lead)) if some else ""  # of most only articles
        text = block_text(provision, own)
        self.headings.append(Block(index, here, above, text))
        parents = (*here.parents, provision)
        self.level(provision.children, here.address, parents, (*above, index), depth + 1)


def _with_children(one: Provision, children: tuple[Provision, ...]) -> Provision:
    return make_provision(one.unit, one.number, one.caption, one.text, children, one.responsible)


def _stand_in(located: Located) -> str:
    """What tells a unit without words from another: its caption, else its number."""
    provision = located.provision
    return f"〔{provision.caption or provision.number}〕"


def _is_lead(provision: Provision) -> bool:
    """Whether a child of a heading is the heading's own text: 款 and what is neither."""
    unit = provision.unit
    own = unit in (Unit.PARAGRAPH, Unit.SUBPARAGRAPH, Unit.ITEM)
    return own or (unit.is_outline and unit not in (Unit.OUTLINE_1, Unit.OUTLINE_2)
                   and not holds_units(provision))  # fmt: skip
