"""Where the law begins and ends: every line of a source gets its part in it.

Floor 1, between the kinds of lines and the tree. A line is part of the law (title, stage line,
enactment note, body), of the 说明, of the notice, or it is dropped with a reason. Each line has
exactly one part, so nothing can be lost here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from tracker.law.numbering import Number
from tracker.parse import phrases
from tracker.parse.canonical import STAGE_LINE
from tracker.parse.dates import closing_day
from tracker.parse.marks.contents import find_contents, list_of_annexes
from tracker.parse.marks.kinds import ARABIC, ARTICLE, CONTENTS, HAN, PREAMBLE, TEXT, Mark
from tracker.parse.marks.order import has_outline
from tracker.parse.marks.survey import HEADINGS, Survey
from tracker.parse.segment.end import behind, end_of_law
from tracker.parse.segment.note_lines import note_goes_on
from tracker.parse.segment.notices import call_for_opinions
from tracker.parse.segment.signature import signature
from tracker.parse.segment.titles import (
    find_title,
    is_metadata,
    is_note,
    same_title,
    title_again,
    title_of_plain,
)

__all__ = ["Parts", "segment"]

_ONE: Final = Number(1)
_TWO: Final = Number(2)
_TOPS: Final = frozenset({HAN, ARABIC})
"""What an outline may begin with: 一、 or 1."""


@dataclass(slots=True)
class Parts:
    """Line numbers (from 0) by part. `dropped` maps a line number to its reason."""

    title: list[int] = field(default_factory=list)
    stage_line: int | None = None
    enactment_note: list[int] = field(default_factory=list)
    body: Sequence[int] = ()
    contents: list[int] = field(default_factory=list)
    note: list[int] = field(default_factory=list)
    notice: list[int] = field(default_factory=list)
    dropped: dict[int, str] = field(default_factory=dict)


def segment(
    marks: Sequence[Mark], seen: Survey, *, given: str | None, apart: Callable[[int], bool]
) -> Parts:
    """The parts of a source from the marks of its lines, those without blank lines.

    `seen` is the survey of the marks. `given` is the title the user gave: a line that repeats it is
    the title, and none is taken as a last resort. `apart` tells whether a blank line stands above
    the n-th mark.
    """
    parts = Parts()
    contents = find_contents(marks, seen, apart)
    parts.contents = list(range(*contents)) if contents else []
    skip = range(*contents) if contents else range(0)
    first = _first_line(marks, seen, skip)
    start = _above_headings(marks, first, skip)
    if first is None:
        title = title_of_plain(marks, given is not None, skip)
        start = _after_head(marks, title)
    else:
        title = find_title(marks, start, skip, given)
    end = end_of_law(marks, seen, first if first is not None else start, title)
    _head(marks, parts, title, start, skip)
    head = len(parts.body)
    inside = range(start, end)
    crossed = start < skip.stop and skip.start < end
    if head or crossed:
        parts.body = [*parts.body, *(i for i in inside if i not in skip)]
    else:
        parts.body = inside
    signed = signature(marks, seen, start, end)
    if signed:
        parts.dropped.update(dict.fromkeys(signed, "signature"))
        parts.body = [i for i in parts.body if i not in signed]
    listed = list_of_annexes(marks, seen, signed)
    if listed:
        parts.dropped.update(dict.fromkeys(listed, "contents"))
        parts.body = [i for i in parts.body if i not in listed]
    first_lines = [*parts.title, *parts.enactment_note, *parts.body[: head + 1], *skip[:1]]
    if parts.stage_line is not None:
        first_lines.append(parts.stage_line)
    _front(marks, parts, min(first_lines, default=end))
    note, called, rest = behind(marks, end, noted=bool(parts.note))
    parts.note += note
    parts.notice += called
    parts.dropped.update(rest)
    used = {
        *parts.title, *parts.enactment_note, *parts.body[:head], *parts.contents, *parts.note,
        *parts.notice, *parts.dropped, parts.stage_line,
    }  # fmt: skip
    # From `start` to `end` every line is of the body or of the contents: only the rest is asked.
    for index in (*range(start), *range(max(start, end), len(marks))):
        if index not in used:
            parts.dropped[index] = "before-law" if index < start else "after-law"
    for index in parts.contents:
        parts.dropped[index] = "contents"
    return parts


def _first_line(marks: Sequence[Mark], seen: Survey, skip: range) -> int | None:
    """The first article, or 一、 of an outline; None for a text without either."""
    top = next((i for i in seen.articles if i not in skip), None)
    if top is not None:
        if marks[top].number == _ONE and (marks[top].set_off or len(seen.articles) == 1):
            return top
        if marks[top].number == _ONE:
            return _behind_note(marks, seen.articles, top, skip)
        articles = [i for i in seen.articles if i not in skip]
        one = next((i for i in articles if marks[i].number == _ONE), None)
        return one if one is not None and any(marks[i].number == _TWO for i in articles) else top
    if not seen.present.isdisjoint(_TOPS) and has_outline(marks):
        tops = (i for i, m in enumerate(marks) if m.kind in _TOPS and m.number == _ONE)
        top = next((i for i in tops if i not in skip), None)
        above = next((i for i in seen.headings if i not in skip), top)
        return top if top is None or above is None else min(top, above)
    return None


def _behind_note(marks: Sequence[Mark], articles: Sequence[int], top: int, skip: range) -> int:
    """The first article, where a line of the 说明 above the law begins with 第一条 too.

    Before: 第一条明确目的；第五条规定收费。⏎某条例（草案）⏎第一条　为了…⏎第二条　…
    After:  the second of the two
    """
    after = next((i for i in articles if i > top and i not in skip), top)
    begins = marks[after].number == _ONE and marks[after].set_off
    return after if begins else top


def _above_headings(marks: Sequence[Mark], first: int | None, skip: range) -> int:
    """Where the body starts: at the headings right above its first article."""
    if first is None:
        return 0
    start = index = first
    while index > 0 and (index - 1) not in skip:
        index -= 1
        mark = marks[index]
        bare_han = mark.kind is HAN and phrases.is_short(mark.text)
        if mark.kind in HEADINGS or (bare_han and marks[first].kind is ARTICLE):
            start = index
        else:
            break
    return start


def _after_head(marks: Sequence[Mark], title: list[int]) -> int:
    """In a text without 条 and 一、 the body starts where the lines of the head end."""
    index = title[-1] + 1 if title else 0
    while index < len(marks):
        mark = marks[index]
        if not STAGE_LINE.fullmatch(mark.text):
            note = phrases.is_enactment_note(mark.text) and mark.kind is TEXT
            if not note:
                break
        index += 1
    return index


def _head(marks: Sequence[Mark], parts: Parts, title: list[int], start: int, skip: range) -> None:
    """Stage line, enactment note and introduction between the title and the body."""
    parts.title = title
    top = title[-1] + 1 if title else _head_without_title(marks, start, skip)
    lines = [i for i in range(top, start) if i not in skip]
    again = title_again(marks, "".join(marks[i].text for i in title), lines)
    while again:
        parts.dropped.update(dict.fromkeys(again, "repeated-title"))
        lines = [i for i in lines if i not in again]
        again = title_again(marks, "".join(marks[i].text for i in title), lines)
    about = [i for i in lines if title and is_metadata(marks[i])]
    if about:
        parts.dropped.update(dict.fromkeys(about, "page-furniture"))
        lines = [i for i in lines if i not in about]
    notice = _order(marks, lines) or call_for_opinions(marks, lines)
    parts.notice.extend(notice if title else ())
    in_note, open_bracket = True, False
    introduction: list[int] = []
    for index in lines:
        text = marks[index].text
        if index in parts.notice:
            continue
        if marks[index].kind is CONTENTS:  # 目录 alone, without what it lists
            parts.dropped[index] = "contents"
            continue
        at_top = in_note and parts.stage_line is None and not parts.enactment_note
        if at_top and STAGE_LINE.fullmatch(text):
            parts.stage_line = index
        elif in_note and (open_bracket or _is_note_line(marks[index])):
            parts.enactment_note.append(index)
            open_bracket = (open_bracket or text.startswith("（")) and not text.endswith("）")
        elif (
            in_note
            and parts.enactment_note
            and note_goes_on([marks[i] for i in lines], lines.index(index))
        ):
            parts.enactment_note.append(index)
        else:
            in_note = False
            introduction.append(index)
    parts.body = introduction


def _order(marks: Sequence[Mark], lines: list[int]) -> list[int]:
    """The 公告 or 令 that stands between the title and the body: from its head to its date."""
    first = next((n for n, i in enumerate(lines) if phrases.is_order_heading(marks[i].text)), None)
    if first is None:
        return []
    last = None
    for n in range(first + 1, len(lines)):
        text = marks[lines[n]].text
        if phrases.is_notice(text) or (last is not None and closing_day(text) is not None):
            last = n
    return [] if last is None else lines[first : last + 1]


def _head_without_title(marks: Sequence[Mark], start: int, skip: range) -> int:
    """Where a head begins whose title is not in the source: at its stage line or note."""
    top = start
    for index in range(start - 1, -1, -1):
        mark = marks[index]
        if index in skip:
            continue
        noted = is_note(mark.text) and mark.kind is TEXT
        if not noted and mark.kind is not PREAMBLE and not STAGE_LINE.fullmatch(mark.text):
            break
        top = index
    return top


def _is_note_line(mark: Mark) -> bool:
    if mark.kind is PREAMBLE:
        return False
    return is_note(mark.text) or (mark.kind is TEXT and phrases.is_short(mark.text))


def _front(marks: Sequence[Mark], parts: Parts, top: int) -> None:
    """What stands before the law: a 说明, a notice, or neither."""
    lines = [i for i in range(top) if i not in parts.dropped]
    if lines and phrases.is_attachment_label(marks[lines[-1]].text):
        parts.dropped[lines.pop()] = "attachment-label"
    if not lines:
        return
    note = phrases.find_note_heading([marks[i].text for i in lines])
    if note is not None:
        parts.note = lines[note:]
        lines = lines[:note]
    heading = next(
        (n for n, i in enumerate(lines) if phrases.is_notice_heading(marks[i].text)), None
    )
    if heading is None and any(phrases.is_notice(marks[i].text) for i in lines):
        heading = next((n for n, i in enumerate(lines) if _may_open_notice(marks, i, parts)), 0)
    if heading is None or (
        note is not None and not phrases.is_notice_heading(marks[lines[heading]].text)
    ):
        _above(marks, lines, parts)
        return
    for index in lines[:heading]:
        parts.dropped[index] = _reason_above(marks, index, parts, "page-furniture")
    for index in lines[heading:]:
        if phrases.is_furniture(marks[index].text):
            parts.dropped[index] = "page-furniture"
        else:
            parts.notice.append(index)


def _above(marks: Sequence[Mark], lines: list[int], parts: Parts) -> None:
    """Lines above the law that are neither notice nor 说明: an amending act, or something else."""
    decision = any(phrases.is_decision(marks[i].text) for i in lines)
    if decision and not parts.enactment_note:
        lines = _notes_of_law(marks, lines, parts)
    for index in lines:
        above = "decision" if decision else "before-law"
        parts.dropped[index] = _reason_above(marks, index, parts, above)


def _notes_of_law(marks: Sequence[Mark], lines: list[int], parts: Parts) -> list[int]:
    """The 题注 of the law where a decision stands between it and the text; the other lines.

    Before: 某规定⏎2001年6月19日通过⏎2015年1月19日修改⏎作如下修改：…⏎某规定⏎第一条　…
    After:  the two dates are the enactment note of the law.
    """
    top = next((n for n, i in enumerate(lines) if _repeats_title(marks, i, parts)), None)
    if top is None:
        return lines
    end = top + 1
    while (
        end < len(lines)
        and marks[lines[end]].kind is TEXT
        and phrases.is_enactment_note(marks[lines[end]].text)
    ):
        end += 1
    parts.enactment_note = lines[top + 1 : end]
    return lines[: top + 1] + lines[end:]


def _repeats_title(marks: Sequence[Mark], index: int, parts: Parts) -> bool:
    title = "".join(marks[i].text for i in parts.title)
    return bool(title) and same_title(marks[index].text, title)


def _may_open_notice(marks: Sequence[Mark], index: int, parts: Parts) -> bool:
    return not (is_metadata(marks[index]) or _repeats_title(marks, index, parts))


def _reason_above(marks: Sequence[Mark], index: int, parts: Parts, otherwise: str) -> str:
    """Why a line above the law is left out."""
    if _repeats_title(marks, index, parts):
        return "repeated-title"
    return "page-furniture" if is_metadata(marks[index]) else otherwise
