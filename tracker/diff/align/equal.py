"""Pairing what is equal: unique texts first, then repeats beside a pair, then repeats in order.

Used for articles (by body, by masked body) and inside them for 款 and 项. Takes time in proportion
to the number of texts, however many of them are the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence

__all__ = ["pair_equal"]


def pair_equal(
    old: Sequence[Hashable], new: Sequence[Hashable], linked: Mapping[int, int]
) -> dict[int, int]:
    """New pairs of positions with equal keys; `linked` are taken already, empty keys never pair.

    >>> pair_equal(["甲", "同", "乙", "同"], ["同", "甲", "同", "乙"], {})
    {0: 1, 1: 2, 2: 3, 3: 0}
    """
    taken = set(linked.values())
    here, there = _once(old, linked), _once(new, taken)
    if here is not None and there is not None:  # as in most laws
        return {at: there[key] for key, at in here.items() if key in there}
    open_old = _open(old, linked.keys())
    open_new = _open(new, taken)
    shared = [key for key in open_old if key in open_new]
    pairs = {
        open_old[key][0]: open_new[key][0]
        for key in shared
        if len(open_old[key]) == len(open_new[key]) == 1
    }
    repeats = [key for key in shared if len(open_old[key]) > 1 or len(open_new[key]) > 1]
    if repeats:
        taken.update(pairs.values())
        _beside(old, new, pairs, linked, taken)
        for key in repeats:
            left = [i for i in open_old[key] if i not in pairs]
            right = [j for j in open_new[key] if j not in taken]
            pairs.update(zip(left, right, strict=False))
    return dict(sorted(pairs.items()))


def _once(keys: Sequence[Hashable], done: Collection[int]) -> dict[Hashable, int] | None:
    """Where each key stands that is not `done`, rising; None where one stands twice."""
    places = [at for at, key in enumerate(keys) if key and at not in done]
    found = {keys[at]: at for at in places}
    return found if len(found) == len(places) else None


def _beside(
    old: Sequence[Hashable], new: Sequence[Hashable], pairs: dict[int, int],
    linked: Mapping[int, int], taken: set[int],
) -> None:  # fmt: skip
    """Repeats that lie right behind or before a pair, and so on from there."""
    known = {**linked, **pairs}
    for step in (1, -1):
        for start in sorted(known, reverse=step < 0):
            i, j = start + step, known[start] + step
            while (
                0 <= i < len(old)
                and 0 <= j < len(new)
                and old[i]
                and old[i] == new[j]
                and i not in known
                and j not in taken
            ):
                known[i] = pairs[i] = j
                taken.add(j)
                i, j = i + step, j + step


def _open(keys: Sequence[Hashable], done: Collection[int]) -> dict[Hashable, list[int]]:
    closed = set(done)
    found: dict[Hashable, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        if key and index not in closed:
            found[key].append(index)
    return found
