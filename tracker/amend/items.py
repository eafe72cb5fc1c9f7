"""Lines of an amending act → items, with every quotation taken out and kept beside.

Floor 2, the first step of `act.read_act`. What is left of an item once its quotations are out is
its skeleton: 将第十条修改为：▣ — short enough to be read clause by clause.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from tracker.law.numbering import read_numeral
from tracker.law.problems import Problem, Severity
from tracker.parse.document import Place, SourceLine

__all__ = ["OPENS", "QUOTE", "Item", "Items", "read_items"]

QUOTE: Final = "\ufdd0"
"""Stands in a skeleton where a quotation stood: a noncharacter, which normalising refuses."""

_LABEL = re.compile(
    r"(?:(?P<han>[一二三四五六七八九十百零]+)、|（(?P<paren>[一二三四五六七八九十百零]+)）"
    r"|(?P<arabic>[0-9]{1,3})[.．、]|第(?P<article>[一二三四五六七八九十百零]+)条\u3000)\s*"
)
_NEXT_COMMAND = re.compile(
    r"将|在|对|把|删|增加|第|原|修改|条文|《|引言|名称|本(?:决定|修正案)"
)  # what an item may begin with; a line of quoted law rarely has both this and the next number
OPENS = re.compile(r"(?:修改|修正|补充|决定)[^。]{0,12}：$")
_CLOSING = re.compile(r"本(?:决定|修正案)自.{1,30}施行。?$|《[^》]+》根据本(?:决定|修正案)")
_ASIDE = re.compile(
    r"此外|另外，|[^“\"：]{0,24}(?:顺序|序号)[^“\"：]{0,16}(?:调整|顺延)。?$"
)  # a closing remark on the whole law: 此外，对条文顺序作相应调整。
_COMMAND = re.compile(
    r"^(?:将|把|删去|删除|增加)|修改为|增加[一二两三四五六七八九十]+[条款项章节]|条文顺序"
)
_NAMES_LAW = re.compile(
    r"(?:对|修改)?《(?P<title>.+)》(?:作出?(?:如下|以下)?(?:修改|修正)(?:如下)?|的?修改)?[：:。]?$"
)
_AFTER_QUOTE = re.compile(
    r"[”’。；，、：\s]*$|[。；，、]?(?:将|增加|删|原|第|修改为|改为|和|作为|后|前|中)"
)


@dataclass(slots=True)
class Item:
    """A numbered item, or a line without a number before any item.

    `skeleton` is its text with QUOTE for each quotation, line ends kept (`pieces` gathers it);
    `quotes` are the quotations in order; `places` tells for each character of the skeleton where
    it stands in the source.
    """

    label: str = ""
    law: str | None = None
    pieces: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    skeleton: str = ""
    _marks: tuple[str, list[int]] = field(default=("", []), init=False, repr=False, compare=False)

    def _quotes_before(self, at: int) -> int:
        """How many quotations stand before a place of the skeleton; an item can have 100,000."""
        if self._marks[0] is not self.skeleton:
            marks = [index for index, char in enumerate(self.skeleton) if char == QUOTE]
            self._marks = self.skeleton, marks
        return bisect_left(self._marks[1], at)

    def words(self, start: int, end: int) -> str:
        """The act's own words for a stretch of the skeleton, quotations put back."""
        before = self._quotes_before(start)
        out = []
        for char in self.skeleton[start:end]:
            if char == QUOTE:
                out.append(f"“{self.quotes[before]}”")
                before += 1
            else:
                out.append(char)
        return "".join(out)

    def quoted(self, start: int, end: int) -> tuple[str, ...]:
        """The quotations in a stretch of the skeleton, as text of the law (‘…’ is “…” again)."""
        quotes = self.quotes[self._quotes_before(start) : self._quotes_before(end)]
        return tuple(unquote(text) for text in quotes)


def unquote(text: str) -> str:
    """Inner quotation marks as they are once the outer ones are gone.

    >>> unquote("本办法所称‘数据’，是指……")
    '本办法所称“数据”，是指……'
    """
    return text.replace("‘", "“").replace("’", "”").strip()


@dataclass(frozen=True, slots=True)
class Items:
    """An act cut into items: the lines before the first (`head`), the items, the problems."""

    head: tuple[str, ...]
    items: tuple[Item, ...]
    problems: tuple[Problem, ...]
    laws: tuple[str, ...]


