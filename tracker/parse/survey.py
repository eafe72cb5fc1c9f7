"""Where the marks stand that a step looks for: found in one walk, so that no step walks them all.

Floor 1, between the kinds of lines and joining. Articles, headings and lines that end without the
punctuation of a sentence are what wrapped lines, citations, captions and page numbers are told by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tracker.parse.lines import Kind, Mark

__all__ = ["ENDS", "HEADINGS", "MAY_BREAK", "Survey", "survey"]

ENDS: Final = frozenset("。；：！？”’】》）.…")
"""How a line ends that is finished."""
HEADINGS: Final = frozenset({Kind.PART, Kind.SUBPART, Kind.CHAPTER, Kind.SECTION})
MAY_BREAK: Final = HEADINGS | {Kind.ARTICLE, Kind.ANNEX, Kind.HAN}
"""What may begin a part of the text; all else belongs to what stands above it."""
_FINISHED: Final = ("。", "；", "：", "”", "！", "？", "’", "】", ".", "…")
"""The same without 》 and ）, the most frequent first: `endswith` takes half the time of asking a
set for the last character, which is made anew as a string for each line."""


@dataclass(slots=True)
class Survey:
    """Indexes of marks, each list in order.

    `kinds` are those of all marks, `present` the same without order, `breaks` the marks whose kinds
    are among `MAY_BREAK`, articles and headings among them. `loose` are the marks that end without
    punctuation, or with 》, which may stand in a sentence; `bracketed` those that end with ）.
    """

    kinds: list[Kind]
    present: frozenset[Kind]
    breaks: list[int]
    articles: list[int]
    headings: list[int]
    loose: list[int]
    bracketed: list[int]


def survey(marks: Sequence[Mark]) -> Survey:
    """What stands where in the marks of a text, none of them blank.

    >>> from tracker.parse.lines import scan
    >>> seen = survey(scan(["某市条例", "第一章　总则", "第一条　依照《某法》", "制定本条例。"]))
    >>> seen.articles, seen.headings, seen.loose
    ([2], [1], [0, 1, 2])
    """
    article, headings, may_break, finished = Kind.ARTICLE, HEADINGS, MAY_BREAK, _FINISHED
    kinds = [mark[0] for mark in marks]
    breaks = [i for i, kind in enumerate(kinds) if kind in may_break]
    ends = [i for i, mark in enumerate(marks) if not mark[3].endswith(finished)]  # one of ten
    return Survey(
        kinds,
        frozenset(kinds),
        breaks,
        [i for i in breaks if kinds[i] is article],
        [i for i in breaks if kinds[i] in headings],
        [i for i in ends if marks[i][3][-1] != "）"],
        [i for i in ends if marks[i][3][-1] == "）"],
    )
