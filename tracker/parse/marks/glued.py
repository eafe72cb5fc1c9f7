"""第二条处理个人信息应当…, 第二条：…: articles without a space that begin like a citation.

Floor 1, between the kinds of lines and segmenting. By itself such a line reads like the second half
of a wrapped sentence (依照⏎第二条处理, 第二条、第三条).
In a law that prints its numbers so, and where the number is the next one, it is an article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tracker.law.numbering import NUMERAL, Number
from tracker.law.problems import Problem, Severity
from tracker.parse.marks.kinds import ARTICLE, TEXT, UNIT_KINDS, Mark, head_of, new_mark, scan_line
from tracker.parse.marks.survey import Survey

__all__ = ["recover_glued", "recover_with_signs", "split_headings"]

_BEGINS: Final = re.compile(
    rf"第({NUMERAL}{{1,16}})条(?=处罚|处理|执行|等|到|与|及|和|以上|以下|或)"
    rf"(?![^，。；：]{{0,4}}第{NUMERAL})(?!等?(?:规定|条款|情形))(?!(?:处罚|处理|执行)[。；，])"
)

_WITH_SIGN: Final = re.compile(rf"第({NUMERAL}{{1,16}})([章节条])[：、]\u3000?(?=[^\u3000])")
_HEADED: Final = re.compile(
    rf"(第{NUMERAL}{{1,8}}[编章节]\u3000?[^。；：，、第]{{1,24}}?)(第{NUMERAL}{{1,8}}条.*)"
)
"""第一章　总则第一条　为了…"""
_NEXT: Final = re.compile(rf"(?<=。)(?=第{NUMERAL}{{1,8}}条)")
FEWEST_WITH_SIGN: Final = 2
_POINTS: Final = ".．"


def recover_with_signs(marks: list[Mark], seen: Survey) -> int:
    """Turn 第一条：… or 第一条、… into articles, in their list, in a text that has no others.

    How many headings and articles lost their sign. The articles count up from the first one by one;
    a line that does not go on with the count stays text.

    >>> from tracker.parse.marks.kinds import scan
    >>> from tracker.parse.marks.survey import survey
    >>> marks = scan(["第一条：村民应当守法。", "第二条：违反第一条的，批评教育。"])
    >>> recover_with_signs(marks, survey(marks)), marks[1].rest
    (2, '违反第一条的，批评教育。')
    """
    if seen.articles:
        return _without_points(marks, seen)
    found = [(i, m) for i in seen.odd if (m := _WITH_SIGN.match(marks[i].text))]
    last = {"章": Number(0), "节": Number(0), "条": Number(0)}
    taken: list[tuple[int, Mark]] = []
    for index, match in found:
        number, unit = _number(match[1]), match[2]
        if number is None or not number.follows(last[unit]):
            continue
        last[unit] = number
        last["节"] = Number(0) if unit == "章" else last["节"]
        text = marks[index].text
        rest, mark = text[match.end() :], number.written(unit)
        taken.append((index, new_mark(UNIT_KINDS[unit], number, rest, f"{mark}\u3000{rest}")))
    if last["条"] < Number(FEWEST_WITH_SIGN):
        return 0
    for index, new in taken:
        marks[index] = new
    return len(taken)


def _without_points(marks: list[Mark], seen: Survey) -> int:
    """第一条．为了…: a full stop behind the number is a sign of the number, and goes. A text has it
    throughout: its first article tells."""
    top = marks[seen.articles[0]]
    if top.set_off or top.rest[0] not in _POINTS:
        return 0  # nearly every text
    found = [
        i
        for i in seen.odd
        if not marks[i].set_off and marks[i].rest[0] in _POINTS and marks[i].number
    ]
    for index in found:
        mark = marks[index]
        rest = mark.rest[1:].lstrip(" \u3000")
        marks[index] = new_mark(mark.kind, mark.number, rest, f"{head_of(mark)}\u3000{rest}")
    return len(found)


def split_headings(
    marks: list[Mark], first: Sequence[int], seen: Survey
) -> tuple[list[Mark], Sequence[int], list[tuple[int, Problem]]]:
    """Headings with their first article in the same line, divided where the count proves it.

    `first` is the number of the line of each mark. The problems come with the new indexes. Asked
    only where 第一条 begins no line.

    Before: 第一章　总则第一条　为了甲。⏎第二条　乙。
    After:  第一章　总则⏎第一条　为了甲。⏎第二条　乙。
    """
    one = marks[seen.articles[0]].number if seen.articles else None
    if not seen.odd or (one is not None and one.value == 1):
        return marks, first, []  # nearly every law
    out: list[Mark] = []
    lines: list[int] = []
    problems: list[tuple[int, Problem]] = []
    last = Number(0)
    for line, mark in zip(first, marks, strict=True):
        found = _HEADED.match(mark.text) if mark.kind is not ARTICLE else None
        articles = _articles_in(found[2], last) if found else []
        out.append(scan_line(found[1].rstrip("\u3000")) if found and articles else mark)
        out += articles
        lines += [line] * (1 + len(articles))
        if articles:
            problems.append((len(out) - 1, _in_one_line(articles, out[-1 - len(articles)])))
        last = out[-1].number or last if out[-1].kind is ARTICLE else last
    return (out, lines, problems) if problems else (marks, first, [])


def _articles_in(text: str, last: Number) -> list[Mark]:
    """第一条　甲。第二条　乙。 as articles, each of which counts on from the one before."""
    found: list[Mark] = []
    for piece in _NEXT.split(text):
        mark = scan_line(piece)
        number = mark.number if mark.kind is ARTICLE else None
        if number is not None and number.follows(last):
            last, rest = number, mark.rest.lstrip("\u3000")
        elif found:
            rest = found.pop().rest + piece
        else:
            return []
        whole = f"{last.written('条')}\u3000{rest}"
        found.append(new_mark(ARTICLE, last, rest, whole))
    return found


def _in_one_line(articles: Sequence[Mark], heading: Mark) -> Problem:
    above = heading.text.replace("\u3000", " ")
    labels = [mark.number.written("条") for mark in articles if mark.number]
    span = labels[0] if len(labels) == 1 else f"{labels[0]}至{labels[-1]}"
    return Problem(
        code="run-in-articles",
        severity=Severity.WARNING,
        message=f"{span}在来源中接在“{above}”的同一行里，已按条号分开",
        hint="对照原件，看分开的地方对不对",
        citation=labels[0],
    )


def recover_glued(marks: list[Mark], seen: Survey) -> bool:
    """Turn into articles, in their list, the marks that were taken for citations; whether any.

    >>> from tracker.parse.marks.kinds import scan
    >>> from tracker.parse.marks.survey import survey
    >>> marks = scan(["第一条为了甲。", "第二条处理信息应当乙。", "第三条及时公开丙。"])
    >>> recover_glued(marks, survey(marks))
    True
    >>> [m.kind.value for m in marks]
    ['article', 'article', 'article']
    """
    glued = [i for i in seen.odd if seen.kinds[i] is ARTICLE and not marks[i].set_off]
    if not glued or len(glued) * 2 < len(seen.articles):
        return False
    article, found_any = ARTICLE, False
    known = {marks[i].number for i in seen.articles}
    last: Number | None = None
    above = ""
    for index, mark in enumerate(marks):
        if mark.kind is article:
            last = mark.number
        elif mark.kind is TEXT and last is not None and above[-1:] == "。":
            found = _BEGINS.match(mark.text)
            number = _number(found[1]) if found else None
            if found and number == Number(last.value + 1) and number not in known:
                rest = mark.text[found.end() :]
                marks[index] = new_mark(ARTICLE, number, rest, mark.text, False)
                last, found_any = number, True
        above = mark.text
    return found_any


def _number(numeral: str) -> Number | None:
    try:
        return Number.read(numeral)
    except ValueError:
        return None
