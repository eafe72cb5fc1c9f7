"""Which of the lines that begin with 第X条, 一、 or 1． are what they look like.

Floor 1, between the kinds of lines and the tree. Numbers go up: a line that would make them go
down is a wrapped citation or a quotation and stays text, and a problem says so. Nothing here reads
the source; the input is the marks of the lines that make up the law.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final

from tracker.law.numbering import Number
from tracker.law.problems import Problem, Severity
from tracker.parse.marks.kinds import ANNEX, ARABIC, ARTICLE, HAN, PAREN_HAN, TEXT, Mark, new_mark
from tracker.parse.marks.survey import HEADINGS

__all__ = ["has_outline", "outline_start", "settle"]

FEWEST_ARABIC: Final = 3
"""Lines 1. 2. 3. from which a text is an outline; two may be a list."""

_UNFINISHED = frozenset("，、：《（〈“及和或与按照依据本该第在对由")
"""How a line ends that goes on in the next one (依照本法⏎第五条的规定). ： is among them only for
lines that are not set off: 本法第三条修改为：⏎第三条…"""


def settle(
    marks: Sequence[Mark], places: Sequence[int] | None = None
) -> tuple[Sequence[Mark], list[Problem]]:
    """The marks with every 条 decided: what is no article becomes text.

    `places` are the indexes of the articles and annexes, of others too perhaps; None: not known.
    Where all stay what they are, the marks are those given.

    >>> from tracker.parse.marks.kinds import scan_line
    >>> lines = ["第一条　甲依照", "第九条　的规定", "第二条　乙"]
    >>> [m.kind.value for m in settle([scan_line(line) for line in lines])[0]]
    ['article', 'text', 'article']
    """
    places = range(len(marks)) if places is None else places
    return (marks, []) if _count_up(marks, places) else _settled(marks, places)


def _settled(marks: Sequence[Mark], places: Sequence[int]) -> tuple[Sequence[Mark], list[Problem]]:
    numbering = _Numbering(marks)
    changed: dict[int, Mark] = {}
    article, annex = ARTICLE, ANNEX
    annexes: list[int] = []  # those since the last article, as long as none began anew in them
    for index in places:
        mark = marks[index]
        kind = mark.kind
        if kind is article:
            number, last = mark.number, numbering.last
            ended = numbering.in_annex and not annexes  # 第一条 of an annex: the law has ended
            if (
                not ended
                and last is not None
                and number is not None
                and number.value == last.value + 1
                and mark.set_off
                and not number.suffix
            ):
                numbering.last, numbering.in_annex = number, False  # nearly every: nothing is odd
            elif ended or not numbering.takes(mark, index):
                changed[index] = _as_text(mark, as_it_stands=numbering.in_annex)
                if annexes:
                    annexes = []
                continue
            if annexes:  # 第二条　甲。⏎附件：申请表⏎第三条　乙。: the law goes on
                changed |= {place: _as_text(marks[place]) for place in annexes}
                annexes = []
        elif kind is annex and numbering.last is not None:
            if not numbering.in_annex or annexes:
                annexes.append(index)
            numbering.in_annex = True
    if not changed:
        return marks, numbering.problems
    return [changed.get(i, mark) for i, mark in enumerate(marks)], numbering.problems


def _count_up(marks: Sequence[Mark], places: Sequence[int]) -> bool:
    """Whether the articles are the first, the second, … to the last, each set off, no annex above
    one of them: so it is in 99 of 100 laws, and to see it takes half the time of `_settled`."""
    article, annex = ARTICLE, ANNEX
    count, ended = 0, False
    for index in places:
        mark = marks[index]
        kind = mark.kind
        if kind is article:
            number, count = mark.number, count + 1
            if (
                ended
                or not mark.set_off
                or number is None
                or number.value != count
                or number.suffix
            ):
                return False
        elif kind is annex:
            ended = True
    return True


_TAKEN: Final = frozenset({"numbering-gap", "repeated-number", "numbering-restart"})
"""What is odd about a number but leaves its line an article."""


class _Numbering:
    """The numbers of the articles so far."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.marks = marks
        self.last: Number | None = None
        self.in_annex = False
        self.problems: list[Problem] = []

    @cached_property
    def latest(self) -> dict[Number | None, int]:
        """The last line each number begins; only asked for where a number is odd."""
        return {m.number: i for i, m in enumerate(self.marks) if m.kind is ARTICLE}

    def takes(self, mark: Mark, index: int) -> bool:
        """Whether a line is an article that `settle` did not know at once for the next one.

        Keeps the problem if it is odd either way.
        """
        number = mark.number
        if number is None:
            return False
        if self.last is None:
            if number.value != 1:
                self.problems.append(_problem("first-article", mark, None))
            self.last = number
            return True
        last = self.last
        if self.in_annex:
            taken = number.follows(last) and mark.set_off
        else:
            before = _before(self.marks, index)
            verdict = _verdict(mark, last, before, lambda n: self.latest.get(n, -1) > index)
            if verdict is not None:
                self.problems.append(_problem(verdict, mark, last))
            taken = verdict is None or verdict in _TAKEN
        if taken:
            self.last, self.in_annex = number, False
        return taken


