"""Inside a pair of articles: which 款, 项 and 目 is which, in the same words as for articles.

Called for every entry whose bodies differ; the same idea as for articles (words, then order), on a
handful of short texts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from tracker.diff.align.assign import assign
from tracker.diff.align.equal import pair_equal
from tracker.diff.align.order import Expectation, longest_chain
from tracker.diff.lazy import Lazy
from tracker.diff.level_parts import cut, own_text, parts_of
from tracker.diff.model import Op, ProvisionChange, Redline
from tracker.diff.redline.draw import draw, draw_all, similarity
from tracker.diff.redline.renumbered import Renamed
from tracker.law.address import Address, Located
from tracker.law.model import Unit
from tracker.law.numbering import Number

__all__ = ["Inside", "Insides", "compare_levels"]

ACCEPT: Final = 0.62
"""Ratio plus bonuses a pair of 款 or 项 needs: in place, a ratio of 0.3 is enough."""
_OUT_OF_ORDER: Final = 0.6
"""Ratio that a pair out of order needs: two 项 are built alike (认为行政机关…侵犯其合法权益)
whatever they are about. Of the 7 reworded ones in 17 pairs of real laws 2 have less (0.54) and are
not the same; the others have 0.71 and more."""
_SAME_PARENT: Final = 0.05
_WHOLE: Final = 1_000_000
_MANY: Final = 10_000  # pairs of provisions up to which every pair is looked at: 20 ms
_FEW: Final = 10  # pairs up to which the place of each is weighed by itself, which is faster then
_AHEAD: Final = 512  # redlines made together, of the 4,096 that are remembered
_WINDOW: Final = 8  # open ones on either side of the expected place, looked at beyond that


class _Node(NamedTuple):
    """A provision below an article, with the index of the one it lies in (−1: the article)."""

    unit: Unit
    text: str
    parent: int


_Units = tuple[Located, ...]
_Nodes = tuple[_Node, ...]
_Below = tuple[list[Located], _Nodes]
"""What lies below the articles of a side: the places, and for each what is compared of it."""


class Inside(Lazy[ProvisionChange]):
    """What happened to each 款, 项 and 目 of an entry, worked out when somebody asks.

    Reads, compares and prints as the tuple that `compare_levels` gives. Most of the time of a
    comparison would go into this, and a count of changes or a list of articles never looks at it.
    """

    __slots__ = ("_at", "_every")

    def __init__(self, every: Insides, at: int) -> None:
        super().__init__()
        self._every, self._at = every, at

    def places(self) -> list[tuple[Address | None, Address | None]]:
        """Old and new address of every one, without the redlines, which take longer."""
        (a, olds), (b, news) = self._every.below(self._at)
        links, joined = _linked(olds, news)
        back: dict[int, list[int]] = defaultdict(list)
        for i, j in [*links.items(), *joined.split, *joined.merged]:
            back[j] += [i] if i not in back[j] else []
        gone = set(range(len(a))).difference(*back.values())
        pairs: list[tuple[Address | None, Address | None]] = [
            (None if i is None else a[i].address, place.address)
            for j, place in enumerate(b)
            for i in (*back[j], *([] if back[j] else [None]))
        ]
        return pairs + [(a[i].address, None) for i in sorted(gone)]

    def same_places(self) -> list[tuple[Address, Address]]:
        """Of those whose words are the same and stand on either side: some of `places`."""
        (a, olds), (b, news) = self._every.below(self._at)
        return [(a[i].address, b[j].address) for i, j in _same(olds, news).items()]

    def work_out(self) -> tuple[ProvisionChange, ...]:
        """With the redlines."""
        self._every.draw_ahead(self._at)
        return _placed(*self._every.below(self._at), self._every.names(self._at))


class Insides:
    """What lies inside the entries of one comparison, and a look ahead: who asks for a second one
    will ask for more, and many redlines made together take half the time."""

    __slots__ = ("_asked", "_done", "_sides", "_units")

    def __init__(self) -> None:
        self._units: list[tuple[_Units, _Units, Renamed]] = []
        self._sides: dict[int, tuple[_Below, _Below]] = {}
        self._asked, self._done = False, 0

    def add(self, old: _Units, new: _Units, names: Renamed) -> Inside:
        """What is inside one more entry, with these articles and these citations renumbered."""
        self._units.append((old, new, names))
        return Inside(self, len(self._units) - 1)

    def below(self, at: int) -> tuple[_Below, _Below]:
        """What lies below the articles of an entry, old and new."""
        if at not in self._sides:
            old, new, _ = self._units[at]
            self._sides[at] = _below_all(old), _below_all(new)
        return self._sides[at]

    def names(self, at: int) -> Renamed:
        """The citations in an entry that got other numbers."""
        return self._units[at][2]

    def draw_ahead(self, at: int) -> None:
        """Before the redlines of an entry are asked for: make them, and those of the next ones."""
        if not self._asked or at < self._done:
            self._asked = True
            return
        pairs: list[tuple[str, str]] = []
        self._done = at
        while self._done < len(self._units) and len(pairs) < _AHEAD:
            (_, a), (_, b) = self.below(self._done)
            links, _ = _linked(a, b)
            pairs += [(a[i].text, b[j].text) for i, j in links.items()]
            self._done += 1
        draw_all(pairs)


def compare_levels(old: _Units, new: _Units) -> tuple[ProvisionChange, ...]:
    """What happened to each 款, 项 and 目 of these articles.

    Every one of both sides stands in exactly one entry, in the order of the new text, deletions
    where they stood; only one that came apart stands in an entry with each of its parts, and one
    that several grew into with each of these.
    """
    return _placed(_below_all(old), _below_all(new))


@dataclass(frozen=True, slots=True)
class _Joined:
    """The pairs of an old one and a new one, one of which is but a part of the other, as places."""

    split: tuple[tuple[int, int], ...] = ()
    merged: tuple[tuple[int, int], ...] = ()


def _placed(old: _Below, new: _Below, names: Renamed = ()) -> tuple[ProvisionChange, ...]:
    (a, olds), (b, news) = old, new
    return tuple(
        ProvisionChange(
            None if i is None else a[i], None if j is None else b[j], redline, moved, split, merged
        )
        for i, j, redline, moved, split, merged in _entries(olds, news, names)
    )


@lru_cache(maxsize=1024)  # the first and the last text of a law differ as two neighbours did
def _linked(a: _Nodes, b: _Nodes) -> tuple[dict[int, int], _Joined]:
    links = _link(a, b)
    return links, _join(a, b, links)


_Entry = tuple[int | None, int | None, Redline, bool, bool, bool]
"""Old and new by their place, and the rest of a `ProvisionChange`."""


@lru_cache(maxsize=1024)
def _entries(a: _Nodes, b: _Nodes, names: Renamed) -> list[_Entry]:
    links, joined = _linked(a, b)
    moved = _moved(a, b, links, {*joined.split, *joined.merged})
    entries: list[tuple[tuple[int, int, int], _Entry]] = []
    parts = _parts(a, b, joined, names)
    partners = {j: i for i, j in links.items()}
    for (i, j), redline in parts.items():
        split = (i, j) in joined.split
        entries.append(((j, 0, i), (i, j, redline, False, split, not split)))
    went, came = ({pair[side] for pair in parts} for side in (0, 1))
    pairs = [(partners.get(j), j) for j in range(len(b)) if j not in came]
    texts = [("" if i is None else a[i].text, b[j].text) for i, j in pairs]
    for (before, j), drawn in zip(pairs, draw_all(texts, [names] * len(texts)), strict=True):
        entries.append(((j, 0, 0), (before, j, drawn.redline, before in moved, False, False)))
    anchor = -1
    for i, node in enumerate(a):
        if i not in links and i not in went:
            gone = (i, None, draw(node.text, "").redline, False, False, False)
            entries.append(((anchor, 1, i), gone))
        elif i in links and i not in moved:
            anchor = links[i]
    return [entry for _, entry in sorted(entries, key=lambda entry: entry[0])]


def _with_their_items(
    below: dict[int, list[int]],
    b: _Nodes,
    links: dict[int, int],
    busy: tuple[set[int], set[int]],
) -> list[tuple[int, int]]:
    """A 款 whose opening is gone, but all its 项 stand under what the 款 right before it became."""
    found: list[tuple[int, int]] = []
    for before, i in pairwise(below.get(-1, ())):
        above = links.get(before)
        if above is None or i in links or i in busy[0] or above in busy[1]:
            continue
        if {b[links[item]].parent if item in links else -1 for item in below.get(i, ())} == {above}:
            found += [(before, above), (i, above)]
            busy[1].add(above)
    return found


def _parts(a: _Nodes, b: _Nodes, joined: _Joined, names: Renamed) -> dict[tuple[int, int], Redline]:
    """The redline of each part: of one that came apart, the words that went into this part."""
    found: dict[tuple[int, int], Redline] = {}
    for side, pairs, without in ((0, joined.split, Op.DELETE), (1, joined.merged, Op.INSERT)):
        groups: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for pair in pairs:
            groups[pair[side]].append(pair)
        for group in groups.values():
            old = "".join([a[i].text for i in dict.fromkeys(i for i, _ in group)])
            new = "".join([b[j].text for j in dict.fromkeys(j for _, j in group)])
            sizes = [len(a[i].text) if side else len(b[j].text) for i, j in group]
            drawn = draw_all([(old, new)], [names])[0]
            found.update(zip(group, cut(drawn.redline, sizes, without), strict=True))
    return found


def _join(a: _Nodes, b: _Nodes, links: dict[int, int]) -> _Joined:
    """What came apart or grew together among the 款 and among the 项 of the same 款.

    Takes links out that run across what came apart and are too weak for that.
    """
    if len(links) == len(a) == len(b):
        return _Joined()
    split: list[tuple[int, int]] = []
    merged: list[tuple[int, int]] = []
    olds, news = _below(a), _below(b)
    for above, there in [(-1, -1), *links.items()]:
        if above not in olds or there not in news:
            continue
        apart, together = _joined_among(olds[above], news[there], a, b, links)
        split += apart
        merged += together
        for i in [i for i in olds[above] if i in links]:
            j = links[i]
            across = any((i - x) * (j - y) < 0 for x, y in (*apart, *together))
            if across and similarity(a[i].text, b[j].text) < _OUT_OF_ORDER:
                del links[i]
    busy: tuple[set[int], set[int]] = set(), set()
    for i, j in (*split, *merged):
        busy[0].add(i)
        busy[1].add(j)
    merged += _with_their_items(olds, b, links, busy)
    return _Joined(tuple(split), tuple(merged))


def _below(nodes: _Nodes) -> dict[int, list[int]]:
    below: dict[int, list[int]] = defaultdict(list)
    for at, node in enumerate(nodes):
        below[node.parent].append(at)
    return dict(below)


def _joined_among(
    olds: list[int], news: list[int], a: _Nodes, b: _Nodes, links: dict[int, int]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """What came apart and what grew together among these, which lie in the same 款 or article."""
    one, other = [a[i].text for i in olds], [b[j].text for j in news]
    places = {j: at for at, j in enumerate(news)}
    here = {at: places[links[i]] for at, i in enumerate(olds) if links.get(i) in places}
    if len(here) == len(olds) == len(news):
        return [], []
    apart = parts_of(one, other, here)
    taken = {j for parts in apart.values() for j in parts}
    back = {j: i for i, j in here.items()}
    together = {
        j: parts
        for j, parts in parts_of(other, one, back).items()
        if j not in taken and apart.keys().isdisjoint(parts)
    }
    return (
        [(olds[i], news[j]) for i, parts in apart.items() for j in parts],
        [(olds[i], news[j]) for j, parts in together.items() for i in parts],
    )


def _below_all(units: _Units) -> _Below:
    places: list[Located] = []
    nodes: list[_Node] = []
    for unit in units:
        _add_below(unit, -1, places, nodes)
    return places, tuple(nodes)


def _add_below(above: Located, parent: int, places: list[Located], nodes: list[_Node]) -> None:
    position: dict[Unit, int] = {}
    parents = (*above.parents, above.provision)
    for child in above.provision.children:
        position[child.unit] = position.get(child.unit, 0) + 1
        number = child.number or Number(position[child.unit])
        here = Located(child, above.address.below(child.unit, number), parents)
        places.append(here)
        nodes.append(_Node(child.unit, own_text(child), parent))
        _add_below(here, len(nodes) - 1, places, nodes)


def _link(a: _Nodes, b: _Nodes) -> dict[int, int]:
    if len(a) == len(b) == 1:  # an article of one 款: there is nothing else it could be
        return {0: 0}
    links = _same(a, b)
    left = [i for i in range(len(a)) if i not in links]
    taken = set(links.values())
    right = [j for j in range(len(b)) if j not in taken]
    if not left or not right:
        return links
    links.update(assign(_gains(a, b, links, left, right)).pairs)
    for i in _moved(a, b, links, set()):
        if similarity(a[i].text, b[links[i]].text) < _OUT_OF_ORDER:
            del links[i]
    alone = [i for i in left if a[i].parent < 0], [j for j in right if b[j].parent < 0]
    if _only_one(a) and _only_one(b) and len(alone[0]) == len(alone[1]) == 1:
        links.setdefault(alone[0][0], alone[1][0])
    return links


def _same(a: _Nodes, b: _Nodes) -> dict[int, int]:
    """Those with the same words; they are links whatever the others are."""
    return pair_equal([node[:2] for node in a], [node[:2] for node in b], {})


def _gains(
    a: _Nodes, b: _Nodes, links: dict[int, int], left: list[int], right: list[int]
) -> Iterator[tuple[int, int, int]]:
    """The pairs among what is left that are alike enough for where they stand, each with its
    gain."""
    looked = [
        (i, j)
        for i in left
        for j in _worth_a_look(i, len(a), len(b), right, len(left) * len(right))
        if a[i].unit is b[j].unit
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
        one, other = len(a[i].text), len(b[j].text)
        if 2 * min(one, other) <= least * (one + other):
            continue
        score = similarity(a[i].text, b[j].text)
        if score > least:
            yield i, j, max(1, round((score - least) * _WHOLE))


def _only_one(nodes: _Nodes) -> bool:
    return sum(node.parent < 0 for node in nodes) == 1


def _worth_a_look(i: int, n: int, m: int, right: list[int], pairs: int) -> list[int]:
    if pairs <= _MANY:
        return right
    middle = bisect_left(right, i * m // max(n, 1))
    return right[max(0, middle - _WINDOW) : middle + _WINDOW]


def _moved(a: _Nodes, b: _Nodes, links: dict[int, int], joined: set[tuple[int, int]]) -> set[int]:
    """Out of order among its fellows, or in another 款 that was there before."""
    rising = sorted(links.items())
    moved = set()
    by_unit: dict[Unit, list[tuple[int, int]]] = defaultdict(list)
    if any(j > after for (_, j), (_, after) in pairwise(rising)):  # seldom: all are in order
        for i, j in rising:
            by_unit[a[i].unit].append((i, j))
    for pairs in by_unit.values():
        weights = [len(a[i].text) + len(b[j].text) for i, j in pairs]
        on_chain = longest_chain([j for _, j in pairs], weights)
        moved |= {i for (i, _), on in zip(pairs, on_chain, strict=True) if not on}
    back = {j: i for i, j in rising}
    for i, j in rising:
        before, after = a[i].parent, b[j].parent
        other = before >= 0 and after >= 0 and back.get(after, before) != before
        if other and (before, after) not in joined:
            moved.add(i)
    return moved
