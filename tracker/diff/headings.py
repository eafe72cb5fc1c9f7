"""Which heading is which: by what lies under it and by its name, then renamed, moved, new or gone.

Runs after the articles are aligned, and says afterwards which articles changed chapter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from itertools import pairwise
from typing import Final

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from tracker.diff.align.assign import Assignment, assign
from tracker.diff.align.order import longest_chain
from tracker.diff.model import HeadingChange
from tracker.diff.redline.draw import draw_all
from tracker.diff.sides import Block, Side

__all__ = ["compare_headings", "in_another_heading", "link_headings"]

ACCEPT: Final = 0.45
"""Name and contents together, 0 to 1. A name that is all the same is enough, and so are two thirds
of the articles; half of either alone is not."""
_BETTER: Final = 0.7  # weight of whichever of name and contents speaks louder
_OTHER_LEVEL: Final = 0.15  # a 节 that became a 章 is possible, but needs more
_SAME_NUMBER: Final = 0.01
_WHOLE: Final = 1_000_000
_LONG: Final = 10_000  # characters of a heading with its own text that are looked at
_MANY: Final = 250_000
"""Pairs of headings that are all looked at; a hundred headings, as 民法典 has, make 10,000."""


def link_headings(old: Side, new: Side, links: dict[int, int]) -> Assignment:
    """Old heading → new heading, both as positions; `links` are those of the units.

    Of more than `_MANY` pairs only those are looked at that have articles in common; the others
    are paired where unit, number and name are the same. `gave_up` says so.
    """
    inside_old, inside_new = _inside(old), _inside(new)
    shared = _articles_shared(old, new, links)
    if len(old.headings) * len(new.headings) > _MANY:
        return _of_many(old, new, shared)
    gains = []
    names = _alike([block.text for block in old.headings], [block.text for block in new.headings])
    for one, row in zip(old.headings, names, strict=True):
        a, inside, provision = one.index, inside_old[one.index], one.located.provision
        for b, same in enumerate(row):
            if same <= ACCEPT - _SAME_NUMBER and (a, b) not in shared:
                continue  # as most of them
            other = new.headings[b]
            name = same if one.text and other.text else 0.0
            size = inside + inside_new[b]
            content = 2 * shared.get((a, b), 0) / size if size else name
            score = _BETTER * max(name, content) + (1 - _BETTER) * min(name, content)
            if score + _SAME_NUMBER <= ACCEPT:
                continue
            if provision.unit is not other.located.provision.unit:
                score -= _OTHER_LEVEL
            if provision.number == other.located.provision.number:
                score += _SAME_NUMBER
            if score > ACCEPT:
                gains.append((a, b, round((score - ACCEPT) * _WHOLE)))
    return assign(gains)


def _articles_shared(old: Side, new: Side, links: dict[int, int]) -> Counter[tuple[int, int]]:
    """How many articles went from each old heading to each new one."""
    shared: Counter[tuple[int, int]] = Counter()
    # articles of one chapter mostly stay together: few different pairs of headings are counted
    both = Counter((old.items[i].headings, new.items[j].headings) for i, j in links.items())
    for (before, after), count in both.items():
        for a in before:
            for b in after:
                shared[a, b] += count
    return shared


def _of_many(old: Side, new: Side, shared: Counter[tuple[int, int]]) -> Assignment:
    """The headings of a text that has thousands: the same ones first, then those of the same
    articles, the most articles first."""
    pairs: dict[int, int] = {}
    there: dict[tuple[object, ...], list[int]] = {}
    for block in reversed(new.headings):
        there.setdefault(_same(block), []).append(block.index)
    for block in old.headings:
        if same := there.get(_same(block)):
            pairs[block.index] = same.pop()
    taken = set(pairs.values())
    for (a, b), _ in sorted(shared.items(), key=lambda one: (-one[1], one[0])):
        if a not in pairs and b not in taken:
            pairs[a] = b
            taken.add(b)
    return Assignment(dict(sorted(pairs.items())), gave_up=True)


def _same(block: Block) -> tuple[object, ...]:
    provision = block.located.provision
    return provision.unit, provision.number, block.text


def _alike(old: list[str], new: list[str]) -> list[list[float]]:
    """How alike each name is to each other, to 4 places, in one go."""
    if not old or not new:
        return [[] for _ in old]
    old, new = [text[:_LONG] for text in old], [text[:_LONG] for text in new]
    table = cdist(old, new, scorer=Indel.normalized_similarity, dtype=np.float64)
    return [[round(one, 4) for one in row] for row in table.tolist()]


def _inside(side: Side) -> Counter[int]:
    """How many units lie under each heading."""
    inside: Counter[int] = Counter()
    for headings, count in Counter(item.headings for item in side.items).items():
        for heading in headings:
            inside[heading] += count
    return inside


def compare_headings(
    old: Side, new: Side, pairs: dict[int, int], forward: Mapping[int, int], units: Set[int]
) -> tuple[HeadingChange, ...]:
    """An entry for every heading of both sides, in the order of the new text.

    `forward` gives for an old unit the one that it became, `units` are those of them that moved.
    """
    moved = _moved(old, new, pairs, forward, units)
    back = {b: a for a, b in pairs.items()}
    here: list[tuple[tuple[int, int, int], Block | None, Block | None]] = []
    for block in new.headings:
        a = back.get(block.index)
        here.append(((block.index, 0, 0), old.headings[a] if a is not None else None, block))
    anchor = -1
    for block in old.headings:
        if block.index not in pairs:
            here.append(((anchor, 1, block.index), block, None))
        elif block.index not in moved:
            anchor = pairs[block.index]
    here.sort(key=lambda one: one[0])
    texts = [(one.text if one else "", other.text if other else "") for _, one, other in here]
    return tuple(
        HeadingChange(
            one.located if one else None,
            other.located if other else None,
            drawn.redline,
            moved=one is not None and other is not None and one.index in moved,
        )
        for (_, one, other), drawn in zip(here, draw_all(texts), strict=True)
    )


def _moved(
    old: Side, new: Side, pairs: dict[int, int], forward: Mapping[int, int], units: Set[int]
) -> set[int]:
    rising = sorted(pairs.items())
    back = {b: a for a, b in pairs.items()}
    moved: set[int] = set()
    if any(b > after for (_, b), (_, after) in pairwise(rising)):
        inside = _inside(old)
        on_chain = longest_chain([b for _, b in rising], [inside[a] for a, _ in rising])
        moved = {a for (a, _), on in zip(rising, on_chain, strict=True) if not on}
        for a, balance in _balance(old, new, pairs, forward, units).items():
            moved = moved | {a} if balance > 0 else moved - {a}
    for a, b in rising:
        if in_another_heading(old.headings[a].headings, new.headings[b].headings, pairs, back):
            moved.add(a)
    return moved


def _balance(
    old: Side, new: Side, pairs: dict[int, int], forward: Mapping[int, int], units: Set[int]
) -> Counter[int]:
    """Of the units that stayed under each heading, how many more moved than did not: of two
    chapters that changed places the one has moved whose articles have."""
    balance: Counter[int] = Counter()
    for i, j in forward.items():
        there = new.items[j].headings
        for heading in old.items[i].headings:
            if pairs.get(heading) in there:
                balance[heading] += 1 if i in units else -1
    return balance


def in_another_heading(
    before: tuple[int, ...], after: tuple[int, ...], pairs: dict[int, int], back: dict[int, int]
) -> bool:
    """Whether something stands under another heading now, of two that both texts have.

    Only the innermost heading with a counterpart on the other side counts, and neither side may
    say that it stayed: a 节 put between a chapter and its articles moves nothing, nor does one that
    was cut off from another 节, or that another 节 took in. `back` is `pairs` turned round.
    """
    came_from = next((back[b] for b in reversed(after) if b in back), None)
    went_to = next((pairs[a] for a in reversed(before) if a in pairs), None)
    if came_from is None or went_to is None:
        return False
    return came_from not in before and went_to not in after