def _before(marks: Sequence[Mark], index: int) -> str:
    """The text of the line above, blank lines left aside."""
    for above in range(index - 1, -1, -1):
        if marks[above].text:
            return marks[above].text
    return ""


def _verdict(mark: Mark, last: Number, before: str, later: Callable[[Number], bool]) -> str | None:
    """None: an article. Otherwise the code of the problem, which says whether it is one.

    `later` tells whether a number begins another line further down.
    """
    number = mark.number
    assert number is not None
    follows = number.follows(last)
    wrapped = before[-1:] in _UNFINISHED and not (before[-1:] == "：" and mark.set_off)
    if follows:
        return "wrapped-line" if wrapped and not mark.set_off else None
    if wrapped or not (mark.set_off or (number > last and before[-1:] == "。")):
        return "wrapped-line"
    if number > last:
        successors = (Number(last.value + 1), Number(last.value, _next(last.suffix)))
        if any(later(n) for n in successors):
            return "wrapped-line"
        # without a space only where the count goes on: one mark missed condemns no others
        return (
            "numbering-gap" if mark.set_off or later(Number(number.value + 1)) else "wrapped-line"
        )
    if number == last:
        return "repeated-number"
    if number == Number(1) and later(Number(2)):
        return "numbering-restart"
    return "number-goes-down"


def _next(suffix: tuple[int, ...]) -> tuple[int, ...]:
    return (*suffix[:-1], suffix[-1] + 1) if suffix else (1,)


def _as_text(mark: Mark, *, as_it_stands: bool = False) -> Mark:
    """A wrapped 第五条　的规定 loses its space; 第一条　… of rules in an annex keeps it."""
    text = mark.text if as_it_stands else mark.text.replace("\u3000", "", 1)
    return new_mark(TEXT, None, text, text)


_MESSAGES = {
    "numbering-gap": (Severity.ERROR, "{here}接在{last}之后，中间缺号"),
    "repeated-number": (Severity.ERROR, "{here}的条号与上一条重复"),
    "numbering-restart": (Severity.ERROR, "{here}：条号在{last}之后重新从第一条开始"),
    "number-goes-down": (Severity.WARNING, "以{here}开头的一行在{last}之后，条号变小，按正文处理"),
    "wrapped-line": (Severity.INFO, "以{here}开头的一行在{last}之后，看作引用，按正文处理"),
    "first-article": (Severity.INFO, "条文从{here}开始，不是第一条"),
}


def _problem(code: str, mark: Mark, last: Number | None) -> Problem:
    severity, message = _MESSAGES[code]
    assert mark.number is not None
    here = mark.number.written("条")
    before = last.written("条") if last else ""
    return Problem(
        code=code,
        severity=severity,
        message=message.format(here=here, last=before),
        citation=here,
        quote=mark.text[:40],
    )


def has_outline(marks: Sequence[Mark]) -> bool:
    """Whether a text without 条 is an outline (方案, 意见, 决定).

    一、 and 二、 both begin a line, or 1. 2. 3. do, one after the other, where neither 一、 nor
    （一） does.

    >>> from tracker.parse.marks.kinds import scan
    >>> has_outline(scan(["1．甲", "2．乙", "3．丙"])), has_outline(scan(["1．甲", "3．丙"]))
    (True, False)
    """
    seen = {m.number.value for m in marks if m.kind is HAN and m.number}
    if seen:
        return {1, 2} <= seen
    arabic = [m.number.value for m in marks if m.kind is ARABIC and m.number]
    counted = len(arabic) >= FEWEST_ARABIC and arabic == list(range(1, len(arabic) + 1))
    return counted and all(m.kind is not PAREN_HAN for m in marks)


def outline_start(marks: Sequence[Mark]) -> int:
    """Where an outline begins: at its first 一、, 1. or, above them, heading."""
    top = next(i for i, m in enumerate(marks) if m.kind in (HAN, ARABIC))
    return next((i for i in range(top) if marks[i].kind in HEADINGS), top)
