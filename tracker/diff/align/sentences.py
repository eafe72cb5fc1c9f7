"""Sentences that went from one article to another and were reworded there.

Used by `splits` after what articles share word for word. Floor 2. A sentence is evidence as far as
its words stand in one sentence of the other article, not in the partners its own article has
already, and in no other sentence as much.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tracker.diff.align.board import Board, Candidates, Link, best_other
from tracker.diff.align.letters import Points, lots, ranges
from tracker.diff.align.order import BONUS, Expectation
from tracker.diff.align.partners import Partners
from tracker.diff.align.runs import Left, Texts

__all__ = ["by_sentences", "with_sentences"]

_ENOUGH: Final = (1.4, 5.2, 8.0)
"""Strength a part needs where neither article has a partner, one has, or both: see `_Find`. Of 59
links that this lets pass in the gold pairs and in those of `align_unseen` that were read one is
false."""
_LIKE: Final = 0.90  # an article so like its only partner lost no sentence, nor gained one
_UNLIKE: Final = 0.80  # where both have partners, one of them is at most so like its own
_LOOK: Final = (0.15, 0.19, 0.30)
"""Covered share below which two articles have no sentence in common that makes one a part of the
other, where neither has a partner, one has, or both. Of the parts in the labels none has less."""
_WORDS: Final = 3.0  # of a sentence, in bigrams as rare as can be: one with less proves nothing
_ALIKE: Final = 0.25  # share of one of the two sentences that the other has
_FAR: Final = 0.06
"""What a place far from where the neighbours say is worth; there it is 1. So far away a sentence is
as a rule another law's own, on the same matter, unless it is nearly the same."""
_NEARLY: Final = 0.70  # how alike two sentences far apart are
_SHORT: Final = 5  # characters; what is shorter, a （一） say, belongs to the sentence behind it
_IS_END: Final = np.zeros(128, dtype=bool)
_IS_END[[ord(c) for c in ".;:\n"]] = True
_CODE: Final = 42  # bits that hold the number of a bigram
_LOT: Final = 2048  # pairs of articles compared in one go: some megabytes
_LONG: Final = 500_000  # bigrams of them, above which there are fewer

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Find:
    """The sentence that speaks most for one article being a part of another.

    `words`: what it shares with a sentence there, in bigrams as rare as can be; `rival`: the same
    of the sentence elsewhere that comes second; `place`: 1 for an article where its neighbours
    say, less for one further away; `alike`: how alike the two sentences are, and `ratio` the two
    articles; `left`: what of the old and of the new one no partner explains, in bigrams too.
    """

    old: int
    new: int
    words: float
    rival: float
    place: float
    alike: float
    ratio: float
    left: tuple[float, float]

    def strength(self, partners: Partners) -> float:
        """How much the sentence says, times the share that this is of what has no partner yet,
        times how much more it says than any other; less where the place or a rival speaks against
        it. The powers are those of a regression over the labelled parts, rounded to halves."""
        taken = self.old in partners.of_old, self.new in partners.of_new
        alone = min(self.left) if taken[0] == taken[1] else self.left[taken[0]]
        share, lead = self.words / (1 + alone), self.words / (1 + self.rival)
        return self.words * share * lead * math.sqrt(self.place / (1 + self.rival))


