"""A comparison with its entries by what they do in law, and what stands over each class of them.

Floor 4. For views that a person reads from the top: fines first, say, not the first chapter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.diff.effects.model import EffectKind
from tracker.diff.model import Change, Changes
from tracker.render.words import Lang, effect_label, say

__all__ = ["by_effect", "effect_groups", "in_text_order"]


def by_effect(changes: Changes) -> Changes:
    """The comparison with its entries by what they do in law, the classes in their order.

    Those without an effect stand at the end. Headings are left out: no entry stands below its own
    any more. It can no longer be applied.
    """
    classes = [*EffectKind, None]

    def place(change: Change) -> int:
        return classes.index(_first_class(change))

    return replace(changes, changes=tuple(sorted(changes.changes, key=place)), headings=())


def in_text_order(changes: Changes, shown: Changes) -> bool:
    """Whether articles still stand under their headings; by what they do in law they do not."""
    places = {id(change): place for place, change in enumerate(changes.changes)}
    listed = [places[id(change)] for change in shown.changes]
    return listed == sorted(listed)


def effect_groups(changes: Changes, shown: Changes, lang: Lang) -> Sequence[str] | None:
    """What stands over each entry of `shown` if they are sorted: its first class. Else None."""
    if in_text_order(changes, shown):
        return None
    classes = [_first_class(change) for change in shown.changes]
    return [effect_label(lang, one) if one else say(lang, "no_effect") for one in classes]


def _first_class(change: Change) -> EffectKind | None:
    kinds = {effect.kind for effect in change.effects}
    return next((kind for kind in EffectKind if kind in kinds), None)
