"""Which effects a redline has: slots that both sides have in the same place, filled differently.

Reads the two texts of a redline; called when a view asks for effects, never while comparing.
Floor 2. Each word that can fill a slot becomes one sign for its kind; where the texts with these
signs align, the slot is the same, and what fills it can be compared.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Indel

from tracker.diff.effect_words import Slot, Word, find_words, measure
from tracker.diff.effects import Effect, EffectKind, Trigger
from tracker.diff.model import Op, Redline, new_text, old_text

__all__ = ["find_effects"]

SAME_CLAUSE: Final = 0.5
"""Share of a clause, slots not counted, that both sides must have in common: below it the clause
was written anew, and a number in it no longer means the same."""
_SIGNS: Final = {slot: chr(0x10FF00 + at) for at, slot in enumerate(Slot)}
_FIRST_BODY: Final = 0x10F000  # each body of an article has a sign of its own, from here on
_MOST_BODIES: Final = 0xF00
_JOINING: Final = re.compile("[、，和或者以及与会同及其等有关相]*")
"""What may stand beside a body that was added to a list of them, or dropped from one."""
_CLAUSE_END: Final = re.compile(r"[，。；：！？\n]")
_SENTENCE_END: Final = re.compile(r"[。；\n]")
_FINE: Final = re.compile("罚款|罚金|滞纳金|加处")
_PENALTY: Final = re.compile(
    "拘留|徒刑|拘役|管制|监禁|剥夺政治权利|暂扣|停业|禁止从事|不得从事|吊销|不得担任"
)
_SAME_DUTY: Final = {"严禁": "禁止", "不应当": "不得"}


@dataclass(frozen=True, slots=True)
class _Text:
    """One side: its words, and the text with a sign for each; places of signs and clauses in it."""

    text: str
    words: tuple[Word, ...]
    signed: str
    places: tuple[int, ...]
    clauses: tuple[int, ...]

    @classmethod
    def of(cls, text: str, bodies: dict[str, str]) -> _Text:
        """`bodies` gives the sign of each body, and learns new ones."""
        words = find_words(text)
        out, places, done, length = [], [], 0, 0
        for word in words:
            sign = _SIGNS[word.slot]
            if word.slot is Slot.BODY:
                fresh = chr(_FIRST_BODY + len(bodies) % _MOST_BODIES)
                sign = bodies.setdefault(word.text, fresh)
            out += [text[done : word.start], sign]
            length += word.start - done
            places.append(length)
            length += 1
            done = word.end
        signed = "".join([*out, text[done:]])
        ends = tuple(found.end() for found in _CLAUSE_END.finditer(signed))
        return cls(text, words, signed, tuple(places), ends)

    def clause(self, place: int) -> tuple[int, int]:
        """Where the clause around a place of the signed text begins and ends."""
        at = bisect_right(self.clauses, place)
        begin = self.clauses[at - 1] if at else 0
        return begin, self.clauses[at] if at < len(self.clauses) else len(self.signed)

    def sentence(self, word: Word) -> tuple[int, int]:
        """Where the sentence around a word begins and ends, in the text itself."""
        begin = max((m.end() for m in _SENTENCE_END.finditer(self.text, 0, word.start)), default=0)
        end = _SENTENCE_END.search(self.text, word.end)
        return begin, end.end() if end else len(self.text)


@lru_cache(maxsize=4096)
def find_effects(redline: Redline) -> tuple[Effect, ...]:
    """The effects of a redline, in the order of the new text (the old where a side is missing)."""
    if not {Op.DELETE, Op.INSERT} & {op for op, _ in redline}:
        return ()
    before, after = old_text(redline), new_text(redline)
    if not before or not after:
        return ()
    bodies: dict[str, str] = {}
    old, new = _Text.of(before, bodies), _Text.of(after, bodies)
    blocks = [
        (code.src_start, code.src_end, code.dest_start)
        for code in Indel.opcodes(old.signed, new.signed)
        if code.tag == "equal"
    ]
    found = [effect for pair in _pairs(old, new, blocks) for effect in _judge(old, new, *pair)]
    found += _bodies(old, new, blocks)
    return tuple(sorted(found, key=_place))


def _place(effect: Effect) -> tuple[int, int]:
    """Where in the new text, or after the last word of the old one before it."""
    new, old = effect.new_triggers, effect.old_triggers
    return (new[0].start if new else old[0].start), list(EffectKind).index(effect.kind)


def _pairs(
    old: _Text, new: _Text, blocks: Sequence[tuple[int, int, int]]
) -> Iterator[tuple[Word, Word]]:
    """Words in the same slot of the same clause, filled differently."""
    there = dict(zip(new.places, new.words, strict=True))
    at = 0
    for place, word in zip(old.places, old.words, strict=True):
        while at < len(blocks) and blocks[at][1] <= place:
            at += 1
        if at == len(blocks):
            return
        begin, _, other = blocks[at]
        if place < begin:
            continue
        twin_place = other + place - begin
        twin = there.get(twin_place)
        if twin is None or twin.slot is not word.slot or twin.text == word.text:
            continue
        if _same_clause(old.clause(place), new.clause(twin_place), blocks):
            yield word, twin


def _same_clause(
    old: tuple[int, int], new: tuple[int, int], blocks: Sequence[tuple[int, int, int]]
) -> bool:
    """Whether enough of both clauses is in common."""
    shared = 0
    for begin, end, other in blocks:
        shift = other - begin
        left = max(begin, old[0], new[0] - shift)
        right = min(end, old[1], new[1] - shift)
        shared += max(0, right - left)
    return shared >= SAME_CLAUSE * max(old[1] - old[0], new[1] - new[0])


def _bodies(old: _Text, new: _Text, blocks: Sequence[tuple[int, int, int]]) -> Iterator[Effect]:
    """Bodies that took the place of another, or joined or left others that stayed."""
    for gone, come in _gaps(old, new, blocks):
        before, after = _only_bodies(old, *gone), _only_bodies(new, *come)
        if before is None or after is None or not _anchored(old, new, gone, come, blocks):
            continue
        if len(before) == len(after) == 1:
            yield _effect(EffectKind.RESPONSIBLE_BODY, before[0], after[0])
        elif not before or not after:
            for word in before:
                yield _effect(EffectKind.RESPONSIBLE_BODY, word, None)
            for word in after:
                yield _effect(EffectKind.RESPONSIBLE_BODY, None, word)


def _gaps(
    old: _Text, new: _Text, blocks: Sequence[tuple[int, int, int]]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """What lies between the equal stretches: from, to on either side."""
    i = j = 0
    for begin, end, other in (*blocks, (len(old.signed), len(old.signed), len(new.signed))):
        if begin > i or other > j:
            yield (i, begin), (j, other)
        i, j = end, other + end - begin


def _only_bodies(side: _Text, begin: int, end: int) -> list[Word] | None:
    """The bodies in a stretch that holds nothing else but what joins them; else None."""
    inside = range(bisect_left(side.places, begin), bisect_left(side.places, end))
    words = [side.words[at] for at in inside]
    if any(word.slot is not Slot.BODY for word in words):
        return None
    signs = {side.signed[side.places[at]] for at in inside}
    rest = "".join(char for char in side.signed[begin:end] if char not in signs)
    return words if _JOINING.fullmatch(rest) else None


def _anchored(
    old: _Text, new: _Text, gone: tuple[int, int], come: tuple[int, int],
    blocks: Sequence[tuple[int, int, int]],
) -> bool:  # fmt: skip
    """Whether the clause around is the same on both sides."""
    return _same_clause(old.clause(gone[0]), new.clause(come[0]), blocks)


def _judge(old: _Text, new: _Text, before: Word, after: Word) -> Iterator[Effect]:
    match before.slot:
        case Slot.MODAL:
            names = [_SAME_DUTY.get(word.text, word.text) for word in (before, after)]
            if names[0] != names[1]:
                yield _effect(EffectKind.OBLIGATION, before, after)
        case Slot.DATE:
            if "施行" in new.text[after.end : after.end + 3]:
                yield _effect(EffectKind.ENTRY_INTO_FORCE, before, after)
        case Slot.CITATION | Slot.BODY:
            return
        case _:
            yield from _measured(old, new, before, after)


def _measured(old: _Text, new: _Text, before: Word, after: Word) -> Iterator[Effect]:
    a, b = measure(before), measure(after)
    if a is None or b is None or (a.size, a.base) == (b.size, b.base):
        return
    kinds = _kind(old, before), _kind(new, after)
    if kinds[0] is kinds[1]:
        found = _effect(kinds[0], before, after)
        yield replace(found, old_quantity=a.quantity, new_quantity=b.quantity)


_PLAIN: Final = {
    Slot.MONEY: EffectKind.AMOUNT, Slot.SHARE: EffectKind.PERCENTAGE,
    Slot.MULTIPLE: EffectKind.AMOUNT, Slot.AGE: EffectKind.AGE, Slot.PERIOD: EffectKind.DEADLINE,
    Slot.COUNT: EffectKind.COUNT,
}  # fmt: skip


def _kind(side: _Text, word: Word) -> EffectKind:
    """A sum is a fine, and a period a penalty's, by the words behind it in its clause."""
    end = _CLAUSE_END.search(side.text, word.end)
    behind = side.text[word.end : end.start() if end else len(side.text)]
    if word.slot in (Slot.MONEY, Slot.MULTIPLE, Slot.SHARE) and _FINE.search(behind):
        return EffectKind.FINE
    if word.slot is Slot.PERIOD and _PENALTY.search(behind):
        return EffectKind.PENALTY_TERM
    return _PLAIN[word.slot]


def _effect(kind: EffectKind, before: Word | None, after: Word | None) -> Effect:
    return Effect(
        kind=kind,
        old=before.text if before else None,
        new=after.text if after else None,
        old_triggers=(Trigger(before.text, before.start, before.end),) if before else (),
        new_triggers=(Trigger(after.text, after.start, after.end),) if after else (),
    )
