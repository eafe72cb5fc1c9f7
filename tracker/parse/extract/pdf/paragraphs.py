"""Rows of print → paragraphs: whether a row goes on the one before is told by where both stand.

Floor 1, the last step of taking the lines out of a PDF. A row goes on where it begins at the margin
and the row before reaches the other one; a row that is set in begins a paragraph. Where nothing is
set in, a row that ends a sentence ends its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from tracker.law.numbering import NUMERAL
from tracker.parse.extract.pdf.pages import Page, Row

__all__ = ["Paragraph", "paragraphs"]

INDENT: Final = 1.2
"""Ems from which a row is set in; 公文 has 2, and a margin is met within half a one."""
SLACK: Final = 2.2
"""Ems that a full row may lack: a sign that must not begin a line takes one more along."""
SAME_SIZE: Final = 0.15
"""Share by which sizes of letters differ in one paragraph."""
BLANK: Final = 2.1
"""Of the usual distance of two rows, from which a blank stands between paragraphs."""
GAP: Final = 1.15
"""The same where no paragraph is set in; the rows of one paragraph are equally far apart."""
INDENTED: Final = 0.08
"""Share of rows that are set in, from which paragraphs are known by it."""
FEW: Final = 12
"""Rows of a text so short that one alone tells a margin."""
SUPPORT: Final = 0.02
"""Share of rows that begin at a margin."""

_ENDS: Final = frozenset("。；：！？")
_CLOSES: Final = "”）》"
_MARK: Final = re.compile(
    rf"第[ \u3000]?{NUMERAL}{{1,12}}[ \u3000]?(?:条(?:之{NUMERAL}{{1,4}})?|[编章节])|附件|附录"
    rf"|目\s{{0,4}}录$|[（(]{NUMERAL}{{1,4}}[）)]|{NUMERAL}{{1,4}}、|[0-9]{{1,3}}[.．、](?![0-9])"
)
_EVENT: Final = re.compile("[（(]?(?:根据)?[0-9]{4}年")
_EVENT_ENDS: Final = re.compile("(?:通过|批准|公布|发布|印发|修正|修订|修改|废止|施行)$")
"""How an event of a 题注 begins, and how the one before it ends."""
_HEADING: Final = re.compile(
    rf"第[ \u3000]?{NUMERAL}{{1,12}}[ \u3000]?[编章节][ \u3000][^。；，：]{{1,30}}$"
)
_LEADERS: Final = re.compile(r"(?:…|\.{3}|·{3}|．{3}|-{4}|—{3})[^一-鿿]{0,60}[0-9]{1,4}[）)]?$")
"""第一章　总则……………3: an entry of the contents page."""
_UNIT: Final = re.compile("[（《〈“‘【]{0,4}(?:[!-~]{1,60}|.)[，。；：、！？）》〉”’】]{0,6}")
"""What a row begins with that no printer divides: （箱）。"""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the extracted text, and the page, from 1, on which it begins; `is_guess` where
    it may go on the one before for all that can be seen."""

    text: str
    page: int
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class _Frame:
    """The margins of the rows of one measure."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a text is set: its margins by measure, size, distance of rows, and what is set in."""

    frames: dict[tuple[int, int, int], _Frame]
    em: float
    pitch: float
    indented: bool
    marks_indented: bool
    gaps: bool


def paragraphs(rows: Sequence[Row], pages: Sequence[Page]) -> list[Paragraph]:
    """The paragraphs of a text, whose rows are in reading order.

    Before: 　　第一条　为了规范⏎管理，制定本条例。⏎　　第二条　……
    After:  第一条　为了规范管理，制定本条例。⏎第二条　……
    """
    widths = {page.number: round(page.width) for page in pages}
    setting = _setting(rows, widths)
    out: list[Paragraph] = []
    before: Row | None = None
    for row in rows:
        goes_on: bool | None = False
        if before is not None:
            goes_on = _goes_on(before, row, setting, widths)
            goes_on = goes_on or _is_centred(before, row, setting, widths) or goes_on
        if goes_on:
            out[-1] = replace(out[-1], text=_glued(out[-1].text, row.text))
        else:
            out.append(Paragraph(row.text, row.page, is_guess=goes_on is None))
        before = row
    return out


def _goes_on(a: Row, b: Row, setting: _Setting, widths: dict[int, int]) -> bool | None:
    """Whether row b goes on the paragraph that row a is the last of; None where nothing tells: row
    a is full and ends a sentence, and no paragraph is set in or apart.
    """
    if a.whole or b.whole or abs(a.em - b.em) > SAME_SIZE * max(a.em, b.em):
        return False
    if _LEADERS.search(a.text) or _LEADERS.search(b.text):
        return False
    em = setting.em
    own, other = setting.frames[_measure(a, widths)], setting.frames[_measure(b, widths)]
    below = a.page == b.page and a.column == b.column
    step = (a.y - b.y) / setting.pitch if below and setting.pitch else 1.0
    if step > BLANK:
        return False
    lacks = (own.right - a.x1) / em
    full = lacks < max(SLACK, _unit(b.text) + 0.8)
    ended = a.text.rstrip(_CLOSES)[-1:] in _ENDS
    marked = _MARK.match(b.text) is not None
    if _EVENT.match(b.text) and _EVENT_ENDS.search(a.text):
        return False
    if b.x0 - other.left >= INDENT * em:
        # Set in as the row before it is: the entry of a list that is set in as a whole.
        beside = abs((b.x0 - other.left) - (a.x0 - own.left)) < 0.3 * em
        open_ended = not ended and a.text[-1] not in _CLOSES
        return setting.indented and beside and full and open_ended and not marked
    if marked and not (full and not ended and (
        setting.marks_indented if setting.indented else setting.gaps and below and step <= GAP
    )):  # fmt: skip
        return False
    if setting.indented:
        return full and not _HEADING.match(a.text)
    if step > GAP or not full:
        return False
    if ended and a.text[-1] != "；" and not (setting.gaps and below):  # unmarked, it goes on
        return None
    return True


