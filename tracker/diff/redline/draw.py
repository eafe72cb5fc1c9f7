"""Which words changed between two texts, so that a lawyer can read it.

Third stage of a comparison. Tokens first, then the longest common subsequence of them, weighted by
length, then clean-up. Texts that are less than `STACKED_BELOW` alike keep only long runs: they are
shown one above the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from threading import get_ident
from typing import Final

from rapidfuzz.distance import Indel

from tracker.diff.redline.cleanup import clean
from tracker.diff.redline.moved_text import pieces_of
from tracker.diff.redline.pieces import Op, Redline
from tracker.diff.redline.renumbered import Renamed, rewritten, shows_twice
from tracker.diff.redline.shared import Block, Shared, Stretch
from tracker.diff.redline.tokens import (
    FIRST,
    WHOLE,
    WHOLE_CLAUSE,
    Clauses,
    clauses_of,
    codebook,
    cut_both,
)

__all__ = ["DRAWN", "Drawn", "draw", "draw_all", "redline", "similarity"]

_LARGE: Final = 400_000_000  # pairs of characters up to which the bit-parallel way takes < 1 s
_LONG: Final = 20_000  # characters; beyond it the similarity is that of the head and the tail
_LOT: Final = 30_000  # characters cut in one go: fewer than there are codes
_REMEMBERED: Final = 4096  # redlines: a 款 that is its whole article, a text in three versions

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A redline, the similarity of its two sides, and whether a size limit cut it short."""

    redline: Redline
    similarity: float
    capped: bool = False

    @property
    def is_equal(self) -> bool:
        """Whether nothing differs: then there is one piece at most."""
        return not self.redline or (len(self.redline) == 1 and self.redline[0][0] is Op.EQUAL)


DRAWN: Final[dict[Pair, Drawn]] = {}
"""The last redlines, for those who draw one twice."""


def redline(old: str, new: str) -> Redline:
    """The pieces that turn `old` into `new`; both sides can be rebuilt from it exactly.

    >>> show = {Op.EQUAL: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "{{+{}+}}"}
    >>> pieces = redline("处一万元以上十万元以下罚款", "处五万元以上五十万元以下罚款")
    >>> "".join(show[op].format(text) for op, text in pieces)
    '处[-一万元-]{+五万元+}以上[-十万元-]{+五十万元+}以下罚款'
    """
    return draw(old, new).redline


def draw(old: str, new: str) -> Drawn:
    """The redline of two texts with its similarity."""
    return draw_all([(old, new)])[0]


def draw_all(pairs: Sequence[Pair], names: Sequence[Renamed] = ()) -> list[Drawn]:
    """The same for many pairs of texts, in half the time: see `Codebook.write`.

    `names`, if given, is what `renumbered.renamed` says of each pair.
    """
    if len(DRAWN) + len(pairs) > _REMEMBERED:
        DRAWN.clear()
    drawn = [_drawn_whole(old, new) for old, new in pairs]
    if any(names):
        _draw_renamed(pairs, names, drawn)
    left = [pair for pair, done in zip(pairs, drawn, strict=True) if done is None]
    found = {pair: done for pair in left if (done := DRAWN.get(pair))}
    alike = {pair: _ratio(*pair) for pair in left if pair not in found}
    for (pair, ratio), (shared, capped) in zip(alike.items(), _shared([*alike]), strict=True):
        clean(shared, ratio)
        found[pair] = DRAWN[pair] = Drawn(pieces_of(shared), ratio, capped)
    return [done or found[pair] for pair, done in zip(pairs, drawn, strict=True)]


def _draw_renamed(
    pairs: Sequence[Pair], names: Sequence[Renamed], drawn: list[Drawn | None]
) -> None:
    """Draw those pairs whose citations got other numbers, each paired with what it became; but none
    of which that would show one citation as gone and come at one place."""
    every = {
        at: rewritten(pairs[at][0], name)
        for at, name in enumerate(names)
        if name and drawn[at] is None
    }
    texts = {at: text for at, text in every.items() if text.spans}
    apart = _shared([(text.text, pairs[at][1]) for at, text in texts.items()])
    for (at, text), (shared, capped) in zip(texts.items(), apart, strict=True):
        ratio = _ratio(*pairs[at])
        text.given_back(shared, pairs[at][0])
        clean(shared, ratio)
        pieces = pieces_of(shared)
        if not shows_twice(pieces):
            drawn[at] = Drawn(pieces, ratio, capped)


