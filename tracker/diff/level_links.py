"""Which 款, 项 and 目 of an old article is which of a new one: words first, then order.

Used by `levels`, for the articles of one entry. Floor 2. As for articles, on a handful of short
texts; a number only says what stands where.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from tracker.diff.align.assign import assign
from tracker.diff.align.equal import pair_equal
from tracker.diff.align.order import Expectation, longest_chain
from tracker.diff.redline.draw import similarity
from tracker.law.model import Unit

__all__ = ["OUT_OF_ORDER", "Node", "Nodes", "link_nodes", "moved_nodes", "same_nodes"]

ACCEPT: Final = 0.62
"""Ratio plus bonuses a pair of 款 or 项 needs: in place, a ratio of 0.3 is enough."""
OUT_OF_ORDER: Final = 0.6
"""Ratio that a pair out of order needs: two 项 are built alike (认为行政机关…侵犯其合法权益)
whatever they are about. Of the 7 reworded ones in 17 pairs of real laws 2 have less (0.54) and are
not the same; the others have 0.71 and more."""
_OTHER_LEVEL: Final = 0.85
"""Ratio that two of different levels need: 第一款第（六）项 is 第三款 now, with its words. Of the
30 such pairs in 127 pairs of laws all are right."""
_SAME_PARENT: Final = 0.05
_WHOLE: Final = 1_000_000
_MANY: Final = 10_000  # pairs of provisions up to which every pair is looked at: 20 ms
_FEW: Final = 10  # pairs up to which the place of each is weighed by itself, which is faster then
_WINDOW: Final = 8  # open ones on either side of the expected place, looked at beyond that


class Node(NamedTuple):
    """A provision below an article, with the index of the one it lies in (−1: the article)."""

    unit: Unit
    text: str
    parent: int


Nodes = tuple[Node, ...]


def link_nodes(a: Nodes, b: Nodes) -> dict[int, int]:
    """The pairs of provisions of two sides, by their places among `a` and `b`."""
    if len(a) == len(b) == 1:  # an article of one 款: there is nothing else it could be
        return {0: 0}
    links = same_nodes(a, b)
    left = [i for i in range(len(a)) if i not in links]
    taken = set(links.values())
    right = [j for j in range(len(b)) if j not in taken]
    if not left or not right:
        return links
    links.update(assign(_gains(a, b, links, left, right)).pairs)
    for i in moved_nodes(a, b, links, set()):
        if similarity(a[i].text, b[links[i]].text) < OUT_OF_ORDER:
            del links[i]
    alone = [i for i in left if a[i].parent < 0], [j for j in right if b[j].parent < 0]
    if _only_one(a) and _only_one(b) and len(alone[0]) == len(alone[1]) == 1:
        links.setdefault(alone[0][0], alone[1][0])
    return links


def same_nodes(a: Nodes, b: Nodes) -> dict[int, int]:
    """Those with the same words; they are links whatever the others are."""
    return pair_equal([node[:2] for node in a], [node[:2] for node in b], {})


def _gains(
    a: Nodes, b: Nodes, links: dict[int, int], left: list[int], right: list[int]
) -> Iterator[tuple[int, int, int]]:
    """The pairs among what is left that are alike enough for where they stand, each with its
    gain."""
    looked = [
        (i, j)
        for i in left
        for j in _worth_a_look(i, len(a), len(b), right, len(left) * len(right))
    ]
    if not looked:
        return
    place = Expectation(links.items(), len(a), len(b))
    if len(looked) > _FEW:
        bonuses = place.bonuses(*np.array(looked, dtype=np.int64).T).tolist()
    else:
        bonuses = [place.bonus(i, j) for i, j in looked]
    for (i, j), bonus in zip(looked, bonuses, strict=True):
        fellows = a[i].parent >= 0 and links.get(a[i].parent, -2) == b[j].parent
        least = ACCEPT - bonus - (_SAME_PARENT if fellows else 0.0)
        if a[i].unit is not b[j].unit:
            least = max(least, _OTHER_LEVEL)
        one, other = len(a[i].text), len(b[j].text)
        if 2 * min(one, other) <= least * (one + other):
            continue
        score = similarity(a[i].text, b[j].text)
        if score > least:
            yield i, j, max(1, round((score - least) * _WHOLE))


def _only_one(nodes: Nodes) -> bool:
    return sum(node.parent < 0 for node in nodes) == 1


def _worth_a_look(i: int, n: int, m: int, right: list[int], pairs: int) -> list[int]:
    if pairs <= _MANY:
        return right
    middle = bisect_left(right, i * m // max(n, 1))
    return right[max(0, middle - _WINDOW) : middle + _WINDOW]


def moved_nodes(
    a: Nodes, b: Nodes, links: dict[int, int], joined: set[tuple[int, int]]
) -> set[int]:
    """Old ones out of order among their fellows, or in another 款 that was there before; `joined`
    are the pairs of which one is but a part of the other."""
    rising = sorted(links.items())
    found = set()
    by_unit: dict[Unit, list[tuple[int, int]]] = defaultdict(list)
    if any(j > after for (_, j), (_, after) in pairwise(rising)):  # seldom: all are in order
        for i, j in rising:
            by_unit[a[i].unit].append((i, j))
    for pairs in by_unit.values():
        weights = [len(a[i].text) + len(b[j].text) for i, j in pairs]
        on_chain = longest_chain([j for _, j in pairs], weights)
        found |= {i for (i, _), on in zip(pairs, on_chain, strict=True) if not on}
    back = {j: i for i, j in rising}
    for i, j in rising:
        before, after = a[i].parent, b[j].parent
        other = before >= 0 and after >= 0 and back.get(after, before) != before
        if other and (before, after) not in joined:
            found.add(i)
    return found
