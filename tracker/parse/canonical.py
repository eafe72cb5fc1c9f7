"""Law ⇄ canonical text (tracker-canonical/1), writer and reader side by side.

Floor 1. `write` is the only writer of canonical text; `read` takes nothing else. The format is
described in the reference (canonical-text.md). `read(write(law)) == law` for every law that
parsing yields, and `write(read(text)) == text`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from tracker.law.collecting import no_collecting
from tracker.law.model import Law, Provision, Unit
from tracker.law.numbering import Number, write_numeral
from tracker.law.problems import TrackerError
from tracker.parse.marks.captions import split_responsible
from tracker.parse.marks.kinds import HAN, MOST_HEADS, TEXT, Mark, new_mark, scan, scan_line
from tracker.parse.marks.survey import MAY_BREAK
from tracker.parse.tree import build, outline_children, paragraphs

__all__ = [
    "FORMAT",
    "STAGE_LINE",
    "body",
    "heading_line",
    "read",
    "read_body",
    "with_body",
    "write",
]

FORMAT: Final = "tracker-canonical/1"
STAGE_LINE: Final = re.compile(
    r"(?:（[^（）。，]{0,20}(?:草案|征求意见|送审|审议稿|审稿|表决稿|讨论稿|建议稿)"
    r"[^（）。，]{0,12}）){1,3}"
)
"""What a source prints under the title of a draft: （二次审议稿）, （修订草案）（征求意见稿）."""

_MARKERS: Final = {
    Unit.SUBPARAGRAPH: "（{han}）", Unit.ITEM: "{arabic}．", Unit.OUTLINE_1: "{han}、",
    Unit.OUTLINE_2: "（{han}）", Unit.OUTLINE_3: "{arabic}．", Unit.OUTLINE_4: "（{arabic}）",
    Unit.OUTLINE_5: "——",
}  # fmt: skip
_ANNEX: Final = Unit.ANNEX
_ARTICLE: Final = Unit.ARTICLE
_INTRODUCTION: Final = Unit.INTRODUCTION
_PARAGRAPH: Final = Unit.PARAGRAPH
_SUBPARAGRAPH: Final = Unit.SUBPARAGRAPH
"""By names of their own: before Python 3.12 a look-up in Unit takes 0.1 µs."""
_HEADINGS: Final = frozenset({Unit.PART, Unit.SUBPART, Unit.CHAPTER, Unit.SECTION})
_OUTLINES: Final = frozenset(unit for unit in Unit if unit.is_outline)
_OWN_BLOCK: Final = frozenset({Unit.OUTLINE_1, Unit.OUTLINE_2})
_ABOVE_LINES: Final = _OWN_BLOCK | _HEADINGS | {Unit.ARTICLE}


def write(law: Law) -> str:
    """The canonical text of a law: UTF-8 text, one provision a line, a newline at the end.

    >>> from tracker.law.numbering import Number
    >>> article = Provision(Unit.ARTICLE, Number(1), "立法目的", "", (
    ...     Provision(Unit.PARAGRAPH, text="为了甲，制定本条例。"),))
    >>> print(write(Law("某市条例", (article,), "（草案）")), end="")
    某市条例
    （草案）
    <BLANKLINE>
    第一条　【立法目的】为了甲，制定本条例。
    """
    # The search for cycles that is due after reading would go through all of the law: of a long one
    # it took 4 % of reading and writing.
    with no_collecting():
        return _text(law)


def _text(law: Law) -> str:
    lines = [law.title]
    if law.stage_line:
        lines.append(law.stage_line)
    if law.enactment_note:
        lines.append(law.enactment_note)
    _siblings(law.body, lines)
    lines.append("")
    return "\n".join(lines)  # once: no part of a long text is put together before the whole is


def _siblings(
    siblings: Sequence[Provision], out: list[str], texts: list[str] | None = None
) -> None:
    """Add the lines of provisions, a blank line before each; those of 款 to `texts` if given."""
    for provision in siblings:
        if provision.unit is not _ARTICLE:
            if texts is not None and provision.unit is _PARAGRAPH:
                _lines(provision, texts)
            else:
                _block(provision, out)
            continue
        number, children = provision.number, provision.children
        out.append("")
        if number is None or provision.caption or not children:
            out.append(heading_line(provision) + body(provision))
            continue
        begins = _BEGINS[number.value] if not number.suffix else heading_line(provision)
        place = len(out)
        for child in children:
            if child.text and child.unit is _PARAGRAPH and not child.children:
                out.append(child.text)  # nearly every one: written here, without a call for each
            else:
                _lines(child, out)
        out[place] = begins + out[place]


def _block(provision: Provision, out: list[str]) -> None:
    """Add the lines of what is no article, those below it with them."""
    unit = provision.unit
    out.append("")
    place = len(out)
    if unit in _HEADINGS:
        out.append(heading_line(provision))
        texts: list[str] = []  # the 款 that stand right under it
        _siblings(provision.children, out, texts)
        if text := "\n".join(texts):
            out.insert(place + 1, text)
    elif unit in _OWN_BLOCK:
        _outline_blocks(provision, out)
    elif unit in _MARKERS or unit is _PARAGRAPH:
        _lines(provision, out)
    else:
        head, text = heading_line(provision), body(provision)
        out += (head, text) if head and text else (head or text,)


def _outline_blocks(provision: Provision, out: list[str]) -> None:
    """Outline levels 1 and 2 are blocks, what is below them lines of their block."""
    lines = [heading_line(provision) + _own_text(provision)]
    place = len(out)
    for child in provision.children:
        if child.unit in _ABOVE_LINES:  # a 节 too may stand under 一、 in a law with articles
            _siblings((child,), out)
        else:
            _lines(child, lines)
    out[place:place] = lines


def heading_line(provision: Provision) -> str:
    """How the line of a provision begins: its number, and what follows up to its text.

    第一章　总则 · 第十二条　【适用范围】 · 一、总体要求 · （一）产业定义。 · 附件一　名称. A 款 has
    nothing of the kind, so the line is empty.
    """
    unit, number, caption = provision.unit, provision.number, provision.caption
    if unit is _ARTICLE and number:
        mark = _article_mark(number.value, number.suffix)
        if caption:
            return f"{mark}\u3000【{caption}】"
        return f"{mark}\u3000" if provision.children else mark
    if unit is _PARAGRAPH:
        return ""
    if unit in _HEADINGS:
        mark = _heading_mark(unit, number.value, number.suffix) if number else ""
        return f"{mark}\u3000{caption}" if mark and caption else mark or caption or ""
    if unit is _ANNEX:
        if caption and not number and caption.startswith("附"):
            return caption
        mark = f"附件{write_numeral(number.value)}" if number else "附件"
        return f"{mark}\u3000{caption}" if caption else mark
    if unit is _INTRODUCTION:
        return caption or ""
    marker = _marker(provision)
    if unit.is_outline and caption:
        return f"{marker}{caption}" + ("。" if provision.text else "")
    return marker


@lru_cache(maxsize=16384)
def _article_mark(value: int, suffix: tuple[int, ...]) -> str:
    return Number(value, suffix).written("条")  # keyed by its parts: a Number is slow to hash


@lru_cache(maxsize=4096)
def _heading_mark(unit: Unit, value: int, suffix: tuple[int, ...]) -> str:
    return Number(value, suffix).written(unit.label)


class _Begins(dict[int, str]):
    """How articles without 之 begin, 第一条 and its space: looked up, not asked for by a call each.
    No more are kept than laws have articles."""

    def __missing__(self, value: int) -> str:
        begins = f"{_article_mark(value, ())}\u3000"
        if len(self) < MOST_HEADS:
            self[value] = begins
        return begins


_BEGINS: Final = _Begins()


@lru_cache(maxsize=1024)
def _list_mark(template: str, value: int) -> str:
    return template.format(han=write_numeral(value), arabic=value)


@lru_cache(maxsize=1024)
def _item_mark(value: int) -> str:
    return f"（{write_numeral(value)}）"


def _marker(provision: Provision) -> str:
    template = _MARKERS.get(provision.unit, "")
    if provision.number is None:
        return template if provision.unit is Unit.OUTLINE_5 else ""
    return _list_mark(template, provision.number.value)


def _own_text(provision: Provision) -> str:
    if provision.responsible:
        return provision.text + provision.responsible_words
    return provision.text


def _lines(provision: Provision, out: list[str]) -> None:
    """The lines of a provision below an article or an outline unit."""
    children = provision.children
    if provision.unit is _PARAGRAPH and provision.text:
        out.append(provision.text)
        for child in children:
            number = child.number
            if (
                number is not None
                and child.unit is _SUBPARAGRAPH
                and not (child.children or child.responsible)
            ):
                # nine of ten lines below a 款: written here, without a call for each
                out.append(_item_mark(number.value) + child.text)
            else:
                _lines(child, out)
        return
    head = heading_line(provision)
    if head or provision.text or not children:
        out.append(head + _own_text(provision))
    for child in children:
        _lines(child, out)


def body(provision: Provision) -> str:
    """The text of an article or outline unit without its number and caption, 款 项 目 a line each.

    For an outline unit it ends its first line with the responsible units, as canonical text does.
    """
    children = provision.children
    if provision.unit in _OUTLINES:
        lines = [_own_text(provision)]
    elif len(children) == 1 and not children[0].children:
        return children[0].text
    else:
        lines = []
    for child in children:
        _lines(child, lines)
    return "\n".join(lines)


def read_body(unit: Unit, text: str) -> tuple[Provision, ...]:
    """The 款 of an article, introduction or annex from what `body` gave.

    For an outline unit: one provision of that unit with text, children and responsible units, but
    without number and caption. `with_body` is the easier way to put a text back.
    """
    if unit.is_outline:
        return (with_body(Provision(unit), text),)
    return paragraphs([_within(scan_line(line)) for line in text.split("\n")] if text else [])


def _within(mark: Mark) -> Mark:
    """A line inside a body begins no article and no chapter: 第一条　甲。 in an annex is text."""
    inside = mark.kind not in MAY_BREAK or mark.kind is HAN
    return mark if inside else new_mark(TEXT, None, mark.text, mark.text)


def with_body(provision: Provision, text: str) -> Provision:
    """The provision with `text` for its body: ``with_body(p, body(p)) == p``."""
    unit, number, caption = provision.unit, provision.number, provision.caption
    if not unit.is_outline:
        return Provision(unit, number, caption, "", read_body(unit, text))
    first, *below = text.split("\n")
    own, responsible = split_responsible(first)
    children = outline_children(unit, scan(below))
    return Provision(unit, number, caption, own, children, responsible)


def read(text: str) -> Law:
    """The law that a canonical text holds.

    Raises TrackerError ``not-canonical``, naming the first line that is not as `write` would have
    it.
    """
    lines = text.split("\n")
    try:
        blank = lines.index("", 1)
    except ValueError:
        blank = len(lines)
    head = lines[1:blank]
    stage_line = head.pop(0) if head and STAGE_LINE.fullmatch(head[0]) else None
    body_, _ = build(scan(lines[blank:]))
    law = Law(lines[0], body_, stage_line, "\n".join(head) or None)
    again = write(law)
    if again != text:
        raise _not_canonical(text, again)
    return law


def _not_canonical(text: str, again: str) -> TrackerError:
    found, wanted = text.split("\n"), again.split("\n")
    index = next(
        (i for i, (a, b) in enumerate(zip(found, wanted, strict=False)) if a != b),
        min(len(found), len(wanted)) - 1,
    )
    return TrackerError(
        "not-canonical",
        f"不是规范文本（{FORMAT}）：第 {index + 1} 行与规范写法不同：{found[index][:40]!r}",
        "来源文件用 tracker parse 或 tracker ingest 读取",
    )