@dataclass(frozen=True)
class _Sentences:
    """The sentences of one side that have words no partner explains.

    `units` are the articles, `left` the weight of what no partner of each explains. For each
    sentence `unit`, by its place among `units`, and `size`, the weight of its bigrams. For each
    bigram of a sentence, once a sentence: `keys`, unit and bigram in one number, rising, the
    `sentence`, the `weight`, and whether it is the article's `own`, not a partner's.
    """

    units: Ints
    left: Ints
    unit: Ints
    size: Ints
    keys: Ints
    sentence: Ints
    weight: Ints
    own: NDArray[np.bool_]

    def until(self, units: int) -> _Sentences:
        """Those of the first units."""
        some, at = slice(np.searchsorted(self.unit, units)), slice(self._key(units))
        return _Sentences(
            self.units[:units], self.left[:units], self.unit[some], self.size[some],
            self.keys[at], self.sentence[at], self.weight[at], self.own[at],
        )  # fmt: skip

    def behind(self, units: int) -> _Sentences:
        """Those of all others, counted anew."""
        first, at = int(np.searchsorted(self.unit, units)), slice(self._key(units), None)
        return _Sentences(
            self.units[units:], self.left[units:], self.unit[first:] - units, self.size[first:],
            self.keys[at] - (units << _CODE), self.sentence[at] - first, self.weight[at],
            self.own[at],
        )  # fmt: skip

    def _key(self, unit: int) -> int:
        return int(np.searchsorted(self.keys, unit << _CODE))


def with_sentences(board: Board) -> Candidates:
    """The candidates that may have a sentence in common beside what their partners have."""
    every = board.candidates
    assert every is not None
    like = np.zeros(len(board.old.items)), np.zeros(len(board.new.items))
    for link in board.links:
        like[0][link.old] = like[1][link.new] = link.similarity
    a, b = like[0][every.old], like[1][every.new]
    look = np.array(_LOOK)[(a > 0).astype(np.int64) + (b > 0)]
    unlike = (np.maximum(a, b) < _LIKE) & (np.minimum(a, b) <= _UNLIKE)
    return every.where((every.covered >= look) & unlike)


def by_sentences(
    board: Board, partners: Partners, texts: Texts, every: Candidates
) -> Iterator[Link]:
    """A sentence moved into another article, and was reworded there.

    第六条　甲。养护单位对破损的灯杆，应当在三日内修复。
    → 第六条　甲。 第七条　乙。灯杆破损的，养护单位应当自接到报告之日起五日内修复。

    The strongest come first. `every` are the candidates `with_sentences`, whose texts and those of
    their partners `texts` knows; `partners` grows by what is found.
    """
    for find in _finds(board, partners, texts, every):
        taken = (find.old in partners.of_old) + (find.new in partners.of_new)
        strength = find.strength(partners)
        sure = strength >= _ENOUGH[taken] and find.alike >= _least_alike(taken, find.place)
        if sure and not board.is_settled(find.old, find.new):
            partners.add(find.old, find.new)
            confidence = min(0.9, 0.4 + 0.1 * strength / _ENOUGH[taken])
            yield Link(find.old, find.new, "coverage", confidence, find.ratio, partial=taken > 0)


def _least_alike(taken: int, place: float) -> float:
    """How alike two sentences must be, of two articles of which so many have a partner."""
    if place > _FAR:
        return _ALIKE if taken else 0.0
    return 1.0 if taken == len(_ENOUGH) - 1 else _NEARLY


def _finds(board: Board, partners: Partners, texts: Texts, every: Candidates) -> list[_Find]:
    """The candidates that are no partners and have a sentence in common, the strongest first."""
    pairs = zip(every.old.tolist(), every.new.tolist(), strict=True)
    apart = np.array([new not in partners.of_old.get(old, ()) for old, new in pairs], dtype=bool)
    every = every.where(apart)
    if not len(every):
        return []
    assert board.grams is not None
    rarest = board.grams.rarest
    left = texts.left()
    every = _with_words(every, texts, left, _WORDS * rarest)
    if not len(every):
        return []
    old, new = _sentences(texts, left, _different(every.old), _different(every.new), rarest)
    cells = _cells(old, new, *_asked(old, new, every, partners))
    first, second, words, rival, alike = _strongest(old, new, cells)
    a, b = old.units[first], new.units[second]
    width = len(board.new.items)
    at = np.searchsorted(every.old * width + every.new, a * width + b)
    at[at == len(every)] = 0
    known = [(link.old, link.new) for link in board.links]
    sizes = board.sizes
    expected = Expectation(known, len(sizes[0]), width, lambda i, j: int(sizes[0][i] + sizes[1][j]))
    places = expected.bonuses(a, b) / BONUS
    alone = old.left[first] / rarest, new.left[second] / rarest
    asked = (every.old[at] == a) & (every.new[at] == b)  # and no partners, which are only rivals
    words = words / rarest  # no other than these can be strong enough:
    asked &= words**3 >= min(_ENOUGH) * (1 + np.minimum(*alone))
    places, rival = np.maximum(places, _FAR), rival / rarest
    columns = a, b, words, rival, places, alike, every.ratio[at], np.column_stack(alone)
    rows = zip(*(column[asked].tolist() for column in columns), strict=True)
    finds = [_Find(*row) for row in rows]
    return sorted(finds, key=lambda find: (-find.strength(partners), find.old, find.new))


