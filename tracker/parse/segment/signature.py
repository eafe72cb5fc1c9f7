"""The lines below a law that sign it: 某市人民政府⏎2024年1月1日.

Floor 1, for `parts`. They are no text of the last article.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tracker.parse import phrases
from tracker.parse.dates import closing_day, find_days
from tracker.parse.marks.contents import is_listed
from tracker.parse.marks.kinds import ANNEX, TEXT, Mark
from tracker.parse.marks.survey import Survey

__all__ = ["signature"]

MOST_SIGNERS: Final = 6
"""Lines of a signature, its date among them."""
LONGEST_SIGNER: Final = 40
"""Characters of a line that names who signs."""


def signature(marks: Sequence[Mark], seen: Survey, start: int, end: int) -> range:
    """Who signs and when, below the last article or outline line, above the annexes if any.

    Before: 第九条　本办法自公布之日起施行。⏎某市人民政府⏎2024年1月1日
    After:  第九条　本办法自公布之日起施行。

    Below a list of annexes it signs as well: 附件：1．申请表⏎2．填表说明⏎某市税务局⏎2024年1月1日.
    """
    if ANNEX not in seen.present:
        return _above(marks, start, end)
    annexes = [i for i in range(start, end) if seen.kinds[i] is ANNEX]
    signed = _above(marks, start, annexes[0] if annexes else end)
    if not signed and annexes and (named := marks[annexes[0]].rest):
        below = _above(marks, annexes[0], annexes[1] if len(annexes) > 1 else end)
        if is_listed(named) or below.start == annexes[0] + 1:  # all that stands below 附件：分工表
            return below
    return signed


def _above(marks: Sequence[Mark], start: int, last: int) -> range:
    """The signature that ends above a line, behind a sentence or the list of the annexes."""
    lines = range(max(start, last - MOST_SIGNERS - 1), last)
    if len(lines) < 2 or not _dates_signature(marks[lines[-1]].text):
        return range(0)
    top = len(lines) - 1
    while top > 1 and len(lines) - top < MOST_SIGNERS and _signs(marks[lines[top - 1]]):
        top -= 1
    above = marks[lines[top - 1]]
    named = above.kind is ANNEX and bool(above.rest)
    ended = named or above.text[-1] in "。）”" or is_listed(above.text)
    return range(lines[top], last) if ended else range(0)


def _dates_signature(text: str) -> bool:
    """2023年11月30日, alone or behind who signs: 市长 张三 2023年11月30日."""
    if closing_day(text) is None:
        return False
    start = find_days(text)[-1][1]
    name = text[:start].rstrip("（ \u3000")
    return not name or phrases.ends_like_body(name) or phrases.names_office(name)


def _signs(mark: Mark) -> bool:
    """某市人民政府, 市长 张三: a line above the date of a signature."""
    text = mark.text
    if mark.kind is not TEXT or not phrases.is_short(text) or len(text) > LONGEST_SIGNER:
        return False
    return phrases.ends_like_body(text) or phrases.names_office(text)
