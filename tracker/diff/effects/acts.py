"""Acts that a rule reaches now and did not before, or no longer reaches: 销售 → 生产、销售.

Beside `rules`. Floor 2. Only an act that joined or left a list of acts, the others of which
stand on both sides, is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tracker.diff.effects.model import Effect, EffectKind, Trigger
from tracker.diff.effects.slots import Side, Stretch, Twins

__all__ = ["compare_acts"]

_ACT: Final = (
    "生产|销售|经营|使用|运输|储存|贮存|加工|进口|出口|制造|购买|收购|持有|传播|复制|出租|出借|转让|买卖|携带|"
    "种植|养殖|屠宰|捕捞|采集|倾倒|排放|存储|传输|制作|邮寄|走私|储备|检验|检测|维修|施工|监理|设计"
)
_JOIN: Final = "(?:、|和|或者|或|以及)"
_LISTED: Final = re.compile(f"(?:(?:{_ACT}){_JOIN})+|(?:{_JOIN}(?:{_ACT}))+")
_ONE: Final = re.compile(_ACT)
_BEFORE: Final = re.compile(f"(?:{_ACT}){_JOIN}?$")
_AFTER: Final = re.compile(f"{_JOIN}?(?:{_ACT})")


def compare_acts(twins: Twins) -> Iterator[Effect]:
    """Acts in a list that the other side has without them."""
    for gone, come in twins.gaps():
        if (gone[0] == gone[1]) is (come[0] == come[1]):
            continue
        side, stretch, other = (
            (twins.new, come, (twins.old, gone[0]))
            if come[0] < come[1]
            else (twins.old, gone, (twins.new, come[0]))
        )
        listed = list(_listed(side, stretch))
        if not listed or not twins.same_slot(gone[0], come[0]):
            continue
        clause = other[0].signed[slice(*other[0].clause(other[1]))]
        for start, act in listed:
            if act not in clause:
                yield _effect(side, start, act, came=side is twins.new)


def _listed(side: Side, stretch: Stretch) -> Iterator[tuple[int, str]]:
    """The acts of a stretch that is part of a list of acts, and where they are."""
    begin, end = stretch
    text = side.signed[begin:end]
    if not _LISTED.fullmatch(text):
        return
    if not _BEFORE.search(side.signed[max(0, begin - 6) : begin]) and not _AFTER.match(
        side.signed, end
    ):
        return
    for found in _ONE.finditer(text):
        yield begin + found.start(), found.group()


def _effect(side: Side, start: int, act: str, *, came: bool) -> Effect:
    at = side.raw(start)
    triggers = (Trigger(act, at, at + len(act)),)
    return Effect(
        kind=EffectKind.SCOPE,
        old=None if came else act,
        new=act if came else None,
        old_triggers=() if came else triggers,
        new_triggers=triggers if came else (),
    )
