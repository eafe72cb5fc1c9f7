"""Which units are worth a closer look: sparse character-bigram TF-IDF, the best few of each.

First half of the content pass: it turns n × m pairs into about 8 (n + m). All sums are over whole
numbers, so the result does not depend on the machine.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from math import log2
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tracker.diff.align.letters import Letters, numbered

__all__ = ["PER_UNIT", "Grams", "count_grams", "nearest", "rising"]

PER_UNIT: Final = 8
"""Candidates kept a unit: the true partner was among the best 8 for all gold links but four,
which have almost no word in common."""
_CELLS: Final = 1_000_000  # cells of the similarity matrix held at once: 8 MB of sums
_TABLE: Final = 100_000_000
"""Cells of the similarity matrix worked out at all, two to three seconds: 10,000 units of either
side. Of more, only pairs that share a bigram are looked at; to sort them costs more than to look at
every cell of a small matrix."""
_CACHED: Final = 100_000  # steps of the sparse product in one go
_TOO_COMMON: Final = 0.5  # a bigram in more than half of all units tells nothing and costs most
_FEW: Final = 4 * PER_UNIT  # units that may share a bigram in any case
_SORTED: Final = 1_000_000  # steps that are sorted at once: 50 MB
_RANK_BITS: Final = 30  # for ranks up to 1e9
_WORK: Final = 60_000_000
"""Steps of the sparse product: one to two seconds. 公司法 needs 0.2 million, a code of 5,000
articles 15 million, 5,000 articles of which none is the same and none in its place 97 million."""
_WORK_OF_MANY: Final = 10_000_000
"""The same where there are more pairs than `_TABLE`, and steps are sorted: two to three seconds."""
_SCALE: Final = 16  # weights are whole sixteenths, see the head comment
Ints = NDArray[np.int64]
_NO_PAIRS: Final = np.zeros((4, 0), dtype=np.int64)


@dataclass(frozen=True)
class Grams:
    """The bigrams of one side: unit i has `terms[starts[i]:starts[i + 1]]`, with weights.

    `term_weights` is the weight of every term by its id, over both sides, and `of_number` that of
    every bigram by its number among the letters, 0 for one that no unit has; `rarest` is the weight
    of a bigram that only one unit has; `capped` says that bigrams were left out because there was
    too much to multiply.
    """

    starts: Ints
    terms: Ints
    weights: Ints
    term_weights: Ints
    of_number: Ints
    rarest: int
    capped: bool = False

    @cached_property
    def squares(self) -> Ints:
        """The sum of the squared weights of each unit."""
        sums = np.concatenate([np.zeros(1, np.int64), np.cumsum(self.weights**2)])
        return np.asarray(sums[self.starts[1:]] - sums[self.starts[:-1]], dtype=np.int64)

    def only(self, units: Ints) -> Grams:
        """These units alone, rising, with the weights they have among all."""
        counts = np.diff(self.starts)[units]
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
        places = np.arange(starts[-1]) + np.repeat(self.starts[units] - starts[:-1], counts)
        return replace(self, starts=starts, terms=self.terms[places], weights=self.weights[places])


def count_grams(letters: Letters, old: int, new: int) -> tuple[Grams, Grams]:
    """The weighted bigrams of both sides; a bigram counts once a unit.

    So many texts of `letters` are `old` units, then so many `new` ones; what lies behind them are
    texts of both sides that only count for the weight. It falls with the number of units a bigram
    occurs in, on the side where that is larger, so that a word which every penalty clause shares
    weighs little: 处…罚款 against 网络安全.
    """
    units, terms, standing = _terms_of(letters)
    first, last = np.searchsorted(units, [old, old + new]).tolist()
    size, behind = len(standing), len(letters.sizes) - old - new
    in_old = np.bincount(terms[:first], minlength=size)
    in_new = np.bincount(terms[first:last], minlength=size)
    most = np.maximum(in_old, in_new) + np.bincount(terms[last:], minlength=size)
    total = max(old, new, 2) + behind
    table = np.zeros(total + 1, dtype=np.int64)
    for n in {1, *np.flatnonzero(np.bincount(most)).tolist()}:
        table[n] = round(_SCALE * (0.5 + log2(total / n)))
    by_term = table[most]
    known = in_old + in_new > 0  # what only the background has is no term
    common = (most > max(_FEW, _TOO_COMMON * total)) | ~known
    by_term[common] = 0
    limit = _WORK if old * new <= _TABLE else _WORK_OF_MANY
    costly = _costly(letters, standing, in_old * in_new, most, common, limit=limit)
    by_term[costly] = 0
    of_number = np.zeros(len(letters), dtype=np.int64)
    of_number[standing] = by_term
    capped, rarest = bool(costly.any()), int(table[1])
    ends = np.cumsum(np.bincount(units[:last], minlength=old + new))
    starts = np.concatenate([np.zeros(1, np.int64), ends])
    return (
        Grams(starts[: old + 1], terms[:first], by_term[terms[:first]], by_term, of_number, rarest,
              capped),
        Grams(starts[old:] - first, terms[first:last], by_term[terms[first:last]], by_term,
              of_number, rarest, capped),
    )  # fmt: skip


def _terms_of(letters: Letters) -> tuple[Ints, Ints, Ints]:
    """The bigrams of these texts, each once a text: the text, rising, and the bigram by its place
    among all that occur; of those the number among the letters, rising."""
    inside = np.ones(len(letters), dtype=bool)
    inside[letters.ends[letters.sizes > 0] - 1] = False
    both = letters.text * len(letters) + letters.grams
    once = np.flatnonzero((numbered(both) == np.arange(len(both))) & inside)
    numbers = letters.grams[once]
    occurs = np.zeros(len(letters), dtype=bool)
    occurs[numbers] = True
    standing = np.flatnonzero(occurs)
    places = np.empty(len(letters), dtype=np.int64)
    places[standing] = np.arange(len(standing))
    return letters.text[once], places[numbers], standing


def _costly(
    letters: Letters,
    standing: Ints,
    products: Ints,
    most: Ints,
    common: NDArray[np.bool_],
    *,
    limit: int,
) -> NDArray[np.bool_]:
    """The most common bigrams beyond the work limit, each worth `products` steps."""
    left = np.where(common, 0, products)
    costly = np.zeros(len(products), dtype=bool)
    if int(left.sum()) > limit:
        # of those that occur equally often by their characters, which a number does not tell
        order = np.lexsort((letters.points[standing + 1], letters.points[standing], most))
        costly[order[np.cumsum(left[order]) > limit]] = True
    return costly & ~common


def rising(keys: NDArray[np.integer[Any]]) -> Ints:
    """The order in which whole numbers rise, equal ones by place: by sixteen bits at a time, for
    which numpy is ten times as fast as for all at once."""
    order = np.argsort(keys.astype(np.uint16), kind="stable")
    left = int(keys.max(initial=0)) >> 16
    while left:
        keys = keys >> 16
        order = order[np.argsort(keys[order].astype(np.uint16), kind="stable")]
        left >>= 16
    return order


def nearest(old: Grams, new: Grams) -> Ints:
    """The candidate pairs as rows (old, new, dot product), sorted; the best `PER_UNIT` of each
    unit of either side."""
    n, m = len(old.starts) - 1, len(new.starts) - 1
    if n * m <= _TABLE:
        return _nearest(old, new)
    # A unit whose every bigram says nothing is like no other: 甲。 in 80,000 articles took 40 s.
    rows, columns = np.flatnonzero(old.squares), np.flatnonzero(new.squares)
    old, new = old.only(rows), new.only(columns)
    found = _nearest(old, new) if len(rows) * len(columns) <= _TABLE else _nearest_of_many(old, new)
    found[:, 0], found[:, 1] = rows[found[:, 0]], columns[found[:, 1]]
    return found


def _nearest(old: Grams, new: Grams) -> Ints:
    n, m = len(old.starts) - 1, len(new.starts) - 1
    if not n or not m:
        return np.zeros((0, 3), dtype=np.int64)
    postings = _Postings(new, m)
    places, products = [np.zeros(0, np.int64)], [np.zeros(0)]
    best: _Best | None = None
    old_norms, new_norms = np.sqrt(old.squares), np.sqrt(new.squares)
    step = max(1, _CELLS // m)
    for low in range(0, n, step):
        high = min(n, low + step)
        dots = postings.product(old, low, high)
        cosine = dots / np.maximum(old_norms[low:high, None] * new_norms[None, :], 1.0)
        columns, rows = _largest(cosine), np.arange(high - low)[:, None]
        good = cosine[rows, columns] > 0
        places.append(((rows + low) * m + columns)[good])
        products.append(dots[rows, columns][good])
        rows, columns = _largest(cosine.T), np.arange(m)[:, None]
        scores = cosine[rows, columns]
        ranks = np.where(scores > 0, np.round(scores * 1e9).astype(np.int64), -1)
        best = _better(best, (ranks, rows + low, dots[rows, columns]))
    if best is not None:
        good = best[0] >= 0
        places.append((best[1] * m + np.arange(m)[:, None])[good])
        products.append(best[2][good])
    every, dots = np.concatenate(places), np.concatenate(products)
    order = rising(every)
    order = order[np.diff(every[order], prepend=-1) > 0]  # a pair may be there from both sides
    every = every[order]
    return np.column_stack([every // m, every % m, dots[order].astype(np.int64)])


def _nearest_of_many(old: Grams, new: Grams) -> Ints:
    """The same as `_nearest` where most pairs share nothing: only those that do are looked at."""
    n, m = len(old.starts) - 1, len(new.starts) - 1
    postings = _Postings(new, m)
    old_norms, new_norms = np.sqrt(old.squares), np.sqrt(new.squares)
    of_old = [_NO_PAIRS]
    of_new = _NO_PAIRS
    low = 0
    while low < n:
        high = postings.up_to(old, low, _SORTED)
        cells, weights = postings.steps(old, low, high)
        order = rising(cells)
        cells = cells[order]
        first = np.flatnonzero(np.diff(cells, prepend=-1) > 0)
        dots = np.add.reduceat(weights[order], first) if len(first) else np.zeros(0)
        rows, columns = cells[first] // m + low, cells[first] % m
        cosine = dots / np.maximum(old_norms[rows] * new_norms[columns], 1.0)
        ranks = np.round(cosine * 1e9).astype(np.int64)
        pairs = np.stack([rows, columns, dots.astype(np.int64), ranks])
        of_old.append(_best_of_each(pairs, 0))
        of_new = _best_of_each(np.concatenate([of_new, pairs], axis=1), 1)
        low = high
    found = np.concatenate([*of_old, of_new], axis=1)
    order = rising(found[0] * m + found[1])
    found = found[:, order]
    return found[:3, np.diff(found[0] * m + found[1], prepend=-1) > 0].T


def _best_of_each(pairs: Ints, side: int) -> Ints:
    """Of the pairs of each unit of a side the `PER_UNIT` of the highest rank, of equal ones the
    first."""
    order = rising((pairs[side] << _RANK_BITS) + ((1 << _RANK_BITS) - 1 - pairs[3]))
    units = pairs[side][order]
    begins = np.flatnonzero(np.diff(units, prepend=-1))
    counts = np.diff(np.append(begins, len(units)))
    kept = np.arange(len(units)) - np.repeat(begins, counts) < PER_UNIT
    return pairs[:, np.sort(order[kept])]


_Best = tuple[Ints, Ints, NDArray[np.float64]]
"""The best old units of each new one so far: rank (−1 for none), which, and the dot product."""


def _better(kept: _Best | None, fresh: _Best) -> _Best:
    """The best `PER_UNIT` of both for each unit, of equal ones the first."""
    if kept is None:
        return fresh
    both = [np.concatenate(pair, axis=1) for pair in zip(kept, fresh, strict=True)]
    order = np.argsort(both[1], axis=1, kind="stable")
    falling = np.argsort(-np.take_along_axis(both[0], order, axis=1), axis=1, kind="stable")
    order = np.take_along_axis(order, falling, axis=1)[:, :PER_UNIT]
    ranks, rows, dots = (np.take_along_axis(one, order, axis=1) for one in both)
    return ranks, rows, dots


def _largest(scores: NDArray[np.float64]) -> Ints:
    """Where the `PER_UNIT` largest scores of each row are, of equal ones the first.

    Taking the largest that often is ten times as fast as sorting or partitioning the rows.
    """
    left, rows = scores.copy(), np.arange(len(scores))
    found: list[Ints] = []
    for _ in range(min(PER_UNIT, scores.shape[1])):
        columns = left.argmax(axis=1)
        found.append(columns)
        left[rows, columns] = -1
    return np.stack(found, axis=1)


class _Postings:
    """The new side turned round: for each bigram the units that have it."""

    def __init__(self, new: Grams, width: int) -> None:
        self.width = width
        order = rising(new.terms)
        unit_of = np.repeat(np.arange(width, dtype=np.int64), np.diff(new.starts))
        self.units = unit_of[order]
        size = len(new.term_weights)
        counts = np.bincount(new.terms, minlength=size)
        self.starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
        self.counts = np.where(new.term_weights > 0, counts, 0)
        self.squared = new.term_weights.astype(np.float64) ** 2

    def product(self, old: Grams, low: int, high: int) -> NDArray[np.float64]:
        """Dot products of the old units low … high − 1 with every new unit, whole numbers."""
        counts = self.counts[old.terms[int(old.starts[low]) : int(old.starts[high])]]
        steps = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
        steps = steps[old.starts[low : high + 1] - old.starts[low]]  # done before each unit
        dots = np.empty((high - low, self.width))
        here = 0
        while here < high - low:
            # as many units as have their numbers in the cache of the processor: twice as fast
            there = int(np.searchsorted(steps, steps[here] + _CACHED, side="right")) - 1
            there = max(here + 1, there)
            cells, weights = self.steps(old, low + here, low + there)
            sums = np.bincount(cells, weights=weights, minlength=(there - here) * self.width)
            dots[here:there] = sums.reshape(there - here, self.width)
            here = there
        return dots

    def up_to(self, old: Grams, low: int, most: int) -> int:
        """The old unit before which so many steps are done from `low` on, one unit at the least."""
        upper = min(len(old.starts) - 1, low + most)
        steps = np.cumsum(self.counts[old.terms[int(old.starts[low]) : int(old.starts[upper])]])
        within = int(np.searchsorted(steps, most, side="right")) + int(old.starts[low])
        return min(upper, max(low + 1, int(np.searchsorted(old.starts, within, side="right")) - 1))

    def steps(self, old: Grams, low: int, high: int) -> tuple[Ints, NDArray[np.float64]]:
        """Each bigram that an old unit low … high − 1 shares with a new one: the cell of the pair,
        counted by rows from `low`, and what it adds to the dot product."""
        terms = old.terms[int(old.starts[low]) : int(old.starts[high])]
        rows = np.repeat(np.arange(high - low), np.diff(old.starts[low : high + 1]))
        shared = self.counts[terms] > 0
        terms, rows = terms[shared], rows[shared]
        counts = self.counts[terms]
        ends = np.cumsum(counts)
        total = int(ends[-1]) if len(ends) else 0
        places = np.repeat(self.starts[terms] - ends + counts, counts)
        places += np.arange(total)
        cells = self.units.take(places)  # a quarter faster than `units[places]`
        cells += np.repeat(rows * self.width, counts)
        return cells, np.repeat(self.squared[terms], counts)
