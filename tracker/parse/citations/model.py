"""What a citation is: frozen values, made by the scanner and read by whoever resolves or compares.

Floor 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.law.address import Address
from tracker.law.model import Unit
from tracker.law.numbering import Number

__all__ = ["Antecedent", "Base", "Citation", "CitationKind", "Ordinal", "Step", "Target"]


class CitationKind(StrEnum):
    """Which law a citation points into, and how."""

    INTERNAL = "internal"  # 第三条, 本法第三条: by number in the same law
    RELATIVE = "relative"  # 前款, 本条第二款, 第二款: from where the citation stands
    EXTERNAL = "external"  # 《民法典》第十条, 刑法第三条: in another law


Step = tuple[Unit, Number]


@dataclass(frozen=True, slots=True)
class Target:
    """What is pointed at: a path of units and numbers; `last` ends a range (第三条至第五条)."""

    first: tuple[Step, ...]
    last: tuple[Step, ...] | None = None

    @property
    def citation(self) -> str:
        """As laws write it: 第二条第八款至第十款."""
        first = Address(self.first).citation
        if self.last is None:
            return first
        same = self.first[:-1] == self.last[:-1]
        return f"{first}至{Address(self.last[-1:] if same else self.last).citation}"


@dataclass(frozen=True, slots=True)
class Base:
    """Where a relative citation starts: 前两款 is ``Base("前", PARAGRAPH, 2)``, 本条 has 本."""

    word: str
    unit: Unit
    count: int = 1


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What the citation before points into: 前款第一项……；第二项…… goes on from (前款, 第一项)."""

    base: Base | None
    path: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Ordinal:
    """One written number: its place in the text (code points), without 第, unit or brackets.

    ``text[tail[0]:tail[1]]`` is the 之一 behind the unit, empty where there is none; in 第三、五条
    only the last number has a place for one (`tail` is None for the others).
    """

    start: int
    end: int
    unit: Unit
    number: Number
    tail: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation and where it stands: ``text[start:end] == citation.text``.

    A list (第三条、第五条和第七条) is one citation with several targets. `title` is the cited law's
    name as written, without 《》, for an external one. `base` is set for 前款, 本条 and the like,
    and `within` for a named part of the law (总则第四章). 前款 alone has no targets: its base says
    it all. A relative citation without base (第二款) is counted from where it stands, or goes on
    from `after`, the citation of the same law before it in the same text.
    """

    start: int
    end: int
    text: str
    kind: CitationKind
    targets: tuple[Target, ...] = ()
    title: str | None = None
    base: Base | None = None
    within: str | None = None
    after: Antecedent | None = None
    ordinals: tuple[Ordinal, ...] = ()

    @property
    def path(self) -> tuple[Step, ...]:
        """The path of the last target; the next number in the text may go on from it."""
        return (self.targets[-1].last or self.targets[-1].first) if self.targets else ()