def _with_words(every: Candidates, texts: Texts, left: Left, least: float) -> Candidates:
    """Those of these candidates of which both have enough words that no partner explains."""
    words = np.add.reduceat(left.weights * left.own, texts.letters.begins)
    old, new = texts.texts[0][every.old], texts.texts[1][every.new]
    return every.where((words[old] >= least) & (words[new] >= least))


def _different(units: Ints) -> Ints:
    """These units once each, rising; they are few and small numbers."""
    return np.flatnonzero(np.bincount(units))


def _sentences(
    texts: Texts, left: Left, olds: Ints, news: Ints, rarest: int
) -> tuple[_Sentences, _Sentences]:
    """The sentences of these units of both sides."""
    letters, units = texts.letters, np.concatenate([olds, news])
    which = np.concatenate([texts.texts[0][olds], texts.texts[1][news]])
    here = letters.places(which)
    sentence, unit = _cut(letters.points[here], letters.sizes[which])
    weight, own = left.weights[here], left.own[here]
    weight[np.append(sentence[1:] != sentence[:-1], True)] = 0  # no bigram goes across an end
    of_own = np.bincount(sentence, weight * own)
    rest = np.bincount(unit, of_own, len(units)).astype(np.int64)
    places = np.flatnonzero((weight > 0) & (of_own >= _WORDS * rarest)[sentence])
    keys, sentence = unit[sentence[places]], sentence[places]
    keys = (keys << _CODE) | texts.grams[here[places]]
    order = np.argsort(keys, kind="stable")
    places, keys, sentence = places[order], keys[order], sentence[order]
    fresh = (np.diff(keys, prepend=-1) != 0) | (np.diff(sentence, prepend=-1) != 0)
    first = np.flatnonzero(fresh)  # a bigram counts once a sentence
    owned = np.add.reduceat(own[places], first) > 0 if len(first) else own[:0]
    keys, sentence, weight = keys[first], sentence[first], weight[places[first]]
    size = np.bincount(sentence, weight, len(unit)).astype(np.int64)
    both = _Sentences(units, rest, unit, size, keys, sentence, weight, owned)
    return both.until(len(olds)), both.behind(len(olds))


def _cut(points: Points, sizes: Ints) -> tuple[Ints, Ints]:
    """Where texts laid behind each other end their sentences: for each character the sentence it
    is in, for each sentence the text."""
    stops = _IS_END[np.minimum(points, len(_IS_END) - 1)]
    last = np.cumsum(sizes) - 1
    stops[last] = True
    final = set(last.tolist())
    ends: list[int] = []
    begin = 0
    for end in np.flatnonzero(stops).tolist():
        if end - begin >= _SHORT - 1 or end in final:
            ends.append(end)
            begin = end + 1
    sentence = np.zeros(len(points), dtype=np.int64)
    sentence[np.array(ends[:-1], dtype=np.int64) + 1] = 1
    return np.cumsum(sentence), np.searchsorted(last, ends)


