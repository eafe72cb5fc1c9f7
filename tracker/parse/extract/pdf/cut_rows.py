"""Rows of a drawn table that the end of a page cut in two are one again.

Floor 1, between rows and paragraphs. A row goes on over the page where cells of it are empty, and
each of the others goes on what its cell above left open; where that is not sure, it is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tracker.parse.extract.pdf.pages import Cell, Row
from tracker.parse.normalise.table_cells import join_cells

__all__ = ["whole_rows"]

SAME: Final = 3.0
"""Points by which the columns of one table differ from page to page."""
FULL: Final = 1.8
"""Ems between a full line and the drawn line on its right: the padding, and a sign with a stop."""
FEWEST: Final = 5
"""Characters of a cell that may be cut; 轻微 and 一般 fill narrow columns as whole cells."""

_ENDS: Final = frozenset("。；！？")


def whole_rows(pages: Sequence[Sequence[Row]]) -> tuple[list[list[Row]], list[int]]:
    """The rows of each page, cut ones joined with their rest; and the pages whose first row may
    belong to the page before.

    Before: 17｜混淆行为｜处罚款，  · next page: ｜｜吊销营业执照
    After:  17｜混淆行为｜处罚款，吊销营业执照
    """
    out: list[list[Row]] = []
    doubtful: list[int] = []
    last: list[Row] | None = None  # the page before, as it is now
    head: tuple[str, ...] = ()  # the cells of the first row of the table
    for rows in pages:
        own = list(rows)
        before = last[-1] if last else None
        start = 1 if own and own[0].cells and _texts(own[0]) == head else 0
        if before is not None and last is not None and len(own) > start:
            row = own[start]
            if _same_table(before, row) and not row.cells[0].text:
                if _goes_on(before, row):
                    last[-1] = _joined(before, row)
                    del own[start]
                else:
                    doubtful.append(row.page)
        if own:
            head = _head(own, before) or head
            last = own
        out.append(own)
    return out, doubtful


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row.cells)


def _head(rows: Sequence[Row], before: Row | None) -> tuple[str, ...]:
    """The cells of the first row of the table that a page ends with; () where it began before."""
    first = len(rows) - 1
    while first and _same_table(rows[-1], rows[first - 1]):
        first -= 1
    began_before = first == 0 and before is not None and _same_table(before, rows[0])
    return () if began_before else _texts(rows[first])


def _same_table(one: Row, other: Row) -> bool:
    if not one.columns or len(one.columns) != len(other.columns):
        return False
    off = other.columns[0] - one.columns[0]  # left and right pages have margins of their own
    return all(abs(b - a - off) <= SAME for a, b in zip(one.columns, other.columns, strict=True))


def _goes_on(above: Row, row: Row) -> bool:
    pairs = [
        (above.cells[n] if n < len(above.cells) else Cell("", 0.0), cell)
        for n, cell in enumerate(row.cells)
        if cell.text
    ]
    return bool(pairs) and all(_is_cut(one, other, above.em) for one, other in pairs)


def _is_cut(above: Cell, rest: Cell, em: float) -> bool:
    if not above.text or above.text[-1] in _ENDS:
        return False
    if above.text[-1] in "，、":
        return True
    alike = above.text[0] == rest.text[0]  # 处一万元…, 处二万元…: each its own
    return len(above.text) >= FEWEST and above.room < FULL * em and not alike


def _joined(above: Row, row: Row) -> Row:
    count = max(len(above.cells), len(row.cells))
    cells = []
    for n in range(count):
        one, other = (r.cells[n] if n < len(r.cells) else Cell("", 0.0) for r in (above, row))
        latin = one.text[-1:].isascii() and one.text[-1:].isalnum() and other.text[:1].isascii()
        space = " " if latin and other.text else ""
        cells.append(Cell(one.text + space + other.text, other.room if other.text else one.room))
    text = join_cells([cell.text for cell in cells])
    return replace(above, text=text, spans=above.spans + row.spans, cells=tuple(cells))
