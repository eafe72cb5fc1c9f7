"""Where the law ends, and what stands behind it: a 说明, a call for opinions, words of a page.

Floor 1, for `parts`. When in doubt the law goes on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tracker.parse import phrases
from tracker.parse.marks.kinds import ANNEX, ARABIC, DASH, HAN, PAREN_HAN, TEXT, Kind, Mark
from tracker.parse.marks.survey import Survey
from tracker.parse.segment.imprint import imprint_end, is_imprint
from tracker.parse.segment.notices import opinions_behind

__all__ = ["behind", "end_of_law"]

_NUMBERED_BELOW: Final = frozenset({PAREN_HAN})
"""What belongs to the last article wherever it stands; lists of links are numbered otherwise."""
_NUMBERED: Final = frozenset({HAN, PAREN_HAN, ARABIC, Kind.PAREN_ARABIC, DASH})
_LIST_GOES_ON: Final = frozenset("：；，、")
_OF_A_DRAFT: Final = re.compile("草案|征求意见稿|起草|修订|立法")
"""What a 说明 printed as 附件2：… is about; 附件2：关于填写申请表的说明 is of the law."""


def end_of_law(marks: Sequence[Mark], seen: Survey, first: int, title: list[int]) -> int:
    """Where the law ends: at the first line of furniture, 说明 or notice behind all that is law.

    When in doubt the law goes on: nothing is cut off before a later article or annex, and in an
    outline nothing before its last numbered line.
    """
    last = seen.articles[-1] if seen.articles else None
    start = max(last or 0, first, title[-1] if title else 0)
    end = _note_behind(marks, start)
    go_on = _NUMBERED if last is None else _NUMBERED_BELOW
    for index in range(end - 1, start, -1):
        mark = marks[index]
        if mark.kind in go_on or (mark.kind is ANNEX and not phrases.is_file(mark.text)):
            start = index
            break
    for index in range(start + 1, end):
        text = marks[index].text
        if _is_of_page(text) or (is_imprint(text) and _ends_in_imprint(marks, seen, index, end)):
            end = index
            break
    if end <= start + 1 or marks[start].kind is ANNEX:
        return end  # nearly every law ends with its last line
    return opinions_behind(marks, start, end)


def _ends_in_imprint(marks: Sequence[Mark], seen: Survey, index: int, end: int) -> bool:
    """Whether nothing but a foot (版记) stands from a line on, up to the words of a page."""
    in_annex = ANNEX in seen.present and any(m.kind is ANNEX for m in marks[:index])
    last = index + imprint_end([m.text for m in marks[index:end]], in_annex=in_annex)
    if last == index:
        return False
    return last == end or phrases.is_tail_furniture(marks[last].text)


def _note_behind(marks: Sequence[Mark], start: int) -> int:
    """The heading of a 说明 behind the law; 下列材料：⏎关于资金来源的说明 is part of a list."""
    above, level = "", 0
    for index in range(start, len(marks)):
        mark = marks[index]
        if index > start and phrases.is_note_heading(mark.text):
            attached = mark.kind is ANNEX and _OF_A_DRAFT.search(mark.rest) is not None
            listed = above[-1:] in _LIST_GOES_ON or not (mark.kind is TEXT or attached)
            if not listed and not _counts_on(marks, index, level):
                if not any(m.text[-1] in "。：" for m in marks[index + 1 :]):
                    return len(marks)
                labelled = index - 1 > start and phrases.is_attachment_label(above)
                return index - 1 if labelled else index
        above = mark.text
        if mark.kind is HAN and mark.number:
            level = mark.number.value
    return len(marks)


def _counts_on(marks: Sequence[Mark], index: int, level: int) -> bool:
    """Whether an outline that has come to 二、 goes on with 三、 behind a line."""
    coming = next((m.number for m in marks[index + 1 :] if m.kind is HAN), None)
    return level > 0 and coming is not None and coming.value == level + 1


def behind(
    marks: Sequence[Mark], end: int, *, noted: bool
) -> tuple[list[int], list[int], dict[int, str]]:
    """What stands behind the law: the lines of a 说明, those of a notice, and furniture.

    `noted` tells whether the source has a 说明 above the law.
    """
    note: list[int] = []
    dropped: dict[int, str] = {}
    if end >= len(marks):
        return note, [], dropped
    in_note = second = False  # a second 说明 is told, not taken for a part of the page
    foot = end
    if is_imprint(marks[end].text):
        foot += imprint_end([m.text for m in marks[end:]], in_annex=False)
    notice = _called_behind(marks, end) if end == foot else []
    for index in range(notice[-1] + 1 if notice else end, len(marks)):
        text = marks[index].text
        if not (noted or note) and phrases.is_note_heading(text):
            in_note = True
        elif index == end and phrases.is_attachment_label(text):
            dropped[index] = "attachment-label"
            continue
        elif in_note and phrases.is_tail_furniture(text):
            in_note = False
        if in_note:
            note.append(index)
        elif index < foot:
            dropped[index] = "imprint"
        else:
            second = second or phrases.is_note_heading(text)
            dropped[index] = "after-law" if second else "page-furniture"
    return note, notice, dropped


def _called_behind(marks: Sequence[Mark], end: int) -> list[int]:
    """The lines of a call for opinions that begins where the law ends."""
    stop = end
    while stop < len(marks) and not _is_other(marks[stop].text):
        stop += 1
    return list(range(end, stop)) if opinions_behind(marks, end - 1, stop) == end else []


def _is_of_page(text: str) -> bool:
    """Furniture, or a file to be fetched: 附件｜某市条例.pdf."""
    return phrases.is_tail_furniture(text) or (text.startswith("附件") and phrases.is_file(text))


def _is_other(text: str) -> bool:
    return phrases.is_note_heading(text) or _is_of_page(text) or is_imprint(text)
