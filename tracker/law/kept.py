"""What was worked out of a value, kept for whoever asks again: a law in its places, an effect.

Floor 0. Values are known by identity: nothing here compares or hashes a whole law.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

__all__ = ["kept"]

A = TypeVar("A")
R = TypeVar("R")


def kept(size: int) -> Callable[[Callable[[A], R]], Callable[[A], R]]:
    """For a pure function of one frozen value: its results for the last `size` values are kept.

    >>> asked = []
    >>> first = kept(2)(lambda words: asked.append(words) or words[0])
    >>> words = ("甲", "乙")
    >>> first(words), first(words), len(asked)
    ('甲', '甲', 1)
    """

    def wrap(function: Callable[[A], R]) -> Callable[[A], R]:
        # With a value its result is held, so that no other value takes its place in memory.
        known: OrderedDict[int, tuple[A, R]] = OrderedDict()

        @wraps(function)
        def ask(value: A) -> R:
            key = id(value)
            try:
                found = known[key]
                known.move_to_end(key)
            except KeyError:  # the second: another thread asked for others meanwhile
                found = known[key] = value, function(value)
                while len(known) > size:
                    known.popitem(last=False)
            return found[1]

        vars(ask)["cache_clear"] = known.clear  # as `lru_cache` has it, for benchmarks
        return ask

    return wrap