def _asked(
    old: _Sentences, new: _Sentences, every: Candidates, partners: Partners
) -> tuple[Ints, Ints]:
    """The pairs of units to compare by their sentences: the candidates, and the partners that
    their units have, for a sentence that stayed is no part."""
    asked = set(((every.old << _CODE // 2) | every.new).tolist())
    there = set(new.units.tolist())
    for unit in old.units.tolist():
        others = partners.of_old.get(unit, ())
        asked.update((unit << _CODE // 2) | other for other in others if other in there)
    pairs = np.array(sorted(asked), dtype=np.int64)
    a, b = pairs >> _CODE // 2, pairs & ((1 << _CODE // 2) - 1)
    return np.searchsorted(old.units, a), np.searchsorted(new.units, b)


@dataclass(frozen=True)
class _Cells:
    """Pairs of sentences that are alike: which, the weight of what both have that no partner
    explains, and that times how alike they are."""

    old: Ints
    new: Ints
    words: Floats
    score: Floats


def _cells(old: _Sentences, new: _Sentences, left: Ints, right: Ints) -> _Cells:
    """The sentences of these pairs of units that are alike."""
    terms = np.bincount(old.keys >> _CODE, minlength=int(left.max()) + 1)[left].tolist()
    every = [_lot(old, new, left[lot], right[lot]) for lot in lots(terms, _LOT, _LONG)]
    cell, shared, words = (np.concatenate(column) for column in zip(*every, strict=True))
    a, b = cell // len(new.size), cell % len(new.size)
    sizes = old.size[a], new.size[b]
    alike = (shared >= _ALIKE * np.minimum(*sizes)) & (words > 0)
    score = words * 2 * shared / (sizes[0] + sizes[1])
    return _Cells(a[alike], b[alike], words[alike], score[alike])


def _lot(old: _Sentences, new: _Sentences, left: Ints, right: Ints) -> tuple[Ints, Floats, Floats]:
    """For the sentences of some pairs of units: which they are, in one number, the weight of what
    both have, and of that what no partner explains."""
    begins = np.searchsorted(old.keys, left << _CODE)
    counts = np.searchsorted(old.keys, (left + 1) << _CODE) - begins
    terms = ranges(begins, counts)
    wanted = (np.repeat(right, counts) << _CODE) | (old.keys[terms] & ((1 << _CODE) - 1))
    begins = np.searchsorted(new.keys, wanted)
    counts = np.searchsorted(new.keys, wanted, side="right") - begins
    here, there = np.repeat(terms, counts), ranges(begins, counts)
    cell, again = np.unique(
        old.sentence[here] * len(new.size) + new.sentence[there], return_inverse=True
    )
    weight = old.weight[here]
    own = weight * (old.own[here] & new.own[there])
    sums = (np.bincount(again, some, len(cell)).astype(np.float64) for some in (weight, own))
    return cell, *sums


def _strongest(
    old: _Sentences, new: _Sentences, cells: _Cells
) -> tuple[Ints, Ints, Floats, Floats, Floats]:
    """For each pair of units the sentences with the largest score: the units by their place, the
    words, the largest score of these sentences with other units, and how alike the two are."""
    a, b = old.unit[cells.old], new.unit[cells.new]
    rival = np.maximum(_rival(cells.old, b, cells.score), _rival(cells.new, a, cells.score))
    pair = a * len(new.units) + b
    order = np.lexsort((rival, -cells.words, -cells.score, pair))
    best = order[np.diff(pair[order], prepend=-1) != 0]
    words = cells.words[best]
    return a[best], b[best], words, rival[best], cells.score[best] / words


def _rival(sentence: Ints, unit: Ints, score: Floats) -> Floats:
    """For each cell the largest score of the same sentence with a unit that is not its own."""
    key = (sentence << _CODE // 2) | unit
    order = np.lexsort((-score, key))
    most = order[np.diff(key[order], prepend=-1) != 0]
    second, _ = best_other(sentence[most], score[most])
    return second[np.searchsorted(key[most], key)]
