"""What is confiscated beside what was: 没收违法所得 → 没收灯具和违法所得.

Beside `rules`. Floor 2. Only things that joined or left the list behind a 没收 that both sides
have in the same place; 没收 that came or went is told by `sanctions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tracker.diff.effects.model import Effect, EffectKind, Trigger
from tracker.diff.effects.slots import Side, Stretch, Twins

__all__ = ["compare_confiscated"]

_JOIN: Final = "(?:、|和|以及|及)"
_THING: Final = "(?!所得)[^，。；：、和及的其]{2,20}"
_LISTED: Final = re.compile(f"(?:{_THING}{_JOIN})+|(?:{_JOIN}{_THING})+")
_LEAD: Final = re.compile(f"没收(?:其)?(?:[^，。；：]*{_JOIN})?(?P<last>[^，。；：]*)$")
_ENDS: Final = ("，", "；", "。", "、", "和", "以及", "及")


def compare_confiscated(twins: Twins) -> Iterator[Effect]:
    """Things that one side confiscates, beside what both do."""
    for gone, come in twins.gaps():
        if (gone[0] == gone[1]) is (come[0] == come[1]):
            continue
        came = come[0] < come[1]
        side, stretch = (twins.new, come) if came else (twins.old, gone)
        words = _things(side, stretch)
        if words is None or not twins.same_slot(gone[0], come[0]):
            continue
        other, place = (twins.old, gone[0]) if came else (twins.new, come[0])
        if words.text not in other.signed[slice(*other.clause(place))]:
            yield _effect(words, came=came)


def _things(side: Side, stretch: Stretch) -> Trigger | None:
    """The things of a stretch, if they stand whole in a list behind 没收."""
    begin, end = (side.raw(place) for place in stretch)
    text = side.plain[begin:end]
    if not _LISTED.fullmatch(text):
        return None
    clause = side.plain[max(side.plain.rfind(mark, 0, begin) for mark in "，。；：\n") + 1 : begin]
    lead = _LEAD.search(clause)
    if lead is None:
        return None
    ahead = text[0] in "、和以及"
    if ahead is not bool(lead["last"]) or (ahead and not side.plain.startswith(_ENDS, end)):
        return None
    head = len(text) - len(text.lstrip("、和")) if ahead else 0
    tail = 0 if ahead else len(text) - len(text.rstrip("、和"))
    return Trigger(text[head : len(text) - tail], begin + head, end - tail)


def _effect(words: Trigger, *, came: bool) -> Effect:
    told = f"没收{words.text}"
    return Effect(
        kind=EffectKind.SANCTION,
        old=None if came else told,
        new=told if came else None,
        old_triggers=() if came else (words,),
        new_triggers=(words,) if came else (),
    )
