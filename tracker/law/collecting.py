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
_LASTING: Final[set[object]] = set()
"""The stretches of `no_collecting` that last, of all threads: the last to end switches it on."""


class no_collecting:  # noqa: N801 - used as a function; as a generator it takes twice the time
    """While this lasts nothing is looked for; afterwards Python catches up."""

    __slots__ = ()

    def __enter__(self) -> None:
        with _LOCK:
            if _LASTING or gc.isenabled():  # else somebody else has switched it off, for good
                _LASTING.add(self)
                gc.disable()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        with _LOCK:
            if self in _LASTING:
                _LASTING.remove(self)
                if not _LASTING:
                    gc.enable()


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
