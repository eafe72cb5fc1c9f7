"""Making a token diff readable: islands merged, insertions slid to a boundary, affixes trimmed.

Last step of the redline. It moves whole tokens only, so that it can never cut a word or a number.
"""

from __future__ import annotations

import re
from typing import Final

from tracker.diff.model import Op
from tracker.diff.tokens import ATOM

__all__ = ["Hunk", "clean"]

Hunk = tuple[Op, list[str]]

_ISLAND: Final = 2
"""Characters of an equal piece between two changes that is not worth keeping: 的, 或者, 应当."""
_PUNCTUATION: Final = re.compile(r"[，。；：、！？,.;:!?（）()《》“”\"\n]")
_BOUNDARY: Final = (("\n", 5), ("。；！？", 4), ("：", 3), ("，", 2), ("、", 1))


def clean(hunks: list[Hunk]) -> list[Hunk]:
    """A readable form of the same difference; deletions stand before insertions."""
    edits = _gather(hunks)
    edits = _merge_islands(edits)
    edits = [_trim(edit) for edit in edits]
    flat = _gather(_flatten(edits))
    flat = _gather(_flatten(_slide(flat)))
    return [hunk for hunk in _flatten(flat) if hunk[1]]


_Edit = tuple[list[str], list[str], list[str]]
"""Equal tokens, then what is deleted and what is inserted after them."""


def _gather(hunks: list[Hunk]) -> list[_Edit]:
    edits: list[_Edit] = [([], [], [])]
    for op, tokens in hunks:
        equal, delete, insert = edits[-1]
        if not tokens:
            continue
        if op is Op.EQUAL and (delete or insert):
            edits.append((list(tokens), [], []))
        else:
            {Op.EQUAL: equal, Op.DELETE: delete, Op.INSERT: insert}[op].extend(tokens)
    return edits


def _flatten(edits: list[_Edit]) -> list[Hunk]:
    return [
        hunk
        for equal, delete, insert in edits
        for hunk in ((Op.EQUAL, equal), (Op.DELETE, delete), (Op.INSERT, insert))
    ]


def _merge_islands(edits: list[_Edit]) -> list[_Edit]:
    """对[-甲-]{+乙+}的[-丙-]{+丁+} → 对[-甲的丙-]{+乙的丁+}; but 以上 between two amounts stays."""
    merged: list[_Edit] = []
    for equal, delete, insert in edits:
        text = "".join(equal)
        small = 0 < len(text) <= _ISLAND and not _PUNCTUATION.search(text)
        touching = [side[-1:] for side in merged[-1][1:]] if merged else []
        touching += [delete[:1], insert[:1]]
        amounts = all(ATOM.fullmatch(side[0]) for side in touching if side)
        if small and merged and (delete or insert) and not amounts:
            _, before_delete, before_insert = merged[-1]
            before_delete.extend(equal + delete)
            before_insert.extend(equal + insert)
        else:
            merged.append((equal, delete, insert))
    return merged


def _trim(edit: _Edit) -> _Edit:
    """{-甲乙-}{+甲丙+} → 甲{-乙-}{+丙+}; the equal words at the end are `_gather`'s to part off."""
    equal, delete, insert = edit
    head = 0
    while head < min(len(delete), len(insert)) and delete[head] == insert[head]:
        head += 1
    return [*equal, *delete[:head]], delete[head:], insert[head:]


def _slide(edits: list[_Edit]) -> list[_Edit]:
    """{+。⏎（四）…+}。 → 。{+⏎（四）…。+}: a pure insertion or deletion is moved along equal text
    until it starts and ends at a boundary."""
    out = [(list(e), list(d), list(i)) for e, d, i in edits]
    for at, (equal, delete, insert) in enumerate(out):
        if bool(delete) == bool(insert):
            continue
        moving = delete or insert
        following = out[at + 1][0] if at + 1 < len(out) else []
        left = _reach(equal, moving)
        right = _reach_right(following, moving)
        if not left and not right:
            continue
        whole = [*equal[len(equal) - left :], *moving, *following[:right]]
        before = equal[: len(equal) - left]
        after = following[right:]
        size = len(moving)
        best = max(
            range(left + right + 1),
            key=lambda shift: (_score(before, whole, after, shift, size), -abs(shift - left)),
        )
        equal[:] = before + whole[:best]
        moving[:] = whole[best : best + size]
        if following or whole[best + size :]:
            if at + 1 < len(out):
                following[:] = whole[best + size :] + after
            else:
                out.append((whole[best + size :], [], []))
    return out


def _reach(equal: list[str], moving: list[str]) -> int:
    """How many tokens the piece can move left."""
    steps, size = 0, len(moving)
    while steps < len(equal) and equal[-1 - steps] == (
        moving[-1 - steps] if steps < size else equal[-1 - steps + size]
    ):
        steps += 1
    return steps


def _reach_right(following: list[str], moving: list[str]) -> int:
    steps, size = 0, len(moving)
    while steps < len(following) and following[steps] == (
        moving[steps] if steps < size else following[steps - size]
    ):
        steps += 1
    return steps


def _score(before: list[str], whole: list[str], after: list[str], shift: int, size: int) -> int:
    text = [*before[-1:], *whole, *after[:1]]
    offset = shift + len(before[-1:])
    return _edge(text, offset) + _edge(text, offset + size)


def _edge(text: list[str], at: int) -> int:
    """How good a boundary lies before token `at`: best before a newline, good after 。 or ，."""
    if at <= 0 or at >= len(text):
        return 6
    if text[at] == "\n":
        return 6
    last = text[at - 1][-1]
    return next((score for marks, score in _BOUNDARY if last in marks), 0)
