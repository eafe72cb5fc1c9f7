"""What every terminal view shares: consoles, redlines in colour or in plain signs, folding of Han.

Floor 4, on rich. Colour is never the only sign: deleted words are shaded, inserted words bold and
underlined; without colour they are written ``[-…-]{+…+}``. Deleted words are not struck through,
since a stroke turns 二 into 三 and hides 一. Law text is never read as markup.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Final, TextIO

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tracker.diff.model import Op, Redline
from tracker.render.lines import Line, excerpt, marked, redline_lines
from tracker.render.visible import visible
from tracker.render.words import Lang, say

if TYPE_CHECKING:
    from rich.console import JustifyMethod

__all__ = [
    "DELETED",
    "INSERTED",
    "add_row",
    "break_points",
    "console_for",
    "has_colour",
    "line_text",
    "print_folded",
    "print_redline",
    "redline_text",
    "table",
]

DELETED: Final = "white on red"
INSERTED: Final = "bold underline green"
_WIDTH_OF_FILES: Final = 100  # what goes to a file does not depend on the terminal
_NARROWEST: Final = 20  # below this many cells folding makes no sense, the terminal wraps by itself
_NOT_FIRST: Final = "，。、；：？！）》〉”’】」』…%％"  # marks that may not begin a line (避头)
_NOT_LAST: Final = "（《〈“‘【「『"  # and that may not end one (避尾)


def console_for(stream: TextIO | None = None) -> Console:
    """A console on the stream (standard output), with nothing guessed from the text."""
    file = stream or sys.stdout
    width = _WIDTH_OF_FILES if isinstance(file, StringIO) else None
    return _Console(file=file, highlight=False, markup=False, emoji=False, width=width)


class _Console(Console):
    """A console that reports a closed pipe instead of ending the process by itself."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def has_colour(console: Console) -> bool:
    """Whether styles reach the reader; NO_COLOR, a pipe and a dumb terminal say no."""
    return console.color_system is not None and not console.no_color


def redline_text(redline: Redline, colour: bool) -> Text:
    """A redline in styles, or in plain signs."""
    if not colour:
        return Text(visible(marked(redline)))
    styles = {Op.EQUAL: "", Op.DELETE: DELETED, Op.INSERT: INSERTED}
    out = Text()
    for op, text in redline:
        out.append(visible(text), styles[op])
    return out


def print_redline(
    console: Console,
    redline: Redline,
    lang: Lang,
    names: tuple[Sequence[str], Sequence[str]] = ((), ()),
    indent: str = "    ",
) -> None:
    """A redline, a 款 or 项 a line, long unchanged runs folded; `names` as in `redline_lines`."""
    colour = has_colour(console)
    for line in excerpt(redline_lines(redline, *names)):
        print_folded(console, line_text(line, lang, colour), indent)


def line_text(line: Line, lang: Lang, colour: bool) -> Text:
    """One line of a redline; folded lines say how many they are.

    In colour a line that went or came as a whole has a sign in front and no shading, which would
    drown the words.
    """
    if line.skipped:
        return Text(say(lang, "lines_unchanged", count=line.skipped), "dim")
    if line.label:
        return Text(f"〔{line.label}〕", "dim")
    ops = {op for op, _ in line.pieces}
    if colour and ops in ({Op.DELETE}, {Op.INSERT}):
        text = visible("".join(text for _, text in line.pieces))
        return Text(f"- {text}", "red") if Op.DELETE in ops else Text(f"+ {text}", "green")
    return redline_text(line.pieces, colour)


def print_folded(console: Console, text: Text, indent: str = "", hanging: str = "") -> None:
    """Print text folded to the width of the terminal; in a pipe it stays on one line.

    `hanging` is added to the indent of the lines after the first.
    """
    width = console.width - cell_len(indent + hanging)
    if not console.is_terminal or width < _NARROWEST:
        console.print(Text(indent) + text, soft_wrap=True)
        return
    for number, line in enumerate(text.divide(break_points(text.plain, width))):
        console.print(Text(indent + (hanging if number else "")) + line, soft_wrap=True)


def break_points(text: str, width: int) -> list[int]:
    """Where to break a line of Han at `width` cells; words of Latin and numbers stay whole.

    >>> break_points("处一万元以上十万元以下罚款。", 10)
    [5, 10]
    >>> break_points("应当依照规定，报送数据。", 12)
    [5, 10]
    """
    points: list[int] = []
    start = used = 0
    for at, char in enumerate(text):
        size = cell_len(char)
        if used + size > width and at > start:
            cut = at
            while cut > start + 1 and not _may_break(text, cut):
                cut -= 1
            start = cut if cut > start + 1 else at
            points.append(start)
            used = cell_len(text[start:at])
        used += size
    return points


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return not (before.isascii() and after.isascii() and before.isalnum() and after.isalnum())


def table(*heads: str, right: tuple[int, ...] = ()) -> Table:
    """A table whose cells fold, since rich takes a run of Han for one word and would cut it off.

    `right` lists the columns (from 0) that are set flush right.
    """
    out = Table(show_edge=False, pad_edge=False, box=SIMPLE_HEAD, header_style="bold")
    for index, head in enumerate(heads):
        justify: JustifyMethod = "right" if index in right else "left"
        out.add_column(head, justify=justify, overflow="fold")
    return out


def add_row(into: Table, cells: Iterable[str | Text]) -> None:
    """A row of plain text; control characters are made visible."""
    into.add_row(*(cell if isinstance(cell, Text) else Text(visible(cell)) for cell in cells))
