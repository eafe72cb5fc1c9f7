"""Days as sources write them: 2021年8月29日, 2021-08-29, 二〇二一年八月二十九日 → date.

Floor 1, used by facts. A day without a year is read only when the caller knows the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from typing import Final

from tracker.law.numbering import read_numeral

__all__ = [
    "DAY", "act_on", "bare_day", "closing_day", "day_in_name", "find_days", "full_days",
    "impossible_days", "read_day", "undated",
]  # fmt: skip

_D: Final = "[0-9０-９]"
DAY: Final = rf"{_D}{{4}}(?:年{_D}{{1,2}}月{_D}{{1,2}}日|[-/.]{_D}{{1,2}}[-/.]{_D}{{1,2}})"
"""A full date in Arabic digits of either width, for use inside other patterns."""

_DAY: Final = re.compile(
    rf"({_D}{{4}})(?:年({_D}{{1,2}})月({_D}{{1,2}})日|[-/.]({_D}{{1,2}})[-/.]({_D}{{1,2}}))"
)
"""The same with its parts."""
_HAN_DAY: Final = re.compile(
    r"([一二][零〇○O0０一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_PARTS: Final = re.compile(rf"(?:({_D}{{4}})[年\-/.])?(?:({_D}{{1,2}})[月\-/.])?({_D}{{1,2}})日?$")


def read_day(text: str, year: int | None = None, month: int | None = None) -> date | None:
    """The day a text names, None where it names none; `year` and `month` fill what it omits.

    >>> read_day("二〇二三年六月二十一日"), read_day("10月28日", 2021)
    (datetime.date(2023, 6, 21), datetime.date(2021, 10, 28))
    """
    han = _HAN_DAY.fullmatch(text)
    if han:
        try:
            numbers = [read_numeral(part) for part in han.groups()]
        except ValueError:  # 二〇二三年十一十月一日
            return None
        return _date(*numbers)
    found = _PARTS.match(text)
    if not found:
        return None
    y, m, d = found.groups()
    if (y is None and year is None) or (m is None and month is None):
        return None
    return _date(int(y or year or 0), int(m or month or 0), int(d))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_days(text: str) -> list[tuple[date, int, int]]:
    """Every full date of a text with where it starts and ends, in order."""
    days: list[tuple[date, int, int]] = []
    years = text.count("年")
    for found in _DAY.finditer(text):
        year, month, day, short_month, short_day = found.groups()
        known = _date(int(year), int(month or short_month), int(day or short_day))
        years -= month is not None
        if known is not None:
            days.append((known, found.start(), found.end()))
    if not years:  # as nearly always: no 年 is left that could be of a date in Han
        return days
    written = [(read_day(m[0]), m.start(), m.end()) for m in _HAN_DAY.finditer(text)]
    if not written:
        return days
    days += [(known, start, end) for known, start, end in written if known is not None]
    return sorted(days, key=itemgetter(1))


_ACTS: Final = (("通过", "adopted"), ("修订", "revised"), ("修正", "amended"), ("修改", "amended"),
                ("批准", "approved"))  # fmt: skip


def act_on(note: str | None, day: date) -> str | None:
    """What a 题注 says was done with the text on a day; None where it does not speak of it.

    >>> act_on("（根据2023年7月20日《国务院关于修改的决定》第五次修订）", date(2023, 7, 20))
    'revised'
    >>> act_on("（2023年7月20日市人大常委会通过 2024年1月1日修正）", date(2023, 7, 20))
    'adopted'
    """
    for line in (note or "").split("\n"):
        days = find_days(line)
        ends = [*(start for _, start, _ in days[1:]), len(line)][: len(days)]
        told = "".join(
            _QUOTED.sub("", line[end:stop]) for (one, _, end), stop in zip(days, ends, strict=True)
            if one == day
        )  # fmt: skip
        if act := next((act for word, act in _ACTS if word in told), None):
            return act
    return None


_QUOTED: Final = re.compile("《[^》]*》?")
"""A title says 修改 of what it amends, and no act of this text."""
_COUNT: Final = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_NAMED_DAY: Final = re.compile(
    r"(?<![0-9一二三四五六七八九十百千万零〇○O])"
    r"(?:([0-9]{4}|[一二][零〇○O一二三四五六七八九]{3})年)?"
    rf"({_COUNT})月(?:({_COUNT})日)?"
)
_LEAP_YEAR: Final = 2000
"""The year of a day without one: 2月29日 is a day of some years, 2月30日 of none."""


def impossible_days(text: str) -> list[tuple[int, int]]:
    """Where a text names a month or a day that no calendar has, as (start, end).

    A month without year and day (十三月) is none: 满十二月 counts months.

    >>> text = "自2026年13月40日起；每年2月30日；2024年2月29日；二〇二六年二月二十九日；满13月"
    >>> [text[start:end] for start, end in impossible_days(text)]
    ['2026年13月40日', '2月30日', '二〇二六年二月二十九日']
    """
    if "月" not in text:
        return []
    found = (m for m in _NAMED_DAY.finditer(text) if m[1] or m[3])
    return [m.span() for m in found if not _is_day(m[1], m[2], m[3])]


def _is_day(year: str | None, month: str, day: str | None) -> bool:
    try:
        numbers = (read_numeral(part) for part in (year or str(_LEAP_YEAR), month, day or "1"))
        return _date(*numbers) is not None
    except ValueError:
        return False


def full_days(text: str) -> list[date]:
    """Every full date of a text."""
    return [day for day, _, _ in find_days(text)]


_ENDS_DAY: Final = frozenset("日0123456789")
LONGEST_SIGNATURE: Final = 40
"""Longest line that ends in the date of a signature: 市长　张三　2024年9月30日."""


def closing_day(text: str) -> date | None:
    """The full date that a short line ends with, as the last line of a 公告 does.

    >>> closing_day("市长张三2024年9月30日"), closing_day("自2024年9月30日起施行。")
    (datetime.date(2024, 9, 30), None)
    """
    if len(text) > LONGEST_SIGNATURE or text[-1:] not in _ENDS_DAY:
        return None
    return next((day for day, _, end in find_days(text) if end == len(text)), None)


def bare_day(line: str) -> date | None:
    """The day of a line that holds nothing else, in brackets or without.

    >>> bare_day("（2025年9月1日）"), bare_day("（2025年9月1日通过）")
    (datetime.date(2025, 9, 1), None)
    """
    return read_day(line.strip("（） \u3000"))


_RUN_TOGETHER: Final = re.compile("(?<![0-9])((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])")


def day_in_name(name: str) -> date | None:
    """The one day that a file name holds; only for a hint, as a name tells of anything.

    >>> day_in_name("某市条例20211112.docx.txt"), day_in_name("2021-11-12 某市条例.html")
    (datetime.date(2021, 11, 12), datetime.date(2021, 11, 12))
    >>> day_in_name("2021-08-29至2021-09-28征求意见.txt")  # which of them?
    """
    days = {day for m in _RUN_TOGETHER.finditer(name) if (day := _date(*map(int, m.groups())))}
    days |= set(full_days(name.replace("_", "-")))
    return days.pop() if len(days) == 1 else None


_TELLS_ACT: Final = re.compile("通过|公布|颁布|施行|修正|修订|批准")
"""Days with such words date a law; where they do not, the text is the draft of its revision."""


def undated(note: Iterable[str]) -> str | None:
    """What to say where a 题注 holds days, but none that dates the text; None where it has none.

    >>> undated(["（2025年9月1日）"])
    '题注里有日期（2025-09-01），但没有写明是通过、公布还是发布的日期'
    >>> undated(["（2004年4月30日国务院令第406号公布）"])  # under the title of a draft
    '题注里的日期是原法的沿革，来源没有写明本稿的日期'
    """
    lines = tuple(note)
    days = [day for line in lines for day in full_days(line)]
    if not days:
        return None
    if any(_TELLS_ACT.search(line) for line in lines):
        return "题注里的日期是原法的沿革，来源没有写明本稿的日期"
    return f"题注里有日期（{days[-1]}），但没有写明是通过、公布还是发布的日期"
