"""Which effects a redline has: slots that both sides have in the same place, filled differently.

Called when a view asks for effects, never while comparing. Floor 2. Every rule prefers to say
nothing: what stands in a clause that was written anew is no effect.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Indel

from tracker.diff.effects.acts import compare_acts
from tracker.diff.effects.confiscated import compare_confiscated
from tracker.diff.effects.degrees import compare_degrees
from tracker.diff.effects.model import Effect, EffectKind, Trigger
from tracker.diff.effects.sanctions import compare_joints, compare_sanctions
from tracker.diff.effects.slots import CLAUSE_END, Side, Stretch, Twins, align_slots
from tracker.diff.effects.terms import compare_sentences
from tracker.diff.effects.tiers import CONFINED, with_rewritten_penalties
from tracker.diff.effects.words import Slot, Word, duty, measure
from tracker.diff.redline.pieces import Op, Redline, new_text, old_text

__all__ = ["find_effects"]

_LONGEST: Final = 20_000  # characters of a side; beyond it nobody reads a list of effects
_FINE: Final = re.compile("罚款|罚金|滞纳金|加处")
_DEGREE: Final = re.compile(
    "情节(?:特别|较为|较|显著)?(?:严重|恶劣|轻微|轻|重)|数额(?:特别)?(?:巨大|较大)|拒不|逾期|造成|导致|"
    "后果(?:特别)?严重|没有违法所得|违法所得不足|违法所得在"
)
"""What makes an offence a graver or a lesser one: a fine for one degree is not that for another."""
_OR: Final = re.compile("[^，。；的]{0,8}或者[^，。；的]{0,8}")
_ACTS: Final = re.compile("[前本]款(第[^，。；款]{1,30}项)")
_ACT: Final = re.compile("[一二三四五六七八九十]+")
"""Which of the listed acts a fine is for: 有前款第（二）、（四）项行为之一的，处五万元以下."""
_ITEM: Final = re.compile("[（(][一二三四五六七八九十]+[）)]|[0-9]+[.．]")
_PAYER: Final = re.compile("主管人员|责任人员|个人|(?<=对)单位")
"""Whom a fine is for, where that is not the one the law speaks to: 由管理机构处罚款 names none."""
_RATE: Final = re.compile(
    "每一?(?:平方米|立方米|亩|公顷|吨|公斤|千克|人|户|件|辆|艘|台|只|头|株|日|天)"
)
"""In a clause before an amount that is for each of something: 处每平方米一千元以上一万元以下."""
_FORCE: Final = re.compile(r".{0,3}(?:施行|实施|生效)")
_BEFORE: Final = ("、", "和", "或者", "或", "以及", "及", "与", "会同", "及其", "有关", "其他")
_BEHIND: Final = ("、", "和", "或", "以及", "及", "与", "会同", "等")
_JOINT: Final = 2  # characters of the longest of `_BEFORE`
_JOINING: Final = re.compile("[、，和或者以及与会同及其等有关相]*")
"""What may stand beside a body that was added to a list of them, or dropped from one."""
_VAGUE: Final = 2  # characters: 部门, 机构
_ANY: Final = re.compile("(?:行政|主管|管理)*部门")
_SOME: Final = re.compile("(?:有关|相关|其他|上述)(?:部门、|机关、)?$")
_NAMESAKE: Final = 0.5  # how alike two names are, one of which took over beside others
_SANCTIONS: Final = ("并处", "处", "责令", "吊销", "没收", "给予", "暂停", "追缴")
_DOING: Final = 6  # signs behind 应当 that say what should be done: 依法建立, 会同有关
_SAME_DOING: Final = 2
_NOT_ACTING: Final = ("印", "公章", "名称", "名义", "工作人员")
"""Behind a body: it lends its seal or its name there, and does nothing."""


@lru_cache(maxsize=4096)
def find_effects(redline: Redline, *, single: bool = True) -> tuple[Effect, ...]:
    """The effects of a redline, in the order of the new text. `single`: it is of one article and
    its only successor.

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
    found += [*_bodies(twins), *compare_sanctions(twins), *compare_acts(twins)]
    found += [*compare_joints(twins), *compare_degrees(twins, found)]
    found += [*_discretion(twins, found), *compare_confiscated(twins)]
    found += compare_sentences(before, after)
    return tuple(sorted(with_rewritten_penalties(twins, found, single=single), key=_place))


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
                _FORCE.match(side.plain, word.end)
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
    if old.kind is new.kind and old.agrees(new) and not _stayed(twins, before, after):
        found = _effect(old.kind, before, after)
        yield replace(found, old_quantity=a.quantity, new_quantity=b.quantity)


