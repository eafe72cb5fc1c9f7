"""Inside a pair of articles: which 款, 项 and 目 is which, in the same words as for articles.

Called for every entry whose bodies differ; the same idea as for articles (words, then order), on a
handful of short texts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from tracker.diff.lazy import Lazy
from tracker.diff.level_links import OUT_OF_ORDER, Node, Nodes, link_nodes, moved_nodes, same_nodes
from tracker.diff.level_parts import cut, own_text, parts_of
from tracker.diff.model import Op, ProvisionChange, Redline
from tracker.diff.redline.draw import draw, draw_all, similarity
from tracker.diff.redline.renumbered import Renamed
from tracker.law.address import Address, Located
from tracker.law.model import Unit
from tracker.law.numbering import Number

__all__ = ["Inside", "Insides", "compare_levels"]

_AHEAD: Final = 512  # redlines made together, of the 4,096 that are remembered


_Units = tuple[Located, ...]
_Below = tuple[list[Located], Nodes]
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
        return [(a[i].address, b[j].address) for i, j in same_nodes(olds, news).items()]

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
def _linked(a: Nodes, b: Nodes) -> tuple[dict[int, int], _Joined]:
    links = link_nodes(a, b)
    return links, _join(a, b, links)


_Entry = tuple[int | None, int | None, Redline, bool, bool, bool]
"""Old and new by their place, and the rest of a `ProvisionChange`."""


@lru_cache(maxsize=1024)
def _entries(a: Nodes, b: Nodes, names: Renamed) -> list[_Entry]:
    links, joined = _linked(a, b)
    moved = moved_nodes(a, b, links, {*joined.split, *joined.merged})
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
    b: Nodes,
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


def _parts(a: Nodes, b: Nodes, joined: _Joined, names: Renamed) -> dict[tuple[int, int], Redline]:
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


def _join(a: Nodes, b: Nodes, links: dict[int, int]) -> _Joined:
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
            if across and similarity(a[i].text, b[j].text) < OUT_OF_ORDER:
                del links[i]
    busy: tuple[set[int], set[int]] = set(), set()
    for i, j in (*split, *merged):
        busy[0].add(i)
        busy[1].add(j)
    merged += _with_their_items(olds, b, links, busy)
    return _Joined(tuple(split), tuple(merged))


def _below(nodes: Nodes) -> dict[int, list[int]]:
    below: dict[int, list[int]] = defaultdict(list)
    for at, node in enumerate(nodes):
        below[node.parent].append(at)
    return dict(below)


def _joined_among(
    olds: list[int], news: list[int], a: Nodes, b: Nodes, links: dict[int, int]
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
    nodes: list[Node] = []
    for unit in units:
        _add_below(unit, -1, places, nodes)
    return places, tuple(nodes)


def _add_below(above: Located, parent: int, places: list[Located], nodes: list[Node]) -> None:
    position: dict[Unit, int] = {}
    parents = (*above.parents, above.provision)
    for child in above.provision.children:
        position[child.unit] = position.get(child.unit, 0) + 1
        number = child.number or Number(position[child.unit])
        here = Located(child, above.address.below(child.unit, number), parents)
        places.append(here)
        nodes.append(Node(child.unit, own_text(child), parent))
        _add_below(here, len(nodes) - 1, places, nodes)
