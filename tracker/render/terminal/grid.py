"""Tables in the terminal: cells fold, nothing is cut off, and in a pipe nothing folds at all.

Floor 4, on rich's styles. rich's own tables take a run of Han for one word and break it without
regard to punctuation; here the rules of `fold` hold in cells too. However many rows there are, all
are written: a hostile text has 250,000 citations, and whoever wants fewer has a pager.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Final

from rich.console import Console
from rich.segment import Segment, Segments
from rich.text import Text

from tracker.render.fold import break_points, cells
from tracker.render.visible import visible

__all__ = ["Cell", "as_text", "print_grid", "print_rows", "widths_for"]

Cell = str | Text

_GAP: Final = "  "
_LONGEST_RULE: Final = 100
_NARROWEST: Final = 6  # a column is not made narrower than three Han
_TOGETHER: Final = 500
"""Lines without styles that are written at once. As values of rich, a row took 0.12 ms, of which
0.1 were spent on styles that it does not have."""


def print_grid(
    console: Console,
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    right: Sequence[int] = (),
    keep: Sequence[int] = (),
) -> None:
    """A head line in bold, a rule, then the rows.

    `right` lists the columns (from 0) that are set flush right, `keep` those that should not fold
    (an id is copied whole) while another column can give way.
    """
    lines = _safe(rows)
    head = tuple(Text(name, "bold") for name in heads)
    widths = _widths(console, [head, *lines], keep, 0)
    print_rows(console, [head], widths, right=right)
    rule = "─" if (console.encoding or "").lower().startswith("utf") else "-"
    length = min(sum(widths) + len(_GAP) * (len(widths) - 1), _LONGEST_RULE)
    console.print(Text(rule * length), soft_wrap=True)
    _print(console, lines, widths, right, "")


def as_text(cell: Cell) -> Text:
    """A cell that is safe to print."""
    return cell if isinstance(cell, Text) else Text(visible(cell))


def _safe(rows: Iterable[Sequence[Cell]]) -> list[tuple[Cell, ...]]:
    return [
        tuple([cell if isinstance(cell, Text) else visible(cell) for cell in row]) for row in rows
    ]


def widths_for(
    console: Console, rows: Iterable[Sequence[Cell]], *, keep: Sequence[int] = (), indent: int = 0
) -> list[int]:
    """As wide as the longest cell; where the terminal has less room the widest give way."""
    return _widths(console, _safe(rows), keep, indent)


def _widths(
    console: Console, rows: Sequence[Sequence[Cell]], keep: Sequence[int], indent: int
) -> list[int]:
    columns = zip(*rows, strict=True)
    widths = [max(cells(_words(cell)) for cell in column) for column in columns]
    if not console.is_terminal:
        return widths
    room = console.width - indent - len(_GAP) * (len(widths) - 1)
    for willing in ([i for i in range(len(widths)) if i not in keep], range(len(widths))):
        while sum(widths) > room and willing:
            widest = max(willing, key=lambda i: widths[i])
            if widths[widest] <= _NARROWEST:
                break
            widths[widest] -= 1
    return widths


def _words(cell: Cell) -> str:
    return cell.plain if isinstance(cell, Text) else cell


def print_rows(
    console: Console,
    rows: Iterable[Sequence[Cell]],
    widths: Sequence[int],
    *,
    right: Sequence[int] = (),
    indent: str = "",
) -> None:
    """Rows with the widths given, without a head."""
    _print(console, _safe(rows), widths, right, indent)


def _print(
    console: Console, rows: Iterable[Sequence[Cell]], widths: Sequence[int], right: Sequence[int],
    indent: str,
) -> None:  # fmt: skip
    plain: list[str] = []
    columns = [(width, index in right) for index, width in enumerate(widths)]
    for row in rows:
        line = _plain_line(row, columns)
        if line is not None:
            plain.append(indent + line)
            if len(plain) >= _TOGETHER:
                _print_plain(console, plain)
            continue
        _print_plain(console, plain)
        texts = [_fold(as_text(cell), width) for cell, width in zip(row, widths, strict=True)]
        for styled in zip_longest(*texts, fillvalue=Text()):
            console.print(Text(indent) + _line(styled, widths, right), soft_wrap=True)
    _print_plain(console, plain)


def _plain_line(row: Sequence[Cell], columns: Sequence[tuple[int, bool]]) -> str | None:
    """A row without styles in which each cell has room for its words, as nearly all are; or None.

    A column is its width and whether it is set flush right.
    """
    parts: list[str] = []
    for cell, column in zip(row, columns, strict=True):
        part = _padded(cell, *column) if isinstance(cell, str) else None
        if part is None:
            return None
        parts.append(part)
    return _GAP.join(parts).rstrip()


@lru_cache(maxsize=1024)  # 第三条 stands in many rows
def _padded(words: str, width: int, flush_right: bool) -> str | None:
    """A cell without styles as wide as its column; None where its words must fold, or hold a tab or
    a newline, and rich is to see to it."""
    if "\t" in words or "\n" in words or cells(words) > width:
        return None
    words = words.rstrip()
    space = " " * (width - cells(words))
    return space + words if flush_right else words + space


def _print_plain(console: Console, lines: list[str]) -> None:
    """Write these lines, and forget them."""
    if lines:
        console.print(Segments([Segment("\n".join((*lines, "")))]), soft_wrap=True)
        lines.clear()


def _fold(text: Text, width: int) -> list[Text]:
    return list(text.divide(break_points(text.plain, width)))


def _line(parts: Sequence[Text], widths: Sequence[int], right: Sequence[int]) -> Text:
    out = Text()
    for index, (part, width) in enumerate(zip(parts, widths, strict=True)):
        part.rstrip()
        space = " " * (width - cells(part.plain))
        out += Text(space) + part if index in right else part + Text(space)
        out.append(_GAP)
    out.rstrip()
    return out