def _stayed(twins: Twins, before: Word, after: Word) -> bool:
    """Whether a period only got another one beside it: 应当在十日内送达 is kept in
    应当在五日内通知，并在十日内送达. Ages may also have lost one: 已满十二周岁、十四周岁 is
    已满十四周岁 and one more, or one less."""
    if before.slot not in (Slot.PERIOD, Slot.AGE):
        return False
    clause = before.slot is Slot.AGE
    old = [measure(word) for word in twins.old.like(before, clause=clause)]
    new = [measure(word) for word in twins.new.like(after, clause=clause)]
    if len(new) > len(old):
        return measure(before) in new
    return clause and len(new) < len(old) and measure(after) in old


_PLAIN: Final = {
    Slot.MONEY: EffectKind.AMOUNT, Slot.SHARE: EffectKind.PERCENTAGE,
    Slot.MULTIPLE: EffectKind.AMOUNT, Slot.AGE: EffectKind.AGE, Slot.PERIOD: EffectKind.DEADLINE,
    Slot.COUNT: EffectKind.COUNT,
}  # fmt: skip


class _Setting:
    """What a number is about: its class, the degree that its item is announced for, and for a
    penalty its own degree, who pays it, for which of the listed acts, and for each of what.
    """

    __slots__ = ("degrees", "kind", "penalty", "tier")

    def __init__(
        self, kind: EffectKind, tier: str, degrees: frozenset[str], penalty: tuple[object, ...]
    ) -> None:
        self.kind, self.tier, self.degrees, self.penalty = kind, tier, degrees, penalty

    @classmethod
    def of(cls, side: Side, word: Word) -> _Setting:
        text = side.plain
        end = CLAUSE_END.search(text, word.end)
        behind = text[word.end : end.start() if end else len(text)]
        kind = _PLAIN[word.slot]
        if word.slot in (Slot.MONEY, Slot.MULTIPLE, Slot.SHARE) and _FINE.search(behind):
            kind = EffectKind.FINE
        elif word.slot is Slot.PERIOD and CONFINED.search(behind):
            kind = EffectKind.PENALTY_TERM
        begin = max(text.rfind(mark, 0, word.start) for mark in "；。\n") + 1
        lead = text[begin : word.start]
        tier = _last(_DEGREE, _announcing(side.text, word.start))
        acts = tuple(_ACT.findall("".join(_ACTS.findall(lead))))
        rate = _last(_RATE, lead[lead.rfind("，") + 1 :])
        return cls(kind, tier, _degrees(lead), (_payer(lead), acts, rate))

    def agrees(self, other: _Setting) -> bool:
        """Whether two settings can be of one slot."""
        if self.tier != other.tier:
            return False
        if self.kind not in (EffectKind.FINE, EffectKind.PENALTY_TERM):
            return True
        if not (self.degrees & other.degrees or self.degrees == other.degrees):
            return False
        return self.penalty == other.penalty


def _announcing(text: str, place: int) -> str:
    """What announces the item that a place lies in: 具有下列情形之一的，属于“数额巨大”：."""
    begin = text.rfind("\n", 0, place) + 1
    end = text.rfind("：\n", 0, begin)
    if end < 0 or not _ITEM.match(text, begin):
        return ""
    return text[text.rfind("\n", 0, end) + 1 : end]


