"""The texts of both sides laid behind each other, with a number for each bigram and run of six.

Floor 2, below `candidates`, `runs` and `sentences`: each asks which characters two texts share, so
each character is looked at once for all of them. A place is where a character stands among all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Known", "Letters", "Points", "lots", "numbered", "points_of", "ranges", "recoded"]

Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]
Points = NDArray[np.uint32]

_RUN: Final = 6  # characters; shorter runs are stock words (县级以上, 有关部门)
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
"""2^64 divided by the golden ratio: what is multiplied by it differs in its highest bits."""
_SQUARED: Final = np.uint64(int(_SPREAD) ** 2 % 2**64)
_POINT: Final = np.uint64(21)  # bits of a code point
_PLANE: Final = 1 << 16  # code points, as many as sixteen bits hold
_SURROGATES: Final = 0xD800  # from here on sixteen bits are no character of their own
_MIXERS: Final = [np.uint64(int(_SPREAD) ** power % 2**64) for power in (1, 3, 5, 7, 9)]
"""One for each round of throwing, which leaves a tenth: after three or four nothing is left."""
_LEAST_BITS: Final = 8  # of a table: in a smaller one some of a handful of keys fall together again
_NOTHING: Final = np.uint64(2**64 - 1)  # no number that is asked for is as large


class Letters:
    """Texts one behind the other, each known by its place among them."""

    def __init__(self, texts: list[str]) -> None:
        self.points = points_of("".join(texts))
        self.sizes: Ints = np.fromiter(map(len, texts), np.int64, len(texts))
        self.ends: Ints = np.cumsum(self.sizes)
        self.begins: Ints = self.ends - self.sizes

    def __len__(self) -> int:
        return len(self.points)

    @cached_property
    def text(self) -> Ints:
        """In which text each place lies."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    def places(self, texts: Ints) -> Ints:
        """All places of these texts, one text behind the other."""
        return ranges(self.begins[texts], self.sizes[texts])

    def inside(self, texts: NDArray[np.bool_]) -> Ints:
        """All places of the texts that are marked, rising."""
        return np.flatnonzero(np.repeat(texts, self.sizes))

    @cached_property
    def grams(self) -> Ints:
        """A number for the bigram at each place, the same for the same one, less than there are
        places; where a text ends one that stands for no bigram."""
        points = self.points.astype(np.uint64)
        codes = points << _POINT
        codes[:-1] |= points[1:]
        codes[self.ends[self.sizes > 0] - 1] = 0
        return numbered(codes)

    @cached_property
    def keys(self) -> Keys:
        """A key for the run of six characters at each place, as good as certainly another one for
        another run; where a text ends before, a key that no other place has."""
        points = self.points.astype(np.uint64)
        pairs = points * _SPREAD
        pairs[:-1] += points[1:]
        runs = pairs * _SQUARED
        for behind in (2, 4):  # of two characters, then four, then six
            runs[:-behind] += pairs[behind:]
            runs *= _SQUARED if behind == 2 else _SPREAD
        for left in range(1, _RUN):
            short = self.ends[self.sizes >= left] - left
            runs[short] = short
        return runs

    @cached_property
    def runs(self) -> Ints:
        """A number for the run at each place, as `grams` has them for bigrams."""
        return numbered(self.keys)


def points_of(text: str) -> Points:
    """The code points of a text; a lone surrogate is one too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def recoded(texts: Sequence[str], points: Points) -> list[str]:
    """The texts with other characters for theirs: the commonest has code point 1, the next one 2.

    `points` are the code points of all of them, one text behind the other, and maybe more. Where
    texts differ stays where it was, and rapidfuzz takes a third of the time to find it: characters
    below 256 it looks up in a table, Chinese ones by hashing each.

    >>> recoded(["甲乙", "乙"], points_of("甲乙乙"))
    ['\\x02\\x01', '\\x01']
    """
    size = sum(map(len, texts))
    points = points[:size]
    if not size or int(points.max()) >= _PLANE:
        return list(texts)
    counts = np.bincount(points)
    occurs = np.flatnonzero(counts > 0)  # of truth values it is ten times as fast
    if len(occurs) >= _SURROGATES:
        return list(texts)
    codes = np.zeros(len(counts), dtype="<u2")
    codes[occurs[np.argsort(-counts[occurs], kind="stable")]] = np.arange(1, len(occurs) + 1)
    whole = codes.take(points).tobytes().decode("utf-16-le")
    ends = [*accumulate(map(len, texts), initial=0)]
    return [whole[begin:end] for begin, end in pairwise(ends)]


def ranges(begins: Ints, counts: Ints) -> Ints:
    """`begins[0]`, one more and so on, `counts[0]` of them, then the same for the next."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    places = np.repeat(begins - ends + counts, counts)
    places += np.arange(total)
    return places


