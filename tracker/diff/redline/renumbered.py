"""Cited articles under their new numbers, so that a redline pairs a citation with what it became.

Floor 2, between aligning and the redline. 违反第三十四条、第三十六条 → 违反第三十六条、第三十八条:
第三十六条 stands in both texts, but cites another article in each; equal words would pair them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from tracker.diff.redline.elsewhere import Elsewhere
from tracker.diff.redline.pieces import Op, Redline
from tracker.diff.redline.shared import Block, Shared
from tracker.diff.redline.tokens import ATOM, FIRST
from tracker.law.model import Unit
from tracker.law.numbering import NUMERAL, Number
from tracker.parse.citations import CitationKind, find_citations

__all__ = [
    "Became",
    "Renamed",
    "Rewritten",
    "cites_the_same",
    "renamed",
    "rewritten",
    "shows_twice",
]

Became = Mapping[Number, tuple[Number, ...]]
"""The number of each old article, and those of the new ones it became."""

Renamed = tuple[tuple[str, str], ...]
"""Citations as the old text and as the new one writes them: (第十条第二款, 第十二条第二款)."""

_ARTICLE: Final = re.compile(rf"第{NUMERAL}+条")


def cites_the_same(old: str, new: str) -> set[str]:
    """The numbers of articles that both texts cite, if they differ: only there can they mislead."""
    if old == new or "第" not in new or "第" not in old:
        return set()
    return set(_ARTICLE.findall(old)).intersection(_ARTICLE.findall(new))


def renamed(old: str, new: str, became: Became, elsewhere: Elsewhere | None = None) -> Renamed:
    """The citations of `old` whose article has another number in `new`, where that matters: some
    citation stands in both texts and means different articles. Otherwise none. `elsewhere` is what
    is known of other laws.

    >>> shift = {Number(34): (Number(36),), Number(36): (Number(38),)}
    >>> renamed("违反第三十四条、第三十六条的，", "违反第三十六条、第三十八条的，", shift)
    (('第三十四条', '第三十六条'), ('第三十六条', '第三十八条'))
    >>> renamed("依照第三十四条", "依照第三十六条", shift)  # equal words mislead nobody
    ()
    """
    in_both = cites_the_same(old, new)
    if not in_both:
        return ()
    own, others = dict[str, str](), dict[str, str]()
    for citation in find_citations(old):
        for ordinal in citation.ordinals:
            begin = ordinal.start - 1
            atom = ATOM.match(old, begin) if old[begin] == "第" else None
            if atom is None or ordinal.unit is not Unit.ARTICLE or ordinal.tail is None:
                continue
            behind = atom.group()[ordinal.tail[1] - begin :]
            if citation.kind is CitationKind.EXTERNAL:  # another law has numbers of its own
                there = (elsewhere or {}).get((citation.title or "", ordinal.number))
                now = there.written("条") + behind if there else atom.group()
                known = others.setdefault(atom.group(), now)
                if known != now or now not in new:
                    others[atom.group()] = atom.group()
                continue
            for number in became.get(ordinal.number, ()):
                if (now := number.written("条") + behind) in new:
                    own.setdefault(atom.group(), now)
    both = own.keys() & others.keys()
    found = {one: now for one, now in (own | others).items() if one != now and one not in both}
    misled = any(_ARTICLE.findall(one)[0] in in_both for one in found)
    return tuple(found.items()) if misled else ()


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text with other citations in it. `spans`: from and to in `text`, and what stood there; in
    the order of the text. One can have 300,000, so they are looked up, not gone through."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    _begins: list[int] = field(init=False, repr=False, compare=False)
    _ends: list[int] = field(init=False, repr=False, compare=False)
    _longer: list[int] = field(init=False, repr=False, compare=False)
    """By how much the old text is longer, up to the first span, the second …"""

    def __post_init__(self) -> None:
        growth = (len(was) - (last - first) for first, last, was in self.spans)
        object.__setattr__(self, "_begins", [first for first, _, _ in self.spans])
        object.__setattr__(self, "_ends", [last for _, last, _ in self.spans])
        object.__setattr__(self, "_longer", [0, *accumulate(growth)])

    def given_back(self, shared: Shared, old: str) -> None:
        """Make what the rewritten text shares with the new one what the old text shares with it: a
        rewritten citation is not shared, whatever the new text has there."""
        blocks: list[Block] = []
        for begin, end, other in shared.blocks:
            at = begin
            for first, last, _ in self._within(begin, end):
                blocks.append((self._place(at), self._place(first), other + at - begin))
                place = other + first - begin
                shared.tokens[1].append((place, FIRST.ljust(last - first)))
                at = last
            blocks.append((self._place(at), self._place(end), other + at - begin))
        stretches = shared.tokens[0]
        shared.tokens[0][:] = [self._stretch(begin, code) for begin, code in stretches]
        shared.tokens[0].extend(
            (self._place(first), FIRST.ljust(len(was))) for first, _, was in self.spans
        )
        shared.old, shared.blocks = old, blocks

    def _within(self, begin: int, end: int) -> tuple[tuple[int, int, str], ...]:
        """The spans that lie between two places."""
        return self.spans[bisect_left(self._begins, begin) : bisect_right(self._ends, end)]

    def _place(self, at: int) -> int:
        """Where a place of the rewritten text, not inside a citation, was in the old one."""
        return at + self._longer[bisect_right(self._ends, at)]

    def _stretch(self, begin: int, code: str) -> tuple[int, str]:
        parts: list[str] = []
        done = 0
        for first, last, was in self._within(begin, begin + len(code)):
            at = first - begin
            parts += code[done:at], code[at].ljust(len(was))
            done = last - begin
        return self._place(begin), "".join([*parts, code[done:]])


def rewritten(old: str, names: Renamed) -> Rewritten:
    """A text with its citations as `renamed` says.

    >>> rewritten("违反第五条、第六条的，", (("第五条", "第十五条"),))
    Rewritten(text='违反第十五条、第六条的，', spans=((2, 6, '第五条'),))
    """
    by = dict(names)
    parts: list[str] = []
    spans: list[tuple[int, int, str]] = []
    done = size = 0
    begin = old.find("第")  # as every citation begins; any atom takes squared time to find in ××
    while begin >= 0:
        atom = ATOM.match(old, begin)
        end = atom.end() if atom else begin + 1
        was = old[begin:end]
        now = by.get(was)
        if now is not None:
            parts += old[done:begin], now
            size += begin - done
            spans.append((size, size + len(now), was))
            size += len(now)
            done = end
        begin = old.find("第", end)
    return Rewritten("".join([*parts, old[done:]]), tuple(spans))


def shows_twice(pieces: Redline) -> bool:
    """Whether the same citation went and came between two stretches that stayed: whatever article
    it means, [-第五条-]{+第五条+} tells a reader nothing."""
    gone, come = set[str](), set[str]()
    for op, text in pieces:
        if op is Op.EQUAL:
            gone, come = set(), set()
        else:
            (gone if op is Op.DELETE else come).update(_ARTICLE.findall(text))
        if gone and not gone.isdisjoint(come):
            return True
    return False
