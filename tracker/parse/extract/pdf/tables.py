"""Tables of a page: by their drawn lines, else by cells that stand under one another.

Floor 1, between spans and rows. A row of a table becomes one line with ｜ between its cells, as in
web pages. Where lines are drawn, a cell of several lines is whole; where none are, each printed
line is a line, and the caller tells of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from tracker.law.numbering import NUMERAL
from tracker.parse.extract.pdf.pages import STRUCK, Cell, Row, Rule, Span, row_of, rows_of
from tracker.parse.normalise.table_cells import join_cells

__all__ = ["Grid", "bare_tables", "grids", "is_bare_table", "table_rows"]

TOUCH: Final = 3.0
"""Points by which lines of one table may miss each other."""
COVERED: Final = 0.6
"""Of the side of a cell that a drawn line covers where it is one."""
MOST_RULES: Final = 5_000
"""Drawn lines of a page; more are a drawing too, or a bomb."""
MOST_TABLES: Final = 30
MOST_LEVELS: Final = 200
"""Lines of a table in one direction; more are a drawing."""
CELL_GAP: Final = 1.5
"""Ems between two cells where no line is drawn."""
FEWEST_ROWS: Final = 3
"""Rows with cells under one another that make a table without lines."""
MOST_LINES: Final = 60
"""Printed lines of one cell where no line is drawn; a page has 40."""
_MARKED: Final = re.compile(
    rf"(?:第{NUMERAL}{{1,12}}[编章节条]|目\s*录|附件|[（(]{NUMERAL}{{1,4}}[）)]|{NUMERAL}{{1,4}}、)"
)

_Parts = list[list[tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class Grid:
    """The drawn lines of a table: levels from top to bottom, uprights from left to right, and for
    each of them from where to where it is drawn."""

    ys: list[float]
    xs: list[float]
    across: _Parts
    down: _Parts

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[-1] <= y <= self.ys[0]


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """The tables that drawn lines make: two columns at least."""
    out: list[Grid] = []
    if len(rules) > MOST_RULES:
        return out
    for group in _touching(rules):
        level = [r for r in group if r.x1 - r.x0 >= r.y1 - r.y0]
        upright = [r for r in group if r.x1 - r.x0 < r.y1 - r.y0]
        ys = _levels([(r.y0 + r.y1) / 2 for r in level])[::-1]
        xs = _levels([(r.x0 + r.x1) / 2 for r in upright])
        if len(ys) >= 2 and len(xs) >= 3 and max(len(ys), len(xs)) <= MOST_LEVELS:
            out.append(
                Grid(ys, xs, _parts(level, ys, level=True), _parts(upright, xs, level=False))
            )
    return out if len(out) <= MOST_TABLES else []


def table_rows(number: int, spans: Sequence[Span], grid: Grid) -> list[Row]:
    """The rows of one table from top to bottom; `spans` are those inside of it."""
    ys, xs = grid.ys, grid.xs
    cells: dict[tuple[int, int], list[Span]] = {}
    for span in spans:
        middle = (span.y + 0.35 * span.em, (span.x0 + span.x1) / 2)
        k = max(n for n, y in enumerate(ys[:-1]) if y >= middle[0] - TOUCH or n == 0)
        j = max(n for n, x in enumerate(xs[:-1]) if x <= middle[1] or n == 0)
        while k and not _drawn(grid.across[k], xs[j], xs[j + 1]):
            k -= 1
        while j and not _drawn(grid.down[j], ys[k + 1], ys[k]):
            j -= 1
        cells.setdefault((k, j), []).append(span)
    out = []
    for k in sorted({k for k, _ in cells}):
        own = {j: cells[k, j] for n, j in sorted(cells) if n == k}
        found = tuple(
            _cell(number, own[j], xs[j + 1]) if j in own else Cell("", 0.0)
            for j in range(max(own) + 1)
        )
        everything = [span for j in own for span in own[j]]
        row = row_of(number, everything)
        text = join_cells([cell.text for cell in found])
        row = _row(row, text, max(span.y for span in everything))
        out.append(replace(row, cells=found, columns=tuple(xs)))
    return out


def bare_tables(rows: Sequence[Row]) -> list[Row]:
    """The rows, those of tables without lines with ｜ between their cells.

    Where a cell has several lines, the other ones stand below the places of their columns:

    Before: 1　混淆行为　处十万元以上三百 · 　　　　　　　万元以下的罚款
    After:  1｜混淆行为｜处十万元以上三百 · ｜｜万元以下的罚款
    """
    cells = [_cells(row) for row in rows]
    out = list(rows)
    start = 0
    while start < len(rows):
        stop, full, below = start, 0, 0
        starts = [cell[0].x0 for cell in cells[start]]
        lines: list[list[str]] = []
        while stop < len(rows):
            if _under(cells[start], cells[stop]):
                full, below = full + 1, 0
                lines.append([_text(c) for c in cells[stop]])
            elif full and below < MOST_LINES and (rest := _rest(starts, cells[stop])):
                below += 1
                lines.append(rest)
            else:
                break
            stop += 1
        if full >= FEWEST_ROWS:
            for n, line in enumerate(lines, start):
                out[n] = _row(rows[n], join_cells(line), rows[n].y)
        start = max(stop if full >= FEWEST_ROWS else 0, start + 1)
    return out


def is_bare_table(rows: Sequence[Row]) -> bool:
    """Whether half of these rows are of tables with three columns or more, without lines."""
    found = [row for row, was in zip(bare_tables(rows), rows, strict=True) if row is not was]
    return 2 * sum(row.text.count("｜") >= 2 for row in found) > len(rows)


def _rest(starts: Sequence[float], cells: list[list[Span]]) -> list[str]:
    """The cells of a row that has none in the first column; [] where one is out of its place."""
    out = [""] * len(starts)
    for cell in cells:
        near = [n for n, x in enumerate(starts) if n and abs(cell[0].x0 - x) < 0.6 * cell[0].em]
        if not near or out[near[0]]:
            return []
        out[near[0]] = _text(cell)
    return out if len(starts) > 1 and any(out) else []


def _row(row: Row, text: str, y: float) -> Row:
    return Row(row.page, row.x0, row.x1, y, row.em, text, row.spans, row.column, whole=True)


def _cells(row: Row) -> list[list[Span]]:
    """The spans of a row, set apart where a wide gap is."""
    if row.whole or _MARKED.match(row.text):
        return []
    out = [[row.spans[0]]]
    for before, span in pairwise(row.spans):
        if span.x0 - before.x1 > CELL_GAP * row.em:
            out.append([])
        out[-1].append(span)
    return out


def _under(one: list[list[Span]], other: list[list[Span]]) -> bool:
    """Whether two rows have cells that begin at the same places, but for the first."""
    if len(one) < 2 or len(one) != len(other):
        return False
    return all(
        abs(a[0].x0 - b[0].x0) < a[0].em or abs(a[-1].x1 - b[-1].x1) < a[0].em
        or abs(a[0].x0 + a[-1].x1 - b[0].x0 - b[-1].x1) < a[0].em
        for a, b in zip(one[1:], other[1:], strict=True)
    )  # fmt: skip


def _text(spans: Sequence[Span]) -> str:
    return row_of(0, spans).text


def _cell(number: int, spans: Sequence[Span], end: float) -> Cell:
    """The lines of a cell, which ends at `end`, as one; two Latin words stay apart."""
    out, room = "", 0.0
    for row in rows_of(number, [s for s in spans if not s.flags & STRUCK]):
        latin = out[-1:].isascii() and out[-1:].isalnum() and row.text[:1].isascii()
        out += (" " if latin else "") + row.text
        room = end - row.x1
    return Cell(out, room)


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Lines that meet, in groups; looked up by squares of the page."""
    size = 40.0
    squares: dict[tuple[int, int], list[int]] = {}
    parent = list(range(len(rules)))

    def top(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for n, rule in enumerate(rules):
        columns = range(int((rule.x0 - TOUCH) // size), int((rule.x1 + TOUCH) // size) + 1)
        rows = range(int((rule.y0 - TOUCH) // size), int((rule.y1 + TOUCH) // size) + 1)
        if len(columns) * len(rows) > 400:
            continue
        for square in ((x, y) for x in columns for y in rows):
            near = squares.setdefault(square, [])
            for other in near[:60]:
                if _meet(rule, rules[other]):
                    parent[top(n)] = top(other)
            near.append(n)
    groups: dict[int, list[Rule]] = {}
    for n, rule in enumerate(rules):
        groups.setdefault(top(n), []).append(rule)
    return list(groups.values())


def _meet(one: Rule, other: Rule) -> bool:
    return (
        one.x0 <= other.x1 + TOUCH
        and other.x0 <= one.x1 + TOUCH
        and one.y0 <= other.y1 + TOUCH
        and other.y0 <= one.y1 + TOUCH
    )


def _levels(values: Sequence[float]) -> list[float]:
    """The values in order, those that differ by less than `TOUCH` once."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > TOUCH:
            out.append(value)
    return out


def _parts(rules: Sequence[Rule], places: Sequence[float], *, level: bool) -> _Parts:
    """For each height (or place) of a table the parts that are drawn there."""
    out: _Parts = []
    for at in places:
        out.append([])
        for r in rules:
            if abs((r.y0 + r.y1 if level else r.x0 + r.x1) / 2 - at) <= TOUCH:
                out[-1].append((r.x0, r.x1) if level else (r.y0, r.y1))
    return out


def _drawn(parts: Sequence[tuple[float, float]], start: float, stop: float) -> bool:
    """Whether a line is drawn from `start` to `stop`."""
    covered = sum(max(0.0, min(high, stop) - max(low, start)) for low, high in parts)
    return covered >= COVERED * (stop - start)
