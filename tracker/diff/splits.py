"""Articles that came apart or grew together, partial ones too.

Last pass of the alignment. The evidence is what one article has in common with another in runs of
six characters and more, and not with its own partner, weighed by how rare its words are. Stock
wording of penalties stays with the partner and proves nothing; numbers prove nothing either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tracker.diff.board import Board, Link
from tracker.diff.candidates import points_of

__all__ = ["by_coverage", "covered"]

_RUN: Final = 6  # characters; shorter runs are stock words (县级以上, 有关部门)
_NEAR: Final = (0.27, 11.5)
"""Within `_PLACES` of the partner: share of the article without a partner that has to come along,
and how much that is, in rare bigrams (one that only this article has counts 1)."""
_PLACES: Final = 2
_WITHIN_REACH: Final = (0.25, 36.0)  # the same a little further off: much, though a small share
_REACH: Final = 8
_ANYWHERE: Final = (0.55, 28.0)  # the same at any distance
_BESIDE: Final = (0.55, 23.0)
"""Right beside the partner an article without one belongs to it when this share of its words is
there, stock words counted too, and `_SOME` of them only there: old 43 and 44 of 会计法 became 41.
"""
_SOME: Final = 9.0
_LOOK: Final = 0.20  # covered share below which no pair within reach can be a part
_LOOK_FAR: Final = 0.45
_FEW: Final = 4  # runs, 9 characters in a row; less is far under every bound above
_SLOT_BITS: Final = 22
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)  # 2^64 divided by the golden ratio: spreads the slots
_IS_NUMERAL: Final = np.zeros(1 << 16, dtype=bool)
_IS_NUMERAL[
    [ord(c) for c in "零〇一二三四五六七八九十百千万亿0123456789０１２３４５６７８９＃"]
] = True

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Gain:
    """What two articles share beside their partners, in rare bigrams, and its share of the text
    without a partner; `whole` and its share count stock words too."""

    words: float
    share: float
    whole: float
    whole_share: float


def by_coverage(board: Board) -> Iterator[Link]:
    """One article became two, or two became one.

    第十三条　甲。乙。 → 第十六条　甲。 第十七条　乙。
    """
    every = board.candidates
    if every is None or not len(every):
        return
    to = _partners(board.forward, len(board.old.items))[every.old]
    back = _partners(board.backward, len(board.new.items))[every.new]
    distance = np.where(to >= 0, np.abs(every.new - to), np.abs(every.old - back))
    look = every.covered >= np.where(distance <= _REACH, _LOOK, _LOOK_FAR)
    worth = np.flatnonzero(((to < 0) != (back < 0)) & look)
    texts = _Texts(
        board,
        {*every.old[worth].tolist(), *back[worth].tolist()} - {-1},
        {*every.new[worth].tolist(), *to[worth].tolist()} - {-1},
    )
    for at in worth.tolist():
        old, new = int(every.old[at]), int(every.new[at])
        gain = texts.gain(old, new, int(to[at]), int(back[at]))
        if gain is not None and _enough(gain, int(distance[at])):
            confidence = min(0.95, 0.5 + max(gain.share, gain.whole_share * 0.5) / 2)
            yield Link(old, new, "coverage", confidence, float(every.ratio[at]), partial=True)


def _partners(links: dict[int, int], size: int) -> NDArray[np.int64]:
    partner = np.full(size, -1)
    partner[list(links.keys())] = list(links.values())
    return partner


def _enough(gain: _Gain, distance: int) -> bool:
    rules = ((_NEAR, _PLACES), (_WITHIN_REACH, _REACH), (_ANYWHERE, distance))
    if any(
        distance <= places and gain.share >= share and gain.words >= words
        for (share, words), places in rules
    ):
        return True
    beside = gain.whole_share >= _BESIDE[0] and gain.whole >= _BESIDE[1]
    return distance == 1 and beside and gain.words >= _SOME


class _Texts:
    """The texts that may be parts, as numbers: the slot of the run that begins at each place.

    Two runs that differ share a slot once in millions, and a part needs several runs.
    """

    def __init__(self, board: Board, old: set[int], new: set[int]) -> None:
        self._board = board
        self._marks = np.zeros(1 << _SLOT_BITS, dtype=bool)
        self._weights: dict[str, Ints] = {}
        texts = [board.old.items[i].masked for i in sorted(old)]
        texts += [board.new.items[j].masked for j in sorted(new)]
        slots = _slots("".join(texts))
        keys = [(0, i) for i in sorted(old)] + [(1, j) for j in sorted(new)]
        ends = np.cumsum([len(text) for text in texts])
        self._texts = {
            key: (text, slots[end - len(text) : max(end - len(text), end - _RUN + 1)])
            for key, text, end in zip(keys, texts, ends.tolist(), strict=True)
        }

    def gain(self, old: int, new: int, to: int, back: int) -> _Gain | None:
        """What the two share beside their partners; None where it is next to nothing."""
        (a, of_a), (b, of_b) = self._texts[0, old], self._texts[1, new]
        from_old, from_new = self._in(of_a, of_b), self._in(of_b, of_a)
        if to >= 0:
            from_old &= ~self._in(of_a, self._texts[1, to][1])
        if back >= 0:
            from_new &= ~self._in(of_b, self._texts[0, back][1])
        if min(np.count_nonzero(from_old), np.count_nonzero(from_new)) < _FEW:
            return None
        in_old = int(self._weigh(a)[covered(from_old)].sum())
        in_new = int(self._weigh(b)[covered(from_new)].sum())
        alone, came = (a, in_old) if to < 0 else (b, in_new)
        own = max(int(self._weigh(alone).sum()), 1)
        grams = self._board.grams
        unit = grams.rarest if grams else 1
        weight = min(in_old, in_new)
        return _Gain(weight / unit, weight / own, came / unit, came / own)

    def _in(self, runs: Ints, others: Ints) -> NDArray[np.bool_]:
        """For each run of a text whether another text has it."""
        self._marks[others] = True
        found = self._marks[runs]
        self._marks[others] = False
        return found

    def _weigh(self, text: str) -> Ints:
        """The weight of each bigram; 0 where it holds a numeral, for amounts recur everywhere."""
        if text not in self._weights:
            assert self._board.grams is not None
            weights = self._board.grams.along(text)
            numeral = _IS_NUMERAL[np.minimum(points_of(text), len(_IS_NUMERAL) - 1)]
            weights[numeral[:-1] | numeral[1:]] = 0
            self._weights[text] = weights
        return self._weights[text]


def _slots(text: str) -> Ints:
    """The slot of the run of six characters that begins at each place of a text."""
    points = points_of(text).astype(np.uint64)
    mixed = np.zeros(max(len(points) - _RUN + 1, 0), dtype=np.uint64)
    for at in range(_RUN):
        mixed = (mixed + points[at : at + len(mixed)]) * _ODD
    return (mixed >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)


def covered(runs: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """From the places where a run of six characters begins, the bigrams that lie in one.

    >>> covered(np.array([False, True, False])).tolist()
    [False, True, True, True, True, True, False]
    """
    size = _RUN - 1
    marks = np.zeros(len(runs) + size - 1, dtype=bool)
    for at in range(size):
        marks[at : at + len(runs)] |= runs
    return marks
