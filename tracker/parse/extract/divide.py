"""Articles that the source did not begin a line with are given their lines: …。第二条 凡….

Floor 1, after a form is taken off and before anything is normalised, because the spaces that stand
where lines ended are the only trace of them. A problem names each place.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from tracker.law.numbering import NUMERAL, Number
from tracker.law.problems import Problem, Severity
from tracker.parse.document import Place
from tracker.parse.extract import Extracted

__all__ = ["RUN_IN", "divide"]

_BLANK: Final = "[ \u00a0\u3000]"
RUN_IN: Final = re.compile(
    rf"。{_BLANK}{{0,4}}第({NUMERAL}{{1,12}}+)条"
    r"(?![^。]{0,2}(?:规定|所列|所称|的|、|和|至|第|，))"
)
"""How an article begins inside a line; what follows in a citation is none."""
_BEGINS: Final = re.compile(rf"{_BLANK}{{0,16}}第({NUMERAL}{{1,12}}+)条")
_LINE_END: Final = re.compile(rf"(?<=[。；：;:！？!?”）]){_BLANK}{{1,8}}(?=\S)")


def divide(extracted: Extracted) -> Extracted:
    """The same lines, those that hold several articles divided.

    Only numbers that go on from the article before, one by one, and that begin no other line count
    as beginnings. Where the articles of a line are set apart by spaces, so are its 款 and 项.

    Before: 第一条 为了甲。 第二条 凡乙： （一）丙。 第三条 丁。
    After:  第一条 为了甲。⏎第二条 凡乙：⏎（一）丙。⏎第三条 丁。
    """
    known = {
        number
        for line in extracted.lines
        if (found := _BEGINS.match(line)) and (number := _number(found[1])) is not None
    }
    lines: list[str] = []
    places: list[Place] = []
    problems: list[Problem] = []
    last: Number | None = None
    for index, line in enumerate(extracted.lines):
        begins = _BEGINS.match(line)
        last = (_number(begins[1]) if begins else None) or last
        starts, numbers = _inside(line, last, known)
        cuts = starts
        if numbers:
            problems.append(_problem(last, numbers, extracted.place(index)))
            last = numbers[-1]
            if any(line[start - 1] != "。" for start in starts):
                cuts = sorted({*starts, *(found.end() for found in _LINE_END.finditer(line))})
        place = extracted.place(index)
        for start, stop in zip([0, *cuts], [*cuts, len(line)], strict=True):
            lines.append(line[start:stop])
            places.append(Place(place.line, place.column + start))
    if not problems:
        return extracted
    rewrites = {**extracted.rewrites, "line-end": len(lines) - len(extracted.lines)}
    rewrites["line-end"] += extracted.rewrites.get("line-end", 0)
    return replace(
        extracted,
        lines=lines,
        places=places,
        rewrites=rewrites,
        problems=[*extracted.problems, *problems],
    )


def _inside(line: str, last: Number | None, known: set[Number]) -> tuple[list[int], list[Number]]:
    """Where articles begin inside a line, and their numbers."""
    starts: list[int] = []
    numbers: list[Number] = []
    open_quotes = done = 0
    for found in RUN_IN.finditer(line) if last is not None and "。" in line else ():
        number = _number(found[1])
        if number is None or last is None:
            continue
        open_quotes += line.count("“", done, found.start()) - line.count("”", done, found.start())
        quoted, done = open_quotes > 0, found.start()
        if number.follows(last) and number not in known and not quoted:
            starts.append(found.start(1) - 1)
            numbers.append(number)
            last = number
    return starts, numbers


def _number(numeral: str) -> Number | None:
    try:
        return Number.read(numeral)
    except ValueError:
        return None


def _problem(last: Number | None, numbers: list[Number], place: Place) -> Problem:
    here = last.written("条") if last else ""
    span = numbers[0].written("条")
    if len(numbers) > 1:
        span += f"至{numbers[-1].written('条')}"
    return Problem(
        code="run-in-articles",
        severity=Severity.WARNING,
        message=f"{span}在来源中接在{here}的同一行里，已按条号分开",
        hint="请对照原件，看分开的地方对不对",
        citation=here,
        line=place.line,
    )