def lots(sizes: Sequence[int], most: int, largest: int) -> Iterator[slice]:
    """Stretches of things of these sizes: `most` of them, of `largest` size together, or one.

    >>> [*lots([1, 1, 1, 9, 1], 2, 5)]
    [slice(0, 2, None), slice(2, 3, None), slice(3, 4, None), slice(4, 5, None)]
    """
    begin = size = 0
    for at, one in enumerate(sizes):
        if at > begin and (at - begin == most or size + one > largest):
            yield slice(begin, at)
            begin, size = at, 0
        size += one
    if begin < len(sizes):
        yield slice(begin, len(sizes))


def numbered(keys: Keys | Ints) -> Ints:
    """For each key a place where the same key stands, one place for all that are the same.

    Each key is thrown into a table, where the last of a cell stays; who finds another key there is
    thrown again. That takes a fifth of the time of sorting, as `np.unique` does.

    >>> numbered(np.array([7, 9, 7, 5])).tolist()
    [2, 1, 2, 3]
    """
    keys = keys.view(np.uint64)
    table, shift = _table(len(keys))
    cells = _cells(keys, _MIXERS[0], shift)
    table[cells] = np.arange(len(keys))
    found = table.take(cells)  # faster than `table[cells]`
    left = np.flatnonzero(keys.take(found) != keys)
    for mixer in _MIXERS[1:]:
        if not len(left):
            return found
        wanted = keys[left]
        cells = _cells(wanted, mixer, shift)
        table[cells] = left
        there = table[cells]
        found[left] = there
        left = left[keys[there] != wanted]
    _, first, again = np.unique(keys[left], return_index=True, return_inverse=True)
    found[left] = left[first][again]
    return found


class Known:
    """A set of numbers, as a table with a few further ones for those that fell into a full cell."""

    def __init__(self, keys: Ints) -> None:
        left = keys.view(np.uint64)
        self._tables: list[tuple[Keys, np.uint64, np.uint64]] = []
        for mixer in _MIXERS:
            if not len(left):
                break
            places, shift = _table(len(left))
            table = places.view(np.uint64)
            table[:] = _NOTHING
            cells = _cells(left, mixer, shift)
            table[cells] = left
            self._tables.append((table, mixer, shift))
            left = left[table[cells] != left]
        self._rest = left

    def among(self, keys: Ints) -> NDArray[np.bool_]:
        """For each of these numbers whether it is in the set.

        >>> Known(np.array([7, 9])).among(np.array([9, 5, 9])).tolist()
        [True, False, True]
        """
        wanted = keys.view(np.uint64)
        found = np.zeros(len(wanted), dtype=bool)
        for table, mixer, shift in self._tables:
            found |= table.take(_cells(wanted, mixer, shift)) == wanted
        return found | np.isin(wanted, self._rest) if len(self._rest) else found


def _table(count: int) -> tuple[Ints, np.uint64]:
    """Cells for so many keys, two to four for each and at least 256, and by how much to shift."""
    bits = max(count.bit_length() + 1, _LEAST_BITS)
    return np.empty(1 << bits, dtype=np.int64), np.uint64(64 - bits)


def _cells(keys: Keys, mixer: np.uint64, shift: np.uint64) -> Ints:
    cells = keys * mixer
    cells >>= shift
    return cells.view(np.int64)
