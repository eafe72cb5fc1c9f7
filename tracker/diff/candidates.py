"""Which units are worth a closer look: sparse character-bigram TF-IDF, the best few of each.

First half of the content pass: it turns n × m pairs into about 8 (n + m). All sums are over whole
numbers, so the result does not depend on the machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import log2
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["PER_UNIT", "Grams", "count_grams", "nearest", "points_of"]

PER_UNIT: Final = 8
"""Candidates kept a unit: the true partner was among the best 8 for all gold links but four,
which have almost no word in common."""
_CELLS: Final = 1_000_000  # cells of the similarity matrix held at once: 8 MB of sums
_TOO_COMMON: Final = 0.5  # a bigram in more than half of all units tells nothing and costs most
_FEW: Final = 4 * PER_UNIT  # units that may share a bigram in any case
_WORK: Final = 60_000_000
"""Steps of the sparse product: one to two seconds. 公司法 needs 0.2 million, a code of 5,000
articles 15 million, 5,000 articles of which none is the same and none in its place 97 million."""
_SCALE: Final = 16  # weights are whole sixteenths, see the head comment

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Grams:
    """The bigrams of one side: unit i has `terms[starts[i]:starts[i + 1]]`, with weights.

    `term_weights` is the weight of every term by its id, over both sides; `vocabulary` holds the
    two code points of every term, packed, rising; `rarest` is the weight of a bigram that only
    one unit has; `capped` says that bigrams were left out because there was too much to multiply.
    """

    starts: Ints
    terms: Ints
    weights: Ints
    term_weights: Ints
    vocabulary: Ints
    rarest: int
    capped: bool = False

    @cached_property
    def squares(self) -> Ints:
        """The sum of the squared weights of each unit."""
        sums = np.concatenate([np.zeros(1, np.int64), np.cumsum(self.weights**2)])
        return np.asarray(sums[self.starts[1:]] - sums[self.starts[:-1]], dtype=np.int64)

    def along(self, text: str) -> Ints:
        """The weight of the bigram at each place of a text of either side, one less than its
        length; 0 for a bigram that no unit has."""
        codes = _pack(points_of(text))
        at = np.minimum(np.searchsorted(self.vocabulary, codes), len(self.vocabulary) - 1)
        known = self.vocabulary[at] == codes
        return np.where(known, self.term_weights[at], 0)


def count_grams(
    old: list[str], new: list[str], background: list[str] | None = None
) -> tuple[Grams, Grams]:
    """The weighted bigrams of both sides; a bigram counts once a unit.

    The weight falls with the number of units it occurs in, on the side where that is larger, so
    that a word which every penalty clause shares weighs little: 处…罚款 against 网络安全.
    `background` holds texts of both sides that only count for this.
    """
    texts = old + new
    owner, codes = _codes(texts)
    width, bits = len(texts), len(texts).bit_length()
    pairs = np.sort((codes << bits) | owner)
    pairs = pairs[np.diff(pairs, prepend=-1) != 0]
    codes, units = pairs >> bits, pairs & ((1 << bits) - 1)
    fresh = np.diff(codes, prepend=-1) != 0
    vocabulary, terms = codes[fresh], np.cumsum(fresh) - 1
    size = max(len(vocabulary), 1)
    in_old = np.bincount(terms[units < len(old)], minlength=size)
    in_new = np.bincount(terms[units >= len(old)], minlength=size)
    behind = background or []
    most = np.maximum(in_old, in_new) + _count_behind(behind, vocabulary)
    total = max(len(old), len(new), 2) + len(behind)
    table = [0] + [round(_SCALE * (0.5 + log2(total / n))) for n in range(1, total + 1)]
    by_term = np.asarray(table, dtype=np.int64)[most]
    common = most > max(_FEW, _TOO_COMMON * total)
    by_term[common] = 0
    costly = _costly(in_old * in_new, most, common)
    by_term[costly] = 0
    by_unit = np.argsort(units.astype(np.uint32 if width >= 1 << 16 else np.uint16), kind="stable")
    terms = terms[by_unit]
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.bincount(units, minlength=width))])
    cut = int(starts[len(old)])
    weights, capped = by_term[terms], bool(costly.any())
    return (
        Grams(
            starts[: len(old) + 1],
            terms[:cut],
            weights[:cut],
            by_term,
            vocabulary,
            table[1],
            capped,
        ),
        Grams(
            starts[len(old) :] - cut,
            terms[cut:],
            weights[cut:],
            by_term,
            vocabulary,
            table[1],
            capped,
        ),
    )


def _costly(products: Ints, most: Ints, common: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The most common bigrams beyond the work limit, each worth `products` steps."""
    left = np.where(common, 0, products)
    costly = np.zeros(len(products), dtype=bool)
    if int(left.sum()) > _WORK:
        order = np.argsort(most, kind="stable")
        costly[order[np.cumsum(left[order]) > _WORK]] = True
    return costly & ~common


