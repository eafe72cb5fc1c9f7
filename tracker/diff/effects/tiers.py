"""Penalties that were rewritten: fines or terms that differ, and none stands for a single other.
Or that came or went beside others: 处十万元以下罚款；对责任人员处一万元以下罚款.

Beside `rules`. Floor 2. 处五十万元以下罚款 → 处销售额百分之十以下、五百万元以下罚款:
it is said that the amounts differ and which they are, not that one became another. The same for
terms: 处五日以上十日以下拘留 → 处五日以下拘留；情节严重的，处十日以上十五日以下拘留.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from tracker.diff.effects.model import Effect, EffectKind, Trigger
from tracker.diff.effects.slots import CLAUSE_END, Side, Twins
from tracker.diff.effects.words import Slot, Word, measure

__all__ = ["CONFINED", "FINED", "with_rewritten_penalties"]

CONFINED: Final = re.compile(
    "拘留|徒刑|拘役|管制|监禁|剥夺政治权利|暂扣|停业|禁止从事|不得从事|吊销|不得担任"
)
"""What makes a period before it in its clause the term of a penalty."""
FINED: Final = re.compile("罚款|罚金")
_SUMS: Final = (Slot.MONEY, Slot.MULTIPLE, Slot.SHARE)
_CLASSES: Final = (
    (EffectKind.FINE, _SUMS, FINED),
    (EffectKind.PENALTY_TERM, (Slot.PERIOD,), CONFINED),
)
_SINGLE: Final = 2
"""One amount on each side that is no pair: that of another offence or degree, not tiers."""

_Size = tuple[Decimal, str]
_Amounts = list[tuple[Word, _Size]]


def with_rewritten_penalties(
    twins: Twins, found: Sequence[Effect], *, single: bool
) -> list[Effect]:
    """The effects, less the pairs of fines that added tiers make doubtful, and what was rewritten.

    Where amounts stand on one side only they were added or dropped; that is told where `single`,
    as an amount that a split article lacks may stand in its other part.

    A pair is doubtful where the amount fell, but there are more fines than before and the old
    amount still is one of them: 三万元 → 一万元、三万元、十万元 is no 3万元→1万元, since a milder
    tier was put in front. Of those that rose beside further tiers, the labelled ones were right.
    """
    kept = list(found)
    for kind, slots, behind in _CLASSES:
        old, new = (_amounts(side, slots, behind) for side in (twins.old, twins.new))
        kept = [one for one in kept if one.kind is not kind or not _is_doubtful(one, old, new)]
        paired = [one for one in kept if one.kind is kind]
        gone = _left(old, new, {trigger.start for one in paired for trigger in one.old_triggers})
        come = _left(new, old, {trigger.start for one in paired for trigger in one.new_triggers})
        gone = [word for word in gone if not _without_yuan(word, twins.new)]
        come = [word for word in come if not _without_yuan(word, twins.old)]
        fewest = 1 if any(one.kind is EffectKind.DEGREE for one in kept) else _SINGLE
        if len(gone) + len(come) > fewest if gone and come else single and (gone or come):
            words = _triggers(gone), _triggers(come)
            rewritten = Effect(kind=kind, old=None, new=None)
            kept.append(replace(rewritten, old_triggers=words[0], new_triggers=words[1]))
    return kept


def _amounts(side: Side, slots: Sequence[Slot], behind: re.Pattern[str]) -> _Amounts:
    """The amounts that one is fined or confined for, with their size."""
    out = []
    for word in side.words:
        if word.slot not in slots:
            continue
        end = CLAUSE_END.search(side.plain, word.end)
        last = end.start() if end else len(side.plain)
        if behind.search(side.plain, word.end, last) and (size := measure(word)) is not None:
            out.append((word, (size.size, size.base)))
    return out


def _is_doubtful(effect: Effect, old: _Amounts, new: _Amounts) -> bool:
    if len(new) <= len(old) or not effect.old_triggers or not effect.new_triggers:
        return False
    before = _size_at(old, effect.old_triggers[0].start)
    after = _size_at(new, effect.new_triggers[0].start)
    if before is None or after is None or before[1] != after[1] or after[0] > before[0]:
        return False
    return any(before == other for _, other in new)


def _size_at(amounts: _Amounts, start: int) -> _Size | None:
    return next((size for word, size in amounts if word.start == start), None)


def _left(mine: _Amounts, others: _Amounts, paired: set[int]) -> list[Word]:
    """The amounts of one side that the other has nowhere and that no pair explains, each once."""
    known = {size for _, size in others}
    known |= {size for word, size in mine if word.start in paired}
    left: dict[_Size, Word] = {}
    for word, size in mine:
        if size not in known:
            left.setdefault(size, word)
    return list(left.values())


def _without_yuan(word: Word, other: Side) -> bool:
    """Whether the other side has this lower limit without its unit: 五千以上一万元以下."""
    bare = word.text.removesuffix("元")
    return bare != word.text and any(f"{bare}{behind}" in other.plain for behind in ("以上", "至"))


def _triggers(words: Sequence[Word]) -> tuple[Trigger, ...]:
    return tuple(Trigger(word.text, word.start, word.end) for word in words)
