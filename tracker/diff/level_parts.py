"""Which 款 or 项 only came apart or grew together: 原第一款分为第一款、第二款.

Used by `levels` where one side has a 款 or 项 that found no partner. Floor 2. The evidence is that
its words stood in one of the other side and that no other part of that one explains them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz.distance import LCSseq

from tracker.diff.redline.pieces import Op, Redline
from tracker.diff.wording import folded
from tracker.law.model import Provision

__all__ = ["cut", "own_text", "parts_of"]

_SHARE: Final = 0.8
"""Share of a part's characters that must stand in the whole, in order, beside the other parts.
仲裁机构之间没有隶属关系 of 仲裁委员会之间也没有隶属关系 has 0.83: a name changed."""
_MAIN: Final = 0.4  # the same of the partner: with less it is another text, nothing is joined to it
_RUN: Final = 6  # characters in a row that both have, so that scattered ones are no evidence
_MANY: Final = 2_000  # pairs of texts; beyond them nothing is looked for
_ENDS: Final = ".;:,"  # a 款 that was a clause before ends in another mark; folded


def own_text(provision: Provision) -> str:
    """The words of a provision itself: without its number and without what lies below it."""
    name = provision.caption or ""
    if name and provision.text:
        name += "。"
    return name + provision.text + provision.responsible_words


def parts_of(
    wholes: Sequence[str], pieces: Sequence[str], links: dict[int, int]
) -> dict[int, tuple[int, ...]]:
    """Those of `wholes` that several of `pieces` make up, each with these pieces in their order.

    `links` says which whole and piece are partners so far. A partner may be one of the pieces; the
    others had none.

    >>> whole = "养护单位应当每日巡查路灯。巡查记录应当保存三年。"
    >>> parts_of([whole], ["养护单位应当每日巡查路灯。", "巡查记录应当保存三年。"], {0: 0})
    {0: (0, 1)}
    """
    taken = set(links.values())
    alone = [j for j in range(len(pieces)) if j not in taken]
    if not alone or len(alone) * len(wholes) > _MANY:
        return {}
    one = [folded(text) for text in wholes]
    other = [folded(text).rstrip(_ENDS) for text in pieces]
    hopeful: dict[int, list[int]] = defaultdict(list)
    for j in alone:
        found = [(_shared(one[i], other[j]), -i) for i in range(len(one))]
        share, place = max(found, default=(0.0, 0))
        if share:
            hopeful[-place].append(j)
    return dict(_sure(one, other, hopeful, links))


def _sure(
    one: list[str], other: list[str], hopeful: dict[int, list[int]], links: dict[int, int]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Those that explain words of a whole that its other parts do not; the least sure go first."""
    for i, found in sorted(hopeful.items()):
        main = links.get(i)
        parts = sorted([*found, *([] if main is None else [main])])
        while len(parts) > 1:
            weakest, missing = _weakest(one[i], other, parts, main)
            if missing <= 0:
                yield i, tuple(parts)
                break
            if weakest == main:
                break
            parts.remove(weakest)


def _weakest(whole: str, other: list[str], parts: list[int], main: int | None) -> tuple[int, float]:
    """The part that explains least of what it must, and how much is missing, as a share."""
    together = LCSseq.similarity(whole, "".join([other[j] for j in parts]))
    found: list[tuple[float, int]] = []
    for j in parts:
        others = LCSseq.similarity(whole, "".join([other[k] for k in parts if k != j]))
        least = _MAIN if j == main else _SHARE
        found.append((least - (together - others) / max(len(other[j]), 1), j))
    missing, weakest = max(found)
    return weakest, missing


def _shared(whole: str, part: str) -> float:
    """How much of a part stands in a whole, 0 where that is not enough."""
    if not _RUN <= len(part) <= len(whole):
        return 0.0
    share = LCSseq.similarity(whole, part) / len(part)
    if share < _SHARE:
        return 0.0
    runs = (part[at : at + _RUN] for at in range(len(part) - _RUN + 1))
    return share if any(run in whole for run in runs) else 0.0


def cut(redline: Redline, sizes: Sequence[int], without: Op) -> list[Redline]:
    """A redline in as many parts as there are sizes, cut on the side that has no piece `without`.

    What only the other side has stands with the part behind it, at the end with the last.

    >>> drawn = (Op.EQUAL, "甲；"), (Op.DELETE, "也"), (Op.EQUAL, "乙。")
    >>> [len(part) for part in cut(drawn, [2, 2], without=Op.DELETE)]
    [1, 2]
    """
    parts: list[list[tuple[Op, str]]] = [[]]
    rest = list(sizes)
    for op, text in redline:
        if op is without:
            parts += [[]] if _is_full(rest) else []
            parts[-1].append((op, text))
            continue
        begin = 0
        while begin < len(text):
            parts += [[]] if _is_full(rest) else []
            size = min(rest[0], len(text) - begin) if len(rest) > 1 else len(text) - begin
            parts[-1].append((op, text[begin : begin + size]))
            rest[0] -= size
            begin += size
    return [tuple(part) for part in parts] + [()] * (len(sizes) - len(parts))


def _is_full(rest: list[int]) -> bool:
    """Whether the part at hand has all its characters; then the next one begins."""
    if len(rest) > 1 and rest[0] == 0:
        del rest[0]
        return True
    return False