def _drawn_whole(old: str, new: str) -> Drawn | None:
    """The redline of texts that are equal, or of which one is empty."""
    if old == new:
        return Drawn(((Op.EQUAL, old),) if old else (), 1.0)
    if old and new:
        return None
    return Drawn(((Op.DELETE, old),) if old else ((Op.INSERT, new),), 0.0)


@lru_cache(maxsize=65536)  # what lies inside articles is looked at more than once
def similarity(old: str, new: str) -> float:
    """The Indel ratio, 0 to 1, rounded to 4 places; of head and tail where a text is long."""
    return _ratio(old, new)


def _ratio(old: str, new: str) -> float:
    if max(len(old), len(new)) > _LONG:
        half = _LONG // 2
        old, new = old[:half] + old[-half:], new[:half] + new[-half:]
    return round(Indel.normalized_similarity(old, new), 4)


@dataclass(slots=True)
class _Middle:
    """A stretch of two texts that is compared word by word: from and to in each."""

    shared: Shared
    old: Stretch
    new: Stretch
    clauses: tuple[Clauses, Clauses]

    @property
    def size(self) -> int:
        return self.old[1] - self.old[0] + self.new[1] - self.new[0]

    @property
    def is_large(self) -> bool:
        return (self.old[1] - self.old[0]) * (self.new[1] - self.new[0]) > _LARGE


def _shared(pairs: list[Pair]) -> Iterator[tuple[Shared, bool]]:
    """What the texts of each pair share, in whole tokens, and whether a limit cut that short."""
    sides = clauses_of([text for pair in pairs for text in pair])
    clauses = zip(sides[::2], sides[1::2], strict=True)
    for lot in _in_lots([_middle(*pair, *both) for pair, both in zip(pairs, clauses, strict=True)]):
        whole = [_fill_by_lines(lot[0])] if lot[0].is_large else _fill(lot)
        for middle, done in zip(lot, whole, strict=True):
            shared = middle.shared
            shared.blocks.append((middle.old[1], len(shared.old), middle.new[1]))
            yield shared, not done


def _middle(old: str, new: str, a: Clauses, b: Clauses) -> _Middle:
    """What lies between the clauses that both texts begin with and those that both end with.

    Of the latter the first stays in the middle where something else stands before it in the other
    text: it may be a part of what came or went.
    """
    most = min(len(a), len(b))
    first = last = 0
    while first < most and a[first] == b[first]:
        first += 1
    while last < most - first and a[-last - 1] == b[-last - 1]:
        last += 1
    head = sum(map(len, a[:first]))
    tail = sum(map(len, a[len(a) - last :]))
    if last and (head + tail in (len(old), len(new)) or old[-tail - 1] != new[-tail - 1]):
        last -= 1
        tail -= len(a[-last - 1])
    shared = Shared(old, new, [(0, head, 0)], ([(head, "")], [(head, "")]))
    middles = a[first : len(a) - last], b[first : len(b) - last]
    return _Middle(shared, (head, len(old) - tail), (head, len(new) - tail), middles)


def _in_lots(middles: list[_Middle]) -> Iterator[list[_Middle]]:
    """In lots of at most `_LOT` characters, or of one that is larger."""
    lot: list[_Middle] = []
    size = 0
    for middle in middles:
        if lot and size + middle.size > _LOT:
            yield lot
            lot, size = [], 0
        lot.append(middle)
        size += middle.size
    if lot:
        yield lot


def _fill(middles: list[_Middle]) -> list[bool]:
    """Add what stretches share to their blocks; whether each was looked at word by word."""
    book = codebook(get_ident())
    written = book.write([middle.clauses for middle in middles])
    if written is None:
        return [_fill_by_tokens(middle) for middle in middles]
    for middle, codes in zip(middles, written, strict=True):
        for gone, come in _align(middle, codes):
            _align_words(middle.shared, gone, come)
    return [True] * len(middles)


