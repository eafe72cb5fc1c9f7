"""Which words changed between two texts, so that a lawyer can read it.

Third stage of a comparison. Tokens first, then the longest common subsequence of them, weighted by
length, then clean-up. Below `STACKED_BELOW` the two texts are given whole, one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from threading import get_ident
from typing import Final

from rapidfuzz.distance import Indel, Postfix, Prefix

from tracker.diff.cleanup import Block, Shared, Stretch, clean
from tracker.diff.model import Op, Redline
from tracker.diff.moved_text import split_moves
from tracker.diff.tokens import codebook, cut_both

__all__ = ["STACKED_BELOW", "Drawn", "draw", "redline", "similarity"]

STACKED_BELOW: Final = 0.5
"""Similarity under which an inline redline is noise: half of all characters would be marked."""
_LARGE: Final = 400_000_000  # pairs of characters up to which the bit-parallel way takes < 1 s
_LONG: Final = 20_000  # characters; beyond it the similarity is that of the head and the tail
_ENDS: Final = "，。；：\n"
_FIRST: Final = "1"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A redline, the similarity of its two sides, and whether a size limit cut it short."""

    redline: Redline
    similarity: float
    capped: bool = False


def redline(old: str, new: str) -> Redline:
    """The pieces that turn `old` into `new`; both sides can be rebuilt from it exactly.

    >>> show = {Op.EQUAL: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "{{+{}+}}"}
    >>> pieces = redline("处一万元以上十万元以下罚款", "处五万元以上五十万元以下罚款")
    >>> "".join(show[op].format(text) for op, text in pieces)
    '处[-一万元-]{+五万元+}以上[-十万元-]{+五十万元+}以下罚款'
    """
    return draw(old, new).redline


@lru_cache(maxsize=4096)
def draw(old: str, new: str) -> Drawn:
    """The redline of two texts with its similarity."""
    if old == new:
        return Drawn(((Op.EQUAL, old),) if old else (), 1.0)
    if not old or not new:
        return Drawn(_stacked(old, new), 0.0)
    alike = similarity(old, new)
    if alike < STACKED_BELOW:
        return Drawn(_stacked(old, new), alike)
    shared, capped = _shared(old, new)
    clean(shared)
    return Drawn(split_moves(_pieces(shared), shared), alike, capped)


@lru_cache(maxsize=65536)
def similarity(old: str, new: str) -> float:
    """The Indel ratio, 0 to 1, rounded to 4 places; of head and tail where a text is long."""
    if max(len(old), len(new)) > _LONG:
        half = _LONG // 2
        old, new = old[:half] + old[-half:], new[:half] + new[-half:]
    return round(Indel.normalized_similarity(old, new), 4)


def _stacked(old: str, new: str) -> Redline:
    both = ((Op.DELETE, old), (Op.INSERT, new))
    return tuple((op, text) for op, text in both if text)


def _pieces(shared: Shared) -> list[tuple[Op, str]]:
    pieces: list[tuple[Op, str]] = []
    i = j = 0
    for begin, end, other in shared.blocks:
        if begin > i:
            pieces.append((Op.DELETE, shared.old[i:begin]))
        if other > j:
            pieces.append((Op.INSERT, shared.new[j:other]))
        if end > begin:
            pieces.append((Op.EQUAL, shared.old[begin:end]))
        i, j = end, other + end - begin
    return pieces


def _shared(old: str, new: str) -> tuple[Shared, bool]:
    """What both texts share, in whole tokens; clauses that both begin or end with stay whole."""
    head = _head(old, new)
    tail = _tail(old, new, head)
    shared = Shared(old, new, [(0, head, 0)], ([(head, "", set())], [(head, "", set())]))
    capped = not _fill(shared, (head, len(old) - tail), (head, len(new) - tail))
    shared.blocks.append((len(old) - tail, len(old), len(new) - tail))
    return shared, capped


