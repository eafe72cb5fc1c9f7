"""One provision through all versions: history, concordance, and which version each 款 comes from.

Floor 3. Pure: versions in legal order and the comparisons of neighbours in, values out. A link
between two versions is an entry of their comparison; where one splits or several merge, the line
branches or joins, and nothing is picked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.diff.changes import compare
from tracker.diff.model import Change, Changes
from tracker.diff.overrides import Overrides
from tracker.diff.sides import take_apart
from tracker.law.address import Address, Located, locate_below
from tracker.law.model import Unit
from tracker.law.numbering import Number
from tracker.law.problems import TrackerError
from tracker.store.model import Version

__all__ = [
    "BlameLine", "Lineage", "Step", "blame", "compare_neighbours", "concordance", "history",
]  # fmt: skip

Ask = Callable[[str, str], Overrides]
"""From two version ids, what reviewers said of that pair."""


@dataclass(frozen=True, slots=True)
class Step:
    """One version in the history of a provision.

    `at` is where it stands there, several places where it was split or is yet to be merged, none
    where it is not there. `changes` are the entries of the comparison with the version before that
    tell how it came here, empty for the first version.
    """

    version: Version
    at: tuple[Located, ...]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """Articles of all versions that descend from one another: one row of a concordance.

    `cells` has an entry a version, empty where the line does not reach. Every article of every
    version stands in exactly one cell of one lineage.
    """

    cells: tuple[tuple[Located, ...], ...]


@dataclass(frozen=True, slots=True)
class BlameLine:
    """A 款, 项 or 目 of the latest version (or an outline unit's own text), and its past.

    `since` is the version that first has it in these words, `first` the one in which it appears at
    all, in whatever words. `article` is the unit it lies in.
    """

    article: Located
    located: Located
    text: str
    since: Version
    first: Version


def compare_neighbours(
    versions: Sequence[Version], overrides: Ask | None = None
) -> tuple[Changes, ...]:
    """Each version compared with the next: one fewer than the versions. `overrides` is, for
    example, ``partial(store.overrides, law_id)``."""
    return tuple(
        compare(old.law, new.law, overrides(old.version_id, new.version_id) if overrides else None)
        for old, new in pairwise(versions)
    )


def history(
    versions: Sequence[Version],
    where: Number | Address,
    *,
    at: str | None = None,
    changes: Sequence[Changes] | None = None,
) -> tuple[Step, ...]:
    """A provision through all versions, one step each.

    `where` is an article by its number, or any unit of alignment by its address, in the version
    `at` (an id; the latest where None). From there the line goes back to all it came from and on to
    all that came of it. Raises TrackerError `no-such-version`, `no-such-provision`.
    """
    start = _start(versions, at)
    address = where if isinstance(where, Address) else Address(((Unit.ARTICLE, where),))
    graph = _Graph(versions, changes)
    found = [node for node in graph.units[start] if graph.address(node) == address]
    if not found:
        raise _no_provision(versions[start], address, graph.places(graph.units[start]))
    cells: list[set[_Node]] = [set() for _ in versions]
    cells[start] = set(found)
    for stage in range(start, 0, -1):
        cells[stage - 1] = {old for node in cells[stage] for old in graph.back[node]}
    for stage in range(start, len(versions) - 1):
        cells[stage + 1] = {new for node in cells[stage] for new in graph.on[node]}
    return tuple(
        Step(version, graph.places(cells[stage]), graph.told(stage, cells))
        for stage, version in enumerate(versions)
    )


def concordance(
    versions: Sequence[Version], *, changes: Sequence[Changes] | None = None
) -> tuple[Lineage, ...]:
    """Rows of article × version, in the order of the last version.

    A line that ends earlier stands behind the article it stood behind. What splits or merges is one
    row, with several articles in a cell.
    """
    graph = _Graph(versions, changes)
    lines = graph.lines()
    order: list[int] = []
    for units in reversed(graph.units):
        behind = 0
        for node in units:
            line = lines[node]
            if line not in order:
                order.insert(behind, line)
            behind = order.index(line) + 1
    members: dict[int, list[set[_Node]]] = {line: [set() for _ in versions] for line in order}
    for node, line in lines.items():
        members[line][node[0]].add(node)
    return tuple(Lineage(tuple(graph.places(cell) for cell in members[line])) for line in order)


def blame(
    versions: Sequence[Version], *, changes: Sequence[Changes] | None = None
) -> tuple[BlameLine, ...]:
    """Every 款, 项 and 目 of the latest version with the version its words come from.

    A change of number, place or caption does not change the words.
    """
    if not versions:
        return ()
    graph = _Graph(versions, changes)
    lines = []
    for node in graph.units[-1]:
        article = graph.located[node]
        for located in (article, *locate_below(article)):
            if text := located.provision.text:
                since, first = _past(graph, node, located)
                lines.append(BlameLine(article, located, text, versions[since], versions[first]))
    return tuple(lines)


_Node = tuple[int, int]
"""A unit of alignment: position of its version, position of the unit in it."""


class _Graph:
    """The units of all versions and the links between neighbours."""

    def __init__(self, versions: Sequence[Version], changes: Sequence[Changes] | None) -> None:
        self.changes = compare_neighbours(versions) if changes is None else tuple(changes)
        if len(self.changes) != max(len(versions) - 1, 0):
            raise ValueError("one comparison a pair of neighbours is needed")
        self.located: dict[_Node, Located] = {}
        self.units: list[list[_Node]] = []
        self.back: dict[_Node, tuple[_Node, ...]] = defaultdict(tuple)
        self.on: dict[_Node, tuple[_Node, ...]] = defaultdict(tuple)
        self.entry: dict[_Node, tuple[Change, tuple[_Node, ...]]] = {}
        for stage, version in enumerate(versions):
            units = [
                ((stage, i), item.located) for i, item in enumerate(take_apart(version.law).items)
            ]
            self.located.update(units)
            self.units.append([node for node, _ in units])
        for stage, one in enumerate(self.changes):
            self._link(stage, one)

    def _link(self, stage: int, changes: Changes) -> None:
        old, new = _Finder(self, stage), _Finder(self, stage + 1)
        for change in changes.changes:
            before = tuple(old.take(located) for located in change.old)
            after = tuple(new.take(located) for located in change.new)
            pairs = [(before[i], after[j]) for i, j in change.links] or [
                (old_node, new_node) for old_node in before for new_node in after
            ]
            for old_node, new_node in pairs:
                self.on[old_node] = (*self.on[old_node], new_node)
                self.back[new_node] = (*self.back[new_node], old_node)
            for node in after:
                self.entry[node] = (change, before)

    def address(self, node: _Node) -> Address:
        return self.located[node].address

    def places(self, nodes: Iterable[_Node]) -> tuple[Located, ...]:
        return tuple(self.located[node] for node in sorted(nodes))

    def told(self, stage: int, cells: Sequence[set[_Node]]) -> tuple[Change, ...]:
        """The entries between a stage and the one before that touch the line, in their order."""
        if stage == 0:
            return ()
        mine = {self.address(node) for node in cells[stage]}
        before = {self.address(node) for node in cells[stage - 1]}
        return tuple(
            change
            for change in self.changes[stage - 1].changes
            if any(place.address in mine for place in change.new)
            or any(place.address in before for place in change.old)
        )

    def lines(self) -> dict[_Node, int]:
        """Every unit with the number of its line: the units it is linked to, directly or not."""
        line: dict[_Node, int] = {}
        for node in self.located:
            if node in line:
                continue
            waiting, number = [node], len(line)
            while waiting:
                here = waiting.pop()
                if here not in line:
                    line[here] = number
                    waiting += [*self.back[here], *self.on[here]]
        return line


class _Finder:
    """From a place in a comparison to the unit it is; a law may hold one number twice."""

    def __init__(self, graph: _Graph, stage: int) -> None:
        self.graph = graph
        self.left: dict[Address, list[_Node]] = defaultdict(list)
        for node in graph.units[stage]:
            self.left[graph.address(node)].append(node)

    def take(self, located: Located) -> _Node:
        nodes = self.left[located.address]
        same = (n for n in nodes if self.graph.located[n].provision == located.provision)
        node = next(same, nodes[0]) if len(nodes) > 1 else nodes[0]
        if len(nodes) > 1:
            nodes.remove(node)
        return node


def _past(graph: _Graph, node: _Node, located: Located) -> tuple[int, int]:
    """Since which version a provision reads as it does, and which first has it: positions."""
    since = first = node[0]
    same = True
    while node in graph.entry:
        change, sources = graph.entry[node]
        found = _before(change, sources, located)
        if found is None:
            break
        before, node = found
        same = same and before.provision.text == located.provision.text
        first = node[0]
        since = first if same else since
        located = before
    return since, first


def _before(
    change: Change, sources: Sequence[_Node], located: Located
) -> tuple[Located, _Node] | None:
    """The provision of the version before that this one was, and the unit it lay in.

    Where the bodies are equal it is the one in the same place; else the comparison of 款 says it.
    """
    old = [(place, n) for unit, n in zip(change.old, sources, strict=True) for place in _all(unit)]
    if change.provisions and located not in change.new:
        for pair in change.provisions:
            if pair.new is not None and pair.old is not None and pair.new == located:
                wanted = pair.old
                return next(((place, n) for place, n in old if place == wanted), None)
        return None
    if len(change.old) != 1 or len(change.new) != 1:
        return None
    position = _all(change.new[0]).index(located)
    return old[position] if position < len(old) else None


def _all(unit: Located) -> tuple[Located, ...]:
    return (unit, *locate_below(unit))


def _start(versions: Sequence[Version], at: str | None) -> int:
    ids = [version.version_id for version in versions]
    if at is None and ids:
        return len(ids) - 1
    if at not in ids:
        raise TrackerError(
            "no-such-version", f"没有这个版本：{at}", f"已有的版本：{'、'.join(ids) or '无'}"
        )
    return ids.index(at)


def _no_provision(version: Version, address: Address, units: Sequence[Located]) -> TrackerError:
    between = f"{units[0].address.citation}至{units[-1].address.citation}" if units else "没有条文"
    return TrackerError(
        "no-such-provision", f"{version.name} 里没有{address.citation}", f"这个版本有：{between}"
    )
