"""Both texts as one: what stays, what goes and what comes, in the order in which it is read.

Third stage of the Word redline, floor 4. Its words without what comes are the old text, without
what goes the new one, letter for letter; a newline is a paragraph mark.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from enum import Enum

from tracker.diff.model import Op
from tracker.render.word.shared import Move, Same

__all__ = ["Mark", "Run", "weave"]


class Mark(Enum):
    """What a run of words is; of a moved provision the words that it kept are FROM and TO."""

    EQUAL = "equal"
    DELETE = "del"
    INSERT = "ins"
    FROM = "moveFrom"
    TO = "moveTo"

    def __init__(self, _: str) -> None:
        self.in_old = self._value_ in ("equal", "del", "moveFrom")
        """Whether the old text has it."""
        self.in_new = self._value_ in ("equal", "ins", "moveTo")
        """Whether the new text has it."""


Run = tuple[Mark, str]


def weave(old: str, new: str, kept: Iterable[Same], moves: Iterable[Move] = ()) -> tuple[Run, ...]:
    """The runs. `kept` is in the order of both texts. The last newline stays, whatever stands
    before it: Word has no document without a last paragraph.

    >>> [(mark.value, text) for mark, text in weave("甲\\n", "甲\\n乙\\n", [Same(0, 0, 2)])]
    [('equal', '甲'), ('ins', '\\n乙'), ('equal', '\\n')]
    """
    pieces = _ended(list(_pieces(old, new, kept)))
    gone, come = [], []
    for move in moves:
        gone += [(same.old, same.length) for same in move.words]
        come += [(same.new, same.length) for same in move.words]
    return tuple(_moved(pieces, sorted(gone), sorted(come)))


_Piece = tuple[Op, str]


def _pieces(old: str, new: str, kept: Iterable[Same]) -> Iterator[_Piece]:
    one = other = 0
    for same in (*kept, Same(len(old), len(new), 0)):
        gone, come = old[one : same.old], new[other : same.new]
        stays = new[same.new : same.new + same.length]
        if gone or come:
            begun = one > 0 and old[one - 1] != "\n"  # a line has begun that both texts have
            if begun and stays.startswith("\n"):
                gone, come, stays = f"{gone}\n", f"{come}\n", stays[1:]
            yield from _gap(gone, come, begun=begun)
        if stays:
            yield Op.EQUAL, stays
        one, other = same.old + same.length, same.new + same.length


def _gap(gone: str, come: str, *, begun: bool) -> Iterator[_Piece]:
    """What lies between words that stay: whole lines that went, whole lines that came, and the rest
    beside the line that follows. The end of a line that has begun stays.

    >>> [text for _, text in _gap("乙。\\n丙。\\n", "丁。\\n", begun=True)]
    ['乙。', '丁。', '\\n', '丙。\\n']
    >>> [text for _, text in _gap("乙。\\n第三条", "丁。\\n第四条", begun=False)]
    ['乙。\\n', '丁。\\n', '第三条', '第四条']
    """
    if begun and "\n" in gone and "\n" in come:
        went, _, gone = gone.partition("\n")
        came, _, come = come.partition("\n")
        yield from _both(went, came)
        yield Op.EQUAL, "\n"
        begun = False
    if begun:
        yield from _both(gone, come)
        return
    lines, more = gone.rfind("\n") + 1, come.rfind("\n") + 1
    yield from _both(gone[:lines], come[:more])
    yield from _both(gone[lines:], come[more:])


def _both(gone: str, come: str) -> Iterator[_Piece]:
    if gone:
        yield Op.DELETE, gone
    if come:
        yield Op.INSERT, come


def _ended(pieces: list[_Piece]) -> list[_Piece]:
    """The same two texts, the newline at the end of both as one that stays."""
    tail = len(pieces)
    while tail and pieces[tail - 1][0] is not Op.EQUAL:
        tail -= 1
    gone, come = (
        "".join(text for op, text in pieces[tail:] if op is one) for one in (Op.DELETE, Op.INSERT)
    )
    if not (gone or come):
        return pieces
    ahead = pieces[:tail]
    if gone and come:
        return [*ahead, *_gap(gone[:-1], come[:-1], begun=False), (Op.EQUAL, "\n")]
    if ahead:  # the mark of the paragraph before goes or comes instead
        ahead[-1:] = [(Op.EQUAL, text)] if (text := ahead[-1][1][:-1]) else []
        gone, come = (f"\n{text}" if text else "" for text in (gone, come))
    return [*ahead, *_both(gone[:-1], come[:-1]), (Op.EQUAL, "\n")]


def _moved(
    pieces: list[_Piece], gone: list[tuple[int, int]], come: list[tuple[int, int]]
) -> Iterator[Run]:
    """The runs, those parted that moved only in part."""
    one = other = 0
    for op, text in pieces:
        if op is Op.EQUAL:
            yield Mark.EQUAL, text
            one, other = one + len(text), other + len(text)
        elif op is Op.DELETE:
            yield from _parted(text, one, gone, (Mark.DELETE, Mark.FROM))
            one += len(text)
        else:
            yield from _parted(text, other, come, (Mark.INSERT, Mark.TO))
            other += len(text)


def _parted(
    text: str, place: int, moved: list[tuple[int, int]], marks: tuple[Mark, Mark]
) -> Iterator[Run]:
    plain, kept = marks
    at, end = place, place + len(text)
    index = bisect_right(moved, (place, -1))
    index -= 1 if index and sum(moved[index - 1]) > place else 0
    for start, length in moved[index:]:
        if start >= end:
            break
        if start > at:
            yield plain, text[at - place : start - place]
        begin, at = max(start, at), min(start + length, end)
        yield kept, text[begin - place : at - place]
    if at < end:
        yield plain, text[at - place :]
