"""The index of the full-text search: which laws hold two characters side by side, in small files.

Floor 5. A file holds the terms whose first character has one remainder, so that whoever looks for
a word fetches a file for each of its characters. Which article of a law it is, a reader's browser
finds in the text of the law itself (``search.json`` beside its page); so the index grows with the
number of laws, not of articles.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from tracker.render.json.site import compact
from tracker.render.search_units import Found, Terms

__all__ = ["Entry", "index_files"]

Entry = tuple[Found, Terms]
"""What a law gives to the index."""

_TERMS: Final = 6_000
"""Entries that a file holds on average, before their number is doubled: about 20 kB, 8 sent."""
_MOST: Final = 1024  # files


def index_files(laws: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
    """The files of the index by name: ``laws.json``, ``0.json``, ``1.json`` …

    ``laws.json`` lists the laws, in the order of their numbers. A numbered file gives for a term
    the laws that have it: twice the number of the law, and one more where it stands in a caption or
    heading, ascending, each as its distance from the one before.
    """
    ordered = sorted(laws, key=lambda law: law[0].law_id)
    shards = _count(ordered)
    held: list[dict[str, list[int]]] = [{} for _ in range(shards)]
    for number, (_, terms) in enumerate(ordered):
        for value, words in ((2 * number + 1, terms.named), (2 * number, terms.plain)):
            for at in range(0, len(words), 2):
                term = words[at : at + 2]
                held[ord(term[0]) % shards].setdefault(term, []).append(value)
    digest = hashlib.sha256()
    for number, found in enumerate(held):
        data = compact({term: _gaps(found[term]) for term in sorted(found)})
        digest.update(data)
        yield f"{number}.json", data
    listed = [
        [one.law_id, one.title, list(one.aliases), one.version_id, one.words, one.day]
        for one, _ in ordered
    ]
    digest.update(compact(listed))
    yield (
        "laws.json",
        compact({"version": digest.hexdigest()[:12], "shards": shards, "laws": listed}),
    )


def _count(laws: Sequence[Entry]) -> int:
    """How many files: a power of two that follows the size of the whole."""
    total = sum(len(terms.named) + len(terms.plain) for _, terms in laws) // 2
    count = 1
    while count < _MOST and total > count * _TERMS:
        count *= 2
    return count


def _gaps(values: list[int]) -> list[int]:
    return [values[0], *(new - old for old, new in pairwise(values))]
