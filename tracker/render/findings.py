"""What a check found, as a value that every output is a view of: texts, findings, comparisons.

Floor 4. Terminal, JSON, SARIF, JUnit, annotations and Markdown take it and give text; none of them
asks a file or the store.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tracker.diff.model import Changes
from tracker.law.problems import Problem, Severity
from tracker.render.side import SideInfo

__all__ = ["Checked", "Compared", "Explained", "count", "is_at_least", "worst_first"]


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparison of a text with the stage before it."""

    changes: Changes
    old: SideInfo
    new: SideInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One text and what was found in it.

    `name` is what the user called it, `path` the file that its lines are counted in (``/`` between
    folders, empty for standard input). `problems` stand in the order of the text, with their line
    in that file where it is known. `texts` gives the words at an address, for each address that a
    problem has. `ignored` are findings that the settings left aside, with the reason. `complete` is
    False where the text could not be read, so that nothing is known of it.
    """

    name: str
    problems: tuple[Problem, ...] = ()
    path: str = ""
    title: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[tuple[Problem, str], ...] = ()
    compared: Compared | None = None
    complete: bool = True


class Explained(Protocol):
    """What the reference says of a code, as `tracker.check.reference.Entry` has it."""

    @property
    def code(self) -> str: ...
    @property
    def chinese(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def wrong(self) -> str: ...
    @property
    def right(self) -> str: ...
    @property
    def remedy(self) -> str: ...


def count(problems: Sequence[Problem], severity: Severity) -> int:
    """How many findings are of this severity."""
    return sum(problem.severity is severity for problem in problems)


def is_at_least(problem: Problem, severity: Severity) -> bool:
    """Whether a finding is as bad as `severity`, or worse."""
    return problem.severity.rank <= severity.rank


def worst_first(checked: Sequence[Checked]) -> Iterator[tuple[Checked, Problem]]:
    """Every finding with its text: the errors of all texts, then the warnings, then the rest."""
    for severity in Severity:
        for one in checked:
            for problem in one.problems:
                if problem.severity is severity:
                    yield one, problem
