"""compare(old, new) → Changes: the stages of a comparison, put together.

The door to this folder. Takes both laws apart, aligns them, follows citations and headings, and
writes one entry for every article of both sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tracker.diff.align.board import Board, Link, capped
from tracker.diff.align.order import longest_chain
from tracker.diff.align.overrides import Overrides
from tracker.diff.align.passes import align
from tracker.diff.follow import Follower, Levels, Step, kept_steps, steps_between
from tracker.diff.front import compare_front, lines_of
from tracker.diff.headings import compare_headings, in_another_heading, link_headings
from tracker.diff.levels import Inside, Insides
from tracker.diff.model import Change, Changes, RunnerUp
from tracker.diff.patch import JOINT, apply
from tracker.diff.redline.draw import Drawn, draw_all
from tracker.diff.redline.elsewhere import became_elsewhere
from tracker.diff.redline.renumbered import Became, Renamed, cites_the_same, renamed
from tracker.diff.sides import Side, take_apart
from tracker.diff.slots import Slots
from tracker.law.address import Located
from tracker.law.collecting import no_collecting
from tracker.law.model import Law
from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity

__all__ = ["apply", "compare"]

_Units = tuple[Located, ...]
_MOST_CITED: Final = 200_000
"""第 in the articles of both sides above which their citations are not followed; 民法典 has 500 in
its. 。第二条 over and over, a million characters of it, took 9 s and 500 MB."""
_CITED: Final = "引用过多，没有看它们是否随条号变动，只按文字对比"
_CHAPTERS: Final = "章节标题过多，只对应编号和名称都相同的，以及所含条文相同的"


def compare(old: Law, new: Law, overrides: Overrides | None = None) -> Changes:
    """What changed from `old` to `new`.

    `overrides` is a reviewer's word on who is who; it wins over every pass. Raises TrackerError
    ``override-does-not-fit`` where it names an article that is not there. Never fails otherwise:
    what had to be given up for size is in `Changes.problems`.
    """
    with no_collecting():  # a twentieth less for 1,260 articles, the search at the end included
        return _compare(old, new, overrides)  # what is needed on the way is gone at that search


def _compare(old: Law, new: Law, overrides: Overrides | None) -> Changes:
    before, after = take_apart(old), take_apart(new)
    board = align(before, after, overrides)
    chapters = link_headings(before, after, board.forward)
    pairs = chapters.pairs
    groups = _groups(board)
    moved = _moved(board, pairs)
    became = _became(board)
    bodies = [_bodies(before, after, group) for group in groups]
    citing = sum(a.count("第") + b.count("第") for a, b in bodies) <= _MOST_CITED
    names = _names(bodies, became) if citing else [()] * len(bodies)
    drawn = draw_all([*bodies, *lines_of(before, after)], names)[: len(groups)]
    every = Insides()
    units = [_units(before, after, group) for group in groups]
    levels = [_inside(every, *one) for one in zip(units, drawn, names, strict=True)]
    consequential, problems = (
        _citations(board, groups, levels, drawn, became) if citing else (set(), [capped(_CITED)])
    )
    entries = [
        _entry(board, *one, moved=moved, consequential=index in consequential)
        for index, one in enumerate(zip(groups, units, drawn, levels, strict=True))
    ]
    order = sorted(range(len(groups)), key=_positions(groups, moved).__getitem__)
    headings = compare_headings(before, after, pairs, board.forward, moved)
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
        Slots(
            after, [groups[index].new for index in order], [one.new for one in headings],
            [one.new for one in front],
        ),
        Slots(
            before, [groups[index].old for index in order], [one.old for one in headings],
            [one.old for one in front],
        ),
    )  # fmt: skip


@dataclass(slots=True)
class Group:
    """Units that make up one entry: rising positions on both sides, and the links among them."""

    old: list[int]
    new: list[int]
    links: list[Link]


def _groups(board: Board) -> list[Group]:
    """Units joined by links, whole or partial; each unit is in exactly one group."""
    every = [*board.links, *board.partial]
    of_old: dict[int, list[Link]] = {}
    of_new: dict[int, list[Link]] = {}
    for link in every:
        of_old.setdefault(link.old, []).append(link)
        of_new.setdefault(link.new, []).append(link)
    joined = _joined(board.partial, of_old, of_new)
    groups: list[Group] = []
    for old in range(len(board.old.items)):
        links = of_old.get(old)
        if links is None:
            groups.append(Group([old], [], []))
        elif old not in joined:
            groups.append(Group([old], [links[0].new], links))
        elif joined[old].old[0] == old:
            groups.append(joined[old])
    place = {id(link): at for at, link in enumerate(every)} if joined else {}
    for old, group in joined.items():
        if group.old[0] == old:
            group.links = [link for one in group.old for link in of_old[one]]
            group.links.sort(key=lambda link: place[id(link)])
    return groups + [Group([], [j], []) for j in range(len(board.new.items)) if j not in of_new]


def _joined(
    partial: list[Link], of_old: dict[int, list[Link]], of_new: dict[int, list[Link]]
) -> dict[int, Group]:
    """For each old unit that partial links join with others its group, still without the links."""
    found: dict[int, Group] = {}
    for link in partial:
        if link.old in found:
            continue
        old, new, todo = {link.old}, set[int](), [link.old]
        while todo:
            for there in of_old[todo.pop()]:
                if there.new not in new:
                    new.add(there.new)
                    todo += (back.old for back in of_new[there.new] if back.old not in old)
                    old.update(back.old for back in of_new[there.new])
        found.update(dict.fromkeys(old, Group(sorted(old), sorted(new), [])))
    return found


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
    old, new = before.items, after.items
    if len(group.old) == len(group.new) == 1:
        return old[group.old[0]].body, new[group.new[0]].body
    one, other = [old[i].body for i in group.old], [new[j].body for j in group.new]
    return JOINT.join(one), JOINT.join(other)


def _became(board: Board) -> dict[Number, tuple[Number, ...]]:
    """The number of each old article, and those of the new ones it became, wholly or in part."""
    found: dict[Number, list[Number]] = {}
    old, new = board.old.items, board.new.items
    for link in [*board.links, *board.partial]:
        a, b = old[link.old].located.provision.number, new[link.new].located.provision.number
        if a is not None and b is not None:
            found.setdefault(a, []).append(b)
    return {number: tuple(became) for number, became in found.items()}


def _names(bodies: list[tuple[str, str]], became: Became) -> list[Renamed]:
    """For each pair of bodies the citations that have another number now."""
    misled = [one for one in bodies if cites_the_same(*one)]
    elsewhere = became_elsewhere(misled)
    asked = set(misled)
    return [renamed(*one, became, elsewhere) if one in asked else () for one in bodies]


def _units(before: Side, after: Side, group: Group) -> tuple[_Units, _Units]:
    old, new = before.items, after.items
    return tuple([old[i].located for i in group.old]), tuple([new[j].located for j in group.new])


def _inside(
    every: Insides, units: tuple[_Units, _Units], drawn: Drawn, names: Renamed
) -> Inside | None:
    """What happened to the 款 and 项 of an entry; None where the bodies are equal or one is not."""
    return None if not all(units) or drawn.is_equal else every.add(*units, names)


def _citations(
    board: Board, groups: list[Group], inside: list[Inside | None],
    drawn: list[Drawn], became: Became,
) -> tuple[set[int], list[Problem]]:  # fmt: skip
    """Which groups changed by citations only, each of which followed; and those that did not."""
    old, new = board.old.items, board.new.items
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
    follower = Follower(known, became, levels, every, board.new.law)
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


def _by_numbers(board: Board, groups: list[Group], inside: list[Inside | None]) -> Levels:
    """What happened inside each linked pair of articles, by their numbers."""
    levels: dict[tuple[Number, Number], Inside] = {}
    for group, provisions in zip(groups, inside, strict=True):
        if provisions is None:
            continue
        for link in group.links:
            old = board.old.items[link.old].located.provision.number
            new = board.new.items[link.new].located.provision.number
            if old is not None and new is not None:
                levels[old, new] = provisions
    return levels


def _entry(
    board: Board, group: Group, units: tuple[_Units, _Units], drawn: Drawn,
    inside: Inside | None, *, moved: set[int], consequential: bool,
) -> Change:  # fmt: skip
    links = group.links
    single = len(group.old) == len(group.new) == 1
    lead, runner = (links[0], links[0].runner_up) if links else (None, None)
    confidence = lead.confidence if lead else 0.0
    if len(links) > 1:
        links = sorted(links, key=lambda link: (link.old, link.new))
        lead = max(group.links, key=lambda link: (link.partial, -link.confidence))
        runner = next((link.runner_up for link in links if link.runner_up), None)
        confidence = min(link.confidence for link in links)
    return Change(
        old=units[0],
        new=units[1],
        redline=drawn.redline,
        similarity=drawn.similarity if group.old and group.new else 0.0,
        matched_by=lead.matched_by if lead else "",
        confidence=round(confidence, 4),
        runner_up=RunnerUp(_number(board.new, runner[0]), round(runner[1], 4)) if runner else None,
        moved=not moved.isdisjoint(group.old),
        # the words differ, but in width, quotation marks and spaces only
        typographic=(
            single
            and inside is not None
            and board.old.items[group.old[0]].key == board.new.items[group.new[0]].key
        ),
        consequential=consequential,
        provisions=() if inside is None else inside,
        links=() if single else _places(group, links),
    )


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


def _capped(entries: list[Change], drawn: list[Drawn]) -> Problem:
    first = next(e for e, what in zip(entries, drawn, strict=True) if what.capped)
    where = (first.new or first.old)[0].address
    return Problem(
        code="redline-capped",
        severity=Severity.WARNING,
        message=f"{where.citation}等条文过长且改动过多，未逐词比较，改动部分按整段删去和增加显示",
        hint="对照两个文本阅读该条",
        citation=where.citation,
        address=str(where),
    )
