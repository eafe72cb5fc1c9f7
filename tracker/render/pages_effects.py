"""What changes do in law, as marks on pages: 期限 30日→15日, 义务 可以→应当.

Floor 4. The effects of an entry are found when asked for; several pages ask for the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.diff.effects import Effect, EffectKind
from tracker.render.pages_html import Html, escape, tag

if TYPE_CHECKING:
    from tracker.diff.model import Change, Changes

__all__ = ["effect_badge", "effect_badges", "effect_codes", "effect_counts", "effects_of"]


class _Asked:
    """An entry as a key of the cache: the same object is the same entry."""

    __slots__ = ("change",)

    def __init__(self, change: Change) -> None:
        self.change = change

    def __hash__(self) -> int:
        return id(self.change)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.change is other.change


@lru_cache(maxsize=2048)  # the entries of the comparisons of one large law
def _found(asked: _Asked) -> tuple[Effect, ...]:
    return asked.change.effects


def effects_of(change: Change) -> tuple[Effect, ...]:
    """The effects of an entry, in their order."""
    return _found(_Asked(change)) if change.old and change.new else ()


def effect_counts(changes: Changes) -> dict[EffectKind, int]:
    """How many entries have an effect of each class, in the order of the classes."""
    kinds = [{effect.kind for effect in effects_of(change)} for change in changes.changes]
    counts = {kind: sum(kind in one for one in kinds) for kind in EffectKind}
    return {kind: count for kind, count in counts.items() if count}


def effect_codes(change: Change) -> str | None:
    """The classes of the effects of an entry for the filters; None where it has none."""
    return " ".join(dict.fromkeys(effect.kind.value for effect in effects_of(change))) or None


def effect_badge(name: str, words: str) -> Html:
    """One effect: the name of its class and what happened."""
    return tag("span", tag("b", escape(name)), escape(words), class_="tracker-effect")


def effect_badges(change: Change) -> Iterator[Html]:
    """All effects of an entry, each once."""
    shown = ((effect.kind.label, effect.change) for effect in effects_of(change))
    for name, words in dict.fromkeys(shown):
        yield effect_badge(name, words)
