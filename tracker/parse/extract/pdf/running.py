"""Page numbers and the lines that run over every page, told by where they stand.

Floor 1, between rows and paragraphs. A line goes only from the edge of a page, and only where it
counts pages, is the same on other pages, or stands apart at the same height on most of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from tracker.parse.extract.pdf.pages import Page, Row

__all__ = ["pitch_of", "running"]

EDGE: Final = 0.14
"""Share of a page, above and below, in which such lines stand: 公文 has 37 mm of 297 above."""
DEEP: Final = 2
"""Rows at either edge that are looked at."""
SAME_PLACE: Final = 3.0
"""Points by which the height of such a line varies."""
OFTEN: Final = 0.4
"""Share of the pages that have the same line: left and right pages may bear two in turn."""
MOST: Final = 0.6
"""Share of the pages that have some line at one height, apart from the text: names of chapters."""
APART: Final = 1.6
"""Of the usual distance of two rows: how far from the text such a line stands."""
LONGEST: Final = 40

_DASHES: Final = r"[-—–―·•～~－─\s]{0,8}"
_NUMBER: Final = re.compile(
    rf"{_DASHES}(?:第?([0-9０-９]{{1,4}})页?(?:[，,/／|]?(?:共|总|of)?[0-9]{{1,4}}页?)?"
    rf"|第[一二三四五六七八九十百零〇]{{1,6}}页(?:共[一二三四五六七八九十百零〇]{{1,6}}页)?"
    rf"|[ivxlc]{{1,6}}|Page[0-9]{{1,4}}(?:of[0-9]{{1,4}})?){_DASHES}",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile("[0-9]+")
_ENDS_TEXT: Final = "。；，：、"


def running(pages: Sequence[Page], rows: Sequence[Sequence[Row]]) -> dict[int, str]:
    """`id` of each such row of each page → its reason: ``page-number`` or ``running-head``."""
    found: dict[int, str] = {}
    pitch = pitch_of(rows)
    for top in (True, False):
        edges = [_edge(page, own, top) for page, own in zip(pages, rows, strict=True)]
        _numbers(edges, found)
        _repeated(edges, found)
        rest = [[row for row in own if id(row) not in found] for own in edges]
        _standing(rest, rows, found, pitch, top)
    return found


def pitch_of(rows: Sequence[Sequence[Row]]) -> float:
    """The usual distance of two rows in points, 0 where there are none."""
    steps = [one.y - other.y for own in rows for one, other in pairwise(own) if one.y > other.y]
    return median(steps) if steps else 0.0


def _edge(page: Page, rows: Sequence[Row], top: bool) -> list[Row]:
    """The outermost rows of a page, those at the edge first."""
    ordered = sorted(rows, key=lambda row: -row.y if top else row.y)[:DEEP]
    if top:
        return [row for row in ordered if row.y > page.height * (1 - EDGE)]
    return [row for row in ordered if row.y < page.height * EDGE]


def _numbers(edges: Sequence[Sequence[Row]], found: dict[int, str]) -> None:
    """Page numbers: set off (— 3 —, 第3页), or bare and counting with the pages."""
    bare: list[tuple[int, int, Row]] = []
    for index, rows in enumerate(edges):
        for row in rows:
            text = re.sub(r"\s", "", row.text)
            match = _NUMBER.fullmatch(text)
            if match is None:
                continue
            if text.isdigit():
                bare.append((index, int(text), row))
            else:
                found[id(row)] = "page-number"
    offsets = Counter(value - index for index, value, _ in bare)
    for index, value, row in bare:
        if offsets[value - index] >= 2 or (len(edges) == 1 and value == 1):
            found[id(row)] = "page-number"


def _repeated(edges: Sequence[Sequence[Row]], found: dict[int, str]) -> None:
    """The same words, but for numbers, at the same height of other pages."""
    places: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for index, rows in enumerate(edges):
        for row in rows:
            if id(row) not in found:
                words = _DIGITS.sub("#", re.sub(r"\s", "", row.text))
                places[words].append((index, row))
    for same in places.values():
        height = median(row.y for _, row in same)
        level = [(index, row) for index, row in same if abs(row.y - height) <= SAME_PLACE]
        count = len({index for index, _ in level})
        if count >= max(2, OFTEN * len(edges)):
            found.update((id(row), "running-head") for _, row in level)


def _standing(
    edges: Sequence[Sequence[Row]], rows: Sequence[Sequence[Row]], found: dict[int, str],
    pitch: float, top: bool,
) -> None:  # fmt: skip
    """Short lines at one height of most pages, each apart from the text below or above it."""
    apart: list[Row] = []
    for rest, own in zip(edges, rows, strict=True):
        if not rest:
            continue
        row = rest[0]
        others = [r for r in own if r is not row and id(r) not in found]
        inner = min((abs(r.y - row.y) for r in others), default=None)
        outermost = all(r.y < row.y if top else r.y > row.y for r in others)
        short = len(row.text) <= LONGEST and row.text[-1] not in _ENDS_TEXT
        if outermost and short and inner is not None and inner > APART * pitch > 0:
            apart.append(row)
    if not apart:
        return
    height = median(row.y for row in apart)
    level = [row for row in apart if abs(row.y - height) <= SAME_PLACE]
    if len(level) >= max(3, MOST * len(edges)):
        found.update((id(row), "running-head") for row in level)
