"""One provision through all versions: history, concordance, and which version each 款 comes from.

Floor 3. Pure: versions in legal order and the comparisons of neighbours in, values out. A link
between two versions is an entry of their comparison; where one splits or several merge, the line
branches or joins, and shows all its parts. Each part has its own id (see `descent`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.diff.align.overrides import Overrides
from tracker.diff.changes import compare
from tracker.diff.model import Change, Changes, Op, ProvisionChange
from tracker.diff.wording import folded
from tracker.law.address import Address, Located, located_below
from tracker.law.kept import kept
from tracker.law.model import Unit
from tracker.law.numbering import Number
from tracker.law.problems import TrackerError
from tracker.store.descent import Graph, Node
from tracker.store.model import Version

__all__ = [
    "BlameLine", "Lineage", "Step", "blame", "compare_neighbours", "concordance", "descent",
    "history",
]  # fmt: skip

Ask = Callable[[str, str], Overrides]
"""From two version ids, what reviewers said of that pair."""


@dataclass(frozen=True, slots=True)
class Step:
    """One version in the history of a provision.

    `at` is where it stands there, several places where it was split or is yet to be merged, none
    where it is not there; `ids` are the ids of those provisions. `changes` are the entries of the
    comparison with the version before that tell how it came here, empty for the first version.
    """

    version: Version
    at: tuple[Located, ...]
    changes: tuple[Change, ...] = ()
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """Articles of all versions that descend from one another: one row of a concordance.

    `cells` has an entry a version, empty where the line does not reach. Every article of every
    version stands in exactly one cell of one lineage.

    `ids` has the same shape: the id of each article, which it keeps through renumbering, and the
    larger part through splits and mergers. `names` likewise: what the article would be called by
    its version alone, ``art_12@2021-08-29-draft``; every id is one of them. They stay true whatever
    versions are added, before, between or after.
    """

    cells: tuple[tuple[Located, ...], ...]
    ids: tuple[tuple[str, ...], ...] = ()
    names: tuple[tuple[str, ...], ...] = ()

    @property
    def id(self) -> str:
        """The id of the whole line: that of its first article."""
        for cell in self.ids:  # a page asks ten times for each line: no generator for that
            if cell:
                return cell[0]
        return ""


@dataclass(frozen=True, slots=True)
class BlameLine:
    """A 款, 项 or 目 of the latest version (or an outline unit's own text), and its past.

    `since` is the version that first has it in these words, or in a 款 that they only came apart
    from; `first` the one in which it appears at all, in whatever words. `article` is the unit it
    lies in, `id` the id of that.
    """

    article: Located
    located: Located
    text: str
    since: Version
    first: Version
    id: str = ""


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
    graph = descent(versions, changes)
    found = [node for node in graph.units[start] if graph.address(node) == address]
    if not found:
        raise _no_provision(versions[start], address, graph.places(graph.units[start]))
    cells: list[set[Node]] = [set() for _ in versions]
    cells[start] = set(found)
    for stage in range(start, 0, -1):
        for old in (old for node in cells[stage] for old in graph.back[node]):
            cells[old[0]].add(old)
    for stage in range(start, len(versions) - 1):
        for new in (new for node in cells[stage] for new in graph.on[node]):
            cells[new[0]].add(new)
    return tuple(
        Step(
            version,
            graph.places(cells[stage]),
            graph.told(stage, cells),
            tuple(graph.ids[node] for node in sorted(cells[stage])),
        )
        for stage, version in enumerate(versions)
    )


def descent(versions: Sequence[Version], changes: Sequence[Changes] | None = None) -> Graph:
    """Who descends from whom: made once where both `concordance` and `blame` are asked for."""
    return Graph(versions, compare_neighbours(versions) if changes is None else changes)


def concordance(
    versions: Sequence[Version],
    *,
    changes: Sequence[Changes] | None = None,
    graph: Graph | None = None,
) -> tuple[Lineage, ...]:
    """Rows of article × version, in the order of the last version.

    A line that ends earlier stands behind the article it stood behind. What splits or merges is one
    row, with several articles in a cell; it stands where the first of them does.
    """
    graph = graph or descent(versions, changes)
    lines = graph.lines()
    behind: dict[int | None, int | None] = {None: None}
    for units in reversed(graph.units):
        previous: int | None = None
        seen: set[int] = set()
        for node in units:
            line = lines[node]
            if line in seen:  # a later part of a split: what follows does not go back to the first
                continue
            seen.add(line)
            if line not in behind:
                behind[line], behind[previous] = behind[previous], line
            previous = line
    order: list[int] = []
    line_or_none = behind[None]
    while line_or_none is not None:
        order.append(line_or_none)
        line_or_none = behind[line_or_none]
    members: dict[int, list[set[Node]]] = {line: [set() for _ in versions] for line in order}
    for node, line in lines.items():
        members[line][node[0]].add(node)
    return tuple(_lineage(graph, [sorted(cell) for cell in members[line]]) for line in order)


def _lineage(graph: Graph, cells: Sequence[Sequence[Node]]) -> Lineage:
    located, ids, names = graph.located, graph.ids, graph.names
    return Lineage(
        tuple([tuple(map(located, cell)) for cell in cells]),
        tuple([tuple([ids[node] for node in cell]) for cell in cells]),
        tuple([tuple([names[node] for node in cell]) for cell in cells]),
    )


def blame(
    versions: Sequence[Version],
    *,
    changes: Sequence[Changes] | None = None,
    graph: Graph | None = None,
) -> tuple[BlameLine, ...]:
    """Every 款, 项 and 目 of the latest version with the version its words come from.

    A change of number, place, caption or typography (width, quotation marks, spaces) does not
    change the words.
    """
    if not versions:
        return ()
    graph = graph or descent(versions, changes)
    lines = []
    for node in graph.units[-1]:
        article = graph.located(node)
        for located in (article, *located_below(article)):
            if text := located.provision.text:
                since, first = _past(graph, node, located)
                lines.append(
                    BlameLine(
                        article, located, text, versions[since], versions[first], graph.ids[node]
                    )
                )
    return tuple(lines)


def _past(graph: Graph, node: Node, located: Located) -> tuple[int, int]:
    """Since which version a provision reads as it does, and which first has it: positions."""
    since = first = node[0]
    same = True
    while node in graph.entry:
        change, sources = graph.entry[node]
        found = _before(change, sources, located) or _left_out(graph, node, located)
        if found is None:
            break
        before, node = found
        kept = _same_words(before, located) or _came_apart(change, located)
        same = same and kept
        first = node[0]
        since = first if same else since
        located = before
    return since, first


def _before(
    change: Change, sources: Sequence[Node], located: Located
) -> tuple[Located, Node] | None:
    """The provision of the version before that this one was, and the unit it lay in.

    Where the bodies are equal it is the one in the same place; else the comparison of 款 says it.
    """
    if change.provisions and located not in change.new:
        for pair in _pairs_at(change).get(located.address, ()):
            if pair.old is not None and pair.new == located:
                for unit, node in zip(change.old, sources, strict=True):
                    if (place := _place(unit, pair.old)) is not None:
                        return _all(unit)[place], node
                return None
        return None
    if len(change.old) != 1 or len(change.new) != 1:
        return None
    position, there = _place(change.new[0], located), _all(change.old[0])
    return (there[position], sources[0]) if position is not None and position < len(there) else None


def _same_words(before: Located, after: Located) -> bool:
    old, new = before.provision.text, after.provision.text
    return old == new or folded(old) == folded(new)


def _came_apart(change: Change, located: Located) -> bool:
    """Whether all its words stood in the 款 or 项 that it is a part of now."""
    return any(
        pair.split and pair.new == located and all(op is Op.EQUAL for op, _ in pair.redline)
        for pair in _pairs_at(change).get(located.address, ())
    )


def _left_out(graph: Graph, node: Node, located: Located) -> tuple[Located, Node] | None:
    """The same for an article that was left out for a while and came back in the same words."""
    if len(graph.back[node]) != 1 or (old := graph.back[node][0])[0] == node[0] - 1:
        return None
    there = _all(graph.located(old))
    position = _place(graph.located(node), located)
    return (there[position], old) if position is not None and position < len(there) else None


@kept(128)  # these three are asked for once for each line of a unit
def _pairs_at(change: Change) -> dict[Address, list[ProvisionChange]]:
    """The pairs of 款 and 项 by where the new one stands: an article can have thousands."""
    found: dict[Address, list[ProvisionChange]] = {}
    for pair in change.provisions:
        if pair.new is not None:
            found.setdefault(pair.new.address, []).append(pair)
    return found


@kept(128)
def _places(unit: Located) -> dict[Address, list[int]]:
    found: dict[Address, list[int]] = {}
    for place, one in enumerate(_all(unit)):
        found.setdefault(one.address, []).append(place)
    return found


def _place(unit: Located, located: Located) -> int | None:
    """Which of `_all` a provision is; None where it lies elsewhere."""
    there = _all(unit)
    same = _places(unit).get(located.address, ())
    return next((place for place in same if there[place] == located), None)


@kept(128)
def _all(unit: Located) -> tuple[Located, ...]:
    return (unit, *located_below(unit))


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
