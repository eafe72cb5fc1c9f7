"""Order as evidence: the longest chain of links that rise together, and where a unit should lie.

Used by the content pass for its bonus and at the end to say what moved.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from itertools import chain, compress, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["BONUS", "Expectation", "longest_chain"]

Ints = NDArray[np.int64]

BONUS: Final = 0.30
"""What lying exactly where the neighbours say is worth, in units of content (0 to 1): enough to
lift the weakest true link of the gold pairs (0.35) over the threshold, not enough to lift the 95th
percentile of false ones (0.36 on average of three measures) one place off."""
_FADED: Final = [1.0, 0.717, 0.513, 0.368, 0.264, 0.189, 0.135, 0.097, 0.069, 0.05, 0.036, 0.0]
# exp(-d / 3), written out so that no machine computes it differently
_FADE: Final = np.array(_FADED)
_GONE: Final = len(_FADED) - 1
_NEIGHBOURS: Final = 3  # units before and after whose links are asked; blocks move together
_NEAR: Final = [side for side in range(-_NEIGHBOURS, _NEIGHBOURS + 1) if side]
_SIDES: Final = np.array(_NEAR)
_STEPS: Final = np.abs(_SIDES) - 1
_OFF_CHAIN: Final = 0.8  # a neighbour that itself moved is a weaker witness
_FAR: Final = 1 << 40
_GAP: Final = 2  # units of distance at most, for what lies between the right two links


def longest_chain(values: list[int], weights: list[int] | None = None) -> list[bool]:
    """Which members of a list lie on its longest rising chain.

    Among chains of the same length that with the largest sum of `weights` wins, so that the longer
    text stays and the shorter one counts as moved, whichever side is read first.

    >>> longest_chain([0, 5, 1, 2, 3])
    [True, False, True, True, True]
    >>> longest_chain([1, 0], [10, 20])
    [False, True]
    """
    weights = weights or [0] * len(values)
    rank = {value: at for at, value in enumerate(sorted(set(values)))}
    ranks = [rank[value] for value in values]
    if len(rank) < len(values):  # of two equal values a chain has one
        starts = [*range(len(values))]
    else:
        starts = [at for at, one in enumerate(ranks) if not at or one != ranks[at - 1] + 1]
    on_chain: list[bool] = []
    runs = [*pairwise([*starts, len(values)])]
    worth = [sum(weights[start:end]) for start, end in runs]
    kept = _chain([ranks[start] for start in starts], [end - start for start, end in runs], worth)
    for (start, end), on in zip(runs, kept, strict=True):
        on_chain += [on] * (end - start)
    return on_chain


def _chain(values: list[int], counts: list[int], weights: list[int]) -> list[bool]:
    """Which runs of members that rise by one lie on the chain: all of a run does, or nothing. Most
    laws have few such runs. Each has its first value, its count of members and their weight.

    A chain is one number, so that comparing is cheap: its worth times `size`, plus the place of its
    last run, counted from 1.
    """
    most, size = sum(weights) + 1, len(values) + 1
    order = {value: at for at, value in enumerate(sorted(set(values)), 1)}
    end = len(order) + 1
    tree = [0] * end  # Fenwick tree: the best chain that ends at or below a value
    before: list[int] = []
    best = 0
    for place, (value, count, weight) in enumerate(zip(values, counts, weights, strict=True), 1):
        rank = at = order[value]
        reach = 0
        at -= 1
        while at:
            if tree[at] > reach:  # noqa: PLR1730 (a call of `max` takes twice as long)
                reach = tree[at]
            at &= at - 1
        before.append(reach % size)
        own = (reach // size + most * count + weight) * size + place
        best = max(best, own)
        while rank < end:
            if own > tree[rank]:  # noqa: PLR1730
                tree[rank] = own
            rank += rank & -rank
    on_chain = [False] * len(values)
    walk = best % size
    while walk:
        on_chain[walk - 1] = True
        walk = before[walk - 1]
    return on_chain


class Expectation:
    """Where units should lie, as confident links say: between links of the chain, beside a
    neighbour's partner. A pair's own link never speaks for it."""

    def __init__(
        self, links: Iterable[tuple[int, int]], n: int, m: int,
        weigh: Callable[[int, int], int] = lambda _old, _new: 0,
    ) -> None:  # fmt: skip
        """From links (old, new) between `n` old and `m` new units; `weigh` settles which of two
        chains of the same length is kept."""
        rising = sorted(links)
        on_chain = longest_chain([j for _, j in rising], [weigh(i, j) for i, j in rising])
        self._chain = [(-1, -1), *compress(rising, on_chain), (n, m)]
        self._links, self._sizes = rising, (n, m)

    def bonus(self, old: int, new: int) -> float:
        """What the place of this pair is worth, 0 to `BONUS`. For a few pairs, as inside an
        article: one takes 4 us here, `bonuses` 50 us however few they are."""
        turned = [(j, i) for i, j in self._chain]
        chain = max(_off_chain(self._chain, old, new), _off_chain(turned, new, old))
        partners = dict(self._links)
        back = {j: i for i, j in self._links}
        beside = min(_off_neighbours(partners, old, new), _off_neighbours(back, new, old))
        return BONUS * max(_FADED[min(chain, _GONE)], _OFF_CHAIN * _FADED[min(beside, _GONE)])

    def bonuses(self, old: Ints, new: Ints) -> NDArray[np.float64]:
        """The same for many pairs."""
        n, m = self._sizes
        olds, news = _columns(self._chain)
        chain = np.maximum(_distance(olds, news, old, new), _distance(news, olds, new, old))
        olds, news = _columns(self._links)
        ahead, back = _partners(olds, news, n), _partners(news, olds, m)
        beside = np.minimum(_beside(ahead, old, new), _beside(back, new, old))
        return BONUS * np.maximum(_fade(chain), _OFF_CHAIN * _fade(beside))


def _columns(links: list[tuple[int, int]]) -> Ints:
    """The old units of links, and the new ones; numpy takes thrice as long to take pairs over."""
    flat = np.fromiter(chain.from_iterable(links), np.int64, 2 * len(links))
    return flat.reshape(-1, 2).T


def _off_chain(chain: list[tuple[int, int]], here: int, there: int) -> int:
    """How far `there` is from where the links before and after `here` would put it."""
    a, b = chain[bisect_left(chain, (here,)) - 1]
    c, d = chain[bisect_right(chain, (here, _FAR))]
    distance = min(abs((there - b) - (here - a)), abs((d - there) - (c - here)))
    return min(distance, _GAP) if b < there < d else distance


def _off_neighbours(partner: dict[int, int], here: int, there: int) -> int:
    """How far `there` is from where the neighbours of `here` and their partners would put it."""
    off = [
        abs(there - partner[here + side] + side) + abs(side) - 1
        for side in _NEAR
        if here + side in partner
    ]
    return min(off, default=_FAR)


def _partners(here: Ints, there: Ints, size: int) -> Ints:
    """The partner of each unit, far away where there is none, with a margin on either side."""
    partner = np.full(size + 2 * _NEIGHBOURS, _FAR)
    partner[here + _NEIGHBOURS] = there
    return partner


def _beside(partner: Ints, here: Ints, there: Ints) -> Ints:
    """How far `there` is from where the neighbours of `here` and their partners would put it."""
    off = partner[here[:, None] + (_SIDES + _NEIGHBOURS)] - _SIDES
    return np.asarray((np.abs(there[:, None] - off) + _STEPS).min(axis=1, initial=_FAR))


def _distance(olds: Ints, news: Ints, here: Ints, there: Ints) -> Ints:
    """How far `there` is from where the links before and after `here` would put it."""
    before = np.searchsorted(olds, here, side="left") - 1
    after = np.searchsorted(olds, here, side="right")
    a, b, c, d = olds[before], news[before], olds[after], news[after]
    distance = np.minimum(np.abs((there - b) - (here - a)), np.abs((d - there) - (c - here)))
    between = (b < there) & (there < d)
    return np.where(between, np.minimum(distance, _GAP), distance)


def _fade(distance: Ints) -> NDArray[np.float64]:
    return _FADE[np.minimum(distance, _GONE)]
