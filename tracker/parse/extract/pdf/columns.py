"""A page set in two columns: which rows stand left, right and across.

Floor 1, between spans and paragraphs. Told by a gap down the middle of the page that hardly any
span crosses, with lines on both sides that fill their column, or articles on the right that go on
from those on the left; a table's columns do neither. Where that leaves doubts, nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import Final

from tracker.law.numbering import NUMERAL, read_numeral
from tracker.parse.extract.pdf.pages import ACROSS, Row, Span, row_of, rows_of

__all__ = ["gaps_of", "is_in_doubt", "rows_in_columns"]

FEWEST: Final = 6
"""Spans on either side; fewer lines are a signature or a form."""
MOST: Final = 10_000
"""Spans of a page that is looked at; a newspaper has a third of it, a bomb a million."""
CROSSING: Final = 0.25
"""Of the spans on the fuller side: how many may go across, as titles do."""
FILLED: Final = 0.5
"""Share of the lines of a column that reach its end: of running text two of three do."""
LONG: Final = 20
LONG_FILLED: Final = 0.3
"""Rows of a column that is as good as a page, and the share of it that then is enough: a law with
many short entries, in wide columns, has 0.47."""
NARROWEST: Final = 8
"""Ems that a column is wide at least."""
STRAY: Final = 2
"""Spans that may stand in the gap: a page number does."""
MIDDLE: Final = (0.3, 0.7)
"""Where between the margins the gap lies."""
_STEPS: Final = 81
_ARTICLE: Final = re.compile(rf"第({NUMERAL}{{1,12}})条(?!第|规定|[、，和])")


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


def is_in_doubt(spans: Sequence[Span], gap: float | None) -> bool:
    """Whether the order of a page cannot be told: articles begin on both sides of a free gap, and
    it is not read as two columns; or one of its two columns is divided in two again."""
    if gap is not None:
        sides = _sides(spans, gap)
        return any(_gap(side) is not None for side in sides)
    return any(
        all(len(_articles(side)) >= 2 for side in _sides(spans, free)) for free in _free(spans)
    )


def _gap(spans: Sequence[Span]) -> float | None:
    """Where the middle of the gap lies, None where the page has one column."""
    em = median(s.em for s in spans) if spans else 0
    for gap in _free(spans):
        one, other = _sides(spans, gap)
        if (_filled(one, em) and _filled(other, em)) or _goes_on(one, other):
            return gap
    return None


def _sides(spans: Sequence[Span], gap: float) -> tuple[list[Span], list[Span]]:
    return [s for s in spans if s.x1 <= gap], [s for s in spans if s.x0 >= gap]


def _free(spans: Sequence[Span]) -> list[float]:
    """The middle of what hardly any span crosses, and of its freest part, where spans stand on both
    sides; none where one column is set."""
    if not 2 * FEWEST <= len(spans) <= MOST:
        return []
    left, right = min(s.x0 for s in spans), max(s.x1 for s in spans)
    first, last = (left + (right - left) * share for share in MIDDLE)
    points = [first + (last - first) * n / (_STEPS - 1) for n in range(_STEPS)]
    counts = [sum(s.x0 < x < s.x1 for s in spans) for x in points]
    least = min(counts) + STRAY
    widest = _widest([n for n in range(_STEPS) if counts[n] <= least])
    lowest = min(counts[n] for n in widest)
    freest = _widest([n for n in widest if counts[n] == lowest])
    out = []
    for run, crossing in ((widest, least), (freest, lowest)):
        gap = points[run[len(run) // 2]]
        one, other = _sides(spans, gap)
        more = max(len(one), len(other))
        if min(len(one), len(other)) >= FEWEST and crossing <= CROSSING * more:
            out.append(gap)
    return out


def _widest(steps: Sequence[int]) -> list[int]:
    """The longest run of numbers that follow one another."""
    runs = [[n for _, n in run] for _, run in groupby(enumerate(steps), lambda at: at[1] - at[0])]
    return max(runs, key=len)


def _filled(spans: Sequence[Span], em: float) -> bool:
    """Whether the rows of these spans reach to one end, as those of running text do."""
    rows = rows_of(0, spans)
    end, start = max(row.x1 for row in rows), min(row.x0 for row in rows)
    if end - start < NARROWEST * em or len(rows) < FEWEST:
        return False
    share = LONG_FILLED if len(rows) >= LONG else FILLED
    return sum(row.x1 > end - 2 * em for row in rows) >= share * len(rows)


def _goes_on(one: Sequence[Span], other: Sequence[Span]) -> bool:
    """Whether the articles on the right go on from those on the left: 4, 5, 6 and 7, 8."""
    left, right = _articles(one), _articles(other)
    numbers = [*left, *right]
    ordered = all(a < b <= a + 2 for a, b in pairwise(numbers))
    return bool(left and right) and len(numbers) >= 4 and ordered


def _articles(spans: Sequence[Span]) -> list[int]:
    """The numbers of the articles that begin on one side, from above."""
    rows = rows_of(0, spans)
    found = (_ARTICLE.match(row.text) for row in rows)
    return [read_numeral(one[1]) for one in found if one]
