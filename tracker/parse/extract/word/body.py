"""The body of a Word file → its lines: paragraphs with their numbers, tables row by row.

Floor 1. A paragraph is a line, a manual line break begins a new one, an empty paragraph is an empty
line. The mark at the end of a paragraph can be deleted or hidden: its text then runs on into the
next one, whose number counts. Tables are laid out as those of a web page are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from tracker.parse.document import Tracked
from tracker.parse.extract.decode import MOST_CHARACTERS, MOST_LINES
from tracker.parse.extract.page_lines import (
    BEGINS,
    FEWEST_ARTICLES,
    LONGEST_BUTTON,
    LONGEST_CELL,
    WIDEST_SPAN,
)
from tracker.parse.extract.word.account import Account
from tracker.parse.extract.word.inline import Inline
from tracker.parse.extract.word.numbering import Numbering, is_twice
from tracker.parse.extract.word.ooxml import W, is_on, unreadable, value
from tracker.parse.extract.word.revisions import GONE, is_gone, properties_of
from tracker.parse.extract.word.styles import Styles
from tracker.parse.normalise.table_cells import join_cells

__all__ = ["Body"]

_ENDS: Final = re.compile("[\n\r\u000b\u000c\u2028\u2029]")
_SPAN: Final = re.compile("[0-9]{1,4}")
_AWAY: Final = {"cellDel": Tracked.FINAL, "cellIns": Tracked.ORIGINAL}
_Row = list[tuple[Any, int, str | None]]
"""The cells of a row: the element, columns it spans, why its text is not kept."""


class Body:
    """Reads the blocks of a file in one view (None: it has no tracked changes)."""

    def __init__(
        self, numbers: Any, styles: Styles, view: Tracked | None, name: str
    ) -> None:  # fmt: skip
        self.lines: list[str] = []
        self.account = Account(lambda: self._fixed or len(self.lines) + 1)
        self._styles, self._view, self._name = styles, view, name
        self._numbering = Numbering(numbers, styles, before=view is Tracked.ORIGINAL)
        self._inline = Inline(styles, view, self.account)
        self._gone = GONE[view] if view else {}
        self._fixed = 0  # the line of the row of a table that is being read
        self._length = 0
        self._waiting: tuple[Any, str | None] | None = None  # whose mark is not there

    def read(self, root: Any) -> None:
        """Read all blocks. Raises TrackerError `unreadable-source` for a text that is too long."""
        self._container(root, None)
        self._inline.finish()
        self.account.kept()

    def _container(self, container: Any, away: str | None) -> None:
        """The blocks of a body, a cell or a text box, of which nothing runs on beyond its end."""
        self._blocks(container, away)
        self._last_paragraph()

    def _blocks(self, container: Any, away: str | None) -> None:
        for element in container:
            tag = element.tag
            if tag == W + "p":
                self._paragraph(element, away)
            elif tag == W + "tbl":
                self._last_paragraph()
                self._table(element, away)
            elif tag == W + "altChunk":
                self.account.tell("embedded", away)
            elif tag in self._gone:
                self._blocks(element, away or self._gone[tag])
            elif self._inline.reads(tag):  # a run that no paragraph holds
                self._inline.read((element,), None, away)
            else:
                self._blocks(element, away)

    def _paragraph(self, paragraph: Any, away: str | None) -> None:
        properties = properties_of(paragraph, "pPr", self._view)
        style = value(properties, "pStyle") or self._styles.default
        self._inline.read(paragraph, style, away)
        if away is None:
            if self._runs_on(paragraph, style):
                self._waiting = properties, style
            else:
                self._waiting = None
                self._end_line(properties, style)
        self._read_boxes()

    def _runs_on(self, paragraph: Any, style: str | None) -> bool:
        """Whether the mark of a paragraph is deleted in this view, or hidden."""
        own = paragraph.find(f"{W}pPr/{W}rPr")
        if own is None:
            return self._styles.is_on("vanish", style, None, None)
        if is_gone(own, self._view):
            return True
        mark = properties_of(paragraph.find(W + "pPr"), "rPr", self._view)
        return bool(is_on(mark, "specVanish")) or self._styles.is_on("vanish", style, None, mark)

    def _last_paragraph(self) -> None:
        """Nothing follows into which the text that waits, or words in no paragraph, could run."""
        (properties, style), self._waiting = self._waiting or (None, None), None
        if "".join(self._inline.pieces).strip():
            self._end_line(properties, style)
        else:
            self._inline.pieces.clear()

    def _end_line(self, properties: Any, style: str | None) -> None:
        text = self._inline.take()
        label = self._numbering.label(properties, style)
        if label is not None:
            if label.unknown:
                self.account.tell_format(label.unknown)
            elif label.text:
                self.account.count("list-number")
                typed = text.lstrip(" \t\u3000")
                text = label.text + typed
                if is_twice(label.text, typed):
                    self.account.tell_twice(text)
        self.account.kept()
        for line in _ENDS.split(text):
            self._add(line)

    def _add(self, line: str) -> None:
        self.lines.append(line)
        self._length += len(line) + 1
        if self._length > MOST_CHARACTERS:
            raise unreadable(self._name, f"过长，上限为 {MOST_CHARACTERS} 字", "拆分后读取")
        if len(self.lines) > MOST_LINES:
            raise unreadable(self._name, f"多于 {MOST_LINES} 段", "拆分后读取")

    def _read_boxes(self) -> None:
        if not self._inline.boxes:
            return
        boxes, self._inline.boxes = self._inline.boxes, []
        pieces, self._inline.pieces = self._inline.pieces, []
        waiting, self._waiting = self._waiting, None
        for box, away in boxes:
            self.account.tell("text-box", away)
            self._container(box, away)
        self._inline.pieces, self._waiting = pieces, waiting

    def _table(self, table: Any, away: str | None) -> None:
        rows = [self._cells(row, away) for row in _parts(table, "tr")]
        if away is not None or not _holds_data(table):
            for row in rows:
                for cell, _, why in row:
                    self._container(cell, why)
        else:
            for row in rows:
                self._row(row)
        self._blocks(tuple(self._strays(table)), away)

    def _strays(self, container: Any, in_row: bool = False) -> Iterator[Any]:
        """What stands in no cell; no sound file has it, and no word is lost in one that has."""
        for element in container:
            tag = element.tag
            if tag in (W + "p", W + "tbl") or self._inline.reads(tag):
                yield element
            elif tag != W + "tc" or not in_row:
                yield from self._strays(element, in_row or tag == W + "tr")

    def _cells(self, row: Any, away: str | None) -> _Row:
        properties = row.find(W + "trPr")
        if away is None and is_gone(properties, self._view):
            away = "tracked-deletion" if self._view is Tracked.FINAL else "tracked-insertion"
        if away is None and is_on(properties, "hidden"):
            away = "hidden"
        out: _Row = []
        before = _span(value(properties, "gridBefore"), 0)
        if before:
            out.append((row.makeelement(W + "tc"), before, away))
        for cell in _parts(row, "tc"):
            own = cell.find(W + "tcPr")
            why = away
            for name, view in _AWAY.items():
                if self._view is view and own is not None and own.find(W + name) is not None:
                    gone = "tracked-deletion" if view is Tracked.FINAL else "tracked-insertion"
                    why = why or gone
            out.append((cell, _span(value(own, "gridSpan"), 1), why))
        return out

    def _row(self, row: _Row) -> None:
        """The cells of a row of data as one line; what is gone leaves no column behind."""
        begin, outer = len(self.lines), self._fixed
        self._fixed = outer or begin + 1
        cells: list[str] = []
        for cell, columns, away in row:
            self._container(cell, away)
            text = " ".join(self.lines[begin:]).strip()
            del self.lines[begin:]
            if away is None:
                cells += [text, *[""] * (columns - 1)]
        self.account.kept()
        self._fixed = outer
        line = join_cells(cells)
        if cells and line:
            if marks := line.count("｜"):
                rewrites = self.account.rewrites
                rewrites["table-column"] = rewrites.get("table-column", 0) + marks
            self._add(line)


def _parts(container: Any, name: str) -> Iterator[Any]:
    """The rows of a table, or the cells of a row, also those inside controls and marks."""
    for element in container:
        if element.tag == W + name:
            yield element
        elif element.tag not in (W + "tbl", W + "p", W + "tc"):
            yield from _parts(element, name)


def _span(text: str | None, least: int) -> int:
    return min(max(int(text), least), WIDEST_SPAN) if text and _SPAN.fullmatch(text) else least


def _words(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(W + "t", W + "delText"))


def _holds_data(table: Any) -> bool:
    """Whether the rows of a table are lines; other tables only lay out the text."""
    if next(table.iterdescendants(W + "tbl"), None) is not None:
        return False
    rows = [[_words(cell) for cell in _parts(row, "tc")] for row in _parts(table, "tr")]
    if any(len(words) > LONGEST_CELL for row in rows for words in row):
        return False
    articles = [row for row in rows if row and BEGINS.match(row[0].strip())]
    if len(articles) < FEWEST_ARTICLES or len({tuple(row[1:]) for row in articles}) > 1:
        return True
    return sum(map(len, articles[0][1:])) > LONGEST_BUTTON
