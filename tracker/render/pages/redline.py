"""A redline as HTML: in the line, side by side, or one text above the other.

Floor 4, used by the comparison pages. Inserted words stand in ``<ins>``, deleted ones in ``<del>``,
with words for screen readers that are neither seen nor copied. Deleted words are shaded, never
struck: a stroke through 二 makes it look like 三.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final

from tracker.diff.model import Op, Redline
from tracker.render.lines import for_reading
from tracker.render.pages.html import EMPTY, Html, element, escape, join, tag

__all__ = ["columns", "inline", "phrase", "stacked", "unmarked"]

_ELEMENT: Final = {Op.INSERT: element("ins"), Op.DELETE: element("del")}
_SPOKEN: Final = {
    op: tag("span", escape(words), class_="tracker-spoken")
    for op, words in ((Op.INSERT, "〔新增〕"), (Op.DELETE, "〔删除〕"), (Op.EQUAL, "〔止〕"))
}
_LINE: Final = element("p")
_ITEM: Final = element("p", class_="tracker-item")
_CELL: Final = element("div")
_SAME_CELL: Final = element("div", class_="tracker-equal")
_LABEL: Final = element("p", class_="tracker-label")
_BREAK: Final = "↵"
_BLANK: Final = "\n\n"  # what parts two articles
_TOKEN: Final = re.compile(r"\n|[^\n]+")
_SIDES: Final = {
    Op.EQUAL: (Op.DELETE, Op.INSERT), Op.DELETE: (Op.DELETE,), Op.INSERT: (Op.INSERT,)
}  # fmt: skip
"""Which texts a piece stands in: the old one goes by what is deleted from it."""
_LINE_MARK: Final = re.compile("（[零一二三四五六七八九十百]+）|[0-9]+．|——")


@dataclass(slots=True)
class _Line:
    """A line to show: pieces of a 款 or 项, or the label of an article where `label` is given."""

    pieces: list[tuple[Op, str]] = field(default_factory=list)
    label: tuple[str, int] | None = None  # side, index of the article on that side


def _merged(redline: Redline) -> Redline:
    """Neighbouring pieces of one kind as one piece."""
    out: list[tuple[Op, str]] = []
    for op, text in redline:
        if out and out[-1][0] is op:
            out[-1] = (op, out[-1][1] + text)
        elif text:
            out.append((op, text))
    return tuple(out)


def _tokens(redline: Redline) -> Iterator[tuple[Op, str]]:
    for op, text in redline:
        for token in _TOKEN.findall(text):
            yield op, token


def _lines(redline: Redline, olds: int, news: int) -> list[_Line]:
    """The redline cut into lines at every line break of either side.

    A break that is itself all that was added or taken away shows as ↵. A blank line on one side is
    the border between two articles of a split or a merger: a label goes there.
    """
    redline = _merged(redline)
    lines = [_Line(label=(side, 0)) for side, n in (("old", olds), ("new", news)) if n > 1]
    current = _Line()
    breaks = {Op.DELETE: 0, Op.INSERT: 0}  # line breaks in a row, on the old and on the new side
    index = {Op.DELETE: 0, Op.INSERT: 0}
    bare = {i for i, (op, text) in enumerate(redline) if op is not Op.EQUAL and text == "\n"}
    for number, (op, text) in enumerate(redline):
        sides = _SIDES[op]
        for token in _TOKEN.findall(text):
            if token != "\n":
                current.pieces.append((op, token))
                for side in sides:
                    breaks[side] = 0
                continue
            if number in bare:
                current.pieces.append((op, _BREAK))
            lines.append(current)
            current = _Line()
            for side in sides:
                breaks[side] += 1
                if breaks[side] == 2:
                    index[side] += 1
                    name = "old" if side is Op.DELETE else "new"
                    lines.append(_Line(label=(name, index[side])))
    lines = [line for line in [*lines, current] if line.pieces or line.label]
    for line, after in pairwise(lines):
        if after.label and line.pieces and line.pieces[-1][1] == _BREAK:
            line.pieces.pop()  # the label says it already
    return lines


def _piece(op: Op, text: str) -> Html:
    if op is Op.EQUAL:
        return escape(text)
    return _ELEMENT[op](_SPOKEN[op], escape(text), _SPOKEN[Op.EQUAL])


def phrase(redline: Redline) -> Html:
    """A redline of one line: a caption, a heading, a title."""
    return join(_piece(op, text.replace("\n", " ")) for op, text in redline if text)


def _paragraph(pieces: Sequence[tuple[Op, str]]) -> Html:
    text = "".join([text for _, text in pieces])
    line = _ITEM if _LINE_MARK.match(text) else _LINE
    return line(*[_piece(op, text) for op, text in pieces])


def unmarked(text: str) -> Html:
    """A text without marks, line by line."""
    return _whole(Op.EQUAL, text)


@lru_cache(maxsize=1024)  # an article that did not change stands in each comparison of a law
def _whole(op: Op, text: str) -> Html:
    """A text that stayed, came or went as a whole, line by line."""
    return join([_paragraph(((op, line),)) for line in text.split("\n") if line])


_reading: Final = lru_cache(maxsize=64)(for_reading)  # in the line, then in columns


def _label(words: str) -> Html:
    return _LABEL(escape(words))


def _named(line: _Line, old: Sequence[str], new: Sequence[str]) -> Html:
    side, index = line.label or ("new", 0)
    names, word = (old, "旧") if side == "old" else (new, "新")
    return _label(f"{word}{names[index]}" if index < len(names) else word)


def inline(redline: Redline, old: Sequence[str], new: Sequence[str]) -> Html:
    """Both texts in one, line by line. `old` and `new` are the citations of the articles."""
    if len(redline) == 1 and len(old) < 2 and len(new) < 2 and _BLANK not in f"\n{redline[0][1]}":
        return _whole(*redline[0])  # an article that came or went
    lines = _lines(_reading(redline), len(old), len(new))
    return join(_named(x, old, new) if x.label else _paragraph(x.pieces) for x in lines)


def stacked(redline: Redline, old: Sequence[str], new: Sequence[str]) -> Html:
    """The old text whole, and below it the new one. What differs is marked in each, unless all
    does: marks that nothing stands out from only drown the words.
    """
    redline = for_reading(redline, stacked=True)
    marked = any(op is Op.EQUAL for op, _ in redline)
    blocks = []
    for side, words, names in ((Op.DELETE, "原文", old), (Op.INSERT, "新文", new)):
        kept = tuple(
            (op if marked else Op.EQUAL, text) for op, text in redline if op in (side, Op.EQUAL)
        )
        name = "old" if side is Op.DELETE else "new"
        body = _side(kept, names, name)
        look = f"tracker-whole tracker-{name}" + (" tracker-marked" if marked else "")
        blocks.append(tag("div", _label(words), body, class_=look))
    return tag("div", *blocks, class_="tracker-stacked")


def _side(redline: Redline, names: Sequence[str], side: str) -> Html:
    """One side alone; where it has several articles, each begins with its citation."""
    many = len(names) > 1
    if not many:
        if all(op is Op.EQUAL for op, _ in redline):
            return unmarked("".join([text for _, text in redline]))
        return join(_paragraph(line.pieces) for line in _lines(redline, 1, 1) if line.pieces)
    counts = (len(names), 1) if side == "old" else (1, len(names))
    out = []
    for line in _lines(redline, *counts):
        if line.label is None:
            out.append(_paragraph(line.pieces))
        elif line.label[0] == side:
            out.append(_named(line, names, names))
    return join(out)


def _rows(redline: Redline) -> list[list[tuple[Op, str]]]:
    """Cut at the line breaks that both sides share: a row each in the two columns."""
    rows: list[list[tuple[Op, str]]] = [[]]
    for op, token in _tokens(redline):
        if op is Op.EQUAL and token == "\n":
            rows.append([])
        else:
            rows[-1].append((op, token))
    return [row for row in rows if row]


def columns(redline: Redline, old: Sequence[str], new: Sequence[str]) -> Html:
    """The old text on the left, the new one on the right, 款 beside 款 where they match."""
    cells = [_CELL(_label(word + "、".join(names))) for word, names in (("旧", old), ("新", new))]
    whole = not old or not new or len(old) > 1 or len(new) > 1
    redline = _reading(redline)
    rows = [list(redline)] if whole else _rows(redline)
    for row in rows:
        made = _SAME_CELL if all(op is Op.EQUAL for op, _ in row) else _CELL
        for side, names, name in ((Op.DELETE, old, "old"), (Op.INSERT, new, "new")):
            pieces = tuple((op, text) for op, text in row if op in (side, Op.EQUAL))
            cells.append(made(_side(pieces, names, name) if pieces else EMPTY))
    return tag("div", *cells, class_="tracker-columns")
