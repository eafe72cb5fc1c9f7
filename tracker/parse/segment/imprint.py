"""The foot of an official document (版记): who gets a copy, who printed it and when.

Floor 1, asked where the law ends. No law has such lines, but the forms in its annexes have: only a
block that goes on to the very end is a foot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

__all__ = ["imprint_end", "is_imprint"]

_HAN_OR_DIGIT: Final = "[0-9０-９〇零○O一二三四五六七八九十]"
_DAY: Final = (
    rf"{_HAN_OR_DIGIT}{{4}}年{_HAN_OR_DIGIT}{{1,3}}月{_HAN_OR_DIGIT}{{1,3}}日"  # 2024年3月1日
)
_IMPRINT: Final = re.compile(
    r"(?:抄送|抄报|主送|分送|主题词|信息公开选项)：|（?此件(?:主动|依申请|不予|予以)?公开(?:发布)?）?$"
    rf"|[^，。；：]{{2,40}}(?:办公[室厅]|局|委员会)[ \u3000]?{_DAY}印发$"
)
_INSIDE: Final = re.compile(rf"{_DAY}(?:印发)?|（?共印[0-9]{{1,6}}份）?|[-—–－─_=* ]{{3,}}")
"""What stands between such lines and begins no foot: a day, the copies printed, a rule."""
_PRINTED: Final = re.compile(rf"{_DAY}印发$")
_GOES_ON: Final = ("，", "、")
LONGEST_FOOT: Final = 12
"""Most lines of a foot; the longest seen has seven."""


def is_imprint(text: str) -> bool:
    """The foot of an official document, which no law has.

    >>> is_imprint("抄送：市委各部门。"), is_imprint("某市人民政府办公室2024年3月1日印发")
    (True, True)
    """
    return _IMPRINT.match(text) is not None


def imprint_end(texts: Sequence[str], *, in_annex: bool) -> int:
    """How many lines from the first on are a foot; 0 where they are none.

    In an annex, 抄送：… may be of the form it shows: there a foot has the line of who printed it.

    >>> imprint_end(["抄送：市委各部门，", "市人大常委会。", "2024年3月1日"], in_annex=False)
    3
    >>> imprint_end(["抄送：同级人民检察院", "罚款应当在十五日内缴纳。"], in_annex=False)
    1
    >>> imprint_end(["抄送：同级人民检察院"], in_annex=True)
    0
    """
    count = 0
    goes_on = False
    for text in texts[: LONGEST_FOOT + 1]:
        if not (is_imprint(text) or goes_on or (count and _INSIDE.fullmatch(text))):
            break
        goes_on = text.endswith(_GOES_ON)
        count += 1
    if not count or not is_imprint(texts[0]) or count > LONGEST_FOOT:
        return 0
    return count if not in_annex or any(_PRINTED.search(t) for t in texts[:count]) else 0
