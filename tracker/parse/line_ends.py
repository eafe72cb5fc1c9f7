"""Which lines end without the punctuation of a sentence: asked once, for all that joins lines.

Floor 1, between the kinds of lines and joining. In a law they are its title and headings and little
else, so that whoever begins with them has few lines to look at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tracker.parse.lines import Mark

__all__ = ["ENDS", "loose_ends", "open_ends"]

ENDS: Final = frozenset("。；：！？”’】》）.…")
"""How a line ends that is finished."""
_FINISHED: Final = ("。", "；", "：", "）", "”", "！", "？", "’", "】", ".", "…")
"""The same without 》, the most frequent first: `endswith` takes half the time of asking a set for
the last character, which is made anew as a string for each line."""


def loose_ends(marks: Sequence[Mark]) -> list[int]:
    """The indexes of marks that end without punctuation, or with 》, which may stand in a sentence.

    >>> from tracker.parse.lines import scan
    >>> loose_ends(scan(["某市条例", "依照《某法》", "制定本条例。"]))
    [0, 1]
    """
    finished = _FINISHED
    return [i for i, mark in enumerate(marks) if not mark[3].endswith(finished)]


def open_ends(marks: Sequence[Mark], loose: Sequence[int]) -> list[int]:
    """Those of the loose ends that are not 》."""
    return [i for i in loose if marks[i][3][-1] != "》"]
