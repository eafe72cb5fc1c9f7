"""Which words of two whole texts stay where they are: the longest run of them that both texts have
in one order.

Second stage of the Word redline, floor 4. Revisions stand in one text, so what changed its order
against the rest can be kept in one place only: it is deleted there and inserted here. Articles that
the comparison does not call moved stay before those that it does, and before headings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tracker.diff.model import Change, Changes, Op, Redline
from tracker.diff.redline.draw import redline
from tracker.render.lines import whole_items
from tracker.render.word.sides import Member, SideText, Words

__all__ = ["Move", "Same", "Shared", "find_shared"]

_SIGN: Final = re.compile(r"[零〇一二三四五六七八九十百千]+|[0-9]+|.", re.DOTALL)
_STAYED: Final = 1000  # what a character of an article that did not move counts: more than any law


Sign = tuple[str, int]
"""A sign of a number, 第 or 十二, and its place."""


@dataclass(frozen=True, slots=True)
class Same:
    """Words that both texts have: where in each, and how many characters."""

    old: int
    new: int
    length: int


@dataclass(frozen=True, slots=True)
class Move:
    """A provision that is deleted in one place and inserted in another, and the words it kept."""

    old: Member
    new: Member
    words: tuple[Same, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """What stays, in the order of both texts, and what moved, in the order of the new one."""

    kept: tuple[Same, ...]
    moves: tuple[Move, ...]


@dataclass(slots=True)
class _Entry:
    """An entry on both sides, with the words that it has on both."""

    old: list[Member]
    new: list[Member]
    words: list[Same]
    weight: int

    @property
    def is_pair(self) -> bool:
        return len(self.old) == len(self.new) == 1


def find_shared(changes: Changes, old: SideText, new: SideText) -> Shared:
    """Every word that can stay does; each is the same in both texts."""
    entries = list(_entries(changes, old, new))
    flat = [
        (one, index, entry.weight) for index, entry in enumerate(entries) for one in entry.words
    ]
    flat.sort(key=lambda each: each[0].old)
    stays = _heaviest([(one.new, one.length * weight) for one, _, weight in flat])
    kept = [one for (one, _, _), on in zip(flat, stays, strict=True) if on]
    standing = {index for (_, index, _), on in zip(flat, stays, strict=True) if on}
    moves = [
        Move(entry.old[0], entry.new[0], tuple(entry.words))
        for index, entry in enumerate(entries)
        if entry.is_pair and entry.words and index not in standing
    ]
    moves.sort(key=lambda move: move.new.start)
    return Shared(tuple(_joined(kept)), tuple(moves))


def _entries(changes: Changes, old: SideText, new: SideText) -> Iterator[_Entry]:
    lists: tuple[tuple[str, Sequence[tuple[Redline, int, int, int]]], ...] = (
        ("front", [(one.redline, 1, 1, _STAYED) for one in changes.front]),
        ("headings", [(one.redline, 1, 1, 1) for one in changes.headings]),
        ("changes", [(_whole(one), len(one.old), len(one.new), 1 if one.moved else _STAYED)
                     for one in changes.changes]),
    )  # fmt: skip
    texts = old.text, new.text
    for part, rows in lists:
        for at, (pieces, before, after, weight) in enumerate(rows):
            olds = [old.members.get((part, at, member)) for member in range(before)]
            news = [new.members.get((part, at, member)) for member in range(after)]
            one, other = [m for m in olds if m], [m for m in news if m]
            if len(one) == len(other) == 1 and _alike(one[0], other[0], texts):
                whole = Same(one[0].start, other[0].start, one[0].end - one[0].start)
                yield _Entry(one, other, [whole], weight)
            elif one and other:
                words = [
                    same
                    for same in _words(pieces, one, other)
                    if old.text[same.old : same.old + same.length]
                    == new.text[same.new : same.new + same.length]
                ]
                words.sort(key=lambda same: same.old)
                yield _Entry(one, other, _joined(words), weight)


def _alike(old: Member, new: Member, texts: tuple[str, str]) -> bool:
    """Whether nothing of it differs, its number included: as of most articles."""
    return texts[0][old.start : old.end] == texts[1][new.start : new.end]


def _whole(change: Change) -> Redline:
    """The number of an item goes and comes with the item; of most articles no word differs."""
    return whole_items(change.redline) if change.is_reworded else change.redline


def _words(pieces: Redline, old: list[Member], new: list[Member]) -> Iterator[Same]:
    inside = list(_inside(pieces, _words_of(old), _words_of(new)))
    yield from inside
    for one, other in _pairs(inside, old, new):
        yield from _head(one, other)
    yield Same(old[-1].end - 1, new[-1].end - 1, 1)


def _words_of(members: list[Member]) -> list[Words]:
    return [words for member in members for words in member.words]


def _inside(pieces: Redline, old: list[Words], new: list[Words]) -> Iterator[Same]:
    """The equal pieces of a redline, by their places in both texts. The blank line between two
    articles of an entry is one newline in the text, which counts once."""
    i = j = one = other = 0
    past = (-1, -1)
    for op, text in pieces:
        at = 0 if op is Op.EQUAL else len(text)
        while at < len(text):
            while i < len(old) and old[i].at + old[i].length <= one + at:
                i += 1
            while j < len(new) and new[j].at + new[j].length <= other + at:
                j += 1
            if i == len(old) or j == len(new):
                break
            before, after = one + at - old[i].at, other + at - new[j].at
            if before < 0 or after < 0:  # a blank line of a text is nowhere in the document
                at += max(-before, -after)
                continue
            length = min(len(text) - at, old[i].length - before, new[j].length - after)
            same = Same(old[i].place + before, new[j].place + after, length)
            if same.old > past[0] and same.new > past[1]:
                yield same
                past = (same.old + length - 1, same.new + length - 1)
            at += length
        one += len(text) if op is not Op.INSERT else 0
        other += len(text) if op is not Op.DELETE else 0


def _pairs(
    inside: list[Same], old: list[Member], new: list[Member]
) -> Iterator[tuple[Member, Member]]:
    """Whose number is set against whose: of articles that begin with words of each other."""
    if len(old) == len(new) == 1:
        yield old[0], new[0]
        return
    starts = [one.start for one in old], [one.start for one in new]
    seen: tuple[set[int], set[int]] = (set(), set())
    for same in inside:
        i, j = bisect_right(starts[0], same.old) - 1, bisect_right(starts[1], same.new) - 1
        if i not in seen[0] and j not in seen[1]:
            yield old[i], new[j]
        seen[0].add(i)
        seen[1].add(j)


def _head(old: Member, new: Member) -> Iterator[Same]:
    """What the numbers have in common at both ends, 第 and 条, then what stands behind them, and
    the words of the captions."""
    for (one, at), (other, to) in zip(old.head, new.head, strict=False):
        if one == other:
            if one:
                yield Same(at, to, len(one))
            continue
        (mark, behind), (sign, beyond) = _cut(one, at), _cut(other, to)
        yield from _ends(mark, sign)
        yield from _ends(behind, beyond)
    (caption, place), (now, there) = old.caption, new.caption
    if caption and now:
        at = to = 0
        for op, text in redline(caption, now):
            if op is Op.EQUAL:
                yield Same(place + at, there + to, len(text))
            at += len(text) if op is not Op.INSERT else 0
            to += len(text) if op is not Op.DELETE else 0


def _cut(head: str, place: int) -> tuple[list[Sign], list[Sign]]:
    """The signs of a number, and those between it and the text."""
    signs = [(one[0], place + one.start()) for one in _SIGN.finditer(head)]
    at = next((at for at, (sign, _) in enumerate(signs) if sign == "\u3000"), len(signs))
    return signs[:at], signs[at:]


def _ends(old: list[Sign], new: list[Sign]) -> Iterator[Same]:
    least = min(len(old), len(new))
    front = next((at for at in range(least) if old[at][0] != new[at][0]), least)
    left = least - front
    back = next((at for at in range(left) if old[-1 - at][0] != new[-1 - at][0]), left)
    for at in (*range(front), *range(-back, 0)):
        yield Same(old[at][1], new[at][1], len(old[at][0]))


def _joined(words: list[Same]) -> list[Same]:
    """Neighbours in both texts as one."""
    joined: list[Same] = []
    old = new = -1  # where the last one ends
    for same in words:
        if same.old == old and same.new == new:
            last = joined[-1]
            joined[-1] = Same(last.old, last.new, last.length + same.length)
        else:
            joined.append(same)
        old, new = same.old + same.length, same.new + same.length
    return joined


def _heaviest(rows: list[tuple[int, int]]) -> list[bool]:
    """Which of these (place, weight) are on the rising chain that weighs most.

    >>> _heaviest([(0, 1), (5, 4), (1, 1), (2, 1), (6, 1)])
    [True, True, False, False, True]
    """
    if all(one[0] < other[0] for one, other in pairwise(rows)):
        return [True] * len(rows)  # as of most laws
    order = {place: at for at, place in enumerate(sorted(place for place, _ in rows), 1)}
    tree = [(0, -1)] * (len(order) + 1)  # Fenwick tree: the best chain that ends at or below
    before: list[int] = []
    best = (0, -1)
    for index, (place, weight) in enumerate(rows):
        at = order[place] - 1
        reach = (0, -1)
        while at:
            reach = max(reach, tree[at])
            at &= at - 1
        before.append(reach[1])
        own = (reach[0] + weight, index)
        best = max(best, own)
        at = order[place]
        while at < len(tree):
            tree[at] = max(tree[at], own)
            at += at & -at
    stays = [False] * len(rows)
    walk = best[1]
    while walk >= 0:
        stays[walk] = True
        walk = before[walk]
    return stays
