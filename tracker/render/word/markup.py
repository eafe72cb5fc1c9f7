"""WordprocessingML as text: escaped words, runs, paragraphs, and the marks of a revision.

Floor 4. The children of an element stand in the order of the schema (ISO/IEC 29500-1, annex A), in
which Word insists on them.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from tracker.render.word.weave import Mark

__all__ = ["AUTHOR", "HEAD", "Revisions", "paragraph", "run", "words"]

HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
AUTHOR: Final = "tracker"
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_SPECIAL: Final = re.compile('[&<>"]')
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOST: Final = "\ufffd"
_BREAKS: Final = re.compile("([\t\n\r])")


def words(text: str) -> str:
    """Text as XML holds it; a character that it cannot hold is replaced by U+FFFD.

    >>> words("甲<乙\\x01")
    '甲&lt;乙\ufffd'
    """
    if _NO_XML.search(text):
        text = _NO_XML.sub(_LOST, text)
    return _SPECIAL.sub(lambda one: _ESCAPES[one[0]], text)


def run(text: str, style: str = "", tag: str = "w:t") -> str:
    """A run of text; `tag` is ``w:delText`` for what was deleted."""
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    if not _BREAKS.search(text):
        return f'<w:r>{look}<{tag} xml:space="preserve">{words(text)}</{tag}></w:r>'
    parts = []
    for part in _BREAKS.split(text):
        if part == "\t":
            parts.append("<w:tab/>")
        elif part in ("\n", "\r"):
            parts.append("<w:br/>" if part == "\n" else "<w:cr/>")
        elif part:
            parts.append(f'<{tag} xml:space="preserve">{words(part)}</{tag}>')
    return f"<w:r>{look}{''.join(parts)}</w:r>"


def paragraph(style: str, inside: str, mark: str = "", before: str = "") -> str:
    """A paragraph; `mark` is the revision of its paragraph mark, `before` that of its style."""
    looks = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{looks}{before}</w:pPr>{inside}</w:p>'


class Revisions:
    """Revisions of one author and one day, numbered as they are asked for.

    Word takes neighbours of one time for one revision, to be accepted or rejected at once. So the
    minute of a revision, which tells nothing else, is 0 or 1 by turns.
    """

    def __init__(self, day: date | None) -> None:
        self._last = 0
        times = [f' w:date="{day}T00:0{minute}:00Z"' if day else "" for minute in (0, 1)]
        self._by = [f'w:author="{AUTHOR}"{time}' for time in times]
        self._turn, self._parted = 0, False

    @property
    def by(self) -> str:
        """Whose and when, as attributes."""
        return self._by[0]

    def part(self) -> None:
        """What comes is another revision than what came last."""
        self._parted = True

    def stamp(self) -> str:
        """The attributes of the next one."""
        if self._parted:
            self._turn, self._parted = 1 - self._turn, False
        self._last += 1
        return f'w:id="{self._last}" {self._by[self._turn]}'

    def around(self, mark: Mark, inside: str) -> str:
        """Runs that went or came."""
        if mark is Mark.EQUAL or not inside:
            return inside
        return f"<w:{mark.value} {self.stamp()}>{inside}</w:{mark.value}>"

    def of_paragraph(self, mark: Mark) -> str:
        """A paragraph mark that went or came. One that moved is written as that too: LibreOffice
        leaves an empty paragraph where it was."""
        if mark is Mark.EQUAL:
            return ""
        return f"<w:{'ins' if mark.in_new else 'del'} {self.stamp()}/>"

    def of_style(self, style: str) -> str:
        """That the paragraph had this style."""
        had = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        return f"<w:pPrChange {self.stamp()}>{had}</w:pPrChange>"

    def move(self, mark: Mark, name: str) -> tuple[str, str]:
        """The beginning and the end of what moved, `name` being that of both its places."""
        stamp = self.stamp()
        number = stamp.split(" ", 1)[0]
        begin = f'<w:{mark.value}RangeStart {stamp} w:name="{name}"/>'
        return begin, f"<w:{mark.value}RangeEnd {number}/>"
