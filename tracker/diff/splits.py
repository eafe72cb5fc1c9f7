"""Articles that came apart or grew together, partial ones too.

Last pass of the alignment. What an article lost and another gained is the evidence: words that
both have but the partners they are already linked to have not. Stock wording of penalties, which
every article has, is kept by the partner and proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tracker.diff.board import Board, Link, find_candidates
from tracker.diff.candidates import Grams

__all__ = ["by_coverage"]

_ALONE: Final = 0.60
"""Share of the rarer piece that only the other side explains, wherever that lies."""
_NEAR: Final = 0.26  # the same, one or two places from the partner
_LITTLE: Final = 850  # weight that proves something: about ten rare bigrams
_CLOSE: Final = 2
_STRONG: Final = frozenset({"exact-body", "masked-body"})


def by_coverage(board: Board) -> Iterator[Link]:
    """One article became two, or two became one.

    第十三条　甲。乙。 → 第十六条　甲。 第十七条　乙。
    """
    whole_old = {link.old for link in board.links if link.matched_by in _STRONG}
    whole_new = {link.new for link in board.links if link.matched_by in _STRONG}
    old = [item for item in board.old.items if item.index not in whole_old]
    new = [item for item in board.new.items if item.index not in whole_new]
    candidates, old_grams, new_grams = find_candidates(old, new)
    old_at = {item.index: at for at, item in enumerate(old)}
    new_at = {item.index: at for at, item in enumerate(new)}
    for c in candidates:
        to, back = board.forward.get(c.old), board.backward.get(c.new)
        if to == c.new or (to is None) == (back is None):
            continue
        if (c.old, c.new) in board.barred:
            continue
        shared = _terms(old_grams, old_at[c.old]) & _terms(new_grams, new_at[c.new])
        if to is not None:
            shared -= _terms(new_grams, new_at[to])
            piece, distance = _terms(new_grams, new_at[c.new]), abs(c.new - to)
        else:
            assert back is not None
            shared -= _terms(old_grams, old_at[back])
            piece, distance = _terms(old_grams, old_at[c.old]), abs(c.old - back)
        gained, own = _weight(old_grams, shared), _weight(old_grams, piece)
        share = gained / max(own, 1)
        needed = _NEAR if distance <= _CLOSE else _ALONE
        if gained >= _LITTLE and share >= needed:
            yield Link(c.old, c.new, "coverage", min(0.95, 0.5 + share / 2), c.ratio,
                       partial=True)  # fmt: skip


def _terms(grams: Grams, at: int) -> set[int]:
    return set(grams.of(at).tolist())


def _weight(grams: Grams, terms: set[int]) -> int:
    return int(sum(int(grams.term_weights[term]) for term in terms))
