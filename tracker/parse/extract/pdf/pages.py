"""What PDFium saw, as values: pages with their spans, and the rows that spans stand in.

Floor 1, behind `run`. Lengths are points (1/72 inch), counted from the lower left corner of the
page as it is seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tracker.parse.extract.pdf.child import GAP, INVISIBLE, OUTSIDE, STRUCK, TURNED

__all__ = [
    "ACROSS", "INVISIBLE", "OUTSIDE", "STRUCK", "TURNED", "Cell", "Page", "Row", "Rule",
    "Scan", "Span", "pages_of", "row_of", "rows_of",
]  # fmt: skip

ACROSS: Final = 2
"""The column of rows that go over both columns."""
SAME_ROW: Final = 0.5
"""Of an em: baselines that are less apart are of one row; lines of print are 1.1 apart at least."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters that follow one another: from x0 to x1 on the baseline y, set in size `em`."""

    x0: float
    x1: float
    y: float
    em: float
    flags: int
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, level or upright."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page, counted from 1. `pictures` is the share of it that pictures cover, `drawn` how many
    shapes are drawn, `notes` the words of its annotations."""

    number: int
    width: float
    height: float
    spans: tuple[Span, ...]
    rules: tuple[Rule, ...]
    pictures: float
    drawn: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """A whole file. `pages` has None where PDFium could make nothing of a page."""

    pages: tuple[Page | None, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a drawn table: its text, and the points between its last line and its right end."""

    text: str
    room: float


@dataclass(frozen=True, slots=True)
class Row:
    """Spans beside one another, from left to right; `text` has a full-width space at wide gaps.

    What is struck out stands in `spans` and not in `text`. `column` tells rows of one measure from
    those of another: 0 and 1 of a page set in two, `ACROSS` what goes over both. `whole` is a row
    of a table, which no other row goes on; of a drawn one it has `cells`, and `columns` are the
    places of the lines between them.
    """

    page: int
    x0: float
    x1: float
    y: float
    em: float
    text: str
    spans: tuple[Span, ...]
    column: int = 0
    whole: bool = False
    cells: tuple[Cell, ...] = ()
    columns: tuple[float, ...] = ()


def pages_of(answer: dict[str, Any]) -> Scan:
    """The answer of the child as values."""
    pages: list[Page | None] = []
    for number, page in enumerate(answer["pages"], 1):
        if page is None:
            pages.append(None)
            continue
        width, height = page["size"]
        pages.append(
            Page(
                number, width, height,
                tuple(Span(*span) for span in page["spans"]),
                tuple(Rule(*rule) for rule in page["rules"]),
                page["pictures"], page["drawn"], tuple(page["notes"]),
            )
        )  # fmt: skip
    return Scan(tuple(pages), tuple(answer["files"]))


def rows_of(number: int, spans: Sequence[Span], column: int = 0) -> list[Row]:
    """The rows of a page from top to bottom; spans of blanks are in none."""
    left = sorted((s for s in spans if s.text.strip()), key=lambda s: (-s.y, s.x0))
    rows: list[list[Span]] = []
    for span in left:
        first = rows[-1][0] if rows else None
        if first is not None and first.y - span.y < SAME_ROW * max(first.em, span.em):
            rows[-1].append(span)
        else:
            rows.append([span])
    return [row_of(number, row, column) for row in rows]


def row_of(number: int, spans: Sequence[Span], column: int = 0) -> Row:
    """One row of these spans, whose baseline and size are those of its longest span."""
    ordered = tuple(sorted(spans, key=lambda s: (s.x0, -s.y)))
    main = max(ordered, key=lambda s: len(s.text))
    bounds = (ordered[0].x0, max(s.x1 for s in ordered))
    return Row(number, *bounds, main.y, main.em, _beside(ordered), ordered, column)


def _beside(spans: Sequence[Span]) -> str:
    out, before = "", None
    for span in spans:
        wide = before is not None and span.x0 - before.x1 > GAP * min(before.em, span.em)
        spaced = not out or out[-1].isspace() or span.text[:1].isspace()
        before = span
        if not span.flags & STRUCK:
            out += ("\u3000" if wide and not spaced else "") + span.text
    return out.strip()