def _fill_by_tokens(middle: _Middle) -> bool:
    """The same for one stretch with more tokens than there are codes: the most tokens, however
    long they are."""
    left, right = cut_both(*middle.clauses)
    if middle.is_large and len(left) * len(right) > _LARGE:
        return False
    shared, (i, j) = middle.shared, (middle.old[0], middle.new[0])
    shared.blocks += [(a + i, b + i, c + j) for a, b, c in _align_rows(left, right)]
    shared.tokens[0].append((i, _marked(left)))
    shared.tokens[1].append((j, _marked(right)))
    return True


def _marked(tokens: Sequence[str]) -> str:
    """For each character of these tokens whether it is the first of one."""
    return "".join(FIRST.ljust(len(token)) for token in tokens)


def _fill_by_lines(middle: _Middle) -> bool:
    """The same for a stretch that is too large: whole lines first, then inside what is left."""
    shared, old, new = middle.shared, middle.old, middle.new
    a, b = shared.old[slice(*old)], shared.new[slice(*new)]
    left, right = a.splitlines(keepends=True), b.splitlines(keepends=True)
    if len(left) * len(right) > _LARGE:
        return False
    whole, (i, j) = True, (old[0], new[0])
    for begin, end, other in [*_align_rows(left, right), (len(a), len(a), len(b))]:
        here = (begin + old[0], other + new[0])
        if here[0] > i and here[1] > j:
            texts = clauses_of([shared.old[i : here[0]], shared.new[j : here[1]]])
            inside = _Middle(shared, (i, here[0]), (j, here[1]), (texts[0], texts[1]))
            whole &= _fill_by_tokens(inside) if inside.is_large else _fill([inside])[0]
        shared.blocks.append((here[0], end + old[0], here[1]))
        i, j = end + old[0], here[1] + end - begin
    return whole


def _align(middle: _Middle, codes: Pair) -> list[tuple[Stretch, Stretch]]:
    """Add what two stretches in codes share, the most characters that can be had, in whole tokens.

    Each token has as many code points as it has characters, so that the longest common subsequence
    counts characters. Gives the stretches between where something else took the place of a clause
    that may stand elsewhere.
    """
    shared, i, j = middle.shared, middle.old[0], middle.new[0]
    a = codes[0] + FIRST  # a token could begin behind the last one
    blocks = shared.blocks
    gaps: list[tuple[Stretch, Stretch]] = []
    old = new = 0
    for begin, other, size in Indel.editops(*codes).as_matching_blocks():
        first, last = begin, begin + size
        while first < last and a[first] < FIRST:
            first += 1
        while last > first and a[last] < FIRST:
            last -= 1
        if last > first or not size:  # the last one has no size
            there = other + first - begin
            if (first - old >= WHOLE or there - new >= WHOLE) and first > old and there > new:
                gaps.append(((old, first), (new, there)))
            old, new = last, there + last - first
            if last > first:
                blocks.append((first + i, last + i, there + j))
    shared.tokens[0].append((i, codes[0]))
    shared.tokens[1].append((j, codes[1]))
    return [
        ((gone[0] + i, gone[1] + i), (come[0] + j, come[1] + j))
        for gone, come in gaps
        if WHOLE_CLAUSE.search(codes[0], *gone) or WHOLE_CLAUSE.search(codes[1], *come)
    ]


def _align_words(shared: Shared, old: Stretch, new: Stretch) -> None:
    """The same where something else took the place of a clause that the other text has elsewhere:
    [-处五日以下拘留或者五百元以下罚款-]{+处五百元以下罚款+} → 处[-五日以下拘留或者-]五百元以下罚款
    """
    codes = codebook(get_ident()).write_words(shared.old[slice(*old)], shared.new[slice(*new)])
    if codes is not None:
        _align(_Middle(shared, old, new, ([], [])), codes)  # what is long here is one token: a URL
        shared.blocks.sort()


def _align_rows(left: Sequence[str], right: Sequence[str]) -> list[Block]:
    """What two rows of tokens or lines share, the most of them that can be had."""
    old, new = ([*accumulate(map(len, side), initial=0)] for side in (left, right))
    return [
        (old[i], old[i + size], new[j])
        for i, j, size in Indel.opcodes(left, right).as_matching_blocks()
        if size
    ]
