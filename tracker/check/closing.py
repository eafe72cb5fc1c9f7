"""Rules about dates in the text and the end of a law: entry into force, chapters lost there.

Floor 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tracker.check.subject import Subject, problem
from tracker.law.address import Located
from tracker.law.model import Unit
from tracker.law.problems import Problem, Severity
from tracker.parse.dates import impossible_days

__all__ = ["blank_date", "entry_into_force", "impossible_dates", "last_chapters"]

_IN_FORCE: Final = re.compile(
    "(?:自|从|于)[^，。；]{0,40}(?:施行|实施|生效|执行|实行)|(?:之日|日期)[^，。；]{0,12}(?:施行|实施|生效|执行|实行)"
    "|(?:施行|实施|生效|执行)(?:日期|时间)|起(?:施行|实施|生效|执行|实行)|(?:公布|发布)后[^，。；]{0,6}(?:施行|实施)"
)
_WORDS_OF_FORCE: Final = ("施行", "实施", "生效", "执行", "实行")  # what _IN_FORCE finds has one
# Judicial interpretations often leave the date to the notice that publishes them (公告).
_DATED_BY_NOTICE: Final = re.compile("^最高人民(?:法院|检察院)")
_BLANK: Final = r"[\s×Xx＊*○〇_＿…\[\]【】]{0,40}"  # no gap is longer: a line of them is no date
_BLANK_DATE: Final = re.compile(
    f"(?:(?:20|二[○〇零]|[×Xx＊*_＿]{{2}}){_BLANK}|自{_BLANK})年{_BLANK}月{_BLANK}日"
)
_ENOUGH_CHAPTERS: Final = 4
_CLOSING_CHAPTER: Final = re.compile("附则|附　*则|其他规定")


def entry_into_force(subject: Subject) -> Iterator[Problem]:
    """A law says when it takes effect: 本条例自2022年1月1日起施行。"""
    if subject.is_amending_act or not subject.law.articles():
        return
    if _closing_place(subject) is None:
        severity = Severity.ERROR if subject.is_final else Severity.WARNING
        if _DATED_BY_NOTICE.search(subject.law.title):
            severity = Severity.INFO
        last = subject.law.articles()[-1]
        yield problem(
            "no-entry-into-force", severity, "没有规定施行日期的条文",
            "核对来源是否完整；最后一条通常规定施行日期",
            quote=last.number.written("条") if last.number else "",
        )  # fmt: skip


def _closing_place(subject: Subject) -> Located | None:
    there = [words for words in _WORDS_OF_FORCE if words in subject.whole]
    for located in reversed(subject.regulated()):  # nearly always it is the last article
        text = located.provision.text
        if any(words in text for words in there) and _IN_FORCE.search(text):
            return located
    return None


def blank_date(subject: Subject) -> Iterator[Problem]:
    """A text in force has its dates filled in: 自20××年×月×日起施行 is for drafts only."""
    if not subject.is_final:
        return
    for located in subject.holding("年"):
        found = _BLANK_DATE.search(located.provision.text)
        if found:
            yield problem(
                "blank-date", Severity.ERROR, "日期没有填写", "填写日期，或者核对是否为最终文本",
                at=located.address, quote=found.group(), span=found.span(),
            )  # fmt: skip


def impossible_dates(subject: Subject) -> Iterator[Problem]:
    """A day that no calendar has: 自2026年13月40日起施行, 2026年2月30日."""
    hint = "核对日期；原文确实如此的，请发布机关更正"
    note = subject.law.enactment_note or ""
    for start, end in impossible_days(note):
        yield problem(
            "impossible-date", Severity.ERROR, f"题注里的“{note[start:end]}”不是日历上的日期", hint,
            quote=note[start:end],
        )  # fmt: skip
    for located in subject.provisions:
        text = located.provision.text
        for start, end in impossible_days(text):
            yield problem(
                "impossible-date", Severity.ERROR, f"“{text[start:end]}”不是日历上的日期", hint,
                at=located.address, quote=text[start:end], span=(start, end),
            )  # fmt: skip


def last_chapters(subject: Subject) -> Iterator[Problem]:
    """A law in chapters ends in 附则 or with its entry into force.

    One that has neither, and whose last chapter runs into 违反本条例规定……, lost its end:
    第八章 数字基础设施 that holds 第六十一条 违反本条例规定… → ``last-chapters-incomplete``.
    """
    chapters = [p for p in subject.provisions if p.provision.unit is Unit.CHAPTER]
    if len(chapters) < _ENOUGH_CHAPTERS or subject.is_amending_act:
        return
    last = chapters[-1]
    if _CLOSING_CHAPTER.search(last.provision.caption or "") or _closing_place(subject) is not None:
        return
    mixed = "责任" not in (last.provision.caption or "") and "罚" not in (
        last.provision.caption or ""
    )
    strays = [
        p.provision.number
        for p in subject.provisions
        if p.provision.unit is Unit.ARTICLE and last.provision in p.parents and p.provision.number
        and mixed and any(c.text.startswith("违反本") for c in p.provision.children)
    ]  # fmt: skip
    inside = f"，其中{strays[0].written('条')}规定的是法律责任" if strays else ""
    yield problem(
        "last-chapters-incomplete", Severity.WARNING,
        f"最后一章是“{_title(last)}”，没有附则{inside}", "核对来源是否丢失了后面的章节标题和条文",
        at=last.address,
    )  # fmt: skip


def _title(located: Located) -> str:
    number = located.provision.number
    return f"{number.written('章') if number else ''}　{located.provision.caption or ''}"
