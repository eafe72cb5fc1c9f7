"""Plain text and Markdown → lines.

Floor 1. Markdown is read as text is: the marks of headings and emphasis go; front matter, comments,
footnotes and struck-out text are left out and listed.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from tracker.law.numbering import NUMERAL
from tracker.law.problems import Problem, Severity
from tracker.parse.document import Dropped, Place
from tracker.parse.extract import Extracted, Hints, Lines
from tracker.parse.extract.inline_marks import (
    is_note,
    note_goes_on,
    without_emphasis,
    without_notes,
    without_struck,
)
from tracker.parse.normalise.table_cells import join_cells

__all__ = ["is_markdown", "markdown", "plain"]

LONGEST_FRONT_MATTER: Final = 80
"""Lines after which --- at the top of a file is no front matter."""

_HEADING: Final = re.compile(r"[ ]{0,3}#{1,6}[ \t\u3000]+")
_ANCHOR: Final = re.compile(r"\s{0,4}\{[#.:][^{}\u3002]{0,80}\}\s{0,4}$")
"""## 第一章 总则 {#one}: a name for links."""
_CODE: Final = re.compile(r"`([^`]{1,200})`")
_CAPTION: Final = re.compile(
    rf"(第{NUMERAL}{{1,12}}条(?:之{NUMERAL}{{1,4}})?)[ \t\u3000]{{1,4}}"
    r"([^。；，：、（）【】\[\]\s]{2,30})\s{0,8}$"
)
"""### 第一条 立法目的: the heading of an article whose text stands below."""
_BOLD_MARK: Final = re.compile(
    r"^\s{0,16}(?:\*\*|__)\s{0,4}第[^*_\n]{1,20}[条章节编]", re.MULTILINE
)
_ATX: Final = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
LONGEST_COMMENT: Final = 400
"""Characters of a comment; what is longer in one line is text that shows its marks."""
MOST_COMMENT_LINES: Final = 80
"""Lines of a comment; a mark that is not closed so soon has lost its other half."""
_LINK: Final = re.compile(
    r"!?\[([^\[\]]{0,200})\]\((#[^()\s]{1,200}|(?=[./]|https?:|mailto:)[^()\s\u4e00-\u9fff]{1,400})\)"
)
"""[第一章 总则](#c1), [《某法》](https://…): a link; what it leads to is listed as left out."""
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>])")
_FIELD: Final = re.compile(r"([A-Za-z_][\w-]{0,40})\s{0,8}:\s{0,8}[\"']?([^\"'\n]{1,300})")
_DAY: Final = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?=$|[T ])")
"""2025-01-31, and what an editor writes for it: 2025-01-31T08:00:00+08:00."""


_BLOCK_SIGNS: Final = frozenset("><|-*+=`~")
_QUOTE: Final = re.compile(r"(?: {0,3}> ?){1,8}")
_BULLET: Final = re.compile(r" {0,3}[-*+][ \t]{1,4}(?![0-9]{1,4} ?[-*+]$)")
_RULE: Final = re.compile(
    r"\s{0,3}(?:(?:[-*_] ){2,20}[-*_]|-{3,}|={3,}|\*{3,}|(?:`{3}|~{3})\w{0,20}"
    r"|\|?(?:\s?:?-{2,}:?\s?\|){1,40}"
    r"(?:\s?:?-{2,}:?)?)\s{0,9}"
)
_TABLE: Final = re.compile(r"^ {0,3}\|(?:\s?:?-{2,}:?\s?\|){1,40}\s{0,9}$", re.MULTILINE)
_ROW: Final = re.compile(r" {0,3}\|(.{1,2000})\|\s{0,9}")


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
    problems: list[Problem] = []
    fields: dict[str, str] = {}
    start = _front_matter(lines, dropped, fields)
    out = [""] * start
    marks = captions = 0
    outside = _LeftOut(dropped)
    for index, line in enumerate(lines[start:], start):
        if outside.takes(line, index, lines):
            out.append("")
            continue
        text = _without_comments(line, index + 1, dropped) if "<!--" in line else line
        if "~~" in text:
            text, open_ended = without_struck(text, index + 1, dropped)
            problems += [_unpaired(line, index + 1)] if open_ended else []
        if "#" in text[:10]:
            text, captioned = _without_heading_mark(text, lines, index, dropped)
            captions += captioned
        if "[^" in text:
            text = without_notes(text, index + 1, dropped)
        if "](" in text:
            text = _without_links(text, index + 1, dropped)
        if "*" in text or "_" in text:
            text = without_emphasis(text)
        text = _CODE.sub(r"\1", text) if "`" in text else text
        if "\\" in text:
            text = _ESCAPED.sub(r"\1", text)
        if text[:4].strip(" ")[:1] in _BLOCK_SIGNS:
            text = _without_block_marks(text)
        marks += text != line
        out.append(text)
    published = _day(fields.get("publish_date")) or _day(fields.get("date"))
    hints = Hints(title=fields.get("title"), published=published)
    rewrites = {code: n for code, n in (("markdown", marks), ("caption", captions)) if n}
    return Extracted("markdown", out, None, dropped, rewrites, hints, problems)


