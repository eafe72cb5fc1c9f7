"""Single characters left between two changes: put where one reads on, or into the changes.

Part of the clean-up. Floor 2. Nearly all are marks. A letter between two changes met by chance; a
mark may be the joint of two swaps that one reads one after the other, or of nothing.
"""

from __future__ import annotations

from typing import Final

from tracker.diff.redline.shared import MARKS, Block, Shared
from tracker.diff.redline.tokens import ATOM

__all__ = ["without_islands"]

_JOINTS: Final = frozenset("，、")  # inside a sentence; behind 。；： another one begins
_ENDS: Final = "。；\n"  # of a sentence
_GLANCE: Final = 8
"""Characters that went or came, up to which one sees at a glance what took whose place:
[-环保-]{+生态环境+}、[-民防-]{+国防动员+}. Beyond it one reads what went as a whole, and then what
came. Found by reading a hundred such marks in laws that the corpus has in two versions."""

_FIRST: Final = (0, 0, 0)  # an empty block at the beginning of both texts
_Sides = tuple[str, str]
"""What went and what came at one place."""


def without_islands(shared: Shared, blocks: list[Block]) -> list[Block]:
    """The blocks without single characters that are of no help between two changes.

    对[-甲-]{+乙+}的[-丙-]{+丁+} → 对[-甲的丙-]{+乙的丁+}; but 至 between two amounts stays.
    甲{+乙+}，{+丙，+}丁 → 甲{+乙，丙+}，丁: there is one to read, not two.
    """
    if blocks[0][0] or blocks[0][2]:
        blocks = [_FIRST, *blocks]  # a change before it, at the beginning of the text
    alone = [at for at, (begin, end, _) in enumerate(blocks[1:-1], 1) if end - begin == 1]
    if not alone:
        return blocks if blocks[0] != _FIRST else blocks[1:]
    out: list[Block] = []
    done = 0
    for at in alone:
        out += blocks[done:at]
        done = at + 1
        before, island, after = out[-1], blocks[at], blocks[done]
        left, right = _between(shared, before, island), _between(shared, island, after)
        sign = shared.old[island[0]]
        is_mark = sign in MARKS
        if is_mark and sign not in _JOINTS:
            out.append(island)
        elif _goes_behind(shared, after, left, right, sign):
            blocks[done] = (after[0] - 1, after[1], after[2] - 1)
        elif _goes_before(shared, before, left, right, sign):
            out[-1] = (before[0], before[1] + 1, before[2])
        elif _joins(left, right) if is_mark else _amounts(left, right):
            out.append(island)
    out += blocks[done:]
    return out[1:] if out[0] == _FIRST else out


def _between(shared: Shared, before: Block, after: Block) -> _Sides:
    begin, end, other = before
    return shared.old[end : after[0]], shared.new[other + end - begin : after[2]]


def _goes_behind(shared: Shared, after: Block, left: _Sides, right: _Sides, sign: str) -> bool:
    """Whether words that only went, or only came, end with this character, so that it can be taken
    for the one behind them; before them there are words that went, or came, too."""
    side = 0 if right[0] else 1
    pure = not right[1 - side] and right[side].endswith(sign) and left[side] != ""
    return pure and shared.may_cut(after[0] - 1, after[2] - 1)


def _goes_before(shared: Shared, before: Block, left: _Sides, right: _Sides, sign: str) -> bool:
    """The same where they begin with it: 甲{+，乙+}，[-丙-]{+丁+} → 甲，[-丙-]{+乙，丁+}."""
    side = 0 if left[0] else 1
    pure = not left[1 - side] and left[side].startswith(sign) and right[side] != ""
    begin, end, other = before
    return pure and shared.may_cut(end + 1, other + end - begin + 1)


def _joins(left: _Sides, right: _Sides) -> bool:
    """Whether a mark is the joint of two changes that are read one by one. Where a sentence ends in
    the first, it stands in another sentence than in the other text.

    向常务委员会报告{+；必要时+}，[-对该法规案的-]{+主任会议也可以决定延期+}审议
    → 向常务委员会报告[-，对该法规案的-]{+；必要时，主任会议也可以决定延期+}审议
    """
    if any(end in text for text in left for end in _ENDS):
        return False
    if not (all(left) and all(right)):
        return True
    return max(map(len, left + right)) <= _GLANCE or _swaps(left) or _swaps(right)


def _amounts(left: _Sides, right: _Sides) -> bool:
    """Whether both changes beside a letter replace a number, an amount or a citation; or one of
    them does, and the other only adds or drops words.

    主管人员{+和责任人员+}处[-五千元-]{+一万元+}
    """
    one, two = _swaps(left), _swaps(right)
    if one != two:
        return not all(right if one else left)
    return one or all(ATOM.fullmatch(text) for text in (*left, *right) if text)


def _swaps(sides: _Sides) -> bool:
    """Whether one number, amount or citation took the place of another."""
    return all(text and ATOM.fullmatch(text) for text in sides)
