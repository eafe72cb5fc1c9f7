"""A tuple that is worked out when somebody asks for it: what is inside an entry, the order of both.

Floor 2. A comparison gives much that a count of changes, or a list of articles, never looks at.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import TypeVar, overload

__all__ = ["Lazy"]

T = TypeVar("T")


class Lazy(Sequence[T]):
    """Reads, compares, hashes and prints as the tuple that `work_out` gives."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: tuple[T, ...] | None = None

    @abstractmethod
    def work_out(self) -> tuple[T, ...]:
        """The tuple; called once at most."""

    def _all(self) -> tuple[T, ...]:
        if self._found is None:
            self._found = self.work_out()
        return self._found

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[T]:
        return iter(self._all())  # `Sequence` asks for one place after another

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._all() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())
