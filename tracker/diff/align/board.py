"""The board the alignment is played on: both sides, the links so far, and how alike two units are.

Passes read and write it; `passes` starts and ends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist

from tracker.diff.align.candidates import Grams, count_grams, nearest, rising
from tracker.diff.align.letters import Letters, recoded
from tracker.diff.align.overrides import Overrides
from tracker.diff.sides import Item, Side
from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity

__all__ = [
    "Board", "Candidates", "Link", "best_other", "capped", "find_candidates", "places_of",
    "ratio_of",
]  # fmt: skip

_REVIEWED: Final = "override"  # what `matched_by` says of a reviewer's word

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_SURE_LENGTH: Final = 24  # characters; the containment of a shorter text proves little
_CRIME: Final = re.compile("(?:违反本[^,。]{1,4}规定,?)?构成犯罪的,?依法追究刑事责任[.。]?")
"""What a penalty ends with, or an article of its own says for all of them: it says nothing of which
one, so its words do not count towards `_SURE_LENGTH`."""
_SAME_CAPTION: Final = 0.12  # what an equal 条旨 on both sides adds to the content
_LOOK: Final = 0.15  # mean of cosine and containment; the weakest true link of the gold has 0.25
_MANY: Final = 2000  # pairs from which a second thread pays
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


@dataclass(frozen=True)
class Candidates:
    """The pairs that were looked at, a column of numbers for each fact, sorted by `old`, `new`.

    `ratio` is the exact Indel ratio (0 where no ratio could make the pair a link), `covered` the
    share of the smaller text's bigrams that the other has, `content` all evidence of the words; 0
    to 1.
    """

    old: Ints
    new: Ints
    ratio: Floats
    covered: Floats
    content: Floats

    def __len__(self) -> int:
        return len(self.old)

    def where(self, wanted: NDArray[np.bool_] | Ints) -> Candidates:
        """Only those that are marked, or at these places."""
        return Candidates(*(column[wanted] for column in vars(self).values()))


def best_other(keys: Ints, values: Floats) -> tuple[Floats, Ints]:
    """For each place the largest value at another place with the same key, and where; 0 and −1
    where there is none. Of equal values the first counts."""
    count = len(keys)
    order = np.argsort(-values, kind="stable")
    order = order[rising(keys[order])]
    ranked = keys[order]
    first = np.searchsorted(ranked, ranked)
    second = first + 1
    there = second < count
    there[there] = ranked[second[there]] == ranked[there]
    own = np.arange(count)
    other = np.where(own == first, np.where(there, second, -1), first)
    where = np.full(count, -1)
    where[order] = np.where(other >= 0, order[other], -1)
    return np.where(where >= 0, values[where], 0.0), where


@dataclass
class Board:
    """The state of one alignment.

    `candidates` are the pairs that the content pass looked at, `grams` weighs their bigrams, which
    are those of `letters`: there the text of a unit is found at `texts`, old and new ones.
    `settled` are the old and the new units whose partners a reviewer named: no pass adds any.
    """

    old: Side
    new: Side
    overrides: Overrides = ()
    links: list[Link] = field(default_factory=list)
    partial: list[Link] = field(default_factory=list)
    forward: dict[int, int] = field(default_factory=dict)
    backward: dict[int, int] = field(default_factory=dict)
    barred: frozenset[tuple[int, int]] = frozenset()
    settled: tuple[set[int], set[int]] = field(default_factory=lambda: (set(), set()))
    candidates: Candidates | None = None
    grams: Grams | None = None
    letters: Letters = field(default_factory=lambda: Letters([]))
    texts: tuple[Ints, Ints] = field(default_factory=lambda: (np.zeros(0, np.int64),) * 2)
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def numbers(self) -> tuple[Ints, Ints]:
        """The number of each unit of both sides as a whole number, the same for the same one."""
        codes: dict[int | Number | None, int] = {}
        old, new = (
            [i.located.provision.number for i in side.items] for side in (self.old, self.new)
        )
        every = [  # of most the value says all, and is hashed in C
            codes.setdefault(n if n is None or n.suffix else n.value, len(codes))
            for n in (*old, *new)
        ]
        return np.array(every[: len(old)], np.int64), np.array(every[len(old) :], np.int64)

    @cached_property
    def sizes(self) -> tuple[list[int], list[int]]:
        """How long the text of each unit of both sides is."""
        return [len(i.key) for i in self.old.items], [len(i.key) for i in self.new.items]

    def add(self, links: Iterable[Link]) -> None:
        """Take links over; a unit that already has one keeps it."""
        for link in links:
            if link.matched_by != _REVIEWED and self.is_settled(link.old, link.new):
                continue
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

    def pairs(self) -> Iterator[tuple[Item, Item]]:
        """The units that are linked as a whole, the old ones rising."""
        for old, new in sorted(self.forward.items()):
            yield self.old.items[old], self.new.items[new]

    def is_settled(self, old: int, new: int) -> bool:
        """Whether a reviewer named the partners of one of the two."""
        return old in self.settled[0] or new in self.settled[1]

    def open_old(self) -> list[Item]:
        """Old units that may still be linked, in order."""
        taken = self.settled[0].union(self.forward)
        return [item for item in self.old.items if item.index not in taken]

    def open_new(self) -> list[Item]:
        """New units that may still be linked, in order."""
        taken = self.settled[1].union(self.backward)
        return [item for item in self.new.items if item.index not in taken]


def ratio_of(old: str, new: str) -> float:
    """How alike two texts are, 0 to 1: the Indel ratio, of head and tail where a text is long."""
    return 1.0 if old == new else Indel.normalized_similarity(_ends(old), _ends(new))


def find_candidates(board: Board, worth: float) -> Candidates:
    """Every pair of open units worth a look, scored; the board learns their bigrams.

    Units that are linked already, with the same text, tell how common a bigram is. Of pairs whose
    content cannot reach `worth` the ratio is not worked out.
    """
    old, new = board.open_old(), board.open_new()
    a, b = [i.masked for i in old], [i.masked for i in new]
    indices = [np.fromiter((i.index for i in items), np.int64, len(items)) for items in (old, new)]
    # those with one text: the same ones count, whichever side is the old one
    linked = [item.masked for item, other in board.pairs() if item.masked == other.masked]
    board.letters = Letters([*a, *b, *linked])
    board.texts = (
        places_of(indices[0], len(board.old.items)),
        places_of(indices[1], len(board.new.items)) + len(a),
    )
    old_grams, new_grams = count_grams(board.letters, len(a), len(b))
    board.grams = old_grams
    rows, columns, dots = nearest(old_grams, new_grams).T
    first, second = old_grams.squares[rows], new_grams.squares[columns]
    cosine = dots / np.sqrt(np.maximum(first * 1.0 * second, 1.0))
    covered = dots / np.maximum(np.minimum(first, second), 1)
    sizes = _sizes(a)[rows], _sizes(b)[columns]
    short = np.minimum(*sizes)
    own = np.minimum(_own_sizes(a)[rows], _own_sizes(b)[columns])
    proven = cosine + (covered - cosine) * np.minimum(1.0, own / _SURE_LENGTH)
    extra = np.where(_same_caption(old, new, rows, columns), _SAME_CAPTION, 0.0)
    most = (2 * short / np.maximum(sizes[0] + sizes[1], 1) + cosine + proven) / 3 + extra
    look = (most > worth) & ((cosine + proven >= 2 * _LOOK) | (extra > 0))
    ratio = np.zeros(len(rows))
    ratio[look] = _ratios(board.letters, a, b, (rows[look], columns[look]))
    content = np.minimum(1.0, (ratio + cosine + proven) / 3 + extra)
    return Candidates(indices[0][rows], indices[1][columns], ratio, covered, content)


def places_of(units: Ints, count: int) -> Ints:
    """For each of so many units its place among these; far below 0 where it is not there."""
    places = np.full(count, -(1 << 40))
    places[units] = np.arange(len(units))
    return places


def _sizes(texts: list[str]) -> Ints:
    return np.fromiter(map(len, texts), np.int64, len(texts))


def _own_sizes(texts: list[str]) -> Ints:
    """How much of each text can prove that another one holds it. What is longer than that even
    without such a clause need not be looked through."""
    sizes = _sizes(texts)
    for at in np.flatnonzero(sizes < 2 * _SURE_LENGTH).tolist():
        sizes[at] = len(_CRIME.sub("", texts[at]))
    return sizes


def _same_caption(old: list[Item], new: list[Item], rows: Ints, columns: Ints) -> NDArray[np.bool_]:
    """For each pair whether both have the same 条旨."""
    codes = {name: code for code, name in enumerate({i.caption: None for i in old if i.caption}, 1)}
    if not codes:  # as in most laws
        return np.zeros(len(rows), dtype=bool)
    left = np.array([codes.get(item.caption, 0) for item in old])
    right = np.array([codes.get(item.caption, -1) for item in new])
    return np.asarray(left[rows] == right[columns], dtype=bool)


def _ratios(letters: Letters, old: list[str], new: list[str], pairs: tuple[Ints, Ints]) -> Floats:
    """`ratio_of` of many pairs, in C. `letters` begin with the old texts and the new ones."""
    texts = [_ends(text) for text in recoded([*old, *new], letters.points)]
    left = [texts[i] for i in pairs[0].tolist()]
    right = [texts[j] for j in (pairs[1] + len(old)).tolist()]
    workers = 2 if len(left) > _MANY else 1
    found = cpdist(
        left, right, scorer=Indel.normalized_similarity, dtype=np.float64, workers=workers
    )
    return np.asarray(found, dtype=np.float64)


def _ends(text: str) -> str:
    """A long text cut down to its head and tail."""
    half = _LONG // 2
    return text if len(text) <= _LONG else text[:half] + text[-half:]


def capped(message: str) -> Problem:
    """The problem that says what was given up for the size of the texts."""
    return Problem(
        code="alignment-capped",
        severity=Severity.WARNING,
        message=message,
        hint="抽查把握较低的对应关系，必要时在 overrides.toml 中写明",
    )
