"""Changed forms of real laws whose right answer is known, because this made them.

Used by `align_mutations` and by the tests. An article is deleted, put in from another law,
reworded, split at a 款 or a sentence, merged with its neighbour, moved alone or in a block;
chapters change places; splits and mergers are also partial. Citations follow the new numbers.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tracker.law.model import Law, Provision, Unit
from tracker.law.numbering import NUMERAL, Number, read_numeral, write_numeral

__all__ = ["Mutation", "flatten", "mutate"]

Link = tuple[int, int]
_CLAUSE = re.compile("[^，。；：]+[，。；：]?")
_CITED = re.compile(rf"(?<!》)第({NUMERAL}+)条")
_PIECE = 25  # characters that a part needs to be worth an article


@dataclass
class Mutation:
    """The two laws and the truth, articles counted from 0 on either side."""

    old: Law
    new: Law
    links: set[Link] = field(default_factory=set)  # one to one
    groups: list[set[Link]] = field(default_factory=list)  # each a split or merger
    moved: set[int] = field(default_factory=set)  # old articles


@dataclass
class _Unit:
    """An article on its way: its 款, the old articles it comes from, whether it was moved."""

    paragraphs: list[Provision]
    origin: list[int]
    moved: bool = False
    done: bool = False


def flatten(law: Law) -> list[tuple[str, list[Provision]]]:
    """The chapters of a law with their articles; sections and parts are left out, all that is no
    article too."""
    chapters: list[tuple[str, list[Provision]]] = []

    def walk(siblings: Sequence[Provision], name: str) -> None:
        for one in siblings:
            if one.unit is Unit.ARTICLE:
                if not chapters or chapters[-1][0] != name:
                    chapters.append((name, []))
                chapters[-1][1].append(one)
            elif one.unit.is_heading:
                walk(one.children, one.caption or "")

    walk(law.body, "")
    return chapters


def mutate(law: Law, donors: Sequence[Provision], seed: int, *, hard: float = 1.0) -> Mutation:
    """A changed form of `law`. `donors` are articles of other laws; `hard` scales every rate."""
    draw = random.Random(seed)
    chapters = flatten(law)
    old = _build(title := law.title, [(name, [list(a.children) for a in arts]) for name, arts in
                                      chapters])  # fmt: skip
    units: list[tuple[str, list[_Unit]]] = []
    count = 0
    for name, articles in chapters:
        units.append((name, [_Unit(list(a.children), [count + n]) for n, a in enumerate(articles)]))
        count += len(articles)
    _move(units, count, draw, hard)
    for _, inside in units:
        _change(inside, donors, draw, hard)
    new = _build(title, [(name, [u.paragraphs for u in inside]) for name, inside in units])
    flat = [unit for _, inside in units for unit in inside]
    result = Mutation(old, new)
    by_old: dict[int, set[int]] = {}
    for at, unit in enumerate(flat):
        for origin in unit.origin:
            by_old.setdefault(origin, set()).add(at)
        result.moved |= set(unit.origin) if unit.moved else set()
    for at, unit in enumerate(flat):
        if len(unit.origin) > 1:
            result.groups.append({(origin, at) for origin in unit.origin})
    for origin, there in by_old.items():
        if len(there) > 1:
            result.groups.append({(origin, at) for at in there})
    parts = {link for group in result.groups for link in group}
    every = {(origin, at) for origin, there in by_old.items() for at in there}
    result.links = every - parts
    result.new = _cite(new, {o + 1: min(there) + 1 for o, there in by_old.items()})
    return result


def _move(units: list[tuple[str, list[_Unit]]], count: int, draw: random.Random, hard: float
          ) -> None:  # fmt: skip
    """Single articles, then a block, then two neighbouring chapters."""
    for _ in range(round(count * 0.03 * hard)):
        here = draw.choice([inside for _, inside in units])
        if len(here) > 3:
            _insert(units, [here.pop(draw.randrange(len(here)))], draw)
    if draw.random() < 0.4 * hard:
        name, here = max(units, key=lambda unit: len(unit[1]))
        size = draw.randint(3, 8)
        if len(here) > 3 * size:
            at = draw.randrange(len(here) - size)
            block, here[at : at + size] = here[at : at + size], []
            _insert(units, block, draw, name)
    if draw.random() < 0.2 * hard and len(units) > 4:
        at = draw.randrange(1, len(units) - 2)
        a, b = units[at][1], units[at + 1][1]
        sizes = [sum(_size(u) for u in inside) for inside in (a, b)]
        if len(a) != len(b) and (len(a) < len(b)) == (sizes[0] < sizes[1]):
            units[at], units[at + 1] = units[at + 1], units[at]
            for unit in min((a, b), key=len):
                unit.moved = True


def _insert(
    units: list[tuple[str, list[_Unit]]], block: list[_Unit], draw: random.Random, other: str = ""
) -> None:
    """Put articles at another place, in another chapter than `other` if there is one."""
    places = [inside for name, inside in units if name != other or len(units) == 1]
    there = draw.choice(places)
    at = draw.randrange(len(there) + 1)
    for unit in block:
        unit.moved = True
    there[at:at] = block


def _change(
    units: list[_Unit], donors: Sequence[Provision], draw: random.Random, hard: float
) -> None:
    """What happens to each article of a chapter."""
    at = 0
    while at < len(units):
        unit, chance = units[at], draw.random() / hard
        following = units[at + 1] if at + 1 < len(units) else None
        size = 1
        if chance < 0.04 and (pieces := _pieces(unit, draw)):
            units[at : at + 1] = _split(unit, pieces, donors, draw)
            size = 2
        elif chance < 0.08 and following and not (unit.moved or following.moved):
            units[at : at + 2] = [_merge(unit, following, draw)]
        elif chance < 0.12 and len(units) > 1:
            del units[at]
            size = 0
        elif chance < 0.45:
            unit.paragraphs = _reword(unit.paragraphs, donors, draw.uniform(0.02, 0.5), draw)
        if draw.random() / hard < 0.12:
            units.insert(at + size, _Unit(list(draw.choice(donors).children), []))
            size += 1
        at += size


def _pieces(unit: _Unit, draw: random.Random) -> tuple[list[Provision], list[Provision]] | None:
    """An article in two: at a 款, or at a full stop where it has one 款 only."""
    if len(unit.paragraphs) > 1:
        cut = draw.randrange(1, len(unit.paragraphs))
        halves = unit.paragraphs[:cut], unit.paragraphs[cut:]
    else:
        text = unit.paragraphs[0].text if unit.paragraphs else ""
        stops = [m.end() for m in re.finditer("。", text)][:-1]
        if not stops or unit.paragraphs[0].children:
            return None
        at = draw.choice(stops)
        one, other = (Provision(Unit.PARAGRAPH, text=part) for part in (text[:at], text[at:]))
        halves = [one], [other]
    return halves if all(_length(half) >= _PIECE for half in halves) else None


def _split(
    unit: _Unit, pieces: tuple[list[Provision], list[Provision]], donors: Sequence[Provision],
    draw: random.Random,
) -> list[_Unit]:  # fmt: skip
    first, second = (list(piece) for piece in pieces)
    way = draw.randrange(3)
    if way:  # reworded
        first = _reword(first, donors, draw.uniform(0.0, 0.3), draw)
        second = _reword(second, donors, draw.uniform(0.0, 0.3), draw)
    if way == 2:  # partial: something new stands beside the part
        fresh = list(draw.choice(donors).children)[:1]
        second = second + fresh if draw.random() < 0.5 else fresh + second
    return [_Unit(first, unit.origin, unit.moved), _Unit(second, list(unit.origin), unit.moved)]


def _merge(unit: _Unit, other: _Unit, draw: random.Random) -> _Unit:
    """Two articles as one; in one case of three only the last 款 of the second is taken over."""
    theirs = other.paragraphs
    if draw.randrange(3) == 0 and len(theirs) > 1 and _length(theirs[-1:]) >= _PIECE:
        theirs = theirs[-1:]
    return _Unit([*unit.paragraphs, *theirs], [*unit.origin, *other.origin])


def _reword(
    paragraphs: list[Provision], donors: Sequence[Provision], severity: float, draw: random.Random
) -> list[Provision]:
    """Clauses dropped, replaced by clauses of other laws, or put in."""

    def words(text: str) -> str:
        out = []
        for clause in _CLAUSE.findall(text):
            if draw.random() < severity:
                strange = draw.choice(donors)
                pool = _CLAUSE.findall(strange.children[0].text) if strange.children else []
                if pool and draw.random() < 0.7:
                    out.append(draw.choice(pool)[:-1] + clause[-1])
                if draw.random() < 0.3:
                    out.append(clause)
            else:
                out.append(clause)
        return "".join(out) or text

    def below(one: Provision) -> Provision:
        children = tuple(below(child) for child in one.children)
        return replace(one, text=words(one.text), children=children)

    return [below(one) for one in paragraphs]


def _size(unit: _Unit) -> int:
    return _length(unit.paragraphs)


def _length(paragraphs: Sequence[Provision]) -> int:
    return sum(len(one.text) + _length(one.children) for one in paragraphs)


def _build(title: str, chapters: list[tuple[str, list[list[Provision]]]]) -> Law:
    body: list[Provision] = []
    count = 0
    for at, (name, articles) in enumerate(chapters, 1):
        inside = []
        for paragraphs in articles:
            count += 1
            inside.append(Provision(Unit.ARTICLE, Number(count), None, "", tuple(paragraphs)))
        if len(chapters) > 1 and name:
            body.append(Provision(Unit.CHAPTER, Number(at), name, "", tuple(inside)))
        else:
            body += inside
    return Law(title, tuple(body))


def _cite(law: Law, became: dict[int, int]) -> Law:
    """The law with its citations of articles brought up to date."""

    def written(match: re.Match[str]) -> str:
        try:
            number = read_numeral(match[1])
        except ValueError:
            return match[0]
        return f"第{write_numeral(became[number])}条" if number in became else match[0]

    def below(one: Provision) -> Provision:
        text = _CITED.sub(written, one.text) if "第" in one.text else one.text
        return replace(one, text=text, children=tuple(below(child) for child in one.children))

    return Law(law.title, tuple(below(one) for one in law.body))