def _unit(text: str) -> float:
    """How wide, in ems, is what could not stay in the row before.

    >>> _unit("（箱）。邮政"), _unit("理，适用"), _unit("2021年")
    (4.0, 2.0, 2.2)
    """
    found = _UNIT.match(text)
    return sum(0.55 if sign.isascii() else 1.0 for sign in found[0]) if found else 0.0


def _is_centred(a: Row, b: Row, setting: _Setting, widths: dict[int, int]) -> bool:
    """Whether both rows are of one centred paragraph, as long titles and 题注 are: the row before
    fills its line, and no event of a 题注 begins.

    Before: （2021年1月1日某市人民代表大会常务⏎委员会第一次会议通过）
    After:  （2021年1月1日某市人民代表大会常务委员会第一次会议通过）
    """
    frame, em = setting.frames[_measure(a, widths)], max(a.em, b.em)
    middle = (frame.left + frame.right) / 2
    off = max(abs((row.x0 + row.x1) / 2 - middle) for row in (a, b))
    near = a.page == b.page and 0 < a.y - b.y <= BLANK * setting.pitch
    alike = abs(a.em - b.em) <= SAME_SIZE * em
    lacks = (frame.right - frame.left - (a.x1 - a.x0)) / em
    if not (near and alike and off < em and lacks < SLACK) or a.whole or b.whole:
        return False
    if a.text[-1] == "）":
        return False
    at_margin = b.x0 - frame.left < INDENT * em / 2 and em < (1 + SAME_SIZE) * setting.em
    begins = _MARK.match(b.text) or _EVENT.match(b.text) or at_margin
    return a.text.rstrip(_CLOSES)[-1:] not in _ENDS and not begins


def _measure(row: Row, widths: dict[int, int]) -> tuple[int, int, int]:
    """Rows of one measure have the same margins: pages of one size, left or right, and column."""
    return widths[row.page], row.page % 2, row.column


def _setting(rows: Sequence[Row], widths: dict[int, int]) -> _Setting:
    em = median(row.em for row in rows) if rows else 1.0
    groups: dict[tuple[int, int, int], list[Row]] = {}
    for row in rows:
        groups.setdefault(_measure(row, widths), []).append(row)
    frames = {key: _frame(_ample(key, groups), em) for key in groups}
    insets = [
        (row, (row.x0 - frame.left) / em, (frame.right - row.x1) / em)
        for row in rows
        if not row.whole and (frame := frames[_measure(row, widths)])
    ]
    # What stands in the middle is a heading, and tells nothing of paragraphs.
    inside = [(row, left) for row, left, right in insets if left < INDENT or abs(left - right) > 1]
    indented = sum(INDENT <= left <= 4.5 for _, left in inside)
    marks = [left for row, left in inside if _MARK.match(row.text)]
    steps = [
        a.y - b.y
        for a, b in pairwise(rows)
        if a.page == b.page and a.column == b.column and a.y > b.y
    ]
    pitch = sorted(steps)[len(steps) // 4] if steps else 0.0
    full = [step for step in steps if step > GAP * pitch]
    return _Setting(
        frames, em, pitch,
        indented >= max(2, INDENTED * len(inside)) and indented < len(inside),
        sum(value >= INDENT for value in marks) > 0.6 * len(marks) if marks else False,
        len(full) >= 0.1 * len(steps) if steps else False,
    )  # fmt: skip


def _ample(key: tuple[int, int, int], groups: dict[tuple[int, int, int], list[Row]]) -> list[Row]:
    """The rows that tell the margins of a measure: with those of the other side where few are."""
    own = groups[key]
    if len(own) >= FEW:
        return own
    width, side, column = key
    beside = groups.get((width, 1 - side, column), [])
    return [*own, *beside]


def _frame(rows: Sequence[Row], em: float) -> _Frame:
    """The margins: the outermost places at which several rows begin, and end."""
    text = [row for row in rows if not row.whole] or list(rows)
    need = max(2, SUPPORT * len(text)) if len(text) >= FEW else 1
    left = _outermost(sorted(row.x0 for row in text), 0.4 * em, need)
    right = -_outermost(sorted(-row.x1 for row in text), 0.6 * em, need)
    return _Frame(left, right)


def _outermost(values: Sequence[float], spread: float, need: float) -> float:
    """The lowest value that `need` of them are close to; the lowest of all where there is none."""
    start = 0
    for stop, value in enumerate(values):
        while value - values[start] > spread:
            start += 1
        if stop - start + 1 >= need:
            return values[start]
    return values[0]


def _glued(text: str, more: str) -> str:
    """Two rows as one; a Latin word cut by a hyphen is whole again, two words stay apart."""
    if not (text[-1:].isascii() and more[:1].isascii() and more[:1].isalnum()):
        return text + more
    if text[-1] == "-" and text[-2:-1].isalpha() and more[0].islower():
        return text[:-1] + more
    return text + (" " if text[-1].isalpha() and more[0].isalpha() else "") + more
