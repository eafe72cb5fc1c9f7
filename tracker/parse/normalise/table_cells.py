"""Rows of a table as lines: cells set apart by ｜, but for the mark of an article or a 项.

Floor 1, one of the `rules`, and used where a row is taken out of a page.
"""

from __future__ import annotations

import re
from typing import Final

from tracker.law.numbering import NUMERAL
from tracker.parse.normalise.heading_marks import N

__all__ = ["join_cells", "table_column"]

_BEGINS_ARTICLE: Final = re.compile(rf"第{N}条")
_LIST_MARK: Final = re.compile(
    rf"(?:第{N}(?:编|章|节|条)(?:之{NUMERAL}{{1,4}})*|[（(](?:{N}|[A-Za-z])[）)]"
    rf"|(?:{N}|[A-Za-z])[.．、)）]|[①-⑳●•·◆■○])$"
)
"""第二条, （一）, 1., and what Word sets before the entries of its lists: 1), a., ①, ●."""


def join_cells(cells: list[str], *, laid_out: bool = True) -> str:
    """The cells of a row as one line.

    The mark of an article or a 项 alone in the first cell stays a mark where the table only lays
    out the text (`laid_out`); in a table of data, 第X条 names what the row is about.

    >>> join_cells(["项目", "", "9"]), join_cells(["第二条", "乙。"])
    ('项目｜｜9', '第二条 乙。')
    >>> join_cells(["第二百零一条（修正案第三条）", "逃税罪"])
    '｜第二百零一条（修正案第三条）｜逃税罪'
    """
    cells = [cell.strip() for cell in cells]
    while cells and not cells[-1]:
        cells.pop()
    if sum(map(bool, cells)) < 2 or not (mark := _LIST_MARK.match(cells[0])):
        data = cells[1:] and _BEGINS_ARTICLE.match(cells[0])
        return ("｜" if data else "") + "｜".join(cells)
    if not laid_out and mark[0][0] == "第":
        return "｜" + "｜".join(cells)
    return cells[0] + " " + "｜".join(cells[1:])


def table_column(text: str) -> tuple[str, int]:
    """Tabs of a table become ｜: of a line with several, or beside other lines with tabs.

    Before: 为了⇥规范 (alone) · 氨⇥9⏎铬⇥7
    After:  为了 规范         · 氨｜9⏎铬｜7
    """
    if "\t" not in text:
        return text, 0
    count = 0
    lines = text.split("\n")
    columns = [line.strip().count("\t") for line in lines]
    for index, tabs in enumerate(columns):  # （一）⇥甲: the tab sets off a mark
        if tabs and _LIST_MARK.match(lines[index].strip().split("\t", 1)[0].strip()):
            columns[index] = tabs - 1
    for index, tabs in enumerate(columns):
        if not tabs:
            lines[index] = lines[index].replace("\t", " ")
            continue
        beside = columns[max(index - 1, 0) : index] + columns[index + 1 : index + 2]
        if tabs > 1 or any(beside):
            before = lines[index].count("｜")
            lines[index] = join_cells(lines[index].strip().split("\t"))
            count += lines[index].count("｜") - before
        else:
            lines[index] = lines[index].replace("\t", " ")
    return "\n".join(lines), count
