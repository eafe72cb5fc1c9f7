"""A source that is a comparison table (对照表): old and new text side by side, and no law.

Floor 1, for `remarks`. It is told by its title, or by the heads of its columns (现行条文｜修订草案)
where most lines are rows. Reading goes on: what to do with it a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from tracker.law.problems import Problem, Severity
from tracker.parse.document import Place
from tracker.parse.marks.kinds import TEXT, Mark

__all__ = ["comparison_table"]

_TITLE: Final = re.compile("(?!附).{0,60}对照表》?(?:（[^（）]{1,30}）)?")
TITLE_LINES: Final = 3
"""Lines from the first on that may be the title."""
HEAD_LINES: Final = 20
"""Lines from the first on among which the head of the table stands."""
SHARE: Final = 0.5
"""Share of rows from which a text is a table: a law with one in an annex has fewer."""
_OLD: Final = re.compile("现行|修[改订正]前|原(?:文|来|条文|条款|规定|法|条例|办法)|旧")
_NEW: Final = re.compile(
    "(?:拟|建议)?修[改订正](?:后|稿|草案|案|建议|意见)|.{0,20}(?:草案|征求意见稿|送审稿|审议稿)|新"
)


def comparison_table(
    title: str, marks: Sequence[Mark], place: Callable[[int], Place]
) -> Iterator[Problem]:
    """The problem of a source that is a comparison table; `title` is that of the law.

    >>> from tracker.parse.marks.kinds import scan
    >>> rows = scan(["某市条例", "现行条文｜修订草案", "第一条　甲｜第一条　乙"])
    >>> [one.line for one in comparison_table("某市条例", rows, lambda n: Place(n + 1))]
    [2]
    """
    found = _title(title, marks)
    what = "标题是对照表"
    if found is None:
        found = _head(marks)
        what = "来源是新旧对照的表格"
    if found is not None:
        yield Problem(
            code="comparison-table",
            severity=Severity.WARNING,
            message=f"{what}：新旧两种文本排在一处，读出的不是一部法规",
            hint="分别取得修改前、修改后的文本",
            line=place(found).line,
            quote=marks[found].text[:40],
        )


def _title(title: str, marks: Sequence[Mark]) -> int | None:
    """The index of the line with the title, or of one among the first that reads as it."""
    for index, mark in enumerate(marks[:TITLE_LINES]):
        if mark.kind is TEXT and _TITLE.fullmatch(mark.text):
            return index
    return 0 if marks and _TITLE.fullmatch(title) else None


def _head(marks: Sequence[Mark]) -> int | None:
    """The index of the row of heads, where most lines of the text are rows."""
    for index, mark in enumerate(marks[:HEAD_LINES]):
        if "｜" in mark.line and _names_both(mark.text.split("｜")):
            rows = sum("｜" in one.line for one in marks)
            return index if rows >= SHARE * len(marks) else None
    return None


def _names_both(cells: Sequence[str]) -> bool:
    old = [n for n, cell in enumerate(cells) if _OLD.match(cell)]
    return any(_NEW.match(cell) for n, cell in enumerate(cells) if n not in old) and bool(old)
