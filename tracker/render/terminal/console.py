"""What every terminal view shares: consoles, redlines in colour or in plain signs, folding of Han.

Floor 4, on rich. Colour is never the only sign: deleted words are shaded, inserted words bold and
underlined; without colour they are written ``[-…-]{+…+}``. Deleted words are not struck through,
since a stroke turns 二 into 三 and hides 一. Law text is never read as markup.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from tracker.diff.model import Change, Op, Redline
from tracker.render.fold import break_points
from tracker.render.lines import Line, marked, shown_lines
from tracker.render.overview import side_names
from tracker.render.visible import visible
from tracker.render.words import Lang, say

__all__ = [
    "DELETED",
    "INSERTED",
    "console_for",
    "has_colour",
    "line_text",
    "print_change",
    "print_folded",
    "print_redline",
    "redline_text",
]

DELETED: Final = "white on red"
INSERTED: Final = "bold underline green"
_NARROWEST: Final = 20  # below this many cells folding makes no sense, the terminal wraps by itself


def console_for(stream: TextIO | None = None) -> Console:
    """A console on the stream (standard output), with nothing guessed from the text."""
    return _Console(stream or sys.stdout)


class _Console(Console):
    """A console that reports a closed pipe instead of ending the process by itself.

    `is_plain`: it is a pipe or a file, without styles. That is asked once: rich looks it up in the
    environment for each line, and a text can have 250,000.
    """

    def __init__(self, file: TextIO) -> None:
        super().__init__(file=file, highlight=False, markup=False, emoji=False)
        self.is_plain = self.color_system is None and not self.is_terminal

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
    *,
    stacked: bool = False,
    indent: str = "    ",
) -> None:
    """A redline, a 款 or 项 a line; `names` and `stacked` as in `shown_lines`."""
    colour = has_colour(console)
    for line in shown_lines(redline, lang, names, stacked=stacked):
        print_folded(console, line_text(line, lang, colour), indent)


def print_change(console: Console, change: Change, lang: Lang) -> None:
    """The words of an entry: its redline, or one text above the other."""
    names = side_names(change, lang)
    print_redline(console, change.redline, lang, names, stacked=change.is_stacked)


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
    if isinstance(console, _Console) and console.is_plain and _is_one_line(text.plain):
        # By way of rich a line took 0.1 ms, to find out that nothing folds and nothing is styled.
        console.file.write(f"{indent}{text.plain}\n")
        console.file.flush()
        return
    width = console.width - cell_len(indent + hanging)
    if not console.is_terminal or width < _NARROWEST:
        console.print(Text(indent) + text, soft_wrap=True)
        return
    for number, line in enumerate(text.divide(break_points(text.plain, width))):
        line.rstrip()  # a space that hangs over would wrap by itself
        console.print(Text(indent + (hanging if number else "")) + line, soft_wrap=True)


def _is_one_line(text: str) -> bool:
    """Whether rich would write a text as it is: it spreads tabs, and takes spaces off an end."""
    return "\t" not in text and "\n" not in text and not text[-1:].isspace()
