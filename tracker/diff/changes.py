"""compare(old, new) → Changes: the stages of a comparison, put together.

The door to this folder. Takes both laws apart, aligns them, follows citations and headings, and
writes one entry for every article of both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tracker.diff.align import align, capped
from tracker.diff.board import Board, Link
from tracker.diff.follow import Follower, Levels, Step, kept_steps, steps_between
from tracker.diff.front import compare_front
from tracker.diff.headings import compare_headings, in_another_heading, link_headings
from tracker.diff.levels import Inside
from tracker.diff.model import Change, Changes, Op, ProvisionChange, RunnerUp, Slot
from tracker.diff.order import longest_chain
from tracker.diff.overrides import Overrides
from tracker.diff.patch import JOINT, apply
from tracker.diff.redline import Drawn, draw_all
from tracker.diff.sides import Side, take_apart
from tracker.law.address import Located
from tracker.law.model import Law
from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity

__all__ = ["apply", "compare"]

_CHAPTERS = "章节标题过多，只对应编号和名称都相同的，以及所含条文相同的"


def compare(old: Law, new: Law, overrides: Overrides | None = None) -> Changes:
    """What changed from `old` to `new`.

    `overrides` is a reviewer's word on who is who; it wins over every pass. Raises TrackerError
    ``override-does-not-fit`` where it names an article that is not there. Never fails otherwise:
    what had to be given up for size is in `Changes.problems`.
    """
    before, after = take_apart(old), take_apart(new)
    board = align(before, after, overrides)
    chapters = link_headings(before, after, board.forward)
    pairs = chapters.pairs
    groups = _groups(board)
    moved = _moved(board, pairs)
    drawn = draw_all([_bodies(before, after, group) for group in groups])
    levels = [_inside(board, group, what) for group, what in zip(groups, drawn, strict=True)]
    consequential, problems = _citations(board, groups, levels, drawn)
    entries = [
        _entry(board, group, what, inside, moved=moved, consequential=index in consequential)
        for index, (group, what, inside) in enumerate(zip(groups, drawn, levels, strict=True))
    ]
    order = sorted(range(len(groups)), key=_positions(groups, moved).__getitem__)
    headings = compare_headings(before, after, pairs)
    front = compare_front(before, after, pairs)
    if any(what.capped for what in drawn):
        problems.append(_capped(entries, drawn))
    if chapters.gave_up:
        problems.append(capped(_CHAPTERS))
    return Changes(
        tuple(entries[index] for index in order),
        headings,
        front,
        (*board.problems, *problems),
        _slots(
            after, [groups[index].new for index in order], [one.new for one in headings],
            [one.new for one in front],
        ),
        _slots(
            before, [groups[index].old for index in order], [one.old for one in headings],
            [one.old for one in front],
        ),
    )  # fmt: skip


@dataclass
class Group:
    """Units that make up one entry: rising positions on both sides, and the links among them."""

    old: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def _groups(board: Board) -> list[Group]:
    """Units joined by links, whole or partial; each unit is in exactly one group."""
    first = len(board.old.items)  # the new units are counted on from the old ones
    parent = [*range(first + len(board.new.items))]

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    every = [*board.links, *board.partial]
    for link in every:
        parent[root(first + link.new)] = root(link.old)
    found: dict[int, Group] = {}
    for node in range(len(parent)):
        top = root(node)
        group = found.get(top)
        if group is None:
            group = found[top] = Group()
        if node < first:
            group.old.append(node)
        else:
            group.new.append(node - first)
    for link in every:
        found[root(link.old)].links.append(link)
    return list(found.values())


def _moved(board: Board, pairs: dict[int, int]) -> set[int]:
    """Old units that are out of order, or under another heading that was there before."""
    rising = sorted(board.forward.items())
    old, new = board.old.items, board.new.items
    weak = {link.old for link in board.links if link.matched_by == "coverage"}
    sure = [(i, j) for i, j in rising if i not in weak]
    weights = [len(old[i].key) + len(new[j].key) for i, j in sure]
    on_chain = longest_chain([j for _, j in sure], weights)
    moved = {i for (i, _), on in zip(sure, on_chain, strict=True) if not on}
    chain = [(i, j) for i, j in sure if i not in moved]
    # those who share only some of their words do not say that others moved
    moved |= {i for i in weak if any((a < i) != (b < board.forward[i]) for a, b in chain)}
    back = {b: a for a, b in pairs.items()}
    known: dict[tuple[tuple[int, ...], tuple[int, ...]], bool] = {}
    for i, j in rising:
        both = old[i].headings, new[j].headings
        if both not in known:
            known[both] = in_another_heading(*both, pairs, back)
        if known[both]:
            moved.add(i)
    return moved


def _bodies(before: Side, after: Side, group: Group) -> tuple[str, str]:
    old = JOINT.join([before.items[i].body for i in group.old])
    new = JOINT.join([after.items[j].body for j in group.new])
    return old, new


def _inside(board: Board, group: Group, drawn: Drawn) -> Sequence[ProvisionChange]:
    """What happened to the 款 and 项 of an entry; nothing where the bodies are equal."""
    if not (group.old and group.new):
        return ()
    if all(op is Op.EQUAL for op, _ in drawn.redline):
        return ()
    old = tuple(board.old.items[i].located for i in group.old)
    return Inside(old, tuple(board.new.items[j].located for j in group.new))


def _citations(
    board: Board, groups: list[Group], inside: list[Sequence[ProvisionChange]],
    drawn: list[Drawn],
) -> tuple[set[int], list[Problem]]:  # fmt: skip
    """Which groups changed by citations only, each of which followed; and those that did not."""
    mapping: dict[Number, tuple[Number, ...]] = {}
    old, new = board.old.items, board.new.items
    for link in [*board.links, *board.partial]:
        a, b = old[link.old].located.provision.number, new[link.new].located.provision.number
        if a is not None and b is not None:
            mapping[a] = (*mapping.get(a, ()), b)
    found: dict[int, tuple[Step, ...]] = {}
    for index, group in enumerate(groups):
        if len(group.old) == len(group.new) == 1:
            before, after = old[group.old[0]], new[group.new[0]]
            cites = before.masked == after.masked and "第" in before.body
            steps = steps_between(before.body, after.body) if cites else None
            if steps is not None:
                found[index] = steps
    every = [step for steps in found.values() for step in steps]
    numbers = (item.located.provision.number for item in old)
    known = frozenset(number for number in numbers if number is not None)
    levels = _by_numbers(board, groups, inside)
    follower = Follower(known, mapping, levels, every, board.new.law)
    consequential: set[int] = set()
    problems: list[Problem] = []
    for index, steps in found.items():
        group = groups[index]
        here = new[group.new[0]].located.address
        problems += [follower.problem(step, here) for step in steps if follower.is_stale(step)]
        problems += [
            follower.problem(step, here, Severity.INFO) for step in follower.naming_one_part(steps)
        ]
        differs = old[group.old[0]].key != new[group.new[0]].key
        if differs and all(follower.follows(step) for step in steps):
            consequential.add(index)
    pairs = enumerate(zip(groups, drawn, strict=True))
    problems += _kept(board, [pair for index, pair in pairs if index not in found], follower)
    return consequential, problems


def _kept(
    board: Board, reworded: list[tuple[Group, Drawn]], follower: Follower
) -> Iterator[Problem]:
    """Citations that stand as before in a reworded article, while the cited article went away.

    Less certain than where nothing else differs: the words around may have been written anew with
    the new article in mind.
    """
    for group, what in reworded:
        if len(group.old) != 1 or len(group.new) != 1:
            continue
        old, new = board.old.items[group.old[0]], board.new.items[group.new[0]]
        steps = kept_steps(what.redline) if "第" in old.body and "第" in new.body else ()
        if not steps:
            continue
        before, after = old.located, new.located
        here = after.address
        seen: set[str] = set()
        for kept in steps:
            step = kept.inside(before.address, after.address)
            if follower.is_stale(step) and step.text not in seen:
                seen.add(step.text)
                yield follower.problem(step, here, Severity.INFO)


def _by_numbers(
    board: Board, groups: list[Group], inside: list[Sequence[ProvisionChange]]
) -> Levels:
    """What happened inside each linked pair of articles, by their numbers."""
    levels: dict[tuple[Number, Number], Inside] = {}
    for group, provisions in zip(groups, inside, strict=True):
        if not isinstance(provisions, Inside):
            continue
        for link in group.links:
            old = board.old.items[link.old].located.provision.number
            new = board.new.items[link.new].located.provision.number
            if old is not None and new is not None:
                levels[old, new] = provisions
    return levels


def _entry(
    board: Board, group: Group, drawn: Drawn, inside: Sequence[ProvisionChange], *,
    moved: set[int], consequential: bool,
) -> Change:  # fmt: skip
    old = tuple([board.old.items[i].located for i in group.old])
    new = tuple([board.new.items[j].located for j in group.new])
    both = bool(old and new)
    links, single = group.links, len(old) == len(new) == 1
    lead, runner = (links[0], links[0].runner_up) if links else (None, None)
    confidence = lead.confidence if lead else 0.0
    if len(links) > 1:
        links = sorted(links, key=lambda link: (link.old, link.new))
        lead = max(group.links, key=lambda link: (link.partial, -link.confidence))
        runner = next((link.runner_up for link in links if link.runner_up), None)
        confidence = min(link.confidence for link in links)
    return Change(
        old=old,
        new=new,
        redline=drawn.redline,
        similarity=round(drawn.similarity, 4) if both else 0.0,
        matched_by=lead.matched_by if lead else "",
        confidence=round(confidence, 4),
        runner_up=RunnerUp(_number(board.new, runner[0]), round(runner[1], 4)) if runner else None,
        moved=not moved.isdisjoint(group.old),
        typographic=single and _is_typographic(board, group),
        consequential=consequential,
        provisions=inside,
        links=() if single or not both else _places(group, links),
    )


def _is_typographic(board: Board, group: Group) -> bool:
    """Whether the two texts differ, but in width, quotation marks and spaces only."""
    old, new = board.old.items[group.old[0]], board.new.items[group.new[0]]
    return old.body != new.body and old.key == new.key


def _places(group: Group, links: list[Link]) -> tuple[tuple[int, int], ...]:
    return tuple((group.old.index(link.old), group.new.index(link.new)) for link in links)


def _number(side: Side, index: int) -> str:
    return str(side.items[index].located.provision.number or index + 1)


def _positions(groups: list[Group], moved: set[int]) -> dict[int, tuple[int, int, int]]:
    """Where each entry stands: at its first new unit, or behind what its old unit stood behind."""
    positions: dict[int, tuple[int, int, int]] = {}
    anchors: dict[int, int] = {}
    gone: list[tuple[int, int]] = []
    for index, group in enumerate(groups):
        if group.new:
            positions[index] = (group.new[0], 0, 0)
            anchors.update({i: group.new[0] for i in group.old if i not in moved})
        else:
            gone.append((group.old[0], index))
    rising = sorted(anchors)
    at = 0
    for old, index in sorted(gone):
        while at < len(rising) and rising[at] < old:
            at += 1
        positions[index] = (anchors[rising[at - 1]] if at else -1, 1, old)
    return positions


def _slots(
    side: Side, units: list[list[int]], headings: list[Located | None], front: list[Located | None]
) -> tuple[Slot, ...]:
    """How a text is put together from the entries: which units of it each entry has, and which
    heading or loose provision, if any."""
    places = {
        unit: (entry, member)
        for entry, members in enumerate(units)
        for member, unit in enumerate(members)
    }
    # what stands in an entry is the very provision of the side that was compared
    named = {id(one): entry for entry, one in enumerate(headings) if one}
    loose = {id(one): entry for entry, one in enumerate(front) if one}
    slots = []
    for place in side.places:
        if place.part == "changes":
            slots.append(Slot(place.depth, "changes", *places[place.index]))
        elif place.part == "headings":
            entry = named[id(side.headings[place.index].located)]
            slots.append(Slot(place.depth, "headings", entry))
        else:
            slots.append(Slot(place.depth, "front", loose[id(side.loose[place.index].located)]))
    return tuple(slots)


def _capped(entries: list[Change], drawn: list[Drawn]) -> Problem:
    first = next(e for e, what in zip(entries, drawn, strict=True) if what.capped)
    where = (first.new or first.old)[0].address
    return Problem(
        code="redline-capped",
        severity=Severity.WARNING,
        message=f"{where.citation}等条文过长且改动过多，未逐词比较，改动部分按整段删去和增加显示",
        hint="请对照两个文本阅读该条",
        citation=where.citation,
        address=str(where),
    )
