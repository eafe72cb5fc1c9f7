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
_LITTLE: Final = 1300
"""Weight of runs that prove something, in sixteenths of a bit: about twelve rare bigrams."""
_NEAR: Final = 0.26
"""Share of the smaller article that has to come along, `_PLACES` from the partner."""
_PLACES: Final = 2
_FAR: Final = 0.60  # the same anywhere, and then `_MUCH` of it
_MUCH: Final = 3200
_SOME: Final = 950
_MOSTLY: Final = 0.55
"""Right beside the partner an article without one belongs to it when most of its words are there
and some only there: old 43 and 44 of 会计法 became 41."""
_LOOK: Final = 0.20  # covered share below which no near pair can reach `_NEAR`
_LOOK_FAR: Final = 0.45
_NUMERALS: Final = frozenset("零〇一二三四五六七八九十百千万亿0123456789０１２３４５６７８９＃")


@dataclass(frozen=True, slots=True)
class _Gain:
    """What two articles share beside their partners: its weight, its share of the text without a
    partner, and the share that counts stock words too."""

    weight: int
    share: float
    whole: float


def by_coverage(board: Board) -> Iterator[Link]:
    """One article became two, or two became one.

    第十三条　甲。乙。 → 第十六条　甲。 第十七条　乙。
    """
    for c in board.candidates:
        to, back = board.forward.get(c.old), board.backward.get(c.new)
        if (to is None) == (back is None):
            continue
        distance = abs(c.new - to) if to is not None else abs(c.old - (back or 0))
        if c.covered < (_LOOK if distance <= _PLACES else _LOOK_FAR):
            continue
        gain = _gain(board, c, to, back)
        near = distance <= _PLACES and gain.share >= _NEAR and gain.weight >= _LITTLE
        far = gain.share >= _FAR and gain.weight >= _MUCH
        beside = distance == 1 and gain.whole >= _MOSTLY and gain.weight >= _SOME
        if near or far or beside:
            confidence = min(0.95, 0.5 + max(gain.share, gain.whole * 0.5) / 2)
            yield Link(c.old, c.new, "coverage", confidence, c.ratio, partial=True)


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
    return _Gain(weight, weight / max(own, 1), came / max(own, 1))


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
