"""Text with Word bookmarks spelled out: `[bookmark: 第一条]第一条　…` → 第一条　….

Floor 1. Some exports print a bookmark's name before the place it marks. The names repeat the text;
they are left out and listed, one by one.
"""

from __future__ import annotations

import re
from typing import Final

from tracker.parse.document import Dropped, Place
from tracker.parse.extract import Extracted

__all__ = ["bookmarks", "is_bookmarked"]

_BOOKMARK: Final = re.compile(r"\[bookmark: {0,4}[^\[\]\n]{0,80}\]")
FEWEST: Final = 3
"""Bookmarks below which the brackets may be the text's own."""


def is_bookmarked(text: str) -> bool:
    """Whether bookmarks are spelled out in a text."""
    return text.count("[bookmark:") >= FEWEST


def bookmarks(lines: list[str]) -> Extracted:
    """The lines without the names of their bookmarks."""
    dropped: list[Dropped] = []
    out: list[str] = []
    places: list[Place] = []
    for number, line in enumerate(lines, 1):
        column = 1
        for found in _BOOKMARK.finditer(line):
            dropped.append(Dropped(found[0], Place(number, found.start() + 1), "bookmark"))
            if not line[: found.start()].strip():
                column = found.end() + 1
        out.append(_BOOKMARK.sub("", line))
        places.append(Place(number, column))
    return Extracted("bookmarks", out, places, dropped)