def points_of(text: str) -> NDArray[np.uint32]:
    """The code points of a text; a lone surrogate is one too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _codes(texts: list[str]) -> tuple[Ints, Ints]:
    """Every bigram of these texts, packed, and the text it stands in."""
    points = points_of("".join(t + "\0" for t in texts))
    lengths = np.fromiter((len(t) + 1 for t in texts), dtype=np.int64, count=len(texts))
    owner = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    inside = (points[:-1] != 0) & (points[1:] != 0)
    return owner[:-1][inside], _pack(points)[inside]


def _count_behind(texts: list[str], vocabulary: Ints) -> Ints:
    """In how many of these texts each known bigram occurs."""
    size = len(vocabulary)
    if not texts or not size:
        return np.zeros(max(size, 1), dtype=np.int64)
    owner, codes = _codes(texts)
    at = np.minimum(np.searchsorted(vocabulary, codes), size - 1)
    known = vocabulary[at] == codes
    pairs = np.sort(owner[known] * size + at[known])
    pairs = pairs[np.diff(pairs, prepend=-1) != 0]
    return np.bincount(pairs % size, minlength=size)


def _pack(points: NDArray[np.uint32]) -> Ints:
    """Two neighbouring code points in one number."""
    return (points[:-1].astype(np.int64) << 21) | points[1:].astype(np.int64)


def nearest(old: Grams, new: Grams) -> Ints:
    """The candidate pairs as rows (old, new, dot product), sorted; the best `PER_UNIT` of each
    unit of either side."""
    n, m = len(old.starts) - 1, len(new.starts) - 1
    if not n or not m:
        return np.zeros((0, 3), dtype=np.int64)
    postings = _Postings(new, m)
    found: list[NDArray[np.float64]] = []
    column_best = np.zeros((0, 4))
    old_norms, new_norms = np.sqrt(old.squares), np.sqrt(new.squares)
    step = max(1, _CELLS // m)
    for low in range(0, n, step):
        high = min(n, low + step)
        dots = postings.product(old, low, high)
        cosine = dots / np.maximum(old_norms[low:high, None] * new_norms[None, :], 1.0)
        rows, columns = _top_of_rows(cosine)
        found.append(np.column_stack([rows + low, columns, dots[rows, columns]]))
        columns, rows = _top_of_rows(cosine.T)
        scores = np.round(cosine[rows, columns] * 1e9).astype(np.int64)
        fresh = np.column_stack([columns, -scores, rows + low, dots[rows, columns]])
        column_best = _merge_columns(column_best, fresh)
    if len(column_best):
        found.append(column_best[:, [2, 0, 3]])
    every = np.concatenate(found).astype(np.int64)
    places, first = np.unique(every[:, 0] * m + every[:, 1], return_index=True)
    return np.column_stack([places // m, places % m, every[first, 2]])


def _merge_columns(kept: NDArray[np.float64], fresh: NDArray[np.float64]) -> NDArray[np.float64]:
    """The best `PER_UNIT` rows of each column so far: column, −score, row, dot product."""
    if not len(kept):
        return fresh
    both = np.concatenate([kept, fresh])
    order = np.lexsort((both[:, 2], both[:, 1], both[:, 0]))
    both = both[order]
    first = np.searchsorted(both[:, 0], both[:, 0])
    return np.asarray(both[np.arange(len(both)) - first < PER_UNIT])


def _top_of_rows(scores: NDArray[np.float64]) -> tuple[Ints, Ints]:
    """Row and column of the `PER_UNIT` largest positive scores of each row, ties by position."""
    width = scores.shape[1]
    if width > PER_UNIT:
        edge = np.partition(scores, width - PER_UNIT, axis=1)[:, width - PER_UNIT]
        keep = (scores >= edge[:, None]) & (scores > 0)
    else:
        keep = scores > 0
    rows, columns = np.nonzero(keep)
    order = np.lexsort((columns, -scores[rows, columns], rows))
    rows, columns = rows[order], columns[order]
    rank = np.arange(len(rows)) - np.searchsorted(rows, rows)
    return rows[rank < PER_UNIT], columns[rank < PER_UNIT]


class _Postings:
    """The new side turned round: for each bigram the units that have it."""

    def __init__(self, new: Grams, width: int) -> None:
        self.width = width
        order = np.argsort(new.terms, kind="stable")
        unit_of = np.repeat(np.arange(width, dtype=np.int64), np.diff(new.starts))
        self.units = unit_of[order]
        size = len(new.term_weights)
        counts = np.bincount(new.terms, minlength=size)
        self.starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
        self.counts = np.where(new.term_weights > 0, counts, 0)
        self.squared = new.term_weights.astype(np.float64) ** 2

    def product(self, old: Grams, low: int, high: int) -> NDArray[np.float64]:
        """Dot products of the old units low … high − 1 with every new unit, whole numbers."""
        begin, end = int(old.starts[low]), int(old.starts[high])
        terms = old.terms[begin:end]
        rows = np.repeat(np.arange(high - low), np.diff(old.starts[low : high + 1]))
        shared = self.counts[terms] > 0
        terms, rows = terms[shared], rows[shared]
        counts = self.counts[terms]
        ends = np.cumsum(counts)
        total = int(ends[-1]) if len(ends) else 0
        cells = self.units[np.arange(total) + np.repeat(self.starts[terms] - ends + counts, counts)]
        cells += np.repeat(rows * self.width, counts)
        weights = np.repeat(self.squared[terms], counts)
        sums = np.bincount(cells, weights=weights, minlength=(high - low) * self.width)
        return np.asarray(sums.reshape(high - low, self.width), dtype=np.float64)