def _fill(shared: Shared, old: Stretch, new: Stretch, *, lines: bool = True) -> bool:
    """Add what two stretches share to the blocks; whether they were looked at word by word."""
    a, b = shared.old[slice(*old)], shared.new[slice(*new)]
    large = len(a) * len(b) > _LARGE
    if large and lines:
        return _fill_by_lines(shared, old, new, a, b)
    book = codebook(get_ident())
    codes = None if large else book.write_both(a, b)
    if codes is not None:
        firsts = book.codes.firsts
        _align(shared.blocks, codes, firsts, (old[0], new[0]))
    else:
        left, right = cut_both(a, b)
        if large and len(left) * len(right) > _LARGE:
            return False
        blocks = _align_rows(left, right)
        shared.blocks += [(i + old[0], k + old[0], j + new[0]) for i, k, j in blocks]
        firsts = {_FIRST}
        codes = _marked(left), _marked(right)
    shared.tokens[0].append((old[0], codes[0], firsts))
    shared.tokens[1].append((new[0], codes[1], firsts))
    return True


def _marked(tokens: Sequence[str]) -> str:
    """For each character of these tokens whether it is the first of one."""
    return "".join(_FIRST.ljust(len(token)) for token in tokens)


def _fill_by_lines(shared: Shared, old: Stretch, new: Stretch, a: str, b: str) -> bool:
    """The same for stretches that are too large: whole lines first, then inside what is left."""
    left, right = a.splitlines(keepends=True), b.splitlines(keepends=True)
    if len(left) * len(right) > _LARGE:
        return False
    whole, (i, j) = True, (old[0], new[0])
    for begin, end, other in [*_align_rows(left, right), (len(a), len(a), len(b))]:
        here = (begin + old[0], other + new[0])
        if here[0] > i and here[1] > j:
            whole &= _fill(shared, (i, here[0]), (j, here[1]), lines=False)
        shared.blocks.append((here[0], end + old[0], here[1]))
        i, j = end + old[0], here[1] + end - begin
    return whole


def _head(old: str, new: str) -> int:
    """How many characters at the start are equal whole clauses."""
    same = Prefix.similarity(old, new)
    while same and (old[same - 1] not in _ENDS or _in_number(old, same) or _in_number(new, same)):
        same = max(old.rfind(mark, 0, same - 1) for mark in _ENDS) + 1
    return same


def _tail(old: str, new: str, head: int) -> int:
    """Likewise at the end, behind the head."""
    same = min(Postfix.similarity(old, new), len(old) - head, len(new) - head)
    at, begin = len(old) - same, len(old) - same
    while at < len(old) and (at == begin or old[at - 1] not in _ENDS or _in_number(old, at)):
        at = min((end for mark in _ENDS if (end := old.find(mark, at)) >= 0), default=len(old)) + 1
    return max(0, len(old) - at)


def _in_number(text: str, at: int) -> bool:
    """Whether a place behind a comma is inside a number: 1，000."""
    return text[at - 1 : at] == "，" and text[at : at + 1].isdigit()


def _align(
    blocks: list[Block], codes: tuple[str, str], firsts: set[str], begins: tuple[int, int]
) -> None:
    """Add what two texts in codes share, the most characters that can be had, in whole tokens.

    Each token has as many code points as it has characters, so that the longest common subsequence
    counts characters. `begins` is where the two lie in the whole texts.
    """
    a, i, j = codes[0], *begins
    for begin, other, size in Indel.opcodes(*codes).as_matching_blocks():
        first, last = begin, begin + size
        while first < last and a[first] not in firsts:
            first += 1
        while last > first and last < len(a) and a[last] not in firsts:
            last -= 1
        if last > first:
            blocks.append((first + i, last + i, other + first - begin + j))


def _align_rows(left: Sequence[str], right: Sequence[str]) -> list[Block]:
    """What two rows of tokens or lines share, the most of them that can be had."""
    old, new = ([*accumulate(map(len, side), initial=0)] for side in (left, right))
    return [
        (old[i], old[i + size], new[j])
        for i, j, size in Indel.opcodes(left, right).as_matching_blocks()
        if size
    ]
