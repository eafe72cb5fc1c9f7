"""Lines of a source → marks, with the way back to its lines and the account so far.

Floor 1, between extraction and segmenting: normalise, scan, unwrap, join headings and citations,
recover articles and captions. Blank lines have no marks; whether one stands above a mark can be
asked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tracker.law.problems import Problem
from tracker.parse.document import Dropped, Place
from tracker.parse.extract import Extracted
from tracker.parse.marks.captions import repair_captions
from tracker.parse.marks.cut_lines import join_cut_lines
from tracker.parse.marks.glued import recover_glued, recover_with_signs, split_headings
from tracker.parse.marks.kinds import Mark, new_mark
from tracker.parse.marks.lone_captions import join_captions, lone_captions
from tracker.parse.marks.misprints import recover_misprints
from tracker.parse.marks.run_in_items import split_items
from tracker.parse.marks.scan import scan_source
from tracker.parse.marks.survey import Survey, survey
from tracker.parse.marks.wrapping import (
    join_citations,
    join_headings,
    join_lone_items,
    unwrap,
)
from tracker.parse.normalise.rules import normalise_blocks

__all__ = ["SourceMarks", "mark_source"]


_JOINS_OF_FORM: Final = (join_lone_items, join_captions, join_headings)
_JOINS: Final = (*_JOINS_OF_FORM, join_citations)
"""What joins lines of ordinary texts, in the order of work. Where the source itself says what is a
paragraph, only numbers, captions and headings that were set on two lines are put together."""


@dataclass(slots=True)
class SourceMarks:
    """A source on its way: its marks with their places, and the account so far.

    `filled` are the numbers of its lines that are not blank, not yet joined; `marks` what they say,
    `first` the number of the first line of each; `pages` the numbers of lines that hold a page
    number only. `survey` tells where which marks stand.
    """

    extracted: Extracted
    filled: Sequence[int]
    marks: list[Mark]
    first: Sequence[int]
    rewrites: dict[str, int]
    dropped: list[Dropped]
    problems: list[Problem]
    pages: frozenset[int]
    survey: Survey

    def place(self, index: int) -> Place:
        """Where the n-th mark begins in the source."""
        return self.extracted.place(self.first[index])

    def raw(self, index: int) -> str:
        """The lines of the source that the n-th mark was made of."""
        begin = bisect_left(self.filled, self.first[index])
        stop = len(self.filled)
        if index + 1 < len(self.first):
            stop = bisect_left(self.filled, self.first[index + 1])
        lines = self.filled[begin:stop]
        return "\n".join(self.extracted.lines[i] for i in lines if i not in self.pages)

    def apart(self, index: int) -> bool:
        """Whether a blank line stands above the n-th mark."""
        above = self.first[index] - 1
        while above in self.pages:
            above -= 1
        at = bisect_left(self.filled, above)
        return above >= 0 and (at == len(self.filled) or self.filled[at] != above)


def _joined(
    marks: list[Mark], first: Sequence[int], seen: Survey, place: Callable[[int], Place],
    certain: bool,
) -> tuple[list[Mark], Sequence[int], Survey, list[Problem]]:  # fmt: skip
    """The marks with what `_JOINS` and `join_cut_lines` join, and what these leave in doubt."""
    for join in _JOINS_OF_FORM if certain else _JOINS:
        whole, first = join(marks, first, seen)
        if whole is not marks:
            marks, seen = whole, survey(whole)
    whole, first, unfinished = join_cut_lines(marks, first, seen, certain)
    seen = seen if whole is marks else survey(whole)
    return whole, first, seen, [replace(p, line=place(first[i]).line) for i, p in unfinished]


def _items_apart(
    marks: list[Mark], first: Sequence[int], seen: Survey, rewrites: dict[str, int]
) -> tuple[list[Mark], Sequence[int], Survey]:
    """Marks, first lines and survey with run-in 项 on lines of their own, counted in `rewrites`."""
    whole, first = split_items(marks, first)
    if whole is marks:
        return marks, first, seen
    rewrites["line-end"] = rewrites.get("line-end", 0) + len(whole) - len(marks)
    return whole, first, survey(whole)


def _with_pages(extracted: Extracted, pages: Sequence[int]) -> list[Dropped]:
    """What was dropped, with the lines that hold a page number only."""
    dropped = list(extracted.dropped)
    for i in pages:
        text = extracted.lines[i]
        reason = "page-number" if any(map(str.isalnum, text)) else "page-furniture"
        dropped.append(Dropped(text, extracted.place(i), reason))
    return dropped


def mark_source(extracted: Extracted) -> SourceMarks:
    """The marks of the lines of a source: normalised, unwrapped, with their captions repaired."""
    source = scan_source(normalise_blocks(extracted.lines, extracted.place))
    scanned, filled, rewrites = source.marks, source.filled, dict(extracted.rewrites)
    for code, count in source.rewrites.items():
        rewrites[code] = rewrites.get(code, 0) + count
    seen = survey(scanned, source.odd)
    if signed := recover_with_signs(scanned, seen):
        rewrites["heading-number"] = rewrites.get("heading-number", 0) + signed
        seen = survey(scanned)
    whole, first, pages = unwrap(scanned, filled, seen, extracted.certain)
    seen = seen if whole is scanned else survey(whole)
    marks, first, seen, problems = _joined(whole, first, seen, extracted.place, extracted.certain)
    joined = len(scanned) - len(marks) - len(pages)
    if joined:
        rewrites["line-join"] = rewrites.get("line-join", 0) + joined
    whole, first, divided = split_headings(marks, first, seen)
    if divided:
        marks, seen = whole, survey(whole)
        problems += [replace(p, line=extracted.place(first[i]).line) for i, p in divided]
        rewrites["line-end"] = rewrites.get("line-end", 0) + len(divided)
    if source.runs_on:
        marks, first, seen = _items_apart(marks, first, seen, rewrites)
    dropped = _with_pages(extracted, pages)
    problems = [*extracted.problems, *source.problems, *problems]
    read = SourceMarks(
        extracted, filled, marks, first, rewrites, dropped, problems, frozenset(pages),
        seen,
    )  # fmt: skip
    if recover_glued(marks, seen):
        read.survey = survey(marks)
    misprints = recover_misprints(marks, read.survey)
    if misprints:
        rewrites["heading-number"] = rewrites.get("heading-number", 0) + len(misprints)
        problems += [replace(p, line=read.place(i).line) for i, p in misprints]
        read.survey = survey(marks)
    alone, broken = lone_captions(marks, read.survey.articles)
    problems += [replace(p, line=read.place(i).line) for i, p in broken]
    for index in alone:
        mark = marks[index]
        caption = f"【{mark.rest.strip('（）')}】"
        marks[index] = new_mark(mark.kind, mark.number, caption, mark.text)
    captions = len(alone)
    captions += repair_captions(marks, read.survey, read.apart, source.signs)
    if captions:
        rewrites["caption"] = captions
    return read
