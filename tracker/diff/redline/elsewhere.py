"""Which articles of other laws got other numbers, as the lists that cite them show.

Floor 2, beside `renumbered`. How another law was renumbered is not known; but a list shows it:
刑事诉讼法第二十八条、第二十九条 → 刑事诉讼法第二十九条、第三十条 moved by one as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tracker.law.model import Unit
from tracker.law.numbering import Number
from tracker.parse.citations import Citation, CitationKind, find_citations

__all__ = ["Elsewhere", "became_elsewhere"]

Elsewhere = Mapping[tuple[str, Number], Number]
"""The name of another law and the number of its article, and the number that article has now."""

_AHEAD: Final = 2  # characters before a citation that tell its place: 符合, 依照
_LIST: Final = 2  # articles: one alone shows nothing, it may be cited instead of another


def became_elsewhere(pairs: Sequence[tuple[str, str]]) -> Elsewhere:
    """What lists of articles of other laws became in these pairs of texts, where all that cite an
    article agree. A list that stands as it was says that its articles kept their numbers.

    >>> old = "有刑事诉讼法第二十八条或者第二十九条规定情形的，应当回避。"
    >>> new = "有刑事诉讼法第二十九条或者第三十条规定情形的，应当自行回避。"
    >>> [(title, str(a), str(b)) for (title, a), b in became_elsewhere([(old, new)]).items()]
    [('刑事诉讼法', '28', '29'), ('刑事诉讼法', '29', '30')]
    """
    votes: dict[tuple[str, Number], set[Number]] = defaultdict(set)
    for old, new in pairs:
        for title, before, after in _lists(old, new):
            both = list(zip(before, after, strict=True))
            if len({b.value - a.value for a, b in both}) == 1:
                for a, b in both:
                    votes[title, a].add(b)
    return {key: number for key, found in votes.items() if len(found) == 1 for number in found}


def _lists(old: str, new: str) -> Iterator[tuple[str, list[Number], list[Number]]]:
    """The lists of articles of one law that stand in both texts at the same place: behind the same
    words, where nothing else of that law does."""
    before, after = _of_others(old), _of_others(new)
    for place, there in before.items():
        here = after.get(place, [])
        if len(here) != len(there):
            continue
        for a, b in zip(there, here, strict=True):
            if len(a) >= _LIST and [one.suffix for one in a] == [one.suffix for one in b]:
                yield place[0], a, b


def _of_others(text: str) -> dict[tuple[str, str], list[list[Number]]]:
    found: dict[tuple[str, str], list[list[Number]]] = defaultdict(list)
    for citation in find_citations(text):
        if citation.kind is CitationKind.EXTERNAL and citation.title:
            ahead = text[max(0, citation.start - _AHEAD) : citation.start]
            found[citation.title, ahead].append(_articles(citation))
    return found


def _articles(citation: Citation) -> list[Number]:
    return [one.number for one in citation.ordinals if one.unit is Unit.ARTICLE]
