"""On which line of a source a finding stands.

Floor 5. A law is a tree of texts that have lost their lines; they are found again by their
characters, in the order of the text, since reading changes marks and spaces and never Han.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate
from typing import Final

from tracker.law.address import Located
from tracker.law.problems import Problem

__all__ = ["with_lines"]

_KEPT: Final = re.compile("[\u3400-\u9fff\U00020000-\U000323af]+")  # no tags of a page
_KEY: Final = 40  # characters that are looked for
_NEAR: Final = 4_000  # how far ahead a short text is looked for
_SURE: Final = 16  # characters; a text of so many is looked for in all that follows


def with_lines(
    problems: Iterable[Problem], provisions: Sequence[Located], lines: Callable[[], Sequence[str]]
) -> tuple[Problem, ...]:
    """The problems with their line filled in (from 1), where it is not known and can be found.

    `provisions` are those of the law in order, `lines` gives those of the file it was read
    from, and is only asked where it is needed.
    """
    known = tuple(problems)
    if not any(problem.line is None and problem.address for problem in known):
        return known
    finder = _Finder(lines())
    wanted = {problem.address for problem in known if problem.line is None}
    places: dict[str, tuple[int, str]] = {}
    for located in provisions:
        provision = located.provision
        text = provision.text or provision.caption or ""
        at = finder.find(_kept(text))
        address = str(located.address)
        if at is None:
            continue
        for holder in _holders(address):
            if holder in wanted:
                places.setdefault(holder, (at, text))
    return tuple(_placed(problem, places, finder) for problem in known)


def _holders(address: str) -> list[str]:
    """art_3__para_1 and art_3: a place is also the first known place of what holds it."""
    steps = address.split("__")
    return ["__".join(steps[:count]) for count in range(len(steps), 0, -1)]


def _placed(problem: Problem, places: dict[str, tuple[int, str]], finder: _Finder) -> Problem:
    if problem.line is not None or problem.address not in places:
        return problem
    at, text = places[problem.address]
    inside = _kept_before(text, problem.span[0]) if problem.span else 0
    last = max(_kept_before(text, len(text)) - 1, 0)
    return replace(problem, line=finder.line(at + min(inside, last)))


def _kept_before(text: str, at: int) -> int:
    """How many of the characters that are looked for stand before a place of a text."""
    starts, counts = _runs(text)
    run = bisect_right(starts, at) - 1
    return min(counts[run] + at - starts[run], counts[run + 1]) if run >= 0 else 0


@lru_cache(maxsize=16)  # a text of thousands of findings is not read again for each of them
def _runs(text: str) -> tuple[list[int], list[int]]:
    """Where the runs of such characters begin, and how many there are before each and in all."""
    runs = [found.span() for found in _KEPT.finditer(text)]
    return [start for start, _ in runs], list(accumulate((b - a for a, b in runs), initial=0))


class _Finder:
    """The characters of a file in one row, and on which line each stands."""

    def __init__(self, lines: Sequence[str]) -> None:
        kept = [_kept(line) for line in lines]
        self._row = "".join(kept)
        self._starts: list[int] = []
        total = 0
        for text in kept:
            self._starts.append(total)
            total += len(text)
        self._at = 0

    def find(self, text: str) -> int | None:
        """Where the text begins, from the last one found on; None if nowhere."""
        key = text[:_KEY]
        if not key:
            return None
        stop = len(self._row) if len(key) >= _SURE else self._at + _NEAR
        at = self._row.find(key, self._at, stop)
        if at < 0:
            return None
        self._at = at + len(text)
        return at

    def line(self, at: int) -> int:
        """The line of a place, from 1."""
        return bisect_right(self._starts, at)


def _kept(text: str) -> str:
    return "".join(_KEPT.findall(text))