def _degrees(lead: str) -> frozenset[str]:
    """The last degree before a penalty, with those it is an alternative to: one may join it.

    没有违法所得的 → 没有违法所得或者违法所得不足五千元的
    """
    found = list(_DEGREE.finditer(lead))
    last = len(found) - 1
    while last > 0 and _OR.fullmatch(lead, found[last - 1].end(), found[last].start()):
        last -= 1
    return frozenset(one.group() for one in found[max(last, 0) :])


def _payer(lead: str) -> str:
    found = _last(_PAYER, lead)
    return "人员" if found.endswith("人员") else found


def _last(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.findall(text)
    return found[-1] if found else ""


def _bodies(twins: Twins) -> Iterator[Effect]:
    """Bodies that took the place of another, or joined or left others that stayed."""
    for gone, come in _gaps_with_a_body(twins):
        before, after = _only_bodies(twins.old, gone), _only_bodies(twins.new, come)
        if before is None or after is None or not twins.same_slot(gone[0], come[0]):
            continue
        if before and after:
            pair = _taking_over(before, after)
            if pair is None or not _replaced(twins, *pair):
                continue
            yield _effect(EffectKind.RESPONSIBLE_BODY, *pair)
            before, after = ([one for one in side if one not in pair] for side in (before, after))
        if not before or not after:
            for word in before:
                if _joins(twins.old, word) and not twins.new.names(word, come[0]):
                    yield _effect(EffectKind.RESPONSIBLE_BODY, word, None)
            for word in after:
                if _joins(twins.new, word) and not twins.old.names(word, gone[0]):
                    yield _effect(EffectKind.RESPONSIBLE_BODY, None, word)


def _taking_over(before: list[Word], after: list[Word]) -> tuple[Word, Word] | None:
    """Which of these bodies took the place of which, where at least one side has only one: the most
    alike. 水行政主管部门 → 水务部门和生态环境部门 is 水务部门 for it, and one more.

    None where that cannot be told: the names have little in common, are of a kind and no names
    (有关部门、机构), or hold each other (设区的市、自治州和县级人民政府).
    """
    if len(before) == len(after) == 1:
        old, new = before[0], after[0]
        return None if _is_only_shorter(old.text, new.text) else (old, new)
    if min(len(before), len(after)) > 1:
        return None
    old, new = max(((a, b) for a in before for b in after), key=lambda pair: _alike(*pair))
    names = [word.text for word in (*before, *after)]
    held = any(one in other for one in names for other in names if one is not other)
    vague = any(len(name) <= _VAGUE for name in names)
    return (old, new) if not held and not vague and _alike(old, new) >= _NAMESAKE else None


def _is_only_shorter(old: str, new: str) -> bool:
    """Whether a name only lost or got what says nothing: 有关行政部门 → 有关部门."""
    if _ANY.fullmatch(old) and _ANY.fullmatch(new):
        return True
    return min(old, new, key=len) == "专门机构" and old.endswith(new[-4:])


def _gaps_with_a_body(twins: Twins) -> Iterator[tuple[Stretch, Stretch]]:
    """Few gaps have one; the rest need not be looked at."""
    for gone, come in twins.gaps():
        words = (*twins.old.within(gone), *twins.new.within(come))
        if words and all(word.slot is Slot.BODY for word in words):
            yield gone, come


def _joins(side: Side, word: Word) -> bool:
    """Whether a body stands in a list and acts. Alone it often acted before as well, unnamed:
    应予支持 → 人民法院应予支持. One that wrote the act behind it, or lends its name, does nothing.
    """
    if len(word.text) <= _VAGUE and _SOME.search(side.plain, max(0, word.start - 5), word.start):
        return False
    if side.plain.startswith(_NOT_ACTING, word.end) or side.is_author(word):
        return False
    before = side.plain[max(0, word.start - _JOINT) : word.start]
    listed = before.endswith(_BEFORE) or side.plain.startswith(_BEHIND, word.end)
    return listed and not before.endswith("等")


def _replaced(twins: Twins, old: Word, new: Word) -> bool:
    """Whether one body took the place of another: if both are told what they should do, the same.

    甲部门应当建立档案 and 各级政府应当重视路灯工作 are two rules, however alike their ends.
    """
    if twins.old.is_author(old) or twins.new.is_author(new):
        return False
    here, there = twins.old.place(old), twins.new.place(new)
    if not _are_closest(old, new, twins.old.listed(old), twins.new.listed(new)):
        return False
    if twins.old.denies(here) != twins.new.denies(there):
        return False  # 不属于甲机关管辖 → 属于乙机关管辖
    if not (twins.old.is_modal(here + 1) and twins.new.is_modal(there + 1)):
        return True
    ahead = (here + 2, here + 2 + _DOING), (there + 2, there + 2 + _DOING)
    return twins.shared(*ahead) >= _SAME_DOING


def _alike(old: Word, new: Word) -> float:
    """How alike two names are, 0 to 1."""
    return Indel.normalized_similarity(old.text, new.text)


def _are_closest(old: Word, new: Word, before: set[str], after: set[str]) -> bool:
    """Whether of all bodies that only one of two lists names these are the most alike:
    海关和工商管理部门 → 海关、市场管理部门和海警机构 is no 工商管理部门→海警机构."""
    alike = _alike(old, new)
    others = [(old.text, name) for name in after - before]
    others += [(name, new.text) for name in before - after]
    return all(Indel.normalized_similarity(*pair) <= alike for pair in others)


def _discretion(twins: Twins, known: Collection[Effect]) -> Iterator[Effect]:
    """可以 that was put before a sanction, or taken away: 并处罚款 → 可以并处罚款. Where `known`
    has one for another degree, the rule is the same and its sentence only came apart."""
    for gone, come in twins.gaps():
        if (gone[1] - gone[0], come[1] - come[0]) not in ((0, 1), (1, 0)):
            continue
        dropped = gone[0] < gone[1]
        side, stretch = (twins.old, gone) if dropped else (twins.new, come)
        for word in side.within(stretch):
            if word.text != "可以" or not side.plain.startswith(_SANCTIONS, word.end):
                continue
            if _is_graded(side, word, known, dropped) or twins.same_slot(gone[0], come[0]):
                yield _effect(EffectKind.OBLIGATION, *((word, None) if dropped else (None, word)))


def _is_graded(side: Side, word: Word, known: Collection[Effect], dropped: bool) -> bool:
    """Whether the amount behind a word in its clause is for another degree on the other side."""
    end = CLAUSE_END.search(side.plain, word.end)
    clause = range(word.end, end.start() if end else len(side.plain))
    return any(
        one.kind is EffectKind.DEGREE and trigger.start in clause
        for one in known
        for trigger in (one.old_triggers if dropped else one.new_triggers)
    )


def _only_bodies(side: Side, stretch: Stretch) -> list[Word] | None:
    """The bodies in a stretch, if nothing else stands between them but what joins them; else None.
    It holds no word of another kind."""
    words = side.within(stretch)
    first, (at, end) = bisect_left(side.places, stretch[0]), stretch
    for place in (*side.places[first : first + len(words)], end):
        if not _JOINING.fullmatch(side.signed, at, place):
            return None
        at = place + 1
    return list(words)


def _effect(kind: EffectKind, before: Word | None, after: Word | None) -> Effect:
    return Effect(
        kind=kind,
        old=before.text if before else None,
        new=after.text if after else None,
        old_triggers=(Trigger(before.text, before.start, before.end),) if before else (),
        new_triggers=(Trigger(after.text, after.start, after.end),) if after else (),
    )
