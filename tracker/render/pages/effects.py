"""What changes do in law, as marks on pages: 期限 30日→15日, 义务 可以→应当.

Floor 4. The effects of an entry are found when first asked for; several pages ask for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from tracker.diff.effects.model import EffectKind
from tracker.law.kept import kept
from tracker.render.pages.html import Html, element, escape
from tracker.render.pages.words import kind_codes

if TYPE_CHECKING:
    from tracker.diff.model import Change, Changes

__all__ = ["codes_of", "effect_badge", "effect_badges", "effect_counts"]


@kept(4)  # a page shows them twice
def effect_counts(changes: Changes) -> Mapping[EffectKind, int]:
    """How many entries have an effect of each class, in the order of the classes."""
    counts = Counter(
        kind for change in changes.changes for kind in {one.kind for one in change.effects}
    )
    return {kind: counts[kind] for kind in EffectKind if counts[kind]}


def codes_of(change: Change) -> str:
    """What the filters read of an entry, as attributes: its kinds and flags, and its effects."""
    effects = " ".join(dict.fromkeys([effect.kind.value for effect in change.effects]))
    kinds = f' data-kinds="{kind_codes(change)}"'
    return f'{kinds} data-effects="{effects}"' if effects else kinds


def effect_badge(name: str, words: str) -> Html:
    """One effect: the name of its class and what happened."""
    return _EFFECT(_NAME(escape(name)), escape(words))


_EFFECT: Final = element("span", class_="tracker-effect")
_NAME: Final = element("b")


def effect_badges(change: Change) -> Iterator[Html]:
    """All effects of an entry, each once."""
    shown = ((effect.kind.label, effect.change) for effect in change.effects)
    for name, words in dict.fromkeys(shown):
        yield effect_badge(name, words)
