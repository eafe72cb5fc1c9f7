"""A law, indexed for its citations: each provision by its address, the articles in their order.

Floor 1, below `places`, which walks through it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tracker.law.address import Address, Located, located_in
from tracker.law.model import Law, Unit
from tracker.law.numbering import Number
from tracker.parse.citations.model import Base, Step, Target

if TYPE_CHECKING:
    from tracker.parse.citations.article_items import ArticleItems

__all__ = ["AMENDS", "MISSING_CODES", "MissingError", "Places", "Ranks", "Written"]

MISSING_CODES = {
    Unit.ANNEX: "no-such-annex",
    Unit.PART: "no-such-part", Unit.SUBPART: "no-such-part", Unit.CHAPTER: "no-such-chapter",
    Unit.SECTION: "no-such-section", Unit.ARTICLE: "no-such-article",
    Unit.PARAGRAPH: "no-such-paragraph", Unit.SUBPARAGRAPH: "no-such-subparagraph",
    Unit.ITEM: "no-such-item",
}  # fmt: skip
AMENDS: Final = re.compile("修正案(?:（[^（）]*）)?$|关于(?:修改|修订|废止).*的决定$")
"""Titles of acts that speak of the articles of other laws, and quote them."""


class MissingError(Exception):
    """What a citation needs and the law has not: its unit, and how it is called (第八条、第九条).

    `unclear` is what can be in several 款. Of a citation with several targets `found` are those
    that are there, and `targets` those that are not.
    """

    def __init__(
        self, unit: Unit, words: str, unclear: str = "", *,
        found: tuple[Address, ...] = (), targets: tuple[Target, ...] = (),
    ) -> None:  # fmt: skip
        super().__init__(words or unclear)
        self.unit, self.words, self.unclear = unit, words, unclear
        self.found, self.targets = found, targets


class Written(tuple[Address, ...]):
    """A range written out: no provision stands in it twice."""

    __slots__ = ()


Ranks = tuple[Sequence[Number], Mapping[Number, int]]
"""Numbers in their order, and the place of each among them."""


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
    near: dict[tuple[Base, Address], tuple[Address, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """What 前款 and the like mean in a provision, once it was asked for."""
    ranks: dict[tuple[tuple[Step, ...], Unit], Ranks] = field(
        default_factory=dict, compare=False, repr=False
    )
    """The numbers of what stands side by side, by what holds it, once they were asked for."""
    ranges: dict[tuple[Address, Address], Written] = field(
        default_factory=dict, compare=False, repr=False
    )
    """What lies between two provisions, once it was asked for."""
    items: dict[Address, ArticleItems] = field(default_factory=dict, compare=False, repr=False)
    """The 项 of an article, once they were asked for."""
    third: dict[Step, list[Address]] = field(default_factory=dict, compare=False, repr=False)
    """The 项 right below a 款 of each article, once those of any were asked for."""
    by_step: dict[Step, list[Address]] = field(default_factory=dict, compare=False, repr=False)
    """The provisions by the last step of their address, once one was asked for."""
    order: dict[Address, int] = field(default_factory=dict, compare=False, repr=False)
    """The place of each provision in the text, once the first range was asked for."""

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

    def ending(self, step: Step) -> Sequence[Address]:
        """Every address that ends in this step, as 第三章 does in each 编 that has one."""
        if not self.by_step:
            for address in self.by_address:
                self.by_step.setdefault(address.steps[-1], []).append(address)
        return self.by_step.get(step, ())

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
