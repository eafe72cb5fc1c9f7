"""The bytes of an amending act → its lines, normalised as those of a law are.

Floor 2, before `items`. Only the characters are brought into canonical form; what a line is, an act
decides by other rules than a law.
"""

from __future__ import annotations

from tracker.law.problems import Problem
from tracker.parse.document import SourceLine, Tracked
from tracker.parse.normalise.rules import normalise
from tracker.parse.reading import extract

__all__ = ["act_lines"]


def act_lines(
    data: bytes, name: str, tracked: Tracked | None = None
) -> tuple[tuple[SourceLine, ...], tuple[Problem, ...]]:
    """The lines of a source with their places, and what was doubtful about its characters.

    Raises TrackerError (`unreadable-source`, `tracked-changes`, `control-character`).
    """
    extracted = extract(data, name, tracked)
    done = normalise(extracted.lines, extracted.place)
    return (
        tuple(
            SourceLine(line, extracted.place(index))
            for index, line in enumerate(done.lines)
            if line
        ),
        done.problems,
    )
