"""Making a token diff readable: islands taken out, sub-words kept, insertions slid to a boundary.

Last step of the redline but for moves. Works on places in both texts; a change begins and ends at
the end of a token on either side, so that it never cuts a word or a number, but for `_keep_words`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from tracker.diff.redline.islands import without_islands
from tracker.diff.redline.pieces import STACKED_BELOW
from tracker.diff.redline.shared import AFTER, MARKS, Block, Shared
from tracker.diff.redline.tokens import ATOM

__all__ = ["clean"]

_STOPS: Final = frozenset("，。；：\n")
_ENDS: Final = frozenset("。；")  # of a sentence
_HAN: Final = re.compile("[\u4e00-\u9fff]+")
_PHRASE: Final = 8
"""Characters that go and come, up to which they are taken together: {+鉴定人+}鉴定[-部门鉴定-]
reads [-鉴定部门-]{+鉴定人+}鉴定. More of them read better apart: 中发生的 and 以及其他涉外纠纷."""
_TIMES: Final = 8  # that changes are joined with the next ones; in real laws three are enough
_AROUND: Final = 2  # blocks: an island lies between two others
_BEST: Final = 6
_ITEM: Final = re.compile(r"\n（[一二三四五六七八九十百]{1,5}）\Z")
_ITEM_LONG: Final = 8
_BEHIND_ITEM: Final = 3
_STRAY: Final = 6
"""Letters of a run that two texts with little in common must share to keep it. In the real pairs
most of the shorter ones are names that any article of the law has (行政行为, 人民政府) and that met
by chance. Without them 1.23 times the fewest characters are marked over all, with them 1.20."""
_BETWEEN: Final = ("以上", "至")
"""Between the ends of a range. In the 737 reworded articles of the real pairs 8 are turned round,
for 0.01 % more marked characters."""
_PATCHY: Final = 0.85  # similarity of a text in which a whole 款 may have been replaced
_SPARSE: Final = 0.25
"""Share of a replaced 款 that it has in common with the new one, up to which this is chance: of ten
such in the real pairs nine read better with the two 款 apart, and 0.1 % more is marked."""
_LINE: Final = 60  # characters of such a 款, in both texts; in shorter ones one sees the words
_PATCHES: Final = 2  # runs that it has in common
_KEPT: Final = 2
"""Characters that go, and at least as many that stay, where a word is cut: 行政处分 → 处分."""
_BESIDE: Final = 8
"""Characters that both texts share on either side of such a word, if more than a mark: where more
changed right beside it, a part of a word is no help. In the real pairs, and in the laws that the
corpus has in two versions, fewer than 0.5 % of the ends of changes come to lie inside a word of the
dictionary."""


def clean(shared: Shared, similarity: float) -> None:
    """Change the blocks of `shared` to a readable form of the same difference.

    `similarity` is that of the two texts: where they have little in common, a short run in both is
    mere chance.
    """
    blocks = _joined(shared.blocks)
    if similarity < STACKED_BELOW:
        blocks = _without_strays(shared, blocks)
    elif similarity < _PATCHY and "\n" in shared.old:
        blocks = _without_strays_in_lines(shared, blocks)
    if len(blocks) > _AROUND:
        blocks = without_islands(shared, blocks)
    uneven, loose, between = _unequal(shared, blocks)
    for _ in range(_TIMES):
        if not between or True not in [_settle(shared, blocks, at) for at in between]:
            break
        blocks = _joined(blocks)
        uneven, loose, between = _unequal(shared, blocks)
    if uneven and len(kept := _keep_words(shared, blocks)) > len(blocks):
        blocks = _joined(kept)
        _, loose, _ = _unequal(shared, blocks)
    slid = [_slide(shared, blocks, at) for at in loose]
    if True in slid:
        blocks = _joined(blocks)
    shared.blocks = _with_sentences(shared, blocks) if similarity >= STACKED_BELOW else blocks


def _joined(blocks: list[Block]) -> list[Block]:
    """Blocks that touch on both sides as one; empty ones go, but for the last: it is empty and at
    the end of both texts, so that behind it nothing can be left out."""
    out: list[Block] = []
    i = j = -1
    for block in blocks:
        begin, end, other = block
        if begin == end:
            continue
        if begin == i and other == j:
            out[-1] = (out[-1][0], end, out[-1][2])
        else:
            out.append(block)
        i, j = end, other + end - begin
    out.append(_end_of(blocks))
    return out


def _unequal(shared: Shared, blocks: list[Block]) -> tuple[bool, list[int], list[int]]:
    """Whether somewhere as much came as went but for a short word; before which blocks text only
    went, or only came, that can be slid: as it ends, so ends what is before it, or as it begins, so
    begins what is behind it (two of three do neither); and which blocks have such text on
    either side, of which one can be slid."""
    uneven = False
    loose: list[int] = []  # `list[int]()` takes ten times as long
    between: list[int] = []
    i = j = 0
    pure = -1
    for at, (begin, end, other) in enumerate(blocks):
        goes, comes = begin > i, other > j
        if goes and comes:
            if abs(begin - i - other + j) == _KEPT:
                uneven = True
        elif at and goes is not comes:
            text, a, b = (shared.old, i, begin) if goes else (shared.new, j, other)
            if text[a - 1] == text[b - 1] or text[a] == text[b : b + 1]:
                loose.append(at)
            if pure == at - 1 and loose and loose[-1] >= pure:
                between.append(pure)
            pure = at
        i, j = end, other + end - begin
    return uneven, loose, between


def _end_of(blocks: list[Block]) -> Block:
    """An empty block at the end of both texts, behind which nothing can be left out."""
    begin, end, other = blocks[-1]
    return end, end, other + end - begin


def _without_strays(shared: Shared, blocks: list[Block]) -> list[Block]:
    """Only the long runs, and words that both texts begin or end with: 本法自…起施行。

    A mark behind such a run stays: 应当巡查[-。-]{+。⏎应当登记。+} → 应当巡查。{+⏎应当登记。+}
    """
    old, new = shared.old, shared.new
    kept: list[Block] = []
    for begin, end, other in blocks:
        outer = begin == other == 0 or (end, other + end - begin) == (len(old), len(new))
        least = 1 if outer else _STRAY
        if end - begin >= least and _letters(old[begin:end]) >= least:
            kept.append((begin, end, other))
    last = _end_of(blocks)
    for at, (block, after) in enumerate(pairwise([*kept, last])):
        begin, end, other = block
        there = other + end - begin
        inside = end < after[0] and there < after[2]
        same = inside and old[end] == new[there] in MARKS
        if same and shared.may_cut(end + 1, there + 1):
            kept[at] = (begin, end + 1, other)
    return [*kept, last]


def _without_strays_in_lines(shared: Shared, blocks: list[Block]) -> list[Block]:
    """The same in a 款 that took the place of another one, in an article that is else as it was:
    between two line breaks that both texts share, with none between them."""
    out: list[Block] = []
    i = j = 0  # where the line begins
    since = kept = 0  # blocks before it; what it shares
    for block in blocks:
        begin, end, other = block
        first = shared.old.find("\n", begin, end) if begin < end else end
        if first < 0:
            out.append(block)
            kept += end - begin
            continue
        there = other + first - begin
        size = first - i + there - j
        if (
            len(out) - since >= _PATCHES and size >= _LINE
            and 2 * (kept + first - begin) < _SPARSE * size
            and "\n" not in shared.old[i:first] + shared.new[j:there]
        ):  # fmt: skip
            out[since:] = [
                one for one in out[since:]
                if i == one[0] or first == one[1] or _letters(shared.old[slice(*one[:2])]) >= _STRAY
            ]  # fmt: skip
        out.append(block)
        since = len(out)
        last = max(begin, shared.old.rfind("\n", begin, end) + 1)
        i, j = last, other + last - begin
        kept = end - last
    return out


def _letters(text: str) -> int:
    return sum(sign not in MARKS for sign in text)


def _keep_words(shared: Shared, blocks: list[Block]) -> list[Block]:
    """[-行政处分-]{+处分+} → [-行政-]处分: a word that stands whole in the longer one stays. No
    amount is one: 五万元 is no part of 二十五万元."""
    out: list[Block] = []
    i = j = 0
    stays = True  # whether the words before it stay: beyond either end of the text nothing changes
    for block in blocks:
        begin, end, other = block
        gone, come = begin - i, other - j
        before, size = stays, end - begin
        stays = (
            size >= _BESIDE
            or begin == other == 0
            or (end, other + size) == (len(shared.old), len(shared.new))
            or (size == 1 and shared.old[begin] in MARKS)
        )
        if before and stays and abs(gone - come) == _KEPT and min(gone, come) >= _KEPT:
            old, new = shared.old[i:begin], shared.new[j:other]
            long, short = (old, new) if gone > come else (new, old)
            may_stay = _HAN.fullmatch(long) and not ATOM.fullmatch(long)
            if may_stay and long.endswith(short):
                out.append((begin - len(short), begin, other - len(short)))
            elif may_stay and long.startswith(short):
                out.append((i, i + len(short), j))
        out.append(block)
        i, j = end, other + size
    return out


def _with_sentences(shared: Shared, blocks: list[Block]) -> list[Block]:
    """Where a sentence changed, and others came behind it or went, it ends where it ended.

    [-巡查-]{+检修。发现故障的，应当更换+}。⏎ → [-巡查-]{+检修+}。{+发现故障的，应当更换。+}⏎
    """
    out: list[Block] = []
    i = j = 0
    for block in blocks:
        begin, end, other = block
        size, done = end - begin, 0
        if size and i < begin and j < other and shared.old[begin] in _ENDS:
            sign = shared.old[begin]
            old, new = shared.old.find(sign, i, begin), shared.new.find(sign, j, other)
            if (old < 0) != (new < 0):
                old, new = (begin, new) if old < 0 else (old, other)
                both = size > 1 and shared.old[old + 1] == shared.new[new + 1] == "\n"
                if size > 1 + both or end == len(shared.old):
                    done = 1 + both
                    out.append((old, old + done, new))
        out.append((begin + done, end, other + done) if done else block)
        i, j = end, other + size
    return out


def _settle(shared: Shared, blocks: list[Block], at: int) -> bool:
    """Put a block elsewhere that lies between two changes, each of which only took words away or
    only brought some. Whether it was.

    [-甲-]当场[-乙，当场-]决定 → [-甲当场乙，-]当场决定: its words are taken to be the same ones on
    the far side of a change, so that there is one to read, not two.
    """
    before, (begin, end, other), after = blocks[at - 1 : at + 2]
    there = other + end - begin
    old = (before[1], begin), (end, after[0])
    new = (before[2] + before[1] - before[0], other), (there, after[2])
    # what came or went on either side: the text it is in, from and to
    first, second = (
        (shared.old, gone) if gone[1] > gone[0] else (shared.new, come)
        for gone, come in zip(old, new, strict=True)
    )
    if first[0] is not second[0]:
        ends = first[0][slice(*first[1])], second[0][slice(*second[1])]
        if _turn_range(shared, blocks, at, *ends):
            return True
        if sum(map(len, ends)) > _PHRASE or shared.old[begin] in MARKS:
            return False
    size = end - begin
    if _STOPS.issuperset(shared.old[begin:end]):
        return False  # {+，甲+}。{+乙。+} are two sentences
    if _reach_left(second[0], second[1][0], second[1][1] - second[1][0], size) == size:
        place = after[0] - size, after[2] - size
        if shared.may_cut(*place):
            blocks[at : at + 2] = [(begin, begin, other), (place[0], after[1], place[1])]
            return True
    if _reach_right(first[0], first[1][0], first[1][1] - first[1][0], size) == size:
        place = before[1] + size, new[0][0] + size
        if shared.may_cut(*place):
            blocks[at - 1 : at + 1] = [(before[0], place[0], before[2]), (end, end, there)]
            return True
    return False


def _turn_range(shared: Shared, blocks: list[Block], at: int, lower: str, upper: str) -> bool:
    """[-万元以上-]十万元{+以上百万元+} → [-万元-]{+十万元+}以上[-十万元-]{+百万元+}: the end of a
    range that is its beginning now was not kept. Whether there was such a range."""
    begin, end, other = blocks[at]
    there = other + end - begin
    for word in _BETWEEN:
        ends = lower.removesuffix(word), shared.old[begin:end], upper.removeprefix(word)
        if ends[0] == lower or ends[2] == upper or not all(map(ATOM.fullmatch, ends)):
            continue
        size = len(word)
        went = begin > blocks[at - 1][1]
        blocks[at] = (begin - size, begin, there) if went else (end, end + size, other - size)
        return True
    return False


def _slide(shared: Shared, blocks: list[Block], at: int) -> bool:
    """{+。⏎（四）…+}。 → 。{+⏎（四）…。+}: what only went, or only came, before a block is moved
    along equal text until it starts and ends at a boundary. Whether it was."""
    before, after = blocks[at - 1], blocks[at]
    i, j = before[1], before[2] + before[1] - before[0]
    gone, come = after[0] - i, after[2] - j
    text, place, size = (shared.old, i, gone) if gone else (shared.new, j, come)
    left = _reach_left(text, place, size, before[1] - before[0])
    right = _reach_right(text, place, size, after[1] - after[0])
    if not left and not right:
        return False
    best, most = 0, -1
    for shift in sorted(range(-left, right + 1), key=abs):  # of equal ones the nearest
        good = _edge(text, place + shift) + _edge(text, place + shift + size)
        if good > most and (
            shared.may_cut(i + shift, j + shift)
            and shared.may_cut(i + shift + gone, j + shift + come)
        ):
            best, most = shift, good
            if most == 2 * _BEST:
                break
    if not best:
        return False
    blocks[at - 1] = (before[0], before[1] + best, before[2])
    blocks[at] = (after[0] + best, after[1], after[2] + best)
    return True


def _reach_left(text: str, place: int, size: int, room: int) -> int:
    steps = 0
    while steps < room and text[place - 1 - steps] == text[place + size - 1 - steps]:
        steps += 1
    return steps


def _reach_right(text: str, place: int, size: int, room: int) -> int:
    steps = 0
    while steps < room and text[place + steps] == text[place + size + steps]:
        steps += 1
    return steps


def _edge(text: str, at: int) -> int:
    """How good a boundary lies before a place: best at an end or a newline, good after 。 or ，
    and behind the number of an item: [-（二）-]{+（二）甲乙；⏎（三）+}甲丙."""
    if at == 0 or at == len(text) or text[at] == "\n":
        return _BEST
    before = text[at - 1]
    if before == "）" and _ITEM.search(text, max(0, at - _ITEM_LONG), at):
        return _BEHIND_ITEM
    return AFTER.get(before, 0)
