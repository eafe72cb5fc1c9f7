"""A fine or term that is threatened for another degree of the act than before.

Beside `rules`. Floor 2. 处五万元以下罚款 → 拒不改正的，处五万元以下罚款: the sum is the same, but
who did it once no longer pays. Told where the amount stands once on either side, or where each
side knows one degree only, in rules on the same act.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import groupby
from typing import Final, NamedTuple

from rapidfuzz.distance import Indel

from tracker.diff.effects.model import Effect, EffectKind, Trigger
from tracker.diff.effects.slots import CLAUSE_END, Side, Twins, limit_of
from tracker.diff.effects.tiers import CONFINED, FINED
from tracker.diff.effects.words import Slot, Word, measure

__all__ = ["compare_degrees"]

SAME_ACT: Final = 0.5
"""Indel ratio of the words before the penalty, from which two rules are on the same act."""
_FEW: Final = 8  # characters; a shorter beginning tells nothing
_ONE: Final = (
    "(?:情节(?:特别|较为|较)?(?:严重|恶劣|轻微|轻|重)|"
    "造成(?:特别|较为|较)?严重(?:后果|影响)|后果(?:特别)?严重|"
    "(?:逾期|拒不|仍不|仍未)[^，。；：、的]{2,6}?)"
)
_DEGREE: Final = re.compile(f"(?<![^，；。：\n])(?P<degree>{_ONE}(?:或者{_ONE})*)的，")
"""A clause of its own that says for which degree the penalty behind it is."""
_OVERDUE: Final = re.compile("(逾期|拒不|仍[不未])[^或]*")
"""What was not done in time is told before: 逾期不改正 and 逾期仍未履行 are one degree."""
_TIER_END: Final = "；。\n"
_STATEMENT_END: Final = "。\n"
_PAYER: Final = re.compile("主管人员|责任人员|个人|(?<=对)单位")
_SUMS: Final = (Slot.MONEY, Slot.MULTIPLE, Slot.SHARE)


_Size = tuple[Decimal, str, str]
"""An amount in its base unit, and which end of a range it is."""


class _Penalty(NamedTuple):
    """The amounts of a clause, what they are compared by, the degree, and how their rule begins."""

    word: Word
    key: tuple[str, tuple[_Size, ...]]
    degree: Trigger | None
    begin: str

    @property
    def kind(self) -> str:
        """The degree in its usual form."""
        return _OVERDUE.sub(r"\1", self.degree.text) if self.degree else ""


def compare_degrees(twins: Twins, paired: Collection[Effect]) -> Iterator[Effect]:
    """Degrees that a penalty is for, where they were others or none. `paired` are the effects
    found so far: an amount that one of them explains is that of its own degree, raised or lowered.
    """
    if not (FINED.search(twins.old.plain) or CONFINED.search(twins.old.plain)):
        return
    measured = [one for one in paired if one.old_quantity]
    known = (
        {trigger.start for one in measured for trigger in one.old_triggers},
        {trigger.start for one in measured for trigger in one.new_triggers},
    )
    old, new = (
        [one for one in _penalties(side) if one.word.start not in places]
        for side, places in zip((twins.old, twins.new), known, strict=True)
    )
    told: set[tuple[str, str]] = set()
    for before, after in _same(old, new):
        kinds = before.kind, after.kind
        if kinds[0] == kinds[1] or kinds in told or not _on_the_same_act(before, after):
            continue
        told.add(kinds)
        yield _effect(before, after)


def _penalties(side: Side) -> Iterator[_Penalty]:
    text = side.plain
    for begin, words in groupby(_amounts(side), key=lambda word: _clause(text, word)):
        listed = list(words)
        word = listed[0]
        sizes = tuple(
            (size.size, size.base, limit_of(text, one)) for one in listed if (size := measure(one))
        )
        first = max(text.rfind(mark, 0, begin) for mark in _TIER_END) + 1
        degrees = list(_DEGREE.finditer(text, first, word.start))
        last = degrees[-1] if degrees else None
        degree = Trigger(last["degree"], last.start(), last.end("degree")) if last else None
        payer = _PAYER.findall(text, first, word.start)
        start = max(text.rfind(mark, 0, word.start) for mark in _STATEMENT_END) + 1
        until = _DEGREE.search(text, start, word.start)
        lead = text[start : until.start() if until else word.start]
        yield _Penalty(word, (payer[-1] if payer else "", sizes), degree, lead)


def _amounts(side: Side) -> Iterator[Word]:
    """The amounts that one is fined or confined for."""
    for word in side.words:
        if word.slot not in _SUMS and word.slot is not Slot.PERIOD:
            continue
        end = CLAUSE_END.search(side.plain, word.end)
        behind = CONFINED if word.slot is Slot.PERIOD else FINED
        if behind.search(side.plain, word.end, end.start() if end else len(side.plain)):
            yield word


def _clause(text: str, word: Word) -> int:
    """Where the clause of a word begins."""
    return max(text.rfind(mark, 0, word.start) for mark in "，；。\n") + 1


def _same(old: list[_Penalty], new: list[_Penalty]) -> Iterator[tuple[_Penalty, _Penalty]]:
    """Amounts that stand once on either side; else the first ones, if all are for one degree."""
    counts = [Counter(one.key for one in side) for side in (old, new)]
    there = {one.key: one for one in new if counts[1][one.key] == 1}
    both = [(one, there[one.key]) for one in old if counts[0][one.key] == 1 and one.key in there]
    if both:
        yield from both
        return
    one_each = len({one.kind for one in old}) == 1 == len({one.kind for one in new})
    if one_each and old[0].key[0] == new[0].key[0]:
        yield old[0], new[0]


def _on_the_same_act(old: _Penalty, new: _Penalty) -> bool:
    if min(len(old.begin), len(new.begin)) < _FEW:
        return False
    return Indel.normalized_similarity(old.begin, new.begin) >= SAME_ACT


def _effect(old: _Penalty, new: _Penalty) -> Effect:
    triggers = [(*((one.degree,) if one.degree else ()), _trigger(one.word)) for one in (old, new)]
    return Effect(
        kind=EffectKind.DEGREE,
        old=old.degree.text if old.degree else None,
        new=new.degree.text if new.degree else None,
        old_triggers=triggers[0],
        new_triggers=triggers[1],
    )


def _trigger(word: Word) -> Trigger:
    return Trigger(word.text, word.start, word.end)
