"""Kinds of lines → nested provisions: 编章节 hold 条, 条 hold 款, 款 hold 项 and 目.

Floor 1. The one builder for sources and for canonical text, so that reading what was written gives
the same law. The input is the marks of the lines between the head of the law (title, stage line,
enactment note) and its end; blank lines count for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from tracker.law.model import Provision, Unit, provision
from tracker.law.numbering import Number
from tracker.law.problems import Problem
from tracker.parse.marks.captions import split_article_caption, split_outline_line
from tracker.parse.marks.kinds import (
    ANNEX,
    ARABIC,
    ARTICLE,
    DASH,
    HAN,
    LIST_MARKS,
    PAREN_HAN,
    PREAMBLE,
    TEXT,
    Kind,
    Mark,
    new_mark,
    scan_line,
)  # fmt: skip
from tracker.parse.marks.order import has_outline, outline_start, settle
from tracker.parse.marks.survey import MAY_BREAK

__all__ = ["build", "outline_children", "paragraphs"]

_HEADINGS: Final = {
    Kind.PART: (Unit.PART, 0), Kind.SUBPART: (Unit.SUBPART, 1), Kind.CHAPTER: (Unit.CHAPTER, 2),
    Kind.SECTION: (Unit.SECTION, 3),
}  # fmt: skip
_BELOW_PARAGRAPH: Final = {
    HAN: (Unit.OUTLINE_1, 1), PAREN_HAN: (Unit.SUBPARAGRAPH, 2),
    ARABIC: (Unit.ITEM, 3), Kind.PAREN_ARABIC: (Unit.OUTLINE_4, 4),
}  # fmt: skip
_OUTLINE: Final = {
    HAN: (Unit.OUTLINE_1, 1), PAREN_HAN: (Unit.OUTLINE_2, 2), ARABIC: (Unit.OUTLINE_3, 3),
    Kind.PAREN_ARABIC: (Unit.OUTLINE_4, 4), DASH: (Unit.OUTLINE_5, 5),
    **{kind: (unit, level - 4) for kind, (unit, level) in _HEADINGS.items()},  # a 规划 in 章 and 节
}  # fmt: skip
_ARTICLE: Final = Unit.ARTICLE
_PARAGRAPH: Final = Unit.PARAGRAPH
_SUBPARAGRAPH: Final = Unit.SUBPARAGRAPH
"""By names of their own: before Python 3.12, looking a member up in its enumeration takes 0.1 µs, a
third of the time of building a provision."""
_SUPPLEMENTARY: Final = frozenset({"附则", "附則"})
_NOT_ALONE: Final = LIST_MARKS | {"【"}
"""How the text of an article begins where it may be more than one 款."""


class _Node:
    """A provision in the making."""

    __slots__ = ("caption", "children", "level", "nested", "number", "responsible", "text", "unit")

    def __init__(
        self, unit: Unit, level: int, number: Number | None = None, text: str = "",
        caption: str | None = None,
    ) -> None:  # fmt: skip
        self.unit, self.level, self.number, self.text = unit, level, number, text
        self.caption: str | None = caption
        self.responsible: str | None = None
        self.children: list[_Node | Provision] = []
        self.nested = False  # whether one of them is in the making

    def hold(self, node: _Node) -> None:
        self.children.append(node)
        self.nested = True

    def done(self) -> Provision:
        return provision(
            self.unit, self.number, self.caption, self.text, self.held(), self.responsible
        )  # fmt: skip

    def held(self) -> tuple[Provision, ...]:
        children: list[Any] = self.children
        if not self.nested:  # a chapter of articles: they are not asked, one by one, what they are
            return tuple(children)
        return tuple([one.done() if isinstance(one, _Node) else one for one in children])


def build(
    marks: Sequence[Mark], breaks: Sequence[int] | None = None
) -> tuple[tuple[Provision, ...], tuple[Problem, ...]]:
    """The body of a law from the marks of its lines, and what was odd about its numbers.

    `breaks` are the indexes of the marks whose kinds are among `survey.MAY_BREAK`, where these are
    known and no mark is blank.

    >>> from tracker.parse.marks.kinds import scan
    >>> body, _ = build(scan(["第一章　总则", "第一条　甲：", "（一）乙；", "丙。"]))
    >>> [p.unit.value for p in body[0].walk()]
    ['chapter', 'article', 'paragraph', 'subparagraph', 'paragraph']
    """
    may_break = MAY_BREAK
    if breaks is None:
        blank = Kind.BLANK
        marks = [mark for mark in marks if mark.kind is not blank]
        breaks = [index for index, mark in enumerate(marks) if mark.kind in may_break]
    settled, problems = settle(marks, breaks)
    if settled is not marks:
        breaks = [index for index in breaks if settled[index].kind in may_break]
    if any(settled[index].kind is ARTICLE for index in breaks):
        return _articles(settled, breaks), tuple(problems)
    start = next((i for i, m in enumerate(settled) if _starts_body(m)), len(settled))
    out = _introduction(settled[:start])
    if has_outline(settled):
        start = outline_start(settled)
        end = next((i for i, m in enumerate(settled) if m.kind is ANNEX), len(settled))
        out = _introduction(settled[:start]) + _outline(settled[start:end])
        return out + _annexes(settled[end:]), tuple(problems)
    if start < len(settled) and settled[start].kind is ANNEX:
        return out + _annexes(settled[start:]), tuple(problems)
    return _articles(settled, breaks), tuple(problems)


def _starts_body(mark: Mark) -> bool:
    return mark.kind in _HEADINGS or mark.kind in (ARTICLE, ANNEX)


def _articles(marks: Sequence[Mark], breaks: Sequence[int]) -> tuple[Provision, ...]:
    """Headings, articles, annexes; what stands before the first of them is the introduction.

    `breaks` are the indexes of the marks that one of these, or 一、, begins with.
    """
    body = _Node(Unit.PART, -1)
    stack = [body]
    start = next((i for i in breaks if _starts_body(marks[i])), len(marks))
    start = _heading_before(marks, start)
    body.children.extend(_introduction(marks[:start]))
    han = HAN
    tops = [
        i
        for i in breaks
        if marks[i].kind is not han or i == start or (i > start and _is_han_heading(marks, i))
    ]
    article, annex, holder, not_alone = ARTICLE, ANNEX, body.children, _NOT_ALONE
    for index, stop in pairwise([*tops, len(marks)]):
        mark = marks[index]
        kind, number, rest = mark.kind, mark.number, mark.rest
        if kind is article:
            if not rest or rest[0] in not_alone:
                holder.append(_article(mark, marks[index + 1 : stop]))
            elif stop == index + 1:  # two of three articles: one 款
                only = provision(_PARAGRAPH, None, None, rest)
                holder.append(provision(_ARTICLE, number, None, "", (only,)))
            else:
                below = _below(rest, marks[index + 1 : stop])
                holder.append(provision(_ARTICLE, number, None, "", below))
            continue
        if kind is annex:
            body.children.extend(_annexes(marks[index:]))
            break
        unit, level = _HEADINGS.get(kind) or (Unit.OUTLINE_1, 2)
        node = _Node(unit, level, mark.number, "", mark.rest or None)
        above = 0 if number is None and _closes_the_law(mark, stack) else level
        while stack[-1].level >= above:
            stack.pop()
        stack[-1].hold(node)
        stack.append(node)
        holder = node.children
        holder.extend(paragraphs(marks[index + 1 : stop]))
    return body.held()


def _closes_the_law(mark: Mark, stack: Sequence[_Node]) -> bool:
    """附则 without a number behind 编 whose chapters have one stands beside them, in none of them.

    Before: 第二编　分则⏎第十章　军人违反职责罪⏎第四百五十一条 …⏎附则⏎第四百五十二条 …
    """
    if len(stack) < 2:
        return False
    part = stack[1]
    return (
        part.unit is Unit.PART
        and mark.rest in _SUPPLEMENTARY
        and all(one.number for one in part.children if one.unit is Unit.CHAPTER)
    )


def _heading_before(marks: Sequence[Mark], start: int) -> int:
    """In judicial interpretations 一、管辖 stands before the first article as a heading."""
    return start - 1 if start and _is_han_heading(marks, start - 1) else start


def _is_han_heading(marks: Sequence[Mark], index: int) -> bool:
    """一、管辖 with an article next is a heading; 一、警告； with 二、罚款； next is an item."""
    mark = marks[index]
    if mark.kind is not HAN or mark.rest[-1] in "。；，：":
        return False
    return index + 1 < len(marks) and marks[index + 1].kind is ARTICLE


def _article(mark: Mark, lines: Sequence[Mark]) -> Provision:
    number, rest = mark.number, mark.rest
    caption = None
    if not rest and lines and lines[0].kind is TEXT and lines[0].rest[0] == "【":
        rest, lines = lines[0].rest, lines[1:]  # 第一条⏎【立法目的】为了…
    if rest[:1] == "【":
        caption, rest = split_article_caption(rest)
    if not rest:
        return provision(_ARTICLE, number, caption, "", paragraphs(lines))
    first = _first_line(rest) if rest[0] in LIST_MARKS else None
    if first is not None:
        return provision(_ARTICLE, number, caption, "", paragraphs([first, *lines]))
    return provision(_ARTICLE, number, caption, "", _below(rest, lines))


def _below(text: str, lines: Sequence[Mark]) -> tuple[Provision, ...]:
    """The 款 of an article whose first one begins with `text`."""
    listed = _with_lists(text, lines)
    if listed is not None:
        return listed
    return paragraphs([new_mark(TEXT, None, text, text), *lines])


def _first_line(text: str) -> Mark | None:
    """What follows 第X条, where it begins a list; None for ordinary text."""
    mark = scan_line(text)
    return mark if mark.kind in _BELOW_PARAGRAPH else None


def paragraphs(lines: Sequence[Mark]) -> tuple[Provision, ...]:
    """The 款 of an article, introduction or annex, with their 项 and 目.

    A line without a mark is a 款, unless the list of 项 goes on after it: then it belongs to the
    项 above it.
    """
    if not lines:
        return ()
    plain = lines[0].kind is TEXT
    listed = _with_lists(lines[0].rest, lines[1:]) if plain else _with_lists("", lines)
    if listed is not None:
        return listed
    if not {mark.kind for mark in lines} & _BELOW_PARAGRAPH.keys():
        return tuple([provision(Unit.PARAGRAPH, None, None, _plain(mark)) for mark in lines])
    coming = _next_marks(lines)
    roots: list[_Node] = []
    stack: list[_Node] = []
    for index, mark in enumerate(lines):
        unit_level = _BELOW_PARAGRAPH.get(mark.kind)
        if unit_level is not None and _counts_up(mark, stack):
            unit, level = unit_level
            if not stack:
                roots.append(_Node(Unit.PARAGRAPH, 0))
                stack.append(roots[-1])
            while stack[-1].level >= level:
                stack.pop()
            node = _Node(unit, level, mark.number, mark.rest)
            stack[-1].hold(node)
            stack.append(node)
            continue
        holder = _goes_on(coming[index], stack)
        if holder is not None:
            holder.children.append(provision(Unit.PARAGRAPH, None, None, _plain(mark)))
            while stack[-1] is not holder:
                stack.pop()
        else:
            roots.append(_Node(Unit.PARAGRAPH, 0, None, _plain(mark)))
            stack = [roots[-1]]
    return tuple(node.done() for node in roots)


def _with_lists(text: str, lines: Sequence[Mark]) -> tuple[Provision, ...] | None:
    """The 款 that begin with `text`, for plain lines and （一） alone; None where others are below.

    Nine of ten lists, built in one walk without a stack. Unmarked lines between two 项 belong to
    the first of them where the second counts on from it; otherwise, and after the last 项, each
    begins a 款. `text` is empty where a list begins at once.
    """
    roots: list[Provision] = []
    items: list[Provision] = []
    between: list[str] = []  # unmarked lines since the last 项
    for line in lines:
        kind = line.kind
        if kind is PAREN_HAN:
            number = line.number
            if between:
                last = items[-1]
                if number and last.number and number.follows(last.number):
                    own = tuple([provision(_PARAGRAPH, None, None, one) for one in between])
                    items[-1] = provision(last.unit, last.number, None, last.text, own)
                else:
                    roots.append(provision(_PARAGRAPH, None, None, text, tuple(items)))
                    roots += [provision(_PARAGRAPH, None, None, one) for one in between[:-1]]
                    text, items = between[-1], []
                between = []
            items.append(provision(_SUBPARAGRAPH, number, None, line.rest))
        elif kind is not TEXT:
            return None
        elif items:
            between.append(line.rest)
        else:
            roots.append(provision(_PARAGRAPH, None, None, text))
            text = line.rest
    roots.append(provision(_PARAGRAPH, None, None, text, tuple(items)))
    if between:
        roots += [provision(_PARAGRAPH, None, None, one) for one in between]
    return tuple(roots)


def _plain(mark: Mark) -> str:
    return mark.text.replace("\u3000", "", 1) if mark.kind is not TEXT else mark.rest


def _counts_up(mark: Mark, stack: Sequence[_Node]) -> bool:
    """1． starts at 1 and counts up, or it is no 目: 3、4号楼 at the start of a line is text."""
    if mark.kind not in (ARABIC, HAN):
        return True
    unit, level = _BELOW_PARAGRAPH[mark.kind]
    for node in reversed(stack):
        if node.level < level:
            last = next((c.number for c in reversed(node.children) if c.unit is unit), None)
            return mark.number == (Number(last.value + 1) if last else Number(1))
    return mark.number == Number(1)


def _next_marks(lines: Sequence[Mark]) -> list[Mark | None]:
    """For each line the next one after it that begins with （一） or 一、."""
    out: list[Mark | None] = [None] * len(lines)
    coming: Mark | None = None
    for index in range(len(lines) - 1, -1, -1):
        out[index] = coming
        if lines[index].kind in (PAREN_HAN, HAN):
            coming = lines[index]
    return out


def _goes_on(coming: Mark | None, stack: Sequence[_Node]) -> _Node | None:
    """The 项 that an unmarked line belongs to, because the next 项 continues its list."""
    if coming is None or coming.number is None:
        return None
    unit = _BELOW_PARAGRAPH[coming.kind][0]
    for node in stack:
        if node.unit is unit and node.number:
            return node if coming.number.follows(node.number) else None
    return None


def _introduction(lines: Sequence[Mark]) -> tuple[Provision, ...]:
    if not lines:
        return ()
    caption = None
    if lines[0].kind is PREAMBLE:
        caption, lines = lines[0].rest, lines[1:]
    return (Provision(Unit.INTRODUCTION, None, caption, "", paragraphs(lines)),)


def _annexes(lines: Sequence[Mark]) -> tuple[Provision, ...]:
    starts = [i for i, m in enumerate(lines) if m.kind is ANNEX]
    stops = [*starts[1:], len(lines)] if starts else []
    return tuple(
        Provision(
            Unit.ANNEX, lines[a].number, lines[a].rest or None, "", paragraphs(lines[a + 1 : b])
        )
        for a, b in zip(starts, stops, strict=True)
    )


def _outline(lines: Sequence[Mark], above: _Node | None = None) -> tuple[Provision, ...]:
    root = above or _Node(Unit.OUTLINE_1, 0)
    stack = [root]
    headed = above is None and bool(lines) and lines[0].kind in _HEADINGS
    for mark in lines:
        unit_level = _OUTLINE.get(mark.kind) if headed or mark.kind not in _HEADINGS else None
        if unit_level is None:
            while stack[-1].unit is Unit.OUTLINE_5 and len(stack) > 1:
                stack.pop()
            stack[-1].children.append(Provision(Unit.PARAGRAPH, text=_plain(mark)))
            continue
        unit, level = unit_level
        node = _Node(unit, level, mark.number)
        if mark.kind in _HEADINGS:
            node.caption = mark.rest or None
        else:
            node.caption, node.text, node.responsible = split_outline_line(mark.rest)
        while stack[-1].level >= level and len(stack) > 1:
            stack.pop()
        stack[-1].hold(node)
        stack.append(node)
    return root.held()


def outline_children(unit: Unit, lines: Sequence[Mark]) -> tuple[Provision, ...]:
    """What stands below an outline unit, from the marks of its lines without its own."""
    level = next(level for kind, (u, level) in _OUTLINE.items() if u is unit)
    return _outline(lines, _Node(unit, level))
