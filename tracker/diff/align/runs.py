"""What two articles share word for word, in runs of six characters, weighed by rarity.

Used by `splits`. Floor 2. Each place of a text where a run can begin has a number that stands for
that run, so that texts are compared as arrays. What is shared with the partners of either article
is no evidence, and neither is stock wording: of all Chinese laws, or of this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tracker.diff.align.board import Board, places_of
from tracker.diff.align.letters import Known, Letters, lots, numbered, ranges
from tracker.diff.align.partners import Partners

__all__ = ["Gain", "Left", "Pair", "Texts", "covered"]

_FEW: Final = 4  # runs, 9 characters in a row; less is far under every bound of `splits`
_LEAST: Final = 7.0  # words; what shares less needs no closer look, no rule of `splits` takes it
_LOT: Final = 256  # pairs weighed in one go: a few megabytes
_LONG: Final = 500_000  # characters of them, above which there are fewer: 50 megabytes
_OFTEN: Final = 3  # articles of one side with the same run: there it is this law's stock wording
_STOCK: Final = (
    "构成犯罪的,依法追究刑事责任.", "依法追究刑事责任;", "尚不构成犯罪的,",
    "构成违反治安管理行为的,依法给予治安管理处罚", "依法给予处分.", "依法承担民事责任.",
    "直接负责的主管人员和其他直接责任人员", "责令限期改正;逾期不改正的,",
    "法律、行政法规另有规定的,从其规定.",
)  # fmt: skip
"""Clauses of nearly every Chinese law, even where this one has them only once; folded."""
_TOP: Final = np.uint64(48)  # the sixteen bits that are left tell most runs apart
_ELSEWHERE: Final = 1 << 20  # what is added to texts of other letters: a law has fewer articles
_ALONE: Final = -1  # stands for the partner of a text without one
_NOBODY: Final = -2  # and for the text that has a run where none has it
_IS_NUMERAL: Final = np.zeros(1 << 16, dtype=bool)
_IS_NUMERAL[
    [ord(c) for c in "零〇一二三四五六七八九十百千万亿0123456789０１２３４５６７８９＃"]
] = True

Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]
Pair = tuple[int, int]


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
    """For each place of `letters` the weight of the bigram that begins there, 0 in stock wording,
    and whether no partner has it in a run of six characters."""

    weights: Ints
    own: Marks


@dataclass(frozen=True, slots=True)
class _Lot:
    """The texts of some pairs laid behind each other, each old one with its new one behind it: for
    each text its `sizes`, for each character its place among the letters, and whether the run there
    is `shared` with the other text of the pair."""

    pairs: list[Pair]
    sizes: Ints
    places: Ints
    shared: Marks

    @property
    def begins(self) -> Ints:
        """Where each text begins."""
        return np.asarray(np.cumsum(self.sizes) - self.sizes)

    def only(self, near: Marks, kept: Ints) -> _Lot:
        """Those of the pairs that are marked, which have these characters."""
        pairs = [pair for pair, one in zip(self.pairs, near.tolist(), strict=True) if one]
        return _Lot(pairs, self.sizes[np.repeat(near, 2)], self.places[kept], self.shared[kept])


class Texts:
    """The texts that may be parts and those of their partners: which runs they share, and which of
    them with their partners. A text is known by its place among `letters`, new ones behind old."""

    def __init__(self, board: Board, partners: Partners, old: Ints, new: Ints) -> None:
        """`old` and `new` are the units on either side that may be parts."""
        assert board.grams is not None
        self._board, self._partners, self._rarest = board, partners, board.grams.rarest
        units = _with_partners(partners, old, new)
        sides = board.old.items, board.new.items
        texts = [side[unit].masked for side, one in zip(sides, units, strict=True) for unit in one]
        self.letters = letters = Letters([*texts, *_STOCK])
        self._runs, self._size = letters.runs, len(letters)
        self.texts = (
            places_of(units[0], len(sides[0])),
            places_of(units[1], len(sides[1])) + len(units[0]),
        )
        self._cut = int(letters.begins[len(units[0])])
        self._end = int(letters.begins[len(texts)])
        self._stock = np.zeros(self._size, dtype=bool)
        self._stock[self._runs[self._end :]] = True
        # The runs of the old side, and behind them those of the new one: for each place which of
        # them it has, for each of them the first and the last text and whether there are more.
        self._own, text = self._runs[: self._end].copy(), letters.text[: self._end]
        self._own[self._cut :] += self._size
        self._first, self._last = np.full((2, 2 * self._size), _NOBODY)
        self._last[self._own] = text
        self._first[self._own[::-1]] = text[::-1]
        between = (self._first.take(self._own) != text) & (self._last.take(self._own) != text)
        self._more = np.zeros(2 * self._size, dtype=bool)
        self._more[self._own[between]] = True
        self._asked = self._runs.copy()  # where each place looks for its run: on the other side
        self._asked[: self._cut] += self._size
        self.grams, self._weights = self._weigh(units)
        self._free = np.zeros(self._size, dtype=bool)
        self._explained = np.zeros(self._size, dtype=bool)
        self._explain_all(units)

    def _weigh(self, units: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
        """The bigram at each place, by its number among the letters of the board, and its weight: 0
        where it holds a numeral, for amounts recur, and in texts that are no candidates."""
        board = self._board
        assert board.grams is not None
        there = np.concatenate([board.texts[side][units[side]] for side in (0, 1)])
        known = np.zeros(len(self.letters.sizes), dtype=bool)
        known[: len(there)] = there >= 0
        wanted = np.zeros(len(board.letters.sizes), dtype=bool)
        wanted[there[there >= 0]] = True  # in both letters the units rise, old ones first
        # as a rule all are candidates, but for the stock wording behind them
        every = bool(known[: len(there)].all())
        places = slice(0, self._end) if every else self.letters.inside(known)
        grams, weights = np.zeros((2, self._size), dtype=np.int64)
        found = board.letters.grams.take(board.letters.inside(wanted))
        grams[places] = found
        weights[places] = board.grams.of_number.take(found)
        numeral = _IS_NUMERAL.take(self.letters.points, mode="clip")
        numeral[:-1] |= numeral[1:]
        weights[numeral] = 0
        return grams, weights

    def _explain_all(self, units: tuple[Ints, Ints]) -> None:
        """Learn at which places a partner of the text has the run there."""
        first = np.full(len(self.letters.sizes), _ALONE)
        more: list[Pair] = []
        of_old, of_new = self._partners.of_old, self._partners.of_new
        for old in units[0].tolist():
            if others := of_old.get(old):
                first[self.texts[0][old]] = self.texts[1][others[0]]
                more += [(old, other) for other in others[1:]]
        for new in units[1].tolist():
            if others := of_new.get(new):
                first[self.texts[1][new]] = self.texts[0][others[0]]
                more += [(other, new) for other in others[1:]]
        there = self._elsewhere
        self._explained[there] = self._has(there, first.take(self.letters.text.take(there)))
        for pair in more:
            if min(self.texts[0][pair[0]], self.texts[1][pair[1]]) >= 0:
                self.explain(*pair)

    def explain(self, old: int, new: int) -> None:
        """These two became partners: what they share is no evidence from now on."""
        for one, other in self._both_ways(old, new):
            self._explained[one] |= self._in(one, other)

    def rare_left(self, old: int, new: int) -> float | None:
        """How much of what these two share, without stock wording, the partners they were given
        meanwhile leave, in rare bigrams; None for next to nothing, as `gains` has it."""
        words, rare = [], []
        for one, other in self._both_ways(old, new):
            own = self._in(one, other) & ~self._explained[one]
            if np.count_nonzero(own) < _FEW:
                return None
            marks = covered(np.stack([own, own & ~self._stock[self._runs[one]]]))
            sums = (marks[:, : len(own)] * self._weights[one]).sum(axis=1).tolist()
            words.append(sums[0])
            rare.append(sums[1])
        return min(rare) / self._rarest if min(words) >= _LEAST * self._rarest else None

    def are_apart(self, one: Pair, other: Pair) -> bool:
        """Whether two pairs with a text in common have other runs of it, stock wording left out: of
        those of the one that has fewer, most."""
        side = int(one[0] != other[0])
        ways = [[*self._both_ways(*pair)][side] for pair in (one, other)]
        a, b = (self._in(*way) & ~self._stock[self._runs[way[0]]] for way in ways)
        return bool(2 * np.count_nonzero(a & b) < min(np.count_nonzero(a), np.count_nonzero(b)))

    def _both_ways(self, old: int, new: int) -> Iterator[tuple[slice, slice]]:
        """The places of the one and of the other, then the other way round."""
        a, b = self.texts[0][old], self.texts[1][new]
        begins, ends = self.letters.begins, self.letters.ends
        here, there = slice(begins[a], ends[a]), slice(begins[b], ends[b])
        yield here, there
        yield there, here

    def _in(self, one: slice, other: slice) -> Marks:
        """For each run of a text whether another text has it: for two texts quicker than `_has`."""
        self._free[self._runs[other]] = True
        found = self._free[self._runs[one]]
        self._free[self._runs[other]] = False
        return found

    def _has(self, places: Ints, texts: Ints) -> Marks:
        """For each of these places whether a text of the other side has the run there; below 0 for
        none."""
        asked = self._asked.take(places)
        found = (self._last.take(asked) == texts) | (self._first.take(asked) == texts)
        doubt = np.flatnonzero(self._more.take(asked) & ~found & (texts >= 0))
        if len(doubt):
            both = texts[doubt] * self._size + self._runs[places[doubt]]
            found[doubt] = self._listed.among(both)
        return np.asarray(found, dtype=bool)

    @cached_property
    def _listed(self) -> Known:
        """For each run that three texts of a side have, these texts, packed with its number."""
        known = np.flatnonzero(self._more[self._own])
        return Known(self.letters.text[known] * self._size + self._runs[known])

    def gains(self, pairs: Iterable[Pair]) -> dict[Pair, Gain]:
        """What these pairs share beside their partners; without those that share next to nothing.

        The texts are laid behind each other and summed in one go: numpy takes longer to be called
        than to go through an article.
        """
        every = self._near([*pairs])
        return self._gains(self._in_lots(every, _LOT))

    def _in_lots(self, pairs: list[Pair], most: int) -> Iterator[_Lot]:
        """The texts of so many of these pairs at a time, or of fewer if they are long."""
        sizes = self.letters.sizes[self._texts_of(pairs)[0]].reshape(-1, 2).sum(axis=1)
        return (self._lay(pairs[lot]) for lot in lots(sizes.tolist(), most, _LONG))

    def _near(self, pairs: list[Pair]) -> list[Pair]:
        """These pairs without most of those that share next to nothing beside their partners.

        Of eight places one has a run that the other side has and no partner had: only there one
        has to look.
        """
        places = self._open
        begins = np.searchsorted(places, self.letters.begins)
        sizes = np.diff(begins, append=len(places))
        texts, others = self._texts_of(pairs)
        counts = sizes[texts]
        here = places[ranges(begins[texts], counts)]
        shared = self._has(here, np.repeat(others, counts))
        times = np.bincount(np.repeat(np.arange(len(texts)), counts)[shared], minlength=len(texts))
        near: list[bool] = np.all(times.reshape(-1, 2) >= _FEW, axis=1).tolist()
        return [pair for pair, one in zip(pairs, near, strict=True) if one]

    @cached_property
    def _elsewhere(self) -> Ints:
        """The places whose run stands on the other side too."""
        return np.flatnonzero(self._last.take(self._asked) >= 0)

    @cached_property
    def _open(self) -> Ints:
        """Those of them whose run stands not in the first partners."""
        return self._elsewhere[~self._explained[self._elsewhere]]

    def gains_beside_stock(self, pairs: list[Pair]) -> dict[Pair, Gain]:
        """The same, when it is learnt which of the runs that the pairs share are stock wording of
        this law: an article of either side in `_OFTEN` has them."""
        if not pairs:
            return {}
        every = [*self._in_lots(pairs, len(pairs))]
        self._find_stock(np.concatenate([lot.places[lot.shared] for lot in every]))
        return self._gains(every)

    def _gains(self, every: Iterable[_Lot]) -> dict[Pair, Gain]:
        found: dict[Pair, Gain] = {}
        for lot in every:
            own = lot.shared & ~self._explained.take(lot.places)
            counts = np.add.reduceat(own, lot.begins, dtype=np.int64)
            near = np.asarray((counts.reshape(-1, 2) >= _FEW).all(axis=1))
            if not near.any():
                continue
            kept = np.flatnonzero(np.repeat(np.repeat(near, 2), lot.sizes))
            left, own = lot.only(near, kept), own[kept]
            rare = own & ~self._stock[self._runs[left.places]]
            marks = covered(np.stack([own, rare, left.shared]))[:, : len(own)]
            weights = self._weights.take(left.places)
            sums = np.add.reduceat(np.vstack([weights, marks * weights]), left.begins, axis=1)
            rows = sums.T.tolist()
            for pair, a, b in zip(left.pairs, rows[::2], rows[1::2], strict=True):
                if gain := self._gain(pair, a, b):
                    found[pair] = gain
        return found

    def _lay(self, pairs: list[Pair]) -> _Lot:
        """The texts of these pairs, each old one with its new one behind it."""
        texts, others = self._texts_of(pairs)
        sizes = self.letters.sizes[texts]
        places = self.letters.places(texts)
        return _Lot(pairs, sizes, places, self._has(places, np.repeat(others, sizes)))

    def _texts_of(self, pairs: list[Pair]) -> tuple[Ints, Ints]:
        """The texts of these pairs, old, new, old, new …, and for each the other one."""
        old, new = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        both = np.column_stack([self.texts[0][old], self.texts[1][new]])
        return both.ravel(), both[:, ::-1].ravel()

    def _gain(self, pair: Pair, a: list[int], b: list[int]) -> Gain | None:
        """From the weights of both texts: all, own words, those without stock, all shared."""
        unit = self._rarest
        words, rare = min(a[1], b[1]), min(a[2], b[2])
        if words < _LEAST * unit:
            return None
        old_taken, new_taken = pair[0] in self._partners.of_old, pair[1] in self._partners.of_new
        side = int(b[0] < a[0]) if old_taken == new_taken else int(old_taken)
        size, whole = max((a, b)[side][0], 1), (a, b)[side][3]
        return Gain(words / unit, rare / unit, words / size, whole / unit, whole / size)

    def _find_stock(self, places: Ints) -> None:
        """Learn which of the runs at these places an article of either side in `_OFTEN` has."""
        shared = np.zeros(self._size, dtype=bool)
        shared[self._runs[places]] = True
        numbers = np.flatnonzero(shared)
        keys = self.letters.keys[numbers]
        numbers, keys = numbers[order := np.argsort(keys)], keys[order]
        hopeful = np.zeros(1 << 16, dtype=bool)
        hopeful[keys >> _TOP] = True
        here = np.flatnonzero(shared[self._runs[: self._end]])
        sides = self._rest(0), self._rest(1)
        rest = Letters([*sides[0], *sides[1]])
        # most runs elsewhere are not among the shared ones: sixteen bits rule them out
        there = np.flatnonzero(hopeful[rest.keys >> _TOP])
        at = np.minimum(np.searchsorted(keys, rest.keys[there]), len(keys) - 1)
        same = keys[at] == rest.keys[there]
        runs, texts = numbers[at[same]], rest.text[there[same]]
        runs[texts >= len(sides[0])] += self._size
        own = self._own[here], self.letters.text[here]
        self._stock |= self._often(
            np.concatenate([own[0], runs]), np.concatenate([own[1], texts + _ELSEWHERE])
        )

    def _rest(self, side: int) -> list[str]:
        """The texts of one side that are no parts nor partners of any."""
        items = (self._board.old, self._board.new)[side].items
        here = (self.texts[side] >= 0).tolist()
        return [item.masked for item, one in zip(items, here, strict=True) if not one]

    def _often(self, own: Ints, texts: Ints) -> Marks:
        """Which runs `_OFTEN` of the texts of one side have, from runs as in `_own` and the text
        beside each."""
        # a run counts once a text, however often that says it
        both = texts * (2 * self._size) + own
        once = numbered(both) == np.arange(len(both))
        often = np.bincount(own[once], minlength=2 * self._size) >= _OFTEN
        return np.asarray(often[: self._size] | often[self._size :], dtype=bool)

    def left(self) -> Left:
        """What of the texts no partner explains, and how much it weighs; here stock wording is also
        what `_OFTEN` of the texts of one side have."""
        some = np.flatnonzero(np.bincount(self._own).take(self._own) >= _OFTEN)
        stock = self._stock | self._often(self._own[some], self.letters.text[some])
        marks = covered(np.stack([self._explained, stock.take(self._runs)]))[:, : self._size]
        return Left(np.where(marks[1], 0, self._weights), ~marks[0])


def _with_partners(partners: Partners, old: Ints, new: Ints) -> tuple[Ints, Ints]:
    """These units of both sides and the partners of each, rising."""
    olds, news = {*old.tolist()}, {*new.tolist()}
    more = {there for unit in news for there in partners.of_new.get(unit, ())}
    news |= {there for unit in olds for there in partners.of_old.get(unit, ())}
    return np.array(sorted(olds | more), np.int64), np.array(sorted(news), np.int64)


def covered(runs: Marks) -> Marks:
    """From the places where a run of six characters begins, the bigrams that lie in one.

    >>> covered(np.array([False, True, False])).tolist()
    [False, True, True, True, True, True, False]
    """
    length = runs.shape[-1]
    marks = np.zeros((*runs.shape[:-1], length + 4), dtype=bool)
    marks[..., :length] = runs
    flat = marks.reshape(-1)  # a row ends with four places that no run begins at
    for step in (1, 2, 1):  # five bigrams: two, then four, then five
        flat[step:] |= flat[:-step]
    return marks
