"""What is worth saying of a source as a whole: what was left out, what a law of its kind lacks.

Floor 1, the last step of reading: the law is built, and every line has its part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from tracker.law.model import Law, Provision, Unit
from tracker.law.problems import Problem, Severity
from tracker.parse.comparison_tables import comparison_table
from tracker.parse.document import Dropped, Place
from tracker.parse.marks.contents import annex_problems, compare_contents, is_listed
from tracker.parse.marks.kinds import ANNEX, Mark
from tracker.parse.marks.source import SourceMarks
from tracker.parse.segment.parts import Parts

__all__ = ["remarks"]

MANY_ARTICLES: Final = 40
"""From so many articles on a law without chapters is worth a word."""
_CHAPTERS: Final = frozenset(unit for unit in Unit if unit.is_heading) | {Unit.OUTLINE_1}
LONGEST_FIRST: Final = 2000
"""Characters of a 第一条 that 第二条 follows in the same line."""
_NOTE_OR_ROW: Final = re.compile(
    r"\[\^?[0-9]{1,3}\]|[①-⑳※＊*]|注[0-9一二三四五六七八九十]{0,2}：|批注|[^\n｜]{0,200}｜"
)
"""How a note or a row of a table begins; in 3,423 laws two have such a line there, both notes."""
_UNSEEN: Final = (
    ("hidden", "hidden-text", "隐藏的"),
    ("struck-out", "struck-out-text", "划去的"),
)
_LEDGER: Final = "用 tracker parse --show ledger 查看"
_LEFT_OUT: Final = (
    (("decision",), "decision-left-out", "来源在法规之前登有修改决定（{} 行），没有收入正文",
     "需要核对修改时，把决定另存为文件，用 tracker amend 读取"),
    (("before-law", "after-law"), "text-left-out",
     "正文前后有 {} 行既不是公告也不是说明，没有收入", _LEDGER),
    (("imprint",), "text-left-out", "文末 {} 行是版记（抄送、印发机关等），没有收入", _LEDGER),
)  # fmt: skip
"""For the reasons of lines left out: code, message and hint of the problem that tells it."""


def remarks(
    law: Law, last: Provision | None, parts: Parts, source: SourceMarks
) -> Iterator[Problem]:
    """The problems of a source as a whole, once all that was dropped is listed in `source`; `last`
    is the last article."""
    marks, place = source.marks, source.place
    yield from comparison_table(law.title, marks, place)
    if parts.contents:
        entries = [marks[i] for i in parts.contents]
        yield from compare_contents(entries, law.body, place(parts.contents[0]).line)
    if law.body and law.body[-1].unit is Unit.ANNEX:
        listed = [
            i
            for i, why in parts.dropped.items()
            if why == "contents" and i not in parts.contents and _is_entry(marks[i])
        ]
        above = place(listed[0]).line if listed else None
        yield from annex_problems([marks[i] for i in listed], law.body, above)
    many = 0 if any(p.unit in _CHAPTERS for p in law.body) else len(law.articles())
    if many >= MANY_ARTICLES:
        yield Problem(
            code="no-chapters",
            severity=Severity.WARNING,
            message=f"全文 {many} 条，没有章的标题",
            hint="来源可能丢失了章的标题，对照原件",
        )
    if last is not None:
        yield from _behind(last, source)
    if source.dropped:  # of nearly every law nothing is left out
        yield from _unseen(source.dropped)
        yield from _footnotes(source.dropped)
        yield from _left_out(parts, marks, place)
    if not law.body:
        yield Problem(
            code="empty-law",
            severity=Severity.ERROR,
            message="没有找到条文",
            hint="用 tracker parse --show lines 查看各行是怎样认定的",
        )
    elif last is None and _articles_inside(law):
        yield Problem(
            code="empty-law",
            severity=Severity.ERROR,
            message="没有找到条文：第一条、第二条都不在一行的开头",
            hint="在来源中让每一章、每一条各自另起一行，再读取",
        )
    elif last is None and not any(p.unit.is_outline for top in law.body for p in top.walk()):
        yield Problem(
            code="no-articles",
            severity=Severity.INFO,
            message="没有找到条，也没有“一、”这样的层级：全文按段收入",
            hint="批复、短的决定本来如此；否则核对来源是不是法规，编号是不是丢了",
        )


def _is_entry(mark: Mark) -> bool:
    """附件1：甲表 or, behind 附件：, 1．甲表 in a list of annexes."""
    numbered = mark.kind is ANNEX and mark.number is not None
    return numbered or is_listed(mark.rest if mark.kind is ANNEX else mark.text)


def _articles_inside(law: Law) -> bool:
    """第一章 总则 第一条 为了… 第二条 凡…: a text that lost the ends of all its lines."""
    units = [p for top in law.body for p in top.walk() if p.unit is not Unit.ANNEX]
    if any(p.unit.is_outline for p in units):
        return False
    texts = [text for p in units for text in (p.caption, p.text) if text]
    return any(_holds_first_two(text) for text in texts)


def _holds_first_two(text: str) -> bool:
    """第一条 with some text and 。第二条 behind it; looked for from its end, which is rare."""
    end = text.find("。第二条")
    while end >= 0:
        if text.rfind("第一条", max(0, end - LONGEST_FIRST - 3), max(0, end - 1)) >= 0:
            return True
        end = text.find("。第二条", end + 1)
    return False


def _behind(last: Provision, source: SourceMarks) -> Iterator[Problem]:
    """Notes and tables below the last article, where no heading says that an annex begins."""
    behind = [p.text for p in last.children[1:] if _NOTE_OR_ROW.match(p.text)]
    if not behind:
        return
    found = next((i for i, m in enumerate(source.marks) if m.text == behind[0]), None)
    yield Problem(
        code="note-in-last-article",
        severity=Severity.WARNING,
        message=f"最后一条后面有 {len(behind)} 行像是注释或者表格，没有附件的标题，按款保留",
        hint="对照原件；不属于这一条的，在来源中这些行的上面加一行“附件”再读取",
        line=None if found is None else source.place(found).line,
        quote=behind[0][:40],
    )


def _unseen(dropped: Sequence[Dropped]) -> Iterator[Problem]:
    """What a page hides or strikes out is told, because a reader of the page may not know of it."""
    for reason, code, what in _UNSEEN:
        found = [one for one in dropped if one.reason == reason]
        if found:
            yield Problem(
                code=code,
                severity=Severity.WARNING,
                message=f"来源中有 {len(found)} 处{what}文字，没有收入正文",
                hint=_LEDGER,
                line=found[0].place.line,
                quote=found[0].text[:40],
            )


def _footnotes(dropped: Sequence[Dropped]) -> Iterator[Problem]:
    """Footnotes of Markdown may be the editor's or the law's own: that they went is told."""
    found = [one for one in dropped if one.reason == "footnote"]
    if found:
        yield Problem(
            code="text-left-out",
            severity=Severity.INFO,
            message=f"来源中有 {len(found)} 处脚注和脚注的记号，没有收入正文",
            hint=_LEDGER,
            line=found[0].place.line,
            quote=found[0].text[:40],
        )


def _left_out(
    parts: Parts, marks: Sequence[Mark], place: Callable[[int], Place]
) -> Iterator[Problem]:
    """What stands around the law and is none of it; how much, and where it begins."""
    for reasons, code, message, hint in _LEFT_OUT:
        found = [i for i, reason in parts.dropped.items() if reason in reasons]
        if found:
            yield Problem(
                code=code,
                severity=Severity.INFO,
                message=message.format(len(found)),
                hint=hint,
                line=place(found[0]).line,
                quote=marks[found[0]].text[:40],
            )
