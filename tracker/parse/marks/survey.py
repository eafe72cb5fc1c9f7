"""Where the marks stand that a step looks for: found in one walk, so that no step walks them all.

Floor 1, between the kinds of lines and joining. Articles, headings and lines that end without the
punctuation of a sentence are what wrapped lines, citations, captions and page numbers are told by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tracker.parse.marks.kinds import ANNEX, ARTICLE, CAPTION_OPENS, HAN, NUMBERED, TEXT, Kind, Mark

__all__ = ["ENDS", "HEADINGS", "MAY_BREAK", "Survey", "is_plain", "survey"]

ENDS: Final = frozenset("。；：！？”’】》）.…")
"""How a line ends that is finished."""
HEADINGS: Final = frozenset({Kind.PART, Kind.SUBPART, Kind.CHAPTER, Kind.SECTION})
MAY_BREAK: Final = HEADINGS | {ARTICLE, ANNEX, HAN}
"""What may begin a part of the text; all else belongs to what stands above it."""
_FINISHED: Final = "。；：”！？’】.…"
"""The same without 》 and ）, the most frequent first: to look through a short text takes two
thirds of the time of asking a set or of `endswith`."""


@dataclass(slots=True)
class Survey:
    """Indexes of marks, each list in order.

    `kinds` are those of all marks, `present` the same without order, `breaks` the marks whose kinds
    are among `MAY_BREAK`, articles and headings among them. `odd` are marks that begin with 第 or a
    misprint of it: all that are no plain article (`is_plain`), and perhaps some that are. `loose`
    are the marks that end without punctuation, or with 》, which may stand in a sentence;
    `bracketed` those that end with ）.
    """

    kinds: list[Kind]
    present: frozenset[Kind]
    breaks: list[int]
    articles: list[int]
    headings: list[int]
    odd: list[int]
    loose: list[int]
    bracketed: list[int]


def is_plain(mark: Mark) -> bool:
    """Whether a mark is that of an article with a space behind its number and a text behind that,
    which does not begin with the bracket of a caption: nine of ten lines that begin with 第."""
    return (
        mark.kind is ARTICLE
        and mark.set_off
        and mark.rest != ""
        and mark.rest[0] not in CAPTION_OPENS
    )


def survey(marks: Sequence[Mark], odd: list[int] | None = None) -> Survey:
    """What stands where in the marks of a text, none of them blank; `odd` where it is known.

    >>> from tracker.parse.marks.kinds import scan
    >>> seen = survey(scan(["某市条例", "第一章　总则", "第一条　依照《某法》", "制定本条例。"]))
    >>> seen.articles, seen.headings, seen.loose
    ([2], [1], [0, 1, 2])
    """
    if odd is None:
        begins = [i for i, mark in enumerate(marks) if mark.line[0] in NUMBERED]
        odd = [i for i in begins if not is_plain(marks[i])]
    article, named, may_break, finished = ARTICLE, HEADINGS, MAY_BREAK, _FINISHED
    kinds = [mark.kind for mark in marks]
    text = TEXT  # most are, and need not be looked up
    breaks = [i for i, kind in enumerate(kinds) if kind is not text and kind in may_break]
    articles = [i for i in breaks if kinds[i] is article]
    headings = [i for i in breaks if kinds[i] in named]
    ends = [i for i, mark in enumerate(marks) if mark.line[-1] not in finished]  # one of ten
    return Survey(
        kinds,
        frozenset(kinds),
        breaks,
        articles,
        headings,
        odd,
        [i for i in ends if marks[i].line[-1] != "）"],
        [i for i in ends if marks[i].line[-1] == "）"],
    )
