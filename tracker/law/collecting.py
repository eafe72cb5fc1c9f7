"""No search, or few, for cycles of dead values while many are made that live and have none.

Floor 0. Python looks for such cycles after every few hundred new values, and again and again in
all that it has; a law, and what two laws have in common, is some ten thousand values.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Final

__all__ = ["no_collecting", "seldom_collecting"]

_SELDOM: Final = 250_000
"""Values made, and not gone, after which Python looks; by itself it does after 700. They are less
than 40 MB. While the pages of many laws are made, looking took 4 to 12 % of the time, and 3 % still
after each 50,000: nearly all that it went through was what is remembered, and no dead value."""

_LOCK: Final = threading.Lock()
_LASTING: Final[list[None]] = []
"""One for each stretch of `no_collecting` that lasts, of all threads: the last to end switches it
on."""


class _Stretch:
    """What `no_collecting` gives: one for all, since it holds nothing.

    To enter it makes no value that could be part of a cycle, hence no object each time, static
    methods, and no `with` for the lock. Python looks when the next such value is made: between
    reading a law and writing it, that would be the means of entering. All of a long law was looked
    through then, 7 % of reading and writing one of 2 MB.
    """

    __slots__ = ()

    @staticmethod
    def __enter__() -> None:
        _LOCK.acquire()
        try:
            if _LASTING or gc.isenabled():  # else somebody else has switched it off, for good
                _LASTING.append(None)
                gc.disable()
        finally:
            _LOCK.release()

    @staticmethod
    def __exit__(
        kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _LOCK.acquire()
        try:
            if _LASTING:
                _LASTING.pop()
                if not _LASTING:
                    gc.enable()
        finally:
            _LOCK.release()


_STRETCH: Final = _Stretch()


def no_collecting() -> _Stretch:
    """``with no_collecting():`` while this lasts nothing is looked for; then Python catches up."""
    return _STRETCH


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """For work that goes on and on: while this lasts Python looks seldom, and so do the processes
    that are forked meanwhile."""
    before = gc.get_threshold()
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
