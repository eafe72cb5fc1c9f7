"""Automatic numbers of a Word file → the text that Word shows: 第一章, 第一条, （一）, 1．.

Floor 1. A list (``w:num``) points to a definition (``w:abstractNum``) of nine levels; the counters
belong to the definition, so that two lists of one definition go on from one another (ECMA-376 part
1, 17.9). The state of the counters is kept here, so paragraphs are asked for in their order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from tracker.law.numbering import NUMERAL
from tracker.parse.extract.word.number_formats import UNNUMBERED, write_number
from tracker.parse.extract.word.ooxml import MC, W, attribute, is_on, value
from tracker.parse.extract.word.styles import Styles

__all__ = ["Label", "Numbering", "is_twice"]

LEVELS: Final = 9
LONGEST_TEXT: Final = 255
"""Characters of the text of a level; Word's own limit is below that."""
DEEPEST_LINKS: Final = 8
"""Definitions that point to one another by styles which are followed."""

_PLACE: Final = re.compile("%([1-9])")
_WHOLE: Final = re.compile("[0-9]{1,8}")
_HEADING: Final = re.compile("第[^第]{1,12}(?:编|分编|章|节|条)(?:之[一二三四五六七八九十]{1,3})?")
_MARKS: Final = (
    re.compile(
        f"第{NUMERAL}{{1,12}}(?P<unit>[编章节条])(?!规定|所|的|第|中|和|或|至|到|与|及|以|之|、|，|适用|不)"
    ),
    re.compile(f"（{NUMERAL}{{1,8}}）(?![、和或至及]|项)"),
    re.compile(f"{NUMERAL}{{1,8}}、"),
    re.compile("[0-9０-９]{1,3}[.．、](?![0-9])"),
)
"""How a typed number begins a text; 第六条规定的 and 1.5 begin a sentence."""
_DASHES: Final = frozenset("—―－-–─")
_SUFFIXES: Final = {"tab": "\u3000", "space": " ", "nothing": ""}


