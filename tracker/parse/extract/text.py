"""Plain text and Markdown → lines.

Floor 1. Markdown is read as text is: the marks of headings and bold go, front matter and comments
are left out and listed.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from tracker.parse.document import Dropped, Place
from tracker.parse.extract import Extracted, Hints, Lines
from tracker.parse.normalise import join_cells

__all__ = ["even_ends", "is_markdown", "markdown", "plain"]

LONGEST_FRONT_MATTER: Final = 80
"""Lines after which --- at the top of a file is no front matter."""

_HEADING: Final = re.compile(r"[ ]{0,3}#{1,6}[ \t\u3000]+")
_BOLD_MARK: Final = re.compile(
    r"^\s{0,16}(?:\*\*|__)\s{0,4}第[^*_\n]{1,20}[条章节编]", re.MULTILINE
)
_ATX: Final = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
LONGEST_COMMENT: Final = 400
"""Characters of a comment; what is longer in one line is text that shows its marks."""
_LINK: Final = re.compile(
    r"!?\[([^\[\]]{0,200})\]\((?=[#./]|https?:|mailto:)([^()\s\u4e00-\u9fff]{1,400})\)"
)
"""[第一章 总则](#c1), [《某法》](https://…): a link; what it leads to is listed as left out."""
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>])")
_FIELD: Final = re.compile(r"([A-Za-z_][\w-]{0,40})\s{0,8}:\s{0,8}[\"']?([^\"'\n]{1,300})")
_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


_BLOCK_SIGNS: Final = frozenset("><|-*+=`~")
_QUOTE: Final = re.compile(r"(?: {0,3}> ?){1,8}")
_BULLET: Final = re.compile(r" {0,3}[-*+][ \t]{1,4}(?![0-9]{1,4} ?[-*+]$)")
_RULE: Final = re.compile(
    r"\s{0,3}(?:-{3,}|={3,}|\*{3,}|(?:`{3}|~{3})\w{0,20}|\|?(?:\s?:?-{2,}:?\s?\|){1,40}"
    r"(?:\s?:?-{2,}:?)?)\s{0,9}"
)
_TABLE: Final = re.compile(r"^ {0,3}\|(?:\s?:?-{2,}:?\s?\|){1,40}\s{0,9}$", re.MULTILINE)
_ROW: Final = re.compile(r" {0,3}\|(.{1,2000})\|\s{0,9}")


def even_ends(text: str) -> tuple[str, int]:
    """The text with a line feed at each line's end, and how many ends were something else."""
    count = text.count("\r")
    if count:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, count


def plain(text: str, signs: int | None = None) -> Extracted:
    """Text as it is; `signs` are those that stand in it, where they are known."""
    return Extracted("text", Lines(text, signs))


def is_markdown(text: str) -> bool:
    """Whether a text has front matter, # headings, a table in lines |-|-|, or 第X条 in bold."""
    if text.startswith("---\n") or ("#" in text and _ATX.search(text)):
        return True
    if "|-" in text and _TABLE.search(text):
        return True
    return ("**" in text or "__" in text) and bool(_BOLD_MARK.search(text))


def markdown(lines: list[str]) -> Extracted:
    """Markdown without its marks.

    Before: ## 第一章 总则 · **第一条** 为了…
    After:  第一章 总则 · 第一条 为了…
    """
    dropped: list[Dropped] = []
    fields: dict[str, str] = {}
    start = _front_matter(lines, dropped, fields)
    out = [""] * start
    marks = 0
    for index, line in enumerate(lines[start:], start):
        text = _without_comments(line, index + 1, dropped) if "<!--" in line else line
        text = _HEADING.sub("", text, count=1) if "#" in text[:10] else text
        if "](" in text:
            text = _without_links(text, index + 1, dropped)
        if "**" in text or "__" in text:
            text = text.replace("**", "").replace("__", "")
        if "\\" in text:
            text = _ESCAPED.sub(r"\1", text)
        if text[:4].strip(" ")[:1] in _BLOCK_SIGNS:
            text = _without_block_marks(text)
        marks += text != line
        out.append(text)
    hints = Hints(title=fields.get("title"), published=_day(fields.get("publish_date")))
    rewrites = {"markdown": marks} if marks else {}
    return Extracted("markdown", out, None, dropped, rewrites, hints)


def _without_comments(line: str, number: int, dropped: list[Dropped]) -> str:
    """A line without its comments, which are added to what was dropped; `number` counts from 1."""
    kept: list[str] = []
    done, begin = 0, line.find("<!--")
    while begin >= 0:
        end = line.find("-->", begin + 4, begin + 4 + LONGEST_COMMENT + 3)
        if end >= 0:
            kept.append(line[done:begin])
            done = end + 3
            dropped.append(Dropped(line[begin:done], Place(number, begin + 1), "comment"))
        begin = line.find("<!--", max(done, begin + 1))
    return "".join(kept) + line[done:]


def _without_links(text: str, number: int, dropped: list[Dropped]) -> str:
    """The words of the links of a line; where they lead is added to what was dropped."""
    dropped += [Dropped(m[2], Place(number, m.start(2) + 1), "link") for m in _LINK.finditer(text)]
    return _LINK.sub(r"\1", text)


def _without_block_marks(text: str) -> str:
    """> 引文, - 列表, | 甲 | 乙 |, --- and ~~~ without their marks.

    >>> _without_block_marks("> - （一）甲；"), _without_block_marks("| 甲 | 乙 |")
    ('（一）甲；', '甲｜乙')
    """
    text = _QUOTE.sub("", text)
    if _RULE.fullmatch(text):
        return ""
    text = _BULLET.sub("", text)
    row = _ROW.fullmatch(text)
    return join_cells(row[1].split("|"), laid_out=False) if row else text


def _front_matter(lines: list[str], dropped: list[Dropped], fields: dict[str, str]) -> int:
    if not lines or lines[0].strip() != "---":
        return 0
    for index, line in enumerate(lines[1 : LONGEST_FRONT_MATTER + 1], 1):
        if line.strip() == "---":
            dropped.extend(
                Dropped(text, Place(n + 1), "front-matter")
                for n, text in enumerate(lines[: index + 1])
                if text.strip()
            )
            return index + 1
        found = _FIELD.match(line)
        if found:
            fields.setdefault(found[1].lower(), found[2].strip())
    return 0


def _day(text: str | None) -> date | None:
    found = _DAY.fullmatch(text or "")
    if not found:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None