def _without_heading_mark(
    text: str, lines: list[str], index: int, dropped: list[Dropped]
) -> tuple[str, bool]:
    """The n-th line without its ## and {#name}, and whether it is a number and a caption, in 【】.

    Before: ### 第一条 立法目的⏎为了…
    After:  第一条 【立法目的】⏎为了…
    """
    text = _HEADING.sub("", text, count=1)
    if anchor := _ANCHOR.search(text):
        dropped.append(Dropped(anchor[0].strip(), Place(index + 1), "link"))
        text = text[: anchor.start()]
    found = _CAPTION.match(text)
    if found is None or not _HEADING.match(lines[index]) or not _has_text_below(lines, index):
        return text, False
    return f"{found[1]} 【{found[2]}】", True


def _has_text_below(lines: list[str], index: int) -> bool:
    """Whether the next line that is not blank is neither a heading nor a rule."""
    below = next((line for line in lines[index + 1 :] if line.strip()), "")
    return bool(below) and not _HEADING.match(below) and not _RULE.fullmatch(below)


class _LeftOut:
    """Which whole lines are a comment of several lines or a footnote, in the order of the text."""

    def __init__(self, dropped: list[Dropped]) -> None:
        self._dropped, self._until, self._in_note = dropped, -1, False

    def takes(self, line: str, index: int, lines: list[str]) -> bool:
        """Whether the n-th line is left out; it is added to what was dropped."""
        if index > self._until and line.startswith("<!--"):
            self._until = _end_of_comment(index, lines)
        reason = "comment" if index <= self._until else None
        if reason is None and "[^" in line and is_note(line):
            self._in_note, reason = True, "footnote"
        elif self._in_note and line.strip():
            self._in_note = note_goes_on(line)
            reason = reason or ("footnote" if self._in_note else None)
        if reason and line.strip():
            self._dropped.append(Dropped(line, Place(index + 1), reason))
        return reason is not None


def _end_of_comment(index: int, lines: list[str]) -> int:
    """The last line of a comment that begins in a line and ends at the end of a later one; -1
    where it does not: such a mark is text, and shows."""
    if "-->" in lines[index]:
        return -1
    for last in range(index + 1, min(index + MOST_COMMENT_LINES, len(lines))):
        if "-->" in lines[last]:
            return last if lines[last].rstrip().endswith("-->") else -1
        if "<!--" in lines[last]:
            return -1
    return -1


def _unpaired(line: str, number: int) -> Problem:
    return Problem(
        code="struck-out-text",
        severity=Severity.WARNING,
        message="删除线的记号 ~~ 在这一行里不成对，原样保留",
        hint="对照原件；被划去的文字，在来源中每一行前后各加 ~~，再读取",
        line=number,
        quote=line[:40],
    )


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
    found = _DAY.match(text or "")
    if not found:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None
