"""Articles that came apart or grew together, partial ones too, and those only their words betray.

Last pass of the alignment. The evidence is what one article has in common with another in runs of
six characters and more, and not with the partners it has already, weighed by how rare its words
are. Stock wording proves nothing, be it of penalties or of this law; numbers prove nothing either.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tracker.diff.align.board import Board, Candidates, Link, capped
from tracker.diff.align.partners import Partners
from tracker.diff.align.runs import Gain, Pair, Texts
from tracker.diff.align.sentences import by_sentences, with_sentences

__all__ = ["by_coverage"]

_JOINED: Final = ((0.18, 18.0), (0.45, 11.0))
"""Neither has a partner: the share of the smaller one that both must have, and how much that is
without stock wording, in rare bigrams (one that only this article has counts 1). Of 30 such pairs
in the laws of `align_unseen` and the gold pairs one is false; it goes to the stronger one below."""
_PARTS: Final = ((4, 0.27, 8.5), (8, 0.15, 24.0), (1 << 30, 0.50, 12.0))
"""One of them has a partner: places from that partner at most, the share of the other's text that
came along, and how much. What lies beside needs less."""
_LEAST_SHARE: Final = min(share for _, share, _ in _PARTS)
_NEAR: Final = 2
_NEAR_WORDS: Final = (0.27, 11.5, 5.0)  # right beside: share, and how much with stock and without
_WHOLE: Final = (0.95, 7.0)
"""A text that as a whole stood in the other one is a part at any distance: a 款 that became an
article of its own, 第十一条第二款 → 第二十三条 of 突发事件应对法."""
_BESIDE: Final = (0.55, 17.0)
"""Right beside the partner an article without one belongs to it when this share of its words is
there, stock words counted too, and `_SOME` of them only there: old 43 and 44 of 会计法 became 41.
"""
_SOME: Final = 9.0
_SHIFTED: Final = ((2, 10.0), (1 << 30, 20.0))
"""Both have partners: places from them at most, and how much. It is a 款 that went from one article
to another, so it makes up at least `_SHIFTED_SHARE` of the smaller one."""
_SHIFTED_SHARE: Final = 0.35
_LEFT: Final = 0.5  # share of the evidence that partners found meanwhile must not explain
_MOST: Final = 8_000_000
"""Characters of all pairs that are looked at, two seconds: 公司法 has 36,000, a code of 5,000
articles 770,000. A thousand articles that became one have 90 million, and took half a minute."""
_TOO_LONG: Final = "条文过长，查找拆分与合并时略去了最长的，个别拆分、合并可能没有找到"
_REACH: Final = 8
_LOOK: Final = 0.22  # covered share below which no pair within reach can be a part
_LOOK_FAR: Final = 0.45
_LOOK_SHIFTED: Final = (0.38, 0.60)  # within reach and beyond
_SAME: Final = 0.98  # ratio of an article and its partner from which nothing left it


def by_coverage(board: Board) -> Iterator[Link]:
    """One article became two, or two became one; or so much was rewritten that the content pass
    found no partner.

    第十三条　甲。乙。 → 第十六条　甲。 第十七条　乙。

    The strongest come first, for what they explain is no evidence for the next: words that 64
    shares with 71, its new partner, do not make it a part of 63.
    """
    every = board.candidates
    if every is None or not len(every):
        return
    partners = Partners(board)
    look = _within_bounds(board, every.where(_worth_a_look(board)))
    pairs = zip(look.old.tolist(), look.new.tolist(), strict=True)
    worth = dict(zip(pairs, look.ratio.tolist(), strict=True))
    later = _within_bounds(board, with_sentences(board))
    both = [np.concatenate(one) for one in ((look.old, later.old), (look.new, later.new))]
    texts = Texts(board, partners, *both)
    first = texts.gains(worth)
    hopeful = [
        pair
        for pair, gain in first.items()
        if gain.share >= _LEAST_SHARE or _enough(gain, pair, partners)
    ]
    gains = texts.gains_beside_stock(hopeful)
    for pair, gain in sorted(gains.items(), key=lambda one: (-one[1].rare, one[0])):
        enough = _enough(gain, pair, partners) or _is_half(pair, gains, partners, texts)
        if board.is_settled(*pair) or not enough:
            continue
        if partners.gained(*pair):
            left = texts.rare_left(*pair)
            if left is None or left < _LEFT * gain.rare:
                continue
        alone = pair[0] not in partners.of_old and pair[1] not in partners.of_new
        partners.add(*pair)
        texts.explain(*pair)
        confidence = min(0.95, 0.5 + max(gain.share, gain.whole_share * 0.5) / 2)
        yield Link(*pair, "coverage", confidence, worth[pair], partial=not alone)
    yield from by_sentences(board, partners, texts, later)


def _within_bounds(board: Board, look: Candidates) -> Candidates:
    """These candidates, but for the longest where all of them together are too long."""
    old, new = (np.array(sizes, dtype=np.int64) for sizes in board.sizes)
    sizes = old[look.old] + new[look.new]
    if int(sizes.sum()) <= _MOST:
        return look
    if (said := capped(_TOO_LONG)) not in board.problems:
        board.problems.append(said)
    order = np.argsort(sizes, kind="stable")
    return look.where(np.sort(order[np.cumsum(sizes[order]) <= _MOST]))


def _worth_a_look(board: Board) -> NDArray[np.int64]:
    """Which candidates can be parts, by the share of the smaller text that the other has."""
    every = board.candidates
    assert every is not None
    to = _partners(board.forward, len(board.old.items))[every.old]
    back = _partners(board.backward, len(board.new.items))[every.new]
    distance = np.minimum(
        np.where(to >= 0, np.abs(every.new - to), _REACH + 1),
        np.where(back >= 0, np.abs(every.old - back), _REACH + 1),
    )
    free, near = (to < 0) & (back < 0), distance <= _REACH
    least = np.where(free | near, _LOOK, _LOOK_FAR)
    both = (to >= 0) & (back >= 0)
    least = np.where(both, np.where(near, *_LOOK_SHIFTED), least)
    # what went from one to the other makes each unlike its own partner, the smaller one much
    like_old, like_new = np.ones(len(board.old.items)), np.ones(len(board.new.items))
    for link in board.links:
        like_old[link.old] = like_new[link.new] = link.similarity
    a, b = like_old[every.old], like_new[every.new]
    apart = (np.minimum(a, b) <= 1 - _SHIFTED_SHARE / 2) & (np.maximum(a, b) < _SAME)
    # far from a partner most of the text without one came along, and not only of a short other one
    sizes_old, sizes_new = (
        np.array([len(item.masked) for item in side.items], dtype=np.int64)
        for side in (board.old, board.new)
    )
    first, second = sizes_old[every.old], sizes_new[every.new]
    alone = np.where(to < 0, first, second)
    most = every.covered * np.minimum(first, second) / np.maximum(alone, 1)
    likely = np.where(both, apart, free | near | (most >= _LOOK_FAR * 0.8))
    return np.flatnonzero((every.covered >= least) & (to != every.new) & likely)


def _partners(links: dict[int, int], size: int) -> NDArray[np.int64]:
    partner = np.full(size, -1)
    partner[list(links.keys())] = list(links.values())
    return partner


def _enough(gain: Gain, pair: tuple[int, int], partners: Partners) -> bool:
    """Whether what two articles share makes them one, or one a part of the other."""
    old, new = pair
    taken = (old in partners.of_old) + (new in partners.of_new)
    if taken == 0:
        return any(gain.share >= share and gain.rare >= rare for share, rare in _JOINED)
    distance = partners.distance(old, new)
    if taken == 2:
        enough = any(distance <= places and gain.rare >= rare for places, rare in _SHIFTED)
        return enough and gain.share >= _SHIFTED_SHARE
    for places, share, rare in _PARTS:
        if distance <= places and gain.share >= share and gain.rare >= rare:
            return True
    if gain.whole_share >= _WHOLE[0] and gain.words >= _WHOLE[1]:
        return True
    share, words, rare = _NEAR_WORDS
    if distance <= _NEAR and gain.share >= share and gain.words >= words and gain.rare >= rare:
        return True
    beside = gain.whole_share >= _BESIDE[0] and gain.whole >= _BESIDE[1]
    return distance == 1 and beside and gain.words >= _SOME


def _is_half(pair: Pair, gains: dict[Pair, Gain], partners: Partners, texts: Texts) -> bool:
    """Whether two articles side by side, of which one is this pair's, share as much with one
    article as a part beside a partner must: if either was the partner, the other would be a part.

    第十一条　加强宣传…，鼓励研究… → 第十六条　加强宣传… 第十七条　鼓励研究…, a third each.
    Only where none of the three has a partner, and the two have not the same words. In 292 pairs of
    laws, mutations among them, this finds three parts more, all of them right.
    """
    old, new = pair
    _, share, rare = _PARTS[0]

    def is_likely(old: int, new: int) -> bool:
        gain = gains.get((old, new))
        free = old not in partners.of_old and new not in partners.of_new
        return free and gain is not None and gain.share >= share and gain.rare >= rare

    beside = (old, new - 1), (old, new + 1), (old - 1, new), (old + 1, new)
    return is_likely(old, new) and any(
        is_likely(*one) and texts.are_apart(pair, one) for one in beside
    )
