"""The bytes of an amending act → its lines, normalised as those of a law are.

Floor 2, before `items`.
"""

from __future__ import annotations

from tracker.law.problems import Problem, TrackerError
from tracker.parse.document import Place, SourceLine
from tracker.parse.normalise import normalise

__all__ = ["act_lines"]


def act_lines(data: bytes, name: str) -> tuple[tuple[SourceLine, ...], tuple[Problem, ...]]:
    """The lines of a source with their places, and what was doubtful about its characters.

    Raises TrackerError (`unreadable-source`, `control-character`).
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TrackerError(
            "unreadable-source",
            f"{name} 第 {error.start + 1} 个字节不是文字",
            "请转换为 UTF-8 文本",
        ) from None
    done = normalise(text.splitlines(), lambda index: Place(index + 1))
    lines = tuple(SourceLine(line, Place(n)) for n, line in enumerate(done.lines, 1) if line)
    return lines, done.problems
