"""Marks of headings and articles: 第12條 为了 becomes 第十二条　为了.

Floor 1, two of the `rules` with a module of their own.
"""

from __future__ import annotations

import re
from typing import Final

from tracker.law.numbering import NUMERAL, read_numeral, write_numeral

__all__ = ["LONGEST_HEAD", "PLAIN_HEAD", "SET_MARK", "N", "heading_number", "heading_space"]

N: Final = f"{NUMERAL}(?: ?{NUMERAL}){{0,15}}"
"""A numeral with the spaces a source may have in it, for use inside other patterns."""
_MARK: Final = (
    rf"(?:第 ?{N} ?(?:分 ?编|编|章|节|条)(?: ?之 ?{NUMERAL}{{1,4}}){{0,3}}|附件 ?(?:{N})?"
    r"|附[表录图] ?(?:[一二三四五六七八九十0-9A-Z]{1,3})?)"
)
_SPACED_MARK: Final = re.compile(rf"(\n{_MARK}) (?=\S)")
PLAIN_HEAD: Final = re.compile("第[零一二三四五六七八九十百千]{1,16}[编章节条]")
"""A mark that needs no rewriting but for its space: nearly all are such."""
LONGEST_HEAD: Final = 18
"""Characters of the longest of these."""
SET_MARK: Final = re.compile(rf"\n{_MARK}\u3000(?=[^ \n\u3000])")
_ODD_MARK: Final = re.compile(
    rf"\n第 ?(?=[^条章节编\n]{{0,31}}[0-9０-９〇○OＯ两兩 ])({N}) ?(分 ?编|编|章|节|条)"
    rf"((?: ?之 ?{NUMERAL}{{1,4}}){{0,3}})|\n附件 ?(?P<annex>[0-9０-９]{{1,3}})(?=[：: \n]|$)"
)
_TRADITIONAL: Final = re.compile(rf"(\n第 ?{N} ?分? ?)([條節編])")
_SIMPLIFIED: Final = {"條": "条", "節": "节", "編": "编"}


def heading_number(text: str) -> tuple[str, int]:
    """The text with the numbers of its headings and articles as laws write them, and how many.

    >>> heading_number("\\n第12条 甲\\n第一百〇一条 乙")
    ('\\n第十二条 甲\\n第一百零一条 乙', 2)
    """
    count = 0

    def rewrite(found: re.Match[str]) -> str:
        nonlocal count
        if found["annex"]:
            count += 1
            return f"\n附件{write_numeral(read_numeral(found['annex']))}"
        try:
            numeral = write_numeral(read_numeral(found[1]))
            suffix = "".join(
                f"之{write_numeral(read_numeral(part))}" for part in found[3].split("之")[1:]
            )
        except ValueError:
            return found[0]
        out = f"\n第{numeral}{found[2].replace(' ', '')}{suffix}"
        count += out != found[0].replace(" ", "")
        return out

    text = _ODD_MARK.sub(rewrite, text)
    if "條" in text or "節" in text or "編" in text:
        text, traditional = _TRADITIONAL.subn(lambda m: m[1] + _SIMPLIFIED[m[2]], text)
        count += traditional
    return text, count


def heading_space(text: str) -> tuple[str, int]:
    """The text with a full-width space behind each mark that has a space, and how many.

    >>> heading_space("\\n第二章 附则\\n第十条 之一 甲")
    ('\\n第二章\u3000附则\\n第十条 之一\u3000甲', 2)
    """
    return _SPACED_MARK.subn(lambda found: found[1] + "\u3000", text)
