"""Quoted text of an act → the provisions it stands for.

Floor 2, used by `apply`. The text of one article, of several (第X条 at the start of each), of a
chapter with its articles, of 款, 项 or 目.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.amend.references import UNITS
from tracker.law.model import Provision, Unit
from tracker.law.numbering import NUMERAL, Number
from tracker.parse.canonical import read_body

__all__ = ["Blocks", "name_of", "read_article", "read_blocks", "read_chapter", "read_parts"]

_ARTICLE = re.compile(rf"第({NUMERAL}+)条((?:之{NUMERAL}+)*)[\s\u3000]*")
_HEADING = re.compile(rf"第({NUMERAL}+)(分编|[编章节])((?:之{NUMERAL}+)*)[\s\u3000]*(.*)$")
_OUTLINE = re.compile(rf"(?:{NUMERAL}+、|（{NUMERAL}+）|{NUMERAL}+[.．])")
_CITES = re.compile(r"[的、，。；：款项和至或及与]|规定|第")
_CAPTION = re.compile(r"【(.+?)】")
_RUN_ON = re.compile(r"(?<=[：；])(?=（[一二三四五六七八九十]+）)")

Blocks = tuple[tuple[Number | None, str], ...]


def read_blocks(text: str, numbers: Sequence[Number] = ()) -> Blocks:
    """Text of several articles, cut where a line begins with 第X条; the text of each without it.

    With `numbers` only those count, in their order; without, the numbers must go up one by one.

    >>> [(str(number), body) for number, body in read_blocks("第五条 甲。\\n第六条 乙。\\n丙。")]
    [('5', '甲。'), ('6', '乙。\\n丙。')]
    """
    blocks: list[tuple[Number | None, list[str]]] = []
    for line in re.split(r"\n+", text):
        match = _ARTICLE.match(line)
        number = Number.read(match[1], match[2]) if match else None
        if match and number and _begins(number, line[match.end() :], blocks, numbers):
            blocks.append((number, [line[match.end() :]]))
        elif blocks:
            blocks[-1][1].append(line)
        else:
            blocks.append((None, [line]))
    return tuple((number, "\n".join(lines)) for number, lines in blocks)


def _begins(
    number: Number,
    rest: str,
    blocks: Sequence[tuple[Number | None, list[str]]],
    numbers: Sequence[Number],
) -> bool:
    """Whether 第X条 at the start of a line begins an article rather than being a citation."""
    if _CITES.match(rest):
        return False
    if numbers:
        return len(blocks) < len(numbers) and numbers[len(blocks)] == number
    last = blocks[-1][0] if blocks else None
    return not blocks or (last is not None and number.follows(last))


def read_article(text: str) -> Provision:
    """One article from its text; a caption 【…】 at the start is its 条旨."""
    caption = _CAPTION.match(text)
    body = text[caption.end() :] if caption else text
    return Provision(
        Unit.ARTICLE, caption=caption[1] if caption else None, children=_paragraphs(body)
    )


def read_parts(unit: Unit, text: str) -> tuple[Provision, ...]:
    """The 款, 项 or 目 that a text holds. Raises ValueError for text of another shape."""
    paragraphs = _paragraphs(text)
    if unit is Unit.PARAGRAPH:
        return paragraphs
    if unit is Unit.SUBPARAGRAPH:
        found = [c for p in paragraphs for c in p.children]
        bare = [p for p in paragraphs if p.text or not p.children]
        if found and not bare:
            return tuple(found)
        if not found or not bare[1:]:
            children = tuple(c for c in (bare[0].children if bare else ()) if c.unit is Unit.ITEM)
            return tuple(replace(p, unit=unit, children=children) for p in bare)
    if unit is Unit.ITEM:
        found = [c for p in paragraphs for c in p.walk() if c.unit is Unit.ITEM]
        return tuple(found) or tuple(replace(p, unit=unit) for p in paragraphs)
    raise ValueError(text)


def read_chapter(text: str) -> Provision | None:
    """A chapter or section with its articles, None where the text does not begin with one."""
    first, _, rest = text.partition("\n")
    heading = _HEADING.match(first)
    if heading is None:
        return None
    articles = []
    for number, body in read_blocks(rest) if rest else ():
        if number is None:
            return None
        articles.append(replace(read_article(body), number=number))
    return Provision(
        UNITS[heading[2]],
        Number.read(heading[1], heading[3]),
        heading[4],
        children=tuple(articles),
    )


def name_of(text: str) -> str:
    """The name in a quoted heading, without its number.

    >>> name_of("第二章　数据资源"), name_of("一、合同的成立"), name_of("数据资源")
    ('数据资源', '合同的成立', '数据资源')
    """
    if heading := _HEADING.match(text):
        return heading[4]
    marker = _OUTLINE.match(text)
    return text[marker.end() :].strip() if marker else text


def _paragraphs(text: str) -> tuple[Provision, ...]:
    """款 by line, 项 and 目 below them; 项 run on in one line (：（一）…；（二）…) are parted."""
    return read_body(Unit.ARTICLE, _RUN_ON.sub("\n", text))
