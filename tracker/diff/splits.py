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

__all__ = ["by_coverage", "covered"]

_RUN: Final = 6  # characters; shorter runs are stock words (县级以上, 有关部门)
_NEAR: Final = (0.27, 12.0)
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
_NUMERALS: Final = frozenset("零〇一二三四五六七八九十百千万亿0123456789０１２３４５６７８９＃")

Grams = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Gain:
    """What two articles share beside their partners, in rare bigrams, and its share of the text
    without a partner; `whole` and its share count stock words too."""

    words: float
    share: float
    whole: float
    whole_share: float


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with its runs of six characters, and the weight of the bigram at each place."""

    text: str
    runs: Grams
    weights: NDArray[np.int64]


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
    texts = _Texts(board)
    for at in np.flatnonzero(((to < 0) != (back < 0)) & look).tolist():
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
    """The texts of both sides, prepared when they are first asked for."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._known: dict[str, _Text] = {}

    def gain(self, old: int, new: int, to: int, back: int) -> _Gain | None:
        """What the two share beside their partners; None where it is nothing."""
        sides = self._board.old.items, self._board.new.items
        a, b = self._text(sides[0][old].masked), self._text(sides[1][new].masked)
        common = a.runs & b.runs
        of_old = common - self._text(sides[1][to].masked).runs if to >= 0 else common
        of_new = common - self._text(sides[0][back].masked).runs if back >= 0 else common
        if not of_old or not of_new:
            return None
        from_old = int(a.weights[covered(a.text, of_old)].sum())
        from_new = int(b.weights[covered(b.text, of_new)].sum())
        alone, came = (a, from_old) if to < 0 else (b, from_new)
        own = max(int(alone.weights.sum()), 1)
        grams = self._board.grams
        unit = grams.rarest if grams else 1
        weight = min(from_old, from_new)
        return _Gain(weight / unit, weight / own, came / unit, came / own)

    def _text(self, text: str) -> _Text:
        if text not in self._known:
            runs = frozenset([text[at : at + _RUN] for at in range(len(text) - _RUN + 1)])
            self._known[text] = _Text(text, runs, self._weights(text))
        return self._known[text]

    def _weights(self, text: str) -> NDArray[np.int64]:
        """The weight of each bigram; 0 where it holds a numeral, for amounts recur everywhere."""
        assert self._board.grams is not None
        weights = self._board.grams.along(text)
        numeral = np.array([char in _NUMERALS for char in text], dtype=bool)
        weights[numeral[:-1] | numeral[1:]] = 0
        return weights


def covered(text: str, runs: frozenset[str] | set[str]) -> NDArray[np.bool_]:
    """For each bigram of a text whether it lies in one of these runs of six characters.

    >>> covered("甲乙丙丁戊己庚辛", {"乙丙丁戊己庚"}).tolist()
    [False, True, True, True, True, True, False]
    """
    marks = np.zeros(max(len(text) - 1, 0), dtype=bool)
    for at in range(len(text) - _RUN + 1):
        if text[at : at + _RUN] in runs:
            marks[at : at + _RUN - 1] = True
    return marks
