"""The ends of lines, whatever a program wrote for them, are line feeds.

Floor 1, before a form is taken off. CR is what Windows writes; the page break (U+000C) stands
between the pages of a PDF that was turned into text and where Word had one; U+000B is Word's manual
line break, U+2028 and U+2029 that of other editors. Unicode (UAX 14) breaks the line at each.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from tracker.parse.document import Place
from tracker.parse.extract import Extracted

__all__ = ["even_ends", "replaced"]

_BREAK: Final = re.compile("[\u000b\u000c\u2028\u2029]")


def even_ends(text: str) -> tuple[str, int, list[Place] | None]:
    """The text with a line feed at each line's end, how many ends were something else, and where
    each line stood; None: its number is that of its line feed.

    A break beside a line feed ends no second line.

    >>> even_ends("甲。\\r\\n— 1 —\\n\\x0c乙，\\x0b丙。")
    ('甲。\\n— 1 —\\n乙，\\n丙。', 3, [Place(line=1, column=1), Place(line=2, column=1), \
Place(line=3, column=2), Place(line=3, column=5)])
    """
    count = text.count("\r")
    if count:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _BREAK.search(text):
        return text, count, None
    lines: list[str] = []
    places: list[Place] = []
    for number, line in enumerate(text.split("\n"), 1):
        pieces = [(0, line)]
        if _BREAK.search(line):
            starts = [0, *(found.end() for found in _BREAK.finditer(line))]
            stops = [*(start - 1 for start in starts[1:]), len(line)]
            whole = [(a, line[a:b]) for a, b in zip(starts, stops, strict=True)]
            pieces = [piece for piece in whole if piece[1]] or [(0, "")]
            count += len(starts) - 1
        lines += [piece for _, piece in pieces]
        places += [Place(number, start + 1) for start, _ in pieces]
    return "\n".join(lines), count, places


def replaced(extracted: Extracted, places: list[Place]) -> Extracted:
    """What was taken from a text of `even_ends`, with the places that its lines had before."""

    def before(place: Place) -> Place:
        at = places[place.line - 1]
        return Place(at.line, at.column + place.column - 1)

    return replace(
        extracted,
        places=[before(extracted.place(n)) for n in range(len(extracted.lines))],
        dropped=[replace(one, place=before(one.place)) for one in extracted.dropped],
        problems=[
            replace(one, line=places[one.line - 1].line) if one.line else one
            for one in extracted.problems
        ],
    )
