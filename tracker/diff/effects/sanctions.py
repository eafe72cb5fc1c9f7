"""Kinds of penalty that an article threatens with and did not before, or no longer does.

Beside `rules`. Floor 2. 处二万元以下罚款 → 没收违法所得，并处二万元以下罚款. A kind that
stood anywhere in the other article is nothing new: penalties are often only put in another order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tracker.diff.effects.model import Effect, EffectKind, Trigger
from tracker.diff.effects.slots import Side, Twins

__all__ = ["compare_joints", "compare_sanctions"]

KEPT: Final = 0.5
"""Share of the shorter of two sentences that both must have, that they threaten the same act."""
_FEW: Final = 8  # signs in common; fewer tell nothing
_LICENCE: Final = (
    r"(?:其)?[^，。；、《》]{0,16}?(?:《[^《》\n]{1,30}》|许可证件?|许可|执照|证书|牌照"
    r"|资[格质](?:许可(?:证件?)?|证书?)?)"
)
"""What is revoked; a title in 《》 is one, whatever it is called."""
_KINDS: Final = (
    (
        "没收",
        r"没收(?:[^，。；、]{0,20}?(?:所得|收入|财物|工具|设备|物品|产品|制品|资料|材料|药品))?",
    ),
    ("吊销", f"吊销{_LICENCE}"),
    ("暂扣", f"暂扣{_LICENCE}"),
    ("停业", r"(?:责令)?(?:其)?(?:停产停业|停业整顿|停产整治|停产整顿)"),
    ("拘留", r"(?:行政)?拘留"),
    ("警告", r"警告"),
    ("通报批评", r"通报批评"),
    ("罚款", r"罚款"),
    ("处分", r"(?:(?<=给予)|(?<=处理、)|(?<=的))(?:行政|政务|纪律)?处分"),
)
_KIND: Final = re.compile(
    "(?=[没吊暂责其停行拘警通罚政纪处])(?:"  # what they begin with: four times as fast
    + "|".join(f"(?P<k{at}>{one})" for at, (_, one) in enumerate(_KINDS))
    + ")"
)
_PENALTY: Final = re.compile("责令|追缴|收缴|处以?|给予|没收|吊销|罚款|拘留|警告|追究|处分")
_NO_THREAT: Final = re.compile(
    "决定书?|收缴|上缴|缴纳|申诉|复议|不服|权限|程序|执行|应当告知|依照|撤销|免除|免予"
)
"""A sentence on how penalties are imposed, and not for what."""

_OMITTED: Final = re.compile("未[^，。；\n]{0,6}$")
"""A penalty that was not imposed is a failing of officials: 未依法予以警告的."""
_DEGREE: Final = re.compile("情节(?:特别|较为|较)?(?:严重|恶劣|轻微|轻|重)的，")
"""What a sentence begins with that tells a penalty for a degree of the act before it."""
_JOINTS: Final = frozenset(("或者", "并处", "可以并处", "可以单处或者并处", "单处或者并处"))
_PENALTY_BEFORE: Final = re.compile("(?:拘留|罚款|警告|没收[^，。；]{0,12}|通报批评)$")
_PENALTY_BEHIND: Final = re.compile("[^，。；：\n]{0,24}?(?:拘留|罚款|警告)")
_NEAR: Final = 16  # characters before a joint in which its first penalty ends


def compare_sanctions(twins: Twins) -> Iterator[Effect]:
    """Penalties that came, and those that went."""
    old, new = (list(_KIND.finditer(side.signed)) for side in (twins.old, twins.new))
    for side, mine, other in ((twins.new, new, old), (twins.old, old, new)):
        known = {found.lastgroup for found in other}
        seen: set[str | None] = set()
        for found in mine:
            if found.lastgroup in known or found.lastgroup in seen:
                continue
            if found.group().endswith("处分") and not _disciplines(side, found.start()):
                continue
            if _same_threat(twins, side, found.start()):
                seen.add(found.lastgroup)
                yield _effect(side, found, side is twins.new)


def _disciplines(side: Side, place: int) -> bool:
    """Whether 处分 is what officials get, and not what an owner does with a thing."""
    return "给予" in side.signed[side.clause(place)[0] : place]


def compare_joints(twins: Twins) -> Iterator[Effect]:
    """How two penalties are joined: 处拘留，可以并处罚款 → 处拘留或者罚款."""
    for gone, come in twins.gaps():
        old = _joint(twins.old, gone)
        new = None if old is None else _joint(twins.new, come)
        if old is None or new is None or old.text == new.text:
            continue
        if twins.same_slot(gone[0], come[0]):
            yield Effect(
                kind=EffectKind.SANCTION, old=old.text, new=new.text,
                old_triggers=(old,), new_triggers=(new,),
            )  # fmt: skip


def _joint(side: Side, stretch: tuple[int, int]) -> Trigger | None:
    """The words of a stretch, if they are all that stands between two penalties."""
    begin, end = (side.raw(place) for place in stretch)
    text = side.text[begin:end]
    words = text.lstrip("，")
    if words not in _JOINTS or not _PENALTY_BEFORE.search(side.text, max(0, begin - _NEAR), begin):
        return None
    if not _PENALTY_BEHIND.match(side.text, end):
        return None
    return Trigger(words, end - len(words), end)


def _same_threat(twins: Twins, side: Side, place: int) -> bool:
    """Whether the sentence around this place, less a penalty, stands on the other side too; of a
    degree (情节较轻的，处警告) the sentence that tells the act, which is before it."""
    begin, end = side.sentence(place)
    if _NO_THREAT.search(side.signed, begin, end) or _OMITTED.search(side.signed, begin, place):
        return False
    while begin and _DEGREE.match(side.signed, begin):
        begin, end = side.sentence(begin - 1)
    other, forward = (twins.old, False) if side is twins.new else (twins.new, True)
    starts = (0, *other.sentences)
    for first, last in zip(starts, (*other.sentences, len(other.signed)), strict=True):
        both = ((begin, end), (first, last)) if forward else ((first, last), (begin, end))
        shared = twins.shared(*both)
        if shared <= _FEW or shared < KEPT * min(end - begin, last - first):
            continue
        if _PENALTY.search(other.signed, first, last):
            return not _NO_THREAT.search(other.signed, first, last)
    return False


def _effect(side: Side, found: re.Match[str], came: bool) -> Effect:
    start = side.raw(found.start())
    text = side.text[start : side.raw(found.end())]
    triggers = (Trigger(text, start, start + len(text)),)
    return Effect(
        kind=EffectKind.SANCTION,
        old=None if came else text,
        new=text if came else None,
        old_triggers=() if came else triggers,
        new_triggers=triggers if came else (),
    )
