"""Tables in the terminal: cells fold, nothing is cut off, and in a pipe nothing folds at all.

Floor 4, on rich's styles. rich's own tables take a run of Han for one word and break it without
regard to punctuation; here the rules of `fold` hold in cells too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Final

from rich.console import Console
from rich.text import Text

from tracker.render.fold import break_points, cells
from tracker.render.visible import visible

__all__ = ["Cell", "as_text", "print_grid", "print_rows", "widths_for"]

Cell = str | Text

_GAP: Final = "  "
_LONGEST_RULE: Final = 100
_NARROWEST: Final = 6  # a column is not made narrower than three Han


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
    lines = [tuple(as_text(cell) for cell in row) for row in rows]
    head = tuple(Text(name, "bold") for name in heads)
    widths = widths_for(console, [head, *lines], keep=keep)
    print_rows(console, [head], widths, right=right)
    rule = "─" if (console.encoding or "").lower().startswith("utf") else "-"
    length = min(sum(widths) + len(_GAP) * (len(widths) - 1), _LONGEST_RULE)
    console.print(Text(rule * length), soft_wrap=True)
    print_rows(console, lines, widths, right=right)


def as_text(cell: Cell) -> Text:
    """A cell that is safe to print."""
    return cell if isinstance(cell, Text) else Text(visible(cell))


def widths_for(
    console: Console, rows: Iterable[Sequence[Cell]], *, keep: Sequence[int] = (), indent: int = 0
) -> list[int]:
    """As wide as the longest cell; where the terminal has less room the widest give way."""
    columns = zip(*rows, strict=True)
    widths = [max(cells(as_text(cell).plain) for cell in column) for column in columns]
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


def print_rows(
    console: Console,
    rows: Iterable[Sequence[Cell]],
    widths: Sequence[int],
    *,
    right: Sequence[int] = (),
    indent: str = "",
) -> None:
    """Rows with the widths given, without a head."""
    for row in rows:
        folded = [_fold(as_text(cell), width) for cell, width in zip(row, widths, strict=True)]
        for parts in zip_longest(*folded, fillvalue=Text()):
            console.print(Text(indent) + _line(parts, widths, right), soft_wrap=True)


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
