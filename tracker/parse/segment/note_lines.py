"""The lines of a 题注 and its events: several in one line, and one that a page cut into several.

Floor 1, used by segmenting, reading and facts. National laws set the events of their history apart
by a wide space, which the rules for characters would take away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tracker.parse.dates import DAY, full_days
from tracker.parse.marks.kinds import TEXT, Mark
from tracker.parse.normalise.rules import normalise_line
from tracker.parse.phrases import is_enactment_note

__all__ = ["may_be_several", "note_goes_on", "note_lines", "whole_events"]

MOST_CUT: Final = 3
"""Lines that one event of a 题注 is cut into; in 3,423 laws the most are three."""

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


_ENDS_IN_ACT: Final = re.compile(
    rf"{DAY}.{{0,400}}(?:通过|[公发]布|修[正订])。|.{{0,400}}(?:通过|[公发]布|批准|施行|修[正订])）?"
)
_ACT_ENDS: Final = re.compile(
    "(?:通过|[公发颁]布|施行|实[行施]|修[正订改]|批准|废止)[）。，]{0,3}$"
)


LONGEST_ACT: Final = 8
"""Characters at the end of a line that may hold its act: 通过）. The rest need not be searched."""


def note_goes_on(marks: Sequence[Mark], index: int) -> bool:
    """Whether a line goes on with the 题注 above it, which a page cut: it, or one soon below it,
    ends in an act.

    Before: 2020年3月26日某省人大常委会批准的《关于修改⏎废止部分地方性法规的决定》第五次修正
    After:  both are of the enactment note
    """
    for mark in marks[index : index + MOST_CUT]:
        if mark.kind is not TEXT:
            return False
        if _ENDS_IN_ACT.fullmatch(mark.text):
            return True
        if mark.text[-1] in "。；：":
            return False
    return False


def whole_events(lines: Sequence[str]) -> list[str]:
    """The lines of a 题注, one that a page cut before its act joined with the next.

    >>> whole_events(["1984年1月7日国务院", "中央军委发布", "1985年1月1日修正"])
    ['1984年1月7日国务院中央军委发布', '1985年1月1日修正']
    """
    out: list[str] = []
    for line in lines:
        if out and not _ACT_ENDS.search(out[-1][-LONGEST_ACT:]) and not full_days(line):
            out[-1] += line
        else:
            out.append(line)
    return out
