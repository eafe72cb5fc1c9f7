"""Which words changed between two texts, so that a lawyer can read it.

Third stage of a comparison. Lines first, then tokens inside the lines that differ
(a shortest edit script), then clean-up. Below `STACKED_BELOW` the two texts
are given whole, one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import Indel

from tracker.diff.cleanup import Hunk, clean
from tracker.diff.model import Op, Redline
from tracker.diff.tokens import cut
from tracker.law.numbering import NUMERAL

__all__ = ["STACKED_BELOW", "Drawn", "draw", "redline", "similarity"]

STACKED_BELOW: Final = 0.5
"""Similarity under which an inline redline is noise: half of all characters would be marked."""
_LARGE: Final = 400_000_000  # pairs of tokens or lines up to which the bit-parallel way takes < 1 s
_LONG: Final = 20_000  # characters; beyond it the similarity is that of the head and the tail
_ANCHOR: Final = 8  # characters of an equal clause that is not taken apart: 县级以上人民政府 has 8
_CLAUSE: Final = re.compile(rf"[，。；：\n](?!{NUMERAL})")  # 1，000 is one number


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
            hunks.append((Op.EQUAL, _outer(a[i:k])))
            continue
        inner = _inside("".join(a[i:k]), "".join(b[j:m]))
        capped = capped or inner is None
        hunks += inner or [(Op.DELETE, a[i:k]), (Op.INSERT, b[j:m])]
    return hunks, capped


def _outer(lines: Sequence[str]) -> list[str]:
    """Equal lines as tokens: a change beside them may slide over the marks at their end only."""
    last = lines[-1].rstrip("；。，\n")
    return [*lines[:-1], last, *lines[-1][len(last) :]]


def _keep_ends(text: str) -> list[str]:
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + [lines[-1]]


def _inside(old: str, new: str) -> list[Hunk] | None:
    """Clauses, then tokens within each run of clauses that differ."""
    a, b = _clauses(old), _clauses(new)
    hunks: list[Hunk] = []
    blocks = _opcodes(_anchors(a, "-"), _anchors(b, "+"))
    for same, i, k, j, m in blocks or [(False, 0, len(a), 0, len(b))]:
        if same:
            hunks.append((Op.EQUAL, _outer(a[i:k])))
            continue
        inner = _by_tokens(cut("".join(a[i:k])), cut("".join(b[j:m])))
        if inner is None:
            return None
        hunks += inner
    return hunks


def _clauses(text: str) -> list[str]:
    """A text cut behind its marks, but never inside a title or a number."""
    ends = [match.end() for match in _CLAUSE.finditer(text)]
    if "《" in text:
        ends = [end for end in ends if text.count("《", 0, end) == text.count("》", 0, end)]
    return [text[i:k] for i, k in pairwise([0, *(end for end in ends if end < len(text)),
                                            len(text)])]  # fmt: skip


def _anchors(clauses: list[str], side: str) -> list[str]:
    """The clauses that hold two texts together; a short one is equal to none of the other side."""
    return [
        clause if len(clause) >= _ANCHOR else f"{side}{at}" for at, clause in enumerate(clauses)
    ]


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


Run = tuple[bool, int, int, int, int]


def _opcodes(left: Sequence[str], right: Sequence[str]) -> list[Run] | None:
    """Runs that are equal or not: (equal, from, to, from, to); None where it is too large."""
    head = tail = 0
    if len(left) * len(right) > _LARGE:
        head, tail = _common_ends(left, right)
        if (len(left) - head - tail) * (len(right) - head - tail) > _LARGE:
            return None
    n, m = len(left), len(right)
    runs: list[Run] = [(True, 0, head, 0, head)] if head else []
    i = j = head
    inner = (left, right) if not head and not tail else (left[i : n - tail], right[j : m - tail])
    for block in Indel.editops(*inner).as_matching_blocks():
        at, there = block.a + head, block.b + head
        if at > i or there > j:
            runs.append((False, i, at, j, there))
        i, j = at + block.size, there + block.size
        if block.size:
            runs.append((True, at, i, there, j))
    if tail:
        runs.append((True, n - tail, n, m - tail, m))
    return runs


def _common_ends(left: Sequence[str], right: Sequence[str]) -> tuple[int, int]:
    most = min(len(left), len(right))
    head = next((at for at in range(most) if left[at] != right[at]), most)
    rest = most - head
    tail = next((at for at in range(rest) if left[-1 - at] != right[-1 - at]), rest)
    return head, tail
