"""Bytes in, lines out: one module a format, found by content and never by the file's name.

Floor 1, the first step of reading. A format module takes decoded text and gives `Extracted`: the
lines with their places in the source, what it left out (with a reason each), and what the form
itself says (a questionnaire's dates). Nothing is normalised here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, overload

from tracker.law.problems import Problem
from tracker.parse.document import Dropped, Place, Tracked

__all__ = ["NO_HINTS", "Extracted", "Hints", "Lines"]


@dataclass(frozen=True, slots=True)
class Hints:
    """What the form of a source says about it, apart from its text; None where it is silent."""

    title: str | None = None
    published: date | None = None
    comment_start: date | None = None
    comment_end: date | None = None


NO_HINTS: Final = Hints()
"""Of nearly all sources; one is enough, since nothing can be written in it."""


class Lines(Sequence[str]):
    """The lines of a text, split when the first of them is asked for; `signs` as `signs_of` has
    them, None where they are not known.

    >>> lines = Lines("甲\\n乙")
    >>> len(lines), list(lines), lines[1], lines.text
    (2, ['甲', '乙'], '乙', '甲\\n乙')
    """

    __slots__ = ("_lines", "signs", "text")

    def __init__(self, text: str, signs: int | None = None) -> None:
        self.text, self.signs = text, signs
        self._lines: list[str] | None = None

    def _split(self) -> list[str]:
        if self._lines is None:
            self._lines = self.text.split("\n")
        return self._lines

    def __len__(self) -> int:
        return len(self._split())

    def __iter__(self) -> Iterator[str]:
        return iter(self._split())

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    def __getitem__(self, index: int | slice) -> str | list[str]:
        return self._split()[index]


@dataclass(slots=True)
class Extracted:
    """The lines of a source. `places` None means: line n begins in line n+1, column 1. `tracked` is
    the text that was taken of a Word file with tracked changes, `reader` the library, and its
    version, that took the lines out of a PDF. `certain` says that each line is a paragraph or a row
    of a table by the word of the source: none was cut, and none is joined.

    Not frozen: its lists are filled on the way.
    """

    format: str
    lines: Sequence[str]
    places: list[Place] | None = None
    dropped: list[Dropped] = field(default_factory=list)
    rewrites: dict[str, int] = field(default_factory=dict)
    hints: Hints = NO_HINTS
    problems: list[Problem] = field(default_factory=list)
    tracked: Tracked | None = None
    reader: str | None = None
    certain: bool = False

    def place(self, index: int) -> Place:
        """Where the n-th line (from 0) begins in the source."""
        return self.places[index] if self.places is not None else Place(index + 1)
