"""A redline in lines: pieces of 款 and 项, unchanged runs folded, and its plain spelling.

Floor 4. Without colour a redline is written ``[-deleted-]{+inserted+}``, as `git diff --word-diff`
does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tracker.diff.model import Op, Redline
from tracker.diff.moves import find_moves
from tracker.render.words import Lang, say

__all__ = [
    "Line", "breaks_first", "excerpt", "for_reading", "marked", "redline_lines", "shown_lines",
    "whole_items", "with_breaks", "with_moves",
]  # fmt: skip

_INLINE: Final = 24  # characters of a replaced text that still read in one line
_OTHERS: Final = (Op.INSERT, Op.DELETE)  # what the old side has not, and the new one
_KEEP_AROUND: Final = 1  # unchanged lines kept on either side of a change
_FOLD_FROM: Final = 2  # shorter unchanged runs are shown: the note would be as long as the text


_NUMBER: Final = re.compile("（[一二三四五六七八九十百]{1,5}）|[0-9]{1,3}．")
_NUMBER_LAST: Final = re.compile(rf"\n({_NUMBER.pattern})\Z")
"""The number of an item, or of what is below one, at the end of a text and the start of a line."""
_BREAK: Final = "↵"
"""Stands for a line break that is all that came or went: nothing else would tell of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a redline (a 款, 项 or 目); or the name of the article or text that begins here;
    or a note that `skipped` lines are left out.
    """

    pieces: Redline = ()
    label: str = ""
    skipped: int = 0

    @property
    def changed(self) -> bool:
        """Whether any word of it differs."""
        return any(op is not Op.EQUAL for op, _ in self.pieces)


def with_moves(redline: Redline, lang: Lang = "zh", *, stacked: bool = False) -> Redline:
    """The redline for reading, with words around what moved inside the article: 〔移至后文：……〕.

    Several moves are told apart by a number. `stacked`: both texts stand by themselves, so nothing
    in one is before or behind what is in the other. For showing only: the sides can no longer be
    rebuilt.

    >>> moved = "路灯应当逐杆编号"
    >>> marked(with_moves(((Op.INSERT, moved), (Op.EQUAL, "；巡查；"), (Op.DELETE, moved))))
    '{+〔移自后文：路灯应当逐杆编号〕+}；巡查；[-〔移至前文：路灯应当逐杆编号〕-]'
    """
    out = list(redline)
    moves = find_moves(redline)
    for number, (gone, come) in enumerate(moves, 1):
        which = f" {number}" if len(moves) > 1 else ""
        words = (
            ("moved_down", "moved_from_above") if gone < come else ("moved_up", "moved_from_below")
        )
        if stacked:
            words = ("moved_place", "moved_place")
        for at, key in zip((gone, come), words, strict=True):
            op, text = redline[at]
            out[at] = op, f"〔{say(lang, key)}{which}：{text}〕"
    return tuple(out)


def for_reading(redline: Redline, lang: Lang = "zh", *, stacked: bool = False) -> Redline:
    """The redline as people read it: items whole, and moves told; `stacked` as in `with_moves`."""
    return whole_items(breaks_first(with_moves(redline, lang, stacked=stacked)))


def breaks_first(redline: Redline) -> Redline:
    """The same two texts, with the breaks that came in front of what went at the start of a line.

    Else what went stands alone in a line, or even under the article before.

    >>> split = (Op.DELETE, "甲。\\n同"), (Op.INSERT, "\\n\\n其他同"), (Op.EQUAL, "乙")
    >>> [text for _, text in breaks_first(split)]
    ['甲。\\n', '\\n\\n', '同', '其他同', '乙']
    """
    out: list[tuple[Op, str]] = []
    for op, text in redline:
        rest = text.lstrip("\n")
        if op is Op.INSERT and rest != text and out and out[-1][0] is Op.DELETE:
            gone = out[-1][1]
            at_start = len(out) > 1 and out[-2][0] is Op.EQUAL and out[-2][1].endswith("\n")
            cut = gone.rfind("\n") + 1
            if gone[cut:] and (cut or at_start):
                kept = [(Op.DELETE, gone[:cut])] if cut else []
                breaks = text[: len(text) - len(rest)]
                out[-1:] = [*kept, (op, breaks), (Op.DELETE, gone[cut:])]
                out += [(op, rest)] if rest else []
                continue
        out.append((op, text))
    return tuple(out)


def whole_items(redline: Redline) -> Redline:
    """The same two texts, with the number of an item that went or came marked with the item.

    Both texts have a （二）, so its number stands as kept though its words went, and the number
    in front of the next item as gone: as if （三） had lost its number.

    >>> drawn = (Op.EQUAL, "甲\\n（二）"), (Op.DELETE, "乙；\\n（三）"), (Op.EQUAL, "丙")
    >>> marked(drawn)
    '甲\\n（二）[-乙；\\n（三）-]丙'
    >>> marked(whole_items(drawn))
    '甲\\n[-（二）乙；\\n（三）-]{+（二）+}丙'

    The old number of an item stands beside its new one, behind the items that came before it.

    >>> marked(whole_items(((Op.DELETE, "（二）"), (Op.INSERT, "（二）乙；\\n（三）"))))
    '{+（二）乙；\\n+}[-（二）-]{+（三）+}'
    """
    out = _numbers_together(redline)
    at = 0
    while at + 2 < len(out):
        (before, head), (op, words), (after, _) = out[at : at + 3]
        number = _NUMBER_LAST.search(head) if before is after is Op.EQUAL is not op else None
        other = _NUMBER_LAST.search(words) if number else None
        if number and other and number[1] != other[1]:
            cut = len(words) - len(other[1])
            if op is Op.DELETE:
                pieces = [(op, number[1] + words), (Op.INSERT, number[1])]
            else:
                pieces = [(op, number[1] + words[:cut]), (Op.DELETE, number[1]), (op, other[1])]
            kept = head[: number.start(1)]
            pieces = [(Op.EQUAL, kept), *pieces] if kept else pieces
            out[at : at + 2] = pieces
            at += len(pieces)
        else:
            at += 1
    return tuple(out)


def _numbers_together(redline: Redline) -> list[tuple[Op, str]]:
    out: list[tuple[Op, str]] = []
    for op, text in redline:
        number = _NUMBER_LAST.search(text) if op is Op.INSERT and "\n" in text else None
        if number and out and out[-1][0] is Op.DELETE and _NUMBER.fullmatch(out[-1][1]):
            out[-1:] = [(op, text[: number.start(1)]), out[-1], (op, number[1])]
        else:
            out.append((op, text))
    return out


def marked(redline: Redline) -> str:
    """The plain spelling.

    >>> marked(((Op.EQUAL, "处"), (Op.DELETE, "一万元"), (Op.INSERT, "五万元"), (Op.EQUAL, "罚款")))
    '处[-一万元-]{+五万元+}罚款'
    """
    signs = {Op.EQUAL: ("", ""), Op.DELETE: ("[-", "-]"), Op.INSERT: ("{+", "+}")}
    return "".join(signs[op][0] + text + signs[op][1] for op, text in redline)


def with_breaks(redline: Redline) -> Redline:
    """The redline with ↵ at each line break that is itself all that was added or taken away.

    For showing only. A break next to another one parts two articles, and their names say so.

    >>> broken = (Op.EQUAL, "处警告；"), (Op.INSERT, "\\n"), (Op.EQUAL, "情节较重的，处拘留。")
    >>> marked(with_breaks(broken))
    '处警告；{+↵\\n+}情节较重的，处拘留。'
    """
    out = list(redline)
    for at in range(1, len(redline) - 1):
        (before, left), (op, text), (after, right) = redline[at - 1 : at + 2]
        if text == "\n" and op not in (Op.EQUAL, before, after):
            parts_articles = left.endswith("\n") or right.startswith("\n")
            out[at] = op, text if parts_articles else _BREAK + text
    return tuple(out)


def shown_lines(
    redline: Redline,
    lang: Lang,
    names: tuple[Sequence[str], Sequence[str]] = ((), ()),
    *,
    stacked: bool = False,
) -> tuple[Line, ...]:
    """The lines of a redline as people read it, long unchanged runs folded; `names` as in
    `redline_lines`.

    `stacked`: the old text whole and below it the new one, with what differs marked in each, unless
    both are so short that they read in one line.
    """
    pieces = for_reading(redline, lang, stacked=stacked)
    sides = [tuple(one for one in pieces if one[0] is not other) for other in _OTHERS]
    if not stacked or all(sum(len(text) for _, text in side) <= _INLINE for side in sides):
        return excerpt(redline_lines(with_breaks(pieces), *names))
    old = redline_lines(with_breaks(sides[0]), names[0])
    new = redline_lines(with_breaks(sides[1]), (), names[1])
    return (
        Line(label=say(lang, "old_text")), *old, Line(label=say(lang, "new_text")), *new
    )  # fmt: skip


def redline_lines(
    redline: Redline, old: Sequence[str] = (), new: Sequence[str] = ()
) -> tuple[Line, ...]:
    """Cut at the newlines, whichever piece they stand in; empty lines go.

    A text replaced as a whole gives the old lines, then the new ones. `old` and `new` name the
    articles of a side that has several: each begins with a line that is its name.
    """
    lines: list[Line] = []
    pieces: list[tuple[Op, str]] = []
    sides = (_Names(old, Op.INSERT), _Names(new, Op.DELETE))

    def end_line() -> None:
        if pieces:
            lines.extend(Line(label=label) for side in sides for label in side.due())
            lines.append(Line(tuple(pieces)))
            pieces.clear()

    for op, text in redline:
        if pieces and _replaced_whole(redline):
            end_line()
        for index, part in enumerate(text.split("\n")):
            if index:
                end_line()
                for side in sides:
                    side.newline(op)
            if part:
                pieces.append((op, part))
                for side in sides:
                    side.words(op)
    end_line()
    return tuple(lines)


class _Names:
    """The names of the articles of one side, handed out as their first words come."""

    def __init__(self, names: Sequence[str], other: Op) -> None:
        from tracker.diff.patch import JOINT  # brings the tokeniser, which other views need not

        self.joint = len(JOINT)
        self.names = list(names) if len(names) > 1 else []
        self.other = other  # pieces of this kind are not on this side
        self.waiting = self.names[:1]
        self.begun = 0
        self.newlines = 0

    def newline(self, op: Op) -> None:
        if op is self.other:
            return
        self.newlines += 1
        if self.newlines == self.joint and self.begun + 1 < len(self.names):
            self.begun += 1
            self.waiting.append(self.names[self.begun])

    def words(self, op: Op) -> None:
        if op is not self.other:
            self.newlines = 0

    def due(self) -> list[str]:
        due, self.waiting = self.waiting, []
        return due


def _replaced_whole(redline: Redline) -> bool:
    """One deletion and one insertion, too long to be read in one line."""
    return [op for op, _ in redline] == [Op.DELETE, Op.INSERT] and any(
        len(text) > _INLINE for _, text in redline
    )


def excerpt(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Long unchanged runs folded into a note; a line on either side of a change stays.

    Where no word differs (two articles became one as they stood) every line stays.
    """
    if not any(line.changed for line in lines):
        return lines
    near = {
        place
        for index, line in enumerate(lines)
        if line.changed or line.label
        for place in range(index - _KEEP_AROUND, index + _KEEP_AROUND + 1)
    }
    out: list[Line] = []
    run: list[Line] = []
    for index, line in enumerate((*lines, None)):
        if line is not None and index not in near:
            run.append(line)
            continue
        out += [Line(skipped=len(run))] if len(run) >= _FOLD_FROM else run
        run = []
        if line is not None:
            out.append(line)
    return tuple(out)
