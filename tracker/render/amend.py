"""The words in which a published article differs from what the amending act makes of it.

Floor 4. Shared by the terminal and JSON. It is the redline of a comparison, so amounts, dates and
citations are not cut.
"""

from __future__ import annotations

from tracker.amend.reconcile import ArticleVerdict, Verdict
from tracker.diff.model import Op, Redline
from tracker.diff.redline.draw import redline, similarity
from tracker.diff.redline.pieces import STACKED_BELOW

__all__ = ["difference", "is_stacked"]


def difference(one: ArticleVerdict) -> Redline:
    """What the act makes of the article counts as old, what was published as new.

    Empty where both are equal. A side that has no such article counts as empty.
    """
    if one.verdict is Verdict.EQUAL:
        return ()
    if one.outcome is None or one.published is None:
        sides = ((Op.DELETE, one.outcome), (Op.INSERT, one.published))
        return tuple((op, text) for op, text in sides if text)
    return redline(one.outcome, one.published)


def is_stacked(one: ArticleVerdict) -> bool:
    """Whether both have so little in common that one is shown above the other."""
    if not one.outcome or not one.published:
        return False
    return similarity(one.outcome, one.published) < STACKED_BELOW
