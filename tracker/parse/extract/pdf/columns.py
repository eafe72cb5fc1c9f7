"""A page set in two columns: which rows stand left, right and across.

Floor 1, between spans and paragraphs. Told by a gap down the middle of the page that hardly any
span crosses, with lines on both sides that fill their column; a table's columns are not filled.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import Final

from tracker.parse.extract.pdf.pages import ACROSS, Row, Span, row_of, rows_of

__all__ = ["gaps_of", "rows_in_columns"]

FEWEST: Final = 6
"""Spans on either side; fewer lines are a signature or a form."""
MOST: Final = 10_000
"""Spans of a page that is looked at; a newspaper has a third of it, a bomb a million."""
CROSSING: Final = 0.25
"""Of the spans on the fuller side: how many may go across, as titles do."""
FILLED: Final = 0.5
"""Share of the lines of a column that reach its end: of running text two of three do."""
NARROWEST: Final = 8
"""Ems that a column is wide at least."""
STRAY: Final = 2
"""Spans that may stand in the gap: a page number does."""
MIDDLE: Final = (0.3, 0.7)
"""Where between the margins the gap lies."""
_STEPS: Final = 81


def gaps_of(pages: Sequence[Sequence[Span]]) -> list[float | None]:
    """For the spans of each page, where the middle of the gap between two columns lies; None where
    there is one column. A page that is set as others are has their gap, where hardly anything is
    across it: the last one ends with a few lines.
    """
    found = [_gap(spans) for spans in pages]
    known = [gap for gap in found if gap is not None]
    if not known:
        return found
    usual = median(known)
    return [
        usual if gap is None and _is_free(spans, usual) else gap
        for gap, spans in zip(found, pages, strict=True)
    ]


def _is_free(spans: Sequence[Span], gap: float) -> bool:
    across = sum(s.x0 < gap < s.x1 for s in spans)
    return across <= max(STRAY, CROSSING * sum(not s.x0 < gap < s.x1 for s in spans))


def rows_in_columns(number: int, spans: Sequence[Span], gap: float) -> list[Row]:
    """The rows of a page with two columns in the order they are read in."""
    out: list[Row] = []
    across = rows_of(number, [s for s in spans if s.x0 < gap < s.x1])
    levels = [float("inf"), *(row.y for row in across), float("-inf")]
    for place, (above, below) in enumerate(pairwise(levels)):
        if place:
            row = across[place - 1]
            out.append(row_of(number, row.spans, ACROSS))
        band = [s for s in spans if below < s.y < above and not s.x0 < gap < s.x1]
        for column, side in enumerate((
            [s for s in band if s.x1 <= gap], [s for s in band if s.x0 >= gap]
        )):  # fmt: skip
            out += [row_of(number, row.spans, column) for row in rows_of(number, side)]
    return out


def _gap(spans: Sequence[Span]) -> float | None:
    """Where the middle of the gap lies, None where the page has one column."""
    if not 2 * FEWEST <= len(spans) <= MOST:
        return None
    left, right = min(s.x0 for s in spans), max(s.x1 for s in spans)
    em = median(s.em for s in spans)
    first, last = (left + (right - left) * share for share in MIDDLE)
    points = [first + (last - first) * n / (_STEPS - 1) for n in range(_STEPS)]
    counts = [sum(s.x0 < x < s.x1 for s in spans) for x in points]
    least = min(counts) + STRAY
    runs = [list(run) for free, run in groupby(range(_STEPS), lambda n: counts[n] <= least) if free]
    widest = max(runs, key=len)
    gap = points[widest[len(widest) // 2]]
    one = [s for s in spans if s.x1 <= gap]
    other = [s for s in spans if s.x0 >= gap]
    if min(len(one), len(other)) < FEWEST or least > CROSSING * max(len(one), len(other)):
        return None
    return gap if _filled(one, em) and _filled(other, em) else None


def _filled(spans: Sequence[Span], em: float) -> bool:
    """Whether the rows of these spans reach to one end, as those of running text do."""
    rows = rows_of(0, spans)
    end, start = max(row.x1 for row in rows), min(row.x0 for row in rows)
    if end - start < NARROWEST * em or len(rows) < FEWEST:
        return False
    return sum(row.x1 > end - 2 * em for row in rows) >= FILLED * len(rows)
