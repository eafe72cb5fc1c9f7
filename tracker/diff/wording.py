"""The forms in which a text is compared: as a body, folded, and with its citations masked.

Used by the aligner for its keys and by the flags of a change (typographic, consequential).
"""

from __future__ import annotations

import re
from typing import Final

from tracker.law.model import Provision, Unit
from tracker.law.numbering import NUMERAL, write_numeral

__all__ = ["CITATION", "body_text", "folded", "masked"]

CITATION: Final = re.compile(
    rf"第{NUMERAL}+条(?:之{NUMERAL}+)*(?:第{NUMERAL}+款)?(?:第（?{NUMERAL}+）?项)?"
    rf"|第{NUMERAL}+[编章节款](?:第（?{NUMERAL}+）?项)?|第（?{NUMERAL}+）?项"
)
_FOLD: Final = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "＂": '"', "＇": "'", "〈": "《", "〉": "》"}
    | {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}
    | {"。": ".", "、": ",", "〔": "[", "〕": "]", "—": "-", "－": "-", "～": "~"}
    | dict.fromkeys(" \t\r\u00a0\u3000\u200b\ufeff")
)


def body_text(provision: Provision) -> str:
    """The text of a unit without its number and caption, 款 and 项 on lines of their own."""
    lines = [provision.text] if provision.text else []
    lines += [line for child in provision.children for line in _lines(child)]
    return "\n".join(lines)


def _lines(provision: Provision) -> list[str]:
    own = _marker(provision) + (provision.caption or "") + provision.text
    return [own, *(line for child in provision.children for line in _lines(child))]


def _marker(provision: Provision) -> str:
    number = provision.number
    if number is None:
        return "——" if provision.unit is Unit.OUTLINE_5 else ""
    if provision.unit in (Unit.SUBPARAGRAPH, Unit.OUTLINE_2):
        return f"（{write_numeral(number.value)}）"
    return f"（{number}）" if provision.unit is Unit.OUTLINE_4 else f"{number}．"


def folded(text: str) -> str:
    """The text without what typography alone can change: width, quotation marks, spaces.

    >>> folded("处罚 ，见“本法”。") == folded('处罚,见"本法".')
    True
    """
    return text.translate(_FOLD)


def masked(text: str) -> str:
    """The text with every number of a citation replaced by one mark.

    >>> masked("依照本法第十二条第二款处罚") == masked("依照本法第十五条第三款处罚")
    True
    """
    return CITATION.sub("第＃", text) if "第" in text else text