class Label(NamedTuple):
    """What stands before the text of a paragraph; `unknown` names a format that is not known."""

    text: str
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: how it counts and what it shows."""

    start: int = 1
    form: str = "decimal"
    custom: str | None = None
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None


_Override = tuple[int | None, _Level | None]


class Numbering:
    """The lists of a file, and how far each has counted."""

    def __init__(self, root: Any, styles: Styles, *, before: bool = False) -> None:
        """`before`: as it was before numbers were given in tracked changes."""
        self._styles, self._before = styles, before
        self._abstracts: dict[str, Any] = {}
        self._lists: dict[str, Any] = {}
        if root is not None:
            for one in root.findall(W + "abstractNum"):
                self._abstracts.setdefault(attribute(one, "abstractNumId") or "", one)
            for one in root.findall(W + "num"):
                self._lists.setdefault(attribute(one, "numId") or "", one)
        self._resolved: dict[str, str | None] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._overrides: dict[str, dict[int, _Override]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, properties: Any, style: str | None) -> Label | None:
        """The number of a paragraph with these properties (``w:pPr`` or None) and this style; None
        where it has none. Each call counts."""
        number_and_level = self._place(properties, style)
        if number_and_level is None:
            return None
        number, at = number_and_level
        abstract = self._abstract_of(number)
        if abstract is None or not 0 <= at < LEVELS:
            return None
        levels = self._levels_of(abstract)
        overrides = self._overrides_of(number)
        shown = {
            n: level for n in range(LEVELS)
            if (level := overrides.get(n, (None, None))[1] or levels.get(n)) is not None
        }  # fmt: skip
        if at not in shown:
            return None
        counters = self._count(abstract, number, at, shown, overrides)
        return _written(shown, counters, at)

    def _place(self, properties: Any, style: str | None) -> tuple[str, int] | None:
        """The list and the level of a paragraph: its own words first, then those of its style."""
        direct = None if properties is None else properties.find(W + "numPr")
        if self._before and direct is not None and direct.find(W + "ins") is not None:
            direct = None
        number, level = value(direct, "numId"), value(direct, "ilvl")
        if number is None:
            of_style = self._styles.number(style)
            if of_style is None:
                return None
            number, said, owner = of_style
            level = level or self._level_of_style(number, style, owner) or said
        if number == "0":
            return None
        return number, int(level) if level and _WHOLE.fullmatch(level) else 0

    def _level_of_style(self, number: str, style: str | None, owner: str) -> str | None:
        """The level that names a style as its own (``w:pStyle``), which wins over what the style
        says (17.9.23)."""
        abstract = self._abstract_of(number)
        if abstract is None:
            return None
        levels = self._levels_of(abstract)
        for wanted in (style, owner):
            for n, level in levels.items():
                if level.style is not None and level.style == wanted:
                    return str(n)
        return None

    def _abstract_of(self, number: str) -> str | None:
        """The definition of a list, through ``numStyleLink`` to the one of the style it names."""
        if number not in self._resolved:
            found, list_id = None, number
            for _ in range(DEEPEST_LINKS):
                abstract_id = value(self._lists.get(list_id), "abstractNumId")
                abstract = self._abstracts.get(abstract_id or "")
                if abstract is None:
                    break
                link = value(abstract, "numStyleLink")
                of_style = self._styles.number(link) if link is not None else None
                if of_style is None or of_style[0] == list_id:
                    found = abstract_id
                    break
                list_id = of_style[0]
            self._resolved[number] = found
        return self._resolved[number]

    def _levels_of(self, abstract: str) -> dict[int, _Level]:
        if abstract not in self._levels:
            root = self._abstracts[abstract]
            self._levels[abstract] = {
                n: _level(one)
                for one in root.findall(W + "lvl")
                if (n := _number(attribute(one, "ilvl"))) is not None and n < LEVELS
            }
        return self._levels[abstract]

    def _overrides_of(self, number: str) -> dict[int, _Override]:
        """What a list says otherwise than its definition: where a level starts, or all of it."""
        if number not in self._overrides:
            found: dict[int, _Override] = {}
            for one in self._lists[number].findall(W + "lvlOverride"):
                n = _number(attribute(one, "ilvl"))
                if n is None:
                    continue
                own = one.find(W + "lvl")
                level = None if own is None else _level(own)
                start = _number(value(one, "startOverride"))
                if start is not None and level is not None:
                    level = replace(level, start=start)
                found[n] = (start, level)
            self._overrides[number] = found
        return self._overrides[number]

    def _count(
        self, abstract: str, number: str, at: int, levels: dict[int, _Level],
        overrides: dict[int, _Override],
    ) -> dict[int, int]:  # fmt: skip
        """The counters once this paragraph is counted."""
        counters = self._counters.setdefault(abstract, {})
        start = overrides.get(at, (None, None))[0]
        if start is not None and (number, at) not in self._begun:  # at its first use only
            self._begun.add((number, at))
            counters[at] = start - 1
        for n in range(at):  # 1.1 without a 1 before it
            if n not in counters:
                start = overrides.get(n, (None, None))[0]
                counters[n] = start if start is not None else levels.get(n, _Level()).start
        counters[at] = counters.get(at, levels[at].start - 1) + 1
        for n in [n for n in counters if n > at]:
            restart = levels.get(n, _Level()).restart
            if restart is None or at < restart:
                del counters[n]
        return counters


def is_twice(label: str, text: str) -> bool:
    """Whether a number of the same form is typed behind the one that Word makes.

    >>> is_twice("第五条\u3000", "第六条 甲。"), is_twice("第五条\u3000", "第六条规定的甲。")
    (True, False)
    >>> is_twice("（一）", "（一）甲；"), is_twice("（一）", "1.甲；"), is_twice("1．", "1.5 米")
    (True, False, False)
    """
    for mark in _MARKS:
        one, other = mark.match(label), mark.match(text)
        if one and other:
            return one.groupdict() == other.groupdict()
    return False


def _written(levels: dict[int, _Level], counters: dict[int, int], at: int) -> Label:
    level = levels[at]
    if level.form == "bullet":
        dashes = level.text and set(level.text) <= _DASHES
        return Label(level.text if dashes else "")
    unknown: list[str] = []

    def number(found: re.Match[str]) -> str:
        n = int(found[1]) - 1
        if n > at:
            return ""
        of = levels.get(n, _Level())
        form = "decimal" if level.legal and of.form not in UNNUMBERED else of.form
        written = write_number(counters[n], form, of.custom)
        if written is None:
            unknown.append(form if form != "custom" else of.custom or form)
        return written or ""

    text = _PLACE.sub(number, level.text)
    if unknown:
        return Label("", unknown[0])
    if not text.strip():
        return Label("")
    # 第一条为了: where Word sets nothing between them, it is still known where the number ends.
    suffix = "\u3000" if _HEADING.fullmatch(text) else _SUFFIXES.get(level.suffix, "\u3000")
    return Label(text + suffix)


def _level(element: Any) -> _Level:
    form = element.find(W + "numFmt")
    if form is None:  # 001, 002: for programs that know it, with another for those that do not
        choice = element.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
        form = choice if choice is not None else element.find(f"{MC}AlternateContent//{W}numFmt")
    text = (value(element, "lvlText") or "")[:LONGEST_TEXT]
    start = _number(value(element, "start"))
    return _Level(
        start=0 if start is None else start,
        form="decimal" if form is None else attribute(form, "val") or "decimal",
        custom=None if form is None else attribute(form, "format"),
        text=text.replace("\t", " ").replace("\n", " "),
        suffix=value(element, "suff") or "tab",
        restart=_number(value(element, "lvlRestart")),
        legal=bool(is_on(element, "isLgl")),
        style=value(element, "pStyle"),
    )


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and _WHOLE.fullmatch(text) else None
