"""Penalties that were rewritten: fines that differ, and of which none stands for a single other.

Beside `effect_rules`. Floor 2. 处五十万元以下罚款 → 处销售额百分之十以下、五百万元以下罚款:
it is said that the amounts differ and which they are, not that one became another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from tracker.diff.effect_slots import CLAUSE_END, Side, Twins
from tracker.diff.effect_words import Slot, Word, measure
from tracker.diff.effects import Effect, EffectKind, Trigger

__all__ = ["with_rewritten_fines"]

_FINED: Final = re.compile("罚款|罚金")
_SLOTS: Final = (Slot.MONEY, Slot.MULTIPLE, Slot.SHARE)
_SINGLE: Final = 2
"""One amount on each side that is no pair: the fine of another offence or degree, not tiers."""

_Size = tuple[Decimal, str]


def with_rewritten_fines(twins: Twins, found: Sequence[Effect]) -> list[Effect]:
    """The effects, less the pairs of fines that added tiers make doubtful, and what was rewritten.

    A pair is doubtful where the amount fell, but there are more fines than before and the old
    amount still is one of them: 三万元 → 一万元、三万元、十万元 is no 3万元→1万元, since a milder
    tier was put in front. Of those that rose beside further tiers, the labelled ones were right.
    """
    old, new = _fines(twins.old), _fines(twins.new)
    kept = [one for one in found if not _is_doubtful(one, old, new)]
    paired = [one for one in kept if one.kind is EffectKind.FINE]
    gone = _left(old, new, {trigger.start for one in paired for trigger in one.old_triggers})
    come = _left(new, old, {trigger.start for one in paired for trigger in one.new_triggers})
    if gone and come and len(gone) + len(come) > _SINGLE:
        kept.append(
            Effect(
                kind=EffectKind.FINE, old=None, new=None,
                old_triggers=_triggers(gone), new_triggers=_triggers(come),
            )
        )  # fmt: skip
    return kept


_Fines = list[tuple[Word, _Size]]


def _fines(side: Side) -> _Fines:
    """The amounts that are fined, with their size."""
    out = []
    for word in side.words:
        if word.slot not in _SLOTS:
            continue
        end = CLAUSE_END.search(side.text, word.end)
        behind = side.text[word.end : end.start() if end else len(side.text)]
        size = measure(word)
        if size is not None and _FINED.search(behind):
            out.append((word, (size.size, size.base)))
    return out


def _is_doubtful(effect: Effect, old: _Fines, new: _Fines) -> bool:
    if effect.kind is not EffectKind.FINE or len(new) <= len(old) or not effect.old_triggers:
        return False
    if not effect.new_triggers:
        return False
    before = _size_at(old, effect.old_triggers[0].start)
    after = _size_at(new, effect.new_triggers[0].start)
    if before is None or after is None or before[1] != after[1] or after[0] > before[0]:
        return False
    return any(before == other for _, other in new)


def _size_at(fines: _Fines, start: int) -> _Size | None:
    return next((size for word, size in fines if word.start == start), None)


def _left(mine: _Fines, others: _Fines, paired: set[int]) -> list[Word]:
    """The amounts of one side that the other has nowhere and that no pair explains, each once."""
    known = {size for _, size in others}
    known |= {size for word, size in mine if word.start in paired}
    left: dict[_Size, Word] = {}
    for word, size in mine:
        if size not in known:
            left.setdefault(size, word)
    return list(left.values())


def _triggers(words: Sequence[Word]) -> tuple[Trigger, ...]:
    return tuple(Trigger(word.text, word.start, word.end) for word in words)
