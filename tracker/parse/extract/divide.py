"""Articles and chapters that begin inside a line of the source get lines: …。第二条 凡….

Floor 1, after a form is taken off and before anything is normalised, because the spaces that stand
where lines ended are the only trace of them. A problem names each place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tracker.law.numbering import NUMERAL, Number
from tracker.law.problems import Problem, Severity
from tracker.parse.document import Place
from tracker.parse.extract import Extracted
from tracker.parse.phrases import is_title

__all__ = ["RUN_IN", "divide"]

_BLANK: Final = "[ \u00a0\u3000]"
RUN_IN: Final = re.compile(
    rf"。{_BLANK}{{0,4}}第({NUMERAL}{{1,12}}+)(?:条(?![^。]{{0,2}}(?:规定|所列|所称|的|、|和|至|第|，))"
    rf"|章{_BLANK}{{0,2}}(?!规定|所列|所称|的|[、和至第，])"
    rf"([^。，；：第\n]{{1,20}})(?=第{NUMERAL}{{1,12}}+条|{_BLANK}{{0,4}}(?:\n|$)))"
)
"""How an article, or a chapter with its name, begins inside a line; in a citation other words
follow."""
_BEGINS: Final = re.compile(rf"{_BLANK}{{0,16}}第{_BLANK}?({NUMERAL}{{1,12}}+){_BLANK}?条")
_BEGINS_CHAPTER: Final = re.compile(rf"{_BLANK}{{0,16}}第{_BLANK}?({NUMERAL}{{1,12}}+){_BLANK}?章")
_ARTICLE: Final = re.compile(rf"第({NUMERAL}{{1,12}}+)条")
_FIRST: Final = re.compile(
    rf"([^。；\n]{{4,90}}?){_BLANK}{{0,4}}((?:第[一1１]章[^。，；：第\n]{{1,20}})?)(?=第[一1１]条)"
)
"""What a text in one line begins with: its title, and perhaps the first chapter."""
_TITLE: Final = "标题"
_FULL_WIDTH: Final = str.maketrans("()", "（）")
LEAST_BEHIND_TITLE: Final = 2
"""Articles that go on from a 第一条 behind a title, one by one, before the line is divided."""
_LINE_END: Final = re.compile(rf"(?<=[。；：;:！？!?”）]){_BLANK}{{1,8}}(?=\S)")


def divide(extracted: Extracted) -> Extracted:
    """The same lines, those that hold several articles divided.

    Only numbers that go on from the article before, one by one, and that begin no other line count
    as beginnings. Where the articles of a line are set apart by spaces, so are its 款 and 项.

    Before: 第一条 为了甲。 第二条 凡乙： （一）丙。 第三条 丁。
    After:  第一条 为了甲。⏎第二条 凡乙：⏎（一）丙。⏎第三条 丁。

    A text that has no line ends at all is divided behind its title in the same way, and so is a
    chapter whose heading has run in (……提供保障。第三章　监督检查).
    """
    counter = _Counter(extracted.lines)
    lines: list[str] = []
    places: list[Place] = []
    problems: list[Problem] = []
    for index, line in enumerate(extracted.lines):
        here = counter.begin(line)
        starts, labels = counter.inside(line)
        cuts = starts
        if labels:
            problems.append(_problem(here, labels, extracted.place(index)))
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


class _Counter:
    """The articles and chapters so far, and where inside a line they go on."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._articles = _numbers(_BEGINS, lines)
        top = next((n for n, line in enumerate(lines) if _BEGINS.match(line)), 0)
        self._chapters = _numbers(_BEGINS_CHAPTER, lines[top:])  # not those of a contents page
        self._article: Number | None = None
        self._chapter: Number | None = None

    def begin(self, line: str) -> str:
        """Count what the line begins with; what its first article is called, for a message."""
        article, chapter = _BEGINS.match(line), _BEGINS_CHAPTER.match(line)
        self._article = (_number(article[1]) if article else None) or self._article
        self._chapter = (_number(chapter[1]) if chapter else None) or self._chapter
        return self._article.written("条") if self._article else _TITLE

    def inside(self, line: str) -> tuple[list[int], list[str]]:
        """Where articles and chapters begin inside a line, and what they are called."""
        if self._article is None and not self._articles:
            return self._behind_title(line)
        starts: list[int] = []
        labels: list[str] = []
        open_quotes = done = 0
        for found in RUN_IN.finditer(line) if self._article is not None and "。" in line else ():
            open_quotes += line.count("“", done, found.start())
            open_quotes -= line.count("”", done, found.start())
            done = found.start()
            if open_quotes > 0:
                continue
            start = found.start(1) - 1
            if found[2] is None:
                labels += self._goes_on(found[1], start, starts)
            elif (chapter := _number(found[1])) and self._is_next_chapter(chapter):
                self._chapter = chapter
                starts.append(start)
                labels.append(chapter.written("章"))
                behind = _ARTICLE.match(line, found.end())
                labels += self._goes_on(behind[1], found.end(), starts) if behind else ()
        return starts, labels

    def _goes_on(self, numeral: str, start: int, starts: list[int]) -> list[str]:
        number = _number(numeral)
        if number is None or self._article is None or number in self._articles:
            return []
        if not number.follows(self._article):
            return []
        self._article = number
        starts.append(start)
        return [number.written("条")]

    def _is_next_chapter(self, number: Number) -> bool:
        if number in self._chapters:
            return False
        if self._chapter is None and Number(number.value + 1) in self._chapters:
            return True  # the heading of the first chapter is lost
        return number.follows(self._chapter or Number(0))

    def _behind_title(self, line: str) -> tuple[list[int], list[str]]:
        """某市条例（草案）第一条 甲。第二条 乙。第三条 丙。: a text in one line."""
        found = _FIRST.match(line)
        if not found or not is_title(found[1].strip().translate(_FULL_WIDTH)):
            return [], []
        self._article, self._chapter = Number(1), Number(1) if found[2] else None
        starts, labels = self.inside(line)
        if len(starts) < LEAST_BEHIND_TITLE:
            self._article = self._chapter = None
            return [], []
        head = [found.start(2)] if found[2] else []
        return [*head, found.end(), *starts], [Number(1).written("条"), *labels]


def _numbers(pattern: re.Pattern[str], lines: Sequence[str]) -> frozenset[Number]:
    """What begins a line."""
    found = (pattern.match(line) for line in lines)
    numbers = (_number(one[1]) for one in found if one)
    return frozenset(number for number in numbers if number is not None)


def _number(numeral: str) -> Number | None:
    try:
        return Number.read(numeral)
    except ValueError:
        return None


def _problem(here: str, labels: list[str], place: Place) -> Problem:
    span = labels[0] if len(labels) == 1 else f"{labels[0]}至{labels[-1]}"
    return Problem(
        code="run-in-articles",
        severity=Severity.WARNING,
        message=f"{span}在来源中接在{here}的同一行里，已按条号分开",
        hint="对照原件，看分开的地方对不对",
        citation=here if here != _TITLE else "",
        line=place.line,
    )
