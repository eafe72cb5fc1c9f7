"""Which provision stands in which row of a 对照表: the new text downwards, the old beside it.

Floor 4. The right column is the new text in its own order. What only the old text has goes where it
stood: behind what stood before it there, a dissolved heading before the article that it was over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tracker.diff.model import Change, Changes, FrontChange, HeadingChange, Op, Redline, Slot
from tracker.diff.patch import JOINT
from tracker.render.lines import whole_items

__all__ = ["Pieces", "TableRow", "Texts", "entry_rows", "table_rows"]

Pieces = list[tuple[Op, str]]


@dataclass(eq=False, slots=True)
class TableRow:
    """A row: a heading, what is neither heading nor article, or one article of the new text.

    `old` and `new` say which articles of the entry stand in it whole, by their places in the entry.
    `elsewhere` are old articles that gave words to the new one but stand in another row of the
    entry: the place of the old article, and of the new one that it stands beside.
    """

    change: Change | None = None
    heading: HeadingChange | None = None
    front: FrontChange | None = None
    old: tuple[int, ...] = ()
    new: tuple[int, ...] = ()
    elsewhere: tuple[tuple[int, int], ...] = ()

    @property
    def is_moved(self) -> bool:
        """Whether it says nothing about where the old text stood."""
        one = self.change or self.heading
        return one is not None and one.moved


@dataclass(frozen=True)
class Texts:
    """The marked bodies of an entry, one for each article of its old and its new side."""

    change: Change

    @cached_property
    def old(self) -> list[Pieces]:
        """What the old side has: each body with what went marked."""
        return _bodies(whole_items(self.change.redline), Op.INSERT, len(self.change.old))

    @cached_property
    def new(self) -> list[Pieces]:
        """What the new side has: each body with what came marked."""
        return _bodies(whole_items(self.change.redline), Op.DELETE, len(self.change.new))


def _bodies(redline: Redline, other: Op, count: int) -> list[Pieces]:
    """One side of a redline, cut where one body ends and the next begins.

    >>> _bodies(((Op.EQUAL, "甲"), (Op.INSERT, "乙\\n"), (Op.EQUAL, "\\n丙")), Op.DELETE, 2)
    [[(<Op.EQUAL: 'equal'>, '甲'), (<Op.INSERT: 'insert'>, '乙')], [(<Op.EQUAL: 'equal'>, '丙')]]
    """
    pieces = [(op, text) for op, text in redline if op is not other]
    if count < 2:
        return [pieces] * count
    bodies: list[Pieces] = [[]]
    ends = [len(body) for body in "".join(text for _, text in pieces).split(JOINT)]
    at, end = 0, ends[0]  # where the body that is being filled ends
    for op, words in pieces:
        left = words
        while left:
            if at == end + len(JOINT):
                bodies.append([])
                end = at + ends[len(bodies) - 1]
            inside = at < end
            taken = left[: (end if inside else end + len(JOINT)) - at]
            if inside:
                bodies[-1].append((op, taken))
            at += len(taken)
            left = left[len(taken) :]
    return bodies + [[]] * (count - len(bodies))


def table_rows(changes: Changes) -> list[TableRow]:
    """All rows, of what is unchanged too. Every provision of either side stands in exactly one."""
    by_entry = [entry_rows(change) for change in changes.changes]
    of_heading = [TableRow(heading=one) for one in changes.headings]
    of_front = [TableRow(front=one) for one in changes.front]

    def row(slot: Slot, side: str) -> TableRow:
        if slot.part == "headings":
            return of_heading[slot.entry]
        if slot.part == "front":
            return of_front[slot.entry]
        return next(r for r in by_entry[slot.entry] if slot.member in getattr(r, side))

    rows = [row(slot, "new") for slot in changes.order]
    there = {id(one) for one in rows}
    before: TableRow | None = None  # what the old text has before the slot
    past = [(slot, row(slot, "old")) for slot in changes.past]
    for place, (slot, here) in enumerate(past):
        if id(here) not in there:
            rows.insert(_place(rows, before, _below(past, place, slot, there)), here)
            there.add(id(here))
        if not here.is_moved:
            before = here
    return rows


def _below(
    past: Sequence[tuple[Slot, TableRow]], place: int, slot: Slot, there: set[int]
) -> TableRow | None:
    """The first article under a heading that is gone, where it has a row that says its place."""
    if slot.part != "headings":
        return None
    for other, row in past[place + 1 :]:
        if other.depth <= slot.depth:
            return None
        if other.part == "changes":
            return row if id(row) in there and not row.is_moved else None
    return None


def _place(rows: list[TableRow], before: TableRow | None, under: TableRow | None) -> int:
    if under is not None:
        return rows.index(under)
    return rows.index(before) + 1 if before is not None else 0


def entry_rows(change: Change) -> list[TableRow]:
    """The rows of one entry: one for each new article, or one for what was deleted.

    An old article stands whole beside the new one that has most of its words, the first of them
    where several have as many.
    """
    if len(change.new) < 2:
        return [TableRow(change, old=tuple(range(len(change.old))), new=(0,) if change.new else ())]
    links = set(change.links) or {(i, j) for i in range(len(change.old)) for j in _places(change)}
    shared = _shared(change)
    home = {
        i: max(
            [j for j in _places(change) if (i, j) in links] or [0],
            key=lambda j: (shared.get((i, j), 0), -j),
        )
        for i in range(len(change.old))
    }
    return [
        TableRow(
            change,
            old=tuple(i for i, at in home.items() if at == j),
            new=(j,),
            elsewhere=tuple((i, at) for i, at in home.items() if at != j and (i, j) in links),
        )
        for j in _places(change)
    ]


def _places(change: Change) -> range:
    return range(len(change.new))


def _shared(change: Change) -> dict[tuple[int, int], int]:
    """How many characters of each old article the redline shows as kept in each new one."""
    texts = Texts(change)
    owners = [
        [place for place, body in enumerate(side) for op, text in body if op is Op.EQUAL
         for _ in text.replace("\n", "")]
        for side in (texts.old, texts.new)
    ]  # fmt: skip
    counts: dict[tuple[int, int], int] = {}
    for pair in zip(*owners, strict=False):
        counts[pair] = counts.get(pair, 0) + 1
    return counts