class _Reader:
    """Goes through the lines once; remembers the open item and the open quotation."""

    def __init__(self) -> None:
        self.head: list[str] = []
        self.items: list[Item] = []
        self.problems: list[Problem] = []
        self.laws: list[str] = []
        self.law: str | None = None
        self.opened = False  # the sentence 作如下修改： has been read
        self.item: Item | None = None
        self.quote: list[str] | None = None
        self.straight = False
        self.depth = 0
        self.last: dict[str, int] = {}

    def line(self, line: SourceLine) -> None:
        text = line.text.strip()
        if not text:
            return
        if self.quote is not None:
            if self._ends_here(text):
                self._report_unclosed(line.place)
            else:
                self._continue(text, line.place)
                return
        self._outside(text, line.place)

    def _outside(self, text: str, place: Place) -> None:
        label = self._label(text)
        rest = text[label.end() :] if label else text
        names = _NAMES_LAW.match(rest) if (label or self.items) else None
        if label and (names or self.items or self.head or _NEXT_COMMAND.match(rest)):
            self._count(label)
            if names:
                self.law = names["title"].replace("〈", "《").replace("〉", "》")
                self.laws.append(self.law)
                self.item = None
                self.last.pop("arabic", None)
                self.last.pop("paren", None)
                return
            self._open(label.group().strip())
        elif _CLOSING.match(text):
            self.law = None
            self._open("")
        elif self.items and _ASIDE.match(text):
            self._open("")
        elif self.item is None:
            if not (self.opened or _COMMAND.search(text)):
                self.head.append(text)
                self.opened = bool(OPENS.search(text))
                return
            self._open("")
        else:
            self._put("\n", place)
        shift = len(text) - len(rest)
        self._scan(rest, Place(place.line, place.column + shift))

    def _label(self, text: str) -> re.Match[str] | None:
        """The item number a line begins with; 第二条　counts only as the next of its kind."""
        label = _LABEL.match(text)
        if label is None or label["article"] is None:
            return label
        last = self.last.get("article")
        follows = last is None or read_numeral(label["article"]) == last + 1
        return label if follows and (last or not self.items) else None

    def _count(self, label: re.Match[str]) -> None:
        kind = str(label.lastgroup)
        self.last[kind] = read_numeral(label[kind])

    def _open(self, label: str) -> None:
        self.item = Item(label, self.law)
        self.items.append(self.item)

    def _put(self, char: str, place: Place) -> None:
        assert self.item is not None
        self.item.pieces.append(char)
        self.item.places.append(place)

    def _scan(self, text: str, place: Place, start: int = 0) -> None:
        for index in range(start, len(text)):
            char, here = text[index], Place(place.line, place.column + index)
            if self.quote is None:
                if char in '“"':
                    self.quote, self.depth, self.straight = [], 1, char == '"'
                    self._put(QUOTE, here)
                else:
                    self._put(char, here)
            elif self._closes(char):
                self._close()
            else:
                self.quote.append(char)

    def _closes(self, char: str) -> bool:
        if self.straight:
            return char == '"'
        self.depth += (char == "“") - (char == "”")
        return self.depth == 0

    def _close(self) -> None:
        assert self.item is not None
        assert self.quote is not None
        self.item.quotes.append("".join(self.quote))
        self.quote = None

    def _continue(self, text: str, place: Place) -> None:
        """A further line of an open quotation; its first “ may only say that it goes on."""
        assert self.quote is not None
        if self.quote:
            self.quote.append("\n")
        repeated = text[0] == ('"' if self.straight else "“") and self._reads_on(text)
        self._scan(text, place, 1 if repeated else 0)

    def _reads_on(self, text: str) -> bool:
        """Whether a “ at the start of a line repeats the open one rather than opening an inner one.

        “数据”是指…… inside a quotation opens an inner one: the mark that would close the outer one
        is followed by words that no act would go on with.
        """
        if self.straight:
            return True
        depth = self.depth
        for index, char in enumerate(text[1:], 1):
            depth += (char == "“") - (char == "”")
            if depth == 0:
                return bool(_AFTER_QUOTE.match(text[index + 1 :]))
        return True

    def _ends_here(self, text: str) -> bool:
        """Whether an open quotation was never closed: the next item begins here."""
        label = _LABEL.match(text)
        if label is None:
            return bool(_CLOSING.match(text))
        kind = str(label.lastgroup)
        is_next = read_numeral(label[kind]) == self.last.get(kind, -1) + 1
        return is_next and bool(_NEXT_COMMAND.match(text, label.end()))

    def _report_unclosed(self, place: Place) -> None:
        assert self.item is not None
        assert self.quote is not None
        label = self.item.label
        self.problems.append(
            Problem(
                code="unclosed-quote",
                severity=Severity.WARNING,
                message=f"{label}的引文没有后引号，读到下一项为止",
                hint="核对修改决定原文的引号",
                line=place.line,
                quote="".join(self.quote)[-20:],
            )
        )
        self._close()

    def finish(self) -> Items:
        if self.quote is not None:
            self._report_unclosed(self.item.places[-1] if self.item else Place(1))
        for item in self.items:
            item.skeleton = "".join(item.pieces)
        return Items(tuple(self.head), tuple(self.items), tuple(self.problems), tuple(self.laws))


def read_items(lines: Iterable[SourceLine]) -> Items:
    """Cut an act into its head and its items; each line normalised, blank ones are skipped.

    >>> lines = ["一、将第二条修改为：“甲。", "“乙。”", "二、删去第三条。"]
    >>> acts = read_items(SourceLine(t, Place(n + 1)) for n, t in enumerate(lines))
    >>> [(i.label, i.skeleton.replace(QUOTE, "▣"), i.quotes) for i in acts.items]
    [('一、', '将第二条修改为：▣', ['甲。\\n乙。']), ('二、', '删去第三条。', [])]
    """
    reader = _Reader()
    for line in lines:
        reader.line(line)
    return reader.finish()
