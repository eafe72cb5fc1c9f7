"""A parsed web page → its lines, each with where it stands and what the page says of it.

Floor 1, for `tracker.parse.extract.html`. What a browser shows is what is read: hidden and struck
text is set aside, numbers that a list shows are written, the lines of <pre> stay lines, the cells
of a table row are one line. Walked without recursion.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from tracker.law.numbering import NUMERAL, write_numeral
from tracker.parse.document import Dropped, Place
from tracker.parse.normalise.table_cells import join_cells

__all__ = [
    "BEGINS", "FEWEST_ARTICLES", "LONGEST_BUTTON", "LONGEST_CELL", "RAISED", "WIDEST_SPAN",
    "PageLine", "PageLines",
]  # fmt: skip

_BLOCKS: Final = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div",
    "dl", "dt", "fieldset", "figure", "figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section",
    "select", "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
))  # fmt: skip
_CELLS: Final = frozenset({"td", "th"})
_SKIPPED: Final = frozenset({"script", "style", "noscript", "template", "svg", "object", "iframe"})
_READING: Final = frozenset({"rt", "rp"})
"""How a character is read, printed above it."""
_STRUCK: Final = frozenset({"del", "s", "strike"})
_FURNITURE: Final = frozenset({"nav", "aside", "footer", "select", "button", "textarea"})
RAISED: Final = {
    "sup": str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ"),
    "sub": str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋"),
}
_HIDDEN: Final = re.compile(
    r"display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden|"
    r"font-size\s{0,4}:\s{0,4}0(?:px|pt|em|%)?\s{0,4}(?:;|$)",
    re.IGNORECASE,
)
_LINED: Final = re.compile(r"text-decoration[a-z-]{0,8}\s{0,4}:[^;]{0,20}line-through", re.I)
_AS_TYPED: Final = re.compile(r"white-space\s{0,4}:\s{0,4}(?:pre|break-spaces)", re.IGNORECASE)
_UNNUMBERED: Final = re.compile(r"list-style(?:-type)?\s{0,4}:[^;]{0,40}\b(?:none|disc)", re.I)
_IN_HAN: Final = re.compile(r"list-style(?:-type)?\s{0,4}:[^;]{0,40}(?:cjk|chinese)", re.I)
_WHITE: Final = re.compile(r"[ \t\r\n\f]+")
_START: Final = re.compile(r"[0-9]{1,4}")
WIDEST_SPAN: Final = 200
"""Rows or columns that a cell can span; a page that says more is wrong or hostile."""
_MARKED: Final = re.compile(
    rf"(?:第 ?{NUMERAL}{{1,16}} ?[编章节条]|[（(]{NUMERAL}{{1,7}}[）)]|{NUMERAL}{{1,7}}[、．.])"
)
"""A list item that brings its own number: the browser's beside it would be a second."""
BEGINS: Final = re.compile(rf"第 ?({NUMERAL}{{1,16}}) ?条(?!的|规定)")
"""How an article begins its line."""
FEWEST_ARTICLES: Final = 3
LONGEST_BUTTON: Final = 40
"""Characters that stand beside each article of a table that lays out a law, always the same."""
LONGEST_CELL: Final = 400
"""Characters of a cell above which a table lays out the page; cells of annexes have less."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of the page. `order` counts the tags before it; `apart` says why it is no text."""

    text: str
    place: Place
    order: int
    heading: bool = False
    apart: str | None = None


class _Grid:
    """The columns of a table of data: cells that span rows or columns leave empty ones behind.

    Before: 类别 (two rows) 价格 (two columns) ⏎ 冬 夏
    After:  类别｜价格 ⏎ ｜冬｜夏
    """

    def __init__(self) -> None:
        self._rows_left: list[int] = []  # of the cell that reaches into each column from above
        self._column = self._written = 0

    def begin_row(self) -> None:
        """A row begins; what the row before did not reach still counts as passed."""
        for column in range(self._column, len(self._rows_left)):
            self._rows_left[column] = max(0, self._rows_left[column] - 1)
        self._column = self._written = 0

    def cell(self, columns: int, rows: int) -> int:
        """How many column marks stand before a cell that spans so many columns and rows."""
        left = self._rows_left
        while self._column < len(left) and left[self._column]:
            left[self._column] -= 1
            self._column += 1
        passed, self._written = self._column - self._written, self._column
        left.extend([0] * (self._column + columns - len(left)))
        for column in range(self._column, self._column + columns):
            left[column] = rows - 1
        self._column += columns
        return passed


