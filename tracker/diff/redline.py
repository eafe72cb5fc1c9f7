"""Which words changed between two texts, so that a lawyer can read it.

Third stage of a comparison. Lines first, then tokens inside the lines that differ
(diff-match-patch over one code point a token), then clean-up. Below `STACKED_BELOW` the two texts
are given whole, one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Indel

from tracker.diff.cleanup import Hunk, clean
from tracker.diff.model import Op, Redline
from tracker.diff.tokens import cut

__all__ = ["STACKED_BELOW", "Drawn", "draw", "redline", "similarity"]

STACKED_BELOW: Final = 0.5
"""Similarity under which an inline redline is noise: half of all characters would be marked."""
_SMALL: Final = 4_000  # pairs of tokens up to which diff-match-patch, in Python, takes under 1 ms
_LARGE: Final = 400_000_000  # pairs of tokens or lines up to which the bit-parallel way takes < 1 s
_LONG: Final = 20_000  # characters; beyond it the similarity is that of the head and the tail
_PRIVATE: Final = (
    tuple(range(0xE000, 0xF900)), tuple(range(0xF0000, 0xFFFFE)), tuple(range(0x100000, 0x10FFFE))
)  # fmt: skip


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
    alike = similarity(old, new)
    if not old or not new or alike < STACKED_BELOW:
        return Drawn(_stacked(old, new), alike)
    hunks, capped = _by_lines(old, new)
    pieces = tuple(
        (op, "".join(tokens)) for op, tokens in clean(hunks) if tokens
    )  # fmt: skip
    return Drawn(pieces, alike, capped)


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


def _by_lines(old: str, new: str) -> tuple[list[Hunk], bool]:
    """Diff lines, then tokens within each run of lines that differ."""
    a, b = _keep_ends(old), _keep_ends(new)
    capped = False
    hunks: list[Hunk] = []
    blocks = _opcodes(a, b)
    if blocks is None:
        return [(Op.DELETE, [old]), (Op.INSERT, [new])], True
    for same, i, k, j, m in blocks:
        if same:
            hunks.append((Op.EQUAL, [t for line in a[i:k] for t in cut(line)]))
            continue
        left = [t for line in a[i:k] for t in cut(line)]
        right = [t for line in b[j:m] for t in cut(line)]
        inner = _by_tokens(left, right)
        capped = capped or inner is None
        hunks += inner if inner is not None else [(Op.DELETE, left), (Op.INSERT, right)]
    return hunks, capped


def _keep_ends(text: str) -> list[str]:
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + [lines[-1]]


def _by_tokens(left: Sequence[str], right: Sequence[str]) -> list[Hunk] | None:
    if not left or not right:
        return [(Op.DELETE, list(left)), (Op.INSERT, list(right))]
    blocks = _opcodes(left, right)
    if blocks is None:
        return None
    hunks: list[Hunk] = []
    for same, i, k, j, m in blocks:
        if same:
            hunks.append((Op.EQUAL, list(left[i:k])))
        else:
            hunks += [(Op.DELETE, list(left[i:k])), (Op.INSERT, list(right[j:m]))]
    return hunks


def _opcodes(
    left: Sequence[str], right: Sequence[str]
) -> list[tuple[bool, int, int, int, int]] | None:
    """Runs that are equal or not: (equal, from, to, from, to); None where it is too large."""
    head = 0
    while head < min(len(left), len(right)) and left[head] == right[head]:
        head += 1
    tail = 0
    most = min(len(left), len(right)) - head
    while tail < most and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    a, b = left[head : len(left) - tail], right[head : len(right) - tail]
    middle = _middle(a, b)
    if middle is None:
        return None
    runs = [(True, 0, head, 0, head)] if head else []
    runs += [(s, i + head, k + head, j + head, m + head) for s, i, k, j, m in middle]
    if tail:
        runs.append((True, len(left) - tail, len(left), len(right) - tail, len(right)))
    return runs


def _middle(a: Sequence[str], b: Sequence[str]) -> list[tuple[bool, int, int, int, int]] | None:
    if not a or not b:
        return [(False, 0, len(a), 0, len(b))] if a or b else []
    mapped = _map(a, b)
    if mapped is None or len(a) * len(b) > _LARGE:
        return None
    runs: list[tuple[bool, int, int, int, int]] = []
    i = j = 0
    for same, deleted, inserted in _steps(*mapped):
        if runs and not same and not runs[-1][0]:  # a deletion and what replaces it are one run
            runs[-1] = (False, runs[-1][1], i + deleted, runs[-1][3], j + inserted)
        else:
            runs.append((same, i, i + deleted, j, j + inserted))
        i, j = i + deleted, j + inserted
    return runs


def _steps(left: str, right: str) -> Iterator[tuple[bool, int, int]]:
    """Equal or not, and how many code points of each side; a shortest edit script."""
    if len(left) * len(right) > _SMALL:
        for code in Indel.opcodes(left, right):
            deleted, inserted = code.src_end - code.src_start, code.dest_end - code.dest_start
            yield code.tag == "equal", deleted, inserted
        return
    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    for op, text in engine.diff_main(left, right, False):
        yield op == 0, len(text) if op <= 0 else 0, len(text) if op >= 0 else 0


def _map(a: Sequence[str], b: Sequence[str]) -> tuple[str, str] | None:
    """Each distinct token becomes one private-use code point; None where they do not suffice.

    The source may hold such characters itself: they are in tokens, and never reach the diff.
    """
    codes: dict[str, str] = {}
    room = sum(len(plane) for plane in _PRIVATE)
    for token in (*a, *b):
        if token not in codes:
            if len(codes) == room:
                return None
            codes[token] = _private(len(codes))
    return "".join(map(codes.__getitem__, a)), "".join(map(codes.__getitem__, b))


def _private(index: int) -> str:
    for plane in _PRIVATE:
        if index < len(plane):
            return chr(plane[index])
        index -= len(plane)
    raise IndexError(index)
