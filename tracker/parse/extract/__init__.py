"""Bytes in, lines out: one module a format, found by content and never by the file's name.

Floor 1, the first step of reading. A format module takes decoded text and gives `Extracted`: the
lines with their places in the source, what it left out (with a reason each), and what the form
itself says (a questionnaire's dates). Nothing is normalised here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tracker.law.problems import Problem
from tracker.parse.document import Dropped, Place

__all__ = ["Extracted", "Hints"]


@dataclass(frozen=True, slots=True)
class Hints:
    """What the form of a source says about it, apart from its text; None where it is silent."""

    title: str | None = None
    published: date | None = None
    comment_start: date | None = None
    comment_end: date | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """The lines of a source. `places` None means: line n begins in line n+1, column 1."""

    format: str
    lines: list[str]
    places: list[Place] | None = None
    dropped: list[Dropped] = field(default_factory=list)
    rewrites: dict[str, int] = field(default_factory=dict)
    hints: Hints = field(default_factory=Hints)
    problems: list[Problem] = field(default_factory=list)

    def place(self, index: int) -> Place:
        """Where the n-th line (from 0) begins in the source."""
        return self.places[index] if self.places is not None else Place(index + 1)
