"""Who descends from whom through all versions, and the id under which each provision lives.

Floor 3. Pure: versions in legal order and the comparisons of neighbours in, a graph out. `history`
asks it. An id depends on the versions only, not on the order in which they were stored.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from rapidfuzz.distance import LCSseq

from tracker.diff.model import Change, Changes
from tracker.diff.sides import Item, take_apart
from tracker.law.address import Address, Located
from tracker.store.model import Version

__all__ = ["Graph", "Node"]

Node = tuple[int, int]
"""A unit of alignment: position of its version, position of the unit in it."""

_ENOUGH: Final = 16
"""Characters below which equal words prove nothing: stock sentences come back anywhere."""


class Graph:
    """The units of all versions and the links between them.

    `on` and `back` link neighbours, as their comparison says; and a unit that was left out of some
    versions and came back in the same words to what it was before. `ids` gives each unit its id.
    """

    def __init__(self, versions: Sequence[Version], changes: Sequence[Changes]) -> None:
        if len(changes) != max(len(versions) - 1, 0):
            raise ValueError("one comparison a pair of neighbours is needed")
        self.changes = tuple(changes)
        self.items: dict[Node, Item] = {}
        self.units: list[list[Node]] = []
        self.back: dict[Node, tuple[Node, ...]] = defaultdict(tuple)
        self.on: dict[Node, tuple[Node, ...]] = defaultdict(tuple)
        self.entry: dict[Node, tuple[Change, tuple[Node, ...]]] = {}
        for stage, version in enumerate(versions):
            units = {(stage, i): item for i, item in enumerate(take_apart(version.law).items)}
            self.items.update(units)
            self.units.append(list(units))
        for stage, one in enumerate(self.changes):
            self._link(stage, one)
        self._bring_back()
        self.names = self._name(versions)
        self.ids = self._identify()

    def _link(self, stage: int, changes: Changes) -> None:
        old, new = _Finder(self, stage), _Finder(self, stage + 1)
        for change in changes.changes:
            before = tuple(old.take(located) for located in change.old)
            after = tuple(new.take(located) for located in change.new)
            pairs = [(before[i], after[j]) for i, j in change.links] or [
                (old_node, new_node) for old_node in before for new_node in after
            ]
            for old_node, new_node in pairs:
                self._join(old_node, new_node)
            for node in after:
                self.entry[node] = (change, before)

    def _join(self, old: Node, new: Node) -> None:
        self.on[old] = (*self.on[old], new)
        self.back[new] = (*self.back[new], old)

    def _bring_back(self) -> None:
        """Link what was left out and came back in the same words, where only one fits.

        第九条 of the draft is not in the first reading, and is 第十一条 of the second.
        """
        ended: dict[str, list[Node]] = defaultdict(list)
        for stage, nodes in enumerate(self.units):
            born: dict[str, list[Node]] = defaultdict(list)
            for node in nodes:
                key = self.items[node].key
                if len(key) >= _ENOUGH and not self.back[node]:
                    born[key].append(node)
            for key, new in born.items():
                old = ended.get(key, [])
                if len(old) == len(new) == 1:
                    self._join(old[0], new[0])
                    del ended[key]
            for node in self.units[stage - 1] if stage else ():
                if not self.on[node]:
                    ended[self.items[node].key].append(node)

    def located(self, node: Node) -> Located:
        """The unit itself."""
        return self.items[node].located

    def address(self, node: Node) -> Address:
        """Where it stands in its version."""
        return self.items[node].located.address

    def places(self, nodes: Iterable[Node]) -> tuple[Located, ...]:
        """Several, in the order of the text."""
        return tuple(self.located(node) for node in sorted(nodes))

    def told(self, stage: int, cells: Sequence[set[Node]]) -> tuple[Change, ...]:
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

    def lines(self) -> dict[Node, int]:
        """Every unit with the number of its line: the units it is linked to, directly or not."""
        line: dict[Node, int] = {}
        for node in self.items:
            if node in line:
                continue
            waiting, number = [node], len(line)
            while waiting:
                here = waiting.pop()
                if here not in line:
                    line[here] = number
                    waiting += [*self.back[here], *self.on[here]]
        return line

    def _name(self, versions: Sequence[Version]) -> dict[Node, str]:
        """Every unit as ``art_12@2021-08-29-draft``; a repeated number as ``art_12~2@…``."""
        names: dict[Node, str] = {}
        for version, nodes in zip(versions, self.units, strict=True):
            seen: Counter[Address] = Counter()
            for node in nodes:
                address = self.address(node)
                seen[address] += 1
                again = f"~{seen[address]}" if seen[address] > 1 else ""
                names[node] = f"{address}{again}@{version.version_id}"
        return names

    def _identify(self) -> dict[Node, str]:
        """Every unit with the id of the provision it is: the name of its first unit.

        Where one splits or several merge, the id goes with the part that has the most words in
        common, and then with the first; every other part begins, every other source ends.
        """
        ids: dict[Node, str] = {}
        taken: set[Node] = set()
        for nodes in self.units:
            pairs = [(old, new) for new in nodes for old in self.back[new]]
            for old, new in sorted(pairs, key=self._closeness):
                if old not in taken and new not in ids:
                    ids[new] = ids[old]
                    taken.add(old)
            for node in nodes:
                ids.setdefault(node, self.names[node])
        return ids

    def _closeness(self, pair: tuple[Node, Node]) -> tuple[int, Node, Node]:
        """Sorts links, the closest first; words are not looked at where nothing rivals a link."""
        old, new = pair
        if len(self.on[old]) == len(self.back[new]) == 1:
            return (0, old, new)
        return (-int(LCSseq.similarity(self.items[old].body, self.items[new].body)), old, new)


class _Finder:
    """From a place in a comparison to the unit it is; a law may hold one number twice."""

    def __init__(self, graph: Graph, stage: int) -> None:
        self.graph = graph
        self.left: dict[Address, list[Node]] = defaultdict(list)
        for node in graph.units[stage]:
            self.left[graph.address(node)].append(node)

    def take(self, located: Located) -> Node:
        nodes = self.left[located.address]
        if len(nodes) == 1:
            return nodes[0]
        same = (n for n in nodes if self.graph.located(n).provision == located.provision)
        node = next(same, nodes[0])
        nodes.remove(node)
        return node
