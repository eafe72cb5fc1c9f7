"""Characters that look alike: what a text looks like, as a text of one character for each look.

Floor 5, used by the rules on changes. Two texts with one skeleton read the same on a page.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["named", "skeleton"]

_GROUPS: Final = (
    "一ー㇐━─—–―‒‑‐-－−", "〇○◯零0０OОΟ", "口囗", "日曰", "己已巳", "未末", "土士", "戊戌戍",
    "人入", "干千于", "汨汩", "侯候", "祗衹袛", "治冶", "折拆", "栗粟", "茶荼", "亳毫", "辩辨辫",
    "撤撒", "崇祟", "炙灸", "晴睛", "暑署", "帐账", "赢嬴羸", "徽微", "胄胃", "免兔", "刺剌",
    "毋母", "戴载", "壁璧", "丐丏", "壸壶", "柿杮", "吕呂", "黄黃", "内內", "户戶", "强強",
    "册冊", "值値", "没沒", "AАΑＡ", "BВΒＢ", "CСＣ", "EЕΕＥ", "HНΗＨ", "IІΙＩl｜|", "KКΚＫ",
    "MМΜＭ", "PРΡＰ", "TТΤＴ", "XХΧＸ", "YУΥＹ", "aаａ", "cсｃ", "eеｅ", "oоｏ", "pрｐ", "xхｘ",
    "yуｙ", "iіｉ", "·•・‧∙", "…⋯", "~～〜∼", "“\"”″＂", "‘'’′＇", "，,", "。．.", "；;", "：:∶",
    "（(", "）)", "！!", "？?", "％%", "＋+", "／/",
)  # fmt: skip
_UNSEEN: Final = " \u00a0\u2002\u2003\u2009\u200b\u200c\u200d\u2060\u3000\ufeff\u00ad\ufe0e\ufe0f"
_SKELETON: Final = {
    **{char: group[0] for group in _GROUPS for char in group if char != group[0]},
    **dict.fromkeys(_UNSEEN, ""),
}
_OTHER: Final = re.compile(f"[{re.escape(''.join(_SKELETON))}]")


def skeleton(text: str) -> str:
    """What a text looks like.

    >>> skeleton("自己") == skeleton("自已"), skeleton("二〇二一") == skeleton("二零二一")
    (True, True)
    >>> skeleton("可以") == skeleton("应当")
    False
    """
    for char in {*_OTHER.findall(text)}:  # `str.translate` takes ten times as long
        text = text.replace(char, _SKELETON[char])
    return text


def named(old: str, new: str) -> str:
    """The code points that tell two such texts apart.

    >>> named("自己", "自已")
    'U+5DF1→U+5DF2'
    """
    if len(old) == len(new):
        pairs = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
        return "、".join(f"U+{ord(a):04X}→U+{ord(b):04X}" for a, b in dict.fromkeys(pairs))
    gone = [char for char in old if char not in new]
    come = [char for char in new if char not in old]
    parts = [f"少U+{ord(char):04X}" for char in gone] + [f"多U+{ord(char):04X}" for char in come]
    return "、".join(dict.fromkeys(parts)) or f"{len(old)}字与{len(new)}字"
