"""The 公告 or 令 that puts a law before the public: when adopted, promulgated, in force.

Floor 1, used by facts. It is read from the lines of the notice; a notice about a draft says
nothing of this kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from tracker.law.model import Stage
from tracker.parse.dates import closing_day, find_days, full_days
from tracker.parse.phrases import ends_like_body, is_order_heading, is_short

__all__ = ["Announcement", "entry_into_force", "find_announcement"]

LONGEST_READ: Final = 600
"""Characters of a line that are searched; the sentence of a 令 has about 120."""

_PROMULGATES: Final = re.compile(
    # From the last 现将 before the word, so that a text of many is read once.
    r"现(?:将.(?:(?!现将).){0,79})?(?:予以?)?(?:公布|发布)|予以(?:公布|发布)|(?:公布|发布)施行"
)
_OF_A_DRAFT: Final = re.compile("征求|征集|草案）?》?(?:全文)?(?:予以)?公布")
_NAME: Final = re.compile("《[^《》]{1,100}》")
_NUMBER: Final = re.compile("（?第[0-9一二三四五六七八九十百零〇]{1,6}号）?$")


@dataclass(frozen=True, slots=True)
class Announcement:
    """What an announcement says; None where it is silent. `days` are all dates of its sentence."""

    stage: Stage
    adopted: date | None
    promulgated: date | None
    in_force: date | None
    body: str | None
    days: tuple[date, ...]

    def is_about(self, adopted: date | None) -> bool:
        """Whether it announces the text adopted on that day, and not an older one."""
        if adopted is None or adopted in self.days or adopted == self.promulgated:
            return True
        return self.adopted is None and self.promulgated is not None and self.promulgated >= adopted


def find_announcement(lines: Sequence[str], title: str = "") -> Announcement | None:
    """The announcement in the lines of a notice, None where it announces no final text.

    >>> found = find_announcement([
    ...     "某市人民政府令",
    ...     "《某市办法》已经2024年9月26日市政府常务会议审议通过，现予公布，自2025年1月1日起施行。",
    ...     "市长张三",
    ...     "2024年9月30日",
    ... ])
    >>> found.stage.label, str(found.adopted), str(found.promulgated), str(found.in_force)
    ('公布', '2024-09-26', '2024-09-30', '2025-01-01')
    """
    place = next((n for n, line in enumerate(lines) if _promulgates(line)), None)
    if place is None:
        return None
    text = lines[place][:LONGEST_READ]
    adopted, promulgated = _told(text)
    if promulgated is None:
        signed = [closing_day(line) for line in lines[place + 1 :]]
        promulgated = next((day for day in reversed(signed) if day is not None), None)
    return Announcement(
        _stage(text, title), adopted, promulgated, entry_into_force(text), _body(lines),
        tuple(full_days(text)),
    )  # fmt: skip


def _promulgates(line: str) -> bool:
    text = line[:LONGEST_READ]
    return bool(_PROMULGATES.search(text)) and not _OF_A_DRAFT.search(text)


def _told(text: str) -> tuple[date | None, date | None]:
    """When the sentence says the law was adopted (通过) and promulgated (公布)."""
    adopted: date | None = None
    promulgated: date | None = None
    days = find_days(text)
    for place, (day, start, end) in enumerate(days):
        stop = days[place + 1][1] if place + 1 < len(days) else len(text)
        after = text[end:stop]
        if after.startswith(("公布", "发布")):
            promulgated = promulgated or day
        elif "通过" in after and text[max(0, start - 1) : start] != "自":
            adopted = adopted or day
    return adopted, promulgated


def entry_into_force(text: str) -> date | None:
    """本条例自2025年1月1日起施行 → that day.

    >>> entry_into_force("本法自二〇二五年一月一日起施行。")
    datetime.date(2025, 1, 1)
    """
    for day, start, end in find_days(text):
        before, after = text[max(0, start - 1) : start], text[end : end + 8]
        if before in ("自", "从") and re.match("(?:零时)?起(?:正式)?(?:施行|实施|生效)", after):
            return day
    return None


def _stage(text: str, title: str) -> Stage:
    """修订 is a revision, 修正 an amendment; so is a law put out with the decision changing it."""
    words = _NAME.sub("", text)
    if "修正" in words or ("关于修改" in text and "关于修改" not in title):
        return Stage.AMENDED
    if "修订" in words or "（修订" in text:
        return Stage.REVISED
    return Stage.ENACTED


def _body(lines: Sequence[str]) -> str | None:
    """The authority that signs, or that the head names: 某市人民政府令第8号."""
    for above, line in pairwise(lines):
        if closing_day(line) is not None and is_short(above) and ends_like_body(above):
            return above
    for line in lines:
        if is_order_heading(line):
            name = _NUMBER.sub("", line).removesuffix("公告").removesuffix("令")
            return name if ends_like_body(name) else None
    return None
