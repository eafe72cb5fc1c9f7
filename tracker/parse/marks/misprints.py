"""Articles whose mark is misprinted: 笫五十四条 (another character), 第三十－条 (a dash for 一).

Floor 1, between the kinds of lines and segmenting. A line counts as the article only where it fills
a gap exactly: the article before it has the number below, the next one the number above.
"""

from __future__ import annotations

import re
from typing import Final

from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity
from tracker.parse.marks.kinds import ARTICLE, TEXT, Mark, new_mark
from tracker.parse.marks.survey import Survey

__all__ = ["recover_misprints"]

_MARK: Final = re.compile(
    "[第笫苐弟]([零〇一二三四五六七八九十百千－—–―ー~～-]{1,12})(?:条|絛|倏)\u3000?"
)
MOST: Final = 100
"""Lines that may be misprinted articles; a text with more of them is none that misprints a few."""
_DASHES: Final = str.maketrans("－—–―ー~～-", "一" * 8)


def recover_misprints(marks: list[Mark], seen: Survey) -> list[tuple[int, Problem]]:
    """Put the misprinted articles in their places in `marks`; a problem for each with its index.

    Before: 第五十三条　甲。⏎笫五十四条乙。⏎第五十五条　丙。
    After:  第五十三条　甲。⏎第五十四条　乙。⏎第五十五条　丙。
    """
    maybe = [i for i in seen.odd if seen.kinds[i] is TEXT]
    found = [(i, match) for i in maybe if (match := _MARK.match(marks[i].text))]
    if not found or len(found) > MOST:
        return []
    articles = [(i, m.number) for i, m in enumerate(marks) if m.kind is ARTICLE and m.number]
    problems: list[tuple[int, Problem]] = []
    for index, match in found:
        try:
            number = Number.read(match[1].translate(_DASHES))
        except ValueError:
            continue
        above = next((n for i, n in reversed(articles) if i < index), None)
        below = next((n for i, n in articles if i > index), None)
        fills = above is not None and number.follows(above) and below in (None, _next(number))
        if not fills or match[0].rstrip("\u3000") == number.written("条"):
            continue
        text, mark = marks[index].text, number.written("条")
        rest = text[match.end() :]
        marks[index] = new_mark(ARTICLE, number, rest, f"{mark}\u3000{rest}")
        articles = sorted([*articles, (index, number)], key=lambda one: one[0])
        problems.append((index, _problem(mark, text)))
    return problems


def _next(number: Number) -> Number:
    return Number(number.value + 1)


def _problem(mark: str, text: str) -> Problem:
    return Problem(
        code="misprinted-number",
        severity=Severity.WARNING,
        message=f"“{text[:12]}”的条号印错了字，前后条号正好缺{mark}，按{mark}读",
        hint="对照原件",
        citation=mark,
        quote=text[:40],
    )
