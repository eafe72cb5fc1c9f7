"""Order as evidence: the longest chain of links that rise together, and where a unit should lie.

Used by the content pass for its bonus and at the end to say what moved.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from typing import Final

__all__ = ["BONUS", "Expectation", "longest_chain"]

BONUS: Final = 0.30
"""What lying exactly where the neighbours say is worth, in units of content (0 to 1): enough to
lift the weakest true link of the gold pairs (0.35) over the threshold, not enough to lift the 95th
percentile of false ones (0.36 on average of three measures) one place off."""
_FADE: Final = (1.0, 0.717, 0.513, 0.368, 0.264, 0.189, 0.135, 0.097, 0.069, 0.05, 0.036)
# exp(-d / 3), written out so that no machine computes it differently
_NEIGHBOURS: Final = 3  # units before and after whose links are asked; blocks move together
_OFF_CHAIN: Final = 0.8  # a neighbour that itself moved is a weaker witness
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
    if not values:
        return []
    weights = weights or [0] * len(values)
    most = sum(weights) + 1
    order = {value: at + 1 for at, value in enumerate(sorted(set(values)))}
    tree: list[tuple[int, int]] = [(0, -1)] * (len(order) + 1)  # Fenwick tree: best sum, its end
    before: list[int] = []
    best = (0, -1)
    for index, value in enumerate(values):
        at = order[value] - 1
        reach = (0, -1)
        while at > 0:
            reach = max(reach, tree[at])
            at -= at & -at
        before.append(reach[1])
        own = (reach[0] + most + weights[index], index)
        best = max(best, own)
        at = order[value]
        while at < len(tree):
            tree[at] = max(tree[at], own)
            at += at & -at
    on_chain = [False] * len(values)
    walk = best[1]
    while walk >= 0:
        on_chain[walk] = True
        walk = before[walk]
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
        chain = [(-1, -1), *(link for link, on in zip(rising, on_chain, strict=True) if on)]
        self._by_old = [*chain, (n, m)]
        self._by_new = [(new, old) for old, new in self._by_old]
        self._olds = [old for old, _ in self._by_old]
        self._news = [new for new, _ in self._by_new]
        self._forward = dict(rising)
        self._backward = {new: old for old, new in rising}

    def bonus(self, old: int, new: int) -> float:
        """What the place of this pair is worth, 0 to `BONUS`."""
        by_chain = _fade(
            max(
                _distance(self._by_old, self._olds, old, new),
                _distance(self._by_new, self._news, new, old),
            )
        )
        by_neighbour = _OFF_CHAIN * _fade(self._neighbour_distance(old, new))
        return BONUS * max(by_chain, by_neighbour)

    def _neighbour_distance(self, old: int, new: int) -> int:
        best = len(_FADE)
        for step in range(1, _NEIGHBOURS + 1):
            for side in (-step, step):
                partner = self._forward.get(old + side)
                if partner is not None:
                    best = min(best, abs(new - partner + side) + step - 1)
                partner = self._backward.get(new + side)
                if partner is not None:
                    best = min(best, abs(old - partner + side) + step - 1)
        return best


def _distance(chain: list[tuple[int, int]], keys: list[int], here: int, there: int) -> int:
    """How far `there` is from where the links before and after `here` would put it."""
    a, b = chain[bisect_left(keys, here) - 1]
    c, d = chain[bisect_right(keys, here)]
    distance = min(abs((there - b) - (here - a)), abs((d - there) - (c - here)))
    return min(distance, _GAP) if b < there < d else distance


def _fade(distance: int) -> float:
    return _FADE[distance] if distance < len(_FADE) else 0.0
