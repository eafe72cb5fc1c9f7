"""The foot of an official document (版记): who gets a copy, who printed it and when.

Floor 1, asked where the law ends. No law has such lines.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["is_imprint"]

_HAN_OR_DIGIT: Final = "[0-9〇零一二三四五六七八九十]"
_IMPRINT: Final = re.compile(
    r"(?:抄送|抄报|主送|分送|主题词|信息公开选项)：|（?此件(?:主动|依申请|不予|予以)?公开(?:发布)?）?$"
    rf"|[^，。；：]{{2,40}}(?:办公[室厅]|局|委员会)[ \u3000]?"
    rf"{_HAN_OR_DIGIT}{{4}}年{_HAN_OR_DIGIT}{{1,3}}月{_HAN_OR_DIGIT}{{1,3}}日印发$"
)


def is_imprint(text: str) -> bool:
    """The foot of an official document, which no law has.

    >>> is_imprint("抄送：市委各部门。"), is_imprint("某市人民政府办公室2024年3月1日印发")
    (True, True)
    """
    return _IMPRINT.match(text) is not None
