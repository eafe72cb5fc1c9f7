"""Which effects a redline has: slots that both sides have in the same place, filled differently.

Called when a view asks for effects, never while comparing. Floor 2. Every rule prefers to say
nothing: what stands in a clause that was written anew is no effect.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from tracker.diff.effect_acts import compare_acts
from tracker.diff.effect_sanctions import compare_sanctions
from tracker.diff.effect_slots import CLAUSE_END, Side, Stretch, Twins, align_slots
from tracker.diff.effect_terms import compare_sentences
from tracker.diff.effect_tiers import with_rewritten_fines
from tracker.diff.effect_words import Slot, Word, duty, measure
from tracker.diff.effects import Effect, EffectKind, Trigger
from tracker.diff.pieces import Op, Redline, new_text, old_text

__all__ = ["find_effects"]

_LONGEST: Final = 20_000  # characters of a side; beyond it nobody reads a list of effects
_FINE: Final = re.compile("罚款|罚金|滞纳金|加处")
_PENALTY: Final = re.compile(
    "拘留|徒刑|拘役|管制|监禁|剥夺政治权利|暂扣|停业|禁止从事|不得从事|吊销|不得担任"
)
_DEGREE: Final = re.compile(
    "情节(?:特别|较为|较|显著)?(?:严重|恶劣|轻微|轻|重)|数额(?:特别)?(?:巨大|较大)|拒不|逾期|造成|导致|"
    "后果(?:特别)?严重|没有违法所得|违法所得不足|违法所得在"
)
"""What makes an offence a graver or a lesser one: a fine for one degree is not that for another."""
_ACTS: Final = re.compile("[前本]款(第[^，。；款]{1,30}项)")
_ACT: Final = re.compile("[一二三四五六七八九十]+")
"""Which of the listed acts a fine is for: 有前款第（二）、（四）项行为之一的，处五万元以下."""
_PAYER: Final = re.compile("主管人员|责任人员|个人|单位|公司|机构|企业")
_FORCE: Final = re.compile(r".{0,3}(?:施行|实施|生效)")
_JOINING: Final = re.compile("[、，和或者以及与会同及其等有关相]*")
"""What may stand beside a body that was added to a list of them, or dropped from one."""
_SANCTIONS: Final = ("并处", "处", "责令", "吊销", "没收", "给予", "暂停", "追缴")
_NOT_ACTING: Final = ("印", "公章", "名称", "名义", "工作人员")
"""Behind a body: it lends its seal or its name there, and does nothing."""


@lru_cache(maxsize=4096)
def find_effects(redline: Redline) -> tuple[Effect, ...]:
    """The effects of a redline, in the order of the new text.

    >>> pieces = ((Op.EQUAL, "在"), (Op.DELETE, "三十日"), (Op.INSERT, "十五日"), (Op.EQUAL, "内"))
    >>> (effect,) = find_effects(pieces)
    >>> effect.kind.value, effect.change
    ('deadline', '30日→15日')
    """
    if not {Op.DELETE, Op.INSERT} & {op for op, _ in redline}:
        return ()
    before, after = old_text(redline), new_text(redline)
    if not before or not after or max(len(before), len(after)) > _LONGEST:
        return ()
    twins = align_slots(before, after)
    found = [effect for pair in twins.pairs() for effect in _judge(twins, *pair)]
    found += [*_bodies(twins), *_discretion(twins), *compare_sanctions(twins), *compare_acts(twins)]
    found += compare_sentences(before, after)
    return tuple(sorted(with_rewritten_fines(twins, found), key=_place))


def _place(effect: Effect) -> tuple[int, int]:
    words = effect.new_triggers or effect.old_triggers
    return words[0].start, list(EffectKind).index(effect.kind)


def _judge(twins: Twins, old: int, new: int) -> Iterator[Effect]:
    (before,) = twins.old.within((old, old + 1))
    (after,) = twins.new.within((new, new + 1))
    if before.text == after.text:
        return
    match before.slot:
        case Slot.MODAL:
            if duty(before) != duty(after) and twins.follows_equal(old, new):
                yield _effect(EffectKind.OBLIGATION, before, after)
        case Slot.DATE:
            if all(
                _FORCE.match(side.text, word.end)
                for side, word in ((twins.old, before), (twins.new, after))
            ):
                yield _effect(EffectKind.ENTRY_INTO_FORCE, before, after)
        case Slot.CITATION | Slot.BODY:
            return
        case _:
            yield from _measured(twins, before, after)


def _measured(twins: Twins, before: Word, after: Word) -> Iterator[Effect]:
    a, b = measure(before), measure(after)
    if a is None or b is None or (a.size, a.base) == (b.size, b.base):
        return
    old, new = _Setting.of(twins.old, before), _Setting.of(twins.new, after)
    if old.kind is new.kind and old.agrees(new):
        found = _effect(old.kind, before, after)
        yield replace(found, old_quantity=a.quantity, new_quantity=b.quantity)


_PLAIN: Final = {
    Slot.MONEY: EffectKind.AMOUNT, Slot.SHARE: EffectKind.PERCENTAGE,
    Slot.MULTIPLE: EffectKind.AMOUNT, Slot.AGE: EffectKind.AGE, Slot.PERIOD: EffectKind.DEADLINE,
    Slot.COUNT: EffectKind.COUNT,
}  # fmt: skip


class _Setting:
    """What a number is about: its class, and for a penalty the degree and who pays it."""

    __slots__ = ("acts", "degree", "kind", "payer", "quoted")

    def __init__(
        self, kind: EffectKind, degree: str, payer: str, quoted: bool, acts: tuple[str, ...]
    ) -> None:
        self.kind, self.degree, self.payer, self.quoted = kind, degree, payer, quoted
        self.acts = acts

    @classmethod
    def of(cls, side: Side, word: Word) -> _Setting:
        text = side.text
        end = CLAUSE_END.search(text, word.end)
        behind = text[word.end : end.start() if end else len(text)]
        kind = _PLAIN[word.slot]
        if word.slot in (Slot.MONEY, Slot.MULTIPLE, Slot.SHARE) and _FINE.search(behind):
            kind = EffectKind.FINE
        elif word.slot is Slot.PERIOD and _PENALTY.search(behind):
            kind = EffectKind.PENALTY_TERM
        begin = max(text.rfind(mark, 0, word.start) for mark in "；。\n") + 1
        lead = text[begin : word.start]
        acts = tuple(_ACT.findall("".join(_ACTS.findall(lead))))
        return cls(kind, _last(_DEGREE, lead), _payer(lead), lead[-1:] in ("“", "「"), acts)

    def agrees(self, other: _Setting) -> bool:
        """Whether two settings can be of one slot. A number in quotation marks is quoted only."""
        if self.quoted or other.quoted:
            return False
        if self.kind not in (EffectKind.FINE, EffectKind.PENALTY_TERM):
            return True
        return (self.degree, self.payer, self.acts) == (other.degree, other.payer, other.acts)


def _payer(lead: str) -> str:
    found = _last(_PAYER, lead)
    return "人员" if found.endswith("人员") else found


def _last(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.findall(text)
    return found[-1] if found else ""


def _bodies(twins: Twins) -> Iterator[Effect]:
    """Bodies that took the place of another, or joined or left others that stayed."""
    for gone, come in twins.gaps():
        before, after = _only_bodies(twins.old, gone), _only_bodies(twins.new, come)
        if before is None or after is None or not twins.same_slot(gone[0], come[0]):
            continue
        if len(before) == len(after) == 1:
            yield _effect(EffectKind.RESPONSIBLE_BODY, before[0], after[0])
        elif not before or not after:
            for word in before:
                if _acts(twins.old, word) and not twins.new.names(word, come[0]):
                    yield _effect(EffectKind.RESPONSIBLE_BODY, word, None)
            for word in after:
                if _acts(twins.new, word) and not twins.old.names(word, gone[0]):
                    yield _effect(EffectKind.RESPONSIBLE_BODY, None, word)


def _acts(side: Side, word: Word) -> bool:
    return not side.text.startswith(_NOT_ACTING, word.end)


def _discretion(twins: Twins) -> Iterator[Effect]:
    """可以 that was put before a sanction, or taken away: 并处罚款 → 可以并处罚款."""
    for gone, come in twins.gaps():
        if (gone[1] - gone[0], come[1] - come[0]) not in ((0, 1), (1, 0)):
            continue
        if not twins.same_slot(gone[0], come[0]):
            continue
        for side, stretch in ((twins.old, gone), (twins.new, come)):
            for word in side.within(stretch):
                if word.text == "可以" and side.text.startswith(_SANCTIONS, word.end):
                    dropped = side is twins.old
                    sides = (word, None) if dropped else (None, word)
                    yield _effect(EffectKind.OBLIGATION, *sides)


def _only_bodies(side: Side, stretch: Stretch) -> list[Word] | None:
    """The bodies in a stretch that holds nothing else but what joins them; else None."""
    words = side.within(stretch)
    if any(word.slot is not Slot.BODY for word in words):
        return None
    first = bisect_left(side.places, stretch[0])
    places = {side.places[first + at] for at in range(len(words))}
    rest = "".join(side.signed[at] for at in range(*stretch) if at not in places)
    return list(words) if _JOINING.fullmatch(rest) else None


def _effect(kind: EffectKind, before: Word | None, after: Word | None) -> Effect:
    return Effect(
        kind=kind,
        old=before.text if before else None,
        new=after.text if after else None,
        old_triggers=(Trigger(before.text, before.start, before.end),) if before else (),
        new_triggers=(Trigger(after.text, after.start, after.end),) if after else (),
    )
