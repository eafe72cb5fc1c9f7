"""Tables in the terminal: rows without styles are written as those with styles are."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.text import Text

from tracker.render.terminal.grid import print_grid

ROWS = [
    ("第一条第二款", "本法第十条至第十二条", "第十条、第十一条、第十二条"),
    ("第二条", "", "整部法律 "),
    ("a\tb", "1\n2", "\x1b[31m红"),
    ("", "", ""),
] * 300  # fmt: skip


def written(rows: list[tuple[str | Text, ...]], width: int, *, terminal: bool) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=terminal, color_system=None)
    print_grid(console, ("所在", "引用", "指向"), rows, right=(1,))
    return out.getvalue()


@pytest.mark.parametrize(("width", "terminal"), [(80, False), (80, True), (30, True), (12, True)])
def test_rows_of_strings_look_as_rows_of_styled_cells_do(width: int, terminal: bool) -> None:
    from tracker.render.terminal.grid import as_text

    styled = [tuple(as_text(cell) for cell in row) for row in ROWS]
    assert written(list(ROWS), width, terminal=terminal) == written(
        styled, width, terminal=terminal
    )


def test_every_row_is_written_however_many_there_are() -> None:
    assert written(list(ROWS), 80, terminal=False).count("第一条第二款") == 300
