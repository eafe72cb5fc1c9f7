"""What was worked out of a value, kept for whoever asks again: a law in its places, an effect.

Floor 0. Values are known by identity: nothing here compares or hashes a whole law.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Generic, TypeVar, cast

__all__ = ["kept"]

A = TypeVar("A")
R = TypeVar("R")


class _Same(Generic[A]):
    """A value as a key: equal to itself only. It holds the value, so no other takes its place."""

    __slots__ = ("value",)

    def __init__(self, value: A) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value


def kept(size: int) -> Callable[[Callable[[A], R]], Callable[[A], R]]:
    """For a pure function of one frozen value: its results for the last `size` values are kept.

    >>> asked = []
    >>> first = kept(2)(lambda words: asked.append(words) or words[0])
    >>> words = ("甲", "乙")
    >>> first(words), first(words), len(asked)
    ('甲', '甲', 1)
    """

    def wrap(function: Callable[[A], R]) -> Callable[[A], R]:
        @lru_cache(maxsize=size)
        def found(key: _Same[A]) -> Any:
            return function(key.value)

        @wraps(function)
        def ask(value: A) -> R:
            return cast("R", found(_Same(value)))

        vars(ask)["cache_clear"] = found.cache_clear  # as `lru_cache` has it, for benchmarks
        return ask

    return wrap
