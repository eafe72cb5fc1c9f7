"""Pages → the lines of a text in reading order, and what of the pages is no text.

Floor 1, behind `pages`: tables, columns, running heads, paragraphs, one after the other. Every
character of the file ends in a line or in the list of what was left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from tracker.parse.document import Dropped, Place
from tracker.parse.extract.pdf.columns import gaps_of, is_in_doubt, rows_in_columns
from tracker.parse.extract.pdf.cut_rows import whole_rows
from tracker.parse.extract.pdf.pages import (
    ACROSS,
    OUTSIDE,
    STRUCK,
    TURNED,
    Page,
    Row,
    Scan,
    Span,
    rows_of,
)
from tracker.parse.extract.pdf.paragraphs import Paragraph, paragraphs
from tracker.parse.extract.pdf.running import running
from tracker.parse.extract.pdf.tables import Grid, bare_tables, grids, is_bare_table, table_rows

__all__ = ["Layout", "lay_out"]

_REASONS: Final = ((OUTSIDE, "hidden"), (TURNED, "turned"), (STRUCK, "struck-out"))


@dataclass(slots=True)
class Layout:
    """The paragraphs of a file, and the account: `tables` are the pages with tables that have no
    drawn lines, `cut` those whose first row may belong to the page before, `columns` how many ｜
    were set, `rows` how many rows were joined, `mixed` the pages with columns whose order cannot be
    told."""

    paragraphs: list[Paragraph]
    dropped: list[Dropped] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)
    columns: int = 0
    rows: int = 0
    mixed: tuple[int, ...] = ()


def lay_out(scan: Scan) -> Layout:
    """The lines of a file and what was left out, each with its place among the lines."""
    pages = [page for page in scan.pages if page is not None]
    read, mixed = _rows(pages)
    heads = running(pages, read)
    bodies = [[row for row in rows if id(row) not in heads and row.text] for rows in read]
    whole, cut = whole_rows(bodies)
    body = [row for rows in whole for row in rows]
    flow = bare_tables(body)
    bare = sorted({row.page for row, was in zip(flow, body, strict=True) if row is not was})
    out = Layout(paragraphs(flow, pages), tables=bare, cut=cut, mixed=mixed)
    out.columns = sum(row.text.count("｜") for row in flow if row.whole)
    out.rows = sum(map(len, bodies)) - len(out.paragraphs)
    begins = _begins(out.paragraphs, len(scan.pages))
    for page, rows in zip(pages, read, strict=True):
        place = Place(begins[page.number])
        for row in rows:
            if id(row) in heads and row.text:
                out.dropped.append(Dropped(row.text, place, heads[id(row)]))
        out.dropped += (Dropped(t, place, why) for t, why in _left_out(page))
        out.dropped += (Dropped(note, place, "annotation") for note in page.notes)
    end = Place(max(len(out.paragraphs), 1))
    out.dropped += (Dropped(file, end, "attached-file") for file in scan.files)
    return out


def _rows(pages: Sequence[Page]) -> tuple[list[list[Row]], tuple[int, ...]]:
    """The rows of each page in reading order, those of drawn tables among them; and the pages whose
    order cannot be told."""
    apart = [_apart(page) for page in pages]
    gaps = gaps_of([spans for spans, _ in apart])
    one_column = 0 if all(gap is None for gap in gaps) else ACROSS
    out = []
    for page, (spans, tables), gap in zip(pages, apart, gaps, strict=True):
        if gap is not None and not is_bare_table(rows_of(page.number, spans)):
            rows = rows_in_columns(page.number, spans, gap)
        else:
            rows = rows_of(page.number, spans, one_column)
        for grid, own in tables:
            at = next((n for n, row in enumerate(rows) if row.y < grid.ys[0]), len(rows))
            rows[at:at] = table_rows(page.number, own, grid)
        out.append(rows)
    mixed = (
        page.number
        for page, (spans, _), gap in zip(pages, apart, gaps, strict=True)
        if is_in_doubt(spans, gap)
    )
    return out, tuple(mixed)


def _apart(page: Page) -> tuple[list[Span], list[tuple[Grid, list[Span]]]]:
    """The upright spans of a page outside of its drawn tables, and those of each table."""
    spans = [s for s in page.spans if not s.flags & (TURNED | OUTSIDE)]
    tables: list[tuple[Grid, list[Span]]] = []
    for grid in grids(page.rules):
        own = [s for s in spans if s.text.strip() and _is_inside(s, grid)]
        if own:
            taken = set(map(id, own))
            spans = [s for s in spans if id(s) not in taken]
            tables.append((grid, own))
    return spans, tables


def _is_inside(span: Span, grid: Grid) -> bool:
    return grid.holds((span.x0 + span.x1) / 2, span.y + 0.35 * span.em)


def _left_out(page: Page) -> Iterable[tuple[str, str]]:
    """The text of a page that stands in no row, and why."""
    for flag, reason in _REASONS:
        own = [s for s in page.spans if s.flags & flag and s.text.strip()]
        own = [s for s in own if not any(s.flags & f for f, _ in _before(flag))]
        if reason == "turned":  # each character of a slanted line is a span
            text = "".join(s.text for s in own).strip()
            yield from [(text, reason)] if text else []
            continue
        for row in rows_of(page.number, own):
            yield "".join(s.text for s in row.spans).strip(), reason


def _before(flag: int) -> Sequence[tuple[int, str]]:
    flags = [f for f, _ in _REASONS]
    return _REASONS[: flags.index(flag)]


def _begins(found: Sequence[Paragraph], count: int) -> dict[int, int]:
    """For each page the line, from 1, at which it begins, or the last line where it has none."""
    out: dict[int, int] = {}
    line = 0
    for page in range(1, count + 1):
        while line < len(found) and found[line].page < page:
            line += 1
        out[page] = max(min(line + 1, len(found)), 1)
    return out
