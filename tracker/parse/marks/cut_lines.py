"""Lines cut inside a sentence, in a text that is not cut at one width throughout, are joined again.

Floor 1, between joining wrapped text and segmenting. Text out of a PDF is often half joined: whole
paragraphs, but here and there a line that ends in the middle of a word. One such line alone may be
what the source says; from `FEWEST` on they are joined, below it a problem names each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tracker.law.problems import Problem, Severity
from tracker.parse.marks.kinds import ANNEX, ARABIC, ARTICLE, PAREN_HAN, TEXT, Mark, scan_line
from tracker.parse.marks.survey import Survey

__all__ = ["join_cut_lines"]

FEWEST: Final = 3
"""Cut lines from which on a text is half joined: of 3,423 laws 16 have so many, all of them cut by
a printed page; where there are one or two, every tenth is a sentence that lacks its full stop."""
NARROWEST: Final = 40
"""Columns (Han count 2) that a cut line has at least: what is shorter is an entry of a list."""

_SENTENCE_ENDS: Final = frozenset("。；：")
_NO_SENTENCE: Final = frozenset("＝=|｜")
"""Signs of formulas and tables, whose lines end without punctuation."""
_HOLDS_TEXT: Final = frozenset({ARTICLE, PAREN_HAN, ARABIC, TEXT})


def join_cut_lines(
    marks: list[Mark], first: Sequence[int], seen: Survey, certain: bool = False
) -> tuple[list[Mark], Sequence[int], list[tuple[int, Problem]]]:
    """The marks with cut lines joined, `first` as `unwrap` gives it, and the problems of the rest.

    Lines that are `certain` are told and not joined.

    Before: 结合本市实际，制⏎定本条例。 (and more such lines)
    After:  结合本市实际，制定本条例。
    """
    if not seen.articles:
        return marks, first, []
    kinds, start = seen.kinds, seen.articles[0]
    stop = len(marks)
    if ANNEX in seen.present:
        stop = next((i for i in range(start, stop) if kinds[i] is ANNEX), stop)
    inside = [i for i in seen.loose if start <= i < stop - 1 and kinds[i + 1] is TEXT]
    found = [i for i in inside if _is_cut(marks, i) and _ends_well(marks, i + 1, stop)]
    heads = {i for n, i in enumerate(found) if _heads_list(marks, i, stop, _near(found, n))}
    cuts = [i for i in found if i not in heads]
    open_still = _behind_semicolon(marks, seen)
    if certain and len(cuts) >= FEWEST:
        told = sorted({*heads, *open_still})
        all_cut = _problem(marks, cuts[0], len(cuts))
        return marks, first, [(cuts[0], all_cut), *((i, _problem(marks, i)) for i in told)]
    if len(cuts) < FEWEST:
        told = sorted({*found, *open_still})
        return marks, first, [(i, _problem(marks, i)) for i in told]
    gone = {i + 1 for i in cuts}
    kept = [i for i in range(len(marks)) if i not in gone]
    out: list[Mark] = []
    for place, index in enumerate(kept):
        stop = kept[place + 1] if place + 1 < len(kept) else len(marks)
        if stop == index + 1:
            out.append(marks[index])
        else:
            out.append(scan_line("".join(mark.text for mark in marks[index:stop])))
    now = {index: place for place, index in enumerate(kept)}
    told = sorted({*heads, *open_still})
    problems = [(now[i], _problem(marks, i)) for i in told if i in now]
    return out, [first[i] for i in kept], problems


def _behind_semicolon(marks: Sequence[Mark], seen: Survey) -> list[int]:
    """Articles whose first 款 ends in ； and has another 款 below: 14, in 10 of 3,423 laws.

    Only articles are asked: a 款 further down that ends so is nearly always an entry of a list.
    """
    kinds, text, last = seen.kinds, TEXT, len(marks) - 1
    above = [i for i in seen.articles if i < last and kinds[i + 1] is text]
    return [i for i in above if marks[i].line[-1] == "；"]


def _is_cut(marks: list[Mark], index: int) -> bool:
    """Whether a line ends inside a sentence and a line of plain text stands below it."""
    mark = marks[index]
    last = mark.text[-1]
    return (
        index + 1 < len(marks)
        and mark.kind in _HOLDS_TEXT
        and marks[index + 1].kind is TEXT
        and "｜" not in marks[index + 1].line
        and ("\u4e00" <= last <= "\u9fff" or last in "，、《（“")
        and _is_wide(mark.text)
        and _NO_SENTENCE.isdisjoint(mark.text)
    )


def _is_wide(text: str) -> bool:
    """Whether a line has `NARROWEST` columns; its characters are only counted where it is close."""
    if not NARROWEST <= 2 * len(text) < 2 * NARROWEST:
        return len(text) >= NARROWEST
    return len(text) * 2 - sum(map(str.isascii, text)) >= NARROWEST


def _ends_well(marks: list[Mark], index: int, stop: int) -> bool:
    """Whether the lines from here on come to the end of a sentence before anything else begins."""
    while index < stop and marks[index].kind is TEXT:
        if marks[index].text[-1] in _SENTENCE_ENDS:
            return True
        if not _is_cut(marks, index):
            return False
        index += 1
    return False


def _heads_list(marks: list[Mark], index: int, stop: int, cuts: Sequence[int]) -> bool:
    """Whether a line lost the ： above a list: whole entries stand below it, the first with ；.

    Where more lines of the article are cut, they are cut by a page and the first is as they are.

    Before: 应当遵守下列规则⏎不得损坏公共设施；⏎不得乱扔垃圾。
    After:  the same; 应当遵守下列规则 and 不得损坏公共设施 are not one sentence
    """
    entry = index + 2
    if entry >= stop or not marks[index + 1].text.endswith("；"):
        return False
    if marks[entry].kind is not TEXT or marks[entry].text[-1] not in _SENTENCE_ENDS:
        return False
    return not any(place != index and _same_article(marks, index, place) for place in cuts)


def _near(cuts: Sequence[int], n: int) -> Sequence[int]:
    """The cut line before the n-th and the one behind it; no other can share its article alone."""
    return [*cuts[max(0, n - 1) : n], *cuts[n + 1 : n + 2]]


def _same_article(marks: list[Mark], one: int, other: int) -> bool:
    """Whether no article begins between two lines."""
    first, last = sorted((one, other))
    return not any(mark.kind is ARTICLE for mark in marks[first + 1 : last + 1])


def _problem(marks: list[Mark], index: int, count: int = 1) -> Problem:
    """What is told of a line; with a `count`, of so many lines, of which it is the first."""
    text, below = marks[index].text, marks[index + 1].text
    many = f"，这样的共 {count} 处，各自成段，没有接起来" if count > 1 else ""
    return Problem(
        code="unfinished-line",
        severity=Severity.INFO,
        message=f"“……{text[-12:]}”没有写完，下一行“{below[:12]}……”自成一款{many}",
        hint="对照原件；如果是一句话，在来源中接成一行再读取",
        quote=text[:40],
    )
