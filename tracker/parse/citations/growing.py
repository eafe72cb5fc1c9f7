"""A citation while it is being read: it grows number by number, and what it is counted from.

Floor 1, between the words (`words`) and the scanner (`scan`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tracker.law.model import Unit
from tracker.parse.citations.model import (
    Antecedent,
    Base,
    Citation,
    CitationKind,
    Ordinal,
    Step,
    Target,
)
from tracker.parse.citations.words import LEVEL, RANGE

__all__ = ["Growing", "above_unit", "cut_at", "down_to"]


@dataclass(slots=True)
class Growing:
    """A citation that may still grow."""

    start: int
    end: int
    kind: CitationKind
    title: str | None = None
    base: Base | None = None
    within: str | None = None
    after: Antecedent | None = None
    targets: list[Target] = field(default_factory=list)
    ordinals: list[Ordinal] = field(default_factory=list)

    def close(self, text: str) -> Citation:
        """The finished citation; `text` is what it was read in."""
        return Citation(
            self.start, self.end, text[self.start : self.end], self.kind, tuple(self.targets),
            self.title, self.base, self.within, self.after, tuple(self.ordinals),
        )  # fmt: skip

    @property
    def path(self) -> tuple[Step, ...]:
        """The path that the next number may go on from."""
        if not self.targets:
            return ()
        return self.targets[-1].last or self.targets[-1].first

    @property
    def antecedent(self) -> Antecedent | None:
        """What a bare number later in the text may go on from."""
        if self.kind is CitationKind.EXTERNAL:
            return None
        path = self.path
        bare = self.base is None and bool(path) and LEVEL[path[0][0]] > LEVEL[Unit.ARTICLE]
        if bare and self.after is not None:
            return Antecedent(self.after.base, (*above_unit(self.after.path, path[0][0]), *path))
        return Antecedent(self.base, path)

    def add(self, joint: str, ordinal: Ordinal) -> None:
        """One more number, and what joins it to those before it."""
        step = (ordinal.unit, ordinal.number)
        above = above_unit(self.path, ordinal.unit)
        path = (*above, step)
        if RANGE.fullmatch(joint) and self.targets:
            self.targets[-1] = replace(self.targets[-1], last=path)
        elif not joint and self.targets and above == self.path:  # 第十条 + 第二款
            target = self.targets[-1]
            self.targets[-1] = replace(target, last=path) if target.last else Target(path)
        else:
            self.targets.append(Target(path))
        self.ordinals.append(ordinal)


def above_unit(path: tuple[Step, ...], unit: Unit) -> tuple[Step, ...]:
    """The part of a path that a number of this unit is counted in."""
    return tuple(step for step in path if LEVEL[step[0]] < LEVEL[unit])


def down_to(path: tuple[Step, ...], unit: Unit) -> tuple[Step, ...]:
    """A path as far as `unit`; empty where it does not name one."""
    if all(step[0] is not unit for step in path):
        return ()
    return tuple(step for step in path if LEVEL[step[0]] <= LEVEL[unit])


def cut_at(target: Target, unit: Unit) -> Target:
    """A target without what lies below `unit`: 第十条第一款 as an article is 第十条."""
    last = down_to(target.last, unit) if target.last else None
    return Target(down_to(target.first, unit), last or None)
