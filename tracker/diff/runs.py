"""What two articles share word for word, in runs of six characters, weighed by rarity.

Used by `splits`. Floor 2. Each place of a text where a run can begin has a number that stands for
that run, so that texts are compared as arrays. What is shared with the partners of either article
is no evidence, and neither is stock wording: of all Chinese laws, or of this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from tracker.diff.board import Board
from tracker.diff.candidates import SPREAD, places_among, points_of, rising

__all__ = ["Gain", "Left", "Partners", "Texts", "covered"]

_RUN: Final = 6  # characters; shorter runs are stock words (县级以上, 有关部门)
_FEW: Final = 4  # runs, 9 characters in a row; less is far under every bound of `splits`
_LEAST: Final = 7.0  # words; what shares less needs no closer look, no rule of `splits` takes it
_LOT: Final = 256  # pairs weighed in one go: a few megabytes
_OFTEN: Final = 3  # articles of one side with the same run: there it is this law's stock wording
_STOCK: Final = (
    "构成犯罪的,依法追究刑事责任.", "依法追究刑事责任;", "尚不构成犯罪的,",
    "构成违反治安管理行为的,依法给予治安管理处罚", "依法给予处分.", "依法承担民事责任.",
    "直接负责的主管人员和其他直接责任人员", "责令限期改正;逾期不改正的,",
    "法律、行政法规另有规定的,从其规定.",
)  # fmt: skip
"""Clauses of nearly every Chinese law, even where this one has them only once; folded."""
_SQUARED: Final = np.uint64(int(SPREAD) ** 2 % 2**64)
_TOP: Final = np.uint64(48)  # the sixteen bits that are left tell most runs apart
_TEXT_BITS: Final = 24  # enough to number the texts of a side
_IS_NUMERAL: Final = np.zeros(1 << 16, dtype=bool)
_IS_NUMERAL[
    [ord(c) for c in "零〇一二三四五六七八九十百千万亿0123456789０１２３４５６７８９＃"]
] = True

Ints = NDArray[np.int64]
Runs = NDArray[np.uint64]
Marks = NDArray[np.bool_]
Pair = tuple[int, int]
_Shared = tuple[Marks, Marks, Marks, Marks]


@dataclass(frozen=True, slots=True)
class Gain:
    """What two articles share beside the partners of both.

    `words` and `rare`: how much, in bigrams as rare as can be, with stock wording and without;
    `share` of the text without a partner (or else the smaller one) that `words` are; `whole` and
    `whole_share`: how much of that text is in the other one, whatever its partners have.
    """

    words: float
    rare: float
    share: float
    whole: float
    whole_share: float


@dataclass(frozen=True, slots=True)
class Left:
    """Texts laid behind each other, `sizes` characters each. For each character its code point, the
    weight of the bigram that begins there, 0 in stock wording, and whether no partner has it in a
    run of six characters."""

    points: Ints
    sizes: Ints
    weights: Ints
    own: Marks

    def only(self, wanted: Marks) -> Left:
        """Those of the texts that are marked."""
        inside = np.repeat(wanted, self.sizes)
        return Left(self.points[inside], self.sizes[wanted], self.weights[inside], self.own[inside])


class Partners:
    """Who belongs to whom so far, by position on both sides."""

    def __init__(self, board: Board) -> None:
        self.of_old = {old: [new] for old, new in board.forward.items()}
        self.of_new = {new: [old] for new, old in board.backward.items()}
        for link in board.partial:
            self.of_old.setdefault(link.old, []).append(link.new)
            self.of_new.setdefault(link.new, []).append(link.old)
        self._gained: tuple[set[int], set[int]] = (set(), set())

    def add(self, old: int, new: int) -> None:
        """Make these two partners."""
        self.of_old.setdefault(old, []).append(new)
        self.of_new.setdefault(new, []).append(old)
        self._gained[0].add(old)
        self._gained[1].add(new)

    def gained(self, old: int, new: int) -> bool:
        """Whether one of these was given a partner by `add`."""
        return old in self._gained[0] or new in self._gained[1]

    def distance(self, old: int, new: int) -> int:
        """Places from the nearest partner; 0 where neither has one."""
        places = [abs(new - there) for there in self.of_old.get(old, ())]
        places += [abs(old - there) for there in self.of_new.get(new, ())]
        return min(places, default=0)


class Texts:
    """The texts that may be parts and those of their partners."""

    def __init__(self, board: Board, pairs: Iterable[Pair], partners: Partners) -> None:
        assert board.grams is not None
        self._grams = board.grams
        wanted: tuple[set[int], set[int]] = (set(), set())
        for old, new in pairs:
            wanted[0].update((old, *partners.of_new.get(new, ())))
            wanted[1].update((new, *partners.of_old.get(old, ())))
        self._sides = board.old.items, board.new.items
        self._every = (
            _Runs([i.masked for i in board.old.items]),
            _Runs([i.masked for i in board.new.items]),
        )
        keys = [(side, index) for side in (0, 1) for index in sorted(wanted[side])]
        found = [self._every[side].of(index) for side, index in keys]
        self._runs, numbers = _numbered(np.concatenate([*found, np.zeros(0, np.uint64)]))
        self._texts: dict[tuple[int, int], Ints] = {}
        begin = 0
        for key, runs in zip(keys, found, strict=True):
            self._texts[key] = numbers[begin : begin + len(runs)]
            begin += len(runs)
        self._weights: dict[tuple[int, int], Ints] = {}
        self._found: dict[Pair, _Shared] = {}
        self._beside: dict[tuple[int, int, int], Marks] = {}
        self._marks = np.zeros(len(self._runs), dtype=bool)
        self._stock = np.zeros(len(self._runs), dtype=bool)
        at = places_among(self._runs, _stock_runs())
        self._stock[at[at >= 0]] = True

    def find_stock(self, pairs: Iterable[Pair]) -> None:
        """Learn which runs that these pairs share are stock wording of this law: an article of
        either side in `_OFTEN` has them."""
        shared = np.zeros(len(self._runs), dtype=bool)
        for old, new in pairs:
            of_a = self._texts[0, old]
            shared[of_a[self._in(of_a, self._texts[1, new])]] = True
        places = np.flatnonzero(shared)
        if not len(places):
            return
        known = self._runs[places]
        hopeful = np.zeros(1 << 16, dtype=bool)
        hopeful[known >> _TOP] = True
        for side in self._every:
            # most runs of the law are not among the shared ones: sixteen bits rule them out
            look = np.flatnonzero(hopeful[side.runs >> _TOP])
            at = places_among(known, side.runs[look])
            there = at >= 0
            at, owner = at[there], side.owners(look[there])
            both = np.sort((at << _TEXT_BITS) | owner)[np.count_nonzero(owner < 0) :]
            # a run counts once an article, however often that says it
            once = both[np.diff(both, prepend=-1) != 0] >> _TEXT_BITS
            often = np.bincount(once, minlength=len(known)) >= _OFTEN
            self._stock[places[often]] = True

    def near(self, pairs: Iterable[Pair], partners: Partners) -> list[Pair]:
        """Those of these pairs that share more than next to nothing beside their partners."""
        for pair in pairs:
            if shared := self._share(*pair, partners):
                self._found[pair] = shared
        self._weigh([*self._found])
        return [*self._found]

    def _share(self, old: int, new: int, partners: Partners) -> _Shared | None:
        """Which runs of each the other has, all of them and beside the partners; None for few."""
        of_a, of_b = self._texts[0, old], self._texts[1, new]
        shared_a = self._in(of_a, of_b)
        if np.count_nonzero(shared_a) < _FEW:
            return None
        left = self._unexplained(0, old, partners)
        own_a = shared_a if left is True else shared_a & left
        if np.count_nonzero(own_a) < _FEW:
            return None
        shared_b = self._in(of_b, of_a)
        left = self._unexplained(1, new, partners)
        own_b = shared_b if left is True else shared_b & left
        if np.count_nonzero(own_b) < _FEW:
            return None
        return shared_a, own_a, shared_b, own_b

    def _unexplained(self, side: int, index: int, partners: Partners) -> Marks | Literal[True]:
        """Which runs of a text none of its partners has; worked out once for its many pairs."""
        others = (partners.of_old, partners.of_new)[side].get(index)
        if others is None:
            return True
        key = side, index, len(others)  # a text only gains partners
        left = self._beside.get(key)
        if left is None:
            runs = self._texts[side, index]
            left = ~self._in(runs, self._texts[1 - side, others[0]])
            for other in others[1:]:
                left &= ~self._in(runs, self._texts[1 - side, other])
            self._beside[key] = left
        return left

    def gains(self, pairs: Iterable[Pair], partners: Partners) -> dict[Pair, Gain]:
        """What pairs that are `near` share beside their partners; without those that share next to
        nothing."""
        every = [*pairs]
        found: dict[Pair, Gain] = {}
        for at in range(0, len(every), _LOT):
            lot = {
                pair: shared
                for pair in every[at : at + _LOT]
                if (shared := self._shared(*pair, partners))
            }
            for pair, sums in zip(lot, self._sums(lot), strict=True):
                taken = pair[0] in partners.of_old, pair[1] in partners.of_new
                if gain := self._gain(*sums, *taken):
                    found[pair] = gain
        return found

    def _sums(self, lot: dict[Pair, _Shared]) -> Iterator[tuple[list[int], list[int]]]:
        """For both texts of each pair the weight of it all, of what it has in common beside the
        partners, of that without stock wording, and of all it has in common.

        The texts are laid behind each other and summed in one go: numpy takes longer to be called
        than to go through an article, so this takes a quarter of the time.
        """
        if not lot:
            return
        keys = [key for old, new in lot for key in ((0, old), (1, new))]
        gap, blank = np.zeros(_RUN - 2, dtype=np.int64), np.zeros(_RUN - 2, dtype=bool)
        shared, own = (
            np.concatenate(
                [m for one in lot.values() for m in (one[at], blank, one[at + 2], blank)]
            )
            for at in (0, 1)
        )  # a text ends with four places that no run begins at
        runs = np.concatenate([part for key in keys for part in (self._texts[key], gap)])
        marks = covered(np.stack([own, own & ~self._stock[runs], shared]))[:, : len(runs)]
        weights = [self._weights[key] for key in keys]
        flat = np.concatenate(weights)
        begins = np.cumsum([0, *map(len, weights[:-1])])
        sums = np.add.reduceat(np.vstack([flat, marks * flat]), begins, axis=1).T.tolist()
        yield from zip(sums[::2], sums[1::2], strict=True)

    def _shared(self, old: int, new: int, partners: Partners) -> _Shared | None:
        anew = partners.gained(old, new)
        return self._share(old, new, partners) if anew else self._found[old, new]

    def _gain(self, a: list[int], b: list[int], old_taken: bool, new_taken: bool) -> Gain | None:
        """From the weights of both texts: all, own words, those without stock, all shared."""
        unit = self._grams.rarest
        words, rare = min(a[1], b[1]), min(a[2], b[2])
        if words < _LEAST * unit:
            return None
        side = int(b[0] < a[0]) if old_taken == new_taken else int(old_taken)
        size, whole = max((a, b)[side][0], 1), (a, b)[side][3]
        return Gain(words / unit, rare / unit, words / size, whole / unit, whole / size)

    def _weigh(self, pairs: list[Pair]) -> None:
        """Learn the weight of each bigram of these."""
        keys = [*dict.fromkeys(key for old, new in pairs for key in ((0, old), (1, new)))]
        texts = [self._sides[side][index].masked for side, index in keys]
        weights = self._weights_of("".join(texts))
        begin = 0
        for key, text in zip(keys, texts, strict=True):
            self._weights[key] = weights[begin : begin + max(len(text) - 1, 0)]
            begin += len(text)

    def _weights_of(self, text: str) -> Ints:
        """The weight of the bigram at each place; 0 where it holds a numeral, for amounts recur."""
        weights = self._grams.along(text)
        numeral = _IS_NUMERAL[np.minimum(points_of(text), len(_IS_NUMERAL) - 1)]
        weights[numeral[:-1] | numeral[1:]] = 0
        return weights

    @cached_property
    def _common(self) -> Marks:
        """Which runs `_OFTEN` of these texts of one side have."""
        common = np.zeros(len(self._runs), dtype=bool)
        for wanted in (0, 1):
            texts = [runs for (side, _), runs in self._texts.items() if side == wanted]
            runs = np.concatenate([*texts, np.zeros(0, np.int64)])
            owner = np.repeat(np.arange(len(texts)), [*map(len, texts)])
            order = rising(runs)
            runs, owner = runs[order], owner[order]
            once = (np.diff(runs, prepend=-1) != 0) | (np.diff(owner, prepend=-1) != 0)
            common |= np.bincount(runs[once], minlength=len(common)) >= _OFTEN
        return common

    def left(self, side: int, units: list[int], partners: Partners) -> Left:
        """These texts, and what of them no partner explains."""
        texts = [self._sides[side][unit].masked for unit in units]
        text, sizes = "".join(texts), np.array([*map(len, texts)])
        runs = [self._texts[side, unit] for unit in units]
        theirs = [self._unexplained(side, unit, partners) for unit in units]
        # a text ends with places that no run begins at
        behind = np.arange(len(text)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        places = np.flatnonzero(behind < np.repeat([*map(len, runs)], sizes))
        marks = np.zeros((2, len(text)), dtype=bool)  # what partners have, and stock wording
        marks[0, places] = ~np.concatenate(
            [np.ones(len(own), bool) if left is True else left
             for own, left in zip(runs, theirs, strict=True)]
        )  # fmt: skip
        marks[1, places] = (self._stock | self._common)[np.concatenate(runs)]
        explained, stock = covered(marks)[:, : len(text)]
        weights = np.append(self._weights_of(text), 0)
        weights[stock] = 0
        return Left(points_of(text).astype(np.int64), sizes, weights, ~explained)

    def _in(self, runs: Ints, others: Ints) -> Marks:
        """For each run of a text whether another text has it."""
        self._marks[others] = True
        found = self._marks[runs]
        self._marks[others] = False
        return found


class _Runs:
    """A number for each run of six characters of these texts, by the place where it begins."""

    def __init__(self, texts: list[str]) -> None:
        points = points_of("".join(texts)).astype(np.uint64)
        # of one character, two, four, six: each is made of the ones before
        pairs = points[:-1] * SPREAD + points[1:]
        fours = pairs[:-2] * _SQUARED + pairs[2:]
        self.runs: Runs = fours[:-2] * _SQUARED + pairs[4:]
        self.runs *= SPREAD
        self._ends = np.cumsum([len(text) for text in texts])
        self._bounds = [0, *self._ends.tolist()]

    def of(self, text: int) -> Runs:
        """Those that lie in one text."""
        begin, end = self._bounds[text], self._bounds[text + 1]
        return self.runs[begin : max(begin, end - _RUN + 1)]

    def owners(self, places: Ints) -> Ints:
        """In which text the runs at these places lie; −1 for one that lies in two."""
        owner = np.searchsorted(self._ends, places, side="right")
        return np.where(places + _RUN <= self._ends[owner], owner, -1)


@cache
def _stock_runs() -> Runs:
    texts = _Runs(list(_STOCK))
    return np.concatenate([texts.of(at) for at in range(len(_STOCK))])


def _numbered(runs: Runs) -> tuple[Runs, Ints]:
    """What `np.unique` gives, three times as fast: the different runs, rising, and the place of
    each among them."""
    order = rising(runs)
    fresh = np.diff(runs[order], prepend=np.uint64(0)) != 0
    fresh[:1] = True
    numbers = np.empty(len(runs), dtype=np.int64)
    numbers[order] = np.cumsum(fresh) - 1
    return runs[order[fresh]], numbers


def covered(runs: Marks) -> Marks:
    """From the places where a run of six characters begins, the bigrams that lie in one.

    >>> covered(np.array([False, True, False])).tolist()
    [False, True, True, True, True, True, False]
    """
    length = runs.shape[-1]
    marks = np.zeros((*runs.shape[:-1], length + _RUN - 2), dtype=bool)
    marks[..., :length] = runs
    flat = marks.reshape(-1)  # a row ends with four places that no run begins at
    for step in (1, 2, 1):  # five bigrams: two, then four, then five
        flat[step:] |= flat[:-step]
    return marks
