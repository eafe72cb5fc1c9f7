"""Two texts and what they share: what a redline is made from, and where a change may begin or end.

Between the tokens and the clean-up. Floor 2. A change begins and ends at the end of a token on
either side, so that it never cuts a word or a number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from tracker.diff.redline.tokens import FIRST

__all__ = ["AFTER", "MARKS", "Block", "Shared", "Stretch"]

Block = tuple[int, int, int]
"""A stretch that both texts share: from and to in the old text, from in the new one."""

Stretch = tuple[int, int]
"""From and to in one text."""

_Tokens = tuple[int, str]

MARKS: Final = frozenset("，。；：、！？,.;:!?（）()《》“”\"'\n")
AFTER: Final = {"\n": 5, "。": 4, "；": 4, "！": 4, "？": 4, "：": 3, "，": 2, "、": 1}
"""How good it is that a change begins or ends behind a mark."""

_STRETCHES: Final = 50
"""Stretches of a text, cut into tokens, that are gone through one by one. An article of the real
pairs has a few; one of 10,000 citations has as many."""


@dataclass(slots=True)
class Shared:
    """Two texts and what they share, in order; the first block may be empty, so may the last.

    `tokens` are the stretches of either text that were cut: where each begins, a character for each
    of its own, which is `FIRST` or above where a token begins.
    """

    old: str
    new: str
    blocks: list[Block]
    tokens: tuple[list[_Tokens], list[_Tokens]]
    _ends: dict[int, tuple[int, frozenset[int]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def may_cut(self, old: int, new: int) -> bool:
        """Whether a change may begin or end here on both sides."""
        return self.ends(0, old) and self.ends(1, new)

    def ends(self, side: int, at: int) -> bool:
        """Whether a token ends here: behind or before a mark it does, even where none was cut."""
        text = self.new if side else self.old
        if at == 0 or at == len(text) or text[at - 1] in AFTER or text[at] in AFTER:
            return True
        if len(self.tokens[side]) > _STRETCHES:
            return at in self._known_ends(side)
        for begin, code in self.tokens[side]:
            place = at - begin
            if place == len(code) or (0 <= place < len(code) and code[place] >= FIRST):
                return True
        return False

    def _known_ends(self, side: int) -> frozenset[int]:
        """All places where a token ends, gathered anew where stretches have come since."""
        stretches = self.tokens[side]
        count, ends = self._ends.get(side, (0, frozenset()))
        if count != len(stretches):
            within = (
                begin + place
                for begin, code in stretches
                for place, char in enumerate(code)
                if char >= FIRST
            )
            ends = frozenset(within).union(begin + len(code) for begin, code in stretches)
            self._ends[side] = len(stretches), ends
        return ends
