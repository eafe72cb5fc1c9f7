"""Which lines of a head belong to a call for opinions (征求意见公告), and the law it names.

Floor 1, for `titles` and `parts`. A notice ends with where opinions go, a signature and a day; none
of these is ever a title or an enactment note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tracker.parse import phrases
from tracker.parse.dates import closing_day
from tracker.parse.marks.kinds import TEXT, Mark

__all__ = ["call_for_opinions", "is_of_notice", "named_in_notice", "opinions_behind"]

_ASKS: Final = re.compile(
    "(?:意见|建议).{0,30}(?:发送|发至|反馈|寄[至到送往]|提交|邮箱)|(?:征求|征集|反馈|收集)意见.{0,6}(?:时间|期限|截止|日期)"
    "|意见(?:征集|征求|反馈).{0,4}(?:时间|期限|截止|方式)|提出.{0,6}意见(?:和?建议)?：$"
)
_PLACED: Final = re.compile(r"[A-Za-z0-9]@[A-Za-z0-9]|[0-9]月[0-9]{1,2}日|[0-9]{4}-[0-9]{3,8}")
"""Where or until when opinions are sent: an address, a day, a telephone number."""
_LONGEST_HEAD: Final = 20
_NAME: Final = re.compile("《([^《》]{2,90})》")


def is_of_notice(text: str) -> bool:
    """A line by which a notice ends: where opinions go, who signs, the day below.

    >>> [is_of_notice(t) for t in ("联系电话：010-00000000", "2025年6月18日", "某市司法局")]
    [True, True, True]
    >>> is_of_notice("某市条例")
    False
    """
    signed = phrases.ends_like_body(text) or closing_day(text) is not None
    return signed or phrases.is_contact(text)


def named_in_notice(marks: Sequence[Mark], start: int) -> frozenset[str]:
    """The names in 《》 of a notice above line `start`, in letters, without their stages.

    Before: 现将《某市停车若干事项（草案）》公布，公开征求意见。
    After:  某市停车若干事项
    """
    notice = (m.text[:600] for m in marks[:start] if "《" in m.text and _calls(m.text))
    return frozenset(
        phrases.letters(phrases.bare_title(name)) for text in notice for name in _NAME.findall(text)
    )


def opinions_behind(marks: Sequence[Mark], start: int, end: int) -> int:
    """Where a call for opinions begins that goes on from a line below `start` to `end`; else `end`.

    All its lines are short or speak of opinions, and one says where these go or until when.

    Before: 第九条　本办法自公布之日起施行。⏎征求意见时间：2025年1月1日至31日⏎联系人：张某
    After:  第九条　本办法自公布之日起施行。
    """
    first = next((i for i in range(start + 1, end) if _asks(marks[i].text)), None)
    if first is None or marks[first - 1].text[-1] in "：；，、":
        return end
    lines = [marks[i] for i in range(first, end)]
    if not any(_PLACED.search(m.text) for m in lines) or not any(
        _ASKS.search(m.text) for m in lines
    ):
        return end
    if not all(_asks(m.text) or is_of_notice(m.text) or phrases.is_short(m.text) for m in lines):
        return end
    above = marks[first - 1].text
    headed = first - 1 > start and len(above) <= _LONGEST_HEAD and above[-1] not in "。）"
    return first - 1 if headed else first


def _asks(text: str) -> bool:
    return phrases.is_contact(text) or (
        ("意见" in text or "建议" in text) and _ASKS.search(text) is not None
    )


def _calls(text: str) -> bool:
    return phrases.is_headline(text) or phrases.is_notice_heading(text) or phrases.is_notice(text)


def call_for_opinions(marks: Sequence[Mark], lines: Sequence[int]) -> list[int]:
    """The lines of a call for opinions between a title and the body, none where there is none.

    Before: 某市条例（草案）⏎电子邮箱：fgw@example.cn⏎某市司法局⏎2025年6月18日⏎第一章　总则
    After:  the three lines between are of the notice.
    """
    texts = [marks[i].text for i in lines]
    opens = [n for n, text in enumerate(texts) if _opens(marks[lines[n]])]
    if not opens:
        return []
    first = opens[0]
    while first and is_of_notice(texts[first - 1]):
        first -= 1
    signed = [n + 1 for n, pair in enumerate(pairwise(texts)) if _is_signature(*pair)]
    last = max([*opens, *(n for n in signed if n > first)])
    return list(lines[first : last + 1])


def _opens(mark: Mark) -> bool:
    return mark.kind is TEXT and (phrases.is_contact(mark.text) or phrases.is_headline(mark.text))


def _is_signature(above: str, line: str) -> bool:
    return phrases.ends_like_body(above) and closing_day(line) is not None
