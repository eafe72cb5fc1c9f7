"""Which lines are the title: looked for from where the body begins, upwards.

Floor 1, for `parts`. Lines about the page (发布日期：…) are passed over, and headlines of an
announcement are never the title.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from tracker.parse import phrases
from tracker.parse.canonical import STAGE_LINE
from tracker.parse.marks.kinds import ANNEX, ARTICLE, CONTENTS, DASH, PREAMBLE, TEXT, Mark
from tracker.parse.segment.notices import is_of_notice, named_in_notice

__all__ = [
    "find_title", "is_metadata", "is_note", "same_title", "split_note", "title_again",
    "title_of_plain",
]  # fmt: skip

_HEAD_LINES: Final = 64
"""Lines whose answers are kept: who looks for the title and who gives each line of a head its part
ask the same of the same lines, two or three times."""
is_note: Final = lru_cache(maxsize=_HEAD_LINES)(phrases.is_enactment_note)
_STATE: Final = "中华人民共和国"


def find_title(marks: Sequence[Mark], start: int, skip: range, given: str | None) -> list[int]:
    """The lines of the title, looking up from where the body starts.

    A line that repeats the name in the 《》 of a notice, or the title `given` by the user, is one
    however it is worded: 某市停车若干事项（草案）.
    """
    names = named_in_notice(marks, start)
    names |= {_letters(given)} if given else set()
    found, reached_top = _titles_above(marks, start, skip, names)
    if not found:
        return _last_resort(marks, start, skip) if reached_top and given is None else []
    if given:
        found = [i for i in found if same_title(marks[i].text, given)] or found
    plain = [i for i in found if phrases.after_label(marks[i].text) == marks[i].text]
    found = plain or found
    staged = [i for i in found if phrases.bare_title(marks[i].text) != marks[i].text]
    top = found[-1]
    if top not in staged:
        same = [i for i in staged if phrases.bare_title(marks[i].text) == marks[top].text]
        top = same[0] if same else top
    return _with_line_above(marks, [top, *_below_title(marks, top, start)])


def _last_resort(marks: Sequence[Mark], start: int, skip: range) -> list[int]:
    """The nearest line that ends in a stage, or else the first line where no notice stands."""
    lines = [i for i in range(start) if _may_be_title(marks[i]) and i not in skip]
    short = [i for i in lines if phrases.is_short(marks[i].text)]
    staged = next((i for i in reversed(short) if _names_stage(marks[i].text)), None)
    if staged is not None:
        return [staged]
    called = any(phrases.is_notice(mark.text) for mark in marks[:start])
    return lines[:1] if lines[:1] == short[:1] and not called else []


def _names_stage(text: str) -> bool:
    return STAGE_LINE.fullmatch(text, max(text.find("（"), 1)) is not None


def _below_title(marks: Sequence[Mark], top: int, start: int) -> list[int]:
    """关于适用《某法》⏎若干问题的解释: the second line of a title."""
    below = next((i for i in range(top + 1, start) if marks[i].text), None)
    if below is None or marks[below].kind is not TEXT:
        return []
    text = marks[below].text
    goes_on = phrases.continues_title(text) and phrases.is_title(text)
    return [below] if goes_on and marks[top].text.rpartition("关于")[1] else []


def _titles_above(
    marks: Sequence[Mark], start: int, skip: range, names: frozenset[str]
) -> tuple[list[int], bool]:
    """Lines that can be the title, the nearest first, and whether the search reached the top.

    Lines about the page (发布日期：…, 来源：…, 字号：…) are passed over; above such lines a title
    that was found is looked for again, as the upper one may be the one that names the stage.
    """
    found: list[int] = []
    crossed = False
    for index in range(start - 1, -1, -1):
        mark = marks[index]
        if not mark.text or index in skip:
            continue
        text = mark.text
        noted = split_note(text)[1] is not None
        titled_line = mark.kind is TEXT and (
            noted or phrases.is_title(text) or _is_named(text, names)
        )
        if is_metadata(mark):
            crossed = True
        elif found and crossed:
            if titled_line and same_title(mark.text, marks[found[-1]].text):
                found.append(index)
            return found, False
        elif _stops_head(mark, bool(found)):
            return found, False
        elif titled_line and (noted or not is_note(mark.text)):
            of_notice = (
                crossed
                and phrases.is_notice_heading(mark.text)
                and any(
                    phrases.is_notice(marks[i].text)
                    for i in range(index + 1, start)
                    if i not in skip
                )
            )
            found += [] if of_notice else [index]
    return found, True


def is_metadata(mark: Mark) -> bool:
    """A line about the page; 标题：某市条例 holds the title and is none."""
    return mark.kind is TEXT and _is_about_page(mark.rest)


@lru_cache(maxsize=_HEAD_LINES)
def _is_about_page(text: str) -> bool:
    return phrases.is_metadata(text) and phrases.after_label(text) == text


def _may_be_title(mark: Mark) -> bool:
    text = mark.text
    return bool(text) and not (
        mark.kind in (CONTENTS, PREAMBLE)
        or is_metadata(mark)
        or STAGE_LINE.fullmatch(text)
        or (text[0] == "（" and is_note(text))
        or phrases.is_headline(text)
        or phrases.is_order_heading(text)
        or is_of_notice(text)
    )


def split_note(text: str) -> tuple[str, str | None]:
    """A title and the 题注 that stands in the same line, None where none does.

    >>> split_note("某市条例（试行）（2001年1月1日市人大常委会通过）")
    ('某市条例（试行）', '（2001年1月1日市人大常委会通过）')
    """
    start = text.find("（", 1) if text.endswith("）") and "月" in text else -1
    while start > 0:
        note = text[start:]
        if note[1:3].isdecimal() or note.startswith("（根据"):
            named = phrases.is_title(text[:start]) and is_note(note)
            return (text[:start], note) if named else (text, None)
        start = text.find("（", start + 1)
    return text, None


def _is_named(text: str, names: frozenset[str]) -> bool:
    named = names and phrases.is_short(text) and _letters(text) in names
    return bool(named) and not phrases.is_headline(text)


def _letters(title: str) -> str:
    return phrases.letters(phrases.bare_title(phrases.after_label(title)))


def same_title(one: str, other: str) -> bool:
    """Whether two titles are the same but for labels, stages and punctuation."""
    return _letters(one) == _letters(other)


def title_again(marks: Sequence[Mark], title: str, lines: list[int]) -> list[int]:
    """The lines of the head that repeat the title, perhaps broken: …适用《民事诉讼法》的⏎解释."""
    bare = phrases.bare_title(title)
    if bare != title and (found := title_again(marks, bare, lines)):
        return found
    wanted = phrases.letters(title)
    for start in range(len(lines)):
        if marks[lines[start]].text.lstrip(phrases.NO_LETTERS)[:1] != wanted[:1]:
            continue  # nearly every line: it does not even begin the title
        text = ""
        for stop in range(start, min(start + 5, len(lines))):
            text += phrases.letters(marks[lines[stop]].text)
            if text == wanted:
                return lines[start : stop + 1]
            if not wanted.startswith(text):
                break
    return []


def title_of_plain(marks: Sequence[Mark], titled: bool, skip: range) -> list[int]:
    """A text without 条 and 一、: its first line, where that is short and no sentence."""
    first = next((i for i, m in enumerate(marks) if i not in skip and _may_be_title(m)), None)
    if first is None or titled or not phrases.is_short(marks[first].text):
        return []
    if STAGE_LINE.fullmatch(marks[first].text):
        return []
    return [first]


def _stops_head(mark: Mark, has_title: bool) -> bool:
    """Whether a line cannot stand between the title and the body (or above the title)."""
    if mark.kind in (ANNEX, ARTICLE, DASH):
        return True
    if not has_title:
        return phrases.is_note_heading(mark.text)
    if phrases.is_notice_heading(mark.text):
        return True
    fits = phrases.is_short(mark.text) or is_note(mark.text)
    return mark.kind is not TEXT or not fits


def _opens_quote(above: str, below: str) -> bool:
    """某省实施《中华人民共和国⏎某法》办法: a title that was cut inside its 《》."""
    return above.count("《") > above.count("》") and below.count("》") > below.count("《")


def _with_line_above(marks: Sequence[Mark], title: list[int]) -> list[int]:
    """最高人民法院⏎关于适用《…》⏎若干问题的解释 is one title in three lines; 中华人民共和国⏎某法
    is one in two."""
    for _ in range(2):
        top = marks[title[0]].text
        above = next((i for i in range(title[0] - 1, -1, -1) if marks[i].text), None)
        if above is None or not phrases.is_short(marks[above].text):
            break
        text = marks[above].text
        cut = phrases.continues_title(top) and "关于" in text and not phrases.is_title(text)
        cut = cut or text == _STATE or _opens_quote(text, top)
        if not cut and not (top.startswith("关于") and phrases.ends_like_body(text)):
            break
        title = [above, *title]
    return title
