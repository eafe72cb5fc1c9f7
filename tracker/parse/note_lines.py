"""A 题注 printed in one line → a line for each of its events.

Floor 1, used by reading once the lines of the 题注 are known. National laws set the events of their
history apart by a wide space, which the rules for characters would take away.
"""

from __future__ import annotations

import re
from typing import Final

from tracker.parse.normalise import normalise_line
from tracker.parse.phrases import is_enactment_note

__all__ = ["may_be_several", "note_lines"]

_ENDS: Final = "(?:通过|公布|发布|颁布|批准|修正|修订|修改|施行|实施|废止|定》)[）)]?"
_BEGINS: Final = "(?:根据|依据|自)?[12][0-9]{3}年"
_BETWEEN: Final = re.compile(f"{_ENDS}(?P<gap>[ \u3000\u00a0]+)(?={_BEGINS})")
"""The spaces between two events. Those behind a date set off no event: 1999年9月28日 国务院…通过.
自公布之日起施行 stays with the day it counts from."""


_SEVERAL: Final = re.compile(_ENDS + _BEGINS)


def may_be_several(text: str) -> bool:
    """Whether one event may follow another in a line of a 题注 without its spaces; where not, it is
    of no use to look up how it was printed.

    >>> may_be_several("（1994年8月31日通过根据2009年8月27日《决定》修正）"), may_be_several("通过")
    (True, False)
    """
    return text.count("年") > 1 and _SEVERAL.search(text) is not None


def note_lines(text: str, printed: str) -> list[str]:
    """The lines of one line of a 题注; `printed` is the same line with the spaces of the source.

    >>> note_lines("（1994年8月31日通过根据2009年8月27日《决定》修正）",
    ...     "（1994年8月31日 通过　根据2009年8月27日《决定》修正）")
    ['（1994年8月31日通过', '根据2009年8月27日《决定》修正）']
    """
    pieces, done = [], 0
    for found in _BETWEEN.finditer(printed):
        pieces.append(printed[done : found.start("gap")])
        done = found.end()
    if not pieces:
        return [text]
    lines = [normalise_line(piece) for piece in (*pieces, printed[done:])]
    return lines if "".join(lines) == text and _read_alike(lines) else [text]


def _read_alike(lines: list[str]) -> bool:
    """Whether each line by itself would be taken for one of a 题注, so that reading them again
    gives the same."""
    open_bracket = False
    for line in lines:
        if not (open_bracket or is_enactment_note(line)):
            return False
        open_bracket = (open_bracket or line.startswith("（")) and not line.endswith("）")
    return True
