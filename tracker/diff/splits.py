"""Articles that came apart or grew together, partial ones too.

Last pass of the alignment. The evidence is a run of words that one article has in common with
another and not, or only in shorter pieces, with its own partner. Stock wording of penalties stays
with the partner and proves nothing; numbers prove nothing either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tracker.diff.board import Board, Candidate, Link

__all__ = ["by_coverage", "shared_runs"]

_RUN: Final = 6  # characters; shorter runs are stock words (县级以上, 有关部门)
_LONGER: Final = 1.25  # times the run with its own partner, or the words stayed where they were
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
    for c in board.candidates:
        to, back = board.forward.get(c.old), board.backward.get(c.new)
        if (to is None) == (back is None):
            continue
        distance = abs(c.new - to) if to is not None else abs(c.old - (back or 0))
        if c.covered < (_LOOK if distance <= _REACH else _LOOK_FAR):
            continue
        gain = _gain(board, c, to, back)
        if _enough(gain, distance):
            confidence = min(0.95, 0.5 + max(gain.share, gain.whole_share * 0.5) / 2)
            yield Link(c.old, c.new, "coverage", confidence, c.ratio, partial=True)


def _enough(gain: _Gain, distance: int) -> bool:
    rules = ((_NEAR, _PLACES), (_WITHIN_REACH, _REACH), (_ANYWHERE, distance))
    if any(
        distance <= places and gain.share >= share and gain.words >= words
        for (share, words), places in rules
    ):
        return True
    beside = gain.whole_share >= _BESIDE[0] and gain.whole >= _BESIDE[1]
    return distance == 1 and beside and gain.words >= _SOME


def _gain(board: Board, c: Candidate, to: int | None, back: int | None) -> _Gain:
    old, new = board.old.items, board.new.items
    a, b = old[c.old].masked, new[c.new].masked
    of_old = _won(a, b, new[to].masked if to is not None else "")
    of_new = _won(b, a, old[back].masked if back is not None else "")
    old_weights, new_weights = _weights(board, a), _weights(board, b)
    from_old = sum(w for w, won in zip(old_weights, of_old, strict=False) if won)
    from_new = sum(w for w, won in zip(new_weights, of_new, strict=False) if won)
    weight = min(from_old, from_new)
    if to is None:  # the old article has no partner: how much of it came along?
        own, came = sum(old_weights), from_old
    else:
        own, came = sum(new_weights), from_new
    unit = board.grams.rarest if board.grams else 1
    return _Gain(weight / unit, weight / max(own, 1), came / unit, came / max(own, 1))


def _weights(board: Board, text: str) -> list[int]:
    """The weight of each bigram; 0 where it holds a numeral, for amounts recur everywhere."""
    assert board.grams is not None
    along = board.grams.along(text)
    numeral = [char in _NUMERALS for char in text]
    return [
        0 if numeral[at] or numeral[at + 1] else weight for at, weight in enumerate(along)
    ]  # fmt: skip


def _won(text: str, mine: str, rival: str) -> list[bool]:
    """For each place of a text: does a run through it lie in `mine`, clearly longer than in
    `rival`?"""
    here, there = shared_runs(text, mine), shared_runs(text, rival)
    return [run >= _RUN and run > _LONGER * other for run, other in zip(here, there, strict=True)]


def shared_runs(text: str, other: str) -> list[int]:
    """For each place of `text` the length of the longest run through it that `other` holds.

    >>> shared_runs("甲乙丙丁", "丁甲乙")
    [2, 2, 0, 1]
    """
    runs = [0] * len(text)
    end = 0
    for start in range(len(text)):
        end = max(end, start)
        grown = False
        while end < len(text) and text[start : end + 1] in other:
            end, grown = end + 1, True
        if grown:
            for at in range(start, end):
                runs[at] = max(runs[at], end - start)
    return runs