def _span(cell: Any, name: str) -> int:
    value = _START.fullmatch(cell.get(name) or "")
    return min(max(int(value[0]), 1), WIDEST_SPAN) if value else 1


class PageLines:
    """The lines of a page, gathered by feeding it each start and end of a tag in order.

    `spans` tells for every element that may hold the article the orders of its start and end.
    """

    def __init__(self) -> None:
        self.lines: list[PageLine] = []
        self.spans: dict[Any, list[int]] = {}
        self.set_aside: list[tuple[int, Dropped]] = []
        self.rewrites: dict[str, int] = {}
        self._pieces: list[str] = []
        self._order = self._started = 0
        self._line = 1
        self._skipping: Any = None
        self._within: dict[str, int] = {}
        self._lists: list[list[Any] | None] = []
        self._number = ""
        self._tables: list[_Grid | None] = []
        self._blank = True
        self._in_cell = self._has_cells = False

    def range_of(self, element: Any) -> tuple[int, int]:
        """Which lines begin inside an element, the last exclusive; none where it is not known."""
        if element not in self.spans:
            return 0, 0
        start, end = self.spans[element]
        return (
            bisect_left(self.lines, start, key=attrgetter("order")),
            bisect_right(self.lines, end, key=attrgetter("order")),
        )

    def step(self, event: str, element: Any) -> None:
        """One start or end of an element."""
        self._order += 1
        tag = element.tag if isinstance(element.tag, str) else ""
        if self._skipping is not None:
            if event == "end" and element is self._skipping:
                self._skipping = None
                self._add(element.tail)
        elif event == "start":
            self._start(element, tag)
        else:
            self._end(element, tag)

    def _start(self, element: Any, tag: str) -> None:
        style = element.get("style") or ""
        if self._is_left_out(element, tag, style):
            return
        if tag in _BLOCKS:
            self._break()
        if tag in _BLOCKS or tag in _CELLS or element.get("id") or element.get("class"):
            self.spans[element] = [self._order, self._order]
        if tag in ("h1", "head", *_FURNITURE) or _is_as_typed(tag, style):
            name = "pre" if _is_as_typed(tag, style) else tag
            self._within[name] = self._within.get(name, 0) + 1
        self._lay_out(element, tag, style)
        if self._blank:
            self._line = element.sourceline or self._line
        self._add(element.text, tag if len(element) == 0 else "")

    def _lay_out(self, element: Any, tag: str, style: str) -> None:
        """A list or a table begins, or an item or a cell of one."""
        if tag in ("ol", "ul"):
            self._lists.append(_counter(element, style) if tag == "ol" else None)
        elif tag == "li":
            self._count(element)
        elif tag == "table":
            self._tables.append(_Grid() if _holds_data(element) else None)
        elif tag == "tr" and (grid := self._grid) is not None:
            grid.begin_row()
        elif tag in _CELLS:
            self._cell(element)

    def _is_left_out(self, element: Any, tag: str, style: str) -> bool:
        hidden = _HIDDEN.search(style) or element.get("hidden") is not None
        struck = tag in _STRUCK or (style and _LINED.search(style))
        if not (tag in _SKIPPED or tag in _READING or hidden or struck):
            return False
        self._skipping = element
        text = _WHITE.sub(" ", "".join(element.itertext())).strip() if tag not in _SKIPPED else ""
        if text:
            reason = "struck-out" if struck and not hidden else "hidden"
            reason = "ruby" if tag in _READING else reason
            found = Dropped(text, Place(element.sourceline or 1), reason)
            self.set_aside.append((self._order, found))
        return True

    def _end(self, element: Any, tag: str) -> None:
        style = element.get("style") or ""
        if tag in _BLOCKS:
            self._break()
        if element in self.spans:
            self.spans[element][1] = self._order
        if tag in ("h1", "head", *_FURNITURE) or _is_as_typed(tag, style):
            self._within["pre" if _is_as_typed(tag, style) else tag] -= 1
        if tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._number = ""
        elif tag == "table" and self._tables:
            self._tables.pop()
        elif tag in _CELLS:
            self._in_cell = False
            if self._grid is None:
                self.flush()
        self._line = element.sourceline or self._line
        self._add(element.tail)

    @property
    def _grid(self) -> _Grid | None:
        return self._tables[-1] if self._tables else None

    def _break(self) -> None:
        """A block begins or ends: a new line, unless it is inside a cell of a table."""
        if self._in_cell:
            self._pieces.append(" ")
        else:
            self.flush()

    def _cell(self, element: Any) -> None:
        grid = self._grid
        if grid is None:
            self.flush()
            return
        self._in_cell = True
        passed = grid.cell(_span(element, "colspan"), _span(element, "rowspan"))
        if passed:
            self._has_cells = True
            self._pieces.append("\t" * passed)

    def _count(self, item: Any) -> None:
        """The number that the browser shows before an item of a list."""
        counter = self._lists[-1] if self._lists else None
        if counter is None:
            return
        value = _START.fullmatch(item.get("value") or "")
        number, kind = int(value[0]) if value else counter[0], counter[1]
        counter[0] = number + 1
        if kind == "a" and 0 < number <= 26:
            self._number = f"{chr(96 + number)}. "
        else:
            self._number = f"{write_numeral(number)}、" if kind == "han" else f"{number}. "

    def _add(self, text: str | None, tag: str = "") -> None:
        if not text:
            return
        raised = RAISED.get(tag)
        if raised is not None and all(ord(char) in raised for char in text.strip()):
            self.rewrites["raised"] = self.rewrites.get("raised", 0) + 1
            text = text.strip().translate(raised)
        if self._within.get("pre") and "\n" in text:
            for n, piece in enumerate(text.split("\n")):
                if n:
                    self.flush()
                    self._line += 1
                self._gather(piece)
        else:
            self._gather(_WHITE.sub(" ", text))

    def _gather(self, text: str) -> None:
        if self._blank:
            self._started = self._order
            self._blank = not text.strip()
        self._pieces.append(text)

    def flush(self) -> None:
        """End the line that is being gathered."""
        whole = "".join(self._pieces)
        cells, self._has_cells, self._blank = self._has_cells, False, True
        self._pieces.clear()
        line = whole.strip(" \n\r") if cells else whole.strip(" \t\n\r")
        if not line.strip():
            return
        if cells:
            line = join_cells(line.split("\t"))
            self.rewrites["table-column"] = self.rewrites.get("table-column", 0) + line.count("｜")
        if self._number:
            if not _MARKED.match(line):
                line = self._number + line
                self.rewrites["list-number"] = self.rewrites.get("list-number", 0) + 1
            self._number = ""
        within = self._within
        apart = "page-title" if within.get("head") else None
        if apart is None and any(within.get(tag) for tag in _FURNITURE):
            apart = "page-furniture"
        heading = bool(within.get("h1"))
        self.lines.append(PageLine(line, Place(self._line), self._started, heading, apart))


