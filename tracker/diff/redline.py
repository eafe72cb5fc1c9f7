"""Which words changed between two texts, so that a lawyer can read it.

Third stage of a comparison. Lines first, then tokens inside the lines that differ
(a shortest edit script), then clean-up. Below `STACKED_BELOW` the two texts
are given whole, one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
    """Tokens of two texts side by side; clauses that both begin or end with are not taken apart."""
    head, tail = _common_clauses(old, new)
    left, right = cut(old[head : len(old) - tail]), cut(new[head : len(new) - tail])
    hunks = _by_tokens(left, right)
    if hunks is None:
        return None
    before, after = [(Op.EQUAL, [old[:head]])], [(Op.EQUAL, [old[len(old) - tail :]])]
    return (before if head else []) + hunks + (after if tail else [])


def _common_clauses(old: str, new: str) -> tuple[int, int]:
    """How many characters at the start and at the end are equal whole clauses; the clause next to
    what differs is not counted, so that a change may slide into it."""
    most = min(len(old), len(new))
    same = _common(most, lambda size: old[:size] == new[:size])
    ends = [match.end() for match in _CLAUSE.finditer(old, 0, same)][:-1]
    head = next((end for end in reversed(ends) if _closed(old[:end])), 0)
    same = _common(most - head, lambda size: old[len(old) - size :] == new[len(new) - size :])
    start = len(old) - same
    begins = [match.end() for match in _CLAUSE.finditer(old, start)][1:]
    tail = next((len(old) - at for at in begins if _closed(old[at:])), 0)
    return head, tail


def _closed(text: str) -> bool:
    return text.count("《") == text.count("》")


def _common(most: int, equal: Callable[[int], bool]) -> int:
    """The largest size up to `most` for which `equal` holds; it holds for all smaller ones."""
    low = 0
    while low < most:
        middle = (low + most + 1) // 2
        low, most = (middle, most) if equal(middle) else (low, middle - 1)
    return low


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
    if len(a) * len(b) > _LARGE:
        return None
    runs: list[tuple[bool, int, int, int, int]] = []
    for code in Indel.opcodes(a, b):
        same = code.tag == "equal"
        one = (same, code.src_start, code.src_end, code.dest_start, code.dest_end)
        if runs and not same and not runs[-1][0]:  # a deletion and what replaces it are one run
            last = runs.pop()
            one = (False, last[1], one[2], last[3], one[4])
        runs.append(one)
    return runs
