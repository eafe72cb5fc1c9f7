"""Text that changed its place inside an article, found again in its redline.

Floor 2; for views, so it brings no dictionary. `moved_text` cuts out what moved as pieces of its
own when the redline is made: a deleted and an inserted piece with the same words are one move.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from tracker.diff.model import Op, Redline

__all__ = ["LEAST", "PENALTY", "STOPS", "find_moves"]

LEAST: Final = 8
"""Characters that a clause must have to be told from stock wording: 县级以上人民政府 has 8, but is
no clause of its own."""
PENALTY: Final = re.compile("罚款|罚金|拘留|徒刑|没收|吊销|警告")
"""What moves as a whole sentence only: else it is a penalty that another act has now."""
STOPS: Final = "。；\n"  # a sentence ends there, or where no character follows


def find_moves(redline: Redline) -> tuple[tuple[int, int], ...]:
    """Which pieces are one text that moved: index of the deleted one, index of the inserted one.

    >>> moved = "路灯应当逐杆编号"
    >>> find_moves(((Op.INSERT, moved), (Op.EQUAL, "；养护单位应当巡查；"), (Op.DELETE, moved)))
    ((2, 0),)
    """
    if len(redline) < 2:  # nothing differs, as in most entries
        return ()
    come: dict[str, list[int]] = defaultdict(list)
    for at, (op, text) in enumerate(redline):
        if op is Op.INSERT and len(text) >= LEAST:
            come[text].append(at)
    if not come:
        return ()
    return tuple(
        (at, come[text].pop(0))
        for at, (op, text) in enumerate(redline)
        if op is Op.DELETE and come.get(text) and _may_move(redline, at, come[text][0])
    )


def _may_move(redline: Redline, gone: int, come: int) -> bool:
    """Whether these are no penalties of two acts: 甲处警告{+或者罚款+}；乙，处拘留[-或者罚款-]."""
    if not PENALTY.search(redline[gone][1]):
        return True
    return all(
        _end(redline[:at][::-1], other, -1) in STOPS and _end(redline[at + 1 :], other, 0) in STOPS
        for at, other in ((gone, Op.INSERT), (come, Op.DELETE))
    )


def _end(pieces: Redline, other: Op, place: int) -> str:
    """The character next to a piece on its side; none at an end of the text."""
    return next((text[place] for op, text in pieces if op is not other), "")