def _is_as_typed(tag: str, style: str) -> bool:
    return tag in ("pre", "listing", "xmp") or bool(style and _AS_TYPED.search(style))


def _counter(element: Any, style: str) -> list[Any] | None:
    """The next number of an <ol> and how it is written; None where the page shows none."""
    if _UNNUMBERED.search(style):
        return None
    start = _START.fullmatch(element.get("start") or "")
    kind = "a" if (element.get("type") or "") == "a" else "1"
    return [int(start[0]) if start else 1, "han" if _IN_HAN.search(style) else kind]


def _holds_data(table: Any) -> bool:
    """Whether the rows of a table are lines; other tables only lay out the page."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    cells = list(table.iterdescendants("td", "th"))
    if any(len("".join(cell.itertext())) > LONGEST_CELL for cell in cells):
        return False
    return not _holds_articles(table)


def _holds_articles(table: Any) -> bool:
    """Whether each row is an article with the same button: 第一条 …｜我要提意见."""
    rows = [
        tuple(" ".join("".join(cell.itertext()).split()) for cell in row.iterdescendants(*_CELLS))
        for row in table.iterdescendants("tr")
    ]
    articles = [row for row in rows if row and BEGINS.match(row[0])]
    if len(articles) < FEWEST_ARTICLES or len({row[1:] for row in articles}) > 1:
        return False
    return sum(map(len, articles[0][1:])) <= LONGEST_BUTTON
