"""A redline in lines: pieces of 款 and 项, unchanged runs folded, and its plain spelling.

Floor 4. Without colour a redline is written ``[-deleted-]{+inserted+}``, as `git diff --word-diff`
does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tracker.diff.model import Op, Redline

__all__ = ["STACK_BELOW", "Line", "excerpt", "marked", "redline_lines", "visible"]

STACK_BELOW: Final = 0.5  # under this similarity the words of an inline redline no longer read
_KEEP_AROUND: Final = 1  # unchanged lines kept on either side of a change
_FOLD_FROM: Final = 2  # shorter unchanged runs are shown: the note would be as long as the text

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ue000-\uf8ff]"
)


def visible(text: str) -> str:
    """Text that is safe on a terminal: control and invisible characters are spelled out.

    Tab and newline stay. A source can hold an escape sequence or a character that turns the
    direction of writing; neither may act on the reader's screen.

    >>> visible("条\\x1b[31m例\\u202e")
    '条<U+001B>[31m例<U+202E>'
    """
    return _UNSEEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a redline (a 款, 项 or 目), or a note that `skipped` lines are left out."""

    pieces: Redline = ()
    skipped: int = 0

    @property
    def changed(self) -> bool:
        """Whether any word of it differs."""
        return any(op is not Op.EQUAL for op, _ in self.pieces)


def marked(redline: Redline) -> str:
    """The plain spelling.

    >>> marked(((Op.EQUAL, "处"), (Op.DELETE, "一万元"), (Op.INSERT, "五万元"), (Op.EQUAL, "罚款")))
    '处[-一万元-]{+五万元+}罚款'
    """
    signs = {Op.EQUAL: ("", ""), Op.DELETE: ("[-", "-]"), Op.INSERT: ("{+", "+}")}
    return "".join(signs[op][0] + text + signs[op][1] for op, text in redline)


def redline_lines(redline: Redline) -> tuple[Line, ...]:
    """Cut at the newlines, whichever piece they stand in; empty lines go."""
    lines: list[list[tuple[Op, str]]] = [[]]
    for op, text in redline:
        first, *rest = text.split("\n")
        if first:
            lines[-1].append((op, first))
        for part in rest:
            lines.append([(op, part)] if part else [])
    return tuple(Line(tuple(pieces)) for pieces in lines if pieces)


def excerpt(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Long unchanged runs folded into a note; a line on either side of a change stays."""
    near = {
        place
        for index, line in enumerate(lines)
        if line.changed
        for place in range(index - _KEEP_AROUND, index + _KEEP_AROUND + 1)
    }
    out: list[Line] = []
    run: list[Line] = []
    for index, line in enumerate((*lines, None)):
        if line is not None and index not in near:
            run.append(line)
            continue
        out += [Line(skipped=len(run))] if len(run) >= _FOLD_FROM else run
        run = []
        if line is not None:
            out.append(line)
    return tuple(out)
