"""Short names that a law gives to others: 《某省路灯条例》（以下简称《条例》） → 《条例》第三条.

Floor 1, beside `listing`. A short name that a text gives to two laws is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from tracker.law.address import located_in
from tracker.law.model import Law
from tracker.parse.citations.names import LAW_TITLE

__all__ = ["short_names"]

_GIVES: Final = "下简称", "下称", "下统称"
_GIVEN: Final = re.compile(
    "《(?P<full>(?:[^《》\n]|《[^《》\n]{0,60}》){2,120})》(?:（[^（）\n]{0,30}）)?"
    "（(?:以下|下)(?:简|统)?称(?:为)?[“《]{0,2}(?P<short>[^《》“”（）、，。；\n]{1,30})[”》]{0,2}）"
)


def short_names(law: Law) -> Mapping[str, str]:
    """The full title of the law that each short name stands for in this text.

    >>> from tracker.law.model import Provision, Unit
    >>> words = "根据《某省路灯条例》（以下简称《条例》），制定本细则。"
    >>> dict(short_names(Law("某细则", (Provision(Unit.PARAGRAPH, text=words),))))
    {'条例': '某省路灯条例'}
    """
    found: dict[str, set[str]] = {}
    for located in located_in(law):
        text = located.provision.text
        if "《" not in text or not any(sign in text for sign in _GIVES):
            continue
        for given in _GIVEN.finditer(text):
            if LAW_TITLE.search(given["full"]) and not given["short"].startswith("本"):
                found.setdefault(given["short"], set()).add(given["full"])
    certain = ((short, next(iter(full))) for short, full in found.items() if len(full) == 1)
    return {short: full for short, full in certain if short != full}
