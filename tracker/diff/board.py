"""The board the alignment is played on: both sides, the links so far, and how alike two units are.

Passes read and write it; `align` starts and ends it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import sqrt
from typing import Final

from rapidfuzz.distance import Indel

from tracker.diff.candidates import Grams, count_grams, nearest
from tracker.diff.overrides import Overrides
from tracker.diff.sides import Item, Side
from tracker.law.problems import Problem

__all__ = ["Board", "Candidate", "Link"]

_SURE_LENGTH: Final = 24  # characters; the containment of a shorter text proves little
_SAME_CAPTION: Final = 0.12  # what an equal 条旨 on both sides adds to the content
_LONG: Final = 4000  # characters; of a longer body only head and tail enter the exact ratio


@dataclass(frozen=True, slots=True)
class Link:
    """One old unit is one new unit, and why (`matched_by` names the pass).

    A `partial` link says that the old unit gave words to the new one beside what the other links
    say: a split or a merger. `runner_up` is the second-best new unit and its similarity.
    """

    old: int
    new: int
    matched_by: str
    confidence: float
    similarity: float
    runner_up: tuple[int, float] | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair that was looked at: `ratio` is the exact Indel ratio, `covered` the share of the
    smaller text's bigrams that the other has, `content` all evidence of the words; 0 to 1."""

    old: int
    new: int
    ratio: float
    covered: float
    content: float


@dataclass
class Board:
    """The state of one alignment.

    `candidates` are the pairs that the content pass looked at, `grams` weighs their bigrams.
    """

    old: Side
    new: Side
    overrides: Overrides = ()
    links: list[Link] = field(default_factory=list)
    partial: list[Link] = field(default_factory=list)
    forward: dict[int, int] = field(default_factory=dict)
    backward: dict[int, int] = field(default_factory=dict)
    barred: frozenset[tuple[int, int]] = frozenset()
    candidates: list[Candidate] = field(default_factory=list)
    grams: Grams | None = None
    problems: list[Problem] = field(default_factory=list)

    def add(self, links: Iterable[Link]) -> None:
        """Take links over; a unit that already has one keeps it."""
        for link in links:
            if link.partial:
                self.partial.append(link)
                continue
            if link.old in self.forward or link.new in self.backward:
                continue
            if (link.old, link.new) in self.barred:
                continue
            self.links.append(link)
            self.forward[link.old] = link.new
            self.backward[link.new] = link.old

    def open_old(self) -> list[Item]:
        """Old units without a link, in order."""
        return [item for item in self.old.items if item.index not in self.forward]

    def open_new(self) -> list[Item]:
        """New units without a link, in order."""
        return [item for item in self.new.items if item.index not in self.backward]


def ratio_of(old: str, new: str) -> float:
    """How alike two texts are, 0 to 1: the Indel ratio, of head and tail where a text is long."""
    if max(len(old), len(new)) > _LONG:
        half = _LONG // 2
        old, new = old[:half] + old[-half:], new[:half] + new[-half:]
    return Indel.normalized_similarity(old, new)


def find_candidates(
    old: list[Item], new: list[Item], linked: list[Item]
) -> tuple[list[Candidate], Grams]:
    """Every pair worth a look among these units, scored, and the bigrams of the old ones.

    `linked` are old units that are out of the question; they tell how common a bigram is.
    """
    old_grams, new_grams = count_grams(
        [i.masked for i in old], [i.masked for i in new], [i.masked for i in linked]
    )
    found = []
    old_squares, new_squares = old_grams.squares.tolist(), new_grams.squares.tolist()
    for row, column, dot in nearest(old_grams, new_grams):
        a, b = old[row], new[column]
        ratio = ratio_of(a.masked, b.masked)
        first, second = old_squares[row], new_squares[column]
        cosine = dot / sqrt(first * second)
        covered = dot / min(first, second)
        short = min(len(a.masked), len(b.masked))
        proven = cosine + (covered - cosine) * min(1.0, short / _SURE_LENGTH)
        content = (ratio + cosine + proven) / 3
        if a.caption and a.caption == b.caption:
            content = min(1.0, content + _SAME_CAPTION)
        found.append(Candidate(a.index, b.index, ratio, covered, content))
    return found, old_grams
